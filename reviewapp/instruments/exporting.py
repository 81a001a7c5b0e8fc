"""An instrument's standards as a spreadsheet that `importing` reads back without a difference."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import Invalid
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.instruments.export_workbook import belongs_in_workbook, workbook_of
from reviewapp.instruments.importing.columns import COLUMNS
from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets.writer import csv_bytes, put_text, workbook_bytes

_WIDTHS = (10, 8, 24, 28, 62, 52, 26)


def export_instrument(instrument: Instrument, path: Path) -> None:
    """Write the standards to `path` in the format of its suffix, `.csv` or `.xlsx`. Raises Invalid for any other.

    A scored instrument with criteria goes into its owner's workbook; a CSV holds the standards alone.
    """
    path = Path(path)
    if path.suffix.casefold() == ".csv":
        save_file(path, csv_bytes([COLUMNS, *rows(instrument)]))
    elif path.suffix.casefold() == ".xlsx":
        save_file(path, workbook_of(instrument) if belongs_in_workbook(instrument) else _xlsx(instrument))
    else:
        raise Invalid(
            _("{name} ends in neither .csv nor .xlsx", name=path.name),
            field="file",
            do=_("choose one of the two endings"),
        )


def rows(instrument: Instrument) -> list[tuple[str, ...]]:
    """One row of texts for each standard, in the order of `COLUMNS`; sources with commas between."""
    return [
        (s.number, s.type, s.section, s.title, s.statement, s.guidance, ", ".join(s.sources))
        for s in instrument.standards
    ]


def _xlsx(instrument: Instrument) -> bytes:
    """A workbook of one sheet: a heading that stays in view, wrapped text in rows high enough to print on A4."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Standards"
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(1, column)
        put_text(cell, name)
        cell.font, cell.fill = (
            Font(name="Calibri", bold=True, color="FFFFFF"),
            PatternFill("solid", start_color="1F3A4D"),
        )
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows(instrument), 2):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            put_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[number].height = _height(row)
    sheet.freeze_panes = "B2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows, sheet.print_options.gridLines = "1:1", True
    book.properties.title, book.properties.creator = instrument.title, "Reviewapp"
    return workbook_bytes(book)


def _height(row: tuple[str, ...]) -> float:
    """The height of a row in points, estimated from its text: not every spreadsheet program computes it."""
    lines = max(
        sum(1 + len(line) // (width - 3) for line in text.split("\n")) for text, width in zip(row, _WIDTHS, strict=True)
    )
    return min(15.0 * lines + 4, 400.0)
