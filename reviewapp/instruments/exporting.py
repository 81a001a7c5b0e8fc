"""An instrument's standards as a spreadsheet that `importing` reads back without a difference."""

from __future__ import annotations

from pathlib import Path

from reviewapp.errors import Invalid
from reviewapp.files import save_file
from reviewapp.instruments.columns import COLUMNS
from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets import csv_bytes, put_text, workbook_bytes

_WIDTHS = (10, 8, 28, 34, 70, 60, 34)


def export_instrument(instrument: Instrument, path: Path) -> None:
    """Write the standards to `path`; its ending says which format, `.csv` or `.xlsx`."""
    path = Path(path)
    if path.suffix.casefold() == ".csv":
        save_file(path, csv_bytes([COLUMNS, *rows(instrument)]))
    elif path.suffix.casefold() == ".xlsx":
        save_file(path, _xlsx(instrument))
    else:
        raise Invalid(f"{path.name} ends in neither .csv nor .xlsx", field="file", do="choose one of the two endings")


def rows(instrument: Instrument) -> list[tuple[str, ...]]:
    """One row a standard, the columns in their order; sources with commas between."""
    return [
        (s.number, s.type, s.section, s.title, s.statement, s.guidance, ", ".join(s.sources))
        for s in instrument.standards
    ]


def _xlsx(instrument: Instrument) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Standards"
    for column, (name, width) in enumerate(zip(COLUMNS, _WIDTHS, strict=True), 1):
        cell = sheet.cell(1, column)
        put_text(cell, name)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", start_color="E3EAF0")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows(instrument), 2):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            put_text(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B2"
    sheet.sheet_view.zoomScale = 100
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"
    book.properties.title, book.properties.creator = instrument.title, "Reviewapp"
    return workbook_bytes(book)
