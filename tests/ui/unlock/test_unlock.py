"""First run, lock, unlock, the recovery code: who gets in, and what waits for them there."""

from __future__ import annotations

import time
from typing import cast

import msgspec
import pytest
from PySide6.QtCore import Qt

from reviewapp.base.errors import ReviewError
from reviewapp.store.unlock_throttle import FailedUnlocks, path_of
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, Homes, Opener, words_on
from tests.ui.unlock.support import unlock
from ui.pages.standards.page import StandardsPage


def test_first_run_sets_a_passphrase_and_shows_the_recovery_code_once(program: Opener) -> None:
    app = program(None)
    gate = app.window.unlock_screen
    app.keys(gate.first_run.new.first, "short")
    app.keys(gate.first_run.new.second, "other", Qt.Key.Key_Return)
    assert "at least 12 characters, or 4 words" in gate.first_run.new.first_field.error.label.text()
    assert "are different" in gate.first_run.new.second_field.error.label.text()
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
    new = app.window.unlock_screen.first_run.new
    app.keys(new.first, "short", Qt.Key.Key_Return)
    app.keys(new.second, "short", Qt.Key.Key_Return)
    assert new.first.hasFocus()


def test_help_is_there_before_the_passphrase_too(program: Opener, homes: Homes) -> None:
    app = program(homes.lead, unlocked=False)
    app.window.actions_.help.trigger()
    assert "Forgot the passphrase" in app.window.unlock_screen.banner.label.text()
    assert app.window.unlock_screen.banner.isVisible()
    app.window.actions_.help.trigger()
    assert not app.window.unlock_screen.banner.isVisible()


def test_a_wrong_passphrase_is_said_beside_the_field(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer, unlocked=False)
    unlock(app, "not the passphrase")
    field = app.window.unlock_screen.unlock.field
    assert field.error.isVisible()
    words = field.error.label.text()
    assert words == "That is not this laptop's passphrase. Check capital letters and try again."
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
    assert "Wait" in app.window.unlock_screen.unlock.field.error.label.text()
    assert app.session.laptop is None


def test_a_forgotten_passphrase_is_replaced_with_the_recovery_code(program: Opener) -> None:
    app = program(None, unlocked=False)
    _, code = Laptop.create(app.session.home, PASSPHRASE)
    app.window.show_unlock_screen()
    gate = app.window.unlock_screen
    app.keys(gate.unlock.lost, Qt.Key.Key_Space)
    panel = gate.forgot
    assert panel.isVisible()
    app.keys(panel.code, "ABCD-EFGH", Qt.Key.Key_Return)
    app.keys(panel.new.first, "another passphrase")
    app.keys(panel.new.second, "another passphrase", Qt.Key.Key_Return)
    app.settle()
    assert "check each letter" in panel.code_field.error.label.text()
    panel.code.clear()
    app.keys(panel.code, code.lower().replace("-", " "), Qt.Key.Key_Return)
    app.settle()
    assert app.page.TITLE == "Start", "the rest was typed already"
    assert Laptop.open(app.session.home, "another passphrase").visits() == []
    app.window.lock()
    assert panel.code.text() == panel.new.first.text() == ""
    assert gate.unlock.isVisible()


def test_going_back_from_the_recovery_code_asks_for_the_passphrase(program: Opener, homes: Homes) -> None:
    gate = program(homes.reviewer, unlocked=False).window.unlock_screen
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


def test_a_full_disk_at_the_wrong_moment_loses_nothing(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))

    def full(*_: object) -> None:
        raise ReviewError("disk full", do="make room")

    with monkeypatch.context() as patched:
        patched.setattr(app.visit._store.drafts, "save", full)
        app.keys(page.detail.note, "precious")
        app.window.lock()
        assert app.window.outer.currentWidget() is app.window.unlock_screen
        unlock(app)
        assert page.detail.note.toPlainText() == "precious"
        assert not app.window.close(), "the first attempt is refused, and says why"
        assert "not saved" in app.window.status.message.text()
    app.window.lock()
    unlock(app)
    assert cast(StandardsPage, app.page).detail.note.toPlainText() == "precious"
