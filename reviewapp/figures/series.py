"""Rounds side by side: what each said, item by item what may be compared, and how much a total may move by chance.

Pure functions on plain values. A total never gets an arrow: two totals of the same team differ beyond chance only where
they are far apart, and what moved is seen item by item. What cannot be compared is told with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from reviewapp.base.i18n import _, join_words
from reviewapp.figures.rounds import RoundFigures, by_day, earlier_rounds, round_of
from reviewapp.figures.scores import item_points
from reviewapp.instruments.model import Instrument, ScaleValue, Score
from reviewapp.visit.state import VisitState

CAUTION_POINTS = 25
"""Two totals of 39 items of 1 to 5 differ beyond chance only above about this many points: a caution, not a test.

Worked out from 75 teams (interquartile range 111-132, so a standard deviation of about 15.6) and the agreement of
raters on a vignette (0.65): 15.6 x sqrt(1 - 0.65) is about 9, times 1.96 x sqrt(2).
"""
_CAUTION_ITEMS, _CAUTION_SCORES = 39, (1, 5)


class RoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """One round as `visit series --json` prints it; see `RoundFigures`."""

    visit: str
    label: str
    planned: str
    held: str
    instrument: str
    edition: str
    total: int | None
    lowest: int | None
    highest: int | None
    band: str | None
    percent: float | None
    n: int | None


class CriterionChange(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion that was said otherwise at a round than at the one before it that says anything of it."""

    criterion: str
    before: str
    after: str
    round: int


class SeriesItem(msgspec.Struct, frozen=True, kw_only=True):
    """One item over all rounds. `values`: None where it has no certain score or the round is a total only.

    `ranges` has lowest and highest where a score is not certain, else None. `why` says why it is not comparable.
    """

    standard: str
    title: str
    values: tuple[Score | None, ...]
    ranges: tuple[tuple[int, int] | None, ...]
    comparable: bool
    why: str
    criteria: tuple[CriterionChange, ...] = ()


class CommonSet(msgspec.Struct, frozen=True, kw_only=True):
    """The `n` items that are comparable and have a value at every round with items: the same ones at each of them.

    `percent` met on a scale of met and not met, `totals` on a scored one; None for a round of which only a total is
    known, and on the other kind of scale.
    """

    n: int
    percent: tuple[float | None, ...]
    totals: tuple[int | None, ...]
    standards: tuple[str, ...]


class TotalChange(msgspec.Struct, frozen=True, kw_only=True):
    """From one round to a later one, by their places in the series: points up or down, and whether that may be chance.

    `within_caution` is None where no caution is known for the scale.
    """

    before: int
    after: int
    points: int
    within_caution: bool | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """Rounds side by side, oldest first, as `visit series --json` prints them.

    `changes` are those between totals that are certain: each round and the one before it that has one, and the first
    and the last. `caution` is the sentence that stands beside every change of a total, empty on other scales.
    """

    rounds: tuple[RoundRow, ...]
    items: tuple[SeriesItem, ...]
    common: CommonSet
    not_comparable: int
    changes: tuple[TotalChange, ...]
    caution: str


def series_of(state: VisitState, others: Iterable[RoundFigures] = ()) -> Series:
    """The visit and the rounds before it that it knows of, with `others`, such as those of carry-over files.

    A visit that is among them more than once is shown once, as its own word for it says.
    """
    rounds: dict[str, RoundFigures] = {}
    for one in [round_of(state), *others, *earlier_rounds(state)]:
        rounds.setdefault(one.visit or f"{one.day} {one.label} {one.total}", one)
    return series(sorted(rounds.values(), key=by_day), state.instrument)


def series(rounds: Sequence[RoundFigures], instrument: Instrument) -> Series:
    """These rounds, in this order, beside each other; `instrument` is that of the newest one."""
    items = tuple(_item(number, rounds, instrument) for number in _numbers(rounds, instrument))
    caution = caution_points(instrument)
    return Series(
        rounds=tuple(_row(one) for one in rounds),
        items=items,
        common=_common(items, rounds, instrument),
        not_comparable=sum(not one.comparable for one in items),
        changes=tuple(_changes(rounds, caution)),
        caution="" if caution is None else caution_in_words(caution),
    )


def caution_points(instrument: Instrument) -> int | None:
    """How far two totals may differ by chance on this scale; None where it is not known."""
    points = item_points(instrument.scale)
    known = len(instrument.standards) == _CAUTION_ITEMS and (min(points, default=0), max(points, default=0))
    return CAUTION_POINTS if known == _CAUTION_SCORES else None


