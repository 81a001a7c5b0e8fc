"""Finding a table on a sheet by its heading row, and collecting every fault of a file in one error."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address, normalised, stripped
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.sheet import Sheet, SheetRow, place

__all__ = [
    "HeadingRule", "Names", "Problems", "Table", "TableRule", "closest_heading", "columns_fitting", "find_table",
    "find_tables", "match",
]  # fmt: skip

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

    def seen(self, row: SheetRow, name: str) -> str:
        """As `get`, but empty where nothing of the text can be seen, and without unseen characters around it."""
        return stripped(self.get(row, name))

    def others(self) -> Iterator[tuple[int, str]]:
        """Number and heading of every column that none of our names matched."""
        taken = set(self.columns.values())
        return ((n, stripped(text)) for n, text in enumerate(self.head.cells) if n not in taken and stripped(text))


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


def columns_fitting(row: SheetRow, accepted: Sequence[str]) -> list[int]:
    """The columns of a heading row with one of the accepted headings, the best first."""
    wanted = [normalised(heading) for heading in accepted]
    fitting = [(wanted.index(normalised(text)), n) for n, text in enumerate(row.cells) if normalised(text) in wanted]
    return [n for __, n in sorted(fitting)]


class HeadingRule(msgspec.Struct, frozen=True):
    """A rule for a heading row beyond its required columns: at least one heading that `named` accepts."""

    what: str
    named: Callable[[str], object]

    def fits(self, row: SheetRow) -> bool:
        """True if `named` accepts one of the row's headings."""
        return any(self.named(text) for text in row.cells)


class TableRule(msgspec.Struct, frozen=True):
    """By which headings a table is known, as for `find_tables`."""

    names: Names
    required: Sequence[str]
    beside: HeadingRule | None = None


def find_tables(
    sheets: Sequence[Sheet],
    names: Names,
    required: Sequence[str],
    beside: HeadingRule | None = None,
    instead: str = "start from the template",
) -> list[Table]:
    """The tables with all required columns, at most one a sheet.

    A row of an instruction sheet may well begin with "Group": `beside` tells it from the heading of a table. Raises
    Invalid, naming the missing columns, when there is no such table, and for a table two of whose columns have the same
    of our names.
    """
    tables = [table for sheet in sheets if (table := find_table(sheet, names, required, beside))]
    for table in tables:
        _refuse_doubled(table)
    if tables:
        return tables
    closest, missing = closest_heading(sheets, names, required)
    wanted = [f'"{name}"' for name in missing] or [f"headed with {beside.what}" if beside else ""]
    asked = [*required, beside.what] if beside else required
    raise Invalid(
        _("{closest} has no column {list}", closest=closest, list=_(" and ").join(wanted)),
        field=(missing or [*required])[0],
        do=_("give the table a heading row with {list}, or {instead}", list=", ".join(asked), instead=instead),
        kept=_("nothing was imported"),
    )


def _refuse_doubled(table: Table) -> None:
    """Raise Invalid where two columns have one name: nobody can tell which is meant."""
    for column in table.columns.values():
        name = normalised(table.head.cell(column))
        for other, text in enumerate(table.head.cells):
            if other != column and normalised(text) == name:
                first, second = (address(table.head.number, one) for one in sorted((column, other)))
                where = place(table.sheet.file, table.sheet.name)
                raise Invalid(
                    _(
                        "{place}: {first} and {second} are both headed “{heading}”",
                        place=where,
                        first=first,
                        second=second,
                        heading=stripped(text),
                    ),
                    field=second,
                    do=_("rename or delete one of them"),
                    kept=_("nothing was imported"),
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
