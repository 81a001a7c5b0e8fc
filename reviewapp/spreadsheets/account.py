"""What lies in a workbook: every sheet is accounted for, and what is not certain is asked before anything is read.

Sheets that are hidden, that repeat another one, or that hold something and were not understood stop the reading
(`SheetsUndecided`) until somebody names the sheets that are meant. Our own instruction sheets count as read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, plural
from reviewapp.spreadsheets.cells import COPY_NAME, normalised
from reviewapp.spreadsheets.layout import is_own_sheet
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.spreadsheets.table import HeadingRule, Names, Table, closest_heading, find_table, find_tables

Treatment = Literal[
    "read", "own", "empty", "chart", "left_out", "not_asked", "words", "hidden", "copy", "hidden_cells",
    "not_understood",
]  # fmt: skip
"""What was done with a sheet; the last four stop the reading.

`words`: it has no table, and whoever reads the file tells its words;
`own`: instructions or lists that this program wrote; `left_out`: others were named; `not_asked`: another program wrote
it beside what is read; `hidden_cells`: some of its rows or columns are hidden; `not_understood`: it holds something but
not the columns that are looked for.
"""
UNDECIDED: frozenset[Treatment] = frozenset({"hidden", "copy", "hidden_cells", "not_understood"})


class SheetAccount(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet, what was done with it, the rows with content, and why, as words for a person."""

    name: str
    treatment: Treatment
    rows: int = 0
    why: str = ""

    def sentence(self) -> str:
        """The sheet and what was done with it in one line, for a summary."""
        rows = plural("{n} row", "{n} rows", self.rows)
        words = {
            "read": _("read ({rows})", rows=rows),
            "own": _("one of ours, with nothing to read"),
            "empty": _("empty"),
            "chart": _("a chart, with no cells"),
            "words": _("not a table; its text is shown ({rows})", rows=rows),
            "not_asked": _("not read ({rows})", rows=rows),
            "left_out": _("ignored, because you chose others ({rows})", rows=rows),
        }.get(self.treatment, _("not decided ({rows})", rows=rows))
        return f'"{self.name}": {words}' + (f"; {self.why}" if self.why else "")


class ChosenSheets(msgspec.Struct, frozen=True, kw_only=True):
    """The sheets to read, and an account of every sheet of the file (none for a CSV, which is one table)."""

    sheets: tuple[Sheet, ...]
    accounts: tuple[SheetAccount, ...] = ()


class SheetsUndecided(Invalid):
    """Some sheets are to be decided about first; `accounts` has all sheets of the file in their order."""

    def __init__(self, file: str, accounts: Sequence[SheetAccount]) -> None:
        open_ones = [f'"{one.name}" ({one.why})' for one in accounts if one.treatment in UNDECIDED]
        super().__init__(
            _("{file}: what are {sheets} for?", file=file, sheets="; ".join(open_ones)),
            field="sheet",
            do=_("name each sheet to read (--sheet NAME), or remove the others from the file"),
            kept=_("nothing was imported"),
        )
        self.accounts = tuple(accounts)


