"""What an open visit's documents, findings and figures may be made of, for the person of this laptop.

Before the meeting was opened they tell a reviewer nothing of what the others rated or coded (`visit.blind`).
"""

from __future__ import annotations

from typing import Any

from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status as compute_status
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.state import VisitState
from reviewapp.workspace.open_visit import OpenVisit


def seen_state(visit: OpenVisit) -> VisitState:
    """The visit's state as far as its person may have it in a document; the whole of it once the meeting is opened."""
    return as_seen_by(visit.state, visit.me)


def seen_status(visit: OpenVisit) -> dict[str, Any]:
    """The figures of `seen_state`, in the shape of `OpenVisit.status`."""
    whole, state = visit.status(), seen_state(visit)
    if state is visit.state:
        return whole
    return with_report_counts(state, compute_status(state), visit.editions(), visit.benchmarks())
