"""Fingerprint words with what they are and what they are for: of this laptop, or of the visit."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.widgets import Text, column
from ui.widgets.basics import set_shown

LAPTOP = _("The three check words of this laptop")
VISIT = _("The four check words of this visit")


class WordsLine(QWidget):
    """A title, the words, and a sentence on them; takes no space without words."""

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self._title = title
        self.words = Text("", "lead", select=True)
        self.note = Text(note, "small")
        self.setLayout(column(Text(title, "small"), self.words, self.note, gap=0.5))
        self.note.setVisible(bool(note))
        self.set_words("")

    def set_words(self, words: str) -> None:
        """Show these words; with none the line is away."""
        self.words.setText(words)
        self.words.setAccessibleName(_("{title}: {words}", title=self._title, words=words) if words else "")
        set_shown(self, bool(words))
