"""Case notes: one key a cell, numbers and never names, and every difference in the open."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint, Qt

import ui.widgets.file_dialogs
from reviewapp.visit.statements import CaseNote
from tests.ui.fit import use_screen, whole
from tests.ui.support import App, Homes, Opener, focus
from ui.pages.case_notes.model import CELL, SHARE, good_record_number
from ui.pages.case_notes.page import CaseNotesPage
from ui.theme import theme


def opened(app: App) -> CaseNotesPage:
    return cast(CaseNotesPage, app.go("case_notes"))


def value(app: App, record: str, item: str) -> str | None:
    found = app.visit.state.audit.get(f"{record}/{item}/{app.visit.me}")
    return found.value if found else None


def test_an_empty_page_says_what_goes_there_and_begins_with_one_press(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    assert page.begin.isVisible()
    app.qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert f"1/{app.visit.me}" in app.visit.state.case_notes
    assert page.grid.currentIndex().isValid()


def test_y_n_a_r_answer_and_go_to_the_next_item(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "ynar")
    assert [value(app, "1", item) for item in ("A1", "A2", "A3", "A4")] == ["yes", "no", "na", "not_recorded"]
    assert page.model.name(page.grid.currentIndex()) == ("1", "A5")


def test_arrows_move_and_delete_empties(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "y", Qt.Key.Key_Up, Qt.Key.Key_Delete)
    assert value(app, "1", "A1") is None
    app.keys(page.grid, "+")
    app.keys(page.grid, "n", Qt.Key.Key_Up, Qt.Key.Key_Left)
    assert value(app, "2", "A1") == "no"
    assert page.model.name(page.grid.currentIndex()) == ("1", "A1")


def test_a_full_record_is_said_to_be_complete_and_nothing_is_overwritten(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "y" * len(page.model.items))
    assert page.model.filled("1") == len(page.model.items)
    assert "complete" in app.window.status.message.text()


def test_the_keys_can_be_turned_off(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.window.actions_.one_key.trigger()
    app.keys(page.grid, "y")
    assert value(app, "1", "A1") is None


def test_shares_move_as_one_goes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "y")
    app.keys(page.grid, "+")
    app.keys(page.grid, "n")
    assert page.model.headerData(0, Qt.Orientation.Vertical, SHARE) == "1 of 2"


def test_a_name_is_refused_kindly_and_changes_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.number.clear()
    app.keys(page.number, "Jo Example", Qt.Key.Key_Return)
    assert not app.visit.state.case_notes
    assert "Jo Example" in page.error.label.text()
    assert "list that the team keeps" in page.error.label.text()
    page.number.clear()
    app.keys(page.number, "N12", Qt.Key.Key_Return)
    assert f"N12/{app.visit.me}" in app.visit.state.case_notes
    assert page.error.isHidden()


def test_only_short_numbers_are_record_numbers() -> None:
    assert all(good_record_number(text) for text in ("1", "007", "N12", "AB-3", "12a"))
    assert not any(good_record_number(text) for text in ("", "JS", "Mary", "9434765919", "943 476 5919", "1/2"))


def test_a_note_belongs_to_its_cell_and_comes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, Qt.Key.Key_Return)
    assert app.window.focusWidget() is page.cell.note
    app.keys(page.cell.note, "Dated, signed", Qt.Key.Key_Escape)
    assert page.grid.hasFocus(), "Escape comes back, as the help says"
    app.keys(page.grid, "y")
    assert app.visit.state.audit["1/A1/R2"].note == "Dated, signed"
    assert page.cell.note.toPlainText() == ""
    app.keys(page.grid, Qt.Key.Key_Up)
    assert page.cell.note.toPlainText() == "Dated, signed"


def test_with_shift_an_answer_goes_to_its_note_and_escape_to_the_next_item(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    focus(page.grid)
    app.qtbot.keyClick(page.grid, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    assert value(app, "1", "A1") == "no"
    assert page.cell.note.hasFocus() and page.cell.place == ("1", "A1")
    app.keys(page.cell.note, "No date on it", Qt.Key.Key_Escape)
    assert page.grid.hasFocus() and page.model.name(page.grid.currentIndex()) == ("1", "A2")
    assert app.visit.state.audit["1/A1/R2"].note == "No date on it"
    app.keys(page.grid, "y")
    assert (value(app, "1", "A1"), value(app, "1", "A2")) == ("no", "yes")


def test_the_mouse_can_do_it_too(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    yes = next(iter(page.cell.buttons._values))
    app.qtbot.mouseClick(yes, Qt.MouseButton.LeftButton)
    assert value(app, "1", "A1") == "yes"
    rect = page.grid.visualRect(page.model.index(0, 0))
    app.qtbot.mouseClick(page.grid.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(1, 1))
    assert page.model.name(page.grid.currentIndex()) == ("1", "A1")


def test_what_reviewers_saw_differently_is_marked_in_words(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    found = [
        page.model.index(row, column)
        for row in range(page.model.rowCount())
        for column in range(page.model.columnCount())
        if page.model.index(row, column).data(CELL).differs
    ]
    assert found
    assert "answers differ" in found[0].data(Qt.ItemDataRole.AccessibleTextRole)
    page.grid.setCurrentIndex(found[0])
    assert "The answers differ" in page.cell.others.text()


def test_a_record_removed_comes_back_with_undo(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "yn")
    page.remove.click()
    assert page.model.records == []
    app.window.actions_.undo.trigger()
    assert page.model.records == ["1"]
    assert value(app, "1", "A2") == "no"


def test_the_place_is_kept_when_others_join(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.number.setText("9")
    page.add_record.click()
    app.keys(page.grid, Qt.Key.Key_Down)
    app.visit.merge(homes.returns["R3"])
    assert page.model.name(page.grid.currentIndex()) == ("9", "A2")
    assert len(page.model.records) > 1


def test_an_empty_sheet_for_paper_holds_nothing_of_the_visit(program: Opener, homes: Homes, tmp_path: Path) -> None:
    app = program(homes.lead)
    page = opened(app)
    target = tmp_path / "sheet.pdf"
    ui.widgets.file_dialogs.NEXT_ANSWERS.append([target])
    page.paper.click()
    app.settle()
    assert target.read_bytes().startswith(b"%PDF")
    assert app.visit.state.info.service not in target.read_bytes().decode("latin-1")


def test_undo_goes_to_the_answer_it_takes_back(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = opened(app)
    page.begin.click()
    app.keys(page.grid, "y", "n", "y")
    items = [item.item for item in page.model.items]
    assert page.place() == {"record": "1", "item": items[3]}
    app.window.actions_.undo.trigger()
    assert page.place() == {"record": "1", "item": items[2]}
    app.keys(page.grid, "n")
    assert value(app, "1", items[2]) == "no"
    assert page.place() == {"record": "1", "item": items[3]}


def test_in_a_narrow_window_an_item_still_says_what_it_is(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    app.window.resize(900, 700)
    grid = opened(app).grid
    app.settle()
    header = grid.items
    assert not header.words
    first = app.visit.state.instrument.audit[0]
    room = header.wide() - header.fontMetrics().horizontalAdvance("A10  10 of 10")
    said = header.short(first, room)
    assert said.endswith("…") and len(said) > 20 and first.text.startswith(said.replace("\n", " ")[:-1])
    tip = header.model().headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert first.text in tip
    assert grid.viewport().width() >= 3 * grid.columnWidth(0), "and the records keep their room"


def test_the_next_number_is_there_also_when_the_keyboard_comes_by_it(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    focus(page.number)
    app.visit.record(CaseNote(id="77"))
    assert page.number.text() == "78"
    app.keys(page.number, "5")
    app.visit.record(CaseNote(id="80"))
    assert page.number.text() == "785", "what is being typed is left alone"


def test_what_was_recorded_is_heard_at_the_next_cell(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = opened(app)
    page.grid.setCurrentIndex(page.model.index(0, 0))
    record, item = page.model.name(page.grid.currentIndex())
    app.keys(page.grid, "y")
    heard = str(page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))
    assert heard.startswith(f"{item}: Yes. Case note {record}, {page.model.items[1].item}: ")
    assert page.model.items[1].text.rstrip(".") in heard
    app.keys(page.grid, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert str(page.grid.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)).startswith(f"Case note {record}, ")


def test_the_rest_of_a_row_says_its_record_and_answer_and_no_more(program: Opener, homes: Homes) -> None:
    page = opened(program(homes.lead))
    page.grid.setCurrentIndex(page.model.index(1, 0))
    index = page.model.index(1, 1)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == f"Case note {page.model.records[1]}: empty"
    assert page.grid.selectionModel().isSelected(index), "a reader would say that it is not selected"


def test_three_rows_the_keys_and_the_whole_answer_are_in_view_on_a_small_screen(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(CaseNotesPage, app.go("case_notes"))
    use_screen(app, 125)
    grid, cell = page.grid, page.cell
    rows = grid.viewport().height() // grid.rowHeight(0)
    assert rows >= 3, rows
    for part in (page.heading.note, grid, cell.words, cell.buttons, cell.note, cell):
        assert whole(part), part.accessibleName()
    assert cell.buttons.height() < 2 * theme().px(40), "the answers stand on one line"
    use_screen(app, 100)
    assert whole(page.heading.title) and cell.note.y() > cell.buttons.y()
