"""What an XLSX is made of: its sheets, the strings they share, the styles of their cells; nothing else of it is read.

Not openpyxl's own reader, which makes objects of every name, border, property and rule of a workbook: a file of 100 kB
kept it busy for a minute. The formats are those of ISO/IEC 29500-1.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.bounded_archive import BoundedArchive
from reviewapp.spreadsheets.sheet import Hidden, Limits
from reviewapp.spreadsheets.shown_cell import CellStyle

_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_MACROS = "application/vnd.ms-excel."
_BOOKS = (f"{_MACROS}template.macroEnabled.main+xml", f"{_KIND}template.main+xml",
          f"{_MACROS}sheet.macroEnabled.main+xml", f"{_KIND}sheet.main+xml")  # fmt: skip
_STRINGS = f"{_KIND}sharedStrings+xml"
_STYLES, _BOOK = "xl/styles.xml", "xl/workbook.xml"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HIDDEN: dict[str, Hidden] = {"visible": "", "hidden": "hidden", "veryHidden": "veryHidden"}
_TRUE = ("1", "true", "on")
LONGEST_FORMAT = 255
"""Characters of a number format; no spreadsheet program takes more."""
_WITHIN = 100_000
"""Elements in a row or a string; a row of as many cells as a sheet can have has half as many."""


class SheetPart(NamedTuple):
    """A sheet of the workbook, and the part of the archive it stands in."""

    name: str
    hidden: Hidden
    part: str
    chart: bool


class Styles(NamedTuple):
    """The styles by their number, and the numbers of those that show dates and spans of time."""

    cells: list[CellStyle]
    dates: set[int]
    spans: set[int]


def sheet_parts(archive: BoundedArchive, limits: Limits) -> tuple[list[SheetPart], list[str], datetime]:
    """The sheets of the workbook in their order, the strings they share, and the day from which dates count.

    Raises Invalid for more sheets than are read, Damaged for a part that two sheets share.
    """
    from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

    parts = _kinds(archive)
    book = _book(parts, archive.file)
    if archive.is_strict(book):
        archive.read_as_strict()
    named = _relations(archive, book)
    found, since_1904 = [], False
    for one in _of_book(archive, book):
        if _local(one) == "workbookPr":
            since_1904 = one.get("date1904", "") in _TRUE
            continue
        id_ = one.get(_RELATION, "")
        kind, target = named[id_] if id_ else ("", "")
        part = path_from(book, target)
        if part in archive:
            hidden = _HIDDEN.get(one.get("state", "visible"), "hidden")
            found.append(SheetPart(str(one.get("name")), hidden, part, kind.endswith("chartsheet")))
    if len(found) > limits.sheets:
        raise Invalid(
            _("{file} has more than {n} sheets", file=archive.file, n=limits.sheets),
            do=_("remove what is not needed"),
        )
    if len({one.part for one in found}) < len(found):
        raise Damaged(
            _("{file} cannot be read as a spreadsheet", file=archive.file),
            do=_("open it, save it again as XLSX, and retry"),
        )
    strings = _shared_strings(archive, parts.get(_STRINGS, ""))
    return found, strings, CALENDAR_MAC_1904 if since_1904 else CALENDAR_WINDOWS_1900


def _of_book(archive: BoundedArchive, book: str) -> Iterator[Any]:
    """What is said of the workbook's dates, and its sheets."""
    with archive.open(book) as stream:
        for one, under in elements(stream, "workbookPr", "sheet"):
            if under == ("sheets" if _local(one) == "sheet" else "workbook"):
                yield one


def _relations(archive: BoundedArchive, part: str) -> dict[str, tuple[str, str]]:
    """What a part names, by id: the kind, and the path as it is written; empty where it names nothing."""
    folder, file = posixpath.split(part)
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    if name not in archive:
        return {}
    with archive.open(name) as stream:
        return {
            one.get("Id", ""): (one.get("Type", ""), one.get("Target", ""))
            for one, __ in elements(stream, "Relationship")
        }


def path_from(part: str, target: str) -> str:
    """The path in the archive of what a part names."""
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(part.lstrip("/")), target))


