"""Reads the host's answers from a returned response sheet; rows are recognised by their hidden mark, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import msgspec
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.factcheck.import_practice import read_practice
from reviewapp.factcheck.outside_cells import OutsideCells
from reviewapp.factcheck.rows import (
    HIDDEN,
    NAMES,
    TYPED,
    bears_mark,
    mark_is_valid,
    number_of,
    parse_sent,
    rating_from,
    typed_before,
)
from reviewapp.figures.responses import NO_RATING, reviewed_values
from reviewapp.instruments.lookup import standard_of, zero_twin
from reviewapp.instruments.model import Score
from reviewapp.spreadsheets.account import ChosenSheets, SheetAccount, choose_sheets
from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.row_marks import digest_of_field, is_shortened, normalised_cell, too_long_for_a_cell
from reviewapp.spreadsheets.table import Problems, Table, TableRule, find_table, find_tables
from reviewapp.visit.labels import all_of
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import LocalContext, PracticeConsent, Response
from reviewapp.visit.team_notes import unkept

MOVED = _("its hidden mark does not match: the row was moved, copied or changed")
MOVED_DO = _("type the answer into the row of its standard in the sheet as it was sent")

BEGINNING = _("only the beginning of a longer answer was sent, so a change to it cannot be imported")
BEGINNING_DO = _("put the answer back as it was sent, and send what is new separately")


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a returned sheet: `lines` are the host's statements to record, `summary` is text for a person.

    `words` stand outside the cells for answers and are in no line; `accounts` tells what was done with every sheet.
    """

    lines: tuple[Response | LocalContext | PracticeConsent, ...]
    summary: str
    words: tuple[OutsideWords, ...] = ()
    accounts: tuple[SheetAccount, ...] = ()


