"""The words of a unit, to be read; those of one's own answer can be marked with the mouse, or Shift and arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen

from reviewapp.base.i18n import _
from ui.theme import theme
from ui.widgets import Text

EDGE = 4
"""Pixels between the words and the frame that shows the keyboard among them."""
_JOINS = "'’-"
"""What stands within a word."""


def whole_words(text: str, start: int, end: int) -> str:
    """What is marked from `start` to before `end`, with the rest of the words that it cuts, on one line."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return ""
    while start > 0 and _within(text, start):
        start -= 1
    while end < len(text) and _within(text, end):
        end += 1
    return " ".join(text[start:end].split())


def _within(text: str, at: int) -> bool:
    """Whether a word goes on from the sign before this place to the one at it."""
    before, after = text[at - 1], text[at]
    if before in _JOINS:
        return at > 1 and text[at - 2].isalnum() and after.isalnum()
    if after in _JOINS:
        return before.isalnum() and at + 1 < len(text) and text[at + 1].isalnum()
    return before.isalnum() and after.isalnum()


class SpokenWords(Text):
    """Shows words in the type of what is read; `set_markable` lets the Tab key reach them."""

    def __init__(self) -> None:
        super().__init__("", "lead", select=True, fills=True)
        self.setMargin(EDGE)

    def set_markable(self, *, on: bool) -> None:
        """Whether marked words can become a quote, so that the keyboard has something to do here."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        self.setAccessibleDescription(
            _("Select words with Shift and the arrow keys. Ctrl+Q makes them a quote") if on else ""
        )

    def marked(self) -> str:
        """The marked words, none of them cut; empty where nothing is marked."""
        if not self.hasSelectedText():
            return ""
        units = self.text().encode("utf-16-le")  # Qt counts in these
        first = self.selectionStart()
        start, end = (
            len(units[: 2 * at].decode("utf-16-le", "ignore")) for at in (first, first + _length(self.selectedText()))
        )
        return whole_words(self.text(), start, end)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # The caret stands before the first word; Qt would put it behind the last one.
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason and not self.hasSelectedText():
            self.setSelection(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() and self.focusPolicy() == Qt.FocusPolicy.StrongFocus:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)


def _length(text: str) -> int:
    """How many UTF-16 units a text has."""
    return len(text.encode("utf-16-le")) // 2
