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

from pathlib import Path

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.files import read_whole, reason_of
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.csv_text import csv_rows, decode
from reviewapp.spreadsheets.row_bounds import bounded_rows
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
        data = read_whole(path, most)
    except OSError as error:
        raise ReviewError(
            _("cannot read {path}: {reason}", path=path, reason=reason_of(error)),
            do=_("check the name and the place"),
        ) from error
    if len(data) > most:
        raise Invalid(
            _("{name} is larger than {n} MB", name=path.name, n=most // 1000000), do=_("remove what is not needed")
        )
    return data


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
    return (
        Sheet(file=path.name, rows=bounded_rows(csv_rows(text, path.name, limits), path.name, "", limits), note=note),
    )
