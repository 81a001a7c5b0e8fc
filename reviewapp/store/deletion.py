"""Deleting the folder of a visit for good: its key first, then its files; what another program holds goes later."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from reviewapp.base.files import sync_folder, when_free

KEY = "key.json"
MARK = "deleted"
"""Name of the empty file in a folder whose key is destroyed and of which something could not be deleted yet."""


def destroy_key(folder: Path) -> None:
    """Overwrite the key of a store with noise, and sync it; nothing to do where there is none. Raises OSError."""
    key = folder / KEY
    try:
        with key.open("r+b") as stream:
            stream.write(os.urandom(max(64, key.stat().st_size)))
            stream.flush()
            os.fsync(stream.fileno())
    except (FileNotFoundError, IsADirectoryError):
        return


def delete(folder: Path) -> list[Path]:
    """Delete a folder whose key is destroyed, file by file; returns what could not be deleted, which is marked."""
    left = _delete_in(folder)
    if left:
        with contextlib.suppress(OSError):
            (folder / MARK).touch()
    with contextlib.suppress(OSError):
        sync_folder(folder.parent)
    return left


def is_marked(folder: Path) -> bool:
    """True for what is left of a visit that was deleted; False where it cannot be looked into."""
    return os.path.exists(folder / MARK)  # unlike that of a Path, it raises nothing


def finish(visits: Path) -> None:
    """Delete what was left of visits that were deleted, as far as nobody holds it any more."""
    with contextlib.suppress(OSError):
        for mark in list(visits.glob(f"*/{MARK}")):
            _delete_in(mark.parent, patient=False)


def _delete_in(folder: Path, *, patient: bool = True) -> list[Path]:
    """The mark goes last, and only when nothing else is left."""
    left: list[Path] = []
    paths = sorted(folder.rglob("*"), key=_mark_last_and_deepest_first)
    for path in [*paths, folder]:
        if path.name == MARK and left:
            continue
        remove = path.rmdir if path.is_dir() and not path.is_symlink() else path.unlink
        try:
            when_free(remove) if patient else remove()
        except FileNotFoundError:
            continue
        except OSError:
            if not path.is_dir():
                left.append(path)
    return left


def _mark_last_and_deepest_first(path: Path) -> tuple[bool, int]:
    return path.name == MARK, -len(path.parts)
