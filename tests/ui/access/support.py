"""Widgets shown in a window of their own, to plant a fault in."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.support import use_light_colours

Shown = Callable[..., QWidget]


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
