"""Register of the pages; a page's module is imported when the page is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from reviewapp.base.i18n import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.pages.base import Page
    from ui.session.session import Session


@dataclass(frozen=True)
class PageEntry:
    """One page in the navigation; `module` and `cls` name the class that is imported for it."""

    name: str
    nav: str
    icon: str
    module: str
    cls: str
    needs_visit: bool = True


PAGES: tuple[PageEntry, ...] = (
    PageEntry("start", _("Start"), "start", "ui.pages.start.page", "StartPage", needs_visit=False),
    PageEntry("overview", _("Overview"), "overview", "ui.pages.overview.page", "OverviewPage"),
    PageEntry("standards", _("Standards"), "standards", "ui.pages.standards.page", "StandardsPage"),
    PageEntry("interviews", _("Interviews"), "interviews", "ui.pages.interviews.page", "InterviewsPage"),
    PageEntry("case_notes", _("Case notes"), "case_notes", "ui.pages.case_notes.page", "CaseNotesPage"),
    PageEntry("bring_together", _("Bring together"), "together", "ui.pages.bring_together.page", "BringTogetherPage"),
    PageEntry("agree", _("Agree"), "agree", "ui.pages.agree.page", "AgreePage"),
    PageEntry("report", _("Report"), "report", "ui.pages.report.page", "ReportPage"),
    PageEntry("action_plan", _("Action plan"), "plan", "ui.pages.action_plan.page", "ActionPlanPage"),
)


def page_entry(name: str) -> PageEntry:
    """The entry named `name`; KeyError if there is none."""
    return {e.name: e for e in PAGES}[name]


def build_page(name: str, session: Session, parent: QWidget) -> Page:
    """Import the page and build it within `parent`; a `NotYet` page if its module is not part of this version."""
    from ui.pages.base import NotYet, Page

    row = page_entry(name)
    if find_spec(row.module) is None:
        return NotYet(session, row.nav, row.icon, parent)
    page = getattr(import_module(row.module), row.cls)(session, parent)
    assert isinstance(page, Page)
    return page
