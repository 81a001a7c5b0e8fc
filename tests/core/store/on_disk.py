"""What of a folder is on the disk at any moment, as far as the program asked the system for it: for tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

Identity = tuple[int, int]


class OnDisk:
    """Follows what is synced and renamed; a database that SQLite itself writes is not looked at (`by_sqlite`).

    Without the syncing itself, of which a test sees nothing.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, by_sqlite: Iterable[str] = ()) -> None:
        self.synced: dict[Identity, list[bytes | None]] = {}
        """What was in each file whenever it was synced; None for a folder."""
        self.not_whole: list[str] = []
        """What was not on the disk when it got its name, and what is in a folder that was not synced afterwards."""
        self._left_alone = {"lock", *by_sqlite}
        self._to_sync: dict[Identity, str] = {}
        self._changed: set[Identity] = set()
        """Folders in which a folder was made since they were synced."""
        self._made_to_count: list[Path] = []
        """Folders that were renamed, and their parents not synced since."""
        monkeypatch.setattr(os, "fsync", self._fsync)
        monkeypatch.setattr(os, "mkdir", self._making(os.mkdir))
        monkeypatch.setattr(os, "rmdir", self._deleting(os.rmdir))
        for name in ("rename", "replace"):
            monkeypatch.setattr(os, name, self._renaming(getattr(os, name)))

    def take_as_it_is(self, folder: Path) -> None:
        """What is in a folder by now was written long ago."""
        for path in folder.rglob("*"):
            self.synced[identity(path)] = [None if path.is_dir() else path.read_bytes()]

    def holds(self, path: Path) -> bool:
        """True if a file is on the disk as it is now."""
        return path.read_bytes() in self.synced.get(identity(path), [])

    def check(self) -> None:
        """Fail unless all that was renamed is on the disk under its new name, and was whole before it got it."""
        assert not self.not_whole and not self._to_sync, [*self.not_whole, *self._to_sync.values()]

    def _fsync(self, descriptor: int) -> None:
        found = os.fstat(descriptor)
        one = (found.st_dev, found.st_ino)
        if Path(f"/proc/self/fd/{descriptor}").is_dir():
            self._to_sync.pop(one, None)
            self._changed.discard(one)
            self._made_to_count = [path for path in self._made_to_count if identity(path.parent) != one]
            self.synced.setdefault(one, []).append(None)
            return
        self.synced.setdefault(one, []).append(Path(f"/proc/self/fd/{descriptor}").read_bytes())

    def _making(self, mkdir: Callable[..., None]) -> Callable[..., None]:
        def made(path: Path, *args: int, **kwargs: int) -> None:
            mkdir(path, *args, **kwargs)
            self._changed.add(identity(Path(path).parent))

        return made

    def _deleting(self, rmdir: Callable[..., None]) -> Callable[..., None]:
        def deleted(path: Path | str, *, dir_fd: int | None = None) -> None:
            if dir_fd is not None:  # within a folder that is deleted as a whole
                rmdir(path, dir_fd=dir_fd)
                return
            self._to_sync.pop(identity(Path(path)), None)
            parent = identity(Path(path).parent)
            self.not_whole += [f"{one} when {path} was deleted" for one in self._to_sync.values()]
            rmdir(path)
            self._to_sync[parent] = f"the folder of {path}"

        return deleted

    def _whole(self, path: Path) -> bool:
        if not path.is_dir():
            return self.holds(path)
        return identity(path) in self.synced and identity(path) not in self._changed

    def _renaming(self, rename: Callable[[Path, Path], None]) -> Callable[[Path, Path], None]:
        def renamed(old: Path, new: Path) -> None:
            old, new = Path(old), Path(new)
            for path in [old, *(old.rglob("*") if old.is_dir() else [])]:
                if (path.is_dir() and not any(path.iterdir())) or path.name in self._left_alone:
                    continue
                if not self._whole(path):
                    self.not_whole.append(f"{path} when it became {new}")
            counts = [one for one in self._made_to_count if one.parent != new.parent]
            self.not_whole += [f"the folder of {one} when {old} was renamed" for one in counts]
            rename(old, new)
            if new.is_dir():
                self._made_to_count.append(new)
            self._to_sync[identity(new.parent)] = f"the folder of {new}"

        return renamed


def identity(path: Path) -> Identity:
    """What the system knows a file or folder by, whatever it is called."""
    found = path.stat()
    return found.st_dev, found.st_ino
