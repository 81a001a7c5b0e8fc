"""Forecast of the committee's decision: outcome under its rule now, at best and at worst, and standards still needed.

100 / 80 / 60 % of types 1 / 2 / 3 for QN-CRHTT (national report, accreditation process); the rule itself is data of
the instrument. Shares are compared with thresholds as exact fractions: 79.6 % is below 80 %.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import ceil

import msgspec

from reviewapp.figures.items import open_ranges
from reviewapp.figures.ratings import (
    RatingCounts,
    count_ratings,
    effective_ratings,
    rating_values,
    scale_lookup,
    standards_by_type,
)
from reviewapp.figures.scores import band_of, score_figures
from reviewapp.instruments.model import Instrument, Score, Standard, Threshold
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import FOUND, RATED, cached_figure
from reviewapp.visit.state import VisitState

MEETS, DOES_NOT_MEET, UNDECIDED = "meets", "does_not_meet", "undecided"


class ThresholdNow(msgspec.Struct, frozen=True, kw_only=True):
    """One threshold of the rule, the per cent met on the ratings of now, and whether the threshold is reached."""

    type: str
    required: int | float
    percent: float | None
    holds: bool


class ToMeet(msgspec.Struct, frozen=True, kw_only=True):
    """The fewest standards that must still become met to reach a threshold: `need` of those in `from`.

    The first `need` of them always suffice.
    """

    type: str
    need: int
    from_: list[str] = msgspec.field(name="from")


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """The forecast; `outcome` is that of both the best and the worst case if they are equal, else `undecided`.

    On a scored scale the three are labels of bands. Without thresholds all three are `undecided`.
    """

    scope: str
    outcome: str
    best_case: str
    worst_case: str
    thresholds: list[ThresholdNow]
    to_meet: list[ToMeet]


@cached_figure(*RATED, *FOUND, "agreed", "self_review")
def forecast(state: VisitState) -> Forecast:
    """The forecast on the ratings that count now (`effective`)."""
    return forecast_of(state.instrument, rating_values(effective_ratings(state)), open_ranges(state))


def forecast_of(
    instrument: Instrument, values: Mapping[str, Score | None], ranges: Mapping[str, tuple[int, int]] | None = None
) -> Forecast:
    """The forecast if these were the ratings, by standard number: to try a decision before it is made.

    `ranges`: on a scored scale, the lowest and highest score of items without one (`items.open_ranges`).
    """
    if instrument.scale.kind == "scored":
        return _by_bands(instrument, values, ranges)
    members = standards_by_type(instrument)
    counts = {
        name: count_ratings(instrument.scale, (values.get(s.number) for s in standards))
        for name, standards in members.items()
    }
    rules = [(rule, counts.get(rule.type, RatingCounts())) for rule in instrument.rule.thresholds]
    best = _verdict([threshold_met(c.met + c.unrated, c.applicable + c.unrated, r.required) for r, c in rules])
    worst = _verdict([threshold_met(c.met, c.applicable + c.unrated, r.required) for r, c in rules])
    now = [
        ThresholdNow(
            type=r.type, required=r.required, percent=c.percent, holds=threshold_met(c.met, c.applicable, r.required)
        )
        for r, c in rules
    ]
    return Forecast(
        scope=instrument.scope,
        outcome=best if best == worst else UNDECIDED,
        best_case=best,
        worst_case=worst,
        thresholds=now,
        to_meet=[
            _to_meet(instrument, rule, members.get(rule.type, []), values, met=counted.met)
            for (rule, counted), threshold in zip(rules, now, strict=True)
            if not threshold.holds
        ],
    )


def threshold_met(met: int, applicable: int, required: int | float) -> bool:
    """True if `met` of `applicable` reach `required` per cent, compared exactly, or if nothing is applicable."""
    return applicable == 0 or Fraction(100 * met, applicable) >= exact(required)


def exact(percent: int | float) -> Fraction:
    """The per cent as the exact fraction of its decimal digits: 66.7 is 667/10, not the nearest binary fraction."""
    return Fraction(str(percent))


def _verdict(reached: list[bool]) -> str:
    if not reached:
        return UNDECIDED
    return MEETS if all(reached) else DOES_NOT_MEET


def _to_meet(
    instrument: Instrument,
    rule: Threshold,
    standards: list[Standard],
    values: Mapping[str, Score | None],
    *,
    met: int,
) -> ToMeet:
    """The fewest standards that must become met to reach the threshold, those rated not met first, then unrated ones.

    Not met first, because a not-met standard that becomes met adds to met only, an unrated one to applicable too. As
    no rule asks for more than 100 %, those not met always suffice.
    """
    not_met, unrated, known = [], [], scale_lookup(instrument.scale)
    for number in sorting.in_order(s.number for s in standards):
        value = values.get(number)
        choice = None if value is None else known.get((type(value), value))
        if choice is None:
            unrated.append(number)
        elif choice.counts == "not_met":
            not_met.append(number)
    need = ceil(exact(rule.required) * (met + len(not_met)) / 100) - met
    return ToMeet(type=rule.type, need=min(need, len(not_met)), from_=[*not_met, *unrated])


def _by_bands(
    instrument: Instrument, values: Mapping[str, Score | None], ranges: Mapping[str, tuple[int, int]] | None
) -> Forecast:
    """The band of the total, with everything unrated at the highest and at the lowest points it can get."""
    score = score_figures(instrument, values, ranges)
    best, worst = (
        (band_of(total, instrument.scale.bands) if score.of else None) or UNDECIDED
        for total in (score.highest, score.lowest)
    )
    return Forecast(
        scope=instrument.scope,
        outcome=best if best == worst else UNDECIDED,
        best_case=best,
        worst_case=worst,
        thresholds=[],
        to_meet=[],
    )
