"""The page Overview."""

from __future__ import annotations

from reviewapp.base.i18n import _
from ui.pages.entry import LEAD, VISIT, PageCommand, PageEntry, ShownRecord

PAGE = PageEntry(
    name="overview",
    nav=_("Overview"),
    icon="overview",
    cls="OverviewPage",
    records=(ShownRecord("context"), ShownRecord("slot"), ShownRecord("document_seen", "document")),
    commands=(
        PageCommand(_("Import what the team sent"), LEAD, ("card", "prepare")),
        PageCommand(_("Share out the questions"), LEAD, ("card", "asks")),
        PageCommand(_("Timetable: add or change an appointment"), LEAD, ("card", "day")),
        PageCommand(_("Change the review team"), LEAD, ("card", "people")),
        PageCommand(_("Rounds of this team, and the carry-over"), LEAD, ("card", "rounds")),
        PageCommand(_("Documents to look at: what has been received"), VISIT, ("card", "paperwork")),
        PageCommand(_("Documents seen: add or change one"), VISIT, ("card", "documents")),
        PageCommand(_("Still untested: what to ask next"), VISIT, ("card", "untested")),
    ),
)
