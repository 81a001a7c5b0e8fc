"""One visit open on this laptop, as one person: the only object that clients talk to.

Every change is one call, one transaction, one returned `Change` with a name, and can be undone by writing
compensating entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.changes import AtLine, Change, HistoryItem, Place, Step, Undoing
from reviewapp.errors import Damaged, Invalid, NewerVersion
from reviewapp.exchange import joining, proof, returns, visit_pack
from reviewapp.exchange.returns import Receipt
from reviewapp.finding import Finder, Found
from reviewapp.report.facts import with_extra
from reviewapp.store import backup, checkup, deletions, journal, withdrawing
from reviewapp.store.checkup import Check
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.home import Home
from reviewapp.store.visit_store import Said, VisitStore
from reviewapp.visit import assemble, rules
from reviewapp.visit.catalogue import ENTITIES
from reviewapp.visit.lateness import RatingHead, late
from reviewapp.visit.lines import AnyLine, Audit, CaseNote, Line, Rating
from reviewapp.visit.naming import name_of
from reviewapp.visit.presentations import with_what_stood
from reviewapp.visit.responses import with_what_it_answers
from reviewapp.visit.state import Conflict, ConflictValue, VisitState
from reviewapp.visit.status import status as compute_status

__all__ = ["AtLine", "Change", "Desk", "HistoryItem"]

_LINE = msgspec.json.Decoder(AnyLine)


Listener = Callable[[Change], None]
Seen = Mapping[Place, tuple[str, ...]]


class Desk:
    """An open visit. `state` is always current; treat it as read-only."""

    def __init__(self, home: Home, store: VisitStore, me: str) -> None:
        """Use `Laptop.open_visit`."""
        self._home = home
        self.store = store
        self.me = me
        self.id = store.local("visit")
        self.read_only = store.read_only
        self.state: VisitState
        self._listeners: list[Listener] = []
        self._undoing = Undoing()
        self.finder = Finder(store, me, lambda: self.state)
        self.reload()

    @property
    def is_lead(self) -> bool:
        """Whether the person of this laptop leads the visit."""
        lead = self.state.lead()
        return lead is not None and lead.key == self.store.local("me")

    def speak_as_host_if_lead(self) -> None:
        """What comes from the team's own spreadsheets is said by the team, on the lead's laptop."""
        if self.is_lead:
            self.me = rules.HOST

    # Saying something ----------------------------------------------------------------------------------------

    def check(self, line: Line) -> None:
        """Raise Invalid, as `record` would."""
        rules.check(line, self.state, self.me)

    def record(self, *lines: Line, name: str = "", seen: Seen | None = None) -> Change:
        """Take these lines, all or nothing, durably. What already stands is not said again.

        `seen`: for fields said by somebody who did not look at what stands here now, the entries they looked at.
        """
        return self._done(self._record(list(lines), seen or {}, name or name_of(lines)))

    def undo(self) -> Change | None:
        """Take back the last change of this session; None when there is none."""
        return self._stepped(self._undoing.undo(self.store, self.me))

    def redo(self) -> Change | None:
        """Do again what was undone last; None when there is nothing."""
        return self._stepped(self._undoing.redo(self.store, self.me))

    @property
    def undo_name(self) -> str | None:
        """What `undo` would take back."""
        return self._undoing.done[-1].name if self._undoing.done else None

    @property
    def redo_name(self) -> str | None:
        """What `redo` would do again."""
        return self._undoing.undone[-1].name if self._undoing.undone else None

    def next_id(self, kind: str, prefix: str) -> str:
        """The next id of mine with this prefix that was never used: P1, P2, ..."""
        used = {key.split("/")[0] for key in journal.keys(self.store.db, kind) if self._mine(kind, key)}
        number = 1
        while f"{prefix}{number}" in used:
            number += 1
        return f"{prefix}{number}"

    # Typing --------------------------------------------------------------------------------------------------

    def save_draft(self, line: Line) -> None:
        """Keep what is being typed: a line with its ids and one field. Durable on return, not yet in the journal."""
        place = self._place_of_draft(line)
        self.store.save_draft("/".join(place), msgspec.json.encode(line), place)

    def drafts(self) -> list[Line]:
        """What was being typed when it was last saved."""
        return [_LINE.decode(draft.line) for draft in self.store.drafts()]

    def commit_drafts(self) -> Change | None:
        """Turn every draft into an entry. One that is refused stays a draft and is named in `problems`."""
        stored = self.store.drafts()
        if not stored or self.read_only:
            return None
        good: list[Line] = []
        seen: dict[Place, tuple[str, ...]] = {}
        problems: list[str] = []
        for draft in stored:
            line: Line = _LINE.decode(draft.line)
            try:
                self.check(line)
            except Invalid as error:
                problems.append(str(error))
                continue
            good.append(line)
            seen[self._place_of_draft(line)] = draft.parents
        change = self._record(good, seen, name_of(good))
        return self._done(msgspec.structs.replace(change, problems=tuple(problems)))

    # Looking -------------------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called after every change; returns what ends that."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def history(self, entity: str, key: str) -> list[HistoryItem]:
        """Every value each field of a record ever had, oldest first."""
        return [
            HistoryItem(e.field, e.value, e.person, e.device, e.at, e.id, e.parents, e.withdrawn)
            for e in journal.history(self.store.db, entity, key)
        ]

    def find(self, text: str, limit: int = 8) -> list[Found]:
        """Whatever says this in the visit, as far as `me` may see it: at most `limit` of each kind (`Finder.find`)."""
        return self.finder.find(text, limit)

    def status(self) -> dict[str, Any]:
        """What `visit status --json` prints."""
        self.state.digest = self.store.digest()
        return with_extra(self.state, compute_status(self.state))

    def reload(self) -> None:
        """Read everything again, after a join or when another connection has written."""
        self.state = self._read()

    def adopt(self, change: Change) -> None:
        """Another connection of this laptop made this change: read everything again, and let `undo` take it back."""
        self._undoing.add(change)
        self.reload()
        self.tell(change)

    def tell(self, change: Change) -> None:
        """Tell every listener."""
        for listener in tuple(self._listeners):
            listener(change)

    # Other laptops and copies --------------------------------------------------------------------------------

    def write_visit_pack(self, path: Path, phrase: str) -> None:
        """The file from which the other laptops start; opens with the phrase."""
        self.commit_drafts()
        visit_pack.write_visit_pack(self.store, path, phrase)
        self.store.note_written(path.resolve())

    def write_return(self, path: Path) -> None:
        """Everything this laptop knows, for the others."""
        self.commit_drafts()
        returns.write_return(self.store, path)
        self.store.note_written(path.resolve())

    def write_receipt(self, path: Path) -> None:
        """What this laptop holds of every laptop, signed; the reviewers' laptops take it with `merge`."""
        if not self.is_lead:
            raise Invalid("only the lead gives receipts", do="give your own work with a return")
        proof.write_receipt(self.store, path)
        self.store.note_written(path.resolve())

    def unreceipted(self) -> int:
        """How many entries written here no receipt of the lead speaks for."""
        return 0 if self.is_lead else proof.unreceipted(self.store)

    def merge(self, path: Path, *, preview: bool = False) -> Receipt:
        """Join a file whole, or refuse it whole with the reason in the receipt. A backup is made before."""
        lead = self.state.lead()
        then: list[VisitState] = []

        def look() -> returns.Seen:
            then.append(self._read())
            seen = compute_status(then[0])
            return returns.Seen(seen["conflicts"], len(seen["disagreements"]))

        try:
            if not preview:
                self.commit_drafts()
                self.back_up_now()
            blanked = withdrawing.count(self.store.db)
            joined = joining.join(
                self.store, path, lead=lead.key if lead else "", instrument=self.state.instrument, look=look,
                preview=preview,
            )  # fmt: skip
        except (Damaged, NewerVersion) as error:
            return returns.receipt_of_refusal(path, self.id, error, self.store.digest())
        if withdrawing.count(self.store.db) > blanked:
            self.forget_withdrawn()
        elif not preview:
            self.state = then[0]
        return self._receipt(path, joined, preview=preview)

    def forget_withdrawn(self) -> None:
        """Make sure that what was withdrawn is in no file of this laptop: not the store, its log, or a backup."""
        self._undoing.forget()
        withdrawing.scrub(self.store.db)
        self.reload()
        fresh = self.back_up_now()
        for old in backup.rolling(self.store.folder):
            if old != fresh:
                old.unlink()

    def backup(self, path: Path) -> None:
        """An encrypted copy, opened again before it is called one."""
        self.commit_drafts()
        backup.write(self._home, self.id, self.store, path)
        self.store.note_written(path.resolve())

    def back_up_now(self) -> Path:
        """One of the rolling backups in the visit's own folder."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
        return backup.write_rolling(self._home, self.id, self.store, stamp)

    def verify(self) -> list[Check]:
        """Look the store over."""
        return checkup.look_over(self._home, self.id, self.store)

    def second(self) -> Desk:
        """The same visit on a connection of its own, for a worker thread, which closes it."""
        return Desk(self._home, self.store.second(), self.me)

    def close(self) -> None:
        """Turn drafts into entries and close the store."""
        try:
            if not self.read_only:
                self.commit_drafts()
        finally:
            self._listeners.clear()
            self.finder.close()
            self.store.close()

    # ---------------------------------------------------------------------------------------------------------

    def _record(self, lines: Sequence[Line], seen: Seen, name: str) -> Change:
        steps: list[Step] = []
        try:
            with self.store.transaction() as db:
                for number, line in enumerate(lines, start=1):
                    try:
                        rules.check(line, self.state, self.me)
                    except Invalid as error:
                        raise AtLine(error, number) if len(lines) > 1 else error from None
                    steps += self._say(db, line, seen, alone=len(lines) == 1)
                self.store.forget_drafts(db, ["/".join(step.place) for step in steps] + ["/".join(p) for p in seen])
                records = frozenset(step.place[:2] for step in steps)
                if len(lines) > 1:
                    assemble.in_order(self.state, {entity for entity, _ in records})
                self._look_again()
        except BaseException:
            if steps:
                self._refresh({step.place[:2] for step in steps})
                self._look_again()
            raise
        return Change(name, records, tuple(steps))

    def _say(self, db: Database, line: Line, seen: Seen, *, alone: bool) -> list[Step]:
        line = with_what_stood(with_what_it_answers(line, self.state), self.state)
        entity, key = line.kind(), line.key(self.me)
        values = line.values()
        if isinstance(line, Audit) and f"{line.case_note}/{self.me}" not in self.state.case_notes:
            opened = self._say(db, CaseNote(id=line.case_note), seen, alone=alone)
            return opened + self._say(db, line, seen, alone=alone)
        if "deleted" in ENTITIES[entity].fields and "deleted" not in values:
            deleted = journal.heads(db, (entity, key, "deleted"))
            if any(head.value for head in deleted):
                values["deleted"] = False
        if isinstance(line, Rating) and self.state.meeting_opened:
            self.store.note_opening_seen(db, person=self.me)
        steps = self._put(db, {(entity, key, field): value for field, value in values.items()}, seen)
        if values.get(deletions.DELETED):
            steps += self._put(db, {(entity, key, deletions.SEEING): deletions.seen(db, entity, key)}, {})
        if steps:
            self._refresh({(entity, key)}, sort=alone)
        return steps

    def _put(self, db: Database, values: Mapping[Place, Any], seen: Seen) -> list[Step]:
        """Give these places their values, save where they have them already."""
        said, before = [], []
        for place, value in values.items():
            heads = journal.heads(db, place)
            if len(heads) == 1 and heads[0].value == value and not heads[0].withdrawn:
                continue
            before.append(tuple(heads))
            said.append(Said(*place, value, seen.get(place, tuple(head.id for head in heads))))
        entries = self.store.write_in(db, said, person=self.me)
        return [Step(one.place, was, _standing(one, was)) for one, was in zip(entries, before, strict=True)]

    def _stepped(self, change: Change | None) -> Change | None:
        if change is not None:
            before = self.state.conflicts
            self._refresh(change.records)
            self._look_again()
            if self.state.conflicts != before:  # what is in conflict may be in sight again, with all that belongs to it
                self.reload()
            self.tell(change)
        return change

    def _done(self, change: Change) -> Change:
        if change.records:
            self._undoing.add(change)
        if change.records or change.problems:
            self.tell(change)
        return change

    def _receipt(self, path: Path, joined: returns.Joined, *, preview: bool) -> Receipt:
        if not preview:
            self.tell(Change("bringing laptops together", frozenset({("visit", self.id)})))
        return Receipt(
            file=path.name, visit=self.id, from_=joined.who, entries=joined.counts, reason=None,
            conflicts=joined.seen.conflicts, disagreements=joined.seen.disagreements, digest=joined.digest,
            kinds=joined.kinds,
        )  # fmt: skip

    def _refresh(self, records: AbstractSet[tuple[str, str]], *, sort: bool = True) -> None:
        by_entity: dict[str, list[str]] = {}
        for entity, key in records:
            by_entity.setdefault(entity, []).append(key)
        there = {record for record in records if assemble.holds(self.state, *record)}
        for entity, keys in by_entity.items():
            assemble.put(self.state, entity, self.store, keys, sort=sort)
        if any(self._took_others_along(record, record in there) for record in records):
            self.reload()

    def _took_others_along(self, record: tuple[str, str], was_there: bool) -> bool:
        """Whether an interview or case note came back or went, and with it what belongs to it."""
        entity, key = record
        if entity not in assemble.PARENTS or assemble.holds(self.state, entity, key) == was_there:
            return False
        return was_there or bool(journal.head_ids(self.store.db, (entity, key, "deleted")))

    def _read(self) -> VisitState:
        """What the store says at this moment, which may be inside the transaction of a join."""
        state = assemble.build(self.store)
        state.withdrawn = withdrawing.told(self.store.db)
        self._look_again(state)
        return state

    def _look_again(self, state: VisitState | None = None) -> None:
        """What follows from heads and their order rather than from the current tables."""
        state = self.state if state is None else state
        state.conflicts = self._conflicts()
        state.late = self._late(state)

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

    def _place_of_draft(self, line: Line) -> Place:
        fields = list(line.values())
        if len(fields) != 1:
            raise ValueError("a draft has exactly one field besides its ids")
        return (line.kind(), line.key(self.me), fields[0])

    def _mine(self, kind: str, key: str) -> bool:
        return ENTITIES[kind].shared or key.endswith(f"/{self.me}")


def _standing(entry: Entry, before: tuple[Entry, ...]) -> tuple[str, ...]:
    """What stands once this was said: it, and what its author had not seen."""
    return (entry.id, *(head.id for head in before if head.id not in entry.parents))
