"""Totals, means and bands of a scored instrument (for example 39 items of 1-5, with bands by total)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from reviewapp.instruments.model import Band, Instrument, Scale, Score, Standard
from reviewapp.visit import sorting


class PointsSummary(msgspec.Struct, frozen=True, kw_only=True):
    """Points of a group of items: `rated` of `of` are scored; `mean` of the scored, unrounded, None while none is.

    `lowest` and `highest` bound the total, as for `ScoreFigures`; None in figures of a visit that did not keep them.
    """

    total: int
    rated: int
    of: int
    mean: float | None
    lowest: int | None = None
    highest: int | None = None


class ScoreFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Points of all items; `lowest` and `highest` bound the final total, whatever the unrated items get.

    `band` is given only when it is certain, that is, the same for both. Items not applicable are not part of `of`;
    where none applies there is no band.
    """

    total: int
    lowest: int
    highest: int
    rated: int
    of: int
    band: str | None
    by_type: dict[str, PointsSummary]
    by_section: dict[str, PointsSummary]


def item_points(scale: Scale) -> list[int]:
    """The points that one item can earn, in the order of the scale; empty on a scale that is not scored."""
    return [v.points for v in scale.values if v.counts == "scored"]


def band_of(total: int, bands: Sequence[Band]) -> str | None:
    """The band with the highest start not above the total; None below all of them."""
    reached = [band for band in bands if band.from_ <= total]
    return max(reached, key=lambda band: band.from_).label if reached else None


def score_figures(
    instrument: Instrument, values: Mapping[str, Score | None], ranges: Mapping[str, tuple[int, int]] | None = None
) -> ScoreFigures:
    """Totals and means of these values by standard: overall, by type and by section.

    `ranges`: the lowest and highest score of items without a value; where one is missing it is open between the ends of
    the scale.
    """
    known = ranges or {}
    standards = instrument.standards
    everything, lowest, highest = _points_summary(instrument, standards, values, known)
    low, high = (band_of(total, instrument.scale.bands) if everything.of else None for total in (lowest, highest))
    return ScoreFigures(
        total=everything.total,
        lowest=lowest,
        highest=highest,
        rated=everything.rated,
        of=everything.of,
        band=low if low == high else None,
        by_type={
            name: _points_summary(instrument, [s for s in standards if s.type == name], values, known)[0]
            for name in sorting.types(instrument)
        },
        by_section={
            name: _points_summary(instrument, [s for s in standards if s.section == name], values, known)[0]
            for name in sorting.sections(instrument)
        },
    )


def _points_summary(
    instrument: Instrument,
    standards: Iterable[Standard],
    values: Mapping[str, Score | None],
    ranges: Mapping[str, tuple[int, int]],
) -> tuple[PointsSummary, int, int]:
    """Total, mean and bounds of the points of these standards, without those not applicable."""
    total = rated = of = lowest = highest = 0
    scale = item_points(instrument.scale)
    ends = min(scale, default=0), max(scale, default=0)
    for standard in standards:
        value = values.get(standard.number)
        choice = None if value is None else instrument.scale.find(value)
        if choice is not None and choice.counts == "na":
            continue
        of += 1
        low, high = ranges.get(standard.number, ends)
        if choice is not None and choice.counts == "scored":
            rated += 1
            total += choice.points
            low = high = choice.points
        lowest, highest = lowest + low, highest + high
    mean = total / rated if rated else None
    summary = PointsSummary(total=total, rated=rated, of=of, mean=mean, lowest=lowest, highest=highest)
    return summary, lowest, highest
