"""Spreadsheets in and out: bounded when read, never on the disk in plain when written.

What callers can rely on:

- **Reading** (`read_sheet`, `read_sheets`) takes CSV or XLSX, told by content and not by name. Sizes are bounded
  before anything is parsed (`Limits`); a file that is too large, damaged, protected or not a spreadsheet raises one
  `ReviewError` naming the file and, where there is one, the sheet and cell. Nothing is run, fetched or repaired.
- Every cell is **text** as a person sees it: a whole number has no `.0`, a date is `2026-09-30`, yes and no are `TRUE`
  and `FALSE`, a formula is its own text. Line breaks are `\n`. Blank rows are left out, but every row keeps the number
  the spreadsheet program shows, so `sheet.sheet_location(row, column)` gives `plan.xlsx, sheet "Action plan", cell B7`.
- **Writing** (`workbook_bytes`, `csv_bytes`) returns bytes and makes no temporary file; hand them to `save_file`.
- **Formula injection**: `put_text` stores text as text in XLSX whatever it begins with. In CSV a cell that a
  spreadsheet program could take for a formula gets a leading apostrophe, which reading takes off again: any text comes
  back as it was.
"""

from __future__ import annotations

import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address, unescape_formula

ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OR_PROTECTED = b"\xd0\xcf\x11\xe0"
"""The first bytes of an XLSX (ARCHIVE), and of a file that is an XLS or an XLSX with a password."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most that is read of a file. `unpacked` is the size in bytes of an inflated XLSX; `blank` counts all rows."""

    file: int = 20_000_000
    unpacked: int = 50_000_000
    rows: int = 5_000
    columns: int = 500
    characters: int = 20_000
    blank: int = 100_000
    cells: int = 2_000_000


LIMITS = Limits()
"""The limits for every file that a team or a network sends."""


class SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row with content. `number` is the one a spreadsheet program shows; columns count from 0."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a cell; empty beyond the last one."""
        return self.cells[column] if column < len(self.cells) else ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one sheet. `name` is empty for CSV; `note` is set when the encoding had to be guessed."""

    file: str
    name: str = ""
    rows: tuple[SheetRow, ...] = ()
    note: str = ""

    def sheet_location(self, row: int, column: int) -> str:
        """The location of a cell for a message: file, sheet and address such as B7 (`column` counts from 0)."""
        return f"{place(self.file, self.name)}, cell {address(row, column)}"


def place(file: str, name: str) -> str:
    """The location of a sheet for a message: `plan.xlsx, sheet "Action plan"`, or the file alone."""
    return f'{file}, sheet "{name}"' if name else file


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
        return _read_xlsx(data, path.name, limits)
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
    return (Sheet(file=path.name, rows=_rows(_csv_rows(text, path.name), path.name, "", limits), note=note),)


def _csv_rows(text: str, file: str) -> Iterator[Sequence[Any]]:
    """The records of a CSV with comma, semicolon or tab, whichever the header row has most of."""
    head = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for record in reader:
            yield [unescape_formula(cell) for cell in record]
    except csv.Error as error:
        raise Damaged(
            _("{file}, line {line_num}: not valid CSV ({error})", file=file, line_num=reader.line_num, error=error),
            do=_("save it again as CSV UTF-8, or as XLSX"),
        ) from error


def _read_xlsx(data: bytes, file: str, limits: Limits) -> tuple[Sheet, ...]:
    """Every sheet, read without running, fetching or expanding anything."""
    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl must use defusedxml")
    _check_archive(data, file, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it does not keep; only text is wanted here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = []
            for worksheet in book.worksheets:
                worksheet.reset_dimensions()  # a file may claim any size; the rows themselves are counted
                values = worksheet.iter_rows(min_row=1, values_only=True)
                rows = _rows(values, file, worksheet.title, limits)
                sheets.append(Sheet(file=file, name=worksheet.title, rows=rows))
            book.close()
    except ReviewError:
        raise
    except Exception as error:  # openpyxl passes on whatever its parts raise on a malformed file
        raise Damaged(
            _("{file} cannot be read as a spreadsheet", file=file), do=_("open it, save it again as XLSX, and retry")
        ) from error
    if not sheets:
        raise Invalid(_("{file} has no sheet with cells", file=file), do=_("choose the right file"))
    return tuple(sheets)


def _check_archive(data: bytes, file: str, limits: Limits) -> None:
    """Refuse an archive whose parts would inflate beyond the limit; zipfile never inflates past what it declares."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Damaged(_("{file} is cut short or damaged", file=file), do=_("get a fresh copy of it")) from error
    if sum(part.file_size for part in parts) > limits.unpacked or len(parts) > 2_000:
        raise Invalid(
            _("{file} holds more than {n} MB when unpacked", file=file, n=limits.unpacked // 1000000),
            do=_("take out pictures and sheets that are not needed"),
        )
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise Invalid(
            _("{file} is an archive but not an XLSX spreadsheet", file=file), do=_("save it as XLSX and try again")
        )


def _rows(raw: Iterable[Sequence[Any]], file: str, name: str, limits: Limits) -> tuple[SheetRow, ...]:
    """The rows with content, as text; raises Invalid as soon as a limit is exceeded."""
    rows: list[SheetRow] = []
    cells = 0
    where = place(file, name)
    for number, values in enumerate(raw, 1):
        cells += len(values)
        if number > limits.blank or cells > limits.cells:
            raise Invalid(
                _("{where} goes on far beyond its content", where=where),
                do=_("delete the empty rows and columns at its end"),
            )
        texts = tuple(_text(value) for value in values)
        if not any(text.strip() for text in texts):
            continue
        texts = texts[: max(column for column, text in enumerate(texts, 1) if text)]
        if len(rows) == limits.rows:
            raise Invalid(
                _("{where} has more than {rows} rows", where=where, rows=f"{limits.rows:,}"), do=_("split it")
            )
        if len(texts) > limits.columns:
            raise Invalid(
                _(
                    "{where}, row {number} has more than {columns} columns",
                    where=where,
                    number=number,
                    columns=limits.columns,
                ),
                do=_("split it"),
            )
        for column, text in enumerate(texts):
            if len(text) > limits.characters:
                raise Invalid(
                    _(
                        "{where}, cell {address} holds more than {characters} characters",
                        where=where,
                        address=address(number, column),
                        characters=f"{limits.characters:,}",
                    ),
                    do=_("shorten it"),
                )
        rows.append(SheetRow(number=number, cells=texts))
    return tuple(rows)


def _text(value: object) -> str:
    """The text of a cell as a person reads it in a spreadsheet program."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    text = getattr(value, "text", value)  # an array formula keeps its text there
    return str(text).replace("_x000D_\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
