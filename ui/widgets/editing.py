"""What Undo, Cut, Copy, Paste and Select all do in a box of text, whichever of Qt's it is."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.widgets.clipboard import copy_text
from ui.widgets.draft import DraftText

TextBox = QLineEdit | QPlainTextEdit | QTextEdit | QLabel
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Possible(NamedTuple):
    """Which of the commands would do something now."""

    undo: bool = False
    redo: bool = False
    cut: bool = False
    copy: bool = False
    paste: bool = False
    select_all: bool = False


def text_box(widget: QWidget | None) -> TextBox | None:
    """The box of text that a widget is or holds; None for one without text that can be selected."""
    if isinstance(widget, QAbstractSpinBox):
        return widget.findChild(QLineEdit)
    if isinstance(widget, QComboBox):
        return widget.lineEdit() if widget.isEditable() else None
    if isinstance(widget, QLabel):
        return widget if widget.textInteractionFlags() & _SELECTABLE else None
    return widget if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else None


def selected_text(box: TextBox) -> str:
    """The selected text, with a line feed between lines."""
    if isinstance(box, QLineEdit | QLabel):
        return box.selectedText()
    return box.textCursor().selection().toPlainText()


def possible(box: TextBox) -> Possible:
    """What can be done in a box of text; Paste wherever one may write, as the clipboard is not looked at for it.

    A passphrase is neither cut nor copied. Undo and Redo are those of typing that is not saved elsewhere yet.
    """
    marked = bool(box.hasSelectedText() if isinstance(box, QLineEdit | QLabel) else box.textCursor().hasSelection())
    if isinstance(box, QLabel):
        return Possible(copy=marked, select_all=bool(box.text()))
    writes = not box.isReadOnly() and box.isEnabled()
    if isinstance(box, QLineEdit):
        plain = box.echoMode() == QLineEdit.EchoMode.Normal
        undo, redo = box.isUndoAvailable() and box.isModified(), box.isRedoAvailable()
        return Possible(
            writes and undo,
            writes and redo,
            writes and marked and plain,
            marked and plain,
            writes,
            bool(box.text()),
        )
    document = box.document()
    typing = not isinstance(box, DraftText) or box.waiting  # what is an entry of the visit is undone as its change
    undo, redo = typing and document.isUndoAvailable(), typing and document.isRedoAvailable()
    return Possible(writes and undo, writes and redo, writes and marked, marked, writes, not document.isEmpty())


def copy(box: TextBox) -> None:
    """Copy the selected text; it is taken off the clipboard when the program locks."""
    text = selected_text(box)
    if text and possible(box).copy:
        copy_text(text)


def undo(box: TextBox) -> None:
    """Take back the last typing in the box."""
    if not isinstance(box, QLabel):
        box.undo()


def redo(box: TextBox) -> None:
    """Do the typing again that was taken back last."""
    if not isinstance(box, QLabel):
        box.redo()


def cut(box: TextBox) -> None:
    """Cut the selected text."""
    if possible(box).cut and not isinstance(box, QLabel):
        box.cut()


def paste(box: TextBox) -> None:
    """Paste in the place of the selected text, or where the caret is."""
    if possible(box).paste and not isinstance(box, QLabel):
        box.paste()


def select_all(box: TextBox) -> None:
    """Select all the text of the box."""
    if isinstance(box, QLabel):  # it has no method for it, and counts a text with marks in letters of its own
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(box, key)
    else:
        box.selectAll()
