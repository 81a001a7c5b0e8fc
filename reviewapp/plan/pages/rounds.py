"""The rounds of a team side by side on paper: what each said, what moved, and what cannot be compared."""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.report.content.report_data import ReportData
from reviewapp.report.content.rounds import rounds
from reviewapp.report.tree import Document
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState


def rounds_page(state: VisitState, status: dict[str, Any], today: date) -> Document:
    """The document, which is the report's section on rounds by itself. Raises Invalid while there is one round only."""
    parts = rounds(ReportData(state, with_report_counts(state, status), "host"))
    if not parts:
        raise Invalid(
            _("this visit has no earlier round of this team"), field="round",
            do=_("start the visit from the carry-over of the last one, or add an earlier total on the Overview page"),
        )  # fmt: skip
    final = any(decision.label.strip() for decision in state.decisions.values())
    return Document(
        title=f"Rounds side by side: {state.info.service}",
        subject="Comparison of the rounds of one team",
        status="final" if final else "draft",
        profile="host",
        running=f"{state.info.service} – {labels.day(today.isoformat())}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )
