"""Covers the whole window at once, before anything that takes time is begun."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from reviewapp.base.i18n import _
from ui.theme.icons import set_icon
from ui.widgets import Text, column, row


class Curtain(QWidget):
    """An empty page over everything else in its window; the keyboard stays where it is."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("backdrop")
        picture = QLabel()
        set_icon(picture, "lock", "accent", 36)
        middle = column(None, picture, Text(_("Reviewapp is locked"), "title"), None)
        self.setLayout(row(None, middle, None))
        self.hide()

    def draw(self) -> None:
        """Close every dialog and list that stands open and cover this window, painted before it returns.

        Another main window has a session of its own, and a lock.
        """
        window = self.window()
        for other in QApplication.topLevelWidgets():
            # One that was closed before may have taken this one with it.
            if shiboken6.isValid(other) and not isinstance(other, QMainWindow) and other.isVisible():
                other.close()
                other.hide()  # one that does not let itself be closed shows nothing either
        self.setGeometry(window.rect())
        self.raise_()
        self.show()
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        window.repaint()
