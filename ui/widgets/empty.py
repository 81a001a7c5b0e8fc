"""What a page says while there is nothing on it: what goes here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme.icons import put_icon
from ui.widgets.basics import Text, column, row


class EmptyState(QWidget):
    """An icon, a heading, a sentence, and buttons that begin."""

    def __init__(self, icon: str, title: str, text: str = "", *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        put_icon(picture, icon, "accent", 44)
        self.title = Text(title, "heading")
        self.text = Text(text, "muted")
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setMaximumWidth(560)
        inner = column(row(None, picture, None), row(None, self.title, None), row(None, self.text, None), gap=3)
        if buttons:
            inner.addLayout(row(None, *buttons, None, gap=2))
        self.setLayout(column(None, inner, None, gap=2, margin=6))

    def say(self, title: str, text: str = "") -> None:
        """Other words."""
        self.title.setText(title)
        self.text.setText(text)
