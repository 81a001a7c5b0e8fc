"""A disk that loses power: what is on it afterwards, worked out from a log of the calls a program made.

The rules are POSIX's at their strictest. What was written to a file is sure to be there only after that file was
synced; that a name exists, was changed or is gone only after its folder was synced. Everything not yet synced may be
there or not: writes to files one by one and in any order, cut at sectors of 512 bytes; changes of names in their
order, up to some point (as file systems with a journal do).
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

SECTOR = 512
_CALL = re.compile(r"^\d+ +(\w+)\((.*)\) += +(-?\d+)")
TRACED = "openat,close,pwrite64,write,writev,fsync,fdatasync,ftruncate,rename,unlink,mkdir"
SYNCS = ("fsync", "fdatasync")

Write = tuple[int, bytes]
"""Where, and what; a length to cut to is (length, CUT)."""
CUT = b""


class File:
    """What is surely in a file, and what was written since it was last synced."""

    def __init__(self, data: bytes = b"") -> None:
        self.safe = data
        self.since: list[Write] = []

    def sync(self) -> None:
        """All that was written is safe from now on."""
        self.safe, self.since = applied(self.safe, self.since), []

    def after_cut(self, rng: random.Random | None) -> bytes:
        """What is left: only what was synced, or with `rng` also some of the rest."""
        if rng is None:
            return self.safe
        return applied(self.safe, [torn for one in self.since if rng.random() < 0.5 for torn in _torn(one, rng)])


class Disk:
    """The files below one folder, as they were and as the calls change them."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        files = [path for path in folder.rglob("*") if path.is_file()]
        self.safe_names: dict[str, File] = {str(path): File(path.read_bytes()) for path in files}
        self.names = dict(self.safe_names)
        self.changes: list[tuple[str, list[tuple[str, File | None]]]] = []
        """Changed and not synced: folder, and the names in or below it with what each stands for now (None: gone)."""
        self.reported: list[str] = []
        self._open: dict[int, File | str] = {}
        self._at: dict[int, int] = {}
        """Of each open file, where `write` goes on: at its beginning after opening."""

    def play(self, log: Path) -> Iterator[str]:
        """Do what the log says, call by call; yields the name of each call that matters."""
        for line in log.read_text().splitlines():
            found = _CALL.match(line)
            if found is None or int(found[3]) < 0:
                continue
            if self._do(found[1], found[2], int(found[3])):
                yield found[1]

    def after_cut(self, rng: random.Random | None) -> dict[str, bytes]:
        """The files that are there when the power comes back."""
        names = dict(self.safe_names)
        lasting = 0 if rng is None else rng.randint(0, len(self.changes))
        for _, changed in self.changes[:lasting]:
            _rename(names, changed)
        return {name: file.after_cut(rng) for name, file in names.items() if not name.endswith("-shm")}

    def _do(self, call: str, text: str, result: int) -> bool:
        if call == "openat":
            return self._opened(text, result)
        if call in ("rename", "unlink"):
            return self._renamed(call, [_path(part) for part in _strings(text)])
        if call == "mkdir":
            return False
        number = int(text.split(",", 1)[0])
        if call == "close":
            return self._open.pop(number, None) is not None and False
        if call == "writev":
            self.reported += _bytes("".join(_strings(text))).decode().splitlines() if number == 1 else []
            return False
        return self._written(call, number, text, result)

    def _opened(self, text: str, number: int) -> bool:
        path = _path(_strings(text)[0])
        self._open.pop(number, None)
        self._at[number] = 0
        if not path.startswith(self.folder):
            return False
        if path not in self.names and "O_CREAT" not in text:
            self._open[number] = path  # a folder
            return False
        created = path not in self.names
        if created:
            self._change(path, (path, File()))
        file = self.names[path]
        if "O_TRUNC" in text:
            file.since.append((0, CUT))
        self._open[number] = file
        return created

    def _renamed(self, call: str, paths: list[str]) -> bool:
        if not paths[0].startswith(self.folder):
            return False
        if paths[0] not in self.names:
            return call == "rename" and self._folder_renamed(*paths)
        file = self.names[paths[0]]
        if call == "rename":
            self._change(paths[1], (paths[1], file))
        self._change(paths[0], (paths[0], None))
        return True

    def _folder_renamed(self, old: str, new: str) -> bool:
        """A folder has its new name with all that is in it, or its old one."""
        inside = {name: file for name, file in self.names.items() if name.startswith(f"{old}/")}
        moved: list[tuple[str, File | None]] = [(new + name.removeprefix(old), file) for name, file in inside.items()]
        self._change(new, *moved, *((name, None) for name in inside))
        return bool(inside)

    def _written(self, call: str, number: int, text: str, result: int) -> bool:
        file = self._open.get(number)
        if isinstance(file, str) and call in SYNCS:
            self._sync_folder(file)
            return True
        if not isinstance(file, File):
            return False
        if call in SYNCS:
            file.sync()
        elif call == "ftruncate":
            file.since.append((int(text.rsplit(",", 1)[1]), CUT))
        else:
            data = _bytes(_strings(text)[0])[:result]
            if call == "pwrite64":
                file.since.append((int(text.rsplit(",", 1)[1]), data))
            else:
                file.since.append((self._at[number], data))
                self._at[number] += len(data)
        return True

    def _change(self, path: str, *changed: tuple[str, File | None]) -> None:
        _rename(self.names, changed)
        self.changes.append((path.rpartition("/")[0], list(changed)))

    def _sync_folder(self, folder: str) -> None:
        """Changes of names in this folder last; so do earlier ones elsewhere, which a journal writes in order."""
        there = [number for number, (parent, _) in enumerate(self.changes) if parent == folder]
        upto = there[-1] + 1 if there else 0
        for _, changed in self.changes[:upto]:
            _rename(self.safe_names, changed)
        del self.changes[:upto]


def applied(data: bytes, writes: list[Write]) -> bytes:
    """The data after these writes."""
    if not writes:
        return data
    now = bytearray(data)
    for where, what in writes:
        if what == CUT:
            del now[where:]
            now.extend(bytes(where - len(now)))
            continue
        now.extend(bytes(max(0, where - len(now))))
        now[where : where + len(what)] = what
    return bytes(now)


def _torn(write: Write, rng: random.Random) -> list[Write]:
    where, what = write
    if what == CUT or rng.random() < 0.7:
        return [write]
    pieces = [(where + at, what[at : at + SECTOR]) for at in range(0, len(what), SECTOR)]
    return [piece for piece in pieces if rng.random() < 0.5]


def _rename(names: dict[str, Any], changed: Iterable[tuple[str, File | None]]) -> None:
    for path, file in changed:
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file


def _strings(text: str) -> list[str]:
    return re.findall(r'"((?:\\x[0-9a-f]{2})*)"', text)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(text: str) -> str:
    return _bytes(text).decode()
