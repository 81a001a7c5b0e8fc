"""Three-way comparison of a returned row with the sent row and the visit: changed, new, or in conflict."""

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
from reviewapp.spreadsheets.row_marks import digest_of_field, same_cell
from reviewapp.spreadsheets.table import Table
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Action

PlanNotice = dict[str, Any]
"""One change, new action or problem to report to the lead, as plain JSON values."""

_HERE_TOO = _("also changed here since it was sent")
_REMOVED = _("the action was removed since it was sent")
_FOLLOWS = _("follows from impact and effort")


class ReturnedRow(msgspec.Struct, frozen=True):
    """A returned row whose hidden marks are valid; `number` is the standard's, "" for a spare row.

    `sent` has the digest of every field when it was sent, `marks` the entries (shortened ids) current then.
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
        """The fields that the host could fill in; in a spare row the standard too."""
        return tuple(name for name in (TYPED if self.number else FIELDS) if name in self.sent)

    def sent_empty(self) -> bool:
        """True if every field that the host could fill in was empty when the row was sent."""
        return all(self.sent[name] == digest_of_field(name, "") for name in self.fields())

    def kept(self, name: str, text: str) -> bool:
        """True if this text of a field equals the text sent."""
        return digest_of_field(name, text) == self.sent[name]


class RowComparison:
    """Compares returned rows one by one and collects notices for the lead and statements to record.

    `seen` gives, for each field of `lines`, the entries that the author saw on the sheet: its parents when recorded.
    """

    def __init__(self, state: VisitState, history: History, says: str) -> None:
        self._state, self._history, self._author = state, history, says
        self.changed: list[PlanNotice] = []
        self.new: list[PlanNotice] = []
        self.conflicts: list[PlanNotice] = []
        self.lines: list[Action] = []
        self.seen: dict[FieldAddress, tuple[str, ...]] = {}

    def row(self, back: ReturnedRow, typed: dict[str, str]) -> None:
        """Compare one row; `typed` has the value of each cell, as `values_of` writes it."""
        action = self._state.actions.get(back.id)
        versions = Versions(self._history(back.id))
        removed = self._removed_since(back, versions)
        if action is None and back.sent_empty() and not removed:
            self._add_action(back, versions, typed)
            return
        new_values: dict[str, Any] = {}
        now = values_of(action)
        for name, text in typed.items():
            text = "open" if name == "status" and not text else text  # an action always has a status
            if not back.kept(name, typed[name]) and (action is None or not same_cell(name, text, now[name])):
                self._compare_field(back, versions, name, text, None if action is None else now[name], new_values)
        self._set_following_priority(back, versions, typed, now, new_values)
        if new_values and action is None:
            new_values |= {"standard": back.number, **new_values, "deleted": False}
            for name in ("standard", "deleted"):
                self.seen[self._address(back, name)] = self._sent_entries(back, versions, name)
        if new_values:
            self.lines.append(Action(id=back.id, **new_values))

    def _compare_field(
        self, back: ReturnedRow, versions: Versions, name: str, text: str, now: str | None, new_values: dict[str, Any]
    ) -> None:
        """Compare a cell that the host changed and that differs from the visit: a change, a conflict, or neither.

        Neither, if the value was recorded from the sheet before.
        """
        value = value_of(name, text)
        about = {"id": back.id, "standard": back.number, "field": name, "cell": back.cell(name)}
        if now is not None and back.kept(name, now) and not self._in_conflict(back, name):
            self.changed.append({**about, "from": value_of(name, now), "to": value})
            self.seen[self._address(back, name)] = versions.heads(name)
        elif self._recorded_before(back, versions, name, value):
            return
        else:
            here = None if now is None else value_of(name, now)
            why = _HERE_TOO if now is not None else _REMOVED
            self.conflicts.append({**about, "why": why, "sheet": value, "visit": here})
            self.seen[self._address(back, name)] = self._sent_entries(back, versions, name)
        new_values[name] = value

    def _set_following_priority(
        self,
        back: ReturnedRow,
        versions: Versions,
        typed: dict[str, str],
        now: dict[str, str],
        new_values: dict[str, Any],
    ) -> None:
        """Set the priority that follows from the team's new impact and effort, unless somebody chose another."""
        if (
            "priority" in new_values
            or not {"impact", "effort"} & new_values.keys()
            or not back.kept("priority", now["priority"])
        ):
            return
        chosen = {name: typed[name] for name in ("impact", "effort") if name in new_values}
        text = following_priority(now, now | chosen)
        if text is not None and not self._in_conflict(back, "priority"):
            new_values["priority"] = value_of("priority", text)
            self.seen[self._address(back, "priority")] = versions.heads("priority")
            notice: PlanNotice = {
                "id": back.id,
                "standard": back.number,
                "field": "priority",
                "cell": back.cell("priority"),
            }
            notice |= {"from": value_of("priority", now["priority"]), "to": new_values["priority"], "why": _FOLLOWS}
            self.changed.append(notice)

    def _add_action(self, back: ReturnedRow, versions: Versions, typed: dict[str, str]) -> None:
        """Add an action from a row that was sent empty.

        Every field is written, so that no value of an older action with the same id shows.
        """
        typed = {"standard": back.number, **dict.fromkeys(TYPED, ""), **typed}
        typed["status"] = typed["status"] or "open"
        typed["priority"] = following_priority(values_of(None), typed) or typed["priority"]
        values: dict[str, Any] = {name: value_of(name, text) for name, text in typed.items()}
        values["standard"] = typed["standard"]
        self.lines.append(Action(id=back.id, deleted=False, **values))
        for name in (*values, "deleted"):
            self.seen[self._address(back, name)] = versions.heads(name)
        filled = {name: value for name, value in values.items() if value not in (None, "")}
        self.new.append({"id": back.id, "cell": back.cell("action"), **filled})

    def _recorded_before(self, back: ReturnedRow, versions: Versions, name: str, value: Any) -> bool:
        """True if this value was recorded from the sheet before; what the lead changed since then is kept."""
        address, marks = self._address(back, name), versions.known(name, back.marks[name])
        return versions.said_since(name, value, marks, self._author, settled=" ".join(address) in self._state.settled)

    def _sent_entries(self, back: ReturnedRow, versions: Versions, name: str) -> tuple[str, ...]:
        """The entries current when the sheet was sent; none if two were: the host was not asked to choose."""
        marks = back.marks[name]
        return versions.known(name, marks) if len(marks) < 2 else ()

    def _removed_since(self, back: ReturnedRow, versions: Versions) -> bool:
        deleted = True in versions.values("deleted")
        return deleted and set(versions.heads("deleted")) != set(versions.known("deleted", back.marks["deleted"]))

    def _in_conflict(self, back: ReturnedRow, name: str) -> bool:
        """True if the field is in conflict in the visit."""
        return any((c.entity, c.key, c.field) == ("action", back.id, name) for c in self._state.conflicts)

    @staticmethod
    def _address(back: ReturnedRow, name: str) -> FieldAddress:
        return ("action", back.id, name)
