"""Whose words count in a figure, and which values are in conflict and count for nothing."""

from __future__ import annotations

from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState


def keys_in_conflict(state: VisitState, entity: str, field: str = "value") -> frozenset[str]:
    """Keys of the records whose `field` is in conflict; such a value counts for nothing until settled."""
    return frozenset(c.key for c in state.conflicts if c.entity == entity and c.field == field)


def raters(state: VisitState) -> list[str]:
    """The codes of those whose ratings count, in order: everyone on the visit but observers."""
    return sorting.in_order(code for code, person in state.people.items() if person.rates)
