"""Scratch files in a visit's folder: encrypted as the store is, deleted at once, and after a crash at the next opening.

Beside each lies a lock for as long as it is used, because a program that only reads the visit has scratch files too,
which the one that opens it for writing must leave alone.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from reviewapp.base import private_files
from reviewapp.store import deletion, rescue

_LOCK = ".lock"
_KINDS = (".copy-", ".check-")


@contextmanager
def scratch_file(folder: Path, kind: str) -> Iterator[Path]:
    """The path of a new scratch file in `folder` (`copy` or `check`), deleted at the end with what SQLite put beside.

    Where the folder is on a disk that takes no write, the file is in the system's. Raises OSError when no file is
    taken.
    """
    if rescue.is_read_only(folder):
        with scratch_file_elsewhere(kind) as path:
            yield path
        return
    path = folder / f".{kind}-{secrets.token_hex(4)}"
    lock = path.with_name(path.name + _LOCK)
    try:
        with FileLock(lock, timeout=0, mode=private_files.FILE):
            try:
                private_files.make_file(path)
                yield path
            finally:
                _remove(path)
    finally:
        _unlink(lock)


@contextmanager
def scratch_file_elsewhere(kind: str) -> Iterator[Path]:
    """The path of a new scratch file in the system's folder for them, where the disk of a visit takes none."""
    with rescue.scratch_folder() as folder:
        private_files.make_file(folder / kind)
        yield folder / kind


def remove_leftovers(folder: Path) -> None:
    """Delete what a crash left behind: encrypted, but it could hold what was withdrawn since."""
    found = [path.name for kind in _KINDS for path in folder.glob(f"{kind}*")]
    for name in sorted({"-".join(name.split("-")[:2]).removesuffix(_LOCK) for name in found}):
        path = folder / name
        lock = path.with_name(name + _LOCK)
        with contextlib.suppress(Timeout, OSError), FileLock(lock, timeout=0, mode=private_files.FILE):
            _remove(path)
            _unlink(lock)
    for leftover in folder.glob("backups/.*.part"):
        with contextlib.suppress(OSError):
            deletion.destroy_cover(leftover)
        _unlink(leftover)


def _remove(path: Path) -> None:
    for leftover in path.parent.glob(path.name + "*"):
        if not leftover.name.endswith(_LOCK):
            _unlink(leftover)


def _unlink(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
