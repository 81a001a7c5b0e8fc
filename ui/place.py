"""Putting the window where it was, and always where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FIRST = QSize(1240, 760)
FRAME = QSize(16, 48)
"""Room for the title bar and edges, which are not known before the window is shown."""


def first_size(room: QSize) -> QSize:
    """How large the window is the first time: never larger than what the screen has free."""
    return FIRST.boundedTo(room - FRAME)


def restore_geometry(window: QWidget, remembered: QByteArray) -> None:
    """The remembered place if a good part of it is on a screen; otherwise the middle of the main one."""
    if not remembered.isEmpty():
        window.restoreGeometry(remembered)
    frame = window.frameGeometry()
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(frame)
        if seen.width() >= min(200, frame.width()) and seen.height() >= min(120, frame.height()):
            return
    room = QGuiApplication.primaryScreen().availableGeometry()
    window.resize(min(window.width(), room.width()), min(window.height(), room.height()))
    window.move(room.center() - window.rect().center())
