"""A new recovery code: only with the passphrase, shown until written down, gone when the program locks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from ui.pages.standards.page import StandardsPage
from ui.shell.dialogs import RenewRecoveryCode


def ask_for_a_new_code(app: App) -> RenewRecoveryCode:
    app.window.actions_.recovery.trigger()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, RenewRecoveryCode) and w.isVisible())


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_nobody_has_a_new_recovery_code_without_the_passphrase(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    key_file = (app.session.home / "home.json").read_bytes()
    dialog = ask_for_a_new_code(app)
    app.keys(dialog.passphrase, "not the passphrase", Qt.Key.Key_Return)
    app.settle()
    assert "not the passphrase of this laptop" in words_on(dialog)
    assert app.window.outer.currentWidget() is app.window.work
    assert (app.session.home / "home.json").read_bytes() == key_file


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_locking_takes_a_dialog_with_it(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    dialog = ask_for_a_new_code(app)
    dialog.passphrase.setText("half a passphrase")
    app.window.lock()
    app.qtbot.waitUntil(lambda: app.session.laptop is None)
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [app.window]
    assert app.window.outer.currentWidget() is app.window.unlock_screen


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_new_recovery_code_is_shown_until_written_down(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    dialog = ask_for_a_new_code(app)
    app.keys(dialog.passphrase, PASSPHRASE, Qt.Key.Key_Return)
    app.settle()
    card = app.window.unlock_screen.recovery
    assert app.window.outer.currentWidget() is app.window.unlock_screen
    assert app.window.unlock_screen.stack.currentWidget() is card
    code = card.code.text().replace("\n", "")
    assert not card.button.isEnabled()
    card.written.setChecked(True)
    card.button.click()
    assert app.window.outer.currentWidget() is app.window.work
    assert isinstance(app.page, StandardsPage)
    assert card.code.text() == ""
    folder = app.session.home
    app.window.lock()
    assert Laptop.recover(folder, code, "another passphrase here")
