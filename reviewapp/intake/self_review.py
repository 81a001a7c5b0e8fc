"""Reading the team's self-review: one row for each standard with its rating and the team's comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import UNSET

from reviewapp.base.i18n import _, any_of
from reviewapp.figures.ratings import self_review_ratings
from reviewapp.instruments.lookup import standard_of
from reviewapp.instruments.model import Instrument, Score
from reviewapp.intake.sheet import Reading, SheetKind, TemplateSpec
from reviewapp.intake.vocabulary import rating_of
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import Names, Problems, Table, find_tables
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import SelfReview

NAMES: Names = {
    "standard": ("number", "standard number", "standard no", "no", "standard"),
    "rating": ("rating", "value", "self rating", "self-review rating", "self-review", "our rating", "score"),
    "comment": ("comment", "comments", "our comment", "notes", "evidence"),
}


def read(sheets: Sequence[Sheet], instrument: Instrument) -> tuple[list[SelfReview], str]:
    """A statement for every row with a rating or comment, and a summary sentence. Raises Invalid for the whole file.

    A comment without a rating is read and the rating left open; a row with neither is skipped.
    """
    problems = Problems()
    found: dict[str, tuple[SelfReview, str]] = {}
    for table in find_tables(sheets, NAMES, ("standard", "rating")):
        for row in table.rows():
            line = _line(table, row, instrument, problems)
            if line is not None:
                _add(found, line, table, row, problems)
    problems.refuse()
    lines = [line for line, __ in found.values()]
    return lines, _summary(lines, instrument)


def _line(table: Table, row: SheetRow, instrument: Instrument, problems: Problems) -> SelfReview | None:
    rating, comment = table.get(row, "rating"), table.get(row, "comment")
    if not rating and not comment:
        return None
    number = _standard(table, row, instrument, problems)
    value = _value(table, row, instrument, problems) if rating else None
    if number is None or (rating and value is None):
        return None
    return SelfReview(standard=number, value=UNSET if value is None else value, comment=comment or UNSET)


def _standard(table: Table, row: SheetRow, instrument: Instrument, problems: Problems) -> str | None:
    text, column = table.get(row, "standard"), table.columns["standard"]
    if problems.formula(table.sheet, row.number, column, text):
        return None
    number = standard_of(text, instrument)
    if number is None:
        what = (
            _("there is no standard {text} in {title}", text=f"{text!r}", title=instrument.title)
            if text
            else _("the row does not name a standard")
        )
        problems.add(table.sheet, row.number, column, what, _("put the number of a standard there"))
    return number


def _value(table: Table, row: SheetRow, instrument: Instrument, problems: Problems) -> Score | None:
    text, column = table.get(row, "rating"), table.columns["rating"]
    if problems.formula(table.sheet, row.number, column, text):
        return None
    choice = rating_of(text, instrument.scale)
    if choice is None:
        choices = any_of(c.label for c in instrument.scale.values)
        problems.add(
            table.sheet,
            row.number,
            column,
            _("{text} is not a rating", text=f"{text!r}"),
            _("use {choices}", choices=choices),
        )
        return None
    return choice.value


def _add(
    found: dict[str, tuple[SelfReview, str]], line: SelfReview, table: Table, row: SheetRow, problems: Problems
) -> None:
    """Add a statement; the same standard twice is accepted only when both rows are equal."""
    column = table.columns["standard"]
    first = found.setdefault(line.standard, (line, table.sheet.sheet_location(row.number, column)))
    if first[0] != line:
        what = _(
            "standard {standard} was given something else already ({first})", standard=line.standard, first=first[1]
        )
        problems.add(table.sheet, row.number, column, what, _("keep one row for each standard"))


def _summary(lines: list[SelfReview], instrument: Instrument) -> str:
    counts = Counter(line.value for line in lines if line.value is not UNSET)
    parts = [f"{counts[choice.value]} {choice.label}" for choice in instrument.scale.values if counts[choice.value]]
    open_ones = len(lines) - sum(counts.values())
    parts += [f"{open_ones} with a comment but no rating"] if open_ones else []
    total = len(instrument.standards)
    return f"Self-review of {len(lines)} of {total} standards: {', '.join(parts) or 'nothing filled in'}."


def _template(instrument: Instrument) -> TemplateSpec:
    labels = tuple(choice.label for choice in instrument.scale.values)
    columns = (
        Column(title="Standard", width=10, locked=True, middle=True),
        Column(title="Type", width=7, locked=True, middle=True),
        Column(title="Title", width=28, locked=True),
        Column(title="What is asked", width=62, locked=True),
        Column(title="Rating", width=17),
        Column(title="Comment", width=58),
    )
    how = [
        ("What this is", "Your team's own view of every standard before the peer review. The reviewers start from it."),
        ("Who fills it in", "The team together if you can: manager, staff, and people who have used the service."),
        ("Rating", f"Choose {any_of(labels)} from the list in each row of the sheet “Self-review”."),
        ("Comment", "Say in a sentence or two how you know: where it is written, what you do, what is missing. "
                    "A comment helps most where the answer is not a plain yes."),
        ("Not sure yet?", "Leave the rating empty and write what you would need to find out."),
        ("Please do not", "write names or anything that could tell who a patient, carer or member of staff is. "
                          "Do not change the first four columns; they are locked."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[s.number, s.type, s.title, s.statement, "", ""] for s in instrument.standards]
    return TemplateSpec("Self-review", "Self-review", columns, rows, how, {"Rating": labels}, freeze=1)


def _taken(state: VisitState) -> str:
    rated = sum(1 for value in self_review_ratings(state).values() if value is not None)
    return (
        _("{rated} of {n} standards rated by the team", rated=rated, n=len(state.instrument.standards))
        if rated
        else _("Not here yet")
    )


def _read(sheets: Sequence[Sheet], instrument: Instrument, _state: VisitState | None) -> Reading:
    return Reading(*read(sheets, instrument))


SHEET = SheetKind("self_review", _("Self-review"), "self-review", _read, _template, _taken)
