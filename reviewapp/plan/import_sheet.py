"""The action plan that came back: what the host changed, told row by row, and never guessed."""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.lookup import standard_of
from reviewapp.plan.compare import Place, PlanNotice, ReturnedRow, RowComparison
from reviewapp.plan.parse_cells import FREE_TEXT, understand
from reviewapp.plan.rows import FIELDS, HIDDEN, NAMES, TITLES
from reviewapp.plan.sent_versions import History, marks_of, nothing_known
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.reader import Limits, SheetRow, read_sheets
from reviewapp.spreadsheets.row_marks import check_code, digest_of_field, normalised_cell
from reviewapp.spreadsheets.table import Problems, Table, find_tables
from reviewapp.spreadsheets.writer import CELL_MOST
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Action
from reviewapp.visit.validators import HOST

__all__ = ["PlanNotice", "PlanReturn", "read_plan"]


class PlanReturn(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan says that the visit does not.

    `lines` says `changed`, `new` and `conflicts`, with what the team was `seen` looking at: recorded with it, what both
    changed stands side by side until somebody settles it. `unknown` and `duplicated` are in no line.
    """

    changed: tuple[PlanNotice, ...] = ()
    new: tuple[PlanNotice, ...] = ()
    unknown: tuple[PlanNotice, ...] = ()
    duplicated: tuple[PlanNotice, ...] = ()
    conflicts: tuple[PlanNotice, ...] = ()
    lines: tuple[Action, ...] = ()
    seen: dict[Place, tuple[str, ...]] = {}

    def told(self) -> dict[str, list[PlanNotice]]:
        """The five lists of `plan import --json`."""
        names = ("changed", "new", "unknown", "duplicated", "conflicts")
        return {name: list(getattr(self, name)) for name in names}


def read_plan(path: Path, state: VisitState, history: History = nothing_known, *, says: str = HOST) -> PlanReturn:
    """What came back from the host, compared with what was sent and with what the visit says now.

    `history`: that of `state`, such as `partial(visit.history, "action")`; `says`: in whose name it will be recorded.
    A cell the host left alone changes nothing. A cell that the host and the visit both changed is a conflict. A value
    that cannot be understood (a due date, say) refuses the whole file with one `Invalid` that names the cell, and so
    does the plan of another visit. Reading the same file again, after its lines were recorded, tells nothing.
    """
    sheets = read_sheets(Path(path), Limits(characters=CELL_MOST))
    tables = find_tables(sheets, NAMES, [n for n in TITLES if n not in ("type", "asked")], instead="export it again")
    reading = _SheetReader(state, RowComparison(state, history, says))
    for table in tables:
        reading.sort_out(table)
    reading.refuse_another_visit(Path(path).name)
    return reading.result()


class _SheetReader:
    """One reading of one file: rows are first recognised, then compared."""

    def __init__(self, state: VisitState, comparing: RowComparison) -> None:
        self._state, self._comparing = state, comparing
        self._problems = Problems()
        self._rows: dict[str, list[ReturnedRow]] = {}
        self._unknown: list[PlanNotice] = []
        self._any_id = False

    def sort_out(self, table: Table) -> None:
        """Recognise the rows of a table; what cannot be recognised is told as unknown."""
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
        prints, marks = dict(zip(FIELDS, sent.split("."), strict=False)), marks_of(seen)
        if row_id and len(prints) == len(FIELDS) and marks is not None:
            for fixed in dict.fromkeys(("", number, known or "")):
                if check == check_code(self._state.info.id, row_id, fixed, sent + seen):
                    return ReturnedRow(table, row, row_id, fixed, prints, marks)
        why = "its hidden mark does not fit: it was moved, copied or altered" if row_id else "it has no id"
        values = {title: text for n, title in TITLES.items() if n not in HIDDEN and (text := table.get(row, n))}
        if row_id or values:
            cell = address(row.number, table.columns["standard"])
            self._unknown.append({"id": row_id, "standard": number, "cell": cell, "why": why, "values": values})
        return None

    def _note_extra_columns(self, table: Table, row: SheetRow) -> None:
        """Text beside the table would be lost without a word."""
        taken = set(table.columns.values())
        for column, text in enumerate(row.cells):
            if column not in taken and normalised_cell(text):
                heading = table.head.cell(column).strip()
                told = {"id": table.get(row, "id"), "standard": table.get(row, "standard")}
                told |= {"cell": address(row.number, column), "why": "its column is not part of the plan"}
                self._unknown.append({**told, "values": {heading: text}})

    def refuse_another_visit(self, file: str) -> None:
        """When not one row is ours, this is another visit's plan, or its hidden columns are gone."""
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
        """Compare every recognised row and tell what came of it."""
        duplicated = []
        for row_id, backs in self._rows.items():
            if len(backs) > 1:
                told = {"id": row_id, "standard": backs[0].number, "why": "more than one row has this id"}
                duplicated.append({**told, "cells": [b.cell("standard") for b in backs]})
            else:
                (back,) = backs
                found = {name: self._typed(back, name) for name in back.fields()}
                self._comparing.row(back, {name: text for name, text in found.items() if text is not None})
        self._problems.refuse()
        told_of = self._comparing
        return PlanReturn(
            changed=tuple(told_of.changed),
            new=tuple(told_of.new),
            unknown=tuple(self._unknown),
            duplicated=tuple(duplicated),
            conflicts=tuple(told_of.conflicts),
            lines=tuple(told_of.lines),
            seen=told_of.seen,
        )

    def _typed(self, back: ReturnedRow, name: str) -> str | None:
        """What stands in a cell, as `values_of` would say it; None, and noted, when it cannot be understood."""
        text = normalised_cell(back.table.get(back.row, name))
        sheet, row, column = back.table.sheet, back.row.number, back.table.columns[name]
        if not text or name in FREE_TEXT:
            return text
        if self._problems.formula(sheet, row, column, text):
            return None
        value, do = understand(name, text, self._state.instrument)
        if value is None:
            self._problems.add(sheet, row, column, _NOT_A[name].format(text=repr(text[:60])), do)
        return value


_NOT_A = {
    "due": _("{text} is not a date"),
    "priority": _("{text} is not a priority"),
    "status": _("{text} is not a status"),
    "impact": _("{text} is not an impact"),
    "effort": _("{text} is not an effort"),
    "standard": _("{text} is not a standard"),
}
