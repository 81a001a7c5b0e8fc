"""Reading the case-note audit: one row for each case note, one column for each audit item."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.instruments.lookup import items_meant
from reviewapp.instruments.model import Instrument
from reviewapp.intake.earlier import HeldPart
from reviewapp.intake.rows import heading, records, words_outside
from reviewapp.intake.sheet import (
    Heading,
    Legend,
    Reader,
    Reading,
    SheetKind,
    SkippedRow,
    TemplateSpec,
)
from reviewapp.intake.vocabulary import answer_of
from reviewapp.spreadsheets.cells import normalised, stripped, visible
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.outside import OutsideWords, words_in
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import HeadingRule, Names, Table, TableRule, find_tables
from reviewapp.visit.identifying import signs_in
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement, Audit, AuditValue, CaseNote
from reviewapp.visit.validators import HOST

NAMES: Names = {"case_note": ("case note", "case notes", "casenote", "case note number", "record", "case", "number")}
IGNORED_HEADINGS = frozenset({"comment", "comments", "notes", "date"})

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_CASE_NOTES = 20
_RECORDED = ("Yes", "No", "NA", "Not recorded")


class _Found(msgspec.Struct):
    """What was read so far, by case note: the answers, their place, and the case notes that two rows differ about.

    `known` are the case notes of an earlier sheet.
    """

    answers: dict[str, dict[str, AuditValue]] = {}
    places: dict[str, str] = {}
    known: tuple[str, ...] = ()
    unclear: set[str] = msgspec.field(default_factory=set)
    headings: list[Heading] = []
    skipped: list[SkippedRow] = []
    words: list[OutsideWords] = []


def read(sheets: Sequence[Sheet], instrument: Instrument, state: VisitState | None = None) -> Reading:
    """A statement for every case note with answers and for each answer, and a summary."""
    reader = Reader(instrument, Problems())
    found = _Found(known=_earlier_names(state))
    for table in find_tables(sheets, NAMES, ("case_note",), table_rule(instrument).beside):
        items = _items(table, reader, found)
        for row in records(table, ("case_note",), found.skipped):
            _read_row(table, row, items, found, reader.problems)
    lines: list[CaseNote | Audit] = []
    for case_note, answers in found.answers.items():
        if case_note not in found.unclear and answers:
            lines.append(CaseNote(id=case_note))
            lines += [Audit(case_note=case_note, item=item, value=value) for item, value in answers.items()]
    answered = sum(isinstance(line, Audit) for line in lines)
    notes = len(lines) - answered
    summary = (
        f"Audit of {_many(notes, 'case note')}: {_many(answered, 'answer')} to {len(reader.instrument.audit)} items."
    )
    return Reading(lines, summary, None, found.headings, found.skipped, found.words, problems=reader.problems)


def _many(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}"


def table_rule(instrument: Instrument) -> TableRule:
    """A table of the audit: a column that numbers the case notes, and the items as headings."""
    return TableRule(
        NAMES, ("case_note",), HeadingRule("the items of the audit", lambda text: items_meant(text, instrument))
    )


def _items(table: Table, reader: Reader, found: _Found) -> dict[int, str]:
    """The audit items by the column that holds their answers."""
    items: dict[int, str] = {}
    row, problems = table.head, reader.problems
    found.headings.append(heading(table, table.columns["case_note"], _("the case note")))
    for column, text in table.others():
        if normalised(text) in IGNORED_HEADINGS:
            found.headings.append(heading(table, column, _("not read")))
            continue
        item = None if problems.value(table.sheet, row, column) else _item(table, column, reader)
        if item is None:
            found.headings.append(heading(table, column, _("not understood")))
        elif item in items.values():
            what = _("item {item} has two columns", item=item)
            problems.add(table.sheet, row.number, column, what, _("keep one of them"), stops=True)
        else:
            items[column] = item
            found.headings.append(heading(table, column, _("item {item}", item=item), item))
    dates = [column for column, text in table.others() if normalised(text) == "date"]
    found.words += words_outside(table, [table.columns["case_note"], *items], "", dates)
    return items


def _item(table: Table, column: int, reader: Reader) -> str | None:
    text = table.head.cell(column)
    meant = items_meant(text, reader.instrument)
    if len(meant) == 1:
        return meant[0]
    what = (
        _("{text} may mean {numbers}", text=f"{stripped(text)!r}", numbers=join_words(meant, _(" or ")))
        if meant
        else _("the heading {heading} is not an item of the audit", heading=f"{stripped(text)!r}")
    )
    do = _("correct it, or delete the column")
    reader.problems.add(table.sheet, table.head.number, column, what, do)
    return None


def _read_row(table: Table, row: SheetRow, items: dict[int, str], found: _Found, problems: Problems) -> None:
    for column, text in enumerate(row.cells):
        if stripped(text) and not stripped(table.head.cell(column)):
            problems.add(
                table.sheet, row.number, column, _("its column has no heading"), _("give the column a heading")
            )
    if not any(stripped(row.cell(column)) for column in items):
        if not any(letter.isdigit() for letter in table.seen(row, "case_note")):
            found.words += words_in(table.sheet, row, (table.columns["case_note"],), "row")
        return
    case_note = _case_note(table, row, [*found.answers, *found.known], problems)
    answers = {item: value for column, item in items.items() if (value := _answer(table, row, column, problems))}
    if case_note is None:
        return
    column = table.columns["case_note"]
    if case_note not in found.answers:
        found.answers[case_note] = answers
        found.places[case_note] = table.sheet.sheet_location(row.number, column)
    elif found.answers[case_note] != answers:
        found.unclear.add(case_note)
        first = found.places[case_note]
        what = _("case note {case_note} already has different answers ({first})", case_note=case_note, first=first)
        problems.add(table.sheet, row.number, column, what, _("keep one row for each case note"))


def _case_note(table: Table, row: SheetRow, known: Iterable[str], problems: Problems) -> str | None:
    text, column = table.seen(row, "case_note"), table.columns["case_note"]
    if problems.value(table.sheet, row, column):
        return None
    text = re.sub(r"^0*(\d+)\.0+$", r"\1", visible(text).strip())
    if not text:
        problems.add(
            table.sheet, row.number, column, _("the row has answers but no case note"), _("number the case note")
        )
    elif signs := signs_in(text):
        what = _("it looks like {looks_like}", looks_like=signs[0].looks_like)
        problems.add(
            table.sheet, row.number, column, what, _("number the case notes 1, 2, 3 ... so that nobody is named")
        )
    elif not _NAME.fullmatch(text):
        what = _("{text} cannot be the number of a case note", text=f"{text[:20]!r}")
        problems.add(table.sheet, row.number, column, what, _("number the case notes 1, 2, 3 ..."))
    else:
        return _known_as(text, known)
    return None


def _known_as(name: str, known: Iterable[str]) -> str:
    """The name under which this case note is known already: a program turns `01` into `1` when it saves a sheet."""
    return next((one for one in known if _plain(one) == _plain(name)), name)


def _plain(name: str) -> str:
    return name.casefold().lstrip("0")


def _answer(table: Table, row: SheetRow, column: int, problems: Problems) -> AuditValue | None:
    text = stripped(row.cell(column))
    if not text or problems.value(table.sheet, row, column, choices=_RECORDED):
        return None
    answer = answer_of(text)
    if answer is None:
        do = _("use yes, no, not applicable or not recorded, or leave it blank")
        what = _("{text} is not an answer", text=f"{text!r}")
        problems.add(table.sheet, row.number, column, what, do, choices=_RECORDED)
    return answer


def _template(instrument: Instrument) -> TemplateSpec:
    items, target = instrument.audit, instrument.targets.case_notes
    columns = (
        Column(title="Case note", width=10, middle=True),
        *(Column(title=f"{a.item}\n{a.text}", width=13, middle=True, turned=True) for a in items),
    )
    how = [
        ("What this is", "A table for reading case notes: one row for each record, one column for each thing to "
                         "look for. The sheet “What to look for” has the items in full."),
        ("Which records", "Choose them by chance, for example every tenth of the last six months, not the best ones."
                          + (f" Aim for at least {target}." if target else "")),
        ("Case note", "A number of your own, 1, 2, 3 ... Keep the list that says which record it is inside "
                      "your service. Never type an NHS number or initials."),
        ("Answers", "Yes: it is in the record. No: the record shows that it was not done. Not recorded: the record "
                    "does not say. NA: it does not apply to this person."),
        ("Rows not needed", "Leave them empty; a number alone is not counted."),
        ("When you are done", "Save the file as it is (XLSX) and send it to the lead reviewer."),
    ]  # fmt: skip
    rows = [[str(n), *("" for __ in items)] for n in range(1, max(_CASE_NOTES, target) + 1)]
    lists = {"Case note": (), "": _RECORDED}
    wording = [(a.item, a.text, ", ".join(a.standards)) for a in items]
    legend = Legend("What to look for", (("Item", 10), ("What to look for", 90), ("Standards", 34)), wording)
    return TemplateSpec("Case-note audit", "Case notes", columns, rows, how, lists, 240, 1, legend)


def _taken(state: VisitState) -> str:
    records = {rec.case_note for rec in state.audit.values() if rec.person == HOST and rec.value}
    return (
        _("{records} audited by the team", records=plural("{n} record", "{n} records", len(records)))
        if records
        else _("Not received yet (reviewers do their own)")
    )


def _earlier_names(state: VisitState | None) -> tuple[str, ...]:
    return tuple(rec.id for rec in state.case_notes.values() if rec.person == HOST) if state is not None else ()


def _held(state: VisitState, me: str) -> list[HeldPart]:
    """Every case note of this person, and within it every answer."""
    held = []
    for key, rec in state.case_notes.items():
        if rec.person == me:
            subject = _("case note {number}", number=rec.id)
            fields = {("case_note", key, "opened"): True}
            held.append(HeldPart(subject, "", _nothing, fields, [CaseNote(id=rec.id, deleted=True)]))
    for key, cell in state.audit.items():
        if cell.person == me and cell.value:
            parent = _("case note {number}", number=cell.case_note)
            subject = _("{case_note}, item {item}", case_note=parent, item=cell.item)
            emptied = Audit(case_note=cell.case_note, item=cell.item, value=None)
            answer = {("audit", key, "value"): cell.value}
            held.append(HeldPart(subject, _words(cell.value), _new_answer, answer, [emptied], within=parent))
    return sorted(held, key=_answers_first)


def _answers_first(part: HeldPart) -> bool:
    """Answers are emptied before their case note is deleted: a deleted one would be opened again by them."""
    return not part.within


def _words(value: str) -> str:
    return value.replace("_", " ")


def _nothing(_line: AnyStatement) -> str:
    return ""


def _new_answer(line: AnyStatement) -> str:
    assert isinstance(line, Audit)
    return _words(str(line.value))


SHEET = SheetKind(
    "audit",
    _("The team's own audit of case notes"),
    "case-note-audit",
    read,
    _template,
    _taken,
    table=table_rule,
    held=_held,
)
