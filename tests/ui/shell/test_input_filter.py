"""The wheel changes nothing by accident, and Enter presses a button."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import QDate, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QDateEdit, QPushButton, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import Homes, Opener, focus, press
from ui.pages.standards.page import StandardsPage
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


def press_at(widget: QWidget, text: str, *, start: int = 1_000, every: int = 40) -> None:
    """The keys of a text on a widget, pressed and let go, each with its time."""
    for place, letter in enumerate(text):
        key = Qt.Key.Key_Return if letter == "\n" else Qt.Key(ord(letter.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, letter)
            event.setTimestamp(start + place * every)
            QApplication.sendEvent(widget, event)


def test_a_sentence_typed_after_clicking_a_button_does_not_press_it_again(program: Opener, homes: Homes) -> None:
    app = program(homes.reviewer)
    page = cast(StandardsPage, app.go("standards", {"standard": "47"}))
    met = page.detail.buttons.findChildren(QPushButton)[0]

    def rated() -> bool:
        return "47/R2" in app.visit.state.ratings

    focus(met)
    met.click()
    press_at(met, "seen in the files\nand so on")
    assert rated()
    press_at(met, " ", start=9_000)
    assert not rated(), "the space bar alone presses it"
    press_at(met, "\n", start=19_000)
    assert rated()
