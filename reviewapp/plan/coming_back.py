"""The action plan that came back: what the host changed, told row by row, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.errors import Invalid
from reviewapp.intake.table import Problems, Table, find_tables
from reviewapp.intake.words import listed, plain, standard_of
from reviewapp.plan.rows import (
    FIELDS,
    HIDDEN,
    NAMES,
    STATUSES,
    TITLES,
    TYPED,
    check_code,
    print_of_field,
    tidy,
    values_of,
)
from reviewapp.spreadsheets import CELL_MOST, Limits, Row, address, read_sheets
from reviewapp.visit.lines import Action
from reviewapp.visit.state import VisitState

Told = dict[str, Any]
"""One thing to tell the lead, as plain JSON values."""

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})([ T]\d{2}:.*)?")
_UK = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_WORDS = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})[ -](\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class PlanReturn(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan says that the visit does not. `lines` holds only what is taken: `changed` and `new`.

    `unknown`, `duplicated` and `conflicts` are for the lead to settle; nothing of them is in `lines`.
    """

    changed: tuple[Told, ...] = ()
    new: tuple[Told, ...] = ()
    unknown: tuple[Told, ...] = ()
    duplicated: tuple[Told, ...] = ()
    conflicts: tuple[Told, ...] = ()
    lines: tuple[Action, ...] = ()

    def told(self) -> dict[str, list[Told]]:
        """The five lists of `plan import --json`."""
        names = ("changed", "new", "unknown", "duplicated", "conflicts")
        return {name: list(getattr(self, name)) for name in names}


class _Back(msgspec.Struct, frozen=True):
    """A row that is surely ours. `sent` has the print of every field when it went out; `number` is "" if spare."""

    table: Table
    row: Row
    id: str
    number: str
    sent: dict[str, str]

    def cell(self, name: str) -> str:
        """The address of a field's cell."""
        return address(self.row.number, self.table.columns[name])

    def fields(self) -> tuple[str, ...]:
        """The fields the host could fill in: a spare row's standard is theirs to choose."""
        return TYPED if self.number else FIELDS


def read_plan(path: Path, state: VisitState) -> PlanReturn:
    """What came back from the host, compared with what was sent and with what the visit says now.

    A cell the host left alone changes nothing. A cell that the host and the visit both changed is a conflict. A value
    that cannot be understood (a due date, say) refuses the whole file with one `Invalid` that names the cell, and so
    does the plan of another visit. Reading the same file again, after its lines were recorded, tells nothing.
    """
    sheets = read_sheets(Path(path), Limits(characters=CELL_MOST))
    tables = find_tables(sheets, NAMES, [n for n in TITLES if n not in ("type", "asked")], instead="export it again")
    reading = _Reading(state)
    for table in tables:
        reading.sort_out(table)
    reading.refuse_another_visit(Path(path).name)
    return reading.result()


