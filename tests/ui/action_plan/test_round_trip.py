"""The team's sheet goes out and comes back: its changes are seen before they are taken, clashes wait for a choice."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt

import ui.widgets.file_dialogs
from reviewapp.plan import preview_return
from reviewapp.visit.statements import Action
from tests.ui.action_plan.support import index_of, open_page
from tests.ui.interviews.support import tab_stops
from tests.ui.support import App, words_on
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.action_plan.table import MARK


def export(app: App, page: ActionPlanPage, path: Path) -> Path:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    app.settle()
    return path


def fill(path: Path, **cells: str) -> None:
    """What the team types; `D2="..."`."""
    book = openpyxl.load_workbook(path)
    for address, text in cells.items():
        book["Action plan"][address] = text
    book.save(path)


def bring(app: App, page: ActionPlanPage, path: Path) -> None:
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([path])
    app.qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    app.settle()


def test_the_teams_sheet_goes_out_and_its_changes_are_seen_before_they_are_taken(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    assert str(path) in page.saving.line.words.text()
    fill(path, E2="Ward manager", D3="Change the discharge summary", E3="Consultant")
    before = planned.visit._store.digest()
    bring(planned, page, path)
    told = {(row.pill, row.title) for row in page.came_back.list.told.rows}
    assert told == {("Changed", "Standard 119: owner"), ("New", "Standard 136: an action")}
    assert planned.visit._store.digest() == before
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    assert planned.visit.state.actions["AP1"].owner == "Ward manager"
    assert planned.visit.state.actions["AP-136"].action == "Change the discharge summary"
    assert index_of(page, "AP1", "owner").data(MARK) == "Changed by the team; it was: Team manager"
    assert index_of(page, "AP-136", "action").data(MARK) == "New from the team"
    assert index_of(page, "AP1", "action").data(MARK) is None
    planned.qtbot.mouseClick(page.clear_marks, Qt.MouseButton.LeftButton)
    assert index_of(page, "AP1", "owner").data(MARK) is None
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.actions["AP1"].owner == "Team manager"


def test_a_change_to_one_of_two_actions_for_a_standard_says_which(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    planned.visit.record(Action(id="AP2", standard="119", action="Buy a printer", status="open"))
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E3="Ward manager")
    bring(planned, page, path)
    (row,) = page.came_back.list.told.rows
    assert row.title == "Standard 119: owner" and row.detail.startswith("In “Buy a printer”: ")


def clash(app: App, page: ActionPlanPage, path: Path) -> None:
    """The team and the lead name another owner, and the sheet is taken."""
    export(app, page, path)
    fill(path, E2="Ward manager")
    app.visit.record(Action(id="AP1", owner="Deputy manager"))
    bring(app, page, path)


def test_what_both_changed_is_told_before_it_is_taken(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    clash(planned, page, tmp_path / "plan.xlsx")
    (row,) = page.came_back.list.told.rows
    assert row.pill == "Two versions"
    assert "Ward manager" in row.detail and "Deputy manager" in row.detail
    planned.keys(page.came_back.away, Qt.Key.Key_Space)
    assert not page.came_back.isVisible()
    assert planned.visit.state.actions["AP1"].owner == "Deputy manager"
    assert planned.visit.state.conflicts == ()


def test_what_both_changed_stands_side_by_side_until_one_is_chosen(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    clash(planned, page, tmp_path / "plan.xlsx")
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    (row,) = page.clashes.list.told.rows
    assert (row.title, row.detail) == ("Standard 119: owner", "Changed by L1 (lead reviewer) and the team")
    owner = index_of(page, "AP1", "owner")
    assert owner.data() == "2 versions"
    assert not owner.flags() & Qt.ItemFlag.ItemIsEditable
    form = page.clashes.form
    assert form is not None
    order = [page.bring, page.clashes.list, form.reason, page.table]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    assert "Ward manager" in words_on(form) and "Deputy manager" in words_on(form)
    team = next(i for i, value in enumerate(form.conflict.values) if value.person == "host")
    planned.keys(form.choice.button(team), Qt.Key.Key_Space)
    planned.keys(form.reason, "Agreed by phone", Qt.Key.Key_Return)
    assert planned.visit.state.actions["AP1"].owner == "Ward manager"
    assert not page.clashes.isVisible()
    planned.window.actions_.undo.trigger()
    assert page.clashes.isVisible(), "both are back"


def test_undo_takes_a_sheet_with_two_versions_back(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    clash(planned, page, tmp_path / "plan.xlsx")
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    assert planned.window.actions_.undo.text() == "&Undo importing the team's action plan"
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.actions["AP1"].owner == "Deputy manager"
    assert not page.clashes.isVisible()


def test_what_changed_since_the_sheet_went_out_is_said(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    assert not page.since.isVisible()
    export(planned, page, tmp_path / "plan.xlsx")
    assert page.since.text().endswith("Nothing has changed since.")
    planned.visit.record(Action(id="AP1", status="in_progress", progress="Begun"))
    planned.visit.record(Action(id="AP-136", standard="136", action="More"))
    assert page.since.text().endswith("Changed since: 1 new action, 1 status, 1 progress report.")


def test_what_was_reported_on_the_chosen_action_is_shown_with_its_day(planned: App) -> None:
    page = open_page(planned)
    assert not page.log.isVisible()
    planned.visit.record(Action(id="AP1", progress="Template drafted"))
    page.table.choose("AP1", "action")
    assert page.log.isVisible()
    assert words_on(page.log).endswith("L1 (lead reviewer): Template drafted")


def test_a_sheet_that_is_no_plan_of_ours_is_refused_in_plain_words(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    book = openpyxl.Workbook()
    path = tmp_path / "holidays.xlsx"
    book.save(path)
    bring(planned, page, path)
    assert page.came_back.isVisible() and not page.came_back.take.isVisible()
    assert page.came_back.words.text().startswith("holidays.xlsx was not imported.")
    assert "oliday" in planned.window.status.message.text()
    planned.keys(page.came_back.away, Qt.Key.Key_Space)
    assert not page.came_back.isVisible()
    assert planned.window.status.message.text() == "", "nobody reads of a file that was put away"
    bring(planned, page, path)
    assert "was not imported" in planned.window.status.message.text()
    bring(planned, page, export(planned, page, tmp_path / "plan.xlsx"))
    assert "was not imported" not in planned.window.status.message.text()


def test_an_exported_sheet_brought_back_untouched_changes_nothing(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    assert preview_return(planned.visit, path).lines == ()
    bring(planned, page, path)
    assert "the same as the plan" in page.came_back.words.text()
