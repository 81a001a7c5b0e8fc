"""Rows and model of the action plan: cell texts, and the statement that changes a cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reviewapp.base.i18n import _
from reviewapp.figures.goals import chosen_goals, is_open
from reviewapp.instruments.nouns import Nouns, nouns_of
from reviewapp.plan.priority import LEVELS, priority_from
from reviewapp.plan.rows import PlanRow, overdue, plan_rows
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.statements import Action
from ui.formats import long_date
from ui.pages.action_plan.labels import STATUSES, TITLES
from ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
FIELD = Qt.ItemDataRole.UserRole + 1
MARK = Qt.ItemDataRole.UserRole + 2
COLUMNS = ("standard", "action", "owner", "deputy", "due", "priority", "measure", "status", "progress", "goal")
"""The last one is there only while the plan has goals."""
NOT_PLANNED = _("Not planned yet: add an action")
NO_WORDS = _("No action written yet")
TONES = {"open": ("na", "circle"), "in_progress": ("info", "play"), "done": ("met", "check"), "dropped": ("na", "dash")}
TWO_VERSIONS = _("2 versions")
PRIORITIES = ("1", "2", "3")
REASONS = tuple(
    (impact, effort) for n in (1, 2, 3) for impact in LEVELS for effort in LEVELS if priority_from(impact, effort) == n
)
"""Pairs of impact and effort, ordered by the priority that they give."""

Marks = Mapping[tuple[str, str], str]
"""(action id, field) → the cell's text before the team's plan was recorded; field "" marks a new action."""


@dataclass(frozen=True)
class ActionRow:
    """One row of the table; `planned` is False while the standard has no action yet."""

    plan: PlanRow
    planned: bool
    overdue: bool
    torn: frozenset[str] = frozenset()
    """Fields in conflict, with a version of the team's and one of ours."""
    goal: str = ""
    """The words of the goal that the action stands under."""
    named: str = ""
    """What it is for, at the beginning of a sentence: `Standard 47`."""
    kind: str = ""
    """The type of the standard in words; empty where all have the same."""

    @property
    def id(self) -> str:
        """The id that the action has, or would get."""
        return self.plan.id

    def raw(self, field: str) -> str:
        """The value of a field as it is edited."""
        return self.plan.values[field]

    def text(self, field: str) -> str:
        """The text of a field as it is shown."""
        if field == "standard":
            return f"{self.plan.number}  {self.plan.standard.title}" if self.plan.standard else self.plan.number
        if not self.planned:
            return NOT_PLANNED if field == "action" else ""
        if field in self.torn:
            return TWO_VERSIONS
        value = self.raw(field)
        if field == "goal":
            return f"{value}  {self.goal}".strip()
        if field == "priority":
            return f"{value}\n{self._why()}".strip()
        if field == "action" and not value:
            return NO_WORDS
        if field == "status":
            words = STATUSES.get(value, value)
            return words[:1].upper() + words[1:]
        return long_date(value) if field == "due" and value else value

    def _why(self) -> str:
        """Impact and effort in words, as long as the priority follows from them."""
        impact, effort = self.raw("impact"), self.raw("effort")
        return reason(impact, effort) if str(priority_from(impact, effort)) == self.raw("priority") else ""


def rows_of(state: VisitState, today: str) -> list[ActionRow]:
    """A row for every action, and one for every standard agreed not met that has none; type 1 first.

    The actions of a goal stand together, before those without one. `today` is an ISO date such as 2026-11-17.
    """
    rows = []
    nouns, typed = nouns_of(state.instrument), len(state.instrument.types()) > 1
    for plan in plan_rows(state):
        if plan.spare:
            continue
        action = state.actions.get(plan.id)
        late = action is not None and overdue(action, today)
        torn = frozenset(c.field for c in state.conflicts if (c.entity, c.key) == ("action", plan.id))
        goal = state.goals.get(plan.values["goal"])
        kind = _("Type {type}", type=plan.standard.type) if typed and plan.standard else ""
        words = goal.text if goal is not None else ""
        rows.append(ActionRow(plan, action is not None, late, torn, words, nouns.numbered(plan.number), kind))
    order = {goal: place for place, goal in enumerate(state.goals)}
    return sorted(rows, key=lambda row: order.get(row.raw("goal"), len(order)))


def sort_key(row: ActionRow, field: str) -> tuple[object, ...]:
    """What a row is compared by in a column: dates and priorities by their value, words by the alphabet; () if empty.

    Without an action yet, only the standard is there to be compared.
    """
    if field == "standard":
        return natural(row.plan.number)
    raw = row.raw(field) if row.planned else ""
    if field == "status":
        order = list(STATUSES)
        return (order.index(raw),) if raw in order else ()
    return natural(raw.casefold()) if raw else ()


def goal_choices(state: VisitState) -> tuple[tuple[str, str], ...]:
    """Id and words of each goal of the plan, those that were reached or left last and said to be so."""
    found = sorted(chosen_goals(state), key=lambda one: not is_open(one))
    return tuple(
        (one.id, one.text if is_open(one) else f"{one.text} ({_(labels.GOAL_STATUS[one.status]).lower()})")
        for one in found
    )


