"""Rows of the action plan's sheet: which actions get one, the text of each field, and the digest that marks it."""

from __future__ import annotations

import re

import msgspec

from reviewapp.base.i18n import gettext_noop
from reviewapp.instruments.model import Standard
from reviewapp.spreadsheets.row_marks import digest_of_field, normalised_cell
from reviewapp.spreadsheets.table import Names
from reviewapp.visit import labels
from reviewapp.visit.state import ActionRecord, VisitState

SHEET = "Action plan"
SPARE_ROWS = 20

LATER = ("goal", "deputy")
"""Fields that the sheets of earlier versions do not have; last, so that the digests of those can be read too."""
TYPED = ("action", "owner", "due", "priority", "measure", "status", "progress", "impact", "effort", *LATER)
"""The fields of an action that the host fills in; in a spare row `standard` too."""
FIELDS = ("standard", *TYPED)
"""All fields of an action, as texts in this order on the sheet and in its digests."""
EARLIER_FIELDS = tuple(name for name in FIELDS if name not in LATER)
"""Those of a sheet from an earlier version."""

TITLES = {
    "standard": gettext_noop("Standard"),
    "type": gettext_noop("Type"),
    "asked": gettext_noop("What is asked"),
    "action": gettext_noop("Action"),
    "owner": gettext_noop("Owner"),
    "due": gettext_noop("Due"),
    "priority": gettext_noop("Priority"),
    "measure": gettext_noop("Measure of success"),
    "status": gettext_noop("Status"),
    "progress": gettext_noop("Progress"),
    "impact": gettext_noop("Impact"),
    "effort": gettext_noop("Effort"),
    "goal": gettext_noop("Goal"),
    "deputy": gettext_noop("Deputy owner"),
    "id": gettext_noop("Id"),
    "check": gettext_noop("Check"),
    "sent": gettext_noop("As sent"),
    "seen": gettext_noop("Seen"),
}
"""Column name in the program → heading on the sheet."""
HIDDEN = ("id", "check", "sent", "seen")
"""The columns that hold a row's marks."""
NAMES: Names = {name: (title,) for name, title in TITLES.items()}

STATUSES = labels.ACTION_STATUS
"""Value of a status → its label on the sheet."""
UNDER_WAY = ("open", "in_progress")
"""The statuses of an action that is still to be done."""


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is sent. `values` has a text for each of `FIELDS`; `number` is empty without a standard."""

    id: str
    standard: Standard | None
    number: str
    values: dict[str, str]

    @property
    def spare(self) -> bool:
        """True for a row that the host may use for an action of their own."""
        return not self.number and not any(self.values.values())


def values_of(action: ActionRecord | None) -> dict[str, str]:
    """The fields of an action as texts: a date as 2026-09-30, a status as its value; all empty for None."""
    if action is None:
        return dict.fromkeys(FIELDS, "")
    values = {name: normalised_cell(getattr(action, name) or "") for name in FIELDS if name != "priority"}
    return values | {"priority": "" if action.priority is None else str(action.priority)}


def plan_rows(state: VisitState) -> list[PlanRow]:
    """Every row to send: a row or more for each standard agreed to be a gap, the other actions there are, spare ones.

    Type 1 comes first, as it weighs most in the decision; within a type the order of the instrument.
    """
    scale = state.instrument.scale
    wanted = {number for number, agreed in state.agreed.items() if scale.verdict(agreed.value) == "gap"}
    standards = {s.number: s for s in state.instrument.standards}
    place = {number: (s.type, n) for n, (number, s) in enumerate(standards.items())}
    rows: list[PlanRow] = []
    for number in sorted(wanted & standards.keys(), key=place.__getitem__):
        actions = [action for action in state.actions.values() if action.standard == number]
        rows += [_row(action.key, standards[number], action) for action in actions]
        if not actions:
            rows.append(_row(_fresh_id(number, state), standards[number], None))
    rest = [action for action in state.actions.values() if action.standard not in wanted]
    rest.sort(key=lambda action: place.get(action.standard, ("~", 0)))
    rows += [_row(action.key, standards.get(action.standard), action) for action in rest]
    return rows + _spare_rows(state)


def _row(row_id: str, standard: Standard | None, action: ActionRecord | None) -> PlanRow:
    values = values_of(action)
    return PlanRow(
        id=row_id, standard=standard, number=standard.number if standard else values["standard"], values=values
    )


def _fresh_id(number: str, state: VisitState) -> str:
    """An unused id for a new action of a standard: `AP-4`, or `AP-4.2` if an action moved from it has that id."""
    name = "AP-" + re.sub(r"[^\w.-]", "-", number)
    return next(n for n in (name, *(f"{name}.{k}" for k in range(2, 1_000))) if n not in state.actions)


def _spare_rows(state: VisitState) -> list[PlanRow]:
    names = (f"AP-x{n:02}" for n in range(1, SPARE_ROWS + len(state.actions) + 1))
    free = [name for name in names if name not in state.actions]
    return [_row(name, None, None) for name in free[:SPARE_ROWS]]


def overdue(action: ActionRecord, today: str) -> bool:
    """True if the due date is before `today` (as 2026-11-17) and the action is neither done nor dropped."""
    return action.status in UNDER_WAY and "" < action.due < today


def digest_of(values: dict[str, str]) -> str:
    """One short digest per field of a sent row, so that a changed cell is recognised on return."""
    return ".".join(digest_of_field(name, values[name]) for name in FIELDS)
