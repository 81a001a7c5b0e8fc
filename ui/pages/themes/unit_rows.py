"""The units as a list shows them: words, where they come from, and what I made of them; and the filters on them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.labels import TeamMember, record_number
from reviewapp.visit.state import VisitState
from reviewapp.visit.themes import Unit, units
from ui.labels import ONE_OF, TONES
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_delegate import LOOK, RowLook, RowStyle
from ui.widgets.status_list import StatusList, StatusModel, StatusRow

Index = QModelIndex | QPersistentModelIndex
ONE_LINE = RowStyle(ruled=True, gap=2)
SHOWN = 200
"""Most characters of a unit's words in the list; all of them stand beside it."""


@dataclass(frozen=True)
class UnitFilter:
    """Which units to show; what is empty lets everything pass."""

    words: str = ""
    kind: str = ""
    group: str = ""
    standard: str = ""
    tone: str = ""
    coder: str = ""
    uncoded: bool = False

    def passes(self, unit: Unit, state: VisitState, me: str) -> bool:
        """Whether a unit passes everything that is set."""
        if self.kind and not unit.key.startswith(f"{self.kind}/"):
            return False
        if (self.group and unit.group != self.group) or (self.tone and unit.tone != self.tone):
            return False
        if self.standard and self.standard not in unit.standards:
            return False
        if self.uncoded and is_coded(state, unit.key, me):
            return False
        if self.coder and not is_coded(state, unit.key, self.coder):
            return False
        text = f"{unit.text} {record_number(unit.interview)}".casefold()
        return all(word in text for word in self.words.casefold().split())


def themes_of(state: VisitState, unit: str, coder: str) -> tuple[str, ...] | None:
    """What a coder sees in a unit; None where they have not looked at it."""
    held = state.codings.get(f"{unit}/{coder}")
    return held.themes if held is not None else None


def is_coded(state: VisitState, unit: str, coder: str) -> bool:
    """Whether a coder has looked at a unit, with or without finding a theme."""
    return themes_of(state, unit, coder) is not None


def unit_name(unit: str, people: Mapping[str, TeamMember]) -> str:
    """A unit as messages name it: `quote Q3 · R2 (clinician)`."""
    kind, __, rest = unit.partition("/")
    if kind == "quote":
        return _("quote {id}", id=record_number(rest, people))
    if kind == "survey_comment":
        return _("survey comment {id}", id=rest)
    return _("answer {id}", id=record_number(rest, people))


def where_from(unit: Unit, people: Mapping[str, TeamMember] | None = None) -> str:
    """Where the words come from: `P1 · R2 (clinician), patient · Negative · Standards 47, 84`.

    Without `people`, in a line of a list, the author has no role.
    """
    group = ONE_OF.get(unit.group, unit.group)
    parts = [
        f"{record_number(unit.interview, people)}, {group}" if unit.interview else _("Survey, {group}", group=group)
    ]
    if unit.speaker:
        parts.append(_("speaker {n}", n=unit.speaker))
    if unit.tone:
        parts.append(TONES.get(unit.tone, unit.tone))
    if unit.standards:
        parts.append(plural("Standard {list}", "Standards {list}", len(unit.standards), list=", ".join(unit.standards)))
    return " · ".join(parts)


def unit_row(unit: Unit, mine: tuple[str, ...] | None) -> StatusRow:
    """A unit as a row: coded, none fits, or not coded, each with a word and a sign of its own."""
    if mine is None:
        said, tone, icon = _("Not coded"), "na", "circle"
    elif not mine:
        said, tone, icon = _("None fits"), "info", "dash"
    else:
        said, tone, icon = plural("{n} theme", "{n} themes", len(mine)), "met", "check"
    words = " ".join(unit.text[: 2 * SHOWN].split())[:SHOWN]
    return StatusRow(unit.key, words, detail=f"{said} · {where_from(unit)}", tone=tone, icon=icon, state=said)