def summary_of(rows: list[ActionRow], nouns: Nouns) -> str:
    """One line on the plan's progress: `nouns` with an action, done, overdue."""
    standards = {row.plan.number for row in rows}
    planned = {row.plan.number for row in rows if row.planned}
    words = [_("{n} of {standards} have an action", n=len(planned), standards=nouns.counted(len(standards)))]
    done = sum(1 for row in rows if row.planned and row.raw("status") == "done")
    late = sum(1 for row in rows if row.overdue)
    if done:
        words.append(_("{done} done", done=done))
    if late:
        words.append(_("{late} overdue", late=late))
    return " · ".join(words)


def still_marked(rows: list[ActionRow], marks: Marks) -> dict[tuple[str, str], str]:
    """The marks that still apply; a cell with its earlier text again, after Undo for example, loses its mark."""
    now = {row.id: row for row in rows if row.planned}
    return {
        (row_id, field): was
        for (row_id, field), was in marks.items()
        if row_id in now and (not field or now[row_id].raw(field) != was)
    }


def reason(impact: str, effort: str) -> str:
    """Impact and effort, the reason for a priority, in words; empty if either is missing."""
    return _("{impact} impact, {effort} effort", impact=impact, effort=effort) if impact and effort else ""


def line_of(row: ActionRow, field: str, text: str) -> Action:
    """The statement that puts this text into a cell; for a row that is not planned yet it creates the action.

    A priority may carry its reason: `1 high low` is priority 1 for its high impact and low effort.
    """
    value: Any = text
    if field == "priority" and " " in text:
        number, impact, effort = text.split()
        return Action(id=row.id, priority=int(number), impact=impact, effort=effort)  # type: ignore[arg-type]
    if field in ("priority", "due", "goal"):
        value = (int(text) if field == "priority" else text) if text else None
    said: dict[str, Any] = {field: value} if row.planned else {"standard": row.plan.number, field: value}
    return Action(id=row.id, **said)


class PlanModel(QAbstractTableModel):
    """Table model of the plan; announces only the rows that changed."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ActionRow] = []
        self.marks: Marks = {}
        self.goals: tuple[tuple[str, str], ...] = ()
        self.writable = True
        self._nouns: Nouns | None = None

    def show(
        self, rows: list[ActionRow], marks: Marks, *, writable: bool, nouns: Nouns,
        goals: tuple[tuple[str, str], ...] = (),
    ) -> None:  # fmt: skip
        """Show the current plan and its marks; `goals` are id and words of each goal that was chosen."""
        self.writable = writable
        if nouns != self._nouns:
            self._nouns = nouns
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 0)
        if bool(goals) != bool(self.goals):
            self.beginResetModel()
            self.rows, self.goals = [], goals
            self.endResetModel()
        self.goals = goals
        marked, self.marks = self.marks, dict(marks)
        if [(r.id, r.plan.number) for r in rows] != [(r.id, r.plan.number) for r in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        changed = [i for i, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
        self.rows = rows
        for i in range(len(rows)) if marked != self.marks else changed:
            self.dataChanged.emit(self.index(i, 0), self.index(i, self.columnCount() - 1))

    def row_of(self, row_id: str) -> int:
        """Row of the action with this id, or -1."""
        return next((i for i, row in enumerate(self.rows) if row.id == row_id), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS) - (not self.goals)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # All but the standard can be edited once there is an action; a conflict is settled above the table.
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid() or not self.writable or index.column() == 0:
            return usable
        row = self.rows[index.row()]
        free = row.planned and COLUMNS[index.column()] not in row.torn
        return usable | Qt.ItemFlag.ItemIsEditable if free else usable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        field = COLUMNS[section]
        return self._nouns.title if field == "standard" and self._nouns else TITLES[field]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, field = self.rows[index.row()], COLUMNS[index.column()]
        if role == ROW:
            return row
        if role == FIELD:
            return field
        if role == MARK:
            return self._mark(row, field)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text(field)
        if role == Qt.ItemDataRole.EditRole:
            return row.raw(field)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            tip = role == Qt.ItemDataRole.ToolTipRole
            spoken = self._spoken(row, field, tip=tip)
            return plain_tip(spoken) if tip else spoken
        return None

    def _mark(self, row: ActionRow, field: str) -> str | None:
        """Tooltip of the cell's mark; None if the cell is unmarked."""
        if (row.id, "") in self.marks:
            return _("New from the team")
        was = self.marks.get((row.id, field))
        return None if was is None else _("Changed by the team; it was: {value}", value=was or _("empty"))

    def _spoken(self, row: ActionRow, field: str, *, tip: bool) -> str:
        text = row.text(field) or _("empty")
        if field == "due" and row.overdue:
            text += _(" (overdue)")
        mark = self._mark(row, field)
        whole = (row.named or text) if field == "standard" and not tip else f"{TITLES[field]}: {text}"
        return f"{whole}. {mark}" if mark else whole
