"""Renders the pages of the action plan in each format: for the waiting room, new staff, the programme's meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.plan.pages import managers_brief as managers
from reviewapp.plan.pages.brief import MOST_ROWS, brief
from reviewapp.plan.pages.follow_up import follow_up
from reviewapp.plan.pages.plain_summary import plain_summary
from reviewapp.plan.pages.progress import progress
from reviewapp.plan.pages.rounds import rounds_page
from reviewapp.plan.pages.scoping import scoping
from reviewapp.plan.pages.team_profile import MOST_TOLD, team_profile
from reviewapp.plan.pages.you_said import MOST_PRAISE, you_said
from reviewapp.plan.sent_versions import History
from reviewapp.report.formats import FORMATS
from reviewapp.report.pdf.render import pdf_bytes
from reviewapp.report.tree import Document
from reviewapp.visit.state import VisitState
from reviewapp.workspace.seen_figures import seen_state, seen_status

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit


def page_pdf(page: str, visit: OpenVisit, today: date) -> bytes:
    """The page of an open visit as PDF. Raises `Invalid` as `page_of` does."""
    return page_file(page, visit, today, "pdf")


def page_file(page: str, visit: OpenVisit, today: date, suffix: str) -> bytes:
    """The page of an open visit in the format of this suffix (`SUFFIXES`). Raises `Invalid` as `page_of` does."""
    return page_of(page, seen_state(visit), seen_status(visit), partial(visit.history, "action"), today, suffix)


def page_of(
    page: str, state: VisitState, status: dict[str, Any], history: History, today: date, suffix: str = "pdf"
) -> bytes:
    """The page in a format. Raises `Invalid` while an action is in conflict, or if there is nothing to print yet."""
    _refuse_two_versions(state)
    return FORMATS[suffix].render(PAGES[page].make(state, status, history, today))


def _progress(state: VisitState, _status: dict[str, Any], history: History, today: date) -> Document:
    return progress(state, history, today)


def _plain_summary(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    return plain_summary(state, status, today)


def _scoping(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    return scoping(state, status, today)


def _follow_up(state: VisitState, _status: dict[str, Any], _history: History, today: date) -> Document:
    return follow_up(state, today)


def _rounds(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    return rounds_page(state, status, today)


def _brief(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    """The brief on one page, with as many actions as fit; the number of those left out is printed in any case."""
    return _on_one_page(lambda rows: brief(state, status, today, rows=rows), MOST_ROWS)


def _managers_brief(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    """On one page: local context goes first where there is no room, then goals and what was asked, with how many."""

    def make(room: int) -> Document:
        rows = min(room, managers.MOST_ROWS)
        return managers.managers_brief(state, status, today, rows=rows, contexts=room - rows)

    return _on_one_page(make, managers.MOST_ROWS + managers.MOST_CONTEXTS)


def _team_profile(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    """On one page, with the local context of as many items as fit; of the others their numbers are named."""
    return _on_one_page(lambda most: team_profile(state, status, today, contexts=most), MOST_TOLD)


def _on_one_page(make: Callable[[int], Document], most: int) -> Document:
    """The document with the most rows that fit on one page, else with none."""
    for rows in range(most, 0, -1):
        made = make(rows)
        if _pages(pdf_bytes(made)) == 1:
            return made
    return make(0)


def _you_said(state: VisitState, status: dict[str, Any], _history: History, today: date) -> Document:
    """You said, we did on as few pages as the topics need, with as many quotes of praise as fit on these."""
    made = you_said(state, status, today, praise=0)
    least = _pages(pdf_bytes(made))
    for praise in range(MOST_PRAISE, 0, -1):
        with_praise = you_said(state, status, today, praise=praise)
        if _pages(pdf_bytes(with_praise)) == least:
            return with_praise
    return made


def _pages(made: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(made)).pages)


def _refuse_two_versions(state: VisitState) -> None:
    """Raise Invalid if an action is in conflict: a printed page must not choose between two values, nor print both."""
    conflict = next((c for c in state.conflicts if c.entity == "action" and c.key in state.actions), None)
    if conflict is not None:
        number = state.actions[conflict.key].standard
        where = f"the action {conflict.key}" + (f" for standard {number}" if number else "")
        raise Invalid(
            _("there are two versions of the {field} of {where}", field=conflict.field, where=where),
            field=conflict.field,
            do=_("choose one first, on the Action plan page or with: visit settle"),
        )


class PlanPage(NamedTuple):
    """A page printed from the plan: its `--kind` on the command line, its title in the menu, what makes its tree."""

    kind: str
    title: str
    make: Callable[[VisitState, dict[str, Any], History, date], Document]


PAGES: dict[str, PlanPage] = {
    page.kind: page
    for page in (
        PlanPage("you-said", _("You said, we did (for the waiting room)"), _you_said),
        PlanPage("plain-summary", _("What we found, in plain words (for people who were interviewed)"), _plain_summary),
        PlanPage("brief", _("Brief for new staff (one page)"), _brief),
        PlanPage("progress", _("Progress of the plan (for the interim review)"), _progress),
        PlanPage("scoping", _("Scoping day: agenda, candidates, voting sheet"), _scoping),
        PlanPage("follow-up", _("Minutes of the plan meetings"), _follow_up),
        PlanPage("rounds", _("The rounds of the team side by side"), _rounds),
        PlanPage("managers-brief", _("Brief for senior managers (one page)"), _managers_brief),
        PlanPage("team-profile", _("The team on one page (before the day)"), _team_profile),
    )
}
"""Every page that can be printed, in the order in which they are offered."""
SUFFIXES = ("pdf", "docx", "html")
"""The formats a page can be printed in."""
