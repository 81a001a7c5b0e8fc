"""Undo and redo by compensating entries."""

from __future__ import annotations

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.store import journal
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.workspace.changes import Change, FieldChange


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
        return self._step(store, person, self.done, self.undone)

    def redo(self, store: VisitStore, person: str) -> Change | None:
        """Redo the change undone last; None if there is none. Raises ReviewError if it was changed since."""
        return self._step(store, person, self.undone, self.done)

    def _step(self, store: VisitStore, person: str, source: list[Change], target: list[Change]) -> Change | None:
        if not source:
            return None
        change = source[-1]
        repeated_by: dict[str, str] = {}
        steps = []
        with store.transaction() as db:
            if any(step.address[0] == "rating" for step in change.steps) and store.opening():
                store.remember_opening_seen(db, person=person)  # as when a rating is given
            for step in reversed(change.steps):
                now = tuple(journal.heads(db, step.address))
                if {head.id for head in now} != {self._newest(identity) for identity in step.now}:
                    source.pop()  # it can never be undone; the changes before it still can
                    raise ReviewError(
                        _("cannot undo {name}: it was changed since", name=change.name),
                        do=_("change it by hand"),
                        kept=_("all is kept"),
                    )
                parents = tuple(head.id for head in now)
                old = [head.value for head in step.before] or [None]
                said = [FieldWrite(*step.address, value, parents) for value in old]
                entries = store.write_in(db, said, person=now[0].person if now else person)
                repeated_by |= {head.id: new.id for head, new in zip(step.before, entries, strict=False)}
                steps.append(FieldChange(step.address, now, tuple(entry.id for entry in entries)))
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
