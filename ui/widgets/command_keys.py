"""Single keys that are commands while a list has the focus, told apart from a sentence that is typed there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.widgets.typing_guard import TypingGuard, time_of


class CommandKeys(QObject):
    """Emits `chosen(value)` for a key, and `chosen(None)` for Delete, while `target` has the focus.

    A key acts at once. If it turns out to have been the beginning of a sentence (`TypingGuard`), `typed(many)` is
    emitted with the number of commands to take back; `begun` is emitted before the first one that could be one of
    them. Works only while `enabled`.
    """

    REPEATS: ClassVar[bool] = True
    """Whether a key that is held down acts again and again."""
    LETTERS: ClassVar[int] = 0
    """How many letters in quick succession are a word although each of them is a command; 0: never."""

    chosen = Signal(object)
    begun = Signal()
    typed = Signal(int)

    def __init__(self, target: QWidget, keys: Mapping[str, object]) -> None:
        super().__init__(target)
        self.enabled = True
        self._guard = TypingGuard()
        self._letters = 0
        self.set_keys(keys)
        target.installEventFilter(self)

    def set_keys(self, keys: Mapping[str, object]) -> None:
        """Listen to these characters from now on, each with what it stands for."""
        self._keys = {key.casefold(): value for key, value in keys.items()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A command is consumed, so that the list does not search with it.
        if not self.enabled or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if isinstance(watched, QAbstractItemView) and not watched.currentIndex().isValid():
            return False  # without a current row it is unclear what is meant
        if event.key() == Qt.Key.Key_Delete:
            self._guard.reset()
            self.begun.emit()
            self.chosen.emit(None)
            return True
        text = event.text()
        value = self._keys.get(text.casefold()) if text else None
        if value is not None:
            if self.REPEATS or not event.isAutoRepeat():
                self._on_key(time_of(event), text, value)
            return True
        return text.isprintable() and bool(text) and self._on_character(time_of(event), text)

    def _on_key(self, at: int, text: str, value: object) -> None:
        if not self._guard.command(at):
            self.typed.emit(0)
            return
        if self._guard.begins_burst:
            self._letters = 0
            self.begun.emit()
        self._letters = self._letters + 1 if text.isalpha() else 0
        if self.LETTERS and self._letters >= self.LETTERS:
            self.typed.emit(self._guard.character(at, text) - 1)  # this one has not acted
            return
        self.chosen.emit(value)

    def _on_character(self, at: int, text: str) -> bool:
        """A key that is no command; True if it belongs to a sentence, whose letters must not move the list either."""
        within, commands = self._guard.in_sentence, self._guard.character(at, text)
        if commands:
            self.typed.emit(commands)
        return bool(commands) or (within and self._guard.in_sentence)
