"""The layout of the sheets we hand out: widths, wrapping, print setup, and locked cells where nothing is typed."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

import msgspec

from reviewapp.spreadsheets.writer import put_text

if TYPE_CHECKING:
    from openpyxl import Workbook

    from reviewapp.spreadsheets.sheet import Sheet

INK, PAPER, GIVEN, TYPED = "1F3A4D", "FFFFFF", "EEF2F5", "FFFDF2"
"""Heading, its text, cells that are given (locked), cells to type in. Text on each has a contrast above 7 : 1."""

FONT = "Calibri"
"""The font spreadsheet programs use when a workbook names none."""

FIRST_SHEET = "How to fill this in"
LISTS_SHEET = "Lists"
LEGENDS: dict[str, tuple[str, ...]] = {
    "Questions": ("Standard", "Title", "What is asked"),
    "What to look for": ("Item", "What to look for", "Standards"),
    "Progress so far": ("Standard", "Action", "Date", "From", "What was reported"),
}
"""The sheets of ours beside the one to fill in (full wordings, a log), and what they are headed with."""


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table. `turned` writes the heading upwards; `middle` centres the cells below."""

    title: str
    width: float
    locked: bool = False
    middle: bool = False
    turned: bool = False
    hidden: bool = False
    number_format: str = "@"


def workbook(title: str) -> Workbook:
    """An empty workbook with a title and this program, but no person, in its properties."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title = title
    book.properties.creator = "Reviewapp"
    return book


def instructions(book: Workbook, title: str, paragraphs: Sequence[tuple[str, str]]) -> Any:
    """Add the first sheet, with a title and paragraphs of (subject, text). Returns the sheet."""
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet(FIRST_SHEET)
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 92
    put_text(sheet["A1"], title)
    sheet["A1"].font = Font(name=FONT, bold=True, size=16, color=INK)
    sheet.row_dimensions[1].height = 28
    for row, (about, text) in enumerate(paragraphs, 3):
        put_text(sheet.cell(row, 1), about)
        put_text(sheet.cell(row, 2), text)
        sheet.cell(row, 1).font = Font(name=FONT, bold=True, size=11)
        for column in (1, 2):
            sheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
        lines = sum(1 + len(part) // 96 for part in text.split("\n"))
        sheet.row_dimensions[row].height = 15 * max(lines, 1 + len(about) // 22) + 5
    protect(sheet)
    print_setup(sheet)
    return sheet


def table(book: Workbook, name: str, columns: Sequence[Column], *, head_height: float = 32, freeze: int = 1) -> Any:
    """Add a sheet with a heading row that stays in view and is repeated on paper; `freeze` columns stay too.

    Returns the sheet, locked and set up for printing.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for number, column in enumerate(columns, 1):
        cell = sheet.cell(1, number)
        put_text(cell, column.title)
        cell.font = Font(name=FONT, bold=True, size=11, color=PAPER)
        cell.fill = PatternFill("solid", start_color=INK)
        cell.alignment = Alignment(
            wrap_text=True,
            vertical="bottom" if column.turned else "center",
            horizontal="center" if column.middle else "left",
            indent=0 if column.middle else 1,
            text_rotation=90 if column.turned else 0,
        )
        cell.border = _border()
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
    sheet.row_dimensions[1].height = head_height
    sheet.freeze_panes = f"{get_column_letter(freeze + 1)}2"
    shown = [c for c in columns if not c.hidden]
    sheet.print_area = f"A1:{get_column_letter(len(shown))}1"
    sheet.print_title_rows = "1:1"
    protect(sheet)
    print_setup(sheet)
    return sheet


def add_row(sheet: Any, columns: Sequence[Column], values: Sequence[Any], *, unlocked: Sequence[str] = ()) -> int:
    """Add a row below the last one, text stored as text whatever it begins with. Returns its number.

    `unlocked` names columns that are locked in other rows but are to be filled in here.
    """
    row = int(sheet.max_row) + 1
    for number, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        cell = sheet.cell(row, number)
        if isinstance(value, str) and value:
            put_text(cell, value)
        else:
            cell.value = value or None
        _style(cell, column, locked=column.locked and column.title not in unlocked)
    _suggest_height(sheet, row, max(_lines(c, v) for c, v in zip(columns, values, strict=True)))
    shown = sum(not c.hidden for c in columns)
    sheet.print_area = f"A1:{sheet.cell(row, shown).coordinate}"
    return row


def _lines(column: Column, value: object) -> int:
    """Estimated number of lines of a text in a column, rather one too many."""
    if column.hidden or not isinstance(value, str):
        return 1
    return sum(1 + int(len(part) / (column.width - 2)) for part in value.split("\n"))


