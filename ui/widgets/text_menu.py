"""The menu of a box of text, with the right mouse button, the Menu key or Shift+F10."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QWidget

from reviewapp.base.i18n import _
from ui.widgets import editing
from ui.widgets.editing import TextBox

_Key = QKeySequence.StandardKey


class TextCommand(NamedTuple):
    """An entry that something offers for the place in the text: its words, and what it does."""

    words: str
    do: Callable[[], None]
    possible: bool = True


Offer = Callable[[TextBox, int], Sequence[TextCommand]]
"""Gives the entries for a box and a position in its text, such as other spellings of the word there."""
_OFFERS: list[Offer] = []


def offer_with(offer: Offer) -> None:
    """From now on put what `offer` gives at the top of the menu of every box of text."""
    if offer not in _OFFERS:
        _OFFERS.append(offer)


class TextMenu(QMenu):
    """The menu of one box of text; it is deleted when it closes."""

    def __init__(self, box: TextBox, position: int, parent: QWidget) -> None:
        """`position`: where in the text the menu was asked for, counted in letters."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._box = box
        self._commands: list[Callable[[], None]] = []
        for offer in _OFFERS:
            self._add_offered(offer(box, position))
        can = editing.possible(box)
        if not isinstance(box, QLabel) and not box.isReadOnly():
            self._add(_("&Undo typing"), self._on_undo, can.undo, _Key.Undo)
            self._add(_("&Redo typing"), self._on_redo, can.redo, _Key.Redo)
            self.addSeparator()
            self._add(_("Cu&t"), self._on_cut, can.cut, _Key.Cut)
        self._add(_("&Copy"), self._on_copy, can.copy, _Key.Copy)
        if not isinstance(box, QLabel) and not box.isReadOnly():
            self._add(_("&Paste"), self._on_paste, can.paste, _Key.Paste)
        self.addSeparator()
        self._add(_("Select &all"), self._on_select_all, can.select_all, _Key.SelectAll)

    def _add_offered(self, commands: Sequence[TextCommand]) -> None:
        for command in commands:
            action = self.addAction(command.words.replace("&", "&&"))
            action.setEnabled(command.possible)
            action.setData(len(self._commands))
            self._commands.append(command.do)
            action.triggered.connect(self._on_offered)
        if commands:
            self.addSeparator()

    def _add(self, words: str, slot: Callable[[], None], enabled: bool, key: QKeySequence.StandardKey) -> None:
        # The key is shown only: the box, or the window's menu, does it.
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        action = QAction(f"{words}\t{shown}", self)
        action.setEnabled(enabled)
        action.triggered.connect(slot)
        self.addAction(action)

    @Slot()
    def _on_offered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._commands[int(action.data())]()

    @Slot()
    def _on_undo(self) -> None:
        editing.undo(self._box)

    @Slot()
    def _on_redo(self) -> None:
        editing.redo(self._box)

    @Slot()
    def _on_cut(self) -> None:
        editing.cut(self._box)

    @Slot()
    def _on_copy(self) -> None:
        editing.copy(self._box)

    @Slot()
    def _on_paste(self) -> None:
        editing.paste(self._box)

    @Slot()
    def _on_select_all(self) -> None:
        editing.select_all(self._box)


def place_in_text(box: TextBox, at: QPoint | None) -> tuple[int, QPoint]:
    """The letter at a point of the box, and where on the screen its menu opens; at the caret where `at` is None."""
    if isinstance(box, QLabel):
        return 0, box.mapToGlobal(at or box.rect().bottomLeft())
    if isinstance(box, QLineEdit):
        position = box.cursorPosition() if at is None else box.cursorPositionAt(at)
        return position, box.mapToGlobal(at or box.cursorRect().bottomLeft())
    cursor = box.textCursor() if at is None else box.cursorForPosition(at)
    return cursor.position(), box.viewport().mapToGlobal(at or box.cursorRect().bottomLeft())
