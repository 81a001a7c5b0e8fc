"""Splitter panes, in a page that scrolls only when it must."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QSplitter, QWidget

from ui.theme import space


class Panes(QSplitter):
    """A splitter that asks for its minimum size, so that the page scrolls only if even that does not fit."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(space(3))
        self._moved = False
        self.splitterMoved.connect(self._on_moved)

    def share(self, *parts: int) -> None:
        """Divide the space among the panes in these parts, until the person has moved a handle."""
        room = self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()
        if not self._moved and room > 0:
            self.setSizes([room * part // sum(parts) for part in parts])

    @Slot()
    def _on_moved(self) -> None:
        self._moved = True

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()


def scroll_into_view(widget: QWidget) -> None:
    """Scroll the page until this widget is visible, for one that was just opened."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    content = parent.widget() if isinstance(parent, QScrollArea) else None
    layout = content.layout() if content is not None else None
    if isinstance(parent, QScrollArea) and layout is not None:
        layout.activate()
        parent.ensureWidgetVisible(widget)
