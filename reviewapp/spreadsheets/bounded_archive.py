"""The parts of an XLSX, each looked over before it is parsed: how large it is, how many tags, how long a piece of text.

A few kilobytes can hold millions of tags, and it is tags that cost a reader time and memory: each becomes an object.
Whoever asks for a part twice pays for it twice, so that a file cannot have one part read a thousand times.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from reviewapp.base.bounded_zip import TooManyParts, open_zip
from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.sheet import Limits

_PIECE = 2**18
_PARTS = 2_000
_STRICT = b"http://purl.oclc.org/ooxml/"
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]{1,40})/([A-Za-z/]{1,80})")


class BoundedArchive:
    """An XLSX whose parts are handed out within bounds. Raises Damaged or Invalid, also from its methods."""

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.file = file
        self._limits, self._left = limits, limits.tags
        try:
            self._archive = open_zip(io.BytesIO(data), _PARTS)
            self.names = self._archive.namelist()
        except TooManyParts as error:
            raise self.too_large() from error
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Damaged(_("{file} is cut short or damaged", file=file), do=_("get a fresh copy of it")) from error
        if sum(part.file_size for part in self._archive.infolist()) > limits.unpacked:
            raise self.too_large()
        if "[Content_Types].xml" not in self.names:
            raise self.of_another_kind()
        self._strict = False

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def size(self, name: str) -> int:
        """The bytes of a part when unpacked."""
        return self._archive.getinfo(name).file_size

    def read_as_strict(self) -> None:
        """From now on give the names of Strict Open XML in their usual form, which is all that differs here."""
        self._strict = True

    def open(self, name: str) -> IO[bytes]:
        """A part to be parsed from its beginning, once it was looked over. Raises KeyError where there is none."""
        self._look_over(name)
        if not self._strict:
            return self._archive.open(name)
        return io.BytesIO(_STRICT_NAME.sub(_usual_name, self._archive.read(name)))

    def root(self, name: str) -> Any:
        """The root of a part's XML; entities are refused. Raises KeyError where there is no such part."""
        from defusedxml.ElementTree import parse

        with self.open(name) as stream:
            return parse(stream).getroot()

    def is_strict(self, name: str) -> bool:
        """Whether a part speaks Strict Open XML; it says so in its first tag."""
        with self._archive.open(name) as stream:
            return _STRICT in stream.read(_PIECE)

    def _look_over(self, name: str) -> None:
        """Count the tags of a part, and refuse a text or tag without end. Counted as bytes, they are never too few."""
        longest = 0
        for piece in self._pieces(name):
            self._left -= piece.count(b"<")
            if self._left < 0:
                raise self.too_much()
            first, *others = piece.split(b"<")
            longest += len(first)
            if others:
                longest = max(longest, *(len(one) for one in others[:-1])) if len(others) > 1 else longest
                if longest > self._limits.run:
                    raise self.too_much()
                longest = len(others[-1])
            if longest > self._limits.run:
                raise self.too_much()

    def _pieces(self, name: str) -> Iterator[bytes]:
        with self._archive.open(name) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def too_large(self) -> Invalid:
        """What is said of a file that is too large when unpacked."""
        return Invalid(
            _("{file} is more than {n} MB when unpacked", file=self.file, n=self._limits.unpacked // 1000000),
            do=_("remove pictures and sheets that are not needed"),
        )

    def of_another_kind(self) -> Invalid:
        """What is said of an archive that is not what was asked for."""
        return Invalid(
            _("{file} is an archive but not an XLSX spreadsheet", file=self.file),
            do=_("save it as XLSX and try again"),
        )

    def too_much(self) -> Invalid:
        """What is said of a part that holds far more than anybody sees."""
        return Invalid(
            _("{file} contains far more than its sheets show", file=self.file),
            do=_("copy the cells you need into a new spreadsheet, and use that"),
        )


def _usual_name(found: re.Match[bytes]) -> bytes:
    kind, rest = found[1], found[2]
    if kind == b"officeDocument" and rest == b"customProperties":
        rest = b"custom-properties"
    if kind == b"officeDocument" and rest == b"extendedProperties":
        rest = b"extended-properties"
    head, slash, tail = rest.partition(b"/")
    return b"http://schemas.openxmlformats.org/" + kind + b"/2006/" + head + slash + tail
