"""Undo, Cut, Copy, Paste and Select all act on the box or list with the keyboard; rows are copied as they are seen."""

from __future__ import annotations

import sys
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import App, Homes, Opener, focus
from ui.pages import PAGES
from ui.pages.agree.page import AgreePage
from ui.pages.standards.page import StandardsPage
from ui.shell.edit_focus import EditFocus
from ui.widgets import text_menu
from ui.widgets.copied_rows import all_rows, rows_as_text
from ui.widgets.editing import TextBox
from ui.widgets.row_menu import RowMenu
from ui.widgets.text_menu import TextCommand, TextMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEYBOARD = QContextMenuEvent.Reason.Keyboard


def ask_for_menu(widget: QWidget) -> list[str]:
    """Press the Menu key in a widget; the entries of the menu that opens, which is closed again."""
    QApplication.sendEvent(widget, QContextMenuEvent(KEYBOARD, QPoint(1, 1), widget.mapToGlobal(QPoint(1, 1))))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    words = [action.text().partition("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    menu.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return words


def note_of_47(app: App) -> StandardsPage:
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.detail.note)
    return page


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_edit_offers_what_the_box_with_the_keyboard_can_do(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page, actions = note_of_47(app), app.window.actions_
    assert actions.paste.isEnabled()
    assert not actions.cut.isEnabled()
    page.detail.note.insertPlainText("Seen in the folder")
    page.detail.note.selectAll()
    assert actions.cut.isEnabled()
    assert actions.copy.isEnabled()
    focus(page.list)
    assert not actions.cut.isEnabled()
    assert not actions.paste.isEnabled()
    assert actions.copy.isEnabled()


def test_cut_and_paste_of_the_menu_move_words(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note, actions = note_of_47(app).detail.note, app.window.actions_
    note.setPlainText("Seen")
    actions.select_all.trigger()
    actions.cut.trigger()
    assert not note.toPlainText()
    actions.paste.trigger()
    actions.paste.trigger()
    assert note.toPlainText() == "SeenSeen"


def test_ctrl_y_and_ctrl_shift_z_do_again_what_was_undone(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    shortcuts = [key.toString() for key in app.window.actions_.redo.shortcuts()]
    assert shortcuts == ["Ctrl+Y", "Ctrl+Shift+Z"]
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.list, "n")
    app.window.actions_.undo.trigger()
    assert "47/R2" not in app.visit.state.ratings
    app.qtbot.keyClick(page.list, Qt.Key.Key_Y, CONTROL)
    assert app.visit.state.ratings["47/R2"].value == "not_met"


def test_undo_and_redo_are_those_of_the_box_while_one_types(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note, actions = note_of_47(app).detail.note, app.window.actions_
    note.insertPlainText("Seen")
    assert actions.undo.text() == "&Undo typing"
    actions.undo.trigger()
    assert not note.toPlainText()
    assert actions.redo.text() == "&Redo typing"
    app.qtbot.keyClick(note, Qt.Key.Key_Y, CONTROL)
    assert note.toPlainText() == "Seen"


def test_the_right_mouse_button_in_a_box_offers_our_own_words(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note = note_of_47(app).detail.note
    assert ask_for_menu(note) == ["Undo typing", "Redo typing", "Cut", "Copy", "Paste", "Select all"]


def test_something_may_be_offered_for_a_word(program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch) -> None:
    app, asked = program(homes.reviewer), []

    def offer(box: TextBox, position: int) -> list[TextCommand]:
        asked.append(position)
        return [TextCommand("assessment", box.setFocus)]

    monkeypatch.setattr(text_menu, "_OFFERS", [])
    text_menu.offer_with(offer)
    note = note_of_47(app).detail.note
    note.insertPlainText("assesment")
    assert ask_for_menu(note)[0] == "assessment"
    assert asked == [len("assesment")]


def test_shift_f10_opens_the_menu_where_there_is_no_menu_key(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note = note_of_47(app).detail.note
    if sys.platform == "win32":
        pytest.skip("Windows itself opens the menu")
    app.qtbot.keyClick(note, Qt.Key.Key_F10, SHIFT)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, TextMenu)
    menu.close()


def test_a_passphrase_is_neither_cut_nor_copied(qtbot: QtBot) -> None:
    box = QLineEdit("never on the clipboard")
    box.setEchoMode(QLineEdit.EchoMode.Password)
    qtbot.addWidget(box)
    box.selectAll()
    menu = TextMenu(box, 0, box)
    enabled = [action.text().partition("\t")[0] for action in menu.actions() if action.text() and action.isEnabled()]
    assert enabled == ["&Paste", "Select &all"]
    menu.close()


def test_the_menu_of_a_standard_copies_it_with_what_is_seen(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.list)
    assert "Copy row" in ask_for_menu(page.list)
    app.qtbot.keyClick(page.list, Qt.Key.Key_C, CONTROL)
    number, title, *_rest = clipboard().split("\t")
    assert number == "47"
    assert title == app.visit.state.instrument.standard("47").title


def test_several_rows_are_copied_under_headings(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.list)
    app.qtbot.keyClick(page.list, Qt.Key.Key_Down, SHIFT)
    app.qtbot.keyClick(page.list, Qt.Key.Key_C, CONTROL)
    lines = [line.split("\t") for line in clipboard().splitlines()]
    assert len(lines) == 3
    assert lines[0][:2] == ["Standard", "Title"]
    assert {len(line) for line in lines} == {len(lines[0])}
    app.window.actions_.select_all.trigger()
    app.window.actions_.copy.trigger()
    assert len(clipboard().splitlines()) == 1 + len(app.visit.state.instrument.standards)


def test_copied_rows_hold_no_rating_of_others_before_the_meeting(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    assert not app.visit.state.meeting_opened
    standards = cast(StandardsPage, app.go("standards")).list
    assert "R2: " not in rows_as_text(standards, all_rows(standards))
    matrix = cast(AgreePage, app.go("agree")).table
    assert "R2" not in rows_as_text(matrix, all_rows(matrix)).splitlines()[0].split("\t")


def test_copied_rows_leave_the_clipboard_when_the_program_locks(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.list)
    app.window.actions_.copy.trigger()
    assert clipboard()
    app.window.lock()
    assert not clipboard()


def test_a_copied_cell_is_one_cell(program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = cast(AgreePage, app.go("agree"))
    text = rows_as_text(page.table, all_rows(page.table))
    wide = {line.count("\t") for line in text.splitlines()}
    assert len(wide) == 1


def test_the_list_of_pages_has_no_menu(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    focus(app.window.nav.list)
    assert EditFocus.view.fget(app.window.edit_focus) is None  # type: ignore[attr-defined]
    assert not app.window.actions_.copy.isEnabled()


def test_a_row_menu_is_gone_when_it_closes(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.list)
    ask_for_menu(page.list)
    assert not page.list.findChildren(RowMenu)


def test_the_menu_of_a_standard_rates_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    focus(page.list)
    menu = RowMenu(page.list)
    entry = next(action for action in menu.actions() if action.text().startswith("Not met"))
    entry.trigger()
    menu.close()
    assert app.visit.state.ratings["47/R2"].value == "not_met"


@pytest.mark.parametrize("name", [entry.name for entry in PAGES])
def test_every_list_of_a_page_can_be_copied(name: str, program: Opener, homes: Homes) -> None:
    app = program(homes.lead)
    page = app.go(name)
    page.finish()
    app.settle()
    for view in page.findChildren(QAbstractItemView):
        if isinstance(view, QHeaderView) or not view.isVisible() or not view.model().rowCount():
            continue
        lines = rows_as_text(view, all_rows(view)).splitlines()
        assert len(lines) >= view.model().rowCount() - 12, view.accessibleName()
        assert all(line.strip() for line in lines), view.accessibleName()
