"""Rounds side by side: what each said, item by item what may be compared, and how much a total may move by chance.

Pure functions on plain values. A total never gets an arrow: two totals of the same team differ beyond chance only where
they are far apart, and what moved is seen item by item. What cannot be compared is told with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import msgspec

from reviewapp.base.i18n import _, join_words
from reviewapp.figures.criteria import NOT_ESTABLISHED
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
    """A criterion that was established otherwise at a round than at the one before it that established it."""

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

    @property
    def moved(self) -> bool:
        """Whether it can be compared and has more than one certain value: on a scale of scores, by one or more."""
        return self.comparable and len({*self.values} - {None}) > 1


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


class Editions(msgspec.Struct, frozen=True, kw_only=True):
    """What a crosswalk says of an earlier edition: the earlier number of each number of now, else why there is none."""

    before: dict[str, str] = msgspec.field(default_factory=dict)
    why: dict[str, str] = msgspec.field(default_factory=dict)


def series_of(
    state: VisitState, others: Iterable[RoundFigures] = (), editions: Mapping[str, Editions] | None = None
) -> Series:
    """The visit and the rounds before it that it knows of, with `others`, such as those of carry-over files.

    A visit that is among them more than once is shown once, as its own word for it says. `editions`: by the digest of
    an earlier edition; without it only what asks the very same is compared.
    """
    return series(all_rounds(state, others), state.instrument, editions or {})


def all_rounds(state: VisitState, others: Iterable[RoundFigures] = ()) -> list[RoundFigures]:
    """The rounds of `series_of`, oldest first."""
    rounds: dict[str, RoundFigures] = {}
    for one in [round_of(state), *others, *earlier_rounds(state)]:
        rounds.setdefault(one.visit or f"{one.day} {one.label} {one.total}", one)
    return sorted(rounds.values(), key=by_day)


def series(
    rounds: Sequence[RoundFigures], instrument: Instrument, editions: Mapping[str, Editions] = MappingProxyType({})
) -> Series:
    """These rounds, in this order, beside each other; `instrument` is that of the newest one."""
    taken = {number for one in editions.values() for number in one.before.values()}
    numbers = [number for number in _numbers(rounds, instrument) if number not in taken or _is_now(number, instrument)]
    items = tuple(_item(number, rounds, instrument, editions) for number in numbers)
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


def _is_now(number: str, instrument: Instrument) -> bool:
    return any(standard.number == number for standard in instrument.standards)


def _item(
    number: str, rounds: Sequence[RoundFigures], instrument: Instrument, editions: Mapping[str, Editions]
) -> SeriesItem:
    titles = {standard.number: standard.title for standard in instrument.standards}
    newest = next((one for one in reversed(rounds) if one.has_items), None)
    at = [_number_at(number, one, newest, editions) for one in rounds]
    why = _why_not(number, rounds, at, editions)
    shown = [number if found is None else found for found in at]
    return SeriesItem(
        standard=number,
        title=titles.get(number, ""),
        values=tuple(one.scores.get(name) for name, one in zip(shown, rounds, strict=True)),
        ranges=tuple(one.ranges.get(name) for name, one in zip(shown, rounds, strict=True)),
        comparable=not why,
        why=why,
        criteria=tuple(_criteria(shown, rounds)) if not why else (),
    )


def _number_at(
    number: str, one: RoundFigures, newest: RoundFigures | None, editions: Mapping[str, Editions]
) -> str | None:
    """The number under which a round asked the same; None where it did not."""
    if newest is None or number not in newest.wording:
        return None
    mapped = editions[one.digest].before.get(number) if one.digest in editions else None
    if mapped is not None:
        return mapped
    same = one.instrument == newest.instrument and one.wording.get(number) == newest.wording[number]
    return number if same else None


def _why_not(
    number: str, rounds: Sequence[RoundFigures], at: Sequence[str | None], editions: Mapping[str, Editions]
) -> str:
    """Why an item cannot be compared over these rounds; empty where it can. `at`: its number at each round."""
    with_items = [one for one in rounds if one.has_items]
    if len(with_items) < 2:
        return _("only one round has more than a total")
    otherwise = [one for one, found in zip(rounds, at, strict=True) if one.has_items and found is None]
    if not otherwise:
        return ""
    told = [editions[one.digest].why[number] for one in otherwise
            if one.digest in editions and number in editions[one.digest].why]  # fmt: skip
    if told:
        return _("{why} (at {rounds})", why=told[0], rounds=_named(otherwise, edition=True))
    without = [one for one in with_items if number not in one.wording]
    if without:
        return _("it is not among the items at {rounds}", rounds=_named(without))
    elsewhere = [one for one in otherwise if one.instrument != with_items[-1].instrument]
    if elsewhere:
        return _("another instrument was used at {rounds}", rounds=_named(elsewhere))
    return _("it asks something different from {rounds}", rounds=_named(otherwise, edition=True))


def _named(rounds: Sequence[RoundFigures], *, edition: bool = False) -> str:
    names = []
    for one in rounds:
        name = one.label or one.day
        names.append(f"{name} ({one.edition})" if edition and one.edition else name)
    return join_words(names, _(" and "))


def _criteria(numbers: Sequence[str], rounds: Sequence[RoundFigures]) -> Iterable[CriterionChange]:
    before: dict[str, str] = {}
    for n, one in enumerate(rounds):
        for letter, value in one.criteria.get(numbers[n], {}).items():
            if value == NOT_ESTABLISHED:  # which says nothing: neither of the team nor of a change
                continue
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
