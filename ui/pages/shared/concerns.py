"""Immediate concerns of which nobody has been told."""

from __future__ import annotations

from reviewapp.visit import sorting
from reviewapp.visit.state import ConcernRecord, VisitState


def untold(state: VisitState) -> list[ConcernRecord]:
    """Concerns that nobody in charge has been told of, as far as it is written down."""
    found = [c for c in state.concerns.values() if not c.told.strip() and c.text.strip()]
    return sorted(found, key=lambda c: sorting.natural(c.key))
