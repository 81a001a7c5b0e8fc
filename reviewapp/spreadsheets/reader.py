"""Spreadsheets in and out: bounded when read, never on the disk in plain when written.

What callers can rely on:

- **Reading** (`read_sheet`, `read_sheets`) takes CSV or XLSX, told by content and not by name. Sizes are bounded
  before anything is parsed (`Limits`); a file that is too large, damaged, protected or not a spreadsheet raises one
  `ReviewError` naming the file and, where there is one, the sheet and cell. Nothing is run, fetched or repaired.
- Every cell is **text** as a person sees it: by its number format (`5.10`, `40%`, `047`), a date is `2026-09-30`, yes
  and no are `TRUE` and `FALSE`, a formula is its own text; `SheetRow.kind` tells what else it is. Line breaks are `\n`.
  Blank rows are left out, but every row keeps the number the spreadsheet program shows, so
  `sheet.sheet_location(row, column)` gives `plan.xlsx, sheet "Action plan", cell B7`.
- **Nothing is left behind unsaid**: hidden sheets, rows and columns are read and marked as such, and the comments at
  cells stand in `Sheet.comments`. Which sheets are meant is for the caller to settle (`account.choose_sheets`).
- **Writing** (`workbook_bytes`, `csv_bytes`) returns bytes and makes no temporary file; hand them to `save_file`.
- **Formula injection**: `put_text` stores text as text in XLSX whatever it begins with. In CSV a cell that a
  spreadsheet program could take for a formula gets a leading apostrophe, which reading takes off again: any text comes
  back as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import unescape_formula
from reviewapp.spreadsheets.row_bounds import Cells, bounded_rows
from reviewapp.spreadsheets.sheet import LIMITS, CellComment, CellKind, Limits, Sheet, SheetRow, place
from reviewapp.spreadsheets.xlsx import read_xlsx

__all__ = [
    "ARCHIVE", "LIMITS", "OLD_OR_PROTECTED", "CellComment", "CellKind", "Limits", "Sheet", "SheetRow", "decode",
    "place", "read_bytes", "read_sheet", "read_sheets",
]  # fmt: skip

ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OR_PROTECTED = b"\xd0\xcf\x11\xe0"
"""The first bytes of an XLSX (ARCHIVE), and of a file that is an XLS or an XLSX with a password."""


def read_bytes(path: Path, most: int = LIMITS.file) -> bytes:
    """The content of a file. Raises ReviewError when it cannot be read, Invalid when it is larger than `most` bytes."""
    try:
        with open(path, "rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=path, reason=error.strerror or error),
            do=_("check the name and the place"),
        ) from error
    if len(data) > most:
        raise Invalid(
            _("{name} is larger than {n} MB", name=path.name, n=most // 1000000), do=_("take out what is not needed")
        )
    return data


def decode(data: bytes, file: str) -> tuple[str, str]:
    """The text of a file and a note: empty for UTF-8, else that the older Windows encoding (cp1252) was assumed.

    Raises Damaged when the bytes are neither.
    """
    try:
        return data.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "not UTF-8: read as Windows-1252 (cp1252); check accents and quotation marks"
    except UnicodeDecodeError as error:
        raise Damaged(
            _("{file} is not a text file", file=file), do=_("save it as CSV UTF-8 or XLSX and try again")
        ) from error


def read_sheet(path: Path, sheet: str | None = None, limits: Limits = LIMITS) -> Sheet:
    """The sheet with this name (case does not matter), or the first one. CSV has a single sheet, whatever its name.

    Raises Invalid when there is no sheet of this name, and as `read_sheets`.
    """
    sheets = read_sheets(path, limits)
    if sheet is None or not sheets[0].name:
        return sheets[0]
    for found in sheets:
        if found.name.strip().casefold() == sheet.strip().casefold():
            return found
    names = ", ".join(f'"{s.name}"' for s in sheets)
    raise Invalid(
        _('{name} has no sheet "{sheet}" (it has {names})', name=path.name, sheet=sheet, names=names),
        do=_("choose the right file, or rename the sheet"),
    )


def read_sheets(path: Path, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """All sheets of an XLSX in their order, or the one of a CSV.

    Raises a ReviewError when the file cannot be read, is too large, damaged, protected or not a spreadsheet.
    """
    path = Path(path)
    data = read_bytes(path, limits.file)
    if data.startswith(ARCHIVE):
        return read_xlsx(data, path.name, limits)
    if data.startswith(OLD_OR_PROTECTED):
        raise Invalid(
            _("{name} is protected by a password or in the old XLS format", name=path.name),
            do=_("save it as XLSX without a password"),
        )
    text, note = decode(data, path.name)
    if "\0" in text:
        raise Damaged(
            _("{name} is neither CSV nor XLSX", name=path.name), do=_("save it as CSV UTF-8 or XLSX and try again")
        )
    return (Sheet(file=path.name, rows=bounded_rows(_csv_rows(text, path.name), path.name, "", limits), note=note),)


def _csv_rows(text: str, file: str) -> Iterator[tuple[int, Cells, bool]]:
    """The records of a CSV with comma, semicolon or tab, whichever the header row has most of."""
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            yield number, [(column, _plain(text), "text") for column, text in enumerate(record)], False
    except csv.Error as error:
        raise Damaged(
            _("{file}, line {line_num}: not valid CSV ({error})", file=file, line_num=reader.line_num, error=error),
            do=_("save it again as CSV UTF-8, or as XLSX"),
        ) from error


def _plain(text: str) -> str:
    return unescape_formula(text).replace("\r\n", "\n").replace("\r", "\n")
