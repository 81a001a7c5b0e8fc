"""The page Report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, Place, ShownRecord

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState


def _comment_place(_key: str, _state: VisitState, _me: str) -> Place:
    return {"passage": "comments"}


PAGE = PageEntry(
    name="report",
    nav=_("Report"),
    icon="report",
    cls="ReportPage",
    records=(
        ShownRecord("passage", "passage", draft=_("A passage of the report")),
        ShownRecord("decision"),
        ShownRecord("finding_accepted"),
        ShownRecord("known_name"),
        ShownRecord("response"),
        ShownRecord("response_decision"),
        ShownRecord("report_comment", find=_comment_place, draft=_("What was done about a comment")),
    ),
    commands=(PageCommand(_("Save the report as PDF or Word"), VISIT),),
)
