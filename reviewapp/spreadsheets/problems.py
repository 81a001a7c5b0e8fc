"""The cells of a file that were not understood, collected so that one look is enough to correct or settle them all."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address, is_formula
from reviewapp.spreadsheets.sheet import CellKind, Sheet, SheetRow

_LISTED = 60
"""Cells that an error names; all of them are in its `cells`."""
_VALUES = _("type the value itself (copy, then paste values)")
_KINDS: dict[CellKind, tuple[str, str]] = {
    "formula": (_("it contains a formula"), _VALUES),
    "error": (_("it contains the error of a formula"), _VALUES),
    "percent": (_("it contains a percentage"), _("type the number or word itself, in a cell formatted as text")),
    "date": (
        _("it contains a date or a time; a spreadsheet program may have made one from what was typed"),
        _("format the cell as text and type it again"),
    ),
    "rounded": (_("it contains a number with more digits than it shows"), _("type the number you mean")),
    "struck": (_("it is crossed out"), _("empty it, or remove the line through it")),
    "unseen": (_("it contains something but shows nothing"), _("empty it, or format it as text")),
    "boolean": (_("it contains TRUE or FALSE"), _("type the word you mean")),
}
NOT_IN_WORDS: frozenset[CellKind] = frozenset({"formula", "error", "struck", "unseen"})
"""What cannot be taken even where any words may stand."""


class OddCell(msgspec.Struct, frozen=True, kw_only=True):
    """A cell that was not understood: where it is, its text, what is wrong and what to do.

    `choices`: the words that may stand there, if they are few. `stops`: while this stands, nothing of the file can be
    taken, for no part of it would be certain.
    """

    sheet: str
    row: int
    column: int
    cell: str
    text: str
    what: str
    do: str
    choices: tuple[str, ...] = ()
    stops: bool = False

    def sentence(self) -> str:
        """The cell and what is wrong with it in one line, for a list or a message to the team."""
        where = f'"{self.sheet}", {self.cell}' if self.sheet else self.cell
        return " ".join(f"{where}: {self.what}; {self.do}".split())


class OddCells(Invalid):
    """A file with cells that were not understood; `cells` has them all."""

    def __init__(self, what: str, *, field: str, do: str, kept: str, cells: Sequence[OddCell]) -> None:
        super().__init__(what, field=field, do=do, kept=kept)
        self.cells = tuple(cells)


class Problems:
    """The faults found in a file, collected so that one error is enough to correct it."""

    def __init__(self) -> None:
        self._found: list[tuple[str, OddCell]] = []
        self._cells: set[tuple[str, str]] = set()

    def add(
        self,
        sheet: Sheet,
        row: int,
        column: int,
        what: str,
        do: str,
        *,
        choices: Sequence[str] = (),
        stops: bool = False,
    ) -> None:
        """Record the fault of one cell; `do` is the instruction to correct it.

        Only the first fault of a cell counts. `choices` and `stops` as for `OddCell`.
        """
        cell = address(row, column)
        if (sheet.name, cell) in self._cells:
            return
        self._cells.add((sheet.name, cell))
        odd = OddCell(
            sheet=sheet.name,
            row=row,
            column=column,
            cell=cell,
            text=_text(sheet, row, column),
            what=what,
            do=do,
            choices=tuple(choices),
            stops=stops,
        )
        self._found.append((sheet.sheet_location(row, column), odd))

    def formula(self, sheet: Sheet, row: int, column: int, text: str) -> bool:
        """True, with a fault recorded, when the cell holds a formula where a value is expected."""
        if not is_formula(text):
            return False
        self.add(sheet, row, column, *_KINDS["formula"])
        return True

    def value(self, sheet: Sheet, row: SheetRow, column: int, *, choices: Sequence[str] = ()) -> bool:
        """True, with a fault recorded, when a cell where a value is expected holds more or other than it shows.

        Text that looks like a formula is one here.
        """
        if is_formula(row.cell(column)):
            self.add(sheet, row.number, column, *_KINDS["formula"], choices=choices)
            return True
        return self.kind(sheet, row, column, choices=choices)

    def kind(self, sheet: Sheet, row: SheetRow, column: int, *, choices: Sequence[str] = ()) -> bool:
        """As `value`, but text that looks like a formula is text."""
        kind = row.kind(column)
        if kind not in _KINDS or kind == "boolean":
            return False
        self.add(sheet, row.number, column, *_KINDS[kind], choices=choices)
        return True

    def words(self, sheet: Sheet, row: SheetRow, column: int) -> bool:
        """True, with a fault recorded, when a cell for any words holds other words than it shows."""
        kind = row.kind(column)
        if kind not in NOT_IN_WORDS:
            return False
        self.add(sheet, row.number, column, *_KINDS[kind])
        return True

    def cells(self) -> tuple[OddCell, ...]:
        """All that was found, in the order in which it was."""
        return tuple(odd for __, odd in self._found)

    def refuse(self, *, only_stopping: bool = False) -> None:
        """Raise OddCells that explains the first fault and names the cells of the others; do nothing without any.

        With `only_stopping` only faults because of which nothing can be taken count.
        """
        found = [(where, odd) for where, odd in self._found if odd.stops or not only_stopping]
        if not found:
            return
        where, first = found[0]
        others = [odd.cell for __, odd in found[1:]]
        do = first.do
        if others:
            more = f" and {len(others) - _LISTED} more" if len(others) > _LISTED else ""
            do = f"{do}; then see also {', '.join(others[:_LISTED])}{more}"
        raise OddCells(
            f"{where}: {first.what}",
            field=first.cell,
            do=do,
            kept=_("nothing was imported"),
            cells=[odd for __, odd in found],
        )


def _text(sheet: Sheet, number: int, column: int) -> str:
    at = bisect_left(sheet.rows, number, key=_number)
    return sheet.rows[at].cell(column) if at < len(sheet.rows) and sheet.rows[at].number == number else ""


def _number(row: SheetRow) -> int:
    return row.number
