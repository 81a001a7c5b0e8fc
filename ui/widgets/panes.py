"""Splitter panes, in a page that scrolls only when it must; and scrolling to what was just opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import QLabel, QScrollArea, QSplitter, QWidget

from ui.theme import space

_WITH = "seen_with"


class Panes(QSplitter):
    """A splitter that asks for its minimum size, so that the page scrolls only if even that does not fit.

    Its handle cannot be dragged so far to one side that what lies there is cut.
    """

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(space(3))
        self._moved = False
        self.splitterMoved.connect(self._on_moved)

    def turn(self, orientation: Qt.Orientation) -> None:
        """Lay the panes out the other way; a handle that was moved says nothing about this way."""
        self._moved = False
        self.setOrientation(orientation)

    def share(self, *parts: int) -> None:
        """Divide the space among the panes in these parts, until the person has moved a handle."""
        room = self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()
        if not self._moved and room > 0:
            self.setSizes([room * part // sum(parts) for part in parts])

    @Slot(int, int)
    def _on_moved(self, _place: int, handle: int) -> None:
        self._moved = True
        if self.orientation() == Qt.Orientation.Horizontal:
            self._keep_whole(handle)

    def _keep_whole(self, handle: int) -> None:
        """Take the handle back as far as what lies beside it needs to be seen whole, if there is room for both."""
        sizes, panes = self.sizes(), [self.widget(place) for place in range(self.count())]
        least = [_least_width(pane) if pane is not None else 0 for pane in panes]
        before, after = handle - 1, handle
        both = sizes[before] + sizes[after]
        if both >= least[before] + least[after]:
            kept = max(least[before], min(sizes[before], both - least[after]))
            if kept != sizes[before]:
                sizes[before], sizes[after] = kept, both - kept
                self.setSizes(sizes)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def _least_width(pane: QWidget) -> int:
    """The width at which nothing in a pane is cut: a scroll area says of itself that it may be narrower."""
    least = pane.minimumSizeHint().width()
    areas = [pane] if isinstance(pane, QScrollArea) else [a for a in pane.findChildren(QScrollArea) if a.isVisible()]
    for area in areas:
        inside = area.widget()
        if inside is not None:
            beside = pane.width() - area.viewport().width()
            least = max(least, inside.minimumSizeHint().width() + beside)
    return least


def keep_in_sight_with(widget: QWidget, words: QWidget) -> None:
    """While `widget` has the focus, show these words together with it where there is room for both."""
    widget.setProperty(_WITH, words)


def words_in_sight_with(widget: QWidget) -> QWidget | None:
    """What was given to `keep_in_sight_with`, else the label before a field, if it can be seen; else None."""
    words = widget.property(_WITH)
    if not isinstance(words, QWidget):
        parent = widget.parentWidget()
        if parent is None:
            return None
        beside = parent.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        words = next((label for label in beside if label.buddy() is widget), None)
    return words if words is not None and words.isVisible() else None


def scroll_area_around(widget: QWidget) -> QScrollArea | None:
    """The scroll area that a widget lies in, within its window; None if there is none."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = None if parent.isWindow() else parent.parentWidget()
    return parent


def scroll_into_view(widget: QWidget) -> None:
    """Scroll the page until this widget is visible, for one that was just opened; to its top if it is too high."""
    parent = scroll_area_around(widget)
    content = parent.widget() if parent is not None else None
    layout = content.layout() if content is not None else None
    if parent is not None and content is not None and layout is not None:
        layout.activate()
        parent.ensureWidgetVisible(widget)
        if widget.height() > parent.viewport().height():
            parent.verticalScrollBar().setValue(widget.mapTo(content, QPoint(0, 0)).y())


class LaterScroll(QObject):
    """Scrolls the page to a widget once what was just shown in it has its place, which takes a few rounds."""

    ROUNDS = 3

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widget: QWidget | None = None
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_timeout)

    def to(self, widget: QWidget) -> None:
        """Scroll to this widget, which lives as long as this does."""
        self._widget, self._left = widget, self.ROUNDS
        self._timer.start()

    @Slot()
    def _on_timeout(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._timer.stop()
        if self._widget is not None:
            scroll_into_view(self._widget)
