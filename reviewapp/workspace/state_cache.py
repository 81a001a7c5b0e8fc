"""Cache of VisitState; rereads only the records that a change names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from typing import Any

from reviewapp.base import limits
from reviewapp.store import deletions, journal, requests, versions, withdrawal
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import figure_cache, state_loader
from reviewapp.visit.entities import MARKS, WITHDRAWABLE, RecordId
from reviewapp.visit.lateness import FINDINGS, JUDGED, Judged, RatingHead, late
from reviewapp.visit.standing import NEVER_APART, Standing
from reviewapp.visit.state import AcceptedLateRecord, Conflict, ConflictValue, VisitState
from reviewapp.workspace.moment import Moment, copy_of

COVERABLE: AbstractSet[str] = frozenset((*WITHDRAWABLE, requests.ANSWER, NEVER_APART))
"""Kinds of record that a request to withdraw can hide."""


class StateCache:
    """Holds `state`, the store's contents; `refresh` rereads changed records, `reload` what others wrote."""

    def __init__(self, store: VisitStore, moment: Moment | None = None) -> None:
        """Read the whole store, or take what it held at `moment` if that has not passed; in the caller's snapshot.

        `own_standing`: what the words of this laptop count for.
        """
        self.store = store
        self._state: VisitState | None = None
        self._read_ahead = False
        self.own_standing: Standing
        taken = moment is not None and moment.newest == journal.newest(store.db)
        self.state = self._take(moment) if moment is not None and taken else self.read()

    @property
    def state(self) -> VisitState:
        """The store's contents; read anew after a write that failed."""
        if self._state is None:
            self._state = self.read()
        return self._state

    @state.setter
    def state(self, state: VisitState) -> None:
        self._state = state

    def reload(self) -> None:
        """Reread the whole store."""
        self.state = self.read()

    @contextmanager
    def uncommitted(self) -> Iterator[None]:
        """Around a transaction in which records are read before they are committed: if it fails, none of them stays.

        The state is then read anew when it is next asked for, so that the failure itself is what is told.
        """
        self._read_ahead = False
        try:
            yield
        except BaseException:
            if self._read_ahead:
                self._state = None
            raise

    def refresh(self, records: AbstractSet[tuple[str, str]], *, sort: bool = True) -> None:
        """Reread these records; with `sort`, a new record is inserted in order."""
        self._read_ahead = True
        if any(entity in MARKS for entity, _ in records):  # anything may count now, or no longer
            self.reload()
            return
        by_entity: dict[str, list[str]] = {}
        for entity, key in records:
            by_entity.setdefault(entity, []).append(key)
        there = {record for record in records if state_loader.has_record(self.state, *record)}
        for entity, keys in by_entity.items():
            state_loader.refresh_records(self.state, entity, self.store, keys, sort=sort)
        if self.state.hidden and self._hide_again(by_entity.keys()):
            return
        if any(self._affects_children(record, record in there) for record in records):
            self.reload()

    def _hide_again(self, entities: AbstractSet[str]) -> bool:
        """Take out again what is hidden; True if all was reread, as something else is hidden now."""
        if entities & COVERABLE:
            hidden = requests.hidden_records(self.store.db)
            if hidden != self.state.hidden:
                self.reload()
                return True
            state_loader.hide(self.state, hidden)
        return False

    def _affects_children(self, record: tuple[str, str], was_there: bool) -> bool:
        """Whether an interview or case note appeared or disappeared, and its children with it."""
        entity, key = record
        if entity not in state_loader.PARENTS or state_loader.has_record(self.state, entity, key) == was_there:
            return False
        waited = any((one.entity, one.key) == record for one in self.state.conflicts)
        return was_there or waited or bool(journal.head_ids(self.store.db, (entity, key, "deleted")))

    def _take(self, moment: Moment) -> VisitState:
        """The state of another connection to the same store, which has not changed since."""
        self.own_standing, state = moment.own_standing, copy_of(moment.state)
        self._say_digest(state)
        figure_cache.track(state)
        return state

    def _say_digest(self, state: VisitState) -> None:
        """Elsewhere it is worked out when it is asked for, from what is there then."""
        if self.store.only_reads:
            state.digest, state.last_counted = self.store.digest(), self.store.last_counted()

    def read(self) -> VisitState:
        """Build the state from the store as it is at this moment, which may be inside a transaction."""
        with self.store.snapshot():
            standings = self.store.standings()
            self.own_standing = standings.of(self.store.device)
            state = state_loader.build(self.store)
            state.lead_code = standings.lead_code if standings.epoch else ""
            state_loader.say_who_leads(state)
            state.only_here = self.own_standing.apart_from is not None
            state.withdrawn = withdrawal.blank_records(self.store.db)
            state_loader.hide(state, requests.hidden_records(self.store.db))
            self._say_digest(state)
            self.refresh_conflicts(state)
        figure_cache.track(state)
        return state

    def refresh_conflicts(self, state: VisitState | None = None, said: AbstractSet[RecordId] | None = None) -> None:
        """Recompute conflicts and what is late, which follow from heads and their order, not from the tables.

        `said`: the records that changed; only of these it is asked anew whether they are late. None: of all.
        """
        state = self.state if state is None else state
        found: dict[str, Any] = {"conflicts": self._conflicts(state)}
        for kind, one in JUDGED.items():
            anew = None if said is None or any(entity == "meeting" for entity, _ in said) else {
                key for entity, key in said if entity in (kind, one.accepted_by)
            }  # fmt: skip
            if anew is None:
                found[one.late] = self._late(state, kind, one)
            elif anew:  # what lets one in has the same key
                found[one.late] = (getattr(state, one.late) - anew) | self._late(state, kind, one, anew)
        for field, now in found.items():
            if getattr(state, field) != now:
                setattr(state, field, now)
                figure_cache.invalidate(state, field)

    def _late(
        self, state: VisitState, kind: str, judged: Judged, keys: AbstractSet[str] | None = None
    ) -> frozenset[str]:
        if not state.meeting_opened or (kind in FINDINGS and not any(one.criteria for one in state.meetings.values())):
            return frozenset()
        heads = [RatingHead(*head) for head in journal.heads_of(self.store.db, kind, judged.fields, keys)]
        let_in: Mapping[str, AcceptedLateRecord] = getattr(state, judged.accepted)
        accepted = {key: {one.entry, *one.others} for key, one in let_in.items()}
        return late(heads, self.store.opening(), accepted)

    def _conflicts(self, state: VisitState) -> tuple[Conflict, ...]:
        found = []
        for address in journal.conflicts(self.store.db):
            if (
                f"{address[0]}/{address[1]}" in state.hidden
            ):  # its values stand nowhere, and nobody settles it meanwhile
                continue
            some, more = versions.shown(self.store.db, address)
            values = tuple(
                ConflictValue(value=head.value, person=head.person, at=head.at, entry=head.id)
                for head in journal.of_ids(self.store.db, some)
            )
            if address[2] == deletions.DELETED:
                unseen = self._unseen_changes(*address[:2])
                values, more = values + unseen[: limits.MOST_VERSIONS], more + len(unseen[limits.MOST_VERSIONS :])
            found.append(Conflict(entity=address[0], key=address[1], field=address[2], values=values, more=more))
        return tuple(found)

    def _unseen_changes(self, entity: str, key: str) -> tuple[ConflictValue, ...]:
        """Changes that a deletion did not know of, as values: their authors want the record to stay."""
        changes = journal.of_ids(self.store.db, deletions.unseen_entry_ids(self.store.db, entity, key))
        return tuple(ConflictValue(value=False, person=one.person, at=one.at, entry=one.id) for one in changes)
