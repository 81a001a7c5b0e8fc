"""What a crosswalk is: one row for each pair of standards, read in both directions.

A row says that somebody looked, when, and why they hold it to be so. `none` is written: it says that nothing on the
other side matches. A standard without a row has not been looked at. There is no strength: how sure somebody is stands
in the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal, get_args

import msgspec

from reviewapp.base.i18n import _
from reviewapp.instruments.editions import Edition, edition_of
from reviewapp.instruments.model import Instrument

Relation = Literal["equal", "within", "contains", "overlaps", "none"]
"""Of what the left side asks to what the right side asks, as sets."""
RELATIONS: tuple[Relation, ...] = get_args(Relation)

Change = Literal["", "same", "reworded", "split", "merged", "new", "dropped", "type changed"]
"""Between two editions of one instrument: what became of a standard. Empty between two instruments."""
CHANGES: tuple[Change, ...] = get_args(Change)

PROPOSED = "Reviewapp, a proposal to be checked"
"""The author of every row that comes with the program, until a clinician and a representative have checked it."""

_FLIPPED: dict[Relation, Relation] = {"within": "contains", "contains": "within"}
_CHANGES_FLIPPED: dict[Change, Change] = {"split": "merged", "merged": "split", "new": "dropped", "dropped": "new"}


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One row: a standard (or one of its criteria) and one of the other side; one side is empty exactly for `none`."""

    from_: str = msgspec.field(name="from")
    from_criterion: str = ""
    to: str = ""
    to_criterion: str = ""
    relation: Relation
    change: Change = ""
    reason: str
    author: str
    date: str

    @property
    def left(self) -> tuple[str, str]:
        """Standard and criterion of the left side; the criterion is empty for the whole standard."""
        return self.from_, self.from_criterion

    @property
    def right(self) -> tuple[str, str]:
        """Standard and criterion of the right side."""
        return self.to, self.to_criterion

    @property
    def links(self) -> bool:
        """Whether both sides have something in common."""
        return self.relation != "none"

    def flipped(self) -> Pair:
        """The same row read from the other side."""
        return Pair(
            from_=self.to, from_criterion=self.to_criterion, to=self.from_, to_criterion=self.from_criterion,
            relation=_FLIPPED.get(self.relation, self.relation),
            change=_CHANGES_FLIPPED.get(self.change, self.change),
            reason=self.reason, author=self.author, date=self.date,
        )  # fmt: skip


class Crosswalk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rows between two wordings."""

    left: Edition
    right: Edition
    pairs: tuple[Pair, ...]

    def flipped(self) -> Crosswalk:
        """The same crosswalk read from the other side; flipped twice it is itself."""
        return Crosswalk(self.right, self.left, tuple(pair.flipped() for pair in self.pairs))

    def read_from(self, edition: Edition) -> Crosswalk:
        """The crosswalk with this edition on the left, flipped where it is on the right."""
        return self if edition == self.left else self.flipped()

    def is_between(self, one: Instrument, other: Instrument) -> bool:
        """Whether these are exactly the two wordings, in either order."""
        return (edition_of(one), edition_of(other)) in ((self.left, self.right), (self.right, self.left))

    def links(self) -> list[Pair]:
        """The rows in which both sides have something in common."""
        return [pair for pair in self.pairs if pair.links]

    def proposed(self) -> int:
        """How many rows nobody has checked yet since they came with the program."""
        return sum(pair.author == PROPOSED for pair in self.pairs)


class Completeness(msgspec.Struct, frozen=True):
    """How many of the left side's standards somebody has looked at; `open` are the others, in the instrument's order.

    `linked` have a counterpart, `none` were looked at and have none; both together are `looked_at`.
    """

    looked_at: int
    linked: int
    none: int
    of: int
    open: tuple[str, ...] = ()

    def in_words(self) -> str:
        """`44 of 44 looked at, 35 linked, 9 none`."""
        return _(
            "{n} of {of} looked at, {linked} linked, {none} none",
            n=self.looked_at, of=self.of, linked=self.linked, none=self.none,
        )  # fmt: skip


def completeness(crosswalk: Crosswalk, instrument: Instrument) -> Completeness:
    """How much of this instrument, which is the left side, has been looked at.

    A criterion without counterpart says nothing of the rest of its standard, which stays open.
    """
    linked = {pair.from_ for pair in crosswalk.pairs if pair.links}
    none = {pair.from_ for pair in crosswalk.pairs if not pair.links and not pair.from_criterion} - linked - {""}
    numbers = [standard.number for standard in instrument.standards]
    open_ones = tuple(number for number in numbers if number not in linked | none)
    return Completeness(len(linked) + len(none), len(linked), len(none), len(numbers), open_ones)


def by_side(pairs: Iterable[Pair], side: Callable[[Pair], str]) -> dict[str, list[Pair]]:
    """All rows that link something, by the standard on one side: every link, never only the last."""
    found: dict[str, list[Pair]] = {}
    for pair in pairs:
        if pair.links:
            found.setdefault(side(pair), []).append(pair)
    return found


def relation_in_words(relation: Relation) -> str:
    """What the left side is to the right one, as screens and documents say it."""
    return {
        "equal": _("equivalent"),
        "within": _("covered by"),
        "contains": _("covers"),
        "overlaps": _("partial"),
        "none": _("no counterpart"),
    }[relation]
