"""The standards that call for an action, and where it is written what is recommended for them."""

from __future__ import annotations

from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.model import Scale, Standard
from reviewapp.visit import sorting
from reviewapp.visit.figure_cache import cached_figure
from reviewapp.visit.state import VisitState


def gaps(state: VisitState) -> list[Standard]:
    """Standards that the review found to be a gap (`Scale.verdict`: not met, or a low score), type 1 first.

    What only the team itself rates is no finding of the review.
    """
    now, values = effective_ratings(state), _gap_values(state.instrument.scale)
    return [
        one
        for one in _in_order(state)
        if (rating := now[one.number]).basis != "self_review" and (type(rating.value), rating.value) in values
    ]


def _gap_values(scale: Scale) -> set[tuple[type, object]]:
    """The values of the scale that are a gap, for looking up many; 1 and "1" are different values."""
    return {(type(one.value), one.value) for one in scale.values if scale.verdict(one.value) == "gap"}


@cached_figure()
def _in_order(state: VisitState) -> list[Standard]:
    return sorted(state.instrument.standards, key=sorting.type_first)


def recommendation_place(number: str) -> str:
    """The place of the passage that says what is recommended for a standard."""
    return f"recommendation:{number}"
