"""What came in with a file, in words: how much, and of what kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from reviewapp.language import _, plural
from reviewapp.visit.catalogue import SEEN, WITHDRAW

if TYPE_CHECKING:
    from reviewapp.exchange.returns import Receipt

TAKEN_BACK = _(
    "Somebody took back what they said, and it is blanked on this laptop. Documents exported before "
    "may still hold their words: find and destroy those."
)
KINDS = {
    "rating": ("rating", "ratings"),
    "interview": ("interview", "interviews"),
    "answer": (_("note of an interview"), _("notes of interviews")),
    "quote": ("quote", "quotes"),
    "case_note": (_("case note"), _("case notes")),
    "audit": (_("case-note answer"), _("case-note answers")),
    "concern": (_("immediate concern"), _("immediate concerns")),
    "known_name": (_("name to look for"), _("names to look for")),
    "finding_accepted": (_("accepted finding"), _("accepted findings")),
    "local_context": (_("local context"), _("local contexts")),
    "agreed": (_("agreed rating"), _("agreed ratings")),
    "agreed_audit": (_("agreed case-note answer"), _("agreed case-note answers")),
    "passage": (_("passage of the report"), _("passages of the report")),
    "action": ("action", "actions"),
    "self_review": (_("self-review rating"), _("self-review ratings")),
    "survey": (_("survey count"), _("survey counts")),
    "slot": (_("timetable entry"), _("timetable entries")),
    WITHDRAW: ("withdrawal", "withdrawals"),
}
"""One and many of each kind that is told by its name."""


def entries_in_words(new: int, already: int, kinds: Mapping[str, int]) -> str:
    """`175 new entries, 5 already here: 14 ratings, 3 interviews, 9 quotes`."""
    if not new:
        return _("Nothing new: all of it is already here")
    first = plural("{n} new entry", "{n} new entries", new)
    told = kinds_in_words(kinds)
    words = _("{first}, {already} already here", first=first, already=already) + (f": {told}" if told else "")
    return f"{words}.\n{TAKEN_BACK.rstrip('.')}" if kinds.get(WITHDRAW) else words


def kinds_in_words(kinds: Mapping[str, int]) -> str:
    """`14 ratings, 3 interviews, 1 quote`: what a visit is made of first, what has no name of its own last."""
    kinds = {kind: many for kind, many in kinds.items() if kind != SEEN}
    named = [f"{many} {KINDS[kind][many != 1]}" for kind in KINDS if (many := kinds.get(kind, 0))]
    rest = sum(many for kind, many in kinds.items() if kind not in KINDS)
    return ", ".join([*named, *([plural("{n} more record", "{n} more records", rest)] if rest else [])])


def joined_in_words(receipts: Sequence[Receipt]) -> str:
    """`Joined R2, R3: 175 new entries (14 ratings, 9 quotes)`; what was here already is said to be."""
    who = ", ".join(dict.fromkeys(one.from_.person for one in receipts))
    new = sum(one.entries.new for one in receipts)
    if not new:
        return _("Nothing new from {who}: all of it was here already. It was not counted twice.", who=who)
    kinds: Counter[str] = Counter()
    for one in receipts:
        kinds.update(one.kinds)
    if kinds[WITHDRAW]:
        return TAKEN_BACK
    return _(
        "Joined {who}: {words} ({kinds_in_words})",
        who=who,
        words=_("1 new entry") if new == 1 else _("{new} new entries", new=new),
        kinds_in_words=kinds_in_words(kinds),
    )
