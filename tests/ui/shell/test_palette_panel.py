"""The palette's panel: how it opens and closes, and nothing of it stays when it is put away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.shell.palette_support import found, note, panel, press, titles, type_in
from tests.ui.support import App, focus
from ui.shell.palette.panel import EXAMPLES, NOTHING
from ui.theme import theme


def test_escape_puts_the_keyboard_back_with_caret_and_scroll(app: App) -> None:
    app.go("standards", {"standard": "47"})
    editor = note(app)
    focus(editor)
    cursor = editor.textCursor()
    cursor.setPosition(3)
    cursor.setPosition(7, cursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)
    scroll = app.page.detail.verticalScrollBar()  # type: ignore[attr-defined]
    scroll.setValue(scroll.value() + 5)  # what has the keyboard stays in sight
    kept = scroll.value()
    type_in(app, "zebra")
    press(app, Qt.Key.Key_Escape)
    assert panel(app).isHidden() and editor.hasFocus() and scroll.value() == kept
    assert (editor.textCursor().anchor(), editor.textCursor().position()) == (3, 7)


def test_the_keys_move_over_headings_and_stop_at_the_ends(app: App) -> None:
    type_in(app, "re")
    rows = found(app).found.rows
    assert rows[0].heading and found(app).currentIndex().row() == 1
    press(app, Qt.Key.Key_Up)
    assert found(app).currentIndex().row() == 1
    for _ in rows:
        press(app, Qt.Key.Key_Down)
        assert not rows[found(app).currentIndex().row()].heading
    assert found(app).currentIndex().row() == len(rows) - 1
    assert panel(app).line.hasFocus()


def test_more_shows_the_rest_of_a_kind_and_escape_comes_back(app: App) -> None:
    type_in(app, "the")
    more = next(row for row in found(app).found.rows if row.more)
    before = titles(app)
    panel(app)._open_row(more)
    rows = found(app).found.rows
    assert {row.kind for row in rows} == {more.kind} and len(rows) > 8
    press(app, Qt.Key.Key_Escape)
    assert titles(app) == before
    press(app, Qt.Key.Key_Escape)
    assert panel(app).isHidden()


def test_going_elsewhere_closes_it_and_leaves_the_keyboard_there(app: App) -> None:
    type_in(app, "zebra")
    focus(app.page.find_box)  # type: ignore[attr-defined]
    assert panel(app).isHidden() and app.page.find_box.hasFocus()  # type: ignore[attr-defined]


def test_a_press_beside_it_closes_it_and_one_on_it_does_not(app: App) -> None:
    type_in(app, "zebra")
    app.qtbot.mouseClick(panel(app).told, Qt.MouseButton.LeftButton)
    assert panel(app).isVisible()
    app.qtbot.mouseClick(app.window.header.service, Qt.MouseButton.LeftButton)
    assert panel(app).isHidden()


def test_behind_the_recovery_code_it_does_not_open(app: App) -> None:
    app.window.show_recovery_code("example code")
    app.window.actions_.find_any.trigger()
    assert panel(app).isHidden()


def test_lock_closes_it_and_nothing_typed_or_found_stays(app: App) -> None:
    editor = note(app)
    focus(editor)
    type_in(app, "zebra")
    app.window.lock()
    assert panel(app).isHidden() and panel(app).line.text() == "" and found(app).found.rows == []
    assert not panel(app).line.isUndoAvailable() and panel(app).told.text() == ""
    app.window.actions_.find_any.trigger()
    assert panel(app).isHidden()


def test_it_says_what_to_type_when_nothing_is_typed_and_when_nothing_is_found(app: App) -> None:
    type_in(app, "")
    assert panel(app).told.text() == EXAMPLES and found(app).found.rows == []
    app.qtbot.keyClicks(panel(app).line, "xylophone")
    assert panel(app).told.text() == NOTHING


def test_the_button_in_the_header_opens_it_and_the_keyboard_comes_back_to_the_text(app: App) -> None:
    editor = note(app)
    focus(editor)
    app.qtbot.mouseClick(app.window.header.find_any, Qt.MouseButton.LeftButton)
    assert panel(app).isVisible()
    press(app, Qt.Key.Key_Escape)
    assert editor.hasFocus()


@pytest.mark.parametrize("percent", [100, 200])
def test_it_lies_within_a_small_window_and_every_row_can_be_hit(app: App, percent: int) -> None:
    theme().set_percent(percent)
    app.window.resize(1024, 700)
    QApplication.processEvents()
    type_in(app, "the")
    QApplication.processEvents()
    assert app.window.work.rect().contains(panel(app).geometry())
    rows = found(app).found.rows
    assert all(found(app).visualRect(found(app).found.index(i)).height() >= 24 for i in range(len(rows)))


def test_every_control_and_every_row_has_words_for_the_ear(app: App) -> None:
    type_in(app, "re")
    assert panel(app).line.accessibleName() and found(app).accessibleName()
    model = found(app).found
    spoken = [model.data(model.index(i), Qt.ItemDataRole.AccessibleTextRole) for i in range(len(model.rows))]
    assert all(spoken)
    assert not panel(app).findChildren(QPushButton)
