"""Reads a returned action plan: recognises its rows, parses the cells, and compares them with the visit.

A row or value that is not certain is reported, never guessed; words outside the cells that are read are reported too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.lookup import standard_of
from reviewapp.plan.compare import PlanNotice, ReturnedRow, RowComparison
from reviewapp.plan.odd_cells import PlanOddCells
from reviewapp.plan.outside_cells import OutsideCells
from reviewapp.plan.plan_return import BESIDE, PlanReturn
from reviewapp.plan.rows import EARLIER_FIELDS, FIELDS, HIDDEN, LATER, NAMES, TITLES
from reviewapp.plan.sent_versions import History, marks_of, nothing_known
from reviewapp.spreadsheets.account import ChosenSheets, choose_sheets
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.reader import Limits, read_sheets
from reviewapp.spreadsheets.row_marks import check_code, digest_of_field, is_mark_heading, normalised_cell
from reviewapp.spreadsheets.sheet import Sheet, SheetRow
from reviewapp.spreadsheets.table import Table, TableRule, find_table, find_tables
from reviewapp.spreadsheets.writer import CELL_MOST
from reviewapp.visit.identifying import places_in
from reviewapp.visit.state import VisitState
from reviewapp.visit.team_notes import notes_of, unkept
from reviewapp.visit.validators import HOST

__all__ = ["PlanNotice", "PlanReturn", "read_plan"]

_REQUIRED = [name for name in TITLES if name not in ("type", "asked", *LATER)]

TABLE = TableRule(NAMES, _REQUIRED)
"""By what a plan is known among other spreadsheets."""

Corrections = Mapping[tuple[str, str], str]
"""What to read instead of what a cell holds, by sheet and address; as somebody typed it who settled an odd cell."""


def read_plan(
    path: Path,
    state: VisitState,
    history: History = nothing_known,
    *,
    says: str = HOST,
    sheets: Sequence[str] = (),
    skip_odd: bool = False,
    corrections: Corrections | None = None,
) -> PlanReturn:
    """Read a returned plan and compare it with the sent one and with the visit as it is now.

    `history`: that of `state`, such as `partial(visit.history, "action")`; `says`: the code of the author it will be
    recorded as; `sheets`: the names of those that are the plan, where somebody had to choose. A cell the host left
    alone changes nothing and is not judged. A cell that the host and the visit both changed is a conflict. Raises one
    `OddCells` for the whole file that names every cell that cannot be parsed (a due date, for example) unless
    `skip_odd`, which leaves those cells as they are in the visit; `SheetsUndecided` where two sheets or a hidden one
    hold a plan; `Invalid` if the plan is of another visit. Reading the same file again, after its lines and notes were
    recorded, finds no difference.
    """
    found = read_sheets(Path(path), Limits(characters=CELL_MOST))
    chosen = _plan_sheets(found, sheets)
    tables = find_tables(chosen.sheets, NAMES, _REQUIRED, instead="export it again")
    odd = PlanOddCells(state, corrections or {})
    reading = _SheetReader(state, RowComparison(state, history, says), odd, OutsideCells(state, tables))
    for table in tables:
        reading.sort_out(table)
    reading.refuse_another_visit(Path(path).name)
    reading.outside.other_sheets(sheet for sheet in found if _is_other(sheet, chosen))
    read = reading.result()
    if not skip_odd:
        odd.refuse(Path(path).name)
    file = Path(path).name
    identifying = places_in([*read.lines, *notes_of(read.words, state, file)], state, says)
    return msgspec.structs.replace(read, file=file, accounts=chosen.accounts, identifying=identifying)


def visit_of(sheets: Sequence[Sheet], visits: Collection[str]) -> str:
    """The one among these ids of visits whose marks the rows of a plan bear; empty if it is none of them."""
    plans = [table for sheet in sheets if (table := find_table(sheet, NAMES, _REQUIRED)) is not None]
    found = (visit for plan in plans for row in plan.rows() if (visit := _visit_of_row(plan, row, visits)))
    return next(found, "")


def _visit_of_row(plan: Table, row: SheetRow, visits: Collection[str]) -> str:
    row_id, check, sent, seen = (plan.get(row, name) for name in HIDDEN)
    places = ("", plan.get(row, "standard"))
    fitting = (one for one in visits if check in [check_code(one, row_id, number, sent + seen) for number in places])
    return next(fitting, "") if row_id else ""


def _plan_sheets(found: Sequence[Sheet], names: Sequence[str]) -> ChosenSheets:
    """The sheets that are the plan. Others are not decided about: their words are told."""
    return choose_sheets(found, NAMES, _REQUIRED, chosen=names, hidden_cells=False, tells_words=True)


def _is_other(sheet: Sheet, chosen: ChosenSheets) -> bool:
    """True for a sheet that is no plan; a plan that somebody left out is told by the account of the sheets."""
    return find_table(sheet, NAMES, _REQUIRED) is None and sheet not in chosen.sheets


class _SheetReader:
    """Reads one file: first recognises the rows of every table, then compares them."""

    def __init__(self, state: VisitState, comparing: RowComparison, odd: PlanOddCells, outside: OutsideCells) -> None:
        self._state, self._comparison = state, comparing
        self._odd, self.outside = odd, outside
        self._rows: dict[str, list[ReturnedRow]] = {}
        self._there: set[str] = set()
        self._unknown: list[PlanNotice] = []
        self._any_row = False

    def sort_out(self, table: Table) -> None:
        """Recognise the rows of a table; rows that cannot be recognised are reported as unknown."""
        self.outside.table(table)
        recognised: dict[int, ReturnedRow] = {}
        for row in table.rows():
            self._note_extra_columns(table, row)
            back = None
            if any(normalised_cell(row.cell(column)) for column in table.columns.values()):
                back = self._recognise(table, row)
            self.outside.row(table, row, back, table.get(row, "standard"))
            if back is None:
                continue
            recognised[row.number] = back
            self._there.add(back.id)
            self._any_row = True
            blank = not any(table.get(row, name) for name in back.fields())
            never_used = blank and all(back.sent[name] == digest_of_field(name, "") for name in back.fields())
            if not never_used:
                self._rows.setdefault(back.id, []).append(back)
        self.outside.comments(table.sheet, recognised)

    def _recognise(self, table: Table, row: SheetRow) -> ReturnedRow | None:
        row_id, check, sent, seen = (table.get(row, name) for name in HIDDEN)
        number = table.get(row, "standard")
        known = standard_of(number, self._state.instrument)
        digests, marks = dict(zip(FIELDS, sent.split("."), strict=False)), marks_of(seen)
        if row_id and len(digests) in (len(FIELDS), len(EARLIER_FIELDS)) and marks is not None:
            self._refuse_without_columns(table, digests)
            for fixed in dict.fromkeys(("", number, known or "")):
                if check == check_code(self._state.info.id, row_id, fixed, sent + seen):
                    return ReturnedRow(table, row, row_id, fixed, digests, marks)
        why = "its hidden mark does not fit: it was moved, copied or altered" if row_id else "it has no id"
        values = {title: text for n, title in TITLES.items() if n not in HIDDEN and (text := table.get(row, n))}
        if row_id or values:
            cell = address(row.number, table.columns["standard"])
            notice: PlanNotice = {"id": row_id, "standard": number, "cell": cell, "why": why, "values": values}
            self._unknown.append(notice)
            self._there.add(row_id)
            self.outside.unknown_row(notice, table.sheet)
        return None

    def _refuse_without_columns(self, table: Table, sent: Mapping[str, str]) -> None:
        """Raise Invalid where a column that was sent is gone; earlier versions never sent the later ones."""
        gone = next((name for name in LATER if name in sent and name not in table.columns), None)
        if gone is not None:
            raise Invalid(
                _('{sheet} has no column "{title}"', sheet=table.sheet.name, title=TITLES[gone]),
                field=gone,
                do=_("put the column back, or export it again"),
                kept=_("nothing was imported"),
            )

    def _note_extra_columns(self, table: Table, row: SheetRow) -> None:
        """Report text in columns outside the table; otherwise it would be lost silently."""
        taken = set(table.columns.values())
        for column, text in enumerate(row.cells):
            heading = table.head.cell(column).strip()
            if column not in taken and normalised_cell(text):
                notice = {"id": table.get(row, "id"), "standard": table.get(row, "standard")}
                notice |= {"cell": address(row.number, column), "why": BESIDE}
                self._unknown.append({**notice, "values": {"" if is_mark_heading(heading) else heading: text}})

    def refuse_another_visit(self, file: str) -> None:
        """Raise Invalid if no row was recognised: a plan of another visit, or one whose hidden columns are gone."""
        if not self._any_row:
            raise Invalid(
                _(
                    "{file} is not the action plan of {service}, {date}",
                    file=file,
                    service=self._state.info.service,
                    date=self._state.info.date,
                ),
                do=_("choose the file that was exported from this visit, or export it again"),
                kept=_("nothing was imported"),
            )

    def result(self) -> PlanReturn:
        """Compare every recognised row and collect the result."""
        duplicated = []
        for row_id, backs in self._rows.items():
            if len(backs) > 1:
                notice = {"id": row_id, "standard": backs[0].number, "why": "more than one row has this id"}
                duplicated.append({**notice, "cells": [b.cell("standard") for b in backs]})
                continue
            (back,) = backs
            found = {name: self._odd.parsed(back, name) for name in back.fields()}
            if found.get("standard", "") is not None:  # an action is not taken without the standard it names
                self._comparison.row(back, {name: text for name, text in found.items() if text is not None})
        compared = self._comparison
        return PlanReturn(
            changed=tuple(compared.changed),
            new=tuple(compared.new),
            unknown=tuple(self._unknown),
            duplicated=tuple(duplicated),
            conflicts=tuple(compared.conflicts),
            odd=tuple(self._odd.notices),
            missing=tuple(self.outside.missing(self._there)),
            words=unkept(self.outside.words, self._state),
            lines=tuple(compared.lines),
            seen=compared.seen,
        )
