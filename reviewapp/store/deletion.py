"""Deleting the folder of a visit for good: its key first, then its files; what another program holds goes later."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from reviewapp.base.files import save_file, sync_folder, when_free

KEY = "key.json"
BACKUP_KEYS = ("backup-key.json", "backup-key-spare.json")
COVER = 8192
"""Bytes at the beginning of a backup that hold the key of what follows; `backup_cover` writes no longer ones."""
MARK = "deleted"
"""Name of the empty file in a folder whose key is destroyed and of which something is not deleted yet."""


def destroy_key(folder: Path) -> None:
    """Overwrite the key of a store with noise, and sync it; nothing to do where there is none. Raises OSError."""
    _overwrite(folder / KEY)


def replace_key_file(path: Path, data: bytes) -> None:
    """Write a file of keys as `save_file` does, and overwrite what it replaces. Raises ReviewError.

    A file that is only replaced stays readable in the free blocks of a disk.
    """
    old = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with contextlib.suppress(OSError, NotImplementedError):  # where a disk has no links, or there is nothing yet
        os.link(path, old)
    try:
        save_file(path, data)
    finally:
        with contextlib.suppress(OSError):
            if not os.path.samefile(path, old):
                _overwrite(old)
        with contextlib.suppress(OSError):
            old.unlink()


def destroy_cover(backup: Path) -> None:
    """Overwrite the beginning of a backup, where its key is, with noise, and sync it. Raises OSError."""
    _overwrite(backup, COVER)


def key_files(folder: Path) -> list[Path]:
    """The files below a visit's folder that are nothing but keys."""
    return sorted(path for name in (KEY, *BACKUP_KEYS) for path in folder.rglob(name) if path.is_file())


def _overwrite(path: Path, most: int | None = None) -> None:
    try:
        with path.open("r+b") as stream:
            size = max(64, os.fstat(stream.fileno()).st_size)
            stream.write(os.urandom(size if most is None else min(size, most)))
            stream.flush()
            os.fsync(stream.fileno())
    except (FileNotFoundError, IsADirectoryError):
        return


def destroy_keys(folder: Path) -> list[Path]:
    """Destroy every key in a visit's folder, with that at the beginning of each backup; returns what was held."""
    stores = [path for path in key_files(folder) if path.name == KEY]
    return _held(stores, destroy_cover) + destroy_keys_of_backups(folder)


def destroy_keys_of_backups(folder: Path) -> list[Path]:
    """Destroy the key on which the backups in a visit's folder hang, and each one's own; returns what was held."""
    return _held([*(folder / name for name in BACKUP_KEYS), *sorted(folder.glob("backups/*"))], destroy_cover)


def _held(paths: Iterable[Path], change: Callable[[Path], None]) -> list[Path]:
    """The files that could not be changed so."""
    held = []
    for path in paths:
        try:
            change(path)
        except OSError:
            held.append(path)
    return held


def mark(folder: Path) -> None:
    """Mark a folder as deleted, so that what is left of it goes at the next unlocking whatever happens now."""
    with contextlib.suppress(OSError):
        (folder / MARK).touch()


def delete(folder: Path) -> list[Path]:
    """Delete a folder whose key is destroyed, file by file; returns what could not be deleted, which is marked."""
    left = _delete_in(folder)
    if left:
        mark(folder)
    with contextlib.suppress(OSError):
        sync_folder(folder.parent)
    return left


def is_marked(folder: Path) -> bool:
    """True for what is left of a visit that was deleted; False where it cannot be looked into."""
    return os.path.exists(folder / MARK)  # unlike that of a Path, it raises nothing


def finish(visits: Path) -> None:
    """Delete what was left of visits that were deleted, as far as nobody holds it any more."""
    with contextlib.suppress(OSError):
        for found in list(visits.glob(f"*/{MARK}")):
            destroy_keys(found.parent)
            _delete_in(found.parent, patient=False)


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
