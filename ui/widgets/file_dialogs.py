"""Asking for a file: one place, so that a test (or a script) can give the next answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

NEXT: list[list[Path]] = []
"""Answers waiting to be given instead of opening a dialog; each call takes the first. An empty list is Cancel."""

_LAST: list[str] = []


def _remember(path: Path) -> None:
    _LAST[:] = [str(path.parent)]


def _folder() -> str:
    return _LAST[0] if _LAST else str(Path.home())


def choose_open_file(parent: QWidget, title: str, pattern: str = "") -> Path | None:
    """A file to read, or None. `pattern` as Qt wants it: `Visit packs (*.rvpack);;All files (*)`."""
    if NEXT:
        answer = NEXT.pop(0)
        return answer[0] if answer else None
    name, _ = QFileDialog.getOpenFileName(parent, title, _folder(), pattern)
    if not name:
        return None
    _remember(Path(name))
    return Path(name)


def choose_open_files(parent: QWidget, title: str, pattern: str = "") -> list[Path]:
    """Files to read; empty when cancelled."""
    if NEXT:
        return NEXT.pop(0)
    names, _ = QFileDialog.getOpenFileNames(parent, title, _folder(), pattern)
    if names:
        _remember(Path(names[0]))
    return [Path(name) for name in names]


def choose_save_file(parent: QWidget, title: str, suggestion: str, pattern: str = "") -> Path | None:
    """Where to write, or None. The suggested name's ending is added when the person leaves it out."""
    if NEXT:
        answer = NEXT.pop(0)
        return answer[0] if answer else None
    name, _ = QFileDialog.getSaveFileName(parent, title, str(Path(_folder()) / suggestion), pattern)
    if not name:
        return None
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(Path(suggestion).suffix)
    _remember(path)
    return path
