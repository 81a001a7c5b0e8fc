"""Where the program's own data files are: instruments, the sample visit, icons."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
# An installation carries resources/ as reviewapp/_resources (pyproject.toml); a checkout has it beside the package.
_INSTALLED = _PACKAGE / "_resources"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def resource(*parts: str) -> Path:
    """The file or folder of `resources/` named by `parts`, the same from a checkout and an installation."""
    return _ROOT.joinpath(*parts)
