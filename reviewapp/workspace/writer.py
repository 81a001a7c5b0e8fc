"""From what a person says to entries of the journal: checked, all or nothing, and what it takes to go back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reviewapp.base.errors import Invalid
from reviewapp.figures.presentations import with_what_stood
from reviewapp.figures.responses import with_what_it_answers
from reviewapp.store import deletions, journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import Said, VisitStore
from reviewapp.visit import rules, state_loader
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.statements import Audit, CaseNote, Line, Rating
from reviewapp.workspace.changes import AtLine, Change, Place, Step
from reviewapp.workspace.state_cache import Picture

Seen = Mapping[Place, tuple[str, ...]]
"""For fields said by somebody who did not look at what stands now: the entries they looked at."""


class Saying:
    """Writes to one store, and keeps its picture true."""

    def __init__(self, store: VisitStore, picture: Picture) -> None:
        self._store = store
        self._picture = picture

    def record(self, lines: Sequence[Line], seen: Seen, name: str, me: str) -> Change:
        """All of these lines, or none, durably; `me` says them. Raises Invalid, with the number of the line."""
        steps: list[Step] = []
        try:
            with self._store.transaction() as db:
                for number, line in enumerate(lines, start=1):
                    try:
                        rules.check(line, self._picture.state, me)
                    except Invalid as error:
                        raise AtLine(error, number) if len(lines) > 1 else error from None
                    steps += self._say(db, line, seen, me, alone=len(lines) == 1)
                if self._store.keeps_drafts:  # else what is typed there meanwhile stands beside this as a conflict
                    said = [step.place for step in steps] + list(seen)
                    self._store.forget_drafts(db, ["/".join(place) for place in said])
                records = frozenset(step.place[:2] for step in steps)
                if len(lines) > 1:
                    state_loader.in_order(self._picture.state, {entity for entity, _ in records})
                self._picture.look_again(said={entity for entity, _ in records})
        except BaseException:
            if steps:
                self._picture.refresh({step.place[:2] for step in steps})
                self._picture.look_again()
            raise
        return Change(name, records, tuple(steps))

    def _say(self, db: Database, line: Line, seen: Seen, me: str, *, alone: bool) -> list[Step]:
        line = with_what_stood(with_what_it_answers(line, self._picture.state), self._picture.state)
        entity, key = line.kind(), line.key(me)
        values = line.values()
        if isinstance(line, Audit) and f"{line.case_note}/{me}" not in self._picture.state.case_notes:
            opened = self._say(db, CaseNote(id=line.case_note), seen, me, alone=alone)
            return opened + self._say(db, line, seen, me, alone=alone)
        if "deleted" in ENTITIES[entity].fields and "deleted" not in values:
            deleted = journal.heads(db, (entity, key, "deleted"))
            if any(head.value for head in deleted):
                values["deleted"] = False
        if isinstance(line, Rating) and self._picture.state.meeting_opened:
            self._store.note_opening_seen(db, person=me)
        steps = self._put(db, {(entity, key, field): value for field, value in values.items()}, seen, me)
        if values.get(deletions.DELETED):
            steps += self._put(db, {(entity, key, deletions.SEEING): deletions.seen(db, entity, key)}, {}, me)
        if steps:
            self._picture.refresh({(entity, key)}, sort=alone)
        return steps

    def _put(self, db: Database, values: Mapping[Place, Any], seen: Seen, me: str) -> list[Step]:
        """Give these places their values, save where they have them already."""
        said, before = [], []
        for place, value in values.items():
            heads = journal.heads(db, place)
            if len(heads) == 1 and heads[0].value == value and not heads[0].withdrawn:
                continue
            before.append(tuple(heads))
            said.append(Said(*place, value, seen.get(place, tuple(head.id for head in heads))))
        entries = self._store.write_in(db, said, person=me)
        return [Step(one.place, was, _standing(one, was)) for one, was in zip(entries, before, strict=True)]


def _standing(entry: Entry, before: tuple[Entry, ...]) -> tuple[str, ...]:
    """What stands once this was said: it, and what its author had not seen."""
    return (entry.id, *(head.id for head in before if head.id not in entry.parents))
