"""The wheel changes nothing by accident, and Enter presses a button."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import focus, press
from ui.shell.input_filter import InputFilter
from ui.widgets import Button, CardButton, IconButton, Scroll, Toggle

NONE = Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


def shown(qtbot: QtBot, *parts: QWidget) -> Scroll:
    page = Scroll()
    page.manners = InputFilter(page)  # type: ignore[attr-defined]
    tall = QWidget()
    tall.setMinimumHeight(2000)
    page.add(*parts, tall)
    qtbot.addWidget(page)
    page.resize(500, 400)
    page.show()
    page.activateWindow()
    QApplication.processEvents()
    return page


def wheel(page: Scroll, over: QWidget) -> None:
    where = QPointF(over.mapToGlobal(over.rect().center()))
    at = QPointF(page.mapFromGlobal(where))
    down = QPoint(0, -120)
    event = QWheelEvent(at, where, QPoint(), down, NONE, PLAIN, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(page.windowHandle(), event)


@pytest.mark.parametrize("kind", [QComboBox, QSpinBox, QDateEdit])
def test_the_wheel_scrolls_the_page_and_not_the_value(qtbot: QtBot, kind: type[QWidget]) -> None:
    box, other = kind(), Button("Other")
    if isinstance(box, QComboBox):
        box.addItems(["one", "two", "three"])
    elif isinstance(box, QSpinBox):
        box.setValue(5)
    elif isinstance(box, QDateEdit):
        box.setDate(QDate(2026, 11, 21))

    def value() -> object:
        return box.currentText() if isinstance(box, QComboBox) else box.text()  # type: ignore[attr-defined]

    page = shown(qtbot, box, other)
    focus(other)
    before = value()
    wheel(page, box)
    assert value() == before
    assert not box.hasFocus()
    assert page.verticalScrollBar().value() > 0


def test_the_wheel_changes_a_list_that_has_the_keyboard(qtbot: QtBot) -> None:
    box = QComboBox()
    box.addItems(["one", "two", "three"])
    page = shown(qtbot, box)
    focus(box)
    wheel(page, box)
    assert box.currentText() == "two"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_presses_a_focused_button(qtbot: QtBot, key: Qt.Key) -> None:
    for button in (Button("Go"), CardButton("Card", "words"), IconButton("lock", "Lock"), Toggle("Only mine")):
        _page = shown(qtbot, button)
        focus(button)
        with qtbot.waitSignal(button.clicked):
            press(button, key)
