"""Reading a visit from a disk that takes no write any more: on a copy, as SQLite has to write beside what it reads.

A stick or disk that was made read-only, or that fails, still holds the work. The copy is encrypted as the store is,
lies in the system's folder for what is kept for a moment, and goes when the visit is closed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from reviewapp.base import private_files
from reviewapp.base.errors import Busy, ReviewError
from reviewapp.base.i18n import _

_BESIDE = 65536
_PREFIX = "reviewapp-"
_FILES = ("visit.db", "visit.db-wal")


class PlaceRefuses(ReviewError):
    """The disk or folder, and nothing in it, is why a visit is not opened; it may be opened for reading."""


class ReadOnlyPlace(Busy):
    """The folder of a visit can be read and not written to; the visit opens for reading, as one that is busy."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            _("the folder of this visit is read-only: {folder}", folder=folder),
            do=_("save a backup or a work file to another disk, and restore it there; or repair the folder"),
            kept=_("what was saved is there, and can be read"),
        )


def is_read_only(folder: Path) -> bool:
    """True for a folder that is there and takes no file: where the system says so, it is tried."""
    return folder.is_dir() and not os.access(folder, os.W_OK) and not _takes_a_file(folder)


def _takes_a_file(folder: Path) -> bool:
    try:
        with TemporaryFile(prefix=_PREFIX, dir=folder):
            return True
    except OSError:
        return False


def is_full(folder: Path) -> bool:
    """True where the disk has no room for what SQLite keeps beside an open database."""
    try:
        return shutil.disk_usage(folder).free < _BESIDE
    except OSError:
        return False


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A folder of this user alone for what is kept for a moment, deleted at the end. Raises OSError."""
    with TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True) as made:
        yield Path(made)


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """A folder with a copy of a store and of its log, deleted at the end. Raises OSError where there is no room."""
    with scratch_folder() as made:
        for name in _FILES:
            if (folder / name).is_file():
                private_files.copy_file(folder / name, made / name)
        yield made
