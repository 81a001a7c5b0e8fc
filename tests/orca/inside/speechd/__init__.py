"""Stands for speech-dispatcher's client in front of Orca: what would be spoken is a line in $PLACE/said.txt.

One line is what Orca hands over at once: its kind (say, char, key, stop), a tab, and the words.
"""

from __future__ import annotations

import html
import os
import re
from typing import Any

MARKUP = re.compile(r"<[^>]*>")


class SSIPError(Exception):
    """What the real client raises."""


class SSIPCommunicationError(SSIPError):
    """What the real client raises."""


class SSIPResponseError(SSIPError):
    """What the real client raises."""


class SSIPCommandError(SSIPResponseError):
    """What the real client raises."""


class SSIPDataError(SSIPResponseError):
    """What the real client raises."""


class SpawnError(Exception):
    """What the real client raises."""


class _Words:
    """A word of the protocol for each name Orca asks for."""

    def __getattr__(self, name: str) -> str:
        return name.lower()


CallbackType = Priority = PunctuationMode = DataMode = Scope = _Words()


class SSIPClient:
    """Takes every command, and writes down those that would be heard."""

    def __init__(self, *_args: Any, **_options: Any) -> None:
        self._into = os.path.join(os.environ["PLACE"], "said.txt")

    def _write(self, kind: str, words: str) -> None:
        line = " ".join(html.unescape(MARKUP.sub("", words)).split())
        with open(self._into, "a", encoding="utf-8") as file:
            file.write(f"{kind}\t{line}\n")

    def speak(self, text: str, callback: Any = None, event_types: Any = None) -> None:
        """A piece of text."""
        self._write("say", text)

    def char(self, char: str) -> None:
        """One letter."""
        self._write("char", char)

    def key(self, key: str) -> None:
        """The name of a key."""
        self._write("key", key)

    def cancel(self, *_scope: Any) -> None:
        """What is being spoken is cut off."""
        self._write("stop", "")

    stop = cancel

    def list_output_modules(self) -> tuple[str, ...]:
        """The one there is."""
        return ("unheard",)

    def get_output_module(self) -> str:
        """The one there is."""
        return "unheard"

    def list_synthesis_voices(self, *_which: Any) -> tuple[tuple[str, str, str], ...]:
        """The one there is."""
        return (("unheard", "en", "none"),)

    def get_language(self) -> str:
        """English."""
        return "en"

    def get_rate(self) -> int:
        """The usual one."""
        return 0

    get_pitch = get_volume = get_rate

    def __getattr__(self, name: str) -> Any:
        return _ignore


def _ignore(*_args: Any, **_options: Any) -> None:
    """A setting of a voice that nobody hears."""


Speaker = Client = SSIPClient
