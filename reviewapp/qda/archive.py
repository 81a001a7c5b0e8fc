"""A `.qdpx` as it comes: a ZIP with one `.qde` and a folder of texts, read within bounds, never unpacked to disk."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib

from reviewapp.base.bounded_zip import TooManyParts, open_zip
from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.qda.limits import LIMITS, QdaLimits

_PIECE = 2**18


class QdaArchive:
    """The parts of a project's file. Raises Damaged or Invalid, also from its methods."""

    def __init__(self, data: bytes, file: str, limits: QdaLimits = LIMITS) -> None:
        if len(data) > limits.file:
            raise too_large(file, limits.file)
        self.file = file
        self._limits, self._texts_left = limits, limits.texts
        try:
            self._archive = open_zip(io.BytesIO(data), limits.entries)
            parts = self._archive.infolist()
        except TooManyParts as error:
            raise Invalid(
                _("{file} holds more than {n} files", file=file, n=limits.entries), do=_("export fewer texts at once")
            ) from error
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Damaged(_("{file} is cut short or damaged", file=file), do=_("export it again")) from error
        self._by_name: dict[str, zipfile.ZipInfo] = {}
        for part in parts:
            self._by_name.setdefault(_plain(part.filename, file), part)
        self._project = self._find_project()

    def project(self) -> bytes:
        """The XML of the project."""
        return self._read(self._project, self._limits.xml)

    def text(self, path: str) -> bytes | None:
        """The bytes of a text by the path its source gives, or None where the file does not hold it.

        Programs differ in the folder's capitals, and some leave `internal://` out (REFI-QDA 1.5, 8.3).
        """
        name = path.removeprefix("internal://").removeprefix("internal:/").replace("\\", "/").lstrip("/")
        if "://" in name or ".." in name.split("/"):
            return None
        base = posixpath.basename(name).casefold()
        for wanted in (f"sources/{name}".casefold(), name.casefold(), f"sources/{base}"):
            if part := self._by_name.get(wanted):
                data = self._read(part, min(self._limits.text, self._texts_left))
                self._texts_left -= len(data)
                return data
        return None

    def others(self) -> list[str]:
        """The files of the archive that are neither the project nor a plain text, which nobody reads here."""
        return sorted(
            part.filename
            for name, part in self._by_name.items()
            if part is not self._project and not name.endswith((".txt", "/", "/.root"))
        )

    def _find_project(self) -> zipfile.ZipInfo:
        found = [part for name, part in self._by_name.items() if name.endswith(".qde") and "/" not in name]
        if len(found) == 1:
            return found[0]
        if found:
            raise Invalid(
                _("{file} holds {n} projects, and only one can be meant", file=self.file, n=len(found)),
                do=_("export it again"),
            )
        raise Invalid(
            _("{file} is an archive but not a REFI-QDA project", file=self.file),
            do=_("choose the .qdpx file that the coding program exported"),
        )

    def _read(self, part: zipfile.ZipInfo, most: int) -> bytes:
        """A part as far as `most` bytes. Its header is not believed about its size, only what comes out of it."""
        if part.flag_bits & 1:
            raise Invalid(_("{file} is locked with a password", file=self.file), do=_("export it without one"))
        pieces, size = [], 0
        try:
            with self._archive.open(part) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    if size > most:
                        raise too_large(self.file, most)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise Damaged(_("{file} is cut short or damaged", file=self.file), do=_("export it again")) from error
        return b"".join(pieces)


def too_large(file: str, most: int) -> Invalid:
    """What is said of a file that unpacks to more than is read."""
    return Invalid(
        _("{file} holds more than {n} MB", file=file, n=most // 1_000_000), do=_("export fewer texts at once")
    )


def _plain(name: str, file: str) -> str:
    """A name as it is looked up. Raises Invalid for one that leads out of the archive."""
    found = name.replace("\\", "/")
    if found.startswith("/") or ".." in found.split("/") or ":" in found.split("/")[0]:
        raise Invalid(
            _("{file} holds a file that would lie outside of it ({name})", file=file, name=ascii(name)[1:-1][:80]),
            do=_("do not use it; ask the sender"),
        )
    return found.casefold()
