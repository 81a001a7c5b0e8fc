"""Table model of the case notes: audit items by records, each cell with everybody's answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reviewapp.base.i18n import _
from reviewapp.figures.ratings import audit_differences, audit_figures
from reviewapp.instruments.model import AuditItem
from reviewapp.visit import sorting
from reviewapp.visit.labels import TeamMember, person
from reviewapp.visit.rules import HOST
from reviewapp.visit.state import AuditRecord, VisitState
from ui.formats import share
from ui.pages.shared.audit_answers import SPOKEN, WORDS
from ui.widgets.copied_rows import COPIED
from ui.widgets.plain_text import plain_tip
from ui.widgets.sorting import SteadyOrder

Index = QModelIndex | QPersistentModelIndex
CELL = Qt.ItemDataRole.UserRole
SHARE = Qt.ItemDataRole.UserRole + 1
ITEM = Qt.ItemDataRole.UserRole + 2

_RECORD = re.compile(r"[A-Za-z]{0,3}[-.]?[0-9]{1,5}[A-Za-z]?")


def good_record_number(text: str) -> bool:
    """Whether this can only be a short number or code, never a name or an NHS number."""
    return _RECORD.fullmatch(text) is not None


def next_record_number(records: list[str]) -> str:
    """One more than the highest plain number in use."""
    return str(max((int(r) for r in records if r.isdigit()), default=0) + 1)


class Cell(NamedTuple):
    """The answers to one item in one record; `differs` if reviewers' answers differ."""

    mine: str | None = None
    note: str = ""
    others: tuple[tuple[str, str], ...] = ()
    differs: bool = False
    agreed: str | None = None

    def spoken(self, people: Mapping[str, TeamMember]) -> str:
        """The cell in words, for a screen reader."""
        parts = [SPOKEN[self.mine] if self.mine else _("empty")]
        parts += self.said_by_others(people)
        if self.differs:
            parts.append(
                _("agreed {agreed}", agreed=SPOKEN.get(self.agreed, self.agreed))
                if self.agreed
                else _("answers differ")
            )
        if self.note:
            parts.append(_("has a note"))
        return ", ".join(parts)

    def said_by_others(self, people: Mapping[str, TeamMember]) -> list[str]:
        """What each of the others recorded: `R2 (clinician) says yes`."""
        return [
            _("{person} says {value}", person=person(people, code), value=SPOKEN.get(value, value))
            for code, value in self.others
        ]


EMPTY = Cell()
ORDERS = (("mine", _("Mine first")), ("unfinished", _("Not finished first")), ("differ", _("Differing first")))
"""Other orders of the case notes than by number."""


