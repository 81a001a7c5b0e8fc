"""Hands at a laptop: keys and clicks go to the window, as the system sends them, never straight to a widget.

What is covered, off the screen or greyed out cannot be pressed, and what is typed goes wherever the keyboard is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QScrollArea, QWidget

import ui.widgets.file_dialogs
from tests.ui.support import App, Opener
from ui.pages import PAGES
from ui.pages.base import Page

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
WAIT_MS = 30_000
"""For work beside the screen: the whole report is made and drawn within it, also on a slow machine."""


@dataclass
class Hands:
    """Somebody at one of the laptops."""

    app: App

    def here(self) -> None:
        """Turn to this laptop: its window is the active one."""
        window = self.app.window
        if not window.isActiveWindow():
            window.activateWindow()
            self.app.qtbot.waitUntil(window.isActiveWindow)

    def wait(self, until: Callable[[], object]) -> None:
        """Until the program has done it."""
        self.app.qtbot.waitUntil(lambda: bool(until()), timeout=WAIT_MS)

    def press(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click on what can be seen there; a page is scrolled as a person would scroll it."""
        self.here()
        self.app.settle()  # the page comes to rest, as it does before a person presses
        _scroll_to(widget, at)
        window = self.app.window
        point = widget.mapTo(window, widget.rect().center() if at is None else at)
        under = window.childAt(point)
        name = widget.accessibleName() or type(widget).__name__
        assert widget.isVisibleTo(window) and widget.isEnabled(), f"{name!r} is not there to be pressed"
        assert under is not None, f"{name!r} is outside the window"
        assert under is widget or widget.isAncestorOf(under), f"{name!r} is covered by {under}"
        QTest.mouseClick(window.windowHandle(), LEFT, NONE, point)

    def press_row(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Click on a line of a list or a cell of a table."""
        self.here()
        _scroll_to(view)
        view.scrollTo(index)
        self.press(view.viewport(), view.visualRect(index).center())

    def key(self, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Keys, to wherever the keyboard is."""
        self.here()
        for key in keys:
            QTest.keyClick(self.app.window.windowHandle(), key, held)

    def type(self, words: str) -> None:
        """Words, to wherever the keyboard is."""
        self.here()
        for letter in words:
            QTest.keyClick(self.app.window.windowHandle(), ord(letter))

    def write(self, widget: QWidget, words: str) -> None:
        """Click into a field and type."""
        self.press(widget)
        assert self.keyboard() is widget, f"{widget.accessibleName()!r} does not take the keyboard"
        self.type(words)

    def tab_to(self, widget: QWidget, most: int = 12) -> None:
        """Press Tab until the keyboard is there."""
        for _ in range(most):
            if self.keyboard() is widget:
                return
            self.key(Qt.Key.Key_Tab)
        assert self.keyboard() is widget, f"Tab does not come to {widget.accessibleName()!r}"

    def keyboard(self) -> QWidget | None:
        """Where what is typed goes."""
        self.here()
        return QApplication.focusWidget()

    def choose(self, widget: QWidget, *files: Path) -> None:
        """Press a button that asks for a file, and answer with these."""
        ui.widgets.file_dialogs.NEXT_ANSWERS.append(list(files))
        self.press(widget)
        assert not ui.widgets.file_dialogs.NEXT_ANSWERS, f"{widget.accessibleName()!r} did not ask for a file"
        self.app.settle()

    def turn_to(self, name: str) -> Page:
        """Go to a page with its key."""
        number = next(i for i, entry in enumerate(PAGES) if entry.name == name)
        self.key(Qt.Key(Qt.Key.Key_0 + number), held=CTRL)
        page = self.app.page
        assert page is self.app.window.pages.get(name), f"Ctrl+{number} did not go to {name}"
        return page

    def told(self) -> str:
        """What the status line says."""
        return self.app.window.status.message.text()

    def saved(self) -> bool:
        """Whether the status line says that all is saved."""
        return self.app.window.status.saving.text().startswith("All work saved")


def seen(widget: QWidget) -> str:
    """The words of the labels that are shown on a part of the screen."""
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def _scroll_to(widget: QWidget, at: QPoint | None = None) -> None:
    """Until the widget, or this point of one that is higher than the page, can be seen."""
    QApplication.processEvents()
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
            inside = parent.widget()
            if at is not None and inside is not None:
                point = widget.mapTo(inside, at)
                parent.ensureVisible(point.x(), point.y())
        parent = parent.parentWidget()
    QApplication.processEvents()


def new_laptop(program: Opener, passphrase: str) -> Hands:
    """The first start on an empty laptop, by keyboard alone: the passphrase, and the recovery code written down."""
    hands = Hands(program(None, unlocked=False))
    gate = hands.app.window.unlock_screen
    hands.here()
    assert hands.keyboard() is gate.first_run.new.first
    hands.type(passphrase)
    hands.key(Qt.Key.Key_Tab)
    hands.type(passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.app.settle()
    assert gate.recovery.isVisible() and "-" in gate.recovery.code.text()
    assert not gate.recovery.button.isEnabled(), "the code is written down first"
    hands.tab_to(gate.recovery.written)
    hands.key(Qt.Key.Key_Space)
    hands.tab_to(gate.recovery.button)
    hands.key(Qt.Key.Key_Space)
    assert hands.app.page.TITLE == "Start"
    return hands


def unlock(hands: Hands, passphrase: str) -> None:
    """Type the passphrase into the unlock screen."""
    assert hands.keyboard() is hands.app.window.unlock_screen.unlock.passphrase
    hands.type(passphrase)
    hands.key(Qt.Key.Key_Return)
    hands.app.settle()