def choose_sheets(
    sheets: Sequence[Sheet],
    names: Names,
    required: Sequence[str],
    beside: HeadingRule | None = None,
    chosen: Sequence[str] = (),
    *,
    hidden_cells: bool = True,
    tells_words: bool = False,
) -> ChosenSheets:
    """The sheets that have the table described as for `find_tables`, and an account of all.

    `chosen`: names of the sheets to read, as somebody decided; all others are then left out. With `hidden_cells` also
    hidden rows and columns are asked about; with `tells_words` sheets without the table are not. Raises
    SheetsUndecided, or Invalid for a name that no sheet has.
    """
    if len(sheets) == 1 and not sheets[0].name:
        return ChosenSheets(sheets=tuple(sheets))
    tables = {sheet.name: find_table(sheet, names, required, beside) for sheet in sheets}
    if chosen:
        picked = _as_chosen(sheets, tables, chosen, hidden_cells=hidden_cells)
        for sheet in picked.sheets:
            if tables[sheet.name] is None:
                find_tables([sheet], names, required, beside)  # says which column the sheet lacks
        accounts = [_words_told(one, tables) if tells_words else one for one in picked.accounts]
        return msgspec.structs.replace(picked, accounts=tuple(accounts))
    bodies = {name: _body(table) for name, table in tables.items() if table is not None}
    found = [_account(sheet, tables[sheet.name], bodies, hidden_cells=hidden_cells) for sheet in sheets]
    found = [_words_told(one, tables) if tells_words else one for one in found]
    if not any(tables.values()):  # whoever looks for the table says which column is missing
        return ChosenSheets(sheets=tuple(sheet for sheet in sheets if sheet.rows) or tuple(sheets))
    accounts = [
        msgspec.structs.replace(one, why=_missing(sheet, names, required)) if one.treatment == "not_understood" else one
        for one, sheet in zip(found, sheets, strict=True)
    ]
    if any(one.treatment in UNDECIDED for one in accounts):
        raise SheetsUndecided(sheets[0].file, accounts)
    read = {one.name for one in accounts if one.treatment == "read"}
    return ChosenSheets(sheets=tuple(sheet for sheet in sheets if sheet.name in read), accounts=tuple(accounts))


def _words_told(one: SheetAccount, tables: Mapping[str, Table | None]) -> SheetAccount:
    """The account of a sheet whose words are told where it has no table."""
    open_ones = ("left_out", "hidden", "not_understood")
    if tables[one.name] is not None or one.treatment not in open_ones:
        return one
    return SheetAccount(
        name=one.name, treatment="words", rows=one.rows, why=one.why if one.treatment == "hidden" else ""
    )


def _as_chosen(
    sheets: Sequence[Sheet], tables: Mapping[str, Table | None], chosen: Sequence[str], *, hidden_cells: bool
) -> ChosenSheets:
    """Exactly the named sheets; the others are left out."""
    wanted = {_key(name): name for name in chosen}
    unknown = [name for key, name in wanted.items() if key not in {_key(sheet.name) for sheet in sheets}]
    if unknown:
        names = ", ".join(f'"{sheet.name}"' for sheet in sheets)
        raise Invalid(
            _('{file} has no sheet "{sheet}" (it has {names})', file=sheets[0].file, sheet=unknown[0], names=names),
            field="sheet",
            do=_("name one of its sheets"),
            kept=_("nothing was imported"),
        )
    accounts = [
        SheetAccount(name=sheet.name, treatment="read", rows=rows, why=_hidden_parts(sheet) if hidden_cells else "")
        if _key(sheet.name) in wanted
        else SheetAccount(name=sheet.name, treatment=_unchosen(sheet), rows=rows)
        for sheet in sheets
        for rows in (_rows_with_content(sheet, tables[sheet.name]),)
    ]
    read = [sheet for sheet in sheets if _key(sheet.name) in wanted]
    return ChosenSheets(sheets=tuple(read), accounts=tuple(accounts))


def _key(name: str) -> str:
    return name.strip().casefold()


def _unchosen(sheet: Sheet) -> Treatment:
    return _without_content(sheet) or "left_out"


def _without_content(sheet: Sheet) -> Treatment | None:
    """What a sheet is that has nothing to read; None for one that has."""
    if sheet.chart:
        return "chart"
    if not sheet.rows and not sheet.comments:
        return "empty"
    return "own" if is_own_sheet(sheet) else None


def _rows_with_content(sheet: Sheet, table: Table | None) -> int:
    """The rows below the heading of a table; all rows of a sheet without one."""
    return len(list(table.rows())) if table else len(sheet.rows)


Body = Counter[tuple[str, ...]]
"""The rows of a table, without regard to their order."""


