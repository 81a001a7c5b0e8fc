"""SQLite's log of the last changes, looked at before SQLite does: a damaged one is thrown away on opening, unsaid.

A store that was closed has no log. After a crash it holds what was saved since the last checkpoint, and its index (the
`-shm` file) says how many frames there were. SQLite takes the frames up to the first whose checksum fails and forgets
the rest, which is right for a transaction that a power cut interrupted, and wrong for one that had been acknowledged.
The formats are those of https://www.sqlite.org/fileformat2.html#walformat and https://www.sqlite.org/walformat.html.
"""

from __future__ import annotations

import contextlib
import struct
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from reviewapp.base import private_files
from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file

LOG, INDEX = "visit.db-wal", "visit.db-shm"
KEPT = "damaged-log-*.wal"
_VERSION = 3007000
_MAGIC = (0x377F0682, 0x377F0683)
_HEADER, _FRAME, _INDEX = 32, 24, 48
_MASK = 0xFFFFFFFF


class _Index(NamedTuple):
    salts: bytes
    frames: int
    written_back: int


class _Log(NamedTuple):
    salts: bytes = b""
    """Empty when the header is not sound, so that nothing in the log counts."""
    sound: int = 0
    """Frames up to the last commit before the first frame whose checksum fails."""
    commits_after: int = 0
    """Commits of the same log behind that frame: of the last transaction at most one may be unfinished."""
    size: int = 0


def may_have_lost_changes(folder: Path) -> bool:
    """False where a glance shows that nothing is lost, as after every closing; reading a long log takes 50 ms."""
    try:
        return (folder / LOG).stat().st_size > _HEADER or has_lost_changes(folder)
    except OSError:
        return has_lost_changes(folder)


def has_lost_changes(folder: Path) -> bool:
    """True if the log beside a store holds less than was saved; nobody may have the store open meanwhile."""
    log, index = _read_log(folder / LOG), _read_index(folder / INDEX)
    if not log.salts:
        pending = index is not None and index.frames > index.written_back
        return pending or log.size > _HEADER  # the header is synced before the first frame is written
    if index is not None and index.salts == log.salts and index.frames > log.sound:
        # What was written back is safe only if nothing of the log counts: a frame that does hides it by an older page.
        return log.sound > 0 or index.frames > index.written_back
    return log.commits_after > 1


def keep_damaged(folder: Path, now: datetime) -> None:
    """Copy a log that has lost changes to a file of its own, which `kept` lists, before SQLite throws it away."""
    target = folder / KEPT.replace("*", now.strftime("%Y%m%dT%H%M%S%f"))
    log = folder / LOG
    with contextlib.suppress(OSError, ReviewError):  # a full disk must not keep the visit shut
        if log.is_file():
            private_files.copy_file(log, target)
        else:
            save_file(target, b"")


def kept(folder: Path) -> list[Path]:
    """The damaged logs that were found in a visit's folder, oldest first."""
    return sorted(folder.glob(KEPT))


def empty_kept(folder: Path) -> None:
    """Empty the damaged logs of a visit, as something that may be in them was withdrawn; that there was one stays."""
    for path in kept(folder):
        save_file(path, b"")


def _read_index(path: Path) -> _Index | None:
    """What the index says; None unless it is whole."""
    try:
        with path.open("rb") as stream:
            data = stream.read(2 * _INDEX + 4)
    except OSError:
        return None
    header = data[:_INDEX]
    if len(data) < 2 * _INDEX + 4 or header != data[_INDEX : 2 * _INDEX]:
        return None
    version, frames = struct.unpack_from("=I12xI", header)
    if version != _VERSION or not header[12] or _checksum(header[:40], sys.byteorder == "big") != header[40:]:
        return None
    return _Index(header[32:40], frames, struct.unpack_from("=I", data, 2 * _INDEX)[0])


def _read_log(path: Path) -> _Log:
    try:
        data = path.read_bytes()
    except OSError:
        return _Log()
    if len(data) < _HEADER:
        return _Log()
    magic, version, page = struct.unpack_from(">III", data)
    big = magic == _MAGIC[1]
    first = _sums(data[:24], big, (0, 0))
    if magic not in _MAGIC or version != _VERSION or first != struct.unpack_from(">II", data, 24):
        return _Log(size=len(data))
    salts, sound, after, broken, sums = data[16:24], 0, 0, False, first
    for number, frame in enumerate(_frames(data, page), start=1):
        of_this_log, commits = frame[8:16] == salts, frame[4:8] != bytes(4)
        if not broken:
            sums = _sums(frame[:8] + frame[_FRAME:], big, sums)
            broken = not of_this_log or sums != struct.unpack_from(">II", frame, 16)
        if commits and of_this_log:
            sound, after = (sound, after + 1) if broken else (number, after)
    return _Log(salts, sound, after, len(data))


def _frames(data: bytes, page: int) -> Iterator[bytes]:
    step = _FRAME + page
    for start in range(_HEADER, len(data) - step + 1, step):
        yield data[start : start + step]


def _sums(data: bytes, big: bool, sums: tuple[int, int]) -> tuple[int, int]:
    """SQLite's running checksum over pairs of 32-bit words, in the byte order that the log names."""
    one, two = sums
    words = struct.unpack(f"{'>' if big else '<'}{len(data) // 4}I", data)
    for number in range(0, len(words), 2):
        one = (one + words[number] + two) & _MASK
        two = (two + words[number + 1] + one) & _MASK
    return one, two


def _checksum(data: bytes, big: bool) -> bytes:
    return struct.pack("=II", *_sums(data, big, (0, 0)))