class CaseNotesModel(QAbstractTableModel):
    """Table model of the audit answers as one reviewer sees them; `show` updates it."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[AuditItem, ...] = ()
        self.records: list[str] = []
        self.mine: set[str] = set()
        self.readers: dict[str, set[str]] = {}
        self._answers = _Answers({}, "", (), {})
        self._shares: dict[str, str] = {}
        self._me = ""
        self._steady = SteadyOrder()
        self._by = ""
        self._at = (-1, -1)
        self._before = ""
        self._people: Mapping[str, TeamMember] = {}

    def show(self, state: VisitState, me: str) -> bool:
        """Show the visit's answers; True if rows or columns changed (the selection is then lost)."""
        answered = {(rec.case_note, rec.person) for rec in state.audit.values() if rec.value}
        readers = _readers(state, answered)
        mine = {record for record, codes in readers.items() if me in codes}
        records = sorting.in_order(readers)
        if self._by:
            records = self._steady.order(records, partial(_order_key, state, me, mine, self._by), str)
        reset = records != self.records or state.instrument.audit != self.items
        if reset:
            self.beginResetModel()
        read_by = self.readers
        self.items, self.records, self.readers = state.instrument.audit, records, readers
        self._me, self._people = me, state.people
        self.mine = mine
        others = sorting.in_order({code for _note, code in answered} - {me, HOST})
        self._answers = _Answers(state.audit, me, tuple(others), _differing(state))
        shares, self._shares = self._shares, _shares(state) if any(p != HOST for _n, p in answered) else {}
        if reset:
            self.endResetModel()
        elif records and self.items:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.items) - 1, len(records) - 1))
            if shares != self._shares:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.items) - 1)
            if read_by != self.readers:
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(records) - 1)
        return reset

    def sort_by(self, by: str) -> None:
        """Put the case notes in one of the `ORDERS` the next time they are shown, empty: by number; it stands then."""
        self._by = by
        self._steady.renew()

    def cell(self, index: Index) -> Cell:
        """The answers in a cell; empty for an invalid index."""
        return self._answers.cell(self.name(index)) if index.isValid() else EMPTY

    def name(self, index: Index) -> tuple[str, str]:
        """Record number and item of a cell."""
        return self.records[index.column()], self.items[index.row()].item

    def find(self, record: str, item: str) -> QModelIndex:
        """The cell of a record and an item; an invalid index if there is none."""
        row = next((i for i, found in enumerate(self.items) if found.item == item), -1)
        return self.index(row, self.records.index(record)) if row >= 0 and record in self.records else QModelIndex()

    def filled(self, record: str) -> int:
        """Number of items of a record that I have answered."""
        return sum(1 for item in self.items if self._answers.cell((record, item.item)).mine)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.records)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.cell(index)
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return WORDS[cell.mine] if cell.mine else ""
        if role == COPIED:
            return "; ".join(([WORDS[cell.mine]] if cell.mine else []) + [f"{c}: {WORDS[v]}" for c, v in cell.others])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index, cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.note) or None
        return None

    def stand_at(self, index: Index) -> None:
        """Take this for the cell one stands at, of which all is said, and of the rest of its row only the answers."""
        if index.isValid() and (index.row(), index.column()) != self._at:
            self._at, self._before = (index.row(), index.column()), ""

    def tell_at(self, index: Index, before: str) -> None:
        """Stand at this cell, and have it begin with what was recorded just before."""
        self.stand_at(index)
        self._before = before

    def _spoken(self, index: Index, cell: Cell) -> str:
        record, item = self.name(index)
        if (index.row(), index.column()) != self._at:
            open_ = cell.differs and not cell.agreed
            return _("Case note {record}: {spoken}", record=record, spoken=Cell(cell.mine, differs=open_).spoken({}))
        said = cell.spoken(self._people)
        spoken = _("Case note {record}, {item}: {spoken}", record=record, item=item, spoken=said)
        parts = (self._before, spoken, self.items[index.row()].text.rstrip("."))
        return ". ".join(part for part in parts if part)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Horizontal:
            return self._record_head(self.records[section], role) if section < len(self.records) else None
        if section >= len(self.items):
            return None
        item = self.items[section]
        so_far = self._shares.get(item.item, "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{item.item}  {item.text}" + (_(" Yes so far: {so_far}.", so_far=so_far) if so_far else "")
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return {SHARE: so_far, ITEM: item}.get(role)

    def _record_head(self, record: str, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return record
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = _("Case note {record}, read by {readers}", record=record, readers=self.readers_named(record))
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def readers_in_words(self, record: str) -> str:
        """Codes of a record's readers, oneself first: `you, R3`."""
        others = sorting.in_order(code for code in self.readers.get(record, ()) if code != self._me)
        return ", ".join(([_("you")] if record in self.mine else []) + others)

    def readers_named(self, record: str) -> str:
        """The same with their roles, for whoever has room."""
        others = sorting.in_order(code for code in self.readers.get(record, ()) if code != self._me)
        named = [person(self._people, code) for code in others]
        return ", ".join(([_("you")] if record in self.mine else []) + named)


class _Answers(NamedTuple):
    """The audit answers, looked up cell by cell, because few of the cells are ever shown."""

    audit: Mapping[str, AuditRecord]
    me: str
    others: tuple[str, ...]
    differing: Mapping[tuple[str, str], str | None]

    def cell(self, place: tuple[str, str]) -> Cell:
        """The answers of everybody to one item in one record."""
        at = f"{place[0]}/{place[1]}/"
        found = self.audit.get(at + self.me)
        others = tuple(
            (code, rec.value) for code in self.others if (rec := self.audit.get(at + code)) is not None and rec.value
        )
        if found is None and not others:
            return EMPTY
        value, note = (found.value, found.note) if found is not None else (None, "")
        return Cell(value, note, others, place in self.differing, self.differing.get(place))


def _readers(state: VisitState, answered: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Case note → the reviewers who read it: who added it, or answered something in it."""
    readers: dict[str, set[str]] = {}
    for case_note, code in (*((note.id, note.person) for note in state.case_notes.values()), *answered):
        if code != HOST:
            readers.setdefault(case_note, set()).add(code)
    return readers


def _order_key(state: VisitState, me: str, mine: set[str], by: str, record: str) -> tuple[object, ...]:
    if by == "mine":
        return (record not in mine,)
    if by == "differ":
        return (not any(one.case_note == record and not one.agreed for one in audit_differences(state)),)
    answered = sum(1 for one in state.audit.values() if (one.case_note, one.person) == (record, me) and one.value)
    return (record not in mine or answered >= len(state.instrument.audit),)


def _differing(state: VisitState) -> dict[tuple[str, str], str | None]:
    return {(d.case_note, d.item): d.agreed for d in audit_differences(state)}


def _shares(state: VisitState) -> dict[str, str]:
    """Item → share of records that say yes, as text."""
    return {item: share(counts.yes, counts.n) for item, counts in audit_figures(state).items() if counts.n}
