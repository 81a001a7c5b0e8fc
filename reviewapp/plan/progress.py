"""How far the plan is: what is late, what is due next, what was reported when, what changed since it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from reviewapp.plan.rows import TYPED, UNDER_WAY, overdue, values_of
from reviewapp.plan.sent_versions import History, Versions
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import ActionRecord, VisitState

if TYPE_CHECKING:
    from reviewapp.workspace.changes import HistoryItem

LAST = "9999-12-31"
"""Sorts an action without a day after all others."""


class LogEntry(msgspec.Struct, frozen=True):
    """What was reported on one day by one person; `day` as 2026-11-17, by the clock of their laptop."""

    day: str
    person: str
    text: str


def log_of(items: Sequence[HistoryItem]) -> tuple[LogEntry, ...]:
    """The progress of one action over time, oldest first, from its history.

    What one person wrote on one day is one entry. Where words were added to what stood there, the entry is what was
    added. What was taken back is left out; it is still in the history.
    """
    kept: list[tuple[str, str, str]] = []
    for item in items:
        text = normalised_cell(item.value) if item.field == "progress" and isinstance(item.value, str) else ""
        if item.field != "progress":
            continue
        before = next((n for n, (_, _, said) in enumerate(kept) if said == text), -1)
        if before >= 0 or not text:
            del kept[before + 1 :]
        else:
            kept.append((item.at[:10], item.person, text))
    days = [list(group) for _, group in groupby(kept, key=lambda one: one[:2])]
    last = [group[-1] for group in days]
    earlier = ["", *(text for _, _, text in last)]
    return tuple(LogEntry(day, who, _added(was, text)) for was, (day, who, text) in zip(earlier, last, strict=False))


def _added(was: str, text: str) -> str:
    """What is new in a text that begins with what stood there."""
    rest = text.removeprefix(was).strip() if was and text.startswith(was) else ""
    return rest or text


class PlanProgress(msgspec.Struct, frozen=True, kw_only=True):
    """The actions of the plan by where they stand. `late` are among `open` and `in_progress`, `next` are not late."""

    open: tuple[ActionRecord, ...] = ()
    in_progress: tuple[ActionRecord, ...] = ()
    done: tuple[ActionRecord, ...] = ()
    dropped: tuple[ActionRecord, ...] = ()
    late: tuple[ActionRecord, ...] = ()
    next: tuple[ActionRecord, ...] = ()

    @property
    def under_way(self) -> tuple[ActionRecord, ...]:
        """What is still to be done, the most pressing first."""
        return tuple(sorted((*self.open, *self.in_progress), key=pressing))


def pressing(action: ActionRecord) -> tuple[object, ...]:
    """A sort key: the chosen priority, then the day it is due, then the id."""
    return (action.priority or 9, action.due or LAST, natural(action.id))


def by_day(action: ActionRecord) -> tuple[object, ...]:
    """A sort key: the day it is due, then priority."""
    return (action.due or LAST, action.priority or 9, natural(action.id))


def plan_progress(state: VisitState, today: str) -> PlanProgress:
    """Where the plan stands on a day; an action nobody has put into words does not count."""
    actions = sorted((a for a in state.actions.values() if a.action.strip()), key=pressing)
    by = {status: tuple(a for a in actions if a.status == status) for status in ("open", "in_progress", "done")}
    dated = sorted((a for a in actions if a.status in UNDER_WAY and a.due), key=by_day)
    return PlanProgress(
        open=by["open"],
        in_progress=by["in_progress"],
        done=by["done"],
        dropped=tuple(a for a in actions if a.status == "dropped"),
        late=tuple(a for a in dated if overdue(a, today)),
        next=tuple(a for a in dated if not overdue(a, today)),
    )


class SentPlan(msgspec.Struct, frozen=True):
    """What stood in the plan when it last went to the team: entries by action and field."""

    on: str
    stood: dict[str, dict[str, tuple[str, ...]]]


class ChangesSince(msgspec.Struct, frozen=True, kw_only=True):
    """What is different since then. `fields`: what each changed cell said, by action and field; `new`: actions."""

    on: str
    fields: Mapping[tuple[str, str], str] = {}
    new: tuple[str, ...] = ()

    def count(self, field: str) -> int:
        """How many actions have a different value of a field."""
        return sum(1 for _, name in self.fields if name == field)


def sent_now(state: VisitState, history: History, on: str) -> SentPlan:
    """What to remember when the plan goes out."""
    stood = {}
    for key in state.actions:
        versions = Versions(history(key))
        stood[key] = {field: versions.heads(field) for field in TYPED}
    return SentPlan(on, stood)


def since(sent: SentPlan, state: VisitState, history: History) -> ChangesSince:
    """What the plan says now and did not say when it was sent; no clock is asked."""
    fields: dict[tuple[str, str], str] = {}
    for key, action in state.actions.items():
        before = sent.stood.get(key)
        if before is None:
            continue
        was = _said(before, history(key))
        now = values_of(action)
        fields |= {(key, field): was(field) for field in TYPED if was(field) != now[field]}
    return ChangesSince(on=sent.on, fields=fields, new=tuple(key for key in state.actions if key not in sent.stood))


def _said(stood: dict[str, tuple[str, ...]], items: Sequence[HistoryItem]) -> Callable[[str], str]:
    values = {item.entry: item.value for item in items}

    def text(field: str) -> str:
        found = [values.get(entry) for entry in stood.get(field, ())]
        plain = normalised_cell(str(found[0])) if found and found[0] is not None else ""
        return plain or ("open" if field == "status" else "")

    return text