def _shared_strings(archive: BoundedArchive, part: str) -> list[str]:
    """The strings that cells name by number."""
    if not part:
        return []
    with archive.open(part) as stream:
        return [text_of(one).replace("x005F_", "") for one, __ in elements(stream, "si")]


def text_of(string: Any) -> str:
    """The words of a string, in one piece or in pieces of different looks, without how they are pronounced."""
    return "".join(
        piece.text or ""
        for one in string
        for piece in ([one] if _local(one) == "t" else one if _local(one) == "r" else ())
        if _local(piece) == "t"
    )


def styles(archive: BoundedArchive) -> Styles:
    """The styles of the workbook's cells. Raises Damaged for a number format that is longer than any."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

    own: dict[str, str] = {}
    struck: list[bool] = []
    cells: list[tuple[str, str]] = []
    if _STYLES in archive:
        with archive.open(_STYLES) as stream:
            for one, under in elements(stream, "numFmt", "font", "xf"):
                if under == "cellXfs":
                    cells.append((one.get("numFmtId", "0"), one.get("fontId", "0")))
                elif under == "fonts":
                    strike = next((part for part in one if _local(part) == "strike"), None)
                    struck.append(strike is not None and strike.get("val", "1") in _TRUE)
                elif under == "numFmts":
                    own.setdefault(one.get("numFmtId", ""), _short(one.get("formatCode", ""), archive.file))
    known: dict[tuple[str, str], tuple[CellStyle, bool, bool]] = {}
    made = Styles([], set(), set())
    for number, (code, font) in enumerate(cells):
        if (code, font) not in known:
            written = own.get(code) or str(BUILTIN_FORMATS.get(int(code), "General"))
            style = CellStyle(written, int(font) < len(struck) and struck[int(font)])
            known[code, font] = style, is_date_format(written), is_timedelta_format(written)
        style, date, span = known[code, font]
        made.cells.append(style)
        if date:
            made.dates.add(number)
        if span:
            made.spans.add(number)
    return made


def elements(stream: Any, *names: str) -> Iterator[tuple[Any, str]]:
    """Each whole element of one of these names, and the name of what it stands in; what was seen is let go of.

    Raises what the parser does for malformed XML, and refuses entities.
    """
    from defusedxml.ElementTree import iterparse

    open_: list[Any] = []
    wanted = within = 0
    known: dict[str, bool] = {}
    for event, element in iterparse(stream, events=("start", "end")):
        tag = element.tag
        if tag not in known:
            known[tag] = _local(element) in names
        if event == "start":
            open_.append(element)
            wanted += known[tag]
            continue
        open_.pop()
        within = within + 1 if wanted else 0
        if within > _WITHIN:
            raise ValueError("a row or a string without end")
        if known[tag]:
            wanted -= 1
            within = 0
            yield element, _local(open_[-1]) if open_ else ""
        if not wanted and open_:
            open_[-1].clear()


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _short(code: str, file: str) -> str:
    if len(code) > LONGEST_FORMAT:
        raise Damaged(
            _("{file} has a number format of more than {n} characters", file=file, n=LONGEST_FORMAT),
            do=_("open it, save it again as XLSX, and retry"),
        )
    return code


def _kinds(archive: BoundedArchive) -> dict[str, str]:
    """The kinds of parts there are, each with its first part; what a default names is the workbook."""
    found: dict[str, str] = {}
    with archive.open("[Content_Types].xml") as stream:
        for one, __ in elements(stream, "Override", "Default"):
            default = _local(one) == "Default"
            found.setdefault(one.get("ContentType", ""), _BOOK if default else one.get("PartName", "").lstrip("/"))
    return found


def _book(kinds: dict[str, str], file: str) -> str:
    """The part of the workbook. Raises Damaged where none is named."""
    for kind in _BOOKS:
        if kind in kinds:
            return kinds[kind]
    raise Damaged(
        _("{file} cannot be read as a spreadsheet", file=file), do=_("open it, save it again as XLSX, and retry")
    )
