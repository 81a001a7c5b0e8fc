"""Announcements to a screen reader."""

from __future__ import annotations

import sys

import shiboken6
from PySide6.QtCore import QModelIndex, QObject, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QTableView, QWidget

ORCA = sys.platform.startswith("linux")
"""Whether the screen reader says a changed description of what has the focus by itself, as Orca does."""


def announce(widget: QWidget, text: str, *, urgent: bool = False) -> None:
    """Have a screen reader say `text` after its present sentence or, `urgent`, at once; does nothing if none runs."""
    if not text or not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, text)
    if urgent:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


def tell_renamed(table: QTableView, index: QModelIndex) -> None:
    """Have a screen reader ask anew, and say nothing of it, what a cell is called: it keeps what it was told before."""
    if not QAccessible.isActive() or not index.isValid():
        return
    # Qt counts the cells with the headings above and beside them.
    beside, above = table.verticalHeader() is not None, table.horizontalHeader() is not None
    event = QAccessibleEvent(table, QAccessible.Event.NameChanged)
    event.setChild((index.row() + above) * (index.model().columnCount() + beside) + index.column() + beside)
    QAccessible.updateAccessibility(event)


class _Errors(QObject):
    """The errors shown in one turn of the event loop, said together and once when it ends."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[tuple[QWidget, QWidget | None, bool, str]] = []
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.timeout.connect(self._on_end)

    def add(self, line: QWidget, editor: QWidget | None, text: str) -> None:
        """Say the error that `line` shows of what is in `editor`."""
        self._waiting.append((line, editor, editor is not None and editor.hasFocus(), text))
        self._end.start(0)

    @Slot()
    def _on_end(self) -> None:
        waiting, self._waiting = self._waiting, []
        shown = [one for one in waiting if shiboken6.isValid(one[0]) and one[0].isVisible()]
        for _, editor, had_focus, _ in shown:
            if editor is not None and shiboken6.isValid(editor) and editor.hasFocus() and (ORCA or not had_focus):
                # The reader says the error as the description of what has, or now gets, the focus; the errors of other
                # fields are said when one comes to them, and would only cut this one off.
                return
        if shown:
            announce(shown[0][0], " ".join(text for *_, text in shown), urgent=True)


_MADE: list[_Errors] = []


def announce_error(line: QWidget, text: str, editor: QWidget | None = None) -> None:
    """Have a screen reader say, once, the error that `line` shows: of `editor`, whose description it is, if given.

    Said when the present turn of the event loop ends, together with the others of that turn, and only if the line is
    in view by then.
    """
    if not QAccessible.isActive():
        return
    if not _MADE or not shiboken6.isValid(_MADE[0]):
        _MADE[:] = [_Errors()]
    _MADE[0].add(line, editor, text)
