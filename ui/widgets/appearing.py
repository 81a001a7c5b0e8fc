"""What appears on a page when something is pressed is scrolled into view: nothing opens unseen below the fold."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.theme import space

IN_PLACE = "in_place"
"""Property of a button that shows a view in the place of another one: then nothing moves, nor does the button."""
ROUNDS = 3
"""Rounds of the event loop after which what was shown has its place in the layout."""


def look(cause: QObject) -> None:
    """When a button goes down: remember what is shown on its page, while that is as it was."""
    around = _areas(cause) if isinstance(cause, QWidget) else []
    if isinstance(cause, QWidget) and around:
        root = around[-1]
        found = root.findChild(Appearing, options=Qt.FindChildOption.FindDirectChildrenOnly)
        (found or Appearing(root)).look(cause)


def follow(cause: QObject) -> None:
    """When it was pressed: once the page has come to rest, scroll to what is shown in addition."""
    for area in _areas(cause)[-1:] if isinstance(cause, QWidget) else ():
        found = area.findChild(Appearing, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if found is not None:
            found.follow(cause)


class Appearing(QObject):
    """Of one scrolling page: what was shown when a button was pressed, until what it did has its place."""

    def __init__(self, root: QScrollArea) -> None:
        super().__init__(root)
        self._root = root
        self._cause: QWidget | None = None
        self._before: set[QWidget] = set()
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    def look(self, cause: QWidget) -> None:
        """Remember what is shown now."""
        self._timer.stop()
        self._cause, self._before = cause, set(_shown(self._root))

    def follow(self, cause: QObject) -> None:
        """Look again soon, if this is what was looked at."""
        if cause is self._cause:
            self._left = ROUNDS
            self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._left -= 1
        if self._left > 0:
            return
        self._timer.stop()
        before, cause, self._before, self._cause = self._before, self._cause, set(), None
        if cause is None or not shiboken6.isValid(cause) or not self._root.isVisible():
            return
        added = [one for one in _shown(self._root) if one not in before]
        inside = set(added)
        outermost = [one for one in added if one.parentWidget() not in inside]
        if outermost:
            _bring_into_view(outermost, cause)


def _shown(root: QScrollArea) -> list[QWidget]:
    """The widgets on the page that are shown, in view or not."""
    content = root.widget()
    found = content.findChildren(QWidget) if content is not None else []
    return [one for one in found if one.isVisible() and not one.isWindow()]


def _areas(widget: QWidget) -> list[QScrollArea]:
    """The scrolling areas around a widget, from the inside out."""
    found, parent = [], widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea) and parent.widget() is not None:
            found.append(parent)
        parent = None if parent.isWindow() else parent.parentWidget()
    return found


def _bring_into_view(added: list[QWidget], cause: QWidget) -> None:
    """Scroll every area around what was added as little as is needed; to its top if it is higher than the view.

    A button just above it that still has the keyboard stays in sight, even if the end of what was added does not.
    """
    first = added[0]
    if cause.property(IN_PLACE):
        return
    for area in _areas(first):
        content, bar, seen = area.widget(), area.verticalScrollBar(), area.viewport().height()
        if content is None:
            continue
        rect = QRect()
        for one in added:
            if content.isAncestorOf(one):
                rect = rect.united(QRect(one.mapTo(content, QPoint(0, 0)), one.size()))
        begin = cause.mapTo(content, QPoint(0, 0)).y() if content.isAncestorOf(cause) else rect.top()
        if rect.height() > seen - space(4):
            near = 0 <= rect.top() - begin < seen // 2
            bar.setValue((begin if near else rect.top()) - space(2))
        elif rect.bottom() + space(2) > bar.value() + seen:
            least = rect.bottom() + space(2) - seen
            stays = cause.hasFocus() and 0 <= rect.top() - begin < seen // 2
            bar.setValue(min(least, begin - space(2)) if stays else least)
        elif rect.top() < bar.value():
            bar.setValue(rect.top() - space(2))
