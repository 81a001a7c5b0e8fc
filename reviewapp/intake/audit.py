"""Reading the case-note audit: one row for each case note, one column for each audit item."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.lookup import item_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake.sheet import Legend, Reading, SheetKind, TemplateSpec
from reviewapp.intake.vocabulary import answer_of
from reviewapp.spreadsheets.cells import heading_candidates, normalised
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import HeadingRule, Names, Problems, Table, find_tables
from reviewapp.visit.identifying import signs_in
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Audit, AuditValue, CaseNote
from reviewapp.visit.validators import HOST

NAMES: Names = {"case_note": ("case note", "case notes", "casenote", "case note number", "record", "case", "number")}
IGNORED_HEADINGS = frozenset({"comment", "comments", "notes", "date"})

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_CASE_NOTES = 20
_RECORDED = ("Yes", "No", "NA", "Not recorded")


def read(sheets: Sequence[Sheet], instrument: Instrument) -> tuple[list[CaseNote | Audit], str]:
    """A statement for every case note with answers and for each answer, and a summary. Raises Invalid for the file."""
    problems = Problems()
    beside = HeadingRule("the items of the audit", lambda heading: _item(heading, instrument))
    found: dict[str, tuple[dict[str, AuditValue], str]] = {}
    for table in find_tables(sheets, NAMES, ("case_note",), beside):
        items = _items(table, instrument, problems)
        for row in table.rows():
            _read_row(table, row, items, found, problems)
    problems.refuse()
    lines: list[CaseNote | Audit] = []
    for case_note, (answers, __) in found.items():
        lines.append(CaseNote(id=case_note))
        lines += [Audit(case_note=case_note, item=item, value=value) for item, value in answers.items()]
    answered = sum(isinstance(line, Audit) for line in lines)
    return lines, f"Audit of {len(found)} case notes: {answered} answers to {len(instrument.audit)} items."


def _items(table: Table, instrument: Instrument, problems: Problems) -> dict[int, str]:
    """The audit items by the column that holds their answers."""
    items: dict[int, str] = {}
    for column, heading in table.others():
        item = _item(heading, instrument)
        if item is None:
            if normalised(heading) not in IGNORED_HEADINGS:
                what = _("the heading {heading} is not an item of the audit", heading=f"{heading!r}")
                problems.add(table.sheet, table.head.number, column, what, _("correct it, or take the column out"))
        elif item in items.values():
            problems.add(
                table.sheet,
                table.head.number,
                column,
                _("item {item} has two columns", item=item),
                _("keep one of them"),
            )
        else:
            items[column] = item
    return items


def _item(heading: str, instrument: Instrument) -> str | None:
    return next((item for text in heading_candidates(heading) if (item := item_of(text, instrument))), None)


def _read_row(
    table: Table,
    row: SheetRow,
    items: dict[int, str],
    found: dict[str, tuple[dict[str, AuditValue], str]],
    problems: Problems,
) -> None:
    for column, text in enumerate(row.cells):
        if text.strip() and not table.head.cell(column).strip():
            problems.add(
                table.sheet, row.number, column, _("its column has no heading"), _("give the column a heading")
            )
    if not any(row.cell(column).strip() for column in items):
        return
    case_note = _case_note(table, row, problems)
    answers = {item: value for column, item in items.items() if (value := _answer(table, row, column, problems))}
    if case_note is None:
        return
    column = table.columns["case_note"]
    first = found.setdefault(case_note, (answers, table.sheet.sheet_location(row.number, column)))
    if first[0] != answers:
        what = _("case note {case_note} has other answers already ({first})", case_note=case_note, first=first[1])
        problems.add(table.sheet, row.number, column, what, _("keep one row for each case note"))


def _case_note(table: Table, row: SheetRow, problems: Problems) -> str | None:
    text, column = table.get(row, "case_note"), table.columns["case_note"]
    if problems.formula(table.sheet, row.number, column, text):
        return None
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
        return text
    return None


def _answer(table: Table, row: SheetRow, column: int, problems: Problems) -> AuditValue | None:
    text = row.cell(column).strip()
    if not text or problems.formula(table.sheet, row.number, column, text):
        return None
    answer = answer_of(text)
    if answer is None:
        do = _("use yes, no, na or not recorded, or leave it blank")
        problems.add(table.sheet, row.number, column, _("{text} is not an answer", text=f"{text!r}"), do)
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
        else _("Not here yet (reviewers read their own)")
    )


def _read(sheets: Sequence[Sheet], instrument: Instrument, _state: VisitState | None) -> Reading:
    return Reading(*read(sheets, instrument))


SHEET = SheetKind("audit", _("The team's own audit of case notes"), "case-note-audit", _read, _template, _taken)
