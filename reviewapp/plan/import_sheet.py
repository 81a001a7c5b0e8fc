"""Reads a returned action plan: recognises its rows, parses the cells, and compares them with the visit.

A row or value that is not certain is reported, never guessed.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.lookup import standard_of
from reviewapp.plan.compare import PlanNotice, ReturnedRow, RowComparison
from reviewapp.plan.parse_cells import FREE_TEXT, parse_cell
from reviewapp.plan.rows import FIELDS, HIDDEN, NAMES, TITLES
from reviewapp.plan.sent_versions import History, marks_of, nothing_known
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.reader import Limits, SheetRow, read_sheets
from reviewapp.spreadsheets.row_marks import (
    check_code,
    digest_of_field,
    is_shortened,
    normalised_cell,
    too_long_for_a_cell,
)
from reviewapp.spreadsheets.table import Problems, Table, find_tables
from reviewapp.spreadsheets.writer import CELL_MOST
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Action
from reviewapp.visit.validators import HOST

__all__ = ["PlanNotice", "PlanReturn", "read_plan"]


class PlanReturn(msgspec.Struct, frozen=True, kw_only=True):
    """Differences between a returned plan and the visit, and the statements that record them.

    `lines` holds `changed`, `new` and `conflicts`; recorded with `seen` (the entries the team saw), a field that both
    changed has both values until somebody settles the conflict. `unknown` and `duplicated` rows are in no line.
    """

    changed: tuple[PlanNotice, ...] = ()
    new: tuple[PlanNotice, ...] = ()
    unknown: tuple[PlanNotice, ...] = ()
    duplicated: tuple[PlanNotice, ...] = ()
    conflicts: tuple[PlanNotice, ...] = ()
    lines: tuple[Action, ...] = ()
    seen: dict[FieldAddress, tuple[str, ...]] = {}

    def as_lists(self) -> dict[str, list[PlanNotice]]:
        """The five lists of `plan import --json`."""
        names = ("changed", "new", "unknown", "duplicated", "conflicts")
        return {name: list(getattr(self, name)) for name in names}


def read_plan(path: Path, state: VisitState, history: History = nothing_known, *, says: str = HOST) -> PlanReturn:
    """Read a returned plan and compare it with the sent one and with the visit as it is now.

    `history`: that of `state`, such as `partial(visit.history, "action")`; `says`: the code of the author it will be
    recorded as. A cell the host left alone changes nothing. A cell that the host and the visit both changed is a
    conflict. Raises one `Invalid` for the whole file that names every cell that cannot be parsed (a due date, for
    example), or if the plan is of another visit. Reading the same file again, after its lines were recorded, finds no
    difference.
    """
    sheets = read_sheets(Path(path), Limits(characters=CELL_MOST))
    tables = find_tables(sheets, NAMES, [n for n in TITLES if n not in ("type", "asked")], instead="export it again")
    reading = _SheetReader(state, RowComparison(state, history, says))
    for table in tables:
        reading.sort_out(table)
    reading.refuse_another_visit(Path(path).name)
    return reading.result()


class _SheetReader:
    """Reads one file: first recognises the rows of every table, then compares them."""

    def __init__(self, state: VisitState, comparing: RowComparison) -> None:
        self._state, self._comparison = state, comparing
        self._problems = Problems()
        self._rows: dict[str, list[ReturnedRow]] = {}
        self._unknown: list[PlanNotice] = []
        self._any_id = False

    def sort_out(self, table: Table) -> None:
        """Recognise the rows of a table; rows that cannot be recognised are reported as unknown."""
        for row in table.rows():
            self._note_extra_columns(table, row)
            if not any(normalised_cell(row.cell(column)) for name, column in table.columns.items()):
                continue
            back = self._recognise(table, row)
            if back is None:
                continue
            blank = not any(table.get(row, name) for name in back.fields())
            never_used = blank and all(back.sent[name] == digest_of_field(name, "") for name in back.fields())
            if not never_used:
                self._rows.setdefault(back.id, []).append(back)
            self._any_id = True

    def _recognise(self, table: Table, row: SheetRow) -> ReturnedRow | None:
        row_id, check, sent, seen = (table.get(row, name) for name in HIDDEN)
        number = table.get(row, "standard")
        known = standard_of(number, self._state.instrument)
        digests, marks = dict(zip(FIELDS, sent.split("."), strict=False)), marks_of(seen)
        if row_id and len(digests) == len(FIELDS) and marks is not None:
            for fixed in dict.fromkeys(("", number, known or "")):
                if check == check_code(self._state.info.id, row_id, fixed, sent + seen):
                    return ReturnedRow(table, row, row_id, fixed, digests, marks)
        why = "its hidden mark does not fit: it was moved, copied or altered" if row_id else "it has no id"
        values = {title: text for n, title in TITLES.items() if n not in HIDDEN and (text := table.get(row, n))}
        if row_id or values:
            cell = address(row.number, table.columns["standard"])
            self._unknown.append({"id": row_id, "standard": number, "cell": cell, "why": why, "values": values})
        return None

    def _note_extra_columns(self, table: Table, row: SheetRow) -> None:
        """Report text in columns outside the table as unknown; otherwise it would be lost silently."""
        taken = set(table.columns.values())
        for column, text in enumerate(row.cells):
            if column not in taken and normalised_cell(text):
                heading = table.head.cell(column).strip()
                notice = {"id": table.get(row, "id"), "standard": table.get(row, "standard")}
                notice |= {"cell": address(row.number, column), "why": "its column is not part of the plan"}
                self._unknown.append({**notice, "values": {heading: text}})

    def refuse_another_visit(self, file: str) -> None:
        """Raise Invalid if no row was recognised: a plan of another visit, or one whose hidden columns are gone."""
        if not self._any_id:
            raise Invalid(
                _(
                    "{file} is not the action plan of {service}, {date}",
                    file=file,
                    service=self._state.info.service,
                    date=self._state.info.date,
                ),
                do=_("choose the file that was exported from this visit, or export it again"),
                kept=_("nothing was taken"),
            )

    def result(self) -> PlanReturn:
        """Compare every recognised row and collect the result; raises Invalid if a cell could not be parsed."""
        duplicated = []
        for row_id, backs in self._rows.items():
            if len(backs) > 1:
                notice = {"id": row_id, "standard": backs[0].number, "why": "more than one row has this id"}
                duplicated.append({**notice, "cells": [b.cell("standard") for b in backs]})
            else:
                (back,) = backs
                found = {name: self._parsed_cell(back, name) for name in back.fields()}
                self._comparison.row(back, {name: text for name, text in found.items() if text is not None})
        self._problems.refuse()
        compared = self._comparison
        return PlanReturn(
            changed=tuple(compared.changed),
            new=tuple(compared.new),
            unknown=tuple(self._unknown),
            duplicated=tuple(duplicated),
            conflicts=tuple(compared.conflicts),
            lines=tuple(compared.lines),
            seen=compared.seen,
        )

    def _parsed_cell(self, back: ReturnedRow, name: str) -> str | None:
        """The value of a cell, as `values_of` writes it; None, with a problem noted, if it cannot be parsed."""
        text = normalised_cell(back.table.get(back.row, name))
        sheet, row, column = back.table.sheet, back.row.number, back.table.columns[name]
        if not text or back.kept(name, text):
            return text  # what was sent is not judged, whatever it is
        if self._shows_a_beginning(back, name, text):
            self._problems.add(sheet, row, column, _BEGINNING, _("make the change on the page Action plan"))
            return None
        if name in FREE_TEXT:
            return text
        if self._problems.formula(sheet, row, column, text):
            return None
        value, do = parse_cell(name, text, self._state.instrument)
        if value is None:
            self._problems.add(sheet, row, column, _NOT_A[name].format(text=repr(text[:60])), do)
        return value

    def _shows_a_beginning(self, back: ReturnedRow, name: str, text: str) -> bool:
        """True for a changed cell that was sent with the beginning of a longer text only."""
        action = self._state.actions.get(back.id)
        now = str(getattr(action, name, None) or "")
        return is_shortened(text) or (too_long_for_a_cell(now) and back.kept(name, now))


_BEGINNING = _("it was sent with the beginning of a longer text only, so its change cannot be taken")
_NOT_A = {
    "due": _("{text} is not a date"),
    "priority": _("{text} is not a priority"),
    "status": _("{text} is not a status"),
    "impact": _("{text} is not an impact"),
    "effort": _("{text} is not an effort"),
    "standard": _("{text} is not a standard"),
}
