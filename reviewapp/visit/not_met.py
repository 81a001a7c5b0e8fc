"""The standards that are not met, and where it is written what is recommended for them."""

from __future__ import annotations

from reviewapp.instruments.model import Standard
from reviewapp.visit import order
from reviewapp.visit.figures import effective
from reviewapp.visit.state import VisitState


def not_met(state: VisitState) -> list[Standard]:
    """Standards whose rating says not met, type 1 first."""
    scale, now = state.instrument.scale, effective(state)
    found = []
    for standard in sorted(state.instrument.standards, key=order.type_first):
        value = now[standard.number].value
        choice = None if value is None else scale.find(value)
        if choice is not None and choice.counts == "not_met":
            found.append(standard)
    return found


def recommendation_place(number: str) -> str:
    """The place of the passage that says what is recommended for a standard."""
    return f"recommendation:{number}"
