"""Finding a table on a sheet by its heading row, and collecting every fault of a file in one error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address, is_formula, normalised
from reviewapp.spreadsheets.reader import Sheet, SheetRow, place

HEADING_WITHIN = 40
"""A heading is looked for in this many rows with content; above it there may be a title and notes."""

Names = Mapping[str, Sequence[str]]
"""Our name of a column → the headings that mean it, the best first."""


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A sheet with its heading row. `columns` maps our names to columns, counted from 0."""

    sheet: Sheet
    head: SheetRow
    columns: dict[str, int]

    def rows(self) -> Iterator[SheetRow]:
        """The rows below the heading."""
        return (row for row in self.sheet.rows if row.number > self.head.number)

    def get(self, row: SheetRow, name: str) -> str:
        """The text in a column without the blanks around it; empty where there is no such column."""
        return row.cell(self.columns[name]).strip() if name in self.columns else ""

    def others(self) -> Iterator[tuple[int, str]]:
        """Number and heading of every column that none of our names matched."""
        taken = set(self.columns.values())
        return ((n, text.strip()) for n, text in enumerate(self.head.cells) if n not in taken and text.strip())


class Problems:
    """The faults found in a file, collected so that one error is enough to correct it."""

    def __init__(self) -> None:
        self._found: list[tuple[str, str, str, str]] = []
        self._cells: set[tuple[str, str]] = set()

    def add(self, sheet: Sheet, row: int, column: int, what: str, do: str) -> None:
        """Record the fault of one cell; `do` is the instruction to correct it.

        Only the first fault of a cell counts.
        """
        cell = address(row, column)
        if (sheet.name, cell) not in self._cells:
            self._cells.add((sheet.name, cell))
            self._found.append((sheet.sheet_location(row, column), cell, what, do))

    def formula(self, sheet: Sheet, row: int, column: int, text: str) -> bool:
        """True, with a fault recorded, when the cell holds a formula where a value is expected."""
        if not is_formula(text):
            return False
        self.add(sheet, row, column, "it holds a formula", "put the value itself there (copy, then paste values)")
        return True

    def refuse(self) -> None:
        """Raise Invalid that explains the first fault and lists the cells of the others; do nothing without any."""
        if not self._found:
            return
        where, cell, what, do = self._found[0]
        others = [found[1] for found in self._found[1:]]
        if others:
            more = f" and {len(others) - 8} more" if len(others) > 8 else ""
            do = f"{do}; then see also {', '.join(others[:8])}{more}"
        raise Invalid(f"{where}: {what}", field=cell, do=do, kept=_("nothing was taken"))


def match(row: SheetRow, names: Names) -> dict[str, int]:
    """The columns a heading row names, as our name → column. Where several headings fit a name, the best wins."""
    headings: dict[str, int] = {}
    for number, text in enumerate(row.cells):
        headings.setdefault(normalised(text), number)
    found: dict[str, int] = {}
    for name, accepted in names.items():
        column = next((headings[normalised(heading)] for heading in accepted if normalised(heading) in headings), None)
        if column is not None and column not in found.values():
            found[name] = column
    return found


class HeadingRule(msgspec.Struct, frozen=True):
    """A rule for a heading row beyond its required columns: at least one heading that `named` accepts."""

    what: str
    named: Callable[[str], object]

    def fits(self, row: SheetRow) -> bool:
        """True if `named` accepts one of the row's headings."""
        return any(self.named(text) for text in row.cells)


def find_tables(
    sheets: Sequence[Sheet],
    names: Names,
    required: Sequence[str],
    beside: HeadingRule | None = None,
    instead: str = "start from the template",
) -> list[Table]:
    """The tables with all required columns, at most one a sheet.

    A row of an instruction sheet may well begin with "Group": `beside` tells it from the heading of a table. Raises
    Invalid, naming the missing columns, when there is no such table.
    """
    tables = [table for sheet in sheets if (table := find_table(sheet, names, required, beside))]
    if tables:
        return tables
    closest, missing = closest_heading(sheets, names, required)
    wanted = [f'"{name}"' for name in missing] or [f"headed with {beside.what}" if beside else ""]
    asked = [*required, beside.what] if beside else required
    raise Invalid(
        _("{closest} has no column {list}", closest=closest, list=_(" and ").join(wanted)),
        field=(missing or [*required])[0],
        do=_("give the table a heading row with {list}, or {instead}", list=", ".join(asked), instead=instead),
        kept=_("nothing was taken"),
    )


def find_table(sheet: Sheet, names: Names, required: Sequence[str], beside: HeadingRule | None = None) -> Table | None:
    """The table of one sheet; None if no row has all required columns."""
    for row in sheet.rows[:HEADING_WITHIN]:
        columns = match(row, names)
        if all(name in columns for name in required) and (beside is None or beside.fits(row)):
            return Table(sheet=sheet, head=row, columns=columns)
    return None


def closest_heading(sheets: Sequence[Sheet], names: Names, required: Sequence[str]) -> tuple[str, list[str]]:
    """The row that lacks least (file, sheet and row), and the columns it lacks, in our names."""
    best, missing = place(sheets[0].file, sheets[0].name), list(required)
    for sheet in sheets:
        for row in sheet.rows[:HEADING_WITHIN]:
            lacking = [name for name in required if name not in match(row, names)]
            if len(lacking) < len(missing):
                best, missing = f"{place(sheet.file, sheet.name)}, row {row.number}", lacking
    return best, missing
