"""The action plan: every standard not met waits in its row; the team's sheet comes back seen before taken."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

import ui.widgets.file_dialogs
from reviewapp.plan import preview_return
from reviewapp.visit.statements import Action, Agreed
from reviewapp.workspace.laptop import NewPerson
from tests.ui.support import App, Homes, Opener, focus, words_on
from ui.pages.action_plan.page import ActionPlanPage
from ui.pages.action_plan.table import COLUMNS, MARK, NOT_PLANNED, line_of, rows_of, summary_of
from ui.widgets import DraftText

NOT_MET = ("119", "136", "63")


@pytest.fixture
def planned(program: Opener, homes: Homes) -> App:
    """Three standards agreed not met; one has an action."""
    app = program(homes.lead)
    app.visit.record(*(Agreed(standard=n, value="not_met") for n in NOT_MET))
    app.visit.record(Action(id="AP1", standard="119", action="Give every patient a copy", owner="Team manager"))
    return app


def open_page(app: App) -> ActionPlanPage:
    return cast(ActionPlanPage, app.go("action_plan"))


def shown(page: ActionPlanPage, field: str) -> list[str]:
    model = page.table.plan
    return [str(model.index(i, COLUMNS.index(field)).data()) for i in range(model.rowCount())]


def index_of(page: ActionPlanPage, row_id: str, field: str) -> QModelIndex:
    return page.table.plan.index(page.table.plan.row_of(row_id), COLUMNS.index(field))


def editor(page: ActionPlanPage) -> DraftText:
    found = page.table.findChild(DraftText)
    assert isinstance(found, DraftText)
    return found


def choices(page: ActionPlanPage) -> QComboBox:
    """The list that is open; one that was closed may still wait to be deleted."""
    return next(box for box in page.table.findChildren(QComboBox) if box.isVisible())


def export(app: App, page: ActionPlanPage, path: Path) -> Path:
    ui.widgets.file_dialogs.NEXT.append([path])
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
    ui.widgets.file_dialogs.NEXT.append([path])
    app.qtbot.mouseClick(page.bring, Qt.MouseButton.LeftButton)
    app.settle()


def test_each_standard_not_met_has_a_row_type_1_first_also_without_a_plan(planned: App) -> None:
    page = open_page(planned)
    assert [words.split()[0] for words in shown(page, "standard")] == list(NOT_MET)
    assert shown(page, "action") == ["Give every patient a copy", NOT_PLANNED, NOT_PLANNED]
    assert page.heading.note.text() == "1 of 3 standards have an action"


def test_an_empty_plan_says_how_to_begin(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = open_page(app)
    assert page.empty.isVisible()
    app.qtbot.mouseClick(page.to_agree, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Agree"


def test_typing_in_a_row_that_waits_begins_an_action(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP-136", "action")
    planned.keys(page.table, "C")
    planned.keys(editor(page), "hange the summary")
    focus(page.table)
    action = planned.visit.state.actions["AP-136"]
    assert (action.standard, action.action) == ("136", "Change the summary")
    planned.window.actions_.undo.trigger()
    planned.window.actions_.undo.trigger()
    assert "AP-136" not in planned.visit.state.actions
    assert shown(page, "action")[1] == NOT_PLANNED


def test_what_is_typed_in_a_cell_is_a_draft_before_the_cell_is_left(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "progress")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Template drafted")
    planned.qtbot.waitUntil(lambda: bool(planned.visit.drafts()))
    assert planned.visit.state.actions["AP1"].progress == ""
    planned.qtbot.keyClick(editor(page), Qt.Key.Key_Escape)
    assert planned.visit.state.actions["AP1"].progress == "Template drafted", "Escape loses nothing; Undo takes it back"
    planned.window.actions_.undo.trigger()
    assert planned.visit.state.actions["AP1"].progress == ""


def test_tab_goes_from_cell_to_cell_and_every_field_is_kept(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "owner")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Deputy manager", Qt.Key.Key_Tab)
    line = page.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    planned.keys(line, "26/02/2027", Qt.Key.Key_Return)
    planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.owner, action.due) == ("Deputy manager", "2027-02-26")
    assert shown(page, "due")[0] == "26 February 2027"


def test_a_day_that_does_not_exist_is_told_and_changes_nothing(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "due")
    planned.keys(page.table, Qt.Key.Key_F2)
    line = page.table.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    planned.keys(line, "31/02/2027", Qt.Key.Key_Return)
    assert line.isVisible(), "the words stay to be mended"
    focus(page.table)
    assert planned.visit.state.actions["AP1"].due == ""
    assert "31/02/2027" in planned.window.status.message.text()


def test_priority_and_status_are_chosen_from_a_list(planned: App) -> None:
    page = open_page(planned)
    for field, keys in (("priority", "1"), ("status", "D")):
        page.table.choose("AP1", field)
        planned.keys(page.table, Qt.Key.Key_F2)
        planned.keys(choices(page), keys, Qt.Key.Key_Return)
        focus(page.table)
        planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.priority, action.status) == (1, "done")


def test_adding_and_deleting_are_undone_by_name(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "action")
    planned.qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    focus(page.table)
    assert shown(page, "action")[:2] == ["Give every patient a copy", "No words for this action yet"]
    assert planned.window.actions_.undo.text() == "&Undo adding an action for standard 119"
    planned.window.actions_.undo.trigger()
    page.table.choose("AP1", "action")
    planned.qtbot.mouseClick(page.remove, Qt.MouseButton.LeftButton)
    assert shown(page, "action")[0] == NOT_PLANNED
    planned.window.actions_.undo.trigger()
    assert shown(page, "action")[0] == "Give every patient a copy"


def test_another_change_keeps_the_chosen_cell_and_the_open_editor(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "measure")
    planned.keys(page.table, Qt.Key.Key_F2)
    planned.keys(editor(page), "Nine of ten")
    planned.visit.record(Action(id="AP1", owner="Somebody else"))
    assert editor(page).toPlainText() == "Nine of ten"
    focus(page.table)
    assert planned.visit.state.actions["AP1"].measure == "Nine of ten"
    assert page.table.currentIndex() == index_of(page, "AP1", "measure")


def test_the_teams_sheet_goes_out_and_its_changes_are_seen_before_they_are_taken(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    assert str(path) in page.saved_words.text()
    fill(path, E2="Ward manager", D3="Change the discharge summary", E3="Consultant")
    before = planned.visit.store.digest()
    bring(planned, page, path)
    told = {(row.pill, row.title) for row in page.came_back.list.told.rows}
    assert told == {("Changed", "Standard 119: owner"), ("New", "Standard 136: an action")}
    assert planned.visit.store.digest() == before
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
    assert (row.title, row.detail) == ("Standard 119: owner", "Changed by L1 and the team")
    owner = index_of(page, "AP1", "owner")
    assert owner.data() == "2 versions"
    assert not owner.flags() & Qt.ItemFlag.ItemIsEditable
    form = page.clashes.form
    assert form is not None
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
    assert planned.window.actions_.undo.text() == "&Undo taking the team's action plan"
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
    assert words_on(page.log).endswith("L1: Template drafted")


def test_a_priority_may_say_that_it_comes_from_impact_and_effort(planned: App) -> None:
    page = open_page(planned)
    page.table.choose("AP1", "priority")
    planned.keys(page.table, Qt.Key.Key_F2)
    box = choices(page)
    box.setCurrentIndex(box.findText("2: high impact, high effort"))
    box.activated.emit(box.currentIndex())
    focus(page.table)
    planned.settle()
    action = planned.visit.state.actions["AP1"]
    assert (action.priority, action.impact, action.effort) == (2, "high", "high")
    assert shown(page, "priority")[0] == "2\nhigh impact, high effort"
    planned.visit.record(Action(id="AP1", priority=1))
    assert shown(page, "priority")[0] == "1", "another priority no longer rests on them"


def test_a_page_to_print_is_written_and_a_refusal_is_said(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = tmp_path / "brief.pdf"
    ui.widgets.file_dialogs.NEXT.append([path])
    page.to_print.wanted.emit("brief")
    planned.settle()
    assert path.read_bytes().startswith(b"%PDF")
    assert str(path) in page.saved_words.text()
    planned.visit.record(Action(id="AP1", status="dropped"))
    ui.widgets.file_dialogs.NEXT.append([tmp_path / "said.pdf"])
    page.to_print.wanted.emit("you-said")
    planned.settle()
    assert "no action to tell of" in planned.window.status.message.text()
    assert not (tmp_path / "said.pdf").exists()


def test_a_sheet_that_is_no_plan_of_ours_is_refused_in_plain_words(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    book = openpyxl.Workbook()
    path = tmp_path / "holidays.xlsx"
    book.save(path)
    bring(planned, page, path)
    assert page.came_back.isVisible() and not page.came_back.take.isVisible()
    assert page.came_back.words.text().startswith("holidays.xlsx was not taken.")
    assert "oliday" in planned.window.status.message.text()
    planned.keys(page.came_back.away, Qt.Key.Key_Space)
    assert not page.came_back.isVisible()


def test_an_exported_sheet_brought_back_untouched_changes_nothing(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    assert preview_return(planned.visit, path).lines == ()
    bring(planned, page, path)
    assert "Nothing in it is different" in page.came_back.words.text()


def test_what_is_late_is_said_in_words(planned: App) -> None:
    planned.visit.record(Action(id="AP1", due="2026-11-30"))
    late = rows_of(planned.visit.state, date(2026, 12, 1).isoformat())
    assert late[0].overdue
    assert summary_of(late).endswith("1 overdue")
    assert not rows_of(planned.visit.state, date(2026, 11, 30).isoformat())[0].overdue
    planned.visit.record(line_of(late[0], "status", "done"))
    assert not rows_of(planned.visit.state, date(2026, 12, 1).isoformat())[0].overdue


def test_an_interim_review_takes_over_the_plan_of_the_visit_before(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.visit.record(Action(id="AP1", standard="119", action="Give every patient a copy", status="done"))
    laptop, info = app.session.laptop, app.visit.state.info
    assert laptop is not None
    people = [NewPerson("L1", "lead")]
    later = laptop.new_visit(
        instrument=info.instrument, service=info.service, organisation=info.organisation, date="2027-06-01",
        people=people, kind="interim",
    )  # fmt: skip
    page = open_page(app)
    assert not page.carry.isVisible()
    app.session.open_visit(later)
    page = open_page(app)
    app.qtbot.mouseClick(page.carry, Qt.MouseButton.LeftButton)
    app.settle()
    assert [a.action for a in app.visit.state.actions.values()] == ["Give every patient a copy"]
    assert shown(page, "status") == ["Done"]
    app.window.actions_.undo.trigger()
    assert app.visit.state.actions == {}
