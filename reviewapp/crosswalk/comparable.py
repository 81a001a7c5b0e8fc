"""Which standards of two visits may be compared, where they were made on different wordings.

Only pairs that are equal and the same or reworded are; one whose type changed is by itself, but not within its type.
Everything else is told with its reason: what cannot be compared is never left out in silence.
"""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.crosswalk.model import Crosswalk, Pair, relation_in_words
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.model import Instrument

Side = Literal["before", "now"]
_COMPARED = ("same", "reworded", "type changed")


class ComparablePair(msgspec.Struct, frozen=True):
    """A standard of the earlier visit and the one of this visit that asks the same; `same_type` if by type too."""

    before: str
    now: str
    same_type: bool = True


class NotComparable(msgspec.Struct, frozen=True):
    """A standard of one of the two visits that has nothing to be compared with, and why."""

    standard: str
    side: Side
    why: str


class Comparable(msgspec.Struct, frozen=True):
    """What of two wordings may be compared, in the order of this visit's; the rest with the reason."""

    pairs: tuple[ComparablePair, ...] = ()
    not_comparable: tuple[NotComparable, ...] = ()
    same_wording: bool = False

    def left_out(self, side: Side) -> int:
        """How many standards of one of the two visits cannot be compared."""
        return sum(one.side == side for one in self.not_comparable)

    def in_words(self) -> str:
        """How many may be compared and how many may not, in one sentence."""
        return _(
            "{n} standards are compared; {before} of the earlier visit and {now} of this one cannot be",
            n=len(self.pairs), before=self.left_out("before"), now=self.left_out("now"),
        )  # fmt: skip


def comparable(before: Instrument, now: Instrument, crosswalk: Crosswalk | None) -> Comparable:
    """What of an earlier visit on `before` may be compared with this one on `now`.

    On one wording everything is. `crosswalk` is between the two, in either direction; without one nothing is.
    """
    if edition_of(before) == edition_of(now):
        return Comparable(tuple(ComparablePair(s.number, s.number) for s in now.standards), same_wording=True)
    if crosswalk is None:
        return _nothing(before, now, _("there is no crosswalk between the two editions"))
    if before.scale.kind != now.scale.kind:
        return _nothing(before, now, _("the two are rated on different scales"))
    return _by_pairs(before, now, crosswalk.read_from(edition_of(before)))


def _nothing(before: Instrument, now: Instrument, why: str) -> Comparable:
    left_out = [NotComparable(s.number, "before", why) for s in before.standards]
    return Comparable((), (*left_out, *(NotComparable(s.number, "now", why) for s in now.standards)))


def _by_pairs(before: Instrument, now: Instrument, crosswalk: Crosswalk) -> Comparable:
    whole = [pair for pair in crosswalk.pairs if not pair.from_criterion and not pair.to_criterion]
    equal = [pair for pair in whole if pair.relation == "equal" and pair.change in _COMPARED]
    left, right = Counter(pair.from_ for pair in equal), Counter(pair.to for pair in equal)
    single = {pair.to: pair for pair in equal if left[pair.from_] == 1 and right[pair.to] == 1}
    types = {standard.number: standard.type for standard in before.standards}
    pairs = tuple(
        ComparablePair(pair.from_, pair.to, pair.change != "type changed" and types[pair.from_] == standard.type)
        for standard in now.standards
        if (pair := single.get(standard.number)) is not None
    )
    used = {pair.before for pair in pairs}
    left_out = [
        NotComparable(s.number, "before", _why([p for p in whole if p.from_ == s.number]))
        for s in before.standards
        if s.number not in used
    ]
    left_out += [
        NotComparable(s.number, "now", _why([p for p in whole if p.to == s.number]))
        for s in now.standards
        if s.number not in single
    ]
    return Comparable(pairs, tuple(left_out))


def _why(rows: list[Pair]) -> str:
    """Why a standard with these rows has nothing to be compared with."""
    if not rows:
        return _("nobody has looked at it")
    words = {
        "split": _("it was split"), "merged": _("it was merged with another"), "new": _("it is new"),
        "dropped": _("it was dropped"),
    }  # fmt: skip
    told = [words[pair.change] for pair in rows if pair.change in words]
    if told:
        return told[0]
    if all(pair.relation == "equal" for pair in rows):
        if len(rows) > 1:
            return _("it is equal to several")
        return _("what became of it between the editions is not said")
    return _("how the two relate: {relation}", relation=relation_in_words(rows[0].relation))
