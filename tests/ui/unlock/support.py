"""Helpers for the tests of the unlock screen."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.support import PASSPHRASE, App


def unlock(app: App, passphrase: str = PASSPHRASE) -> None:
    gate = app.window.unlock_screen.unlock
    app.keys(gate.passphrase, passphrase, Qt.Key.Key_Return)
    app.settle()
