"""What came in with a file, in words: how much, and of what kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reviewapp.visit.catalogue import SEEN, WITHDRAW

if TYPE_CHECKING:
    from reviewapp.exchange.returns import Receipt

TAKEN_BACK = (
    "Somebody took back what they said, and it is blanked on this laptop. Documents exported before may still hold "
    "their words: find and destroy those."
)
KINDS = {
    "rating": ("rating", "ratings"),
    "interview": ("interview", "interviews"),
    "answer": ("note of an interview", "notes of interviews"),
    "quote": ("quote", "quotes"),
    "case_note": ("case note", "case notes"),
    "audit": ("case-note answer", "case-note answers"),
    "concern": ("immediate concern", "immediate concerns"),
    "known_name": ("name to look for", "names to look for"),
    "finding_accepted": ("accepted finding", "accepted findings"),
    "local_context": ("local context", "local contexts"),
    "agreed": ("agreed rating", "agreed ratings"),
    "agreed_audit": ("agreed case-note answer", "agreed case-note answers"),
    "passage": ("passage of the report", "passages of the report"),
    "action": ("action", "actions"),
    "self_review": ("self-review rating", "self-review ratings"),
    "survey": ("survey count", "survey counts"),
    "slot": ("timetable entry", "timetable entries"),
    WITHDRAW: ("withdrawal", "withdrawals"),
}
"""One and many of each kind that is told by its name."""


def entries_in_words(new: int, already: int, kinds: Mapping[str, int]) -> str:
    """`175 new entries, 5 already here: 14 ratings, 3 interviews, 9 quotes`."""
    if not new:
        return "Nothing new: all of it is already here"
    first = "1 new entry" if new == 1 else f"{new} new entries"
    told = kinds_in_words(kinds)
    words = f"{first}, {already} already here" + (f": {told}" if told else "")
    return f"{words}.\n{TAKEN_BACK.rstrip('.')}" if kinds.get(WITHDRAW) else words


def kinds_in_words(kinds: Mapping[str, int]) -> str:
    """`14 ratings, 3 interviews, 1 quote`: what a visit is made of first, what has no name of its own last."""
    kinds = {kind: many for kind, many in kinds.items() if kind != SEEN}
    named = [f"{many} {KINDS[kind][many != 1]}" for kind in KINDS if (many := kinds.get(kind, 0))]
    rest = sum(many for kind, many in kinds.items() if kind not in KINDS)
    return ", ".join([*named, *([f"{rest} more {'record' if rest == 1 else 'records'}"] if rest else [])])


def joined_in_words(receipts: Sequence[Receipt]) -> str:
    """`Joined R2, R3: 175 new entries (14 ratings, 9 quotes)`; what was here already is said to be."""
    who = ", ".join(dict.fromkeys(one.from_.person for one in receipts))
    new = sum(one.entries.new for one in receipts)
    if not new:
        return f"Nothing new from {who}: all of it was here already. It was not counted twice."
    kinds: Counter[str] = Counter()
    for one in receipts:
        kinds.update(one.kinds)
    if kinds[WITHDRAW]:
        return TAKEN_BACK
    return f"Joined {who}: {'1 new entry' if new == 1 else f'{new} new entries'} ({kinds_in_words(kinds)})"
