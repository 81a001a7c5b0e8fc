"""Base class of the panels of the unlock screen: a card in the middle of the window."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from ui.theme import space, theme
from ui.theme.icons import set_icon
from ui.widgets import Card, Text, row
from ui.widgets.scroll import LightScroll


class Panel(LightScroll):
    """A card in the middle of an otherwise empty window, with icon, title and explanation; add inputs to `card`."""

    HELP: ClassVar[str] = ""
    """Help text of this panel, shown by F1 on the unlock screen."""

    def __init__(self, icon: str, title: str, words: str) -> None:
        super().__init__(margin=6)
        self.card = Card(margin=8)
        self.card.body.setSpacing(space(4))
        picture = QLabel()
        set_icon(picture, icon, "accent", 36)
        self.title = Text(title, "title")
        self.words = Text(words, "muted")
        self.card.add(picture, self.title, self.words)
        middle = row(None, self.card, None)
        middle.setStretch(1, 100)
        self.body.addStretch(1)
        self.body.addLayout(middle)
        self.body.addStretch(2)
        theme().changed.connect(self._on_scaled)
        self._on_scaled()

    @Slot()
    def _on_scaled(self) -> None:
        """Limit the card to a readable width, which grows with the text size."""
        self.card.setMaximumWidth(theme().px(space(140)))
