"""The quiet line at the foot of a text box, while what is typed may tell who somebody is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from ui.theme import space
from ui.widgets.announce import announce
from ui.widgets.basics import Text


class IdentityHint(Text):
    """A line inside the frame of a text box, under its words; it takes no focus, and a screen reader is told once."""

    def __init__(self, box: QPlainTextEdit) -> None:
        super().__init__("", "small", parent=box)
        self._box = box
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(space(2), 0, space(2), 0)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show these words, or nothing where there are none."""
        if words == self.text():
            return
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
        announce(self._box, words)

    def needed(self, width: int) -> int:
        """The height of the line in a box of this width; 0 while there is nothing to say."""
        return self.heightForWidth(max(space(20), width)) + space(1) if self.text() else 0

    def put(self) -> int:
        """Place the line at the foot of its box; returns the height it takes there."""
        edge = self._box.frameWidth() + 1
        width = self._box.width() - 2 * edge
        height = self.needed(width)
        self.setGeometry(edge, self._box.height() - height - edge, width, height)
        return height
