"""Panes that can be moved against one another, in a page that scrolls only when it must."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSplitter

from ui.theme import space


class Panes(QSplitter):
    """Asks for no more than its least, so that the page scrolls only where even that does not fit."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(space(3))

    def sizeHint(self) -> QSize:
        """The least."""
        return self.minimumSizeHint()
