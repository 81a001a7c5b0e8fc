"""Summary of the entries that came in with a file: how many, of which kinds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _, join_words, ngettext_noop, plural
from reviewapp.visit.entities import ASK_WITHDRAW, ENTITIES, SEEN, SHOW_AGAIN, WITHDRAW
from ui.pages.shared.laptop_words import LaptopNames, copied_in_words

if TYPE_CHECKING:
    from reviewapp.exchange.pack_checks import RefusedPart
    from reviewapp.exchange.returns import Apart, Receipt

TAKEN_BACK = _(
    "Someone withdrew what they said, and it is erased on this laptop. Documents you exported before may still "
    "contain their words: find and destroy them."
)
LISTED = 4
"""Files named in one line; the rest are counted. All of them stand on the card that withdraws something."""
HIDDEN = _("Someone asked to withdraw words. The words are hidden until their author or the lead decides.")
FIRST = (
    "rating", "interview", "answer", "quote", "case_note", "audit", "concern", "known_name", "finding_accepted",
    "local_context", "agreed", "agreed_audit", "passage", "action", "team_note", "self_review", "survey",
    "survey_submission", "slot",
)  # fmt: skip
"""What a visit is made of is told first, in this order."""
_COUNTED = {name: info.statement.COUNTED for name, info in ENTITIES.items() if info.statement.COUNTED}
KINDS = {name: _COUNTED[name] for name in (*FIRST, *_COUNTED)} | {
    WITHDRAW: ngettext_noop("{n} withdrawal", "{n} withdrawals"),
    ASK_WITHDRAW: ngettext_noop("{n} request to withdraw", "{n} requests to withdraw"),
    SHOW_AGAIN: ngettext_noop("{n} answer to a request to withdraw", "{n} answers to requests to withdraw"),
}
"""Counted forms of each kind of record that is named in a summary."""


def entries_in_words(new: int, already: int, kinds: Mapping[str, int], *, hidden: bool = False) -> str:
    """Counts of a file's entries: `175 new entries: 14 ratings, 3 interviews, 9 quotes; 5 already here`.

    `hidden`: words are hidden once it is joined, until somebody decides.
    """
    if not new:
        return _("Nothing new: you already have all of it")
    first = plural("{n} new entry", "{n} new entries", new)
    told = kinds_in_words(kinds)
    here = _("{already} already here", already=already) if already else ""
    words = "; ".join(part for part in (f"{first}: {told}" if told else first, here) if part)
    taken = HIDDEN if hidden and _asked(kinds) else TAKEN_BACK if kinds.get(WITHDRAW) else ""
    return f"{words}.\n{taken.rstrip('.')}" if taken else words


def _asked(kinds: Mapping[str, int]) -> bool:
    """Whether something came in that takes words back, or asks for it."""
    return bool(kinds.get(WITHDRAW) or kinds.get(ASK_WITHDRAW))


def kinds_in_words(kinds: Mapping[str, int]) -> str:
    """Counts by kind: `14 ratings, 3 interviews, 1 quote`; kinds without a name of their own last."""
    kinds = {kind: many for kind, many in kinds.items() if kind != SEEN}
    named = [plural(*KINDS[kind], many) for kind in KINDS if (many := kinds.get(kind, 0))]
    rest = sum(many for kind, many in kinds.items() if kind not in KINDS)
    return ", ".join([*named, *([plural("{n} more record", "{n} more records", rest)] if rest else [])])


def joined_in_words(receipts: Sequence[Receipt], named: LaptopNames, may_hold: Sequence[str] = ()) -> str:
    """Summary of a join: `Added R2 (clinician): 175 new entries (14 ratings, 9 quotes)`, or that nothing was new.

    `may_hold`: the files of this laptop that may still hold what was withdrawn, named where something was. What counts
    nowhere or was not taken comes first, for there may be no room for all of it.
    """
    who = ", ".join(dict.fromkeys(named.person(one.from_.person) for one in receipts))
    new = sum(one.entries.new for one in receipts)
    return " ".join([*_limits(receipts, named), _joined(who, new, receipts, may_hold)])


def has_limits(receipts: Sequence[Receipt]) -> bool:
    """Whether something of these files counts nowhere or was not taken, or a laptop in them was copied."""
    return any(one.apart or one.refused_parts or one.forks for one in receipts)


def _limits(receipts: Sequence[Receipt], named: LaptopNames) -> list[str]:
    """What counts nowhere and what was not taken, in short: the lists of the page say of whom, and why."""
    apart = [part for one in receipts for part in one.apart]
    refused = [part for one in receipts for part in one.refused_parts]
    told = [f"{words}." for words in copied_in_words((fork for one in receipts for fork in one.forks), named)]
    if apart:
        many, whose = sum(part.entries for part in apart), _laptops(apart, named)
        told.append(
            plural(
                "{n} entry of {laptops} is kept but not counted.",
                "{n} entries of {laptops} are kept but not counted.",
                many,
                laptops=whose,
            )
        )
    if refused:
        many, whose = sum(part.entries for part in refused), _laptops(refused, named)
        told.append(
            plural(
                "{n} entry of {laptops} was not added.", "{n} entries of {laptops} were not added.", many, laptops=whose
            )
        )
    return told


def _laptops(parts: Sequence[Apart | RefusedPart], named: LaptopNames) -> str:
    return join_words(list(dict.fromkeys(named(part.code, part.device) for part in parts)), _(" and "))


def _joined(who: str, new: int, receipts: Sequence[Receipt], may_hold: Sequence[str]) -> str:
    if not new:
        return _("Nothing new from {who}: you already had all of it. It was not counted twice.", who=who)
    kinds: Counter[str] = Counter()
    for one in receipts:
        kinds.update(one.kinds)
    if _asked(kinds) and receipts[-1].hidden:
        return HIDDEN
    if kinds[WITHDRAW]:
        names = [Path(name).name for name in reversed(may_hold)]
        rest = [_("and {n} more", n=len(names) - LISTED)] if len(names) > LISTED else []
        return f"{TAKEN_BACK.rstrip('.')}: {', '.join([*names[:LISTED], *rest])}." if names else TAKEN_BACK
    return _(
        "Added {who}: {words} ({kinds})",
        who=who,
        words=_("1 new entry") if new == 1 else _("{new} new entries", new=new),
        kinds=kinds_in_words(kinds),
    )
