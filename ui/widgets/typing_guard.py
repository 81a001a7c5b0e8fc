"""Tells keys that are commands from the letters of a sentence that is typed, or dictated, where no text is taken."""

from __future__ import annotations

import time

from PySide6.QtGui import QKeyEvent

SENTENCE_MS = 400
"""Longest time between two keys of one sentence; who presses commands on purpose waits longer before a letter."""


def time_of(event: QKeyEvent) -> int:
    """When a key was pressed, in milliseconds: by the system, so that it does not matter when we get round to it."""
    return event.timestamp() or time.monotonic_ns() // 1_000_000


class TypingGuard:
    """Follows the keys of one widget, each with its time in milliseconds.

    Commands in quick succession are a burst. A letter that is no command soon after makes it a sentence; the commands
    of the burst were part of it, and so is every further key until a pause.
    """

    def __init__(self) -> None:
        self._last: int | None = None
        self._burst = 0
        self.in_sentence = False

    def _continue(self, at: int) -> bool:
        """Note a key; forget burst and sentence if it comes after a pause. Returns whether it came soon."""
        soon = self._last is not None and 0 <= at - self._last <= SENTENCE_MS
        self._last = at
        if not soon:
            self._burst, self.in_sentence = 0, False
        return soon

    def command(self, at: int) -> bool:
        """A key that is a command was pressed; False if it belongs to a sentence and must not act."""
        self._continue(at)
        if not self.in_sentence:
            self._burst += 1
        return not self.in_sentence

    @property
    def begins_burst(self) -> bool:
        """Whether the last command was the first of its burst."""
        return self._burst == 1

    def character(self, at: int, text: str) -> int:
        """A character that is no command was typed; returns how many commands before it belong to its sentence.

        A figure, a space or a punctuation mark alone begins no sentence, and a figure ends no burst: lists jump to a
        number that is typed.
        """
        self._continue(at)
        commands = 0 if text.isdigit() else self._burst
        self.in_sentence = self.in_sentence or bool(commands) or text.isalpha()
        if not text.isdigit():
            self._burst = 0
        return commands

    def reset(self) -> None:
        """Forget the keys so far: another kind of key was pressed."""
        self._last, self._burst, self.in_sentence = None, 0, False
