"""The standards that are not met, and the report passages that hold the recommendations for them."""

from __future__ import annotations

from reviewapp.figures.ratings import effective
from reviewapp.instruments.model import Scale, Score, Standard
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import cached_figure
from reviewapp.visit.state import VisitState


def not_met(state: VisitState) -> list[Standard]:
    """Standards whose effective rating is a value that counts as not met, type 1 first."""
    now = effective(state)
    values = {
        (type(choice.value), choice.value) for choice in state.instrument.scale.values if choice.counts == "not_met"
    }
    return [
        standard
        for standard in _in_order(state)
        if (type(now[standard.number].value), now[standard.number].value) in values
    ]


@cached_figure()
def _in_order(state: VisitState) -> list[Standard]:
    return sorted(state.instrument.standards, key=sorting.type_first)


def recommendation_place(number: str) -> str:
    """The key of the report passage that holds the recommendation for a standard."""
    return f"recommendation:{number}"


def is_not_met(value: Score | None, scale: Scale) -> bool:
    """True for a rating that calls for an action: not met, or on a scored scale one of the two lowest values."""
    choice = None if value is None else scale.find(value)
    if choice is None or choice.counts != "scored":
        return choice is not None and choice.counts == "not_met"
    points = sorted({v.points for v in scale.values if v.counts == "scored"})
    return choice.points in points[:2]
