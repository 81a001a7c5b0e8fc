"""Writing workbooks and CSV whose cells can never run as formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.base.undated_zip import UndatedZip
from reviewapp.spreadsheets.cells import UNPRINTABLE, begins_as_formula, escape_formula

CELL_MOST = 32_767
"""Most characters that a spreadsheet program holds in one cell."""


_NEEDS_QUOTES = re.compile(r'[",;|\t\r\n]')


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows as CSV after RFC 4180 (comma, CRLF, quotes doubled) in UTF-8 with a byte order mark, known to Excel.

    Raises Invalid when a text does not fit a cell.
    """
    lines = (",".join(_quoted(escape_formula(_writable(text))) for text in row) for row in rows)
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _quoted(text: str) -> str:
    """The field in quotes where anything in it could be taken for the end of a field, in whatever country."""
    return '"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) or text != text.strip(" ") else text


def put_text(cell: Any, text: str) -> None:
    """Write text into an openpyxl cell as text, even when it begins like a formula, also after someone edits it.

    Raises Invalid when the text does not fit a cell.
    """
    cell.value = _writable(text)
    if text:
        cell.data_type = "s"
    if begins_as_formula(text):
        cell.quotePrefix = True


def _writable(text: str) -> str:
    """The text itself; raises Invalid when a spreadsheet cannot hold it whole, so that nothing is silently cut off."""
    if len(text) > CELL_MOST:
        raise Invalid(
            _("the text beginning {text} is too long for a spreadsheet cell", text=f"{text[:30]!r}"), do=_("shorten it")
        )
    odd = UNPRINTABLE.search(text)
    if odd:
        raise Invalid(
            _(
                "the text beginning {text} holds a character no spreadsheet can hold (U+{ord})",
                text=f"{text[:30]!r}",
                ord=f"{ord(odd[0]):04X}",
            ),
            do=_("delete that character"),
        )
    return text


def workbook_bytes(workbook: Any) -> bytes:
    """The XLSX file of an openpyxl workbook, built in memory: its own `save` leaves sheets in the temporary folder.

    Raises RuntimeError for a write-only workbook.
    """
    from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
    from openpyxl.worksheet._writer import WorksheetWriter
    from openpyxl.writer.excel import ExcelWriter

    if workbook.write_only:
        raise RuntimeError("a write-only workbook keeps its sheets in temporary files")
    stream = io.BytesIO()
    with UndatedZip(stream) as archive:
        writer: Any = ExcelWriter(workbook, archive)

        def write_worksheet(worksheet: Any) -> None:
            worksheet._drawing = SpreadsheetDrawing()
            worksheet._drawing.charts = worksheet._charts
            worksheet._drawing.images = worksheet._images
            xml = io.BytesIO()
            sheet_writer = WorksheetWriter(worksheet, xml)
            sheet_writer.write()
            worksheet._rels = sheet_writer._rels
            archive.writestr(worksheet.path[1:], xml.getvalue())
            writer.manifest.append(worksheet)

        writer.write_worksheet = write_worksheet  # as openpyxl's own, but for the temporary file
        writer.save()
    return stream.getvalue()
