"""What a store says, kept true change by change: the state that every screen and figure reads."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from reviewapp.store import deletions, journal, withdrawal
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import figure_cache, state_loader
from reviewapp.visit.lateness import RatingHead, late
from reviewapp.visit.state import Conflict, ConflictValue, VisitState

DECIDE_LATENESS: AbstractSet[str] = frozenset(("rating", "meeting", "accept_late"))
"""Only these kinds of record say which ratings came too late."""


class StateCache:
    """`state` follows the store once it is told what changed; what others wrote is seen after `reload`."""

    def __init__(self, store: VisitStore) -> None:
        """Read everything."""
        self.store = store
        self.state = self.read()

    def reload(self) -> None:
        """Read everything again."""
        self.state = self.read()

    def refresh(self, records: AbstractSet[tuple[str, str]], *, sort: bool = True) -> None:
        """Bring these records up to date; with `sort` a new one takes its place among the others."""
        by_entity: dict[str, list[str]] = {}
        for entity, key in records:
            by_entity.setdefault(entity, []).append(key)
        there = {record for record in records if state_loader.has_record(self.state, *record)}
        for entity, keys in by_entity.items():
            state_loader.refresh_records(self.state, entity, self.store, keys, sort=sort)
        if any(self._took_others_along(record, record in there) for record in records):
            self.reload()

    def _took_others_along(self, record: tuple[str, str], was_there: bool) -> bool:
        """Whether an interview or case note came back or went, and with it what belongs to it."""
        entity, key = record
        if entity not in state_loader.PARENTS or state_loader.has_record(self.state, entity, key) == was_there:
            return False
        return was_there or bool(journal.head_ids(self.store.db, (entity, key, "deleted")))

    def read(self) -> VisitState:
        """What the store says at this moment, which may be inside the transaction of a join."""
        state = state_loader.build(self.store)
        state.withdrawn = withdrawal.withdrawn_records(self.store.db)
        self.refresh_conflicts(state)
        figure_cache.track(state)
        return state

    def refresh_conflicts(self, state: VisitState | None = None, said: AbstractSet[str] = DECIDE_LATENESS) -> None:
        """What follows from heads and their order rather than from the current tables; `said`: the kinds of record."""
        state = self.state if state is None else state
        before = state.conflicts, state.late
        state.conflicts = self._conflicts()
        if said & DECIDE_LATENESS:
            state.late = self._late(state)
        for field, was in zip(("conflicts", "late"), before, strict=True):
            if getattr(state, field) != was:
                figure_cache.invalidate(state, field)

    def _late(self, state: VisitState) -> frozenset[str]:
        if not state.meeting_opened:
            return frozenset()
        heads = [RatingHead(*head) for head in journal.heads_of(self.store.db, "rating", "value")]
        accepted = {key: one.entry for key, one in state.accepted_late.items()}
        return late(heads, self.store.opening(), accepted)

    def _conflicts(self) -> tuple[Conflict, ...]:
        found = []
        for place in journal.conflicts(self.store.db):
            values = tuple(
                ConflictValue(value=head.value, person=head.person, at=head.at, entry=head.id)
                for head in journal.heads(self.store.db, place)
            )
            if place[2] == deletions.DELETED:
                values += self._kept(*place[:2])
            found.append(Conflict(entity=place[0], key=place[1], field=place[2], values=values))
        return tuple(found)

    def _kept(self, entity: str, key: str) -> tuple[ConflictValue, ...]:
        """The changes that a deletion did not know of: whoever made them means the record to stay."""
        changes = journal.of_ids(self.store.db, deletions.unseen(self.store.db, entity, key))
        return tuple(ConflictValue(value=False, person=one.person, at=one.at, entry=one.id) for one in changes)
