"""A double of Windows for tests that run elsewhere: files that are held open, names that are one, streams of cp1252.

What Windows refuses is refused here with Windows' own numbers, as Python tells them there. The program was never run on
Windows; this drives the paths that only Windows takes.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base import files
from reviewapp.base.file_names import is_portable

ACCESS_DENIED, SHARING_VIOLATION = 5, 32


class WindowsDouble:
    """Holds files as another program does that has them open; whoever waits lets time pass, of which none is spent."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._held: dict[str, int] = {}
        self._patch = monkeypatch
        self.waited = 0.0
        for name in ("unlink", "remove", "replace", "rename", "rmdir"):
            monkeypatch.setattr(os, name, self._refusing(getattr(os, name), moves=name in ("replace", "rename")))
        monkeypatch.setattr(io, "open", self._opening(io.open))
        monkeypatch.setattr(files, "pause", self._pause)

    def hold(self, path: Path, *, pauses: int = 10**9) -> None:
        """Another program has this file open, until somebody has waited so many times."""
        self._held[str(path)] = pauses

    def let_go(self) -> None:
        """The other program is closed."""
        self._held.clear()

    def streams(self) -> tuple[io.BytesIO, io.BytesIO]:
        """Give the program pipes as Windows makes them; returns what comes out of stdout and stderr."""
        made = io.BytesIO(), io.BytesIO()
        for name, raw, errors in (("stdout", made[0], "strict"), ("stderr", made[1], "backslashreplace")):
            stream = io.TextIOWrapper(raw, encoding="cp1252", errors=errors, write_through=True)
            self._patch.setattr(sys, name, stream)
        return made

    def _pause(self, seconds: float) -> None:
        self.waited += seconds
        self._held = {path: left - 1 for path, left in self._held.items() if left > 1}

    def _refusing(self, call: Callable[..., Any], *, moves: bool) -> Callable[..., Any]:
        def refusing(*paths: Any, **options: Any) -> Any:
            for path in paths[: 2 if moves else 1]:
                self._refuse(path, number=ACCESS_DENIED if moves else SHARING_VIOLATION)
            return call(*paths, **options)

        return refusing

    def _opening(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def opening(path: Any, mode: str = "r", *rest: Any, **options: Any) -> Any:
            if isinstance(path, (str, os.PathLike)) and set(mode) & set("wa+x"):
                self._refuse(path, number=SHARING_VIOLATION)
            return call(path, mode, *rest, **options)

        return opening

    def _refuse(self, path: Any, *, number: int) -> None:
        """A folder counts as held while a file in it is."""
        text = os.fspath(path)
        if any(held == text or held.startswith(f"{text}{os.sep}") for held in self._held):
            error = PermissionError(errno.EACCES, "Access is denied", text)
            error.winerror = number  # type: ignore[attr-defined, unused-ignore]
            raise error


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> Iterator[WindowsDouble]:
    """The double; nothing is held at first."""
    double = WindowsDouble(monkeypatch)
    yield double
    double.let_go()


def names_that_windows_refuses(folder: Path) -> list[str]:
    """What below a folder has a name that Windows does not take, or one that there is the same as another's."""
    wrong, seen = [], set()
    for path in sorted(folder.rglob("*")):
        one = path.relative_to(folder).as_posix().casefold()
        if not is_portable(path.name) or one in seen:
            wrong.append(str(path.relative_to(folder)))
        seen.add(one)
    return wrong