class _Reading:
    """One reading of one file: rows are first recognised, then compared."""

    def __init__(self, state: VisitState) -> None:
        self._state = state
        self._problems = Problems()
        self._rows: dict[str, list[_Back]] = {}
        self._changed: list[Told] = []
        self._new: list[Told] = []
        self._unknown: list[Told] = []
        self._conflicts: list[Told] = []
        self._lines: list[Action] = []
        self._any_id = False

    def sort_out(self, table: Table) -> None:
        """Recognise the rows of a table; what cannot be recognised is told as unknown."""
        for row in table.rows():
            self._note_extra_columns(table, row)
            if not any(tidy(row.cell(column)) for name, column in table.columns.items()):
                continue
            back = self._recognise(table, row)
            if back is None:
                continue
            blank = not any(table.get(row, name) for name in back.fields())
            never_used = blank and all(back.sent[name] == print_of_field(name, "") for name in back.fields())
            if not never_used:
                self._rows.setdefault(back.id, []).append(back)
            self._any_id = True

    def _recognise(self, table: Table, row: Row) -> _Back | None:
        row_id, check, sent = (table.get(row, name) for name in ("id", "check", "sent"))
        number = table.get(row, "standard")
        known = standard_of(number, self._state.instrument)
        prints = dict(zip(FIELDS, sent.split("."), strict=False))
        if row_id and len(prints) == len(FIELDS):
            for fixed in dict.fromkeys(("", number, known or "")):
                if check == check_code(self._state, row_id, fixed, sent):
                    return _Back(table, row, row_id, fixed, prints)
        why = "its hidden mark does not fit: it was moved, copied or altered" if row_id else "it has no id"
        values = {title: text for n, title in TITLES.items() if n not in HIDDEN and (text := table.get(row, n))}
        if row_id or values:
            cell = address(row.number, table.columns["standard"])
            self._unknown.append({"id": row_id, "standard": number, "cell": cell, "why": why, "values": values})
        return None

    def _note_extra_columns(self, table: Table, row: Row) -> None:
        """Text beside the table would be lost without a word."""
        taken = set(table.columns.values())
        for column, text in enumerate(row.cells):
            if column not in taken and tidy(text):
                heading = table.head.cell(column).strip()
                told = {"id": table.get(row, "id"), "standard": table.get(row, "standard")}
                told |= {"cell": address(row.number, column), "why": "its column is not part of the plan"}
                self._unknown.append({**told, "values": {heading: text}})

    def refuse_another_visit(self, file: str) -> None:
        """When not one row is ours, this is another visit's plan, or its hidden columns are gone."""
        if not self._any_id:
            raise Invalid(
                f"{file} is not the action plan of {self._state.info.service}, {self._state.info.date}",
                do="choose the file that was exported from this visit, or export it again",
                kept="nothing was taken",
            )

    def result(self) -> PlanReturn:
        """Compare every recognised row and tell what came of it."""
        duplicated = []
        for row_id, backs in self._rows.items():
            if len(backs) > 1:
                told = {"id": row_id, "standard": backs[0].number, "why": "more than one row has this id"}
                duplicated.append({**told, "cells": [b.cell("standard") for b in backs]})
            else:
                self._compare(backs[0])
        self._problems.refuse()
        return PlanReturn(
            changed=tuple(self._changed),
            new=tuple(self._new),
            unknown=tuple(self._unknown),
            duplicated=tuple(duplicated),
            conflicts=tuple(self._conflicts),
            lines=tuple(self._lines),
        )

    def _compare(self, back: _Back) -> None:
        action = self._state.actions.get(back.id)
        typed = {name: text for name in back.fields() if (text := self._typed(back, name)) is not None}
        if action is None and all(back.sent[n] == print_of_field(n, "") for n in back.fields()):
            self._add(back, typed)
            return
        now = values_of(action)
        taken: dict[str, Any] = {}
        for name, text in typed.items():
            if print_of_field(name, text) == back.sent[name]:
                continue
            if name == "status" and not text:
                text = "open"  # an action always has one
            if action is not None and text == now[name]:
                continue
            if action is None or self._changed_here(back, name, now[name]):
                self._tell_conflict(back, name, text, None if action is None else now[name])
                continue
            self._changed.append(
                {"id": back.id, "standard": now["standard"], "field": name, "cell": back.cell(name)}
                | {"from": _value(name, now[name]), "to": _value(name, text)}
            )
            taken[name] = _value(name, text)
        if taken:
            self._lines.append(Action(id=back.id, **taken))

    def _changed_here(self, back: _Back, name: str, now: str) -> bool:
        """True when the visit no longer says what was sent, or says two things."""
        torn = any((c.entity, c.key, c.field) == ("action", back.id, name) for c in self._state.conflicts)
        return torn or print_of_field(name, now) != back.sent[name]

    def _tell_conflict(self, back: _Back, name: str, text: str, now: str | None) -> None:
        why = "changed here too since it was sent" if now is not None else "the action was removed since it was sent"
        self._conflicts.append(
            {"id": back.id, "standard": back.number, "field": name, "cell": back.cell(name), "why": why}
            | {"sheet": _value(name, text), "visit": None if now is None else _value(name, now)}
        )

    def _add(self, back: _Back, typed: dict[str, str]) -> None:
        """A row that was empty when sent: every field is said, so that nothing of an older use of its id shows."""
        typed = {"standard": back.number, **dict.fromkeys(TYPED, ""), **typed}
        typed["status"] = typed["status"] or "open"
        values: dict[str, Any] = {name: _value(name, text) for name, text in typed.items()}
        values["standard"] = typed["standard"]
        self._lines.append(Action(id=back.id, deleted=False, **values))
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        self._new.append({"id": back.id, "cell": back.cell("action"), **filled})

    def _typed(self, back: _Back, name: str) -> str | None:
        """What stands in a cell, as `values_of` would say it; None, and noted, when it cannot be understood."""
        text = tidy(back.table.get(back.row, name))
        if not text or name in ("action", "owner", "measure", "progress"):
            return text
        column = back.table.columns[name]
        if self._problems.formula(back.table.sheet, back.row.number, column, text):
            return None
        value, do = self._understand(name, text)
        if value is None:
            what = f"{text!r} is not a {TITLES[name].lower() if name != 'due' else 'date'}"
            self._problems.add(back.table.sheet, back.row.number, column, what, do)
        return value

    def _understand(self, name: str, text: str) -> tuple[str | None, str]:
        if name == "due":
            return day_of(text), "write the date day first, such as 30/09/2027"
        if name == "priority":
            return (text if text in "12345" and len(text) == 1 else None), "use 1, 2 or 3"
        if name == "status":
            words = {plain(word): value for value, word in STATUSES.items()}
            return words.get(plain(text)), f"use {listed(STATUSES.values())}"
        return standard_of(text, self._state.instrument), "put the number of a standard there"


def day_of(text: str) -> str | None:
    """A date as 2026-09-30 from that, from 30/09/2026 (day first) or 30 September 2026; None for anything else."""
    if found := _ISO.fullmatch(text):
        parts: Sequence[str] = found.groups()[:3]
    elif found := _UK.fullmatch(text):
        parts = found.groups()[::-1]
    elif (found := _WORDS.fullmatch(text)) and found[2][:3].lower() in _MONTHS:
        parts = (found[3], str(_MONTHS.index(found[2][:3].lower()) + 1), found[1])
    else:
        return None
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return day.isoformat() if 2000 <= day.year < 2100 else None


def _value(name: str, text: str) -> str | int | None:
    """A text of `values_of` as the value of the field; an empty one is None."""
    if not text:
        return None
    return int(text) if name == "priority" else text
