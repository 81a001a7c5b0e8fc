"""Paths: the program's own data files (instruments, sample visit, icons) and the folder of an installation."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
# An installation carries resources/ as reviewapp/_resources (pyproject.toml); a checkout has it beside the package.
_INSTALLED = _PACKAGE / "_resources"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The file or folder of `resources/` named by `parts`, the same from a checkout and an installation."""
    return _ROOT.joinpath(*parts)


def default_home() -> Path:
    """The platform's own folder for a program's data; the desktop and the command line share it."""
    from platformdirs import user_data_path

    return user_data_path("reviewapp", appauthor=False)


def home_key_file(home: Path) -> Path:
    """The path of an installation's wrapped key."""
    return home / "home.json"


def is_set_up(home: Path) -> bool:
    """True if a folder is an installation already; one whose key file is gone is still one.

    Here, and not in the store, so that the window can ask before any module of the store is loaded.
    """
    return home_key_file(home).exists() or any(home.glob("visits/*/key.json"))