def caution_in_words(points: int) -> str:
    """What to bear in mind beside two totals."""
    return _(
        "Two totals of one team differ beyond chance only above about {points} points. This is a caution, not a test:"
        " look at the items.",
        points=points,
    )


def _row(one: RoundFigures) -> RoundRow:
    return RoundRow(**{name: getattr(one, name) for name in RoundRow.__struct_fields__})


def _numbers(rounds: Sequence[RoundFigures], instrument: Instrument) -> list[str]:
    """The items of the newest instrument in their order, then those that only earlier rounds have."""
    own = [standard.number for standard in instrument.standards]
    return list(dict.fromkeys([*own, *(number for one in rounds for number in one.wording)]))


def _item(number: str, rounds: Sequence[RoundFigures], instrument: Instrument) -> SeriesItem:
    titles = {standard.number: standard.title for standard in instrument.standards}
    why = _why_not(number, rounds)
    return SeriesItem(
        standard=number,
        title=titles.get(number, ""),
        values=tuple(one.scores.get(number) for one in rounds),
        ranges=tuple(one.ranges.get(number) for one in rounds),
        comparable=not why,
        why=why,
        criteria=tuple(_criteria(number, rounds)) if not why else (),
    )


def _why_not(number: str, rounds: Sequence[RoundFigures]) -> str:
    """Why an item cannot be compared over these rounds; empty where it can."""
    with_items = [one for one in rounds if one.has_items]
    if len(with_items) < 2:
        return _("only one round says more than a total")
    without = [one for one in with_items if number not in one.wording]
    if without:
        return _("it is not among the items at {rounds}", rounds=_named(without))
    newest = with_items[-1]
    elsewhere = [one for one in with_items if one.instrument != newest.instrument]
    if elsewhere:
        return _("another instrument was used at {rounds}", rounds=_named(elsewhere))
    otherwise = [one for one in with_items if one.wording[number] != newest.wording[number]]
    if otherwise:
        return _("it asks something else than at {rounds}", rounds=_named(otherwise, edition=True))
    return ""


def _named(rounds: Sequence[RoundFigures], *, edition: bool = False) -> str:
    names = []
    for one in rounds:
        name = one.label or one.day
        names.append(f"{name} ({one.edition})" if edition and one.edition else name)
    return join_words(names, _(" and "))


def _criteria(number: str, rounds: Sequence[RoundFigures]) -> Iterable[CriterionChange]:
    before: dict[str, str] = {}
    for n, one in enumerate(rounds):
        for letter, value in one.criteria.get(number, {}).items():
            if before.get(letter, value) != value:
                yield CriterionChange(criterion=letter, before=before[letter], after=value, round=n)
            before[letter] = value


def _common(items: Sequence[SeriesItem], rounds: Sequence[RoundFigures], instrument: Instrument) -> CommonSet:
    places = [n for n, one in enumerate(rounds) if one.has_items]
    counted = [
        one
        for one in items
        if one.comparable and all(_counts(one.values[n], instrument) in ("met", "not_met", "scored") for n in places)
    ]
    percent: list[float | None] = [None] * len(rounds)
    totals: list[int | None] = [None] * len(rounds)
    for n in places if counted else ():
        values = [one.values[n] for one in counted]
        if instrument.scale.kind == "scored":
            totals[n] = sum(choice.points for value in values if (choice := _choice(value, instrument)) is not None)
        else:
            percent[n] = 100 * sum(_counts(value, instrument) == "met" for value in values) / len(values)
    standards = tuple(one.standard for one in counted)
    return CommonSet(n=len(counted), percent=tuple(percent), totals=tuple(totals), standards=standards)


def _choice(value: Score | None, instrument: Instrument) -> ScaleValue | None:
    return None if value is None else instrument.scale.find(value)


def _counts(value: Score | None, instrument: Instrument) -> str:
    choice = _choice(value, instrument)
    return choice.counts if choice is not None else ""


def _changes(rounds: Sequence[RoundFigures], caution: int | None) -> Iterable[TotalChange]:
    certain = [(n, one.total, one.instrument) for n, one in enumerate(rounds) if one.total is not None]
    spans = list(pairwise(certain))
    if len(certain) > 2:
        spans.append((certain[0], certain[-1]))
    for (before, was, instrument), (after, now, other) in spans:
        if not instrument or not other or instrument == other:
            points = now - was
            within = None if caution is None else abs(points) <= caution
            yield TotalChange(before=before, after=after, points=points, within_caution=within)
