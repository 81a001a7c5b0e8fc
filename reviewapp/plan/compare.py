"""A row that came back, against what was sent and what the visit says now: changed, new, or said by both."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.i18n import _
from reviewapp.plan.parse_cells import value_of
from reviewapp.plan.priority import following_priority
from reviewapp.plan.rows import FIELDS, TYPED, values_of
from reviewapp.plan.sent_versions import History, Versions
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.reader import SheetRow
from reviewapp.spreadsheets.row_marks import digest_of_field
from reviewapp.spreadsheets.table import Table
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Action

PlanNotice = dict[str, Any]
"""One thing to tell the lead, as plain JSON values."""
Place = tuple[str, str, str]

_HERE_TOO = _("changed here too since it was sent")
_REMOVED = _("the action was removed since it was sent")
_FOLLOWS = _("follows from impact and effort")


class ReturnedRow(msgspec.Struct, frozen=True):
    """A row that is surely ours. `number` is "" if spare.

    `sent` has the print of every field when it went out, `marks` the entries that stood then.
    """

    table: Table
    row: SheetRow
    id: str
    number: str
    sent: dict[str, str]
    marks: dict[str, tuple[str, ...]]

    def cell(self, name: str) -> str:
        """The address of a field's cell."""
        return address(self.row.number, self.table.columns[name])

    def fields(self) -> tuple[str, ...]:
        """The fields the host could fill in: a spare row's standard is theirs to choose."""
        return TYPED if self.number else FIELDS

    def sent_empty(self) -> bool:
        """Whether nothing was planned when it went out."""
        return all(self.sent[name] == digest_of_field(name, "") for name in self.fields())

    def kept(self, name: str, text: str) -> bool:
        """Whether this text is what was sent."""
        return digest_of_field(name, text) == self.sent[name]


class RowComparison:
    """Compares row by row and gathers what there is to tell and to record.

    `seen` names, for each field of `lines`, the entries that its author was looking at.
    """

    def __init__(self, state: VisitState, history: History, says: str) -> None:
        self._state, self._history, self._says = state, history, says
        self.changed: list[PlanNotice] = []
        self.new: list[PlanNotice] = []
        self.conflicts: list[PlanNotice] = []
        self.lines: list[Action] = []
        self.seen: dict[Place, tuple[str, ...]] = {}

    def row(self, back: ReturnedRow, typed: dict[str, str]) -> None:
        """One row with what stands in its cells."""
        action = self._state.actions.get(back.id)
        versions = Versions(self._history(back.id))
        removed = self._removed_since(back, versions)
        if action is None and back.sent_empty() and not removed:
            self._add(back, versions, typed)
            return
        taken: dict[str, Any] = {}
        now = values_of(action)
        for name, text in typed.items():
            text = "open" if name == "status" and not text else text  # an action always has one
            if not back.kept(name, typed[name]) and (action is None or text != now[name]):
                self._field(back, versions, name, text, None if action is None else now[name], taken)
        self._follow(back, versions, typed, now, taken)
        if taken and action is None:
            taken |= {"standard": back.number, **taken, "deleted": False}
            for name in ("standard", "deleted"):
                self.seen[self._place(back, name)] = self._were(back, versions, name)
        if taken:
            self.lines.append(Action(id=back.id, **taken))

    def _field(
        self, back: ReturnedRow, versions: Versions, name: str, text: str, now: str | None, taken: dict[str, Any]
    ) -> None:
        """A cell that the host changed and that says something else than the visit."""
        value = value_of(name, text)
        about = {"id": back.id, "standard": back.number, "field": name, "cell": back.cell(name)}
        if now is not None and back.kept(name, now) and not self._torn(back, name):
            self.changed.append({**about, "from": value_of(name, now), "to": value})
            self.seen[self._place(back, name)] = versions.heads(name)
        elif self._settled(back, versions, name, value):
            return
        else:
            here = None if now is None else value_of(name, now)
            why = _HERE_TOO if now is not None else _REMOVED
            self.conflicts.append({**about, "why": why, "sheet": value, "visit": here})
            self.seen[self._place(back, name)] = self._were(back, versions, name)
        taken[name] = value

    def _follow(
        self, back: ReturnedRow, versions: Versions, typed: dict[str, str], now: dict[str, str], taken: dict[str, Any]
    ) -> None:
        """The priority that the team's impact and effort bring along, where nobody chose another."""
        if "priority" in taken or not {"impact", "effort"} & taken.keys() or not back.kept("priority", now["priority"]):
            return
        brought = {name: typed[name] for name in ("impact", "effort") if name in taken}
        text = following_priority(now, now | brought)
        if text is not None and not self._torn(back, "priority"):
            taken["priority"] = value_of("priority", text)
            self.seen[self._place(back, "priority")] = versions.heads("priority")
            told: PlanNotice = {
                "id": back.id,
                "standard": back.number,
                "field": "priority",
                "cell": back.cell("priority"),
            }
            told |= {"from": value_of("priority", now["priority"]), "to": taken["priority"], "why": _FOLLOWS}
            self.changed.append(told)

    def _add(self, back: ReturnedRow, versions: Versions, typed: dict[str, str]) -> None:
        """A row that was empty when sent: every field is said, so that nothing of an older use of its id shows."""
        typed = {"standard": back.number, **dict.fromkeys(TYPED, ""), **typed}
        typed["status"] = typed["status"] or "open"
        typed["priority"] = following_priority(values_of(None), typed) or typed["priority"]
        values: dict[str, Any] = {name: value_of(name, text) for name, text in typed.items()}
        values["standard"] = typed["standard"]
        self.lines.append(Action(id=back.id, deleted=False, **values))
        for name in (*values, "deleted"):
            self.seen[self._place(back, name)] = versions.heads(name)
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        self.new.append({"id": back.id, "cell": back.cell("action"), **filled})

    def _settled(self, back: ReturnedRow, versions: Versions, name: str, value: Any) -> bool:
        """Whether this was taken before; what the lead made of it since stands."""
        place, marks = self._place(back, name), versions.known(name, back.marks[name])
        return versions.said_since(name, value, marks, self._says, settled=" ".join(place) in self._state.settled)

    def _were(self, back: ReturnedRow, versions: Versions, name: str) -> tuple[str, ...]:
        """What stood when the sheet went out. Where two versions did, the host was not asked to choose between them."""
        marks = back.marks[name]
        return versions.known(name, marks) if len(marks) < 2 else ()

    def _removed_since(self, back: ReturnedRow, versions: Versions) -> bool:
        deleted = True in versions.values("deleted")
        return deleted and set(versions.heads("deleted")) != set(versions.known("deleted", back.marks["deleted"]))

    def _torn(self, back: ReturnedRow, name: str) -> bool:
        """Whether the visit says two things."""
        return any((c.entity, c.key, c.field) == ("action", back.id, name) for c in self._state.conflicts)

    @staticmethod
    def _place(back: ReturnedRow, name: str) -> Place:
        return ("action", back.id, name)
