"""A new recovery code: only with the passphrase, shown until written down, gone when the program locks.

A new passphrase: the visit is closed for it and opened again.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewapp.base.errors import ReviewError, WrongPassphrase
from reviewapp.store import rotation
from reviewapp.workspace.laptop import Laptop
from tests.ui.support import PASSPHRASE, App, Homes, Opener, words_on
from ui.pages.standards.page import StandardsPage
from ui.shell.dialogs import ChangePassphrase, RenewRecoveryCode


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
    assert "not this laptop's passphrase" in words_on(dialog)
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
    app.qtbot.waitUntil(lambda: app.window.outer.currentWidget() is app.window.unlock_screen)
    card = app.window.unlock_screen.recovery
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


def ask_for_a_new_passphrase(app: App) -> ChangePassphrase:
    app.window.actions_.passphrase.trigger()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, ChangePassphrase) and w.isVisible())


def type_passphrases(app: App, dialog: ChangePassphrase, now: str, new: str) -> None:
    app.keys(dialog.old, now)
    app.keys(dialog.new.first, new)
    app.keys(dialog.new.second, new, Qt.Key.Key_Return)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_new_passphrase_leaves_one_where_one_was_and_the_old_one_opens_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    visit = app.session.visit
    assert visit is not None
    identity, folder = visit.id, app.session.home
    dialog = ask_for_a_new_passphrase(app)
    type_passphrases(app, dialog, PASSPHRASE, "another passphrase here")
    app.qtbot.waitUntil(lambda: app.session.visit not in (None, visit))
    assert app.session.visit is not None and app.session.visit.id == identity and not app.session.visit.read_only
    assert isinstance(app.page, StandardsPage) and app.window.outer.currentWidget() is app.window.work
    assert "Passphrase changed" in words_on(app.window.status)
    with pytest.raises(WrongPassphrase):
        Laptop.open(folder, PASSPHRASE)
    assert Laptop.open(folder, "another passphrase here").visits()[0].problem == ""


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_wrong_passphrase_closes_nothing(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    visit = app.session.visit
    dialog = ask_for_a_new_passphrase(app)
    type_passphrases(app, dialog, "not the passphrase", "another passphrase here")
    app.settle()
    assert "not this laptop's passphrase" in words_on(dialog) and app.session.visit is visit


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_change_of_passphrase_that_is_refused_opens_the_visit_again_and_says_why(
    program: Opener, homes: Homes, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = program(homes.reviewer)
    app.go("standards")
    visit = app.session.visit
    assert visit is not None
    identity = visit.id
    dialog = ask_for_a_new_passphrase(app)
    monkeypatch.setattr(rotation, "rotate", refused)
    type_passphrases(app, dialog, PASSPHRASE, "another passphrase here")
    app.qtbot.waitUntil(lambda: app.session.visit not in (None, visit))
    assert app.session.visit is not None and app.session.visit.id == identity
    assert isinstance(app.page, StandardsPage) and "no room" in words_on(dialog)


def refused(*_: object) -> None:
    raise ReviewError("there is no room", do="make some")
