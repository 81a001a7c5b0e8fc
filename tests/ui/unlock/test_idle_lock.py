"""The program locks by itself when nobody is there, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from tests.ui.support import App, Homes, Opener, focus
from tests.ui.unlock.support import unlock
from ui.pages.standards.page import StandardsPage
from ui.session.session import Session


def test_nobody_there_locks(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    assert app.window.idle.timer.interval() == 5 * 60_000
    app.window.idle.timer.start(0)
    app.qtbot.waitUntil(lambda: app.session.laptop is None)


def test_a_key_or_the_mouse_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.idle.timer.stop()
    focus(cast(StandardsPage, app.go("standards")).find_box)
    QTest.keyClick(app.window.windowHandle(), Qt.Key.Key_4)
    assert app.window.idle.timer.isActive()


def test_a_key_that_is_a_shortcut_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    focus(cast(StandardsPage, app.go("standards")).find_box)
    app.window.idle.timer.stop()
    QTest.keyPress(app.window.windowHandle(), Qt.Key.Key_F1)
    assert app.window.help.isVisible()
    assert app.window.idle.timer.isActive()
    QTest.keyRelease(app.window.windowHandle(), Qt.Key.Key_F1)


@pytest.mark.parametrize("unfinished", ["に", ""])
def test_what_an_input_method_writes_keeps_it_open(program: Opener, homes: Homes, unfinished: str) -> None:
    app = program(homes.reviewer)
    box = cast(StandardsPage, app.go("standards")).find_box
    focus(box)
    app.window.idle.timer.stop()
    event = QInputMethodEvent(unfinished, [])
    event.setCommitString("" if unfinished else "日")
    QApplication.sendEvent(box, event)
    assert app.window.idle.timer.isActive()


def test_what_is_dictated_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    note = cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note
    app.window.idle.timer.stop()
    note.insertPlainText("Said to a program that writes what it hears.")
    assert app.window.idle.timer.isActive()


def deaf(app: App) -> None:
    """As if no window and no widget had ever been listened to, whatever the reason."""
    for window in QGuiApplication.topLevelWindows():
        window.removeEventFilter(app.window.idle)
    for widget in app.window.findChildren(QWidget):
        widget.removeEventFilter(app.window.idle)


@pytest.mark.parametrize("how", ["key", "mouse", "input method"])
def test_whoever_does_something_in_the_last_seconds_is_heard_however_the_focus_came_about(
    program: Opener, homes: Homes, how: str
) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    box = cast(StandardsPage, app.go("standards")).find_box
    focus(box)
    idle = app.window.idle
    assert 0 < idle.timer.interval() - idle.last_seconds.interval() <= 30_000
    deaf(app)
    idle.timer.stop()
    QTest.keyClick(app.window.windowHandle(), Qt.Key.Key_4)
    assert not idle.timer.isActive(), "nobody listens"
    idle.last_seconds.timeout.emit()
    if how == "key":
        QTest.keyClick(app.window.windowHandle(), Qt.Key.Key_4)
    elif how == "mouse":
        QTest.mouseMove(app.window.windowHandle(), QPoint(50, 50))
        QApplication.processEvents()
    else:
        QApplication.sendEvent(box, QInputMethodEvent("に", []))
    assert idle.timer.isActive() and idle.last_seconds.isActive()


def test_the_whole_application_is_watched_in_the_last_seconds_only(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    idle = app.window.idle
    elsewhere = QObject()
    idle.last_seconds.timeout.emit()
    idle.on_activity()
    idle.timer.stop()
    QApplication.sendEvent(elsewhere, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier))
    assert not idle.timer.isActive()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_mouse_in_a_menu_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    focus(app.window)
    menu = QMenu(app.window)
    menu.addAction("One")
    menu.popup(app.window.mapToGlobal(QPoint(50, 50)))
    QApplication.sendEvent(app.window.windowHandle(), QEvent(QEvent.Type.Leave))
    app.window.idle.timer.stop()
    QTest.mouseMove(menu.windowHandle(), QPoint(5, 5))
    QApplication.processEvents()
    assert app.window.idle.timer.isActive()
    menu.close()
    menu.deleteLater()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_key_in_a_dialog_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.actions_.recovery.trigger()  # this dialog is opened, and does not wait in a loop of its own
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.activateWindow()
    app.window.idle.timer.stop()
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_4)
    assert app.window.idle.timer.isActive()
    dialog.close()


def test_a_key_that_still_waits_to_be_heard_when_time_is_up_keeps_it_open(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    focus(app.window)
    app.window.idle.timer.timeout.emit()
    key = QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_4, Qt.KeyboardModifier.NoModifier)
    QApplication.postEvent(app.window.windowHandle(), key)
    app.settle()
    assert app.session.laptop is not None


def test_what_is_typed_while_it_locks_by_itself_is_not_taken_for_the_passphrase(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, locks_by_itself=True)
    focus(cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note)
    keys = app.window.windowHandle()
    QTest.keyClick(keys, Qt.Key.Key_H)
    app.window.idle.idled.emit()
    passphrase = app.window.unlock_screen.unlock.passphrase
    assert passphrase.hasFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_F, Qt.Key.Key_Return):
        QTest.keyClick(keys, key)
    event = QInputMethodEvent()
    event.setCommitString("日")
    QApplication.sendEvent(passphrase, event)
    assert passphrase.text() == ""
    assert not app.window.unlock_screen.unlock.field.error.isVisible(), "nobody asked to unlock"
    assert passphrase.pause.isActive()
    passphrase.pause.timeout.emit()
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "h"


def test_a_word_that_an_input_method_has_not_finished_is_saved_before_it_locks(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    note = cast(StandardsPage, app.go("standards", {"standard": "47"})).detail.note
    app.keys(note, "before ")

    class Composing:
        """As ibus: gives up what it composes when it is asked to."""

        def commit(self) -> None:
            event = QInputMethodEvent()
            event.setCommitString("日")
            QApplication.sendEvent(note, event)

    with monkeypatch.context() as patched:
        patched.setattr(QGuiApplication, "inputMethod", staticmethod(Composing))
        app.window.lock()
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "before 日"


@pytest.mark.parametrize("written", ["0", "-3", "6", "525600", "99999999999", "never"])
def test_no_setting_keeps_it_open_for_ever(program: Opener, homes: Homes, written: str) -> None:
    app = program(homes.reviewer)
    app.session.settings.set("lock_after", written)
    again = program(app.session.home, copy=False)
    assert again.window.idle.timer.interval() == 5 * 60_000
    assert again.window.actions_.lock_after[5].isChecked()


def test_a_test_that_takes_long_is_not_locked_out(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.window.idle.idled.emit()
    app.window.system.locked.emit()
    assert app.session.laptop is not None


def test_the_program_locks_by_itself_unless_somebody_who_makes_screenshots_says_otherwise(tmp_path: Path) -> None:
    assert Session(tmp_path).locks_by_itself
