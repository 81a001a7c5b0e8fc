"""File dialogs, in one place so that a test (or a script) can give the next answer."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from reviewapp.base.file_names import portable
from reviewapp.base.i18n import _

NEXT_ANSWERS: list[list[Path]] = []
"""Answers returned instead of opening a dialog; each call takes the first. An empty list means Cancel."""

_LAST: list[str] = []


def _remember(path: Path) -> None:
    _LAST[:] = [str(path.parent)]


def _folder() -> str:
    return _LAST[0] if _LAST else str(Path.home())


def with_all_files(pattern: str) -> str:
    """The kinds of file to choose from, and all files: a file may have been renamed on its way here."""
    every = _("All files (*)")
    return pattern if "(*)" in pattern else ";;".join([pattern, every] if pattern else [every])


def choose_open_file(parent: QWidget, title: str, pattern: str = "") -> Path | None:
    """Ask for a file to read; None if cancelled. `pattern` is Qt's: `Visit packs (*.rvpack);;All files (*)`."""
    if NEXT_ANSWERS:
        answer = NEXT_ANSWERS.pop(0)
        return answer[0] if answer else None
    name, __ = QFileDialog.getOpenFileName(parent, title, _folder(), with_all_files(pattern))
    if not name:
        return None
    _remember(Path(name))
    return Path(name)


def choose_open_files(parent: QWidget, title: str, pattern: str = "") -> list[Path]:
    """Ask for files to read; empty if cancelled."""
    if NEXT_ANSWERS:
        return NEXT_ANSWERS.pop(0)
    names, __ = QFileDialog.getOpenFileNames(parent, title, _folder(), with_all_files(pattern))
    if names:
        _remember(Path(names[0]))
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None if cancelled."""
    if NEXT_ANSWERS:
        answer = NEXT_ANSWERS.pop(0)
        return answer[0] if answer else None
    name = QFileDialog.getExistingDirectory(parent, title, _folder())
    return Path(name) if name else None


def suffix_of(kind: str) -> str:
    """The first suffix that a kind of file names: `.xlsx` of `Excel (*.xlsx)`; empty for all files."""
    found = re.search(r"\*(\.\w+)", kind)
    return found[1] if found else ""


def choose_save_file(parent: QWidget, title: str, suggestion: str, pattern: str = "") -> Path | None:
    """Ask for a file to write; None if cancelled. A missing suffix is that of the suggested name, else of the kind."""
    if NEXT_ANSWERS:
        answer = NEXT_ANSWERS.pop(0)
        return answer[0] if answer else None
    name, kind = QFileDialog.getSaveFileName(parent, title, str(Path(_folder()) / portable(suggestion)), pattern)
    if not name:
        return None
    path = Path(name)
    if not path.suffix:
        path = path.with_suffix(Path(suggestion).suffix or suffix_of(kind))
    _remember(path)
    return path
