"""First run, lock, unlock, the recovery code: who gets in, and what waits for them there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from reviewapp.base.errors import ReviewError
from reviewapp.store.unlock_throttle import FailedUnlocks, path_of
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, focus, words_on
from ui.pages.standards.page import StandardsPage
from ui.session.session import Session


def unlock(app: App, passphrase: str = PASSPHRASE) -> None:
    gate = app.window.gate.unlock
    app.keys(gate.passphrase, passphrase, Qt.Key.Key_Return)
    app.settle()


def test_first_run_sets_a_passphrase_and_shows_the_recovery_code_once(program: Opener) -> None:
    app = program(None)
    gate = app.window.gate
    app.keys(gate.first_run.new.first, "short")
    app.keys(gate.first_run.new.second, "other", Qt.Key.Key_Return)
    assert "8 characters" in gate.first_run.new.first_field.error.label.text()
    assert "not the same" in gate.first_run.new.second_field.error.label.text()
    assert app.session.first_run()
    for field in (gate.first_run.new.first, gate.first_run.new.second):
        field.clear()
    app.keys(gate.first_run.new.first, PASSPHRASE)
    app.keys(gate.first_run.new.second, PASSPHRASE, Qt.Key.Key_Return)
    app.settle()
    code = gate.recovery.code.text()
    assert gate.recovery.isVisible()
    assert len(code) > 15
    assert not gate.recovery.button.isEnabled()
    app.qtbot.mouseClick(gate.recovery.written, Qt.MouseButton.LeftButton)
    app.qtbot.mouseClick(gate.recovery.button, Qt.MouseButton.LeftButton)
    assert app.page.TITLE == "Start"
    assert code not in words_on(app.window)
    assert Laptop.open(app.session.home, PASSPHRASE).visits() == []


def test_a_passphrase_too_short_is_asked_for_where_it_was_typed(program: Opener) -> None:
    app = program(None)
    new = app.window.gate.first_run.new
    app.keys(new.first, "short", Qt.Key.Key_Return)
    app.keys(new.second, "short", Qt.Key.Key_Return)
    assert new.first.hasFocus()


def test_help_is_there_before_the_passphrase_too(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, unlocked=False)
    app.window.actions_.help.trigger()
    assert "Forgot the passphrase" in app.window.gate.banner.label.text()
    assert app.window.gate.banner.isVisible()
    app.window.actions_.help.trigger()
    assert not app.window.gate.banner.isVisible()


def test_a_wrong_passphrase_is_said_beside_the_field(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    unlock(app, "not the passphrase")
    field = app.window.gate.unlock.field
    assert field.error.isVisible()
    words = field.error.label.text()
    assert words == "That is not the passphrase of this laptop. Try again; capital letters count."
    assert app.session.laptop is None
    unlock(app)
    assert app.session.laptop is not None


def test_who_keeps_guessing_is_asked_to_wait(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    for _ in range(3):
        unlock(app, "not the passphrase")
    path = path_of(app.session.home)
    tried = msgspec.json.decode(path.read_bytes(), type=FailedUnlocks)
    # The first pause is a second, which a slow machine needs to try one; this is the longest, counted from now.
    path.write_bytes(msgspec.json.encode(FailedUnlocks(tried.wrong + 9, time.time())))
    unlock(app)
    assert "Wait" in app.window.gate.unlock.field.error.label.text()
    assert app.session.laptop is None


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(program: Opener) -> None:
    app = program(None, unlocked=False)
    _, code = Laptop.create(app.session.home, PASSPHRASE)
    app.window.show_unlock_screen()
    gate = app.window.gate
    app.keys(gate.unlock.lost, Qt.Key.Key_Space)
    panel = gate.forgot
    assert panel.isVisible()
    app.keys(panel.code, "ABCD-EFGH", Qt.Key.Key_Return)
    app.keys(panel.new.first, "another passphrase")
    app.keys(panel.new.second, "another passphrase", Qt.Key.Key_Return)
    app.settle()
    assert "letter by letter" in panel.code_field.error.label.text()
    panel.code.clear()
    app.keys(panel.code, code.lower().replace("-", " "))
    app.keys(panel.button, Qt.Key.Key_Space)
    app.settle()
    assert app.page.TITLE == "Start"
    assert Laptop.open(app.session.home, "another passphrase").visits() == []
    app.window.lock()
    assert panel.code.text() == panel.new.first.text() == ""
    assert gate.unlock.isVisible()


def test_going_back_from_the_recovery_code_asks_for_the_passphrase(program: Opener, homes: Homes) -> None:
    gate = program(homes.reviewer, unlocked=False).window.gate
    gate.unlock.lost.click()
    gate.forgot.back.click()
    assert gate.unlock.isVisible()


def test_lock_shows_nothing_and_loses_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    app.keys(page.detail.note, "half a sentence")
    app.window.actions_.lock.trigger()
    assert app.session.laptop is None
    assert app.session.visit is None
    assert app.window.pages == {}
    assert "half a sentence" not in words_on(app.window)
    unlock(app)
    page = cast(StandardsPage, app.page)
    assert page.TITLE == "Standards"
    assert page.detail.number == "47"
    assert page.detail.note.toPlainText() == "half a sentence"


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
    passphrase = app.window.gate.unlock.passphrase
    assert passphrase.hasFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_L, Qt.Key.Key_F, Qt.Key.Key_Return):
        QTest.keyClick(keys, key)
    event = QInputMethodEvent()
    event.setCommitString("日")
    QApplication.sendEvent(passphrase, event)
    assert passphrase.text() == ""
    assert not app.window.gate.unlock.field.error.isVisible(), "nobody asked to unlock"
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


def test_the_program_locks_by_itself_unless_somebody_who_makes_pictures_says_otherwise(tmp_path: Path) -> None:
    assert Session(tmp_path).locks_by_itself


def test_a_full_disk_at_the_wrong_moment_loses_nothing(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    with monkeypatch.context() as patched:
        patched.setattr(app.visit.store, "save_draft", full)
        app.keys(page.detail.note, "precious")
        app.window.lock()
        assert app.window.outer.currentWidget() is app.window.gate
        unlock(app)
        assert page.detail.note.toPlainText() == "precious"
        assert not app.window.close(), "the first attempt is refused, and says why"
        assert "not saved" in app.window.status.message.text()
    app.window.lock()
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "precious"