def _account(sheet: Sheet, table: Table | None, bodies: dict[str, Body], *, hidden_cells: bool) -> SheetAccount:
    nothing = _without_content(sheet)
    rows = _rows_with_content(sheet, table)
    if table is None and nothing is not None:
        return SheetAccount(name=sheet.name, treatment=nothing, rows=len(sheet.rows))
    if sheet.hidden:
        return SheetAccount(name=sheet.name, treatment="hidden", rows=rows, why=_("it is hidden"))
    if table is None:
        return SheetAccount(name=sheet.name, treatment="not_understood", rows=rows)
    like = _repeated(sheet.name, bodies)
    if like:
        return SheetAccount(name=sheet.name, treatment="copy", rows=rows, why=like)
    if hidden_cells and (parts := _hidden_parts(sheet)):
        return SheetAccount(name=sheet.name, treatment="hidden_cells", rows=rows, why=parts)
    return SheetAccount(name=sheet.name, treatment="read", rows=rows)


_MANY, _MOST = 5, 0.8
"""From this many rows that two sheets share, and this share of the shorter one, the second may be a corrected copy."""


def _repeated(name: str, bodies: dict[str, Body]) -> str:
    """Why a table is a copy of one on another sheet; empty if it is not. Of two equal ones the second is the copy."""
    mine, before = bodies[name], True
    for other, theirs in bodies.items():
        if other == name:
            before = False
            continue
        if mine and mine <= theirs and (before or mine != theirs):
            if mine == theirs:
                return _('it has the same rows as "{other}"', other=other)
            if mine.total() > 1:
                return _('all its rows are in "{other}" too', other=other)
        shared = (mine & theirs).total()
        if before and shared >= _MANY and shared >= _MOST * min(mine.total(), theirs.total()):
            return _('most of its rows are in "{other}" too', other=other)
        copied = COPY_NAME.fullmatch(name.strip())
        if copied and _key(copied[1]) == _key(other):
            return _('by its name it is a copy of "{other}"', other=other)
    return ""


def _body(table: Table) -> Body:
    """The rows of a table without regard to their order, to spaces and to capitals, each with the headings it uses."""
    heads = {n: normalised(text) for n, text in enumerate(table.head.cells)}
    return Counter(
        tuple(
            sorted(f"{heads.get(n, '')}={text.strip().casefold()}" for n, text in enumerate(row.cells) if text.strip())
        )
        for row in table.rows()
    )


def _hidden_parts(sheet: Sheet) -> str:
    """The rows and columns of a sheet that hold something and are hidden, in words; empty without any."""
    from openpyxl.utils import get_column_letter

    rows = [row.number for row in sheet.rows if row.hidden]
    columns = [n for n in sorted(sheet.hidden_columns) if any(row.cell(n).strip() for row in sheet.rows)]
    parts = []
    if rows:
        listed = _shortened([str(number) for number in rows])
        parts.append(plural("its row {listed} is hidden", "its rows {listed} are hidden", len(rows), listed=listed))
    if columns:
        listed = _shortened([get_column_letter(number + 1) for number in columns])
        parts.append(
            plural("its column {listed} is hidden", "its columns {listed} are hidden", len(columns), listed=listed)
        )
    return ", ".join(parts)


_LISTED = 12


def _shortened(words: Sequence[str]) -> str:
    more = _(" and {n} more", n=len(words) - _LISTED) if len(words) > _LISTED else ""
    return ", ".join(words[:_LISTED]) + more


def _missing(sheet: Sheet, names: Names, required: Sequence[str]) -> str:
    """Why a sheet was not understood, with the first words in it."""
    __, missing = closest_heading([sheet], names, required)
    columns = ", ".join(f'"{name}"' for name in missing)
    rows = plural("it has {n} row", "it has {n} rows", len(sheet.rows))
    return _("{rows} but no column {columns}", rows=rows, columns=columns) if columns else rows