class _ReturnedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A recognised row: `typed` holds only the cells that changed; `rating` is the draft's, as it was sent.

    `place` is the row's location, for messages.
    """

    number: str
    place: str
    typed: dict[str, str]
    rating: Score | None = None


def read_answers(
    sheets: Sequence[Sheet], state: VisitState, *, chosen: Sequence[str] = (), problems: Problems | None = None
) -> Answers:
    """The host's answers from the sheets of one file, one row per standard.

    A sheet made by `response_sheet` is read by its marks. A plain table with the columns Standard and Your answer is
    read by the number of the standard. A text that begins like a formula is text. Reading the same file again changes
    nothing. `chosen` names the sheets that hold the answers, where somebody had to choose. Raises `Invalid` for a sheet
    of another visit or without some of its hidden columns, `SheetsUndecided` where two sheets or a hidden one hold
    answers, and `Invalid` for rows that cannot be read, naming sheet and cell, unless they are left in `problems`.
    """
    faults = Problems() if problems is None else problems
    picked = _answer_sheets(sheets, chosen)
    tables = find_tables(picked.sheets, NAMES, _REQUIRED, instead="use the sheet that was sent with the draft")
    reading = _SheetReader(state, faults, OutsideCells(state, tables))
    for table in tables:
        reading.read(table)
    practice = read_practice(sheets, state, faults)
    read = {sheet.name for sheet in picked.sheets} | practice.sheets.keys()
    reading.outside.other_sheets(
        sheet for sheet in sheets if find_table(sheet, NAMES, _REQUIRED) is None and sheet.name not in read
    )
    if problems is None:
        faults.refuse()
    parts = (_summary(reading.found, state), practice.summary, reading.missing())
    return Answers(
        lines=(*(line for back in reading.found.values() for line in _statements(back)), *practice.lines),
        summary=" ".join(part for part in parts if part),
        words=unkept([*reading.outside.words, *practice.words], state),
        accounts=tuple(_with_practice(one, practice.sheets) for one in picked.accounts),
    )


def _with_practice(one: SheetAccount, read: Mapping[str, int]) -> SheetAccount:
    """The account of a sheet, which was read after all where it asks about good practice; `read`: those, with rows."""
    if one.name not in read:
        return one
    return msgspec.structs.replace(one, treatment="read", rows=read[one.name], why="")


_REQUIRED = ("standard", "text")


TABLE = TableRule(NAMES, _REQUIRED)
"""By what a sheet of answers to the draft is known among other spreadsheets."""


def visit_of(sheets: Sequence[Sheet], visits: Collection[str]) -> str:
    """The one among these ids of visits whose marks the rows of a response sheet bear; empty if it is none of them."""
    tables = (table for sheet in sheets if (table := find_table(sheet, NAMES, _REQUIRED)) is not None)
    marked = [_mark(table, row) for table in tables if HIDDEN[0] in table.columns for row in table.rows()]
    return next((visit for visit in visits if any(bears_mark(visit, *mark) for mark in marked)), "")


def _answer_sheets(sheets: Sequence[Sheet], chosen: Sequence[str]) -> ChosenSheets:
    """The sheets with answers. Others are not decided about: their words are told."""
    return choose_sheets(sheets, NAMES, _REQUIRED, chosen=chosen, hidden_cells=False, tells_words=True)


class _SheetReader:
    """Reads the tables of one file row by row; `found` are the answers by standard."""

    def __init__(self, state: VisitState, problems: Problems, outside: OutsideCells) -> None:
        self._state, self._problems, self.outside = state, problems, outside
        self.found: dict[str, _ReturnedRow] = {}
        self._there: set[str] | None = None

    def read(self, table: Table) -> None:
        """Read one table. Raises Invalid for one of another visit or without some of its hidden columns."""
        marked = _is_marked(table)
        rows = [row for row in table.rows() if _has_text(table, row)]
        if marked:
            _refuse_another_visit(table, rows, self._state)
        self.outside.table(table)
        standards: dict[int, str] = {}
        for row in rows:
            number = standard_of(table.get(row, "standard"), self._state.instrument) or ""
            standards[row.number] = number
            self.outside.row(table, row, number, marked=marked)
            if marked and not any(table.get(row, name) for name in ("id", *TYPED)):
                self.outside.own_row(table, row, number)
            elif any(table.get(row, name) for name in table.columns):
                self._read_row(table, row, number, marked=marked)
        self.outside.comments(table.sheet, standards)

    def _read_row(self, table: Table, row: SheetRow, number: str, *, marked: bool) -> None:
        if marked:
            self._there = (self._there or set()) | {number, number_of(table.get(row, "id"))}
        formulas = _formulas(table, row, self._problems)
        read_row = _read_marked_row if marked else _read_plain_row
        back = read_row(table, row, self._state, self._problems)
        if back is None:
            typed_in = [name for name in TYPED if name not in formulas and table.get(row, name)]
            self.outside.untaken_row(table, row, number, typed_in or ([] if marked or number else ["standard"]))
            return
        typed = {name: text for name, text in back.typed.items() if name not in formulas}
        if typed:
            _add_row(self.found, msgspec.structs.replace(back, typed=typed), table, row, self._problems)

    def missing(self) -> str:
        """A sentence on the standards whose rows were deleted; empty if all are there, or the sheet is not ours."""
        there = self._there
        gone = [s.number for s in self._state.instrument.standards if there is not None and s.number not in there]
        if not gone:
            return ""
        return f"The rows of {_standards(gone)} are not in the sheet any more; what is here on them stays."


def _is_marked(table: Table) -> bool:
    marked = [name for name in HIDDEN if name in table.columns]
    if marked and len(marked) < len(HIDDEN):
        raise Invalid(
            _(
                "{place}: some of the hidden columns are missing",
                place=table.sheet.sheet_location(table.head.number, 0),
            ),
            do=_("use the form as it was sent"),
            kept=_("nothing was imported"),
        )
    return bool(marked)


def _formulas(table: Table, row: SheetRow, problems: Problems) -> list[str]:
    """The cells for answers that hold a formula or its error, a problem noted for each: what is meant is not sure."""
    named = {name: table.columns[name] for name in TYPED if name in table.columns}
    formulas = {name: column for name, column in named.items() if row.kind(column) in ("formula", "error")}
    for column in formulas.values():
        problems.add(table.sheet, row.number, column, _("it contains a formula"), _("type the words themselves"))
    return list(formulas)


def _has_text(table: Table, row: SheetRow) -> bool:
    return any(normalised_cell(cell) for cell in row.cells)


def _refuse_another_visit(table: Table, rows: Sequence[SheetRow], state: VisitState) -> None:
    if rows and not any(mark_is_valid(state, *_mark(table, row)) for row in rows):
        raise Invalid(
            _(
                "{file} is not the response form of {service}, {date}",
                file=table.sheet.file,
                service=state.info.service,
                date=state.info.date,
            ),
            do=_("choose the form that was made from this visit"),
            kept=_("nothing was imported"),
        )


def _mark(table: Table, row: SheetRow) -> tuple[str, str, str]:
    return table.get(row, "id"), table.get(row, "check"), table.get(row, "sent")


def _typed(table: Table, row: SheetRow) -> dict[str, str]:
    return {name: normalised_cell(table.get(row, name)) for name in TYPED if name in table.columns}


def _read_marked_row(table: Table, row: SheetRow, state: VisitState, problems: Problems) -> _ReturnedRow | None:
    """A row of a sheet made by `response_sheet`, with the cells that differ from those sent; None with a problem noted.

    The hidden mark and the visible number of the standard must both fit.
    """
    id_, check, sent = _mark(table, row)
    column = table.columns["standard"]
    digests = parse_sent(sent)
    if digests is None or not mark_is_valid(state, id_, check, sent):
        problems.add(table.sheet, row.number, column, MOVED if id_ else _("the row has no hidden mark"), MOVED_DO)
        return None
    number, shown = number_of(id_), table.get(row, "standard")
    if standard_of(shown, state.instrument) != number:
        what = _("the row is that of standard {number} but says {value}", number=number, value=shown or "nothing")
        problems.add(table.sheet, row.number, column, what, _("put {number} back there", number=number))
        return None
    before, rating = digests
    typed = {name: text for name, text in _typed(table, row).items() if digest_of_field(name, text) != before[name]}
    _note_shortened(table, row, state, number, typed, before, problems)
    place = table.sheet.sheet_location(row.number, column)
    return _ReturnedRow(number=number, place=place, typed=typed, rating=rating_from(rating, state))


def _note_shortened(
    table: Table,
    row: SheetRow,
    state: VisitState,
    number: str,
    typed: dict[str, str],
    before: dict[str, str],
    problems: Problems,
) -> None:
    """Note a problem for each changed cell that was sent with the beginning of a longer answer only."""
    now = typed_before(state, number)
    for name, text in typed.items():
        sent_now = too_long_for_a_cell(now[name]) and digest_of_field(name, now[name]) == before[name]
        if text and (is_shortened(text) or sent_now):
            problems.add(table.sheet, row.number, table.columns[name], BEGINNING, BEGINNING_DO)


def _read_plain_row(table: Table, row: SheetRow, state: VisitState, problems: Problems) -> _ReturnedRow | None:
    """A row of a table without marks, recognised by its standard's number; None if empty, or with a problem noted."""
    typed = {name: text for name, text in _typed(table, row).items() if text}
    if not typed:
        return None
    column, shown = table.columns["standard"], table.get(row, "standard")
    number = standard_of(shown, state.instrument)
    if number is None:
        title = state.instrument.title
        what = (
            _("there is no standard {shown} in {title}", shown=f"{shown!r}", title=title)
            if shown
            else _("the row does not name a standard")
        )
        problems.add(table.sheet, row.number, column, what, _("enter the number of a standard"))
        return None
    twin = zero_twin(number, state.instrument) if row.kind(column) == "number" else ""
    if twin:
        what = _("{text} may be {twin}, because a number loses the zero at its end", text=shown, twin=twin)
        do = _("format the cell as text and type the number again")
        problems.add(table.sheet, row.number, column, what, do)
        return None
    return _ReturnedRow(number=number, place=table.sheet.sheet_location(row.number, column), typed=typed)


