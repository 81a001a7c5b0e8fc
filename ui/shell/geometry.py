"""Size and position of the window, restored so that it is always visible."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FIRST = QSize(1240, 760)
FRAME = QSize(16, 48)
"""Allowance for the title bar and edges, whose sizes are unknown before the window is shown."""
EDGE = FRAME.width() // 2
LEAST_TITLE = 16
"""Least height in pixels above the contents in which the title bar can be grabbed."""


def first_size(room: QSize) -> QSize:
    """Size of the window on first use, never larger than the space `room` that the screen has free."""
    return FIRST.boundedTo(room - FRAME)


def restore_geometry(window: QWidget, remembered: QByteArray) -> None:
    """Restore the remembered geometry, moved and shrunk if needed until all of it is on a screen.

    If none of it is on a screen any more, the window is centred on the primary one.
    """
    placed = not remembered.isEmpty() and window.restoreGeometry(remembered)
    if window.isMaximized() or window.isFullScreen():
        return
    if not placed and window.pos().isNull():
        return  # the first time the desktop itself chooses a place
    here = window.geometry()
    rooms = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    room = max(rooms, key=lambda one: _area(one.intersected(here)))
    if room.contains(here) and here.top() - room.top() >= LEAST_TITLE:
        return
    if not _area(room.intersected(here)):
        room = QGuiApplication.primaryScreen().availableGeometry()
        here.moveCenter(room.center())
    window.setGeometry(_moved_within(here, room.adjusted(EDGE, FRAME.height() - EDGE, -EDGE, -EDGE)))


def _moved_within(here: QRect, room: QRect) -> QRect:
    size = here.size().boundedTo(room.size())
    left = min(max(here.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(here.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())
