"""The one entry point for reading any kind of table that a team sends in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _, any_of, plural
from reviewapp.instruments.model import Group, Instrument
from reviewapp.intake import answers, audit, self_review, survey
from reviewapp.intake.earlier import Earlier, compare
from reviewapp.intake.found import Intake
from reviewapp.intake.sheet import FOR, ExportChoices, Reading, SheetKind
from reviewapp.spreadsheets.account import ChosenSheets, choose_sheets
from reviewapp.spreadsheets.layout import FIRST_SHEET
from reviewapp.spreadsheets.outside import OutsideWords, comments_of, words_in, words_of_sheet
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Limits, read_sheets
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.spreadsheets.table import TableRule, find_table
from reviewapp.visit.identifying import places_in, told
from reviewapp.visit.state import VisitState
from reviewapp.visit.team_notes import notes_of, unkept
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
    earlier sheets of this kind and this one does not have is emptied. `keep_notes`: words outside the expected cells
    are kept as notes of the team. `group`: who answered a survey whose file does not say it; `columns`: by heading,
    what columns of it are; `add`: its people are others than those that were counted before. `me`: who says it.
    """

    sheets: tuple[str, ...] = ()
    settled: Mapping[tuple[str, int, int], str] = {}
    skip_bad: bool = False
    replace: bool = False
    keep_notes: bool = False
    me: str = HOST
    group: Group | None = None
    columns: Mapping[str, str] = {}
    add: bool = False


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
            _("{kind} cannot be imported", kind=f"{kind!r}"),
            field="kind",
            do=_("use {listed}", listed=any_of(SHEETS)),
        )
    choices = choices or Choices()
    made = SHEETS[kind]
    sheets = [_settled(sheet, choices.settled) for sheet in read_sheets(Path(path), _LIMITS)]
    read = _read(made, sheets, instrument, state, choices)
    problems = read.problems or Problems()
    problems.refuse(only_stopping=choices.skip_bad)
    if made.allow is not None and state is not None and not (choices.add or choices.replace):
        made.allow(read.lines, state, Path(path).name)
    earlier = _earlier(made, read, state, choices)
    kept = notes_of(read.words, state, Path(path).name) if choices.keep_notes and state is not None else []
    lines = (*read.lines, *(earlier.empty if earlier.removed else ()), *kept)
    encodings = " ".join({f"{sheet.file}: {sheet.note}." for sheet in sheets if sheet.note})
    identifying = places_in(lines, state, HOST)
    return Intake(
        kind=made.kind,
        lines=lines,
        summary=" ".join(part for part in (read.summary, _left_out(problems), encodings, told(identifying)) if part),
        people=read.people or {},
        identifying=identifying,
        sheets=tuple(read.accounts),
        headings=tuple(read.headings),
        not_taken=problems.cells(),
        skipped=tuple(read.skipped),
        words=unkept(read.words, state) if state is not None else tuple(read.words),
        earlier=earlier,
        doubtful=read.doubtful,
        columns=tuple(read.columns),
    )


def _left_out(problems: Problems) -> str:
    """How many cells were not understood and are left out, in a sentence; empty without any."""
    cells = len(problems.cells())
    return plural("{n} cell is ignored.", "{n} cells are ignored.", cells) if cells else ""


def _read(
    made: SheetKind, sheets: Sequence[Sheet], instrument: Instrument, state: VisitState | None, choices: Choices
) -> Reading:
    """What the sheets of a file say that are of this kind, with an account of all."""
    if made.exported is not None:
        given = ExportChoices(choices.sheets, choices.group, choices.columns, choices.add or choices.replace)
        exported = made.exported(sheets, instrument, state, given)
        if exported is not None:
            return exported
    if made.choose is not None:
        return made.choose(sheets, instrument, state, choices.sheets)
    if made.table is None:
        return made.read(sheets, instrument, state)
    rule = made.table(instrument)
    chosen = choose_sheets(sheets, rule.names, rule.required, rule.beside, choices.sheets)
    read = made.read(chosen.sheets, instrument, state)
    words = [*read.words, *_words_of_others(sheets, chosen, rule), *_typed_into_ours(sheets, chosen, made, instrument)]
    return read._replace(accounts=chosen.accounts, words=words)


def _words_of_others(sheets: Sequence[Sheet], chosen: ChosenSheets, rule: TableRule) -> Iterator[OutsideWords]:
    """The words on sheets that were left out and are no table of this kind."""
    left_out = {one.name for one in chosen.accounts if one.treatment == "left_out"}
    for sheet in sheets:
        if sheet.name in left_out and find_table(sheet, rule.names, rule.required, rule.beside) is None:
            yield from words_of_sheet(sheet)


_ALIKE = 0.6
"""From this likeness a text is one of ours, perhaps as an earlier version of the program wrote it."""


def _typed_into_ours(
    sheets: Sequence[Sheet], chosen: ChosenSheets, made: SheetKind, instrument: Instrument
) -> Iterator[OutsideWords]:
    """The words that somebody typed into our own sheet of instructions, and comments on any sheet of ours."""
    own = {one.name for one in chosen.accounts if one.treatment == "own"}
    if not own:
        return
    plan = made.template(instrument)
    ours = [normalised_cell(text) for text in (plan.title, *(part for pair in plan.how for part in pair))]
    for sheet in sheets:
        if sheet.name.strip() == FIRST_SHEET and sheet.name in own:
            for row in sheet.rows:
                if row.cell(0).strip() != FOR:
                    words = words_in(sheet, row, range(len(row.cells)), "given")
                    yield from (one for one in words if not any(_alike(one.text, text) for text in ours))
        if sheet.name in own:
            yield from comments_of(sheet)


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _earlier(made: SheetKind, read: Reading, state: VisitState | None, choices: Choices) -> Earlier:
    if state is None or made.held is None:
        return Earlier()
    if choices.replace and not read.lines and not read.stands:
        raise Invalid(
            _("the sheet contains nothing that could replace the earlier one"),
            field="replace",
            do=_("choose the right file, or use Undo to remove what was imported"),
        )
    held = [part for part in made.held(state, choices.me) if read.about is None or part.group in read.about]
    return compare(read.lines, read.stands, held, choices.me, replace=choices.replace)


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
