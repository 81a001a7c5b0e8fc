"""From something found to the very text: the field with the caret at the match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QScrollArea, QTextEdit, QWidget

from reviewapp.search import SearchHit
from reviewapp.search.query import parse_query
from ui.widgets import DraftText

if TYPE_CHECKING:
    from ui.pages.base import Page

SURE = 40
"""Letters of a snippet that identify its text on the page."""


def reveal_match(page: Page, found: SearchHit, typed: str, me: str) -> None:
    """Put the caret at the match: in the text box that edits the field, else in the text that shows it."""
    editor = _editor(page, found, me)
    if editor is not None and editor.isEnabled():
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if not editor.waiting:
            _to_match(editor, typed)
        _scroll_to(editor, editor.cursorRect().center())
        return
    snippet = found.snippet
    line = snippet.text.strip("… ")[:SURE]
    word = snippet.text[slice(*snippet.marks[0])] if snippet.marks else line
    if not line or any(one.isVisibleTo(page) and _to_line(one, line, word) for one in page.findChildren(QTextEdit)):
        return
    for label in page.findChildren(QLabel):
        if label.isVisibleTo(page) and _select(label, line, word):
            begin = page.start_focus()
            if begin is not None:  # not just any button that comes first
                begin.setFocus(Qt.FocusReason.OtherFocusReason)
            _scroll_to(label, QPoint(0, label.height() // 2))
            return


def _editor(page: QWidget, found: SearchHit, me: str) -> DraftText | None:
    for editor in page.findChildren(DraftText):
        line = editor.statement()
        if line is not None and (line.kind(), line.key(me), *line.values()) == (found.entity, found.key, found.field):
            return editor
    return None


def _to_match(editor: QPlainTextEdit, typed: str) -> None:
    cursor = editor.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    for part in parse_query(typed):
        found = editor.document().find(part.words[0])
        if not found.isNull():
            cursor.setPosition(found.selectionStart())
            break
    editor.setTextCursor(cursor)
    editor.ensureCursorVisible()


def _to_line(reading: QTextEdit, line: str, word: str) -> bool:
    found = reading.document().find(line)
    if found.isNull():
        return False
    begin = found.selectionStart()
    found.setPosition(begin)
    match = reading.document().find(word, begin)
    reading.setTextCursor(found if match.isNull() else match)
    reading.ensureCursorVisible()
    if reading.focusPolicy() != Qt.FocusPolicy.NoFocus:
        reading.setFocus(Qt.FocusReason.OtherFocusReason)
    _scroll_to(reading, reading.cursorRect().center())
    return True


def _select(label: QLabel, line: str, word: str) -> bool:
    at = label.text().find(line)
    if at >= 0 and label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
        match = label.text().find(word, at)
        label.setSelection(max(at, match), len(word if match >= 0 else line))
    return at >= 0


def _scroll_to(widget: QWidget, point: QPoint) -> None:
    """Scroll all scroll areas around the widget until this point of it is visible."""
    parent = widget.parentWidget()
    while parent is not None:
        content = parent.widget() if isinstance(parent, QScrollArea) else None
        if isinstance(parent, QScrollArea) and content is not None:
            inside = widget.mapTo(content, point)
            parent.ensureVisible(inside.x(), inside.y(), 0, parent.viewport().height() // 4)
        parent = parent.parentWidget()
