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


def spare_key_files(home: Path) -> tuple[Path, ...]:
    """The paths of the copies of it, in the order in which they are looked for."""
    return home / "home.spare.json", home / "spare" / "home.json"


def is_set_up(home: Path) -> bool:
    """True if a folder is an installation already; one whose key file is gone while anything of it lies there is one.

    Here, and not in the store, so that the window can ask before any module of the store is loaded. Raises OSError
    where that cannot be looked at.
    """
    if any(path.exists() for path in (home_key_file(home), *spare_key_files(home))):
        return True
    visits = home / "visits"
    return visits.is_dir() and any(folder.is_dir() and _holds_something(folder) for folder in visits.iterdir())


def _holds_something(folder: Path) -> bool:
    try:
        return any(True for __ in folder.iterdir())
    except OSError:  # it cannot be known, so nothing may be begun anew there
        return True
