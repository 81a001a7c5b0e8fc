"""Files and folders of their owner alone, from the moment they are made and whatever the umask.

Where a disk keeps no modes (FAT), nothing of this fails; there whoever holds the disk can read them.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

FILE, FOLDER = 0o600, 0o700


def make_folder(folder: Path, *, exist_ok: bool = True) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; one that is there is left as it is.

    Raises OSError; FileExistsError for one that is there unless `exist_ok`.
    """
    try:
        folder.mkdir(FOLDER)
    except FileNotFoundError:
        if folder.parent == folder:
            raise
        make_folder(folder.parent)
        make_folder(folder, exist_ok=exist_ok)
    except FileExistsError:
        if not exist_ok or not folder.is_dir():
            raise
    else:
        own(folder, FOLDER)


def open_new(path: Path) -> int:
    """The descriptor of a new file of its owner alone, to write. Raises OSError, also where there is one already."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), FILE)
    own(path, FILE)
    return descriptor


def make_file(path: Path) -> None:
    """Make an empty file for a library to open that would make it for everybody (SQLite, Qt). Raises OSError."""
    with contextlib.suppress(FileExistsError):
        os.close(open_new(path))


def copy_file(source: Path, target: Path) -> None:
    """Copy the content of a file, and nothing else of it, to a new one. Raises OSError."""
    make_file(target)
    shutil.copyfile(source, target)


def own(path: Path, mode: int) -> None:
    """Give a file or folder exactly this mode, where it is ours and the disk knows of modes; else it stays as it is."""
    with contextlib.suppress(OSError):
        if path.stat().st_mode & 0o777 != mode:
            path.chmod(mode)
