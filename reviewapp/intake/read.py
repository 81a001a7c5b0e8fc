"""The one entry point for reading any kind of table that a team sends in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake import answers, audit, self_review, survey
from reviewapp.intake.earlier import Earlier, compare
from reviewapp.intake.found import Intake
from reviewapp.intake.sheet import Reading, SheetKind
from reviewapp.spreadsheets.account import ChosenSheets, choose_sheets
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Limits, read_sheets
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.visit.identifying import places_in, told
from reviewapp.visit.state import VisitState
from reviewapp.visit.validators import HOST, LONGEST_TEXT

SHEETS: dict[str, SheetKind] = {
    made.kind: made for made in (self_review.SHEET, survey.SHEET, audit.SHEET, answers.SHEET)
}
"""Every kind of sheet from the team, by its name on the command line."""

_LIMITS = Limits(characters=LONGEST_TEXT)
"""A cell may hold as much as any text of the visit."""


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decided about a file: the sheets to read, what stands in odd cells, what becomes of the rest.

    `settled`: by (sheet, row, column), the text to read instead of the cell's, empty to leave it out. `skip_bad`: cells
    that are not understood are left out and listed instead of refusing the file. `replace`: what the visit holds from
    earlier sheets of this kind and this one does not have is emptied. `me`: who says it.
    """

    sheets: tuple[str, ...] = ()
    settled: Mapping[tuple[str, int, int], str] = {}
    skip_bad: bool = False
    replace: bool = False
    me: str = HOST


def read_intake(
    path: Path,
    kind: str,
    instrument: Instrument,
    state: VisitState | None = None,
    choices: Choices | None = None,
) -> Intake:
    """Every entry of a CSV or XLSX from the team, as statements to record.

    All or nothing, unless `choices` say otherwise: cells that are not understood raise one `OddCells` naming file,
    sheet and cell, what is wrong and what to do; sheets of which it is not certain whether they are meant raise
    `SheetsUndecided`. Reading the same file again gives the same statements. Answers to the draft need the visit's
    `state`; with it the result says what it overwrites.
    """
    if kind not in SHEETS:
        raise Invalid(
            _("there is no intake of kind {kind}", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(SHEETS)),
        )
    choices = choices or Choices()
    made = SHEETS[kind]
    sheets = [_settled(sheet, choices.settled) for sheet in read_sheets(Path(path), _LIMITS)]
    chosen = _chosen(made, sheets, instrument, choices)
    read = made.read(chosen.sheets, instrument, state)
    problems = read.problems or Problems()
    problems.refuse(only_stopping=choices.skip_bad)
    return _intake(made, read, chosen, problems, _earlier(made, read, state, choices), state)


def _chosen(made: SheetKind, sheets: Sequence[Sheet], instrument: Instrument, choices: Choices) -> ChosenSheets:
    """The sheets of a file that are this kind's."""
    if made.table is None:
        return ChosenSheets(sheets=tuple(sheets))
    rule, hidden_cells = made.table(instrument), not made.marked
    return choose_sheets(sheets, rule.names, rule.required, rule.beside, choices.sheets, hidden_cells=hidden_cells)


def _intake(
    made: SheetKind, read: Reading, chosen: ChosenSheets, problems: Problems, earlier: Earlier, state: VisitState | None
) -> Intake:
    notes = " ".join({f"{sheet.file}: {sheet.note}." for sheet in chosen.sheets if sheet.note})
    identifying = places_in(read.lines, state, HOST)
    said = (read.summary, notes, told(identifying))
    return Intake(
        kind=made.kind,
        lines=(*read.lines, *(earlier.empty if earlier.removed else ())),
        summary=" ".join(part for part in said if part),
        people=read.people or {},
        identifying=identifying,
        sheets=chosen.accounts,
        headings=tuple(read.headings),
        not_taken=problems.cells(),
        skipped=tuple(read.skipped),
        extras=tuple(read.extras),
        earlier=earlier,
    )


def _earlier(made: SheetKind, read: Reading, state: VisitState | None, choices: Choices) -> Earlier:
    if state is None or made.held is None:
        return Earlier()
    if choices.replace and not read.lines:
        raise Invalid(
            _("the sheet holds nothing that could replace the earlier one"),
            field="replace",
            do=_("choose the right file, or take what is there back with Undo"),
        )
    return compare(read.lines, read.stands, made.held(state, choices.me), choices.me, replace=choices.replace)


def _settled(sheet: Sheet, settled: Mapping[tuple[str, int, int], str]) -> Sheet:
    """The sheet with the texts that somebody put in place of its own."""
    here = {(row, column): text for (name, row, column), text in settled.items() if name == sheet.name}
    if not here:
        return sheet
    rows = []
    for row in sheet.rows:
        mine = {column: text for (number, column), text in here.items() if number == row.number}
        cells = [mine.get(n, text) for n, text in enumerate(row.cells)]
        kinds = ["text" if n in mine else row.kind(n) for n in range(len(cells))]
        rows.append(msgspec.structs.replace(row, cells=tuple(cells), kinds=tuple(kinds)))
    return msgspec.structs.replace(sheet, rows=tuple(rows))
