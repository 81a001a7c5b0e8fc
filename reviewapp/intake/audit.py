"""The case-note audit: one row a record, one column a thing looked for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reviewapp.base.i18n import _
from reviewapp.instruments.lookup import item_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake.vocabulary import answer_of, looks_like_nhs_number
from reviewapp.spreadsheets.cells import heading_candidates, normalised
from reviewapp.spreadsheets.reader import Sheet, SheetRow
from reviewapp.spreadsheets.table import HeadingRule, Names, Problems, Table, find_tables
from reviewapp.visit.statements import Audit, AuditValue, CaseNote

NAMES: Names = {"case_note": ("case note", "case notes", "casenote", "case note number", "record", "case", "number")}
PASSED_OVER = frozenset({"comment", "comments", "notes", "date"})

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")


def read(sheets: Sequence[Sheet], instrument: Instrument) -> tuple[list[CaseNote | Audit], str]:
    """A line for every record with an answer and for each answer, and a sentence; else `Invalid` for the whole file."""
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
    """Which column holds the answers to which item."""
    items: dict[int, str] = {}
    for column, heading in table.others():
        item = _item(heading, instrument)
        if item is None:
            if normalised(heading) not in PASSED_OVER:
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
    elif looks_like_nhs_number(text):
        what = _("it looks like an NHS number")
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
