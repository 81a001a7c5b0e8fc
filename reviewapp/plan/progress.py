"""Progress of the action plan: late and next actions, the log of reports, and changes since the plan was sent."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from reviewapp.figures.planned import LAST, pressing
from reviewapp.plan.rows import TYPED, UNDER_WAY, overdue, values_of
from reviewapp.plan.sent_versions import History, Versions
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.validators import HOST

if TYPE_CHECKING:
    from reviewapp.workspace.changes import HistoryItem


class LogEntry(msgspec.Struct, frozen=True):
    """One person's report of one day; `day` as 2026-11-17, by the clock of their laptop."""

    day: str
    person: str
    text: str


def log_of(items: Sequence[HistoryItem]) -> tuple[LogEntry, ...]:
    """The log of one action's progress, oldest first, from its history.

    All that one person wrote on one day is one entry. Where text was appended to the earlier text, the entry is what
    was appended. Text that was reverted is left out; it is still in the history. Reports that were carried over from
    an earlier visit (`carried_text`) are entries again, of their own day and person.
    """
    kept: list[tuple[str, str, str]] = []
    for item in items:
        text = normalised_cell(item.value) if item.field == "progress" and isinstance(item.value, str) else ""
        if item.field != "progress":
            continue
        before = next((n for n, (_, _, earlier_text) in enumerate(kept) if earlier_text == text), -1)
        if before >= 0 or not text:
            del kept[before + 1 :]
        else:
            kept.append((item.at[:10], item.person, text))
    begun = kept[:1] if kept and _CARRIED.match(kept[0][2]) else []
    days = [list(group) for _, group in groupby(kept[len(begun) :], key=lambda one: one[:2])]
    last = [*begun, *(group[-1] for group in days)]
    earlier = ["", *(text for _, _, text in last)]
    found = [LogEntry(day, who, _added(was, text)) for was, (day, who, text) in zip(earlier, last, strict=False)]
    return (*_carried(begun[0][2]), *found[1:]) if begun else tuple(found)


def carried_text(log: Sequence[LogEntry]) -> str:
    """A log as text, for the next visit, one report a line: `12 May 2026, the team: Begun`."""
    return "\n".join(f"{labels.day(one.day)}, {_TEAM if one.person == HOST else one.person}: {one.text}" for one in log)


_TEAM = "the team"
_CARRIED = re.compile(
    rf"(?P<day>\d{{1,2}}) (?P<month>{'|'.join(labels.MONTHS)}) (?P<year>\d{{4}}), "
    rf"(?P<who>{_TEAM}|[A-Za-z][A-Za-z0-9]*): "
)


def _carried(text: str) -> tuple[LogEntry, ...]:
    """The reports in a carried text; a line that begins with no day belongs to the report above it."""
    found: list[LogEntry] = []
    for line in text.split("\n"):
        begins = _CARRIED.match(line)
        if begins is None:
            found[-1] = msgspec.structs.replace(found[-1], text=f"{found[-1].text}\n{line}")
            continue
        month = labels.MONTHS.index(begins["month"]) + 1
        day = f"{begins['year']}-{month:02}-{int(begins['day']):02}"
        who = HOST if begins["who"] == _TEAM else begins["who"]
        found.append(LogEntry(day, who, line[begins.end() :]))
    return tuple(found)


def _added(was: str, text: str) -> str:
    """The part of `text` after the earlier text `was`; all of it if it does not begin with that."""
    rest = text.removeprefix(was).strip() if was and text.startswith(was) else ""
    return rest or text


class PlanProgress(msgspec.Struct, frozen=True, kw_only=True):
    """The actions of the plan by status. `late` and `next` (due, not late) are among `open` and `in_progress`."""

    open: tuple[ActionRecord, ...] = ()
    in_progress: tuple[ActionRecord, ...] = ()
    done: tuple[ActionRecord, ...] = ()
    dropped: tuple[ActionRecord, ...] = ()
    late: tuple[ActionRecord, ...] = ()
    next: tuple[ActionRecord, ...] = ()

    @property
    def under_way(self) -> tuple[ActionRecord, ...]:
        """Actions that are neither done nor dropped, sorted by `pressing`."""
        return tuple(sorted((*self.open, *self.in_progress), key=pressing))


def by_day(action: ActionRecord) -> tuple[object, ...]:
    """A sort key for actions: the due date, then priority, then the id."""
    return (action.due or LAST, action.priority or 9, natural(action.id))


def plan_progress(state: VisitState, today: str) -> PlanProgress:
    """Progress of the plan on a day, `today` as 2026-11-17; an action with a blank text does not count."""
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
    """The plan as last sent to the team: the day, and the current entry ids by action and field."""

    on: str
    stood: dict[str, dict[str, tuple[str, ...]]]


class ChangesSince(msgspec.Struct, frozen=True, kw_only=True):
    """Changes since the plan was sent. `fields`: the old text of each changed cell, by (action, field); `new`: ids."""

    on: str
    fields: Mapping[tuple[str, str], str] = {}
    new: tuple[str, ...] = ()

    def count(self, field: str) -> int:
        """Number of actions whose value of this field has changed."""
        return sum(1 for _, name in self.fields if name == field)


def snapshot_sent_plan(state: VisitState, history: History, on: str) -> SentPlan:
    """The current entries of every action, to store when the plan is sent on the day `on`."""
    stood = {}
    for key in state.actions:
        versions = Versions(history(key))
        stood[key] = {field: versions.heads(field) for field in TYPED}
    return SentPlan(on, stood)


def changes_since(sent: SentPlan, state: VisitState, history: History) -> ChangesSince:
    """Fields and actions that changed since the plan was sent, found by entries, not by the clock."""
    fields: dict[tuple[str, str], str] = {}
    for key, action in state.actions.items():
        before = sent.stood.get(key)
        if before is None:
            continue
        was = _text_when_sent(before, history(key))
        now = values_of(action)
        fields |= {(key, field): was(field) for field in TYPED if was(field) != now[field]}
    return ChangesSince(on=sent.on, fields=fields, new=tuple(key for key in state.actions if key not in sent.stood))


def _text_when_sent(stood: dict[str, tuple[str, ...]], items: Sequence[HistoryItem]) -> Callable[[str], str]:
    values = {item.entry: item.value for item in items}

    def text(field: str) -> str:
        found = [values.get(entry) for entry in stood.get(field, ())]
        plain = normalised_cell(str(found[0])) if found and found[0] is not None else ""
        return plain or ("open" if field == "status" else "")

    return text
