"""Whether what has the keyboard can be seen, at every stop of a round with Tab."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDateTimeEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from tests.ui.access.checks import named

MOST = 250
ROUNDS = 6
"""Rounds of events after each key: what is shown then has its place, and the page has followed."""


def settle() -> None:
    """Let the page come to rest after a key."""
    for _ in range(ROUNDS):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def out_of_sight(widget: QWidget) -> str:
    """Why a widget that has the keyboard cannot be seen where it matters; empty if it can."""
    if not widget.isVisible():
        return f"{named(widget)} is hidden"
    part, seen = _what_matters(widget), widget.visibleRegion().boundingRect()
    shown = seen.intersected(part)
    if shown.size() != part.size():
        return f"{named(widget)} shows {shown.height()} of {part.height()} px, {shown.width()} of {part.width()} across"
    return ""


def _what_matters(widget: QWidget) -> QRect:
    """All of a widget that fits its room; of a higher one the current row, the line with the caret, or the top."""
    room = _room(widget)
    if widget.height() <= room:
        return widget.rect()
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        row = widget.visualRect(widget.currentIndex())
        return QRect(widget.viewport().mapTo(widget, row.topLeft()), row.size()).intersected(widget.rect())
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        caret = widget.cursorRect()
        return QRect(widget.viewport().mapTo(widget, caret.topLeft()), caret.size())
    return QRect(QPoint(0, 0), QSize(widget.width(), min(room, 24)))


def _room(widget: QWidget) -> int:
    """The height of the lowest of the scroll areas around it, or of the window."""
    rooms, parent = [widget.window().height()], widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            rooms.append(parent.viewport().height())
        parent = parent.parentWidget()
    return min(rooms)


def go_round_in_sight(first: QWidget, *, back: bool = False) -> list[str]:
    """Tab from `first` until it comes round, or Shift+Tab; every stop that cannot be seen, in words."""
    wrong: list[str] = []
    first.activateWindow()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen: set[int] = set()
    at = QApplication.focusWidget()
    while at is not None and id(at) not in seen and len(seen) < MOST:
        settle()
        at = QApplication.focusWidget()
        if at is None or id(at) in seen:
            break
        seen.add(id(at))
        why = out_of_sight(at)
        if why:
            wrong.append(why)
        for _ in range(at.sectionCount() if isinstance(at, QDateTimeEdit) else 1):
            QTest.keyClick(at, Qt.Key.Key_Backtab if back else Qt.Key.Key_Tab)
            if QApplication.focusWidget() is not at:
                break
        at = QApplication.focusWidget()
    return wrong
