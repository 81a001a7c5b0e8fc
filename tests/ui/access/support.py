"""Widgets shown in a window of their own, to plant a fault in, and a screen reader that writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ui.widgets.announce
from tests.ui.support import use_light_colours

Shown = Callable[..., QWidget]


class Reader:
    """A screen reader that is running: what it was told, in Qt's own events."""

    Event, AnnouncementPoliteness = QAccessible.Event, QAccessible.AnnouncementPoliteness

    def __init__(self) -> None:
        self.polite: list[str] = []
        self.urgent: list[str] = []
        self.others: list[QAccessible.Event] = []
        self.renamed: list[str] = []

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            soon = event.politeness() == QAccessible.AnnouncementPoliteness.Assertive
            (self.urgent if soon else self.polite).append(event.message())
        else:
            self.others.append(event.type())
            if event.type() == QAccessible.Event.NameChanged:
                self.renamed.append(event.accessibleInterface().text(QAccessible.Text.Name))
        QAccessible.updateAccessibility(event)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    heard = Reader()
    monkeypatch.setattr(ui.widgets.announce, "QAccessible", heard)
    yield heard


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Widgets one below the other in a window of their own, in the light theme."""
    use_light_colours()
    kept: list[QWidget] = []

    def show(*parts: QWidget | QLayout, width: int = 400) -> QWidget:
        window = QWidget()
        kept.append(window)
        qtbot.addWidget(window)
        # Within the window and not its layout: without a screen Qt warns of a window whose size depends on its parts.
        page = QWidget(window)
        page.setObjectName("page")
        layout = QVBoxLayout(page)
        for part in parts:
            if isinstance(part, QWidget):
                layout.addWidget(part)
            else:
                layout.addLayout(part)
        layout.addStretch(1)
        page.resize(width, 300)
        window.resize(width, 300)
        window.show()
        window.activateWindow()
        for _ in range(3):
            QApplication.processEvents()
        return window

    yield show


def tinted(label: QLabel, colour: str) -> QLabel:
    """Words in a colour of their own, as no widget of the program does it."""
    label.setStyleSheet(f"color: {colour};")
    return label
