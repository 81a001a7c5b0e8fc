"""Immediate concerns for which nobody is recorded as told."""

from __future__ import annotations

from reviewapp.visit import sorting
from reviewapp.visit.state import ConcernRecord, VisitState


def concerns_without_told(state: VisitState) -> list[ConcernRecord]:
    """Concerns with a text but without a record of who was told, in natural order of their keys."""
    found = [c for c in state.concerns.values() if not c.told.strip() and c.text.strip()]
    return sorted(found, key=lambda c: sorting.natural(c.key))
