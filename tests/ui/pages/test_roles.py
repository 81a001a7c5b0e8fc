"""Nobody is shown what only the lead does: it is hidden, and one line says who does it."""

from __future__ import annotations

from typing import cast

from tests.ui.support import App, Homes, Opener
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.report.page import ReportPage
from ui.shell.palette.page_commands import PageCommands


def report(app: App) -> ReportPage:
    return cast(ReportPage, app.go("report"))


def test_a_reviewer_reads_the_draft_and_saves_it_to_read(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = report(app)
    assert page.saving.save_first.isVisible()
    assert not any(part.isVisible() for part in (*page.saving.copies.values(), page.saving.save_as))
    assert "The lead reviewer sends the report" in page.saving.explained.text()


def test_the_lead_has_every_copy_and_file_of_the_report(program: Opener, homes: Homes) -> None:
    page = report(program(homes.lead))
    buttons = (*page.saving.copies.values(), page.saving.save_first, page.saving.save_as)
    assert all(part.isVisible() for part in buttons) and page.saving.others


def test_a_reviewer_gets_no_form_for_the_answers_of_the_team(program: Opener, homes: Homes) -> None:
    page = report(program(homes.reviewer))
    page.outline.choose("responses")
    panel = page.afterwards.answers
    assert panel.only_lead.isVisible()
    assert not panel.save.isVisible() and not panel.take.isVisible() and not panel.reply_by.isVisible()


def test_a_reviewer_reads_and_prints_the_plan_and_changes_nothing_in_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(ActionPlanPage, app.go("action_plan"))
    for button in (page.add, page.remove, page.export, page.bring):
        assert not button.isVisible()
    assert not page.table.plan.writable
    words = {action.text() for action in PageCommands(app.session, app.window).usable()}
    assert "Add an action" not in words
