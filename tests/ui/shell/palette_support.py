"""The palette as a person uses it: open, type, press."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reviewapp.visit import statements
from tests.ui.support import App, Homes, Opener
from ui.shell.palette.panel import FindPanel
from ui.shell.palette.result_list import ResultList
from ui.widgets import DraftText

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(program: Opener, homes: Homes) -> App:
    app = program(homes.lead)
    app.visit.record(statements.Rating(standard="47", note="Before the zebra crossing and behind it"))
    app.visit.finder.catch_up()
    app.go("standards", {"standard": "4"})
    return app


def panel(app: App) -> FindPanel:
    return app.window.palette_


def found(app: App) -> ResultList:
    return panel(app).list


def type_in(app: App, words: str) -> None:
    """Ctrl+K from wherever the keyboard is, and then the words."""
    app.window.activateWindow()
    QApplication.processEvents()
    at = app.window.focusWidget() or app.window
    app.qtbot.keyClick(at, Qt.Key.Key_K, CONTROL)
    assert panel(app).isVisible() and panel(app).line.hasFocus()
    app.qtbot.keyClicks(panel(app).line, words)


def press(app: App, *keys: Qt.Key) -> None:
    for key in keys:
        app.qtbot.keyClick(panel(app).line, key)
    QApplication.processEvents()


def titles(app: App) -> list[str]:
    return [row.title.text for row in found(app).found.rows]


def note(app: App) -> DraftText:
    return next(one for one in app.page.findChildren(DraftText) if one.accessibleName() == "My note")
