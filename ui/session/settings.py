"""What the window remembers between days: where it was, how large the text is. Nothing about a visit."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

FILE = "window.ini"


class Settings:
    """A small ini file in the home folder. An unreadable value counts as not set."""

    def __init__(self, home: Path) -> None:
        self._store = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    def text(self, name: str, default: str) -> str:
        """A word."""
        value = self._store.value(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(str(self._store.value(name, default)))
        except ValueError:
            return default

    def flag(self, name: str, default: bool) -> bool:
        """Yes or no."""
        return str(self._store.value(name, default)).lower() == "true"

    def data(self, name: str) -> QByteArray | None:
        """Bytes, such as a window's place."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else None

    def set(self, name: str, value: object) -> None:
        """Remember; written at once."""
        self._store.setValue(name, value)
        self._store.sync()
