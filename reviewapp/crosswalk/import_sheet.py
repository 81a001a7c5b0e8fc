"""A crosswalk from a spreadsheet (`export_sheet.COLUMNS`): all or nothing, every fault with its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.crosswalk.check import check
from reviewapp.crosswalk.export_sheet import COLUMNS
from reviewapp.crosswalk.model import CHANGES, RELATIONS, Change, Crosswalk, Pair
from reviewapp.instruments import editions
from reviewapp.instruments.editions import edition_of
from reviewapp.instruments.lookup import standard_of, zero_twin
from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets.account import choose_sheets
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet, SheetRow, read_sheets
from reviewapp.spreadsheets.table import Names, Table, find_tables

_NEEDED = ("from_instrument", "from", "to_instrument", "to", "relation", "reason", "author", "date")
_NAMES: Names = {name: (name,) for name in COLUMNS}
_WORDS = ("reason", "author")

Held = Callable[[str], tuple[Instrument, ...]]
"""Every wording held under an id, the current one first; empty without any."""


class ReadCrosswalk(msgspec.Struct, frozen=True):
    """One crosswalk of a file, with the two wordings it is between."""

    crosswalk: Crosswalk
    left: Instrument
    right: Instrument


class ReadFile(msgspec.Struct, frozen=True):
    """The crosswalks of a file, and in words what in it was not read."""

    found: tuple[ReadCrosswalk, ...]
    not_read: tuple[str, ...] = ()


def read_crosswalks(path: Path, held: Held, sheets: Sequence[str] = ()) -> ReadFile:
    """Every crosswalk of an XLSX or CSV, checked. `sheets` names those to read, where somebody had to choose.

    A standard may be written as people write its number (`Standard 47`). Rows whose sides stand the other way round
    than those before them are read from the other side. Raises Invalid with the sheet and cell of the first fault,
    SheetsUndecided where it is not certain which sheets are meant, and ReviewError as `read_sheets`.
    """
    every = read_sheets(path)
    picked = choose_sheets(every, _NAMES, _NEEDED, chosen=sheets)
    tables = find_tables(picked.sheets, _NAMES, _NEEDED, instead=_("export a crosswalk and fill that in"))
    _refuse_odd_cells(tables)
    reading = _Reading(held)
    for table in tables:
        for row in table.rows():
            reading.add(table, row)
    told = [one.sentence() for one in picked.accounts if one.treatment != "read" and one.treatment != "own"]
    return ReadFile(tuple(reading.crosswalks(path.name)), (*told, *_unread(tables)))


def _refuse_odd_cells(tables: Sequence[Table]) -> None:
    """Raise one error for all cells that hold more or other than they show."""
    problems = Problems()
    for table in tables:
        for row in table.rows():
            for name, column in table.columns.items():
                if name == "date" and row.kind(column) == "date":
                    continue
                (problems.words if name in _WORDS else problems.kind)(table.sheet, row, column)
    problems.refuse()


def _unread(tables: Sequence[Table]) -> Iterator[str]:
    """In words: columns and comments that were not read."""
    for table in tables:
        for column, heading in table.others():
            yield _("{cell}: the column “{heading}” is not known and was not read",
                    cell=table.sheet.sheet_location(table.head.number, column), heading=heading[:60])  # fmt: skip
        for one in table.sheet.comments:
            yield _("a comment at {cell} was not read: {text}", cell=address(one.row, one.column), text=one.text[:200])


class _Reading:
    """Gathers rows into crosswalks, each with the place of every row."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._sides: dict[tuple[str, str], Instrument] = {}
        self._found: dict[tuple[str, str], _Gathered] = {}

    def add(self, table: Table, row: SheetRow) -> None:
        """Take one row. Raises Invalid naming the cell."""
        left, right = self._instrument(table, row, "from"), self._instrument(table, row, "to")
        pair = _pair(table, row, left, right)
        ours = editions.digest(left), editions.digest(right)
        flipped = ours not in self._found and ours[::-1] in self._found and ours[0] != ours[1]
        if flipped:
            self._found[ours[::-1]].add(table, row, pair.flipped(), flipped=True)
        else:
            self._found.setdefault(ours, _Gathered(left, right)).add(table, row, pair, flipped=False)

    def crosswalks(self, file: str) -> Iterator[ReadCrosswalk]:
        """What was gathered, checked. Raises Invalid for the first fault, or where there is no row."""
        if not self._found:
            raise Invalid(
                _("{file} has the columns of a crosswalk and no rows", file=file), do=_("add a row for each pair")
            )
        for one in self._found.values():
            yield one.checked()

    def _instrument(self, table: Table, row: SheetRow, side: str) -> Instrument:
        """The wording that a row names on this side. Raises Invalid naming the cell."""
        column = f"{side}_instrument"
        written = table.seen(row, column)
        identity, edition = editions.named(written)
        edition = edition or table.seen(row, f"{side}_digest").casefold() or table.seen(row, f"{side}_edition")
        known = self._sides.get((identity, edition))
        if known is None:
            known = self._sides[identity, edition] = self._chosen(identity, edition, _cell(table, row, column), column)
        named = table.seen(row, f"{side}_edition")
        if named and named.casefold() != known.edition.casefold():
            raise Invalid(
                _("{place}: {id} held here with this digest is {edition}, not {named}",
                  place=_cell(table, row, f"{side}_edition"), id=identity, edition=known.edition, named=named),
                field=f"{side}_edition",
            )  # fmt: skip
        return known

    def _chosen(self, identity: str, edition: str, place: str, column: str) -> Instrument:
        every = self._held(identity) if identity else ()
        if not every:
            raise Invalid(
                _("{place}: there is no instrument {id} here", place=place, id=f"{identity!r}"),
                field=column,
                do=_("import it first, or correct its id"),
            )
        if not edition:
            return every[0]
        try:
            return editions.choose(every, edition)
        except Invalid as error:
            raise Invalid(f"{place}: {error.what}", field=column, do=error.do) from error


