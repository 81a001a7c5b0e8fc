"""Reading the team's self-review: one row for each standard with its rating and the team's comment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

import msgspec
from msgspec import UNSET

from reviewapp.base.i18n import _, any_of
from reviewapp.figures.ratings import self_review_ratings
from reviewapp.instruments.lookup import standards_meant, zero_twin
from reviewapp.instruments.model import Instrument, Score
from reviewapp.intake.earlier import HeldPart
from reviewapp.intake.given_cells import given_columns, words_typed_over
from reviewapp.intake.rows import (
    excerpt,
    heading,
    named_otherwise,
    records,
    refuse_rivals,
    standard_at,
    standard_column,
    words_outside,
)
from reviewapp.intake.sheet import (
    Heading,
    Reader,
    Reading,
    SheetKind,
    SkippedRow,
    TemplateSpec,
)
from reviewapp.intake.vocabulary import rating_of
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.outside import OutsideWords, words_in, words_under
from reviewapp.spreadsheets.problems import NOT_IN_WORDS, Problems
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import Names, Table, TableRule, find_tables
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement, SelfReview

NAMES: Names = {
    "standard": ("number", "standard number", "standard no", "no", "standard"),
    "rating": ("rating", "value", "self rating", "self-review rating", "self-review", "our rating", "score"),
    "comment": ("comment", "comments", "our comment", "notes", "evidence"),
}
RULE = TableRule(NAMES, ("standard", "rating"))


class _Found(msgspec.Struct):
    """What was read so far, by standard: the statement, its place, and the standards that two rows differ about."""

    lines: dict[str, SelfReview] = {}
    places: dict[str, str] = {}
    unclear: set[str] = msgspec.field(default_factory=set)
    headings: list[Heading] = []
    skipped: list[SkippedRow] = []
    words: list[OutsideWords] = []


def read(sheets: Sequence[Sheet], instrument: Instrument, _state: VisitState | None = None) -> Reading:
    """A statement for every row with a rating or comment, and a summary sentence.

    A comment without a rating is read and the rating left open; a row with neither is skipped.
    """
    found, reader = _Found(), Reader(instrument, Problems())
    for table in find_tables(sheets, NAMES, RULE.required):
        table = standard_column(table, NAMES, reader)
        refuse_rivals(table, NAMES, "rating", _("the rating"), reader.problems)
        _look_at_headings(table, instrument, found)
        for row in records(table, ("standard",), found.skipped):
            line = _line(table, row, reader)
            if line is not None:
                found.headings += named_otherwise(table, row, line.standard)
                _add(found, line, table, row, reader)
            else:
                found.words += _words_of(table, row, instrument)
    lines = [line for number, line in found.lines.items() if number not in found.unclear]
    summary = _summary(lines, instrument)
    return Reading(lines, summary, None, found.headings, found.skipped, found.words, problems=reader.problems)


def _look_at_headings(table: Table, instrument: Instrument, found: _Found) -> None:
    meanings = {"standard": _("the standard"), "rating": _("the rating"), "comment": _("the comment")}
    found.headings += [heading(table, column, meanings[name]) for name, column in table.columns.items()]
    given = given_columns(table)
    found.words += words_outside(table, [*table.columns.values(), *given], "standard")
    found.words += words_typed_over(table, instrument)
    found.headings += [
        heading(table, column, _("repeats the standard") if column in given else _("not read"))
        for column, __ in table.others()
    ]


def _line(table: Table, row: SheetRow, reader: Reader) -> SelfReview | None:
    rating, comment = table.seen(row, "rating"), table.seen(row, "comment")
    if not rating and not comment:
        return None
    number = standard_at(table, row, table.columns["standard"], reader.instrument, reader.problems)
    value = _value(table, row, reader) if rating else None
    if comment and reader.problems.words(table.sheet, row, table.columns["comment"]):
        comment = ""
    if number is None or (value is None and not comment):
        return None
    return SelfReview(standard=number, value=UNSET if value is None else value, comment=comment or UNSET)


def _words_of(table: Table, row: SheetRow, instrument: Instrument) -> Iterator[OutsideWords]:
    """The words of a row of which nothing is taken: what stands in place of a standard, and the comment."""
    if not standards_meant(table.seen(row, "standard"), instrument):
        yield from words_in(table.sheet, row, (table.columns["standard"],), "row")
    if table.seen(row, "comment") and row.kind(table.columns["comment"]) not in NOT_IN_WORDS:
        yield from words_under(table, row, table.columns["comment"], "row")


def _value(table: Table, row: SheetRow, reader: Reader) -> Score | None:
    text, column = table.seen(row, "rating"), table.columns["rating"]
    labels = [choice.label for choice in reader.instrument.scale.values]
    if reader.problems.value(table.sheet, row, column, choices=labels):
        return None
    choice = rating_of(text, reader.instrument.scale)
    if choice is None:
        what, do = _("{text} is not a rating", text=f"{text!r}"), _("use {choices}", choices=any_of(labels))
        reader.problems.add(table.sheet, row.number, column, what, do, choices=labels)
        return None
    return choice.value


def _add(found: _Found, line: SelfReview, table: Table, row: SheetRow, reader: Reader) -> None:
    """Add a statement; the same standard twice is accepted only when both rows are equal.

    Not even then where a standard with one zero more exists, which may have been meant in one of the rows.
    """
    column, number = table.columns["standard"], line.standard
    if number not in found.lines:
        found.lines[number] = line
        found.places[number] = table.sheet.sheet_location(row.number, column)
    elif twin := zero_twin(number, reader.instrument):
        found.unclear.add(number)
        what = _(
            "{number} is in two rows ({first}): one may be {twin}",
            number=number,
            first=found.places[number],
            twin=twin,
        )
        reader.problems.add(
            table.sheet, row.number, column, what, _("format the cells as text and type the numbers again")
        )
    elif found.lines[number] != line:
        found.unclear.add(number)
        what = _(
            "standard {standard} already has a different rating ({first})",
            standard=number,
            first=found.places[number],
        )
        reader.problems.add(table.sheet, row.number, column, what, _("keep one row for each standard"))


def _summary(lines: list[SelfReview], instrument: Instrument) -> str:
    counts = Counter(line.value for line in lines if line.value is not UNSET)
    parts = [_counted(counts[choice.value], choice.label) for choice in instrument.scale.values if counts[choice.value]]
    open_ones = len(lines) - sum(counts.values())
    parts += [f"{open_ones} with a comment but no rating"] if open_ones else []
    total = len(instrument.standards)
    return f"Self-review of {len(lines)} of {total} standards: {', '.join(parts) or 'nothing filled in'}."


def _counted(n: int, label: str) -> str:
    """`3 Met`; a label that begins with a number is set apart from the count: `3 rated “4 - mostly”`."""
    return f"{n} rated “{label}”" if label[:1].isdigit() else f"{n} {label}"


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
        else _("Not received yet")
    )


def _held(state: VisitState, _me: str) -> list[HeldPart]:
    """The rating and the comment of every standard, each for itself."""
    held = []
    for number, rec in state.self_review.items():
        subject = _("standard {number}", number=number)
        if rec.value is not None:
            fields = {("self_review", number, "value"): rec.value}
            label, emptied = _label_of(rec.value, state), SelfReview(standard=number, value=None)
            held.append(HeldPart(subject, label, partial(_new_rating, state=state), fields, [emptied]))
        if rec.comment:
            fields = {("self_review", number, "comment"): rec.comment}
            words, emptied = (
                _("the comment “{text}”", text=excerpt(rec.comment)),
                SelfReview(standard=number, comment=""),
            )
            held.append(HeldPart(subject, words, _new_comment, fields, [emptied]))
    return held


def _label_of(value: Score | None, state: VisitState) -> str:
    return next((choice.label for choice in state.instrument.scale.values if choice.value == value), str(value))


def _new_rating(line: AnyStatement, state: VisitState) -> str:
    assert isinstance(line, SelfReview)
    return "" if line.value is UNSET else _label_of(line.value, state)


def _new_comment(line: AnyStatement) -> str:
    assert isinstance(line, SelfReview)
    return _("“{text}”", text=excerpt(line.comment or ""))


def _table(_instrument: Instrument) -> TableRule:
    return RULE


SHEET = SheetKind("self_review", _("Self-review"), "self-review", read, _template, _taken, table=_table, held=_held)
