"""Writes statements to the journal: validated, all or none in one transaction, returning an undoable change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from reviewapp.base import limits
from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.figures.presentations import with_ratings_at_decision
from reviewapp.figures.responses import with_answered_rating
from reviewapp.store import deletions, journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit import rules, state_loader
from reviewapp.visit.entities import ENTITIES, FieldAddress
from reviewapp.visit.lateness import JUDGED
from reviewapp.visit.rights import needs_lead
from reviewapp.visit.statements import Audit, CaseNote, Statement
from reviewapp.visit.statements.practice import with_answered_practice
from reviewapp.workspace.changes import Change, FieldChange, LineError
from reviewapp.workspace.seen import SeenEntries
from reviewapp.workspace.state_cache import StateCache

SeenParents = Mapping[FieldAddress, tuple[str, ...]]
"""Parent entries by field address, for fields whose author looked at a version older than the present heads."""


class JournalWriter:
    """Writes to one store and keeps its state cache current."""

    def __init__(self, store: VisitStore, cache: StateCache, seen: SeenEntries) -> None:
        self._store = store
        self._cache = cache
        self._seen = seen
        self._typist = ""

    def record(self, lines: Sequence[Statement], seen: SeenParents, name: str, me: str, *, typist: str = "") -> Change:
        """Append statements by `me`, all or none, durable on return. Raises Invalid.

        `typist`: who types them for `me`, on a laptop that is not theirs; then they are the typist's entries.
        Among several statements the error is a LineError with the number of the refused one.
        """
        steps: list[FieldChange] = []
        self._typist = typist
        with self._cache.uncommitted(), self._store.transaction() as db:
            for number, line in enumerate(lines, start=1):
                try:
                    if not typist:  # it was tried as theirs
                        self.check(_as_new_unless_deleted(db, line, me), me)
                except Invalid as error:
                    raise LineError(error, number) if len(lines) > 1 else error from None
                steps += self._write_statement(db, line, seen, me, alone=len(lines) == 1)
            if self._store.drafts.kept:  # else text typed there meanwhile would become a conflict with this
                said = [step.address for step in steps] + list(seen)
                self._store.drafts.forget(db, ["/".join(address) for address in said])
            records = frozenset(step.address[:2] for step in steps)
            if len(lines) > 1:
                state_loader.sort_records(self._cache.state, {entity for entity, _ in records})
            self._cache.refresh_conflicts(said=records)
        self._seen.add(step.entry for step in steps)
        return Change(name, records, tuple(steps))

    def check(self, line: Statement, me: str) -> None:
        """Raise Invalid, naming the field, when `me` may not say this on this laptop or it does not fit the visit."""
        rules.check(line, self._cache.state, me)
        by_lead = line.RECORDED_BY == "lead" or me in (rules.HOST, rules.COMMITTEE)
        if by_lead and not self._cache.own_standing.lead:
            raise Invalid(
                _("this laptop does not speak for the lead"),
                field="kind",
                do=_("record it on the lead's laptop, or ask the lead to confirm this one"),
            )

    def write_marks(self, db: Database, said: Sequence[FieldWrite], name: str, me: str) -> Change:
        """Write what the lead says of laptops, inside the caller's transaction."""
        before = {(one.entity, one.key, one.field): tuple(journal.heads(db, (one.entity, one.key, one.field)))
                  for one in said}  # fmt: skip
        entries = self._store.write_in(db, said, person=me)
        steps = tuple(FieldChange(one.address, before[one.address], (one.id,), one.id) for one in entries)
        return Change(name, frozenset(one.address[:2] for one in entries), steps)

    def _write_statement(
        self, db: Database, line: Statement, seen: SeenParents, me: str, *, alone: bool
    ) -> list[FieldChange]:
        line = with_ratings_at_decision(with_answered_rating(line, self._cache.state), self._cache.state)
        line = with_answered_practice(line, self._cache.state)
        entity, key = line.kind(), line.key(me)
        values = line.values()
        opened: list[FieldChange] = []
        if isinstance(line, Audit) and f"{line.case_note}/{me}" not in self._cache.state.case_notes:
            opened = self._write_statement(db, CaseNote(id=line.case_note), seen, me, alone=alone)
        if "deleted" in ENTITIES[entity].fields and "deleted" not in values:
            deleted = journal.heads(db, (entity, key, "deleted"))
            if any(head.value for head in deleted):
                values["deleted"] = False
        if entity in JUDGED and self._cache.state.meeting_opened:
            self._store.remember_opening_seen(db, person=self._typist or me)
        steps = self._write_fields(db, {(entity, key, field): value for field, value in values.items()}, seen, me)
        if values.get(deletions.DELETED):
            steps += self._write_fields(
                db, {(entity, key, deletions.SEEING): deletions.current_entry_ids(db, entity, key)}, {}, me
            )
        if steps:
            self._cache.refresh({(entity, key)}, sort=alone)
        return opened + steps

    def _write_fields(
        self, db: Database, values: Mapping[FieldAddress, Any], seen: SeenParents, me: str
    ) -> list[FieldChange]:
        """Write these values, except those that are the only head already."""
        said, before = [], []
        for address, value in values.items():
            heads = journal.heads(db, address)
            if len(heads) == 1 and heads[0].value == value and not heads[0].withdrawn:
                continue
            before.append(tuple(heads))
            parents = seen.get(address)
            if parents is None:
                parents = self._seen.of_heads(db, address, heads)
            said.append(FieldWrite(*address, value, parents))
        entries = self._store.write_in(db, said, person=self._typist or me)
        return [
            FieldChange(one.address, was, self._heads_after(db, one, was), one.id)
            for one, was in zip(entries, before, strict=True)
        ]

    def _heads_after(self, db: Database, entry: Entry, before: tuple[Entry, ...]) -> tuple[str, ...]:
        """Heads of the field after this entry: nearly always it, and the heads that its author had not seen."""
        own = self._cache.own_standing
        ours = all(head.device == entry.device for head in before) and not needs_lead(entry.entity, entry.person)
        several = len(before) > limits.MOST_PARENTS
        if several or own.apart_from is not None or self._typist or not (own.lead or ours):
            return journal.head_ids(db, entry.address)
        return (entry.id, *(head.id for head in before if head.id not in entry.parents))


def _as_new_unless_deleted(db: Database, line: Statement, me: str) -> Statement:
    """The statement without `deleted: false` where nothing is deleted: a new record needs all that it needs.

    What is deleted and brought back has it already.
    """
    if getattr(line, deletions.DELETED, None) is not False:
        return line
    if any(head.value for head in journal.heads(db, (line.kind(), line.key(me), deletions.DELETED))):
        return line
    return msgspec.structs.replace(line, deleted=UNSET)