class _Gathered:
    """The rows between two wordings, in the order of the file."""

    def __init__(self, left: Instrument, right: Instrument) -> None:
        self.left, self.right = left, right
        self._rows: list[tuple[Table, SheetRow, Pair, bool]] = []

    def add(self, table: Table, row: SheetRow, pair: Pair, *, flipped: bool) -> None:
        """Take one row; `flipped`: it stands in the file the other way round."""
        self._rows.append((table, row, pair, flipped))

    def checked(self) -> ReadCrosswalk:
        """The crosswalk. Raises Invalid with the place of its first fault."""
        pairs = tuple(pair for _table, _row, pair, _flipped in self._rows)
        crosswalk = Crosswalk(edition_of(self.left), edition_of(self.right), pairs)
        check(crosswalk, self.left, self.right, self._place)
        return ReadCrosswalk(crosswalk, self.left, self.right)

    def _place(self, number: int, column: str) -> str:
        table, row, _pair, flipped = self._rows[number]
        if flipped and column.split("_")[0] in ("from", "to"):
            side, *rest = column.split("_")
            column = "_".join(["to" if side == "from" else "from", *rest])
        return _cell(table, row, column)


def _pair(table: Table, row: SheetRow, left: Instrument, right: Instrument) -> Pair:
    relation, change = (" ".join(table.seen(row, name).casefold().split()) for name in ("relation", "change"))
    if relation not in RELATIONS:
        raise _unknown(table, row, "relation", RELATIONS)
    if change.replace("_", " ") not in CHANGES:
        raise _unknown(table, row, "change", [one for one in CHANGES if one])
    return Pair(
        from_=_standard(table, row, "from", left), from_criterion=table.seen(row, "from_criterion"),
        to=_standard(table, row, "to", right), to_criterion=table.seen(row, "to_criterion"),
        relation=relation, change=cast(Change, change.replace("_", " ")),
        reason=table.get(row, "reason"), author=table.get(row, "author"), date=table.seen(row, "date"),
    )  # fmt: skip


def _unknown(table: Table, row: SheetRow, column: str, known: Sequence[str]) -> Invalid:
    text = table.seen(row, column)
    said = (
        _("{place}: {text} is no {column}", place=_cell(table, row, column), text=f"{text!r}", column=column)
        if text
        else _("{place}: the {column} is missing", place=_cell(table, row, column), column=column)
    )
    return Invalid(said, field=column, do=_("use one of: {known}", known=", ".join(known)))


def _standard(table: Table, row: SheetRow, side: str, instrument: Instrument) -> str:
    """The number that a cell means; what is no number of the instrument's stays as it is, and is told by `check`."""
    text = table.seen(row, side)
    if not text:
        return ""
    exact = any(standard.number == text for standard in instrument.standards)
    number = text if exact else standard_of(text, instrument) or text
    if row.kind(table.columns[side]) == "number" and zero_twin(number, instrument):
        raise Invalid(
            _("{place}: {number} may be {number} or {other}", place=_cell(table, row, side), number=number,
              other=zero_twin(number, instrument)),
            field=side,
            do=_("format the cell as text and type it again"),
        )  # fmt: skip
    return number


def _cell(table: Table, row: SheetRow, column: str) -> str:
    """Where a row stands: its cell in this column, or the row where there is no such column."""
    sheet: Sheet = table.sheet
    if column in table.columns:
        return sheet.sheet_location(row.number, table.columns[column])
    whole = sheet.sheet_location(row.number, 0)
    return whole.replace(f"cell {address(row.number, 0)}", _("row {number}", number=row.number))
