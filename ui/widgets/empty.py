"""Placeholder of an empty page: what belongs here, and how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QWidget

from ui.theme import theme
from ui.theme.icons import set_icon
from ui.widgets.basics import Text, column, row


class EmptyState(QWidget):
    """Shows an icon, a heading, a text, and buttons to begin with."""

    def __init__(self, icon: str, title: str, text: str = "", *buttons: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = QLabel()
        set_icon(picture, icon, "accent", 44)
        self.title = Text(title, "heading")
        self.text = Text(text, "muted")
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words = column(row(None, picture, None), self.title, self.text, gap=3)
        self._first = buttons[0] if buttons else None
        self._describe()
        if buttons:
            words.addLayout(row(None, *buttons, None, gap=2))
        self._middle = QWidget()
        self._middle.setLayout(words)
        # The text takes the width available up to a readable one, so that it wraps only where it must.
        across = row(None, self._middle, None, gap=0)
        across.setStretch(1, 1_000)
        self.setLayout(column(None, across, None, gap=2, margin=6))
        theme().changed.connect(self._on_themed)
        self._on_themed()

    @Slot()
    def _on_themed(self) -> None:
        self._middle.setMaximumWidth(theme().px(560))

    def set_text(self, title: str, text: str = "") -> None:
        """Replace heading and text."""
        self.title.setText(title)
        self.text.setText(text)
        self._describe()

    def _describe(self) -> None:
        """Tell with the first button why it stands here: a screen reader comes to nothing else."""
        if self._first is not None:
            self._first.setAccessibleDescription(f"{self.title.text()}. {self.text.text()}".removesuffix(". "))