def _suggest_height(sheet: Any, row: int, lines: int) -> None:
    """Give a row the height of its text without fixing it, so that it still grows with what is typed.

    openpyxl marks every height as fixed by the user, which no program ever enlarges again.
    """
    from openpyxl.worksheet.dimensions import RowDimension

    class Suggested(RowDimension):  # type: ignore[misc]
        """A row height that spreadsheet programs may change."""

        @property
        def customHeight(self) -> None:
            """None, so that the height is not written as fixed."""

    sheet.row_dimensions[row] = Suggested(sheet, index=row, ht=min(15 * lines + 3, 400))


def _style(cell: Any, column: Column, *, locked: bool) -> None:
    """Style a cell of this column; each style is made once a workbook: openpyxl compares every new one with all."""
    styles: dict[Any, Any] = cell.parent.parent.__dict__.setdefault("_reviewapp_looks", {})
    key, quoted = (column.middle, column.number_format, locked), cell.quotePrefix
    if key not in styles:
        _apply_style(cell, column, locked=locked)
        styles[key] = copy(cell._style)
    cell._style = copy(styles[key])
    cell.quotePrefix = quoted


def _apply_style(cell: Any, column: Column, *, locked: bool) -> None:
    from openpyxl.styles import Alignment, PatternFill, Protection

    cell.number_format = column.number_format
    sideways = "center" if column.middle else "left"
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal=sideways, indent=0 if column.middle else 1)
    cell.fill = PatternFill("solid", start_color=GIVEN if locked else TYPED)
    cell.protection = Protection(locked=locked)
    cell.border = _border()


def _border() -> Any:
    from openpyxl.styles import Border, Side

    line = Side(style="thin", color="B8C4CC")
    return Border(left=line, right=line, top=line, bottom=line)


def drop_down(sheet: Any, cells: str, choices: Sequence[str], *, title: str, hint: str = "") -> None:
    """Offer `choices` in ranges such as `E2:E45 G2:G45`, and refuse anything else while typing."""
    from openpyxl.worksheet.datavalidation import DataValidation

    formula = f'"{",".join(choices)}"'
    if len(formula) > 255 or any("," in choice or '"' in choice for choice in choices):
        formula = _list_elsewhere(sheet.parent, title, choices)
    rule = DataValidation(type="list", formula1=formula, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = title, "Please choose one of the words in the list, or leave the cell empty."
    if hint:
        rule.promptTitle, rule.prompt, rule.showInputMessage = title, hint, True
    sheet.add_data_validation(rule)
    for part in cells.split():
        rule.add(part)


def _list_elsewhere(book: Workbook, title: str, choices: Sequence[str]) -> str:
    """Write a list too long for a rule to a hidden sheet and return its range."""
    name = LISTS_SHEET
    sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
    sheet.sheet_state = "hidden"
    column = 1 if sheet.max_row == 1 and sheet["A1"].value is None else sheet.max_column + 1
    put_text(sheet.cell(1, column), title)
    for row, choice in enumerate(choices, 2):
        put_text(sheet.cell(row, column), choice)
        sheet.cell(row, column).number_format = "@"
    first, last = sheet.cell(2, column), sheet.cell(len(choices) + 1, column)
    return f"{name}!${first.column_letter}$2:${last.column_letter}${last.row}"


def is_own_sheet(sheet: Sheet) -> bool:
    """True for a sheet of instructions, of full wording or of lists that this program wrote, told by name and shape.

    A sheet of the same name that has more columns than ours is somebody else's, or had something written beside it.
    """
    name = sheet.name.strip()
    if not sheet.rows:
        return False
    widest = max(len(row.cells) for row in sheet.rows)
    if name == LISTS_SHEET:
        return sheet.hidden != ""
    if name in LEGENDS:
        return sheet.rows[0].cells == LEGENDS[name] and widest <= len(LEGENDS[name])
    return name == FIRST_SHEET and widest <= 2 and len(sheet.rows[0].cells) == 1


def protect(sheet: Any) -> None:
    """Lock the sheet without a password: against slips, not against its owner. Rows and columns may be resized."""
    sheet.protection.sheet = True
    sheet.protection.formatRows = False
    sheet.protection.formatColumns = False
    sheet.protection.formatCells = False


def print_setup(sheet: Any) -> None:
    """Print on A4 landscape, as wide as the paper, with sheet and page at the foot."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom, sheet.page_margins.footer = 0.5, 0.8, 0.4
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "&A", "Page &P of &N"
