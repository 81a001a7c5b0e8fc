"""What this program put on the clipboard, so that it can be taken off again and nothing else is."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit

from ui.widgets.taborder import widget_with_focus

_Mode = QClipboard.Mode
_MODES = (_Mode.Clipboard, _Mode.Selection)
_copied: set[bytes] = set()


def copy_text(text: str) -> None:
    """Put a text on the clipboard; it is taken off when the program locks or is closed."""
    _copied.add(_digest(text))
    QGuiApplication.clipboard().setText(text)


class CopiedText(QObject):
    """Notices what is copied here, and takes it off the clipboard with `clear`, unless something else is there by now.

    A program that keeps a history of the clipboard has a copy of its own, which nobody can take back.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._ours: dict[_Mode, bytes] = {}
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    @Slot(QClipboard.Mode)
    def _on_changed(self, mode: QClipboard.Mode) -> None:
        if mode not in _MODES:
            return
        # What others copy is looked at when we lock, and only then: it is none of our business, and may take long.
        if _is_owner(mode) or QGuiApplication.focusWindow() is not None:
            text = QGuiApplication.clipboard().text(mode)
            if _is_owner(mode) or _digest(text) in _copied or (text and text == _selected()):
                self._ours[mode] = _digest(text)
        _copied.clear()

    def clear(self) -> None:
        """Take off the clipboard, and off the selection where the system has one, what was copied here."""
        board = QGuiApplication.clipboard()
        for mode in _MODES:
            known = self._ours.pop(mode, None)
            # A clipboard manager may have taken it over; then it is still ours by its words.
            if _is_owner(mode) or (known is not None and _digest(board.text(mode)) == known):
                board.clear(mode)


def _is_owner(mode: QClipboard.Mode) -> bool:
    """Whether the system knows that the contents are this program's; not every system does."""
    board = QGuiApplication.clipboard()
    return board.ownsClipboard() if mode == _Mode.Clipboard else board.supportsSelection() and board.ownsSelection()


def _selected() -> str:
    """The text selected in the widget with the keyboard, as it is copied."""
    widget = widget_with_focus()
    if isinstance(widget, QPlainTextEdit):
        return widget.textCursor().selection().toPlainText()
    return widget.selectedText() if isinstance(widget, QLineEdit | QLabel) else ""


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
