"""Tells the kind of any file that the program takes in, and the visit it belongs to where the file says so."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Collection
from pathlib import Path

import msgspec

from reviewapp.base.bounded_zip import TooManyParts, open_zip
from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import reason_of
from reviewapp.base.i18n import _
from reviewapp.exchange.pack import read_file
from reviewapp.file_kinds.sheets import kind_of_sheets
from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.store import backup_cover

_LOOKED_AT = 4096
"""Bytes at the beginning of a file that say what it is."""
_PACK = re.compile(rb'\{"reviewapp":"([a-z-]+)"')
_NETWORK_KEY = b"reviewapp network key "
_CODEBOOK = re.compile(rb"<(?:\w+:)?CodeBook\b")
_PARTS = (("project.qde", "project"), ("word/document.xml", "word"), ("xl/workbook.xml", "sheet"))
"""A part of a zip file, and what a file with it is."""
_MOST_PARTS = 5_000
"""Of a zip file; one with more is of no kind that is taken in."""
_TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


class FileKind(msgspec.Struct, frozen=True):
    """What a file is; `kind` is empty where nothing here takes it in.

    Kinds: `visit-pack`, `return`, `receipt`, `carry-over`, `backup`; `extract` (or a notice) and `network-key`; the
    sheets `plan`, `response`, `self_review`, `survey`, `audit`, `codebook`, `standards`; `project` (QDPX) and
    `qdc` of coding programs; `figures` (a report.json) and `word` (a Word copy of a report). `visit` is the id of the
    visit it belongs to, where the file says so: packs and Word copies always do, a plan and a response sheet only of a
    visit among those that were asked about.
    """

    kind: str = ""
    visit: str = ""


class _Json(msgspec.Struct):
    profile: str = ""
    status: str = ""


def recognise(path: Path, visits: Collection[str] = (), instrument: Instrument | None = None) -> FileKind:
    """What a file is. `visits`: ids that a sheet may be of; `instrument`: whose standards a sheet may name.

    Raises Damaged where a file of this program is damaged or cannot be read, NewerVersion for one of a later version,
    and what reading a spreadsheet or a Word copy of a report raises.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            head = stream.read(_LOOKED_AT)
    except OSError as error:
        raise Damaged(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("check the USB stick and the file"),
        ) from error
    own = _of_this_program(path, head)
    if own is not None:
        return own
    found = _of_others(path, head)
    if found.kind == "sheet":
        return FileKind(*kind_of_sheets(read_sheets(path), visits, instrument))
    return found


def _of_this_program(path: Path, head: bytes) -> FileKind | None:
    """A backup, a pack or a file of a network; None for any other file."""
    try:
        backup_cover.read(path)
    except NewerVersion:
        raise
    except ReviewError:
        pass  # no backup; one of the others, perhaps
    else:
        return FileKind("backup")
    pack = _PACK.match(head)
    if pack is not None and pack[1].startswith(b"extract"):
        return FileKind("extract")
    if pack is not None:
        cover, __ = read_file(path)
        return FileKind(cover.reviewapp, cover.visit)
    return FileKind("network-key") if head.startswith(_NETWORK_KEY) else None


def _of_others(path: Path, head: bytes) -> FileKind:
    """A file that another program may have written."""
    if head.startswith(b"PK"):
        kind = _kind_of_zip(path)
        return FileKind(kind, _visit_of_word(path) if kind == "word" else "")
    if _CODEBOOK.search(head):
        return FileKind("qdc")
    if head.lstrip().startswith(b"{"):
        return FileKind("figures" if _is_report(path) else "")
    return FileKind("sheet" if path.suffix.casefold() in _TABLES and b"\0" not in head else "")


def _kind_of_zip(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            names = {name.casefold() for name in open_zip(stream, _MOST_PARTS).namelist()}
    except TooManyParts:
        return ""
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise Damaged(
            _("{name} is damaged: part of it is missing, or it was not copied completely", name=path.name),
            do=_("ask for the file again, or copy it again"),
        ) from error
    return next((kind for part, kind in _PARTS if part in names), "")


def _visit_of_word(path: Path) -> str:
    """The id of the visit whose report a Word file is a copy of."""
    from reviewapp.intake.word_comments import read_comments

    return read_comments(path).visit


def _is_report(path: Path) -> bool:
    """Whether this is a saved report.json, from which the figures of an earlier visit are taken."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=_Json)
    except (OSError, msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return False
    return bool(found.profile and found.status)
