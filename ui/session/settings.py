"""Settings of the window kept between sessions, such as its position and the text size; nothing about a visit."""

from __future__ import annotations

import contextlib
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from reviewapp.base.private_files import make_file

FILE = "window.ini"


class Settings:
    """An ini file in the home folder. An unreadable value counts as not set."""

    def __init__(self, home: Path) -> None:
        self._store = QSettings(str(home / FILE), QSettings.Format.IniFormat)

    def text(self, name: str, default: str) -> str:
        """The text stored as `name`, else `default`."""
        value = self._store.value(name, default)
        return value if isinstance(value, str) else default

    def number(self, name: str, default: int) -> int:
        """The whole number stored as `name`, else `default`."""
        try:
            return int(str(self._store.value(name, default)))
        except ValueError:
            return default

    def flag(self, name: str, default: bool) -> bool:
        """The truth value stored as `name`, else `default`."""
        return str(self._store.value(name, default)).lower() == "true"

    def data(self, name: str) -> QByteArray | None:
        """The bytes stored as `name`, such as a window's geometry, else None."""
        value = self._store.value(name)
        return value if isinstance(value, QByteArray) else None

    def names(self) -> list[str]:
        """The names under which something is stored."""
        return list(self._store.allKeys())

    def set(self, name: str, value: object) -> None:
        """Store a value and write the file at once."""
        with contextlib.suppress(OSError):  # a home that cannot be written to keeps no settings
            make_file(Path(self._store.fileName()))
        self._store.setValue(name, value)
        self._store.sync()
