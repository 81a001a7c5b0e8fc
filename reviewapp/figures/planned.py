"""The actions that the plan holds for a standard, the most pressing first."""

from __future__ import annotations

from reviewapp.visit.sorting import natural
from reviewapp.visit.state import ActionRecord, VisitState

LAST = "9999-12-31"
"""The sort value of an action without a due date: after all others."""


def pressing(action: ActionRecord) -> tuple[object, ...]:
    """A sort key for actions: the chosen priority, then the due date, then the id."""
    return (action.priority or 9, action.due or LAST, natural(action.id))


def planned(state: VisitState, number: str) -> list[ActionRecord]:
    """The actions on a standard that are worded and not dropped, the most pressing first."""
    found = [one for one in state.actions.values() if one.standard == number and one.action.strip()]
    return sorted((one for one in found if one.status != "dropped"), key=pressing)
