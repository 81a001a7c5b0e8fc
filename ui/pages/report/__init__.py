"""The page Report."""

from __future__ import annotations

from reviewapp.base.i18n import _
from ui.pages.entry import VISIT, PageCommand, PageEntry, ShownRecord

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
    ),
    commands=(PageCommand(_("Save the report as PDF or Word"), VISIT),),
)