def _add_row(
    found: dict[str, _ReturnedRow], back: _ReturnedRow, table: Table, row: SheetRow, problems: Problems
) -> None:
    """Add a row to `found`; notes a problem for a second row on the same standard with other answers."""
    first = found.setdefault(back.number, back)
    if first.typed != back.typed:
        what = _("standard {number} already has a different answer ({place})", number=back.number, place=first.place)
        do = _("keep one row for each standard, with everything in it")
        problems.add(table.sheet, row.number, table.columns["standard"], what, do)


def _statements(back: _ReturnedRow) -> list[Response | LocalContext]:
    lines: list[Response | LocalContext] = []
    text, evidence = (back.typed.get(name, UNSET) for name in ("text", "evidence"))
    if text is not UNSET or evidence is not UNSET:
        rating = UNSET if back.rating is None else back.rating
        lines.append(Response(standard=back.number, text=text, evidence=evidence, rating=rating))
    if "outside" in back.typed:
        lines.append(LocalContext(standard=back.number, text=back.typed["outside"]))
    return lines


def _summary(found: dict[str, _ReturnedRow], state: VisitState) -> str:
    """A summary: number of answers, those that replace an earlier one, and those to a rating that has changed since."""
    if not found:
        return "No answer is filled in."
    many = [back.number for back in found.values()]
    parts = [f"Answers on {_standards(many)}."]
    again = [
        back.number
        for back in found.values()
        if any(was and was != back.typed.get(name, was) for name, was in typed_before(state, back.number).items())
    ]
    if again:
        parts.append(f"On {_standards(again)} they replace an earlier one, which stays in the history.")
    now = reviewed_values(state)
    other = [b.number for b in found.values() if b.rating is not None and b.rating != _stored_rating(now.get(b.number))]
    if other:
        parts.append(f"On {_standards(other)} the rating has changed since the sheet was sent.")
    return " ".join(parts)


def _stored_rating(value: Score | None) -> Score:
    return NO_RATING if value is None else value


def _standards(numbers: Sequence[str]) -> str:
    return f"{len(numbers)} standard{'s' if len(numbers) > 1 else ''} ({all_of(list(numbers))})"
