"""Undo and redo by compensating entries."""

from __future__ import annotations

from typing import Any

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.store import journal, meeting_opening
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import MARKS, FieldAddress
from reviewapp.visit.lateness import JUDGED
from reviewapp.workspace.changes import Change, FieldChange

_ACCEPTED = {one.accepted_by: kind for kind, one in JUDGED.items()}
"""The acceptance of a late rating or finding, and of what it is one."""


class UndoStack:
    """Undo and redo stacks of the changes of one session."""

    def __init__(self) -> None:
        """Start with empty stacks."""
        self.done: list[Change] = []
        self.undone: list[Change] = []
        self._repeated_by: dict[str, str] = {}

    def add(self, change: Change) -> None:
        """Push a new change; changes undone before it can no longer be redone."""
        self.done.append(change)
        self.undone.clear()

    def clear(self) -> None:
        """Drop all changes, because they may hold a value that was withdrawn."""
        self.done.clear()
        self.undone.clear()

    def undo(self, store: VisitStore, person: str) -> Change | None:
        """Undo the last change; None if there is none. Raises ReviewError if it was changed since."""
        return self._step(store, person, self.done, self.undone, again=False)

    def redo(self, store: VisitStore, person: str) -> Change | None:
        """Redo the change undone last; None if there is none. Raises ReviewError if it was changed since."""
        return self._step(store, person, self.undone, self.done, again=True)

    def _step(
        self, store: VisitStore, person: str, source: list[Change], target: list[Change], *, again: bool
    ) -> Change | None:
        if not source:
            return None
        change = source[-1]
        repeated_by: dict[str, str] = {}
        steps = []
        with store.transaction() as db:
            opens = again and any(step.address == meeting_opening.PLACE for step in change.steps)
            held = meeting_opening.held_now(db) if opens else {}
            if any(step.address[0] in JUDGED for step in change.steps) and store.opening():
                store.remember_opening_seen(db, person=person)  # as when a rating is given
            for step in reversed(change.steps):
                now = tuple(journal.heads(db, step.address))
                gone = [head for head in step.before if head.id not in step.now]
                old = [head.value for head in gone or step.before] or [None]
                if {head.id for head in now} != {self._newest(identity) for identity in step.now} or (
                    again and _is_outdated(db, step, old)
                ):
                    source.pop()  # it can never be undone; the changes before it still can
                    raise _changed_since(change, again=again)
                parents = tuple(head.id for head in now)
                if opens and step.address == meeting_opening.PLACE and any(old):
                    old = [held]  # what the lead holds when the meeting opens again, not what it held at first
                if step.address[0] in MARKS:
                    said = [store.own_marks.renewed(db, step.address, old[0])]
                else:
                    said = [FieldWrite(*step.address, value, parents) for value in old]
                entries = store.write_in(db, said, person=now[0].person if now else person)
                stand = _stand(db, store, step.address, now, entries)
                repeated_by |= {
                    head.id: new.id for head, new in zip(gone or step.before, entries, strict=False)
                    if head.id not in stand
                }  # fmt: skip
                steps.append(FieldChange(step.address, now, stand, entries[0].id))
        source.pop()
        self._repeated_by |= repeated_by
        undone = Change(change.name, change.records, tuple(steps))
        target.append(undone)
        return undone

    def _newest(self, identity: str) -> str:
        """The newest entry that repeats this one's value after undo and redo."""
        while identity in self._repeated_by:
            identity = self._repeated_by[identity]
        return identity


def _stand(
    db: Database, store: VisitStore, address: FieldAddress, before: tuple[Entry, ...], made: list[Entry]
) -> tuple[str, ...]:
    """The heads of a field after these entries: they alone, unless something of another laptop's stands beside them."""
    if all(head.device == store.device for head in before):
        return tuple(entry.id for entry in made)
    return journal.head_ids(db, address)


def _is_outdated(db: Database, step: FieldChange, old: list[Any]) -> bool:
    """True for the acceptance of something late that its author has changed since: redo would accept what is gone."""
    entity, key, field = step.address
    if entity not in _ACCEPTED or field != "entry" or not any(old):
        return False
    kind = _ACCEPTED[entity]
    now = {head for name in JUDGED[kind].fields for head in journal.head_ids(db, (kind, key, name))}
    return not set(old) & {*now, None}


def _changed_since(change: Change, *, again: bool) -> ReviewError:
    what = (
        _("cannot redo {name}: it has changed since", name=change.name)
        if again
        else _("cannot undo {name}: it has changed since", name=change.name)
    )
    return ReviewError(what, do=_("change it yourself"), kept=_("nothing is lost"))
