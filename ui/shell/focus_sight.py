"""Keeps what has the focus in sight: its scroll areas follow the focus, and the caret while one types."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QItemSelectionModel, QObject, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ui.theme import theme
from ui.widgets.panes import scroll_area_around, words_in_sight_with
from ui.widgets.taborder import widget_with_focus

MARGIN = 8
"""Pixels at 100 % that are left round it, so that its border is seen too."""
ROUNDS = 3
"""How often it is looked at again: what was just shown has its place after a few rounds of layout."""


def bring_into_sight(widget: QWidget) -> None:
    """Scroll every scroll area around a widget until as much of it as possible can be seen.

    The label of a field is shown with it. Of what is higher than its room the current row can be seen, or the line with
    the caret; of anything else the top.
    """
    part = _part_to_see(widget)
    inner, area = widget, scroll_area_around(widget)
    while area is not None:
        content = area.widget()
        if content is not None and content.isAncestorOf(inner):
            _scroll(area, content, QRect(widget.mapTo(content, part.topLeft()), part.size()))
        inner, area = area, scroll_area_around(area)


def _part_to_see(widget: QWidget) -> QRect:
    """The part of a widget that has to be seen, in its own pixels."""
    room = _least_room(widget)
    words = words_in_sight_with(widget)
    whole = QRect(QPoint(0, 0), widget.size())
    if words is not None:
        whole = whole.united(QRect(widget.mapFromGlobal(words.mapToGlobal(QPoint(0, 0))), words.size()))
    if whole.height() <= room:
        return whole
    inside = QRect()
    if widget.height() > room and isinstance(widget, QAbstractItemView):
        inside = widget.visualRect(widget.currentIndex())
    elif widget.height() > room and isinstance(widget, QPlainTextEdit | QTextEdit):
        inside = widget.cursorRect()
    if isinstance(widget, QAbstractScrollArea) and inside.isValid():
        return QRect(widget.viewport().mapTo(widget, inside.topLeft()), inside.size()).intersected(widget.rect())
    return QRect(QPoint(0, 0), QSize(widget.width(), min(widget.height(), room)))


def _least_room(widget: QWidget) -> int:
    """The height of the lowest of the scroll areas around a widget: an inner one may be as high as what is in it."""
    rooms, area = [], scroll_area_around(widget)
    while area is not None:
        rooms.append(area.viewport().height())
        area = scroll_area_around(area)
    return min(rooms, default=widget.height())


def _scroll(area: QScrollArea, content: QWidget, part: QRect) -> None:
    """Move no farther than needed; what does not fit is shown from its top."""
    gap, bar, room = theme().px(MARGIN), area.verticalScrollBar(), area.viewport().height()
    top, bottom = max(0, part.top() - gap), min(content.height(), part.bottom() + 1 + gap)
    if part.height() + 2 * gap > room:
        top, bottom = part.top(), part.bottom() + 1
    now = bar.value()
    if top < now:
        bar.setValue(top)
    elif bottom > now + room:
        bar.setValue(min(top, bottom - room))


class FocusSight(QObject):
    """Follows the focus of the whole program, but not that of the mouse: what was clicked is in sight, and stays."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._left = 0
        self._rows: QItemSelectionModel | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_round)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)
        # Emitted for every text whose caret moves, on every platform.
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._on_caret)

    @Slot(QWidget, QWidget)
    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._follow_rows(new if isinstance(new, QAbstractItemView) else None)
        if new is not None and not _mouse_is_down():
            self._look_again(ROUNDS)

    def _follow_rows(self, view: QAbstractItemView | None) -> None:
        """Listen to which row is current in the list or table that has the focus."""
        rows = view.selectionModel() if view is not None else None
        if self._rows is not None and shiboken6.isValid(self._rows):
            self._rows.currentChanged.disconnect(self._on_row)
        self._rows = rows
        if rows is not None:
            rows.currentChanged.connect(self._on_row)

    def _look_again(self, rounds: int) -> None:
        here = widget_with_focus()
        if here is not None and scroll_area_around(here) is not None:
            self._left = max(self._left, rounds)
            self._timer.start()

    @Slot()
    def _on_round(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        here = widget_with_focus()
        if here is not None and not _mouse_is_down():
            bring_into_sight(here)

    @Slot()
    def _on_row(self) -> None:
        if not _mouse_is_down():
            self._look_again(ROUNDS)  # what is said of the row may take other room

    @Slot()
    def _on_caret(self) -> None:
        if not _mouse_is_down():
            self._look_again(1)


def _mouse_is_down() -> bool:
    return QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
