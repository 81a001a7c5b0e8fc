"""The menu of a row in a list or table, with the right mouse button, the Menu key or Shift+F10."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary, WeakMethod

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu

from reviewapp.base.i18n import _, plural
from ui.widgets.copied_rows import all_rows, copy_rows, selected_rows


class RowCommand(NamedTuple):
    """What can be done with the current row: the command's words, what it does, and its key as it is shown."""

    words: str
    do: Callable[[], object]
    possible: bool = True
    key: str = ""


Offer = Callable[[], Sequence[RowCommand]]
_OFFERS: WeakKeyDictionary[QAbstractItemView, WeakMethod[Offer]] = WeakKeyDictionary()


def offer_row_commands(view: QAbstractItemView, offer: Offer) -> None:
    """Put what the method `offer` gives for the current row at the top of the menu of this list; it is held weakly."""
    _OFFERS[view] = WeakMethod(offer)


class RowMenu(QMenu):
    """The menu of a list's current row: its own commands, and copying; it is deleted when it closes."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        self._commands: list[Callable[[], object]] = []
        held = _OFFERS.get(view)
        offer = held() if held is not None else None
        for command in offer() if offer is not None and view.currentIndex().isValid() else ():
            self._add_own(command)
        if self._commands:
            self.addSeparator()
        chosen, every = len(selected_rows(view)), len(all_rows(view))
        key = QKeySequence(QKeySequence.StandardKey.Copy).toString(QKeySequence.SequenceFormat.NativeText)
        words = _("&Copy row") if chosen < 2 else plural("&Copy {n} row", "&Copy {n} rows", chosen)
        self._add(f"{words}\t{key}", self._on_copy, chosen > 0)
        if every > 1:
            self._add(plural("Copy &all {n} row", "Copy &all {n} rows", every), self._on_copy_all, True)

    def _add_own(self, command: RowCommand) -> None:
        words = command.words.replace("&", "&&")
        action = self.addAction(f"{words}\t{command.key}" if command.key else words)
        action.setEnabled(command.possible)
        action.setData(len(self._commands))
        self._commands.append(command.do)
        action.triggered.connect(self._on_own)

    def _add(self, words: str, slot: Callable[[], None], enabled: bool) -> None:
        action = self.addAction(words)
        action.setEnabled(enabled)
        action.triggered.connect(slot)

    @Slot()
    def _on_own(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._commands[int(action.data())]()

    @Slot()
    def _on_copy(self) -> None:
        copy_rows(self._view, selected_rows(self._view))

    @Slot()
    def _on_copy_all(self) -> None:
        copy_rows(self._view, all_rows(self._view))
