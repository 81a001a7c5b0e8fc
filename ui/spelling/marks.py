"""Marks under the words of a text box that are in no dictionary."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from ui.spelling.dictionary import Dictionary
from ui.spelling.words import Word, from_qt, in_qt, word_at, words_of
from ui.theme import theme

LONGEST_MARKED = 10_000
"""Letters of a paragraph: two pages."""


class SpellingMarks(QSyntaxHighlighter):
    """Draws a wavy line under words that the dictionary does not know; the text itself is not touched.

    The word that is being typed is not marked before the caret has left it.
    """

    def __init__(self, box: QPlainTextEdit, words: Dictionary) -> None:
        super().__init__(box.document())
        self._box, self._words = box, words
        self._touched: tuple[int, Word | None] = (-1, None)
        self._format = QTextCharFormat()
        self._colour()
        words.changed.connect(self._on_changed)
        box.cursorPositionChanged.connect(self._on_moved)
        theme().changed.connect(self._on_themed)

    def highlightBlock(self, text: str) -> None:
        """Mark one paragraph; a very long one has no marks, as looking it through would hold up each key."""
        if len(text) > LONGEST_MARKED:
            return
        typed = self._typed_in(text, self.currentBlock().blockNumber())
        for word in unknown(text, self._words):
            if word != typed:
                self.setFormat(*in_qt(text, word), self._format)

    def _typed_in(self, text: str, number: int) -> Word | None:
        """The word that the caret touches if it is in this paragraph and somebody may be typing here."""
        cursor = self._box.textCursor()
        if not self._box.hasFocus() or self._box.isReadOnly() or cursor.block().blockNumber() != number:
            return None
        return word_at(text, from_qt(text, cursor.positionInBlock()))

    def _colour(self) -> None:
        self._format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._format.setUnderlineColor(theme().colour("not_met"))

    @Slot()
    def _on_changed(self) -> None:
        self.rehighlight()

    @Slot()
    def _on_themed(self) -> None:
        self._colour()
        self.rehighlight()

    @Slot()
    def _on_moved(self) -> None:
        """Mark the word that the caret has left, and take the mark from the one it touches now."""
        block = self._box.textCursor().block()
        number, text = block.blockNumber(), block.text()
        typed = self._typed_in(text, number) if len(text) <= LONGEST_MARKED else None
        before, self._touched = self._touched, (number, typed)
        if before == self._touched:
            return
        for one, word in (before, self._touched):
            if word is not None and not self._words.knows(word.text):
                self.rehighlightBlock(self.document().findBlockByNumber(one))


def unknown(text: str, words: Dictionary) -> list[Word]:
    """The words of a text that the dictionary does not know."""
    return [word for word in words_of(text) if not words.knows(word.text)]


def select_next_unknown(box: QPlainTextEdit, words: Dictionary) -> str:
    """Select the next unknown word after the caret, or the first; returns it, or "" if there is none."""
    text = box.toPlainText()
    found = unknown(text, words)
    if not found:
        return ""
    after = from_qt(text, box.textCursor().selectionEnd())
    word = next((one for one in found if one.begin >= after), found[0])
    select(box, word)
    box.ensureCursorVisible()
    return word.text


def select(box: QPlainTextEdit, word: Word) -> None:
    """Select a word of the box's text."""
    begin, length = in_qt(box.toPlainText(), word)
    cursor = box.textCursor()
    cursor.setPosition(begin)
    cursor.setPosition(begin + length, QTextCursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
