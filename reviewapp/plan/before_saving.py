"""What stands in the way of a sheet or page of the action plan that is about to be saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from reviewapp.plan.progress import log_of
from reviewapp.report.proofreading import Finding
from reviewapp.report.proofreading.before_saving import DocumentKind, stops
from reviewapp.report.proofreading.texts import WrittenText
from reviewapp.visit.state import VisitState
from reviewapp.workspace.seen_figures import seen_state

if TYPE_CHECKING:
    from reviewapp.plan.sent_versions import History
    from reviewapp.workspace.open_visit import OpenVisit

_WITH_LOG: tuple[DocumentKind, ...] = ("sheet", "progress")
"""The documents that print earlier reports of progress beside the last one."""


def plan_stops(visit: OpenVisit, document: DocumentKind) -> list[Finding]:
    """The findings to stop for before this document of the plan is saved, also those in earlier reports it prints."""
    earlier = _earlier_reports(visit.state, partial(visit.history, "action")) if document in _WITH_LOG else ()
    return stops(seen_state(visit), document, earlier)


def _earlier_reports(state: VisitState, history: History) -> Iterator[WrittenText]:
    for key, action in state.actions.items():
        where = _("an earlier report of progress in the action plan")
        for entry in log_of(history(key)):
            if entry.text != action.progress.strip():
                yield WrittenText(
                    entity="action", key=key, field="progress", text=entry.text, where=where, standard=action.standard
                )
