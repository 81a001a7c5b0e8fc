"""Putting the window where it was, and always where it can be seen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget


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
