"""ZIP files from outside, whose list of parts is bounded before it is read: each part named there takes memory."""

from __future__ import annotations

from typing import IO, Any
from zipfile import ZipFile

_PER_PART = 300
"""Bytes in the list for one part: 46, its name and what a program adds."""


class TooManyParts(ValueError):
    """An archive lists more parts than whoever reads it allows."""


class _Bounded:
    """A stream that hands out no more than `most` bytes at once, as the list of the parts is read at once."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        self.most: int | None = most
        self._stream = stream
        self.seek, self.tell, self.seekable = stream.seek, stream.tell, stream.seekable

    def read(self, size: int = -1) -> bytes:
        if self.most is not None and size > self.most:
            raise TooManyParts
        return self._stream.read(size)


def open_zip(stream: IO[bytes], parts: int) -> ZipFile:
    """An archive to read with at most so many parts.

    Raises TooManyParts, and what `zipfile` raises for a damaged archive: BadZipFile, ValueError, NotImplementedError
    and OSError.
    """
    bounded: Any = _Bounded(stream, parts * _PER_PART)
    archive = ZipFile(bounded)
    bounded.most = None
    if len(archive.infolist()) > parts:
        raise TooManyParts
    return archive
