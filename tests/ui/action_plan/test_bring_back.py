"""A plan that came back: change by change it is taken or left, odd cells are settled, words beside it are kept."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.comments import Comment
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.action_plan.support import open_page
from tests.ui.action_plan.test_round_trip import bring, export, fill
from tests.ui.interviews.support import tab_stops
from tests.ui.support import App, words_on
from ui.pages.action_plan.page import ActionPlanPage


def comment(path: Path, cell: str, text: str) -> None:
    book = openpyxl.load_workbook(path)
    book["Action plan"][cell].comment = Comment(text, "Team")
    book.save(path)


def pills(page: ActionPlanPage) -> list[tuple[str, str]]:
    return [(row.pill, row.title) for row in page.came_back.list.told.rows]


def test_each_change_can_be_left(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E2="Ward manager", H2="A copy in every record", D3="Change the summary")
    assert "card" not in vars(page.bring_back) and "clashes" not in vars(page), "made when a plan comes back"
    bring(planned, page, path)
    order = [page.bring, page.came_back.list, page.came_back.take, page.table]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    assert page.came_back.take.text() == "Import 3 changes"
    assert page.came_back.list.choose("cAP1|owner")
    planned.keys(page.came_back.list, Qt.Key.Key_Space)
    assert page.came_back.take.text() == "Import 2 changes"
    row = page.came_back.list.currentIndex()
    assert row.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    assert row.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Not ticked. Changed. Standard 119: owner")
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    action = planned.visit.state.actions["AP1"]
    assert (action.owner, action.measure) == ("Team manager", "A copy in every record")
    assert planned.visit.state.actions["AP-136"].action == "Change the summary"
    bring(planned, page, path)
    assert pills(page) == [("Changed", "Standard 119: owner")], "what was left can still be taken"


def test_a_click_on_the_box_ticks_and_one_on_the_words_only_chooses(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E2="Ward manager", H2="A copy in every record")
    bring(planned, page, path)
    rows = page.came_back.list
    middle = rows.visualRect(rows.told.index(1)).center()
    planned.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert len(rows.ticked()) == 2
    box = QPoint(20, rows.visualRect(rows.told.index(1)).top() + 16)
    planned.qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert rows.ticked() == {rows.told.rows[0].key}
    planned.qtbot.mouseClick(page.came_back.none, Qt.MouseButton.LeftButton)
    assert not page.came_back.take.isEnabled()
    planned.qtbot.mouseClick(page.came_back.all, Qt.MouseButton.LeftButton)
    assert page.came_back.take.text() == "Import 2 changes"


def test_an_odd_cell_refuses_nothing_and_is_settled_where_it_stands(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E2="Ward manager", F2="end of March", I2="nearly")
    bring(planned, page, path)
    assert pills(page)[:2] == [("Not understood", "Standard 119: due"), ("Not understood", "Standard 119: status")]
    assert page.came_back.odd.isVisible()
    assert "what does “end of March” mean" in words_on(page.came_back.odd)
    planned.keys(page.came_back.odd.meant, "31/03/2027", Qt.Key.Key_Return)
    planned.settle()
    assert [pill for pill, __ in pills(page)] == ["Not understood", "Changed", "Changed"]
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    action = planned.visit.state.actions["AP1"]
    assert (action.due, action.owner, action.status) == ("2027-03-31", "Ward manager", "open")


def test_what_was_left_stays_left_when_a_cell_is_settled(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E2="Ward manager", F2="end of March")
    bring(planned, page, path)
    page.came_back.list.choose("cAP1|owner")
    planned.keys(page.came_back.list, Qt.Key.Key_Space)
    page.came_back.list.choose("oAction plan|F2")
    planned.keys(page.came_back.odd.meant, "31/03/2027", Qt.Key.Key_Return)
    planned.settle()
    assert page.came_back.list.ticked() == {"cAP1|due"}


def test_a_message_for_the_team_names_every_cell_to_correct(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, F2="end of March", I2="nearly")
    bring(planned, page, path)
    planned.qtbot.mouseClick(page.came_back.copy, Qt.MouseButton.LeftButton)
    message = QGuiApplication.clipboard().text()
    assert "- Cell F2 (Due of standard 119): 'end of March' is not a date. Please write the date day first" in message
    assert "- Cell I2 (Status of standard 119): 'nearly' is not a status." in message


def test_words_beside_the_plan_are_kept_as_notes_and_can_be_deleted(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    comment(path, "D2", "Not before March")
    comment(path, "A1", "Too much at once")
    bring(planned, page, path)
    assert pills(page) == [("Keep as a note", "A note"), ("Keep as a note", "Standard 119: a note")]
    assert "comment by Team" in page.came_back.list.told.rows[0].detail
    assert page.came_back.take.text() == "Keep 2 notes"
    page.came_back.list.choose("w0")
    planned.keys(page.came_back.list, Qt.Key.Key_Space)
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    (note,) = planned.visit.state.team_notes.values()
    assert (note.text, note.standard, note.about) == ("Not before March", "119", "AP1")
    assert {item.person for item in planned.visit.history("team_note", note.key)} == {"host"}
    assert page.notes.isVisible()
    order = [page.table, page.notes.list, page.notes.remove]
    assert [stop for stop in tab_stops(page) if stop in order] == order
    assert [row.detail for row in page.notes.list.told.rows] == ["Not before March"]
    planned.qtbot.mouseClick(page.notes.remove, Qt.MouseButton.LeftButton)
    assert not planned.visit.state.team_notes and not page.notes.isVisible()
    planned.window.actions_.undo.trigger()
    assert page.notes.isVisible()


def test_a_deleted_row_is_told_with_its_action(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    book = openpyxl.load_workbook(path)
    book["Action plan"].delete_rows(2)
    book.save(path)
    bring(planned, page, path)
    assert pills(page) == [("Row deleted", "Standard 119: Give every patient a copy")]
    assert not page.came_back.take.isVisible()


def test_of_two_plans_in_a_file_one_is_chosen(planned: App, tmp_path: Path) -> None:
    page = open_page(planned)
    path = export(planned, page, tmp_path / "plan.xlsx")
    fill(path, E2="Ward manager")
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book["Action plan"]).title = "Action plan (2)"
    book.save(path)
    bring(planned, page, path)
    assert "which of these sheets is the plan?" in page.came_back.words.text()
    rows = page.came_back.list
    assert [row.title for row in rows.told.rows] == ["Action plan", "Action plan (2)"]
    assert rows.ticked() == {"sAction plan"}
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    planned.settle()
    assert pills(page) == [("Changed", "Standard 119: owner"), ("Not read", "Sheet “Action plan (2)”")]
    planned.keys(page.came_back.take, Qt.Key.Key_Space)
    assert planned.visit.state.actions["AP1"].owner == "Ward manager"
