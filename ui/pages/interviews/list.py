"""The list of interviews: mine first, then those of other reviewers."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from reviewapp.base.i18n import _, plural
from reviewapp.figures.conversations import noted
from reviewapp.visit import sorting
from reviewapp.visit.labels import person, record_number
from reviewapp.visit.state import InterviewRecord, VisitState
from ui.labels import GROUPS, ICONS
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_delegate import LOOK, RowLook, RowStyle

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class InterviewRow(NamedTuple):
    """An interview as the list shows it; `begins` is the heading above the first one of a reviewer, else empty."""

    rec: InterviewRecord
    name: str
    said: str
    tone: str
    icon: str
    begins: str


def build_rows(state: VisitState, me: str) -> list[InterviewRow]:
    """A row for every interview, mine first, then by reviewer, group and number."""
    written = noted(state)
    places = {group: i for i, group in enumerate(GROUPS)}
    recs = sorted(
        state.interviews.values(),
        key=lambda r: (r.person != me, sorting.natural(r.person), places.get(r.group, 9), sorting.natural(r.id)),
    )
    rows, before = [], None
    for rec in recs:
        said, tone, icon = _state(rec, *written.get(rec.key, (0, 0)))
        begins = (
            ""
            if rec.person == before
            else _("Mine")
            if rec.person == me
            else _("From {person}", person=person(state.people, rec.person))
        )
        rows.append(InterviewRow(rec, record_number(rec.key), said, tone, icon, begins))
        before = rec.person
    return rows


ORDERS = (("group", _("By group")), ("needed", _("Still needed first")))
"""Other orders than by reviewer."""


def order_key(row: InterviewRow, by: str) -> tuple[object, ...]:
    """By what a row is sorted in one of the `ORDERS`: by group; or first without consent, then without notes."""
    if by == "group":
        return (list(GROUPS).index(row.rec.group) if row.rec.group in GROUPS else len(GROUPS),)
    return (("alert", "circle").index(row.icon) if row.icon in ("alert", "circle") else 2,)


def without_reviewers(rows: list[InterviewRow], state: VisitState, me: str) -> list[InterviewRow]:
    """The rows in another order, where no heading says whose they are: those of others say it themselves."""
    return [
        row._replace(
            begins="",
            said=row.said
            if row.rec.person == me
            else _("{said}, from {person}", said=row.said, person=person(state.people, row.rec.person)),
        )
        for row in rows
    ]


def key_of(row: InterviewRow) -> str:
    """The key of the interview in a row."""
    return row.rec.key


def _state(rec: InterviewRecord, notes: int, quotes: int) -> tuple[str, str, str]:
    if rec.consent_notes is None:
        return _("Ask for consent"), "warn", "alert"
    if rec.consent_notes is False:
        return _("Declined notes"), "muted", "eye_off"
    if not notes and not quotes:
        return _("No notes yet"), "muted", "circle"
    words = plural("{n} note", "{n} notes", notes) + (
        ", " + plural("{n} quote", "{n} quotes", quotes) if quotes else ""
    )
    return words, "muted", "check"


STYLE = RowStyle(rounded=True, icon=22, icon_in_the_middle=True, bottom=2.5, title_line=19)


def look_of(row: InterviewRow) -> RowLook:
    """Group icon, name, how far it is; a quiet heading where another reviewer's begin."""
    group = row.rec.group
    return RowLook(
        STYLE,
        f"{row.name}  {GROUPS.get(group, group)}",
        row.said,
        row.begins,
        icon=ICONS.get(group, "person"),
        strong=True,
        detail_icon=row.icon,
        detail_icon_role=row.tone,
        detail_role=row.tone,
    )


class InterviewsModel(QAbstractListModel):
    """List model of the interviews; the selection survives an update with the same interviews."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[InterviewRow] = []

    def show(self, rows: list[InterviewRow]) -> bool:
        """Show these rows; True if they are other interviews than before."""
        same = [row.rec.key for row in rows] == [row.rec.key for row in self.rows]
        if same:
            changed = [place for place, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            self.rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        return not same

    def find(self, key: str) -> QModelIndex:
        """The row of an interview; an invalid index if it is not listed."""
        row = next((i for i, found in enumerate(self.rows) if found.rec.key == key), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == LOOK:
            return look_of(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{row.name}, {GROUPS.get(row.rec.group, row.rec.group)}: {row.said}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None