class UnitModel(StatusModel):
    """Units in two lines each, so that the height of a row follows without measuring a word."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == LOOK:
            row = self.rows[index.row()]
            return RowLook(ONE_LINE, row.title, detail=row.detail, icon=row.icon, icon_role=row.tone)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            row = self.rows[index.row()]
            words = f"{row.detail}: {row.title}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return super().data(index, role)


class UnitList(StatusList):
    """The list of units, all rows of one height."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.told: StatusModel = UnitModel()
        self.setModel(self.told)
        self.setUniformItemSizes(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A line above the list, such as the one about typing, must not push the chosen row out of view.
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        # All rows are of one height; QListView would lay out thousands of them anew for each that changes.
        QAbstractItemView.dataChanged(self, first, last, roles)

    def keyboardSearch(self, search: str) -> None:
        """Letters never move the list: its rows are sentences, and a theme may have that letter as its key."""


class Units:
    """The units of the visit and those that pass the filter; one that has passed stays until the filter changes."""

    def __init__(self) -> None:
        self.all: tuple[Unit, ...] = ()
        self.shown: list[Unit] = []
        self.filter = UnitFilter()
        self.coded: set[str] = set()
        """The keys of the units that I have coded."""
        self.coders: tuple[str, ...] = ()
        """Everybody whose codings are shown."""
        self._by_key: dict[str, Unit] = {}
        self._places: dict[str, int] = {}
        self._rows: dict[str, tuple[Unit, tuple[str, ...] | None, StatusRow]] = {}

    def read(self, state: VisitState, seen: VisitState, me: str) -> None:
        """Take the units of a state, and which of them I have coded; those that are shown stay."""
        self.all = units(state)
        self._by_key = {unit.key: unit for unit in self.all}
        mine = {one.unit for one in seen.codings.values() if one.person == me and one.themes is not None}
        self.coded = mine & self._by_key.keys()
        self.coders = tuple(sorted({one.person for one in seen.codings.values()}))

    def apply(self, state: VisitState, me: str, *, again: bool) -> list[StatusRow]:
        """The rows that pass; `again` applies the filter to every unit, also to those that are shown."""
        kept = set() if again else {unit.key for unit in self.shown}
        self.shown = [unit for unit in self.all if unit.key in kept or self.filter.passes(unit, state, me)]
        self._places = {unit.key: place for place, unit in enumerate(self.shown)}
        return [self._row(unit, state, me) for unit in self.shown]

    def admit(self, key: str) -> None:
        """Show a unit whatever the filter says, until that changes: the next `apply` has it."""
        unit = self._by_key.get(key)
        if unit is not None and key not in self._places:
            self.shown.append(unit)

    def recode(self, keys: Iterable[str], state: VisitState, me: str) -> dict[int, StatusRow] | None:
        """The rows, by their places, of units of which only the codings are different now: one of thousands at a key.

        None where one passes the filter that did not before, so that all have to be looked at.
        """
        rows = {}
        for key in keys:
            unit = self._by_key.get(key)
            if unit is None:
                continue
            if is_coded(state, key, me):
                self.coded.add(key)
            else:
                self.coded.discard(key)
            if key in self._places:
                rows[self._places[key]] = self._row(unit, state, me)
            elif self.filter.passes(unit, state, me):
                return None
        return rows

    def _row(self, unit: Unit, state: VisitState, me: str) -> StatusRow:
        """The row of a unit; the one of before, where it says the same."""
        mine = themes_of(state, unit.key, me)
        held = self._rows.get(unit.key)
        if held is None or held[0] is not unit or held[1] != mine:
            held = self._rows[unit.key] = (unit, mine, unit_row(unit, mine))
        return held[2]

    def unit(self, key: str) -> Unit | None:
        """The unit with this key."""
        return self._by_key.get(key)

    def next_uncoded(self, after: str) -> str:
        """The key of the next unit that is shown and not coded by me, starting again from the top; empty: none."""
        start = self._places.get(after, -1) + 1
        places = (*range(start, len(self.shown)), *range(start))
        return next((self.shown[at].key for at in places if self.shown[at].key not in self.coded), "")

    def all_coded(self) -> bool:
        """Whether I have coded every unit that is shown."""
        return all(unit.key in self.coded for unit in self.shown)
