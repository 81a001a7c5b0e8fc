"""A visit with agreed ratings, and its plan as the host gets it and sends it back."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.plan import export_plan
from reviewapp.plan.rows import TITLES
from reviewapp.visit.state import ActionRecord, AgreedRecord, PersonRecord, VisitInfo, VisitState
from reviewapp.visit.statements import Action
from tests.core.intake.sheet_building import instrument, opened

COLUMN = dict(zip(TITLES, "ABCDEFGHIJKLMNOPQR", strict=True))


def visit(*actions: ActionRecord, agreed: dict[str, Any] | None = None, **more: Any) -> VisitState:
    """4 and 36a are agreed not met, 47 is met, 90 not agreed."""
    values = {"4": "not_met", "36a": "not_met", "47": "met"} if agreed is None else agreed
    return VisitState(
        info=VisitInfo(
            id="V1", service="Example Crisis Team", organisation="Example NHS Trust (invented)", date="2026-05-12",
            instrument="example",
        ),
        instrument=more.pop("instrument", instrument()),
        people={"L1": PersonRecord(key="L1", role="lead")},
        agreed={n: AgreedRecord(key=n, standard=n, value=v) for n, v in values.items()},
        actions={a.key: a for a in actions},
        **more,
    )  # fmt: skip


def action(key: str, standard: str, **fields: Any) -> ActionRecord:
    """An action of the plan."""
    return ActionRecord(key=key, id=key, standard=standard, **fields)


class Sheet:
    """A plan in the host's hands: cells are named by row id and field."""

    def __init__(self, state: VisitState) -> None:
        self.book = opened(export_plan(state))
        self.sheet = self.book["Action plan"]

    def row(self, row_id: str) -> int:
        """The number of the row with this id."""
        number: int = next(cell.row for cell in self.sheet[COLUMN["id"]] if cell.value == row_id)
        return number

    def cell(self, row_id: str, field: str) -> Any:
        """A cell."""
        return self.sheet[f"{COLUMN[field]}{self.row(row_id)}"]

    def put(self, row_id: str, **values: Any) -> Sheet:
        """Type into cells; text stays text."""
        for field, value in values.items():
            cell = self.cell(row_id, field)
            cell.value = value
            if isinstance(value, str) and value:
                cell.data_type = "s"
        return self

    def save(self, path: Any) -> Any:
        """Save it as the host would."""
        self.book.save(path)
        return path


def recorded(state: VisitState, *lines: Action) -> VisitState:
    """The visit after these lines were recorded."""
    actions = dict(state.actions)
    for line in lines:
        old = actions.get(line.id) or ActionRecord(key=line.id, id=line.id)
        values = {k: v for k, v in line.values().items() if k != "deleted"}
        empty = {"priority": None, "status": "open"}
        plain = {k: empty.get(k, "") if v is None else v for k, v in values.items()}
        actions[line.id] = msgspec.structs.replace(old, **plain)
    return msgspec.structs.replace(state, actions=actions)
