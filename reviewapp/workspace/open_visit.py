"""A visit open on this laptop as one person: the only object that clients talk to.

Every change is one call, one transaction and one returned `Change` with a name; `undo` appends compensating
entries.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.base.names import as_text
from reviewapp.exchange import held_elsewhere, join, receipts, returns, visit_pack
from reviewapp.exchange.returns import Receipt
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status as compute_status
from reviewapp.search import Finder, SearchHit
from reviewapp.store import (
    backup,
    change_log,
    cleaning,
    field_heads,
    integrity,
    journal,
    renewing,
    rolling_backups,
    withdrawal,
)
from reviewapp.store.clock import was_wrong
from reviewapp.store.home import Home
from reviewapp.store.integrity import Check
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit import rules
from reviewapp.visit.change_names import change_name
from reviewapp.visit.entities import ENTITIES, WITHDRAW, WITHDRAW_FIELD, FieldAddress
from reviewapp.visit.standing import Standing
from reviewapp.visit.state import Conflict, VisitState
from reviewapp.visit.statements import AnyStatement, Statement
from reviewapp.workspace import clocks, holdings, laptops, take_over, typed_for
from reviewapp.workspace.changes import Change, HistoryItem, LineError
from reviewapp.workspace.clocks import WrongClock
from reviewapp.workspace.holdings import Holdings, JoinedFile
from reviewapp.workspace.jottings import Jottings
from reviewapp.workspace.laptops import ApartRecord, LaptopStanding, Marking
from reviewapp.workspace.seen import SeenEntries
from reviewapp.workspace.state_cache import StateCache
from reviewapp.workspace.take_over import Leading
from reviewapp.workspace.typed_for import TypedFor
from reviewapp.workspace.undo import UndoStack
from reviewapp.workspace.writer import JournalWriter, SeenParents

__all__ = ["Change", "HistoryItem", "LineError", "OpenVisit"]

_LINE = msgspec.json.Decoder(AnyStatement)

ChangeListener = Callable[[Change], None]


class OpenVisit:
    """A visit that is open, as person `me`. `state` is always current; treat it as read-only.

    The store behind it is private to `reviewapp.workspace`: what others need of it is a method here.
    """

    def __init__(self, home: Home, store: VisitStore, me: str) -> None:
        """Use `Laptop.open_visit`."""
        self._home = home
        self._store = store
        self.me = me
        self.not_noted: list[Path] = []
        """Files that were written, of which the disk takes no note: a withdrawal or purge will not list them."""
        self.left_out = 0
        """Texts being typed that the last return does not hold, as the disk takes no write."""
        self.id = store.local("visit")
        self.read_only = store.read_only
        with store.snapshot():
            self._cache = StateCache(store)
            self._seen = SeenEntries(store)
        self._writer = JournalWriter(store, self._cache, self._seen)
        self._listeners: list[ChangeListener] = []
        self._undo_stack = UndoStack()
        self.finder = Finder(store, me, lambda: self.state)
        self.jottings = Jottings(store, lambda: self.me, lambda: self.state)

    @property
    def state(self) -> VisitState:
        """The current state of the visit."""
        return self._cache.state

    @property
    def is_lead(self) -> bool:
        """Whether the person of this laptop leads the visit, and the laptop speaks for the lead."""
        lead = self.state.lead()
        return self._cache.own_standing.lead and lead is not None and lead.key == self._store.local("me")

    def write_as_host_if_lead(self) -> None:
        """On the lead's laptop, write as the host from now on: the team's own spreadsheets are its statements."""
        if self.is_lead:
            self.me = rules.HOST

    # Writing -------------------------------------------------------------------------------------------------

    def check(self, line: Statement) -> None:
        """Raise Invalid where `record` would, without writing."""
        self._writer.check(line, self.me)

    def record(
        self, *lines: Statement, name: str = "", seen: SeenParents | None = None, undoable: bool = True
    ) -> Change:
        """Append statements in one transaction, all or none, durable on return; unchanged values are not written again.

        `seen`: for fields whose author looked at an older version, the entries they had seen. Not `undoable`: what
        happened outside the visit and cannot be taken back. Raises Invalid.
        """
        change = self._writer.record(list(lines), seen or {}, name or change_name(lines, self.me), self.me)
        return self._finish(change, undoable=undoable)

    def record_for(self, code: str, *lines: Statement) -> Change:
        """Type statements for somebody who has no laptop: they count as theirs once they or the lead confirm them.

        All or none, durable on return, not undoable. Raises Invalid.
        """
        typed_for.check_lines(lines, self.state.people, code, self.me)
        name = change_name(lines, code)
        with self._store.scratch_copy() as copy:  # where they may build on what was typed before
            typed_for.take_as_theirs(copy, code)
            JournalWriter(copy, StateCache(copy), SeenEntries(copy)).record(lines, {}, name, code)
        return self._finish(self._writer.record(list(lines), {}, name, code, typist=self.me), undoable=False)

    def undo(self) -> Change | None:
        """Undo the last change of this session; None if there is none. Raises ReviewError if it was changed since."""
        self._store.check_writable()
        return self._after_step(self._undo_stack.undo(self._store, self.me))

    def redo(self) -> Change | None:
        """Redo the change undone last; None if there is none. Raises ReviewError if it was changed since."""
        self._store.check_writable()
        return self._after_step(self._undo_stack.redo(self._store, self.me))

    @property
    def last_done(self) -> Change | None:
        """The change that `undo` would revert, or None."""
        return self._undo_stack.done[-1] if self._undo_stack.done else None

    @property
    def last_undone(self) -> Change | None:
        """The change that `redo` would repeat, or None."""
        return self._undo_stack.undone[-1] if self._undo_stack.undone else None

    @property
    def undo_name(self) -> str | None:
        """Name of the change that `undo` would revert, or None."""
        return self.last_done.name if self.last_done is not None else None

    @property
    def redo_name(self) -> str | None:
        """Name of the change that `redo` would repeat, or None."""
        return self.last_undone.name if self.last_undone is not None else None

    def next_id(self, kind: str, prefix: str) -> str:
        """The next unused id of this person's records with this prefix (P1, P2, ...); deleted ones count as used."""
        used = {key.split("/")[0] for key in journal.keys(self._store.db, kind) if self._mine(kind, key)}
        number = 1
        while f"{prefix}{number}" in used:
            number += 1
        return f"{prefix}{number}"

    # Drafts --------------------------------------------------------------------------------------------------

    def save_draft(self, line: Statement) -> None:
        """Save text being typed: a statement with its ids and one field. Durable on return, not yet in the journal."""
        address = self._address_of_draft(line)
        self._store.save_draft("/".join(address), msgspec.json.encode(line), address, self._seen.head_ids)

    def drafts(self) -> list[Statement]:
        """The saved drafts as statements; one of another version that cannot be read here stays where it is."""
        found: list[Statement] = []
        for draft in self._store.drafts():
            with contextlib.suppress(msgspec.ValidationError):
                found.append(_LINE.decode(draft.line))
        return found

    def has_draft(self, line: Statement) -> bool:
        """Whether there is still a draft of this statement's one field."""
        return self._store.has_draft("/".join(self._address_of_draft(line)))

    def commit_drafts(self) -> Change | None:
        """Turn every draft into an entry; None if there are none. A refused draft stays and is named in `problems`.

        Only the visit of the UI thread may, as it knows what the text boxes show; on a `second` one it is an error.
        """
        self._store.check_keeps_drafts()
        stored = self._store.drafts()
        if not stored or self.read_only:
            return None
        good: list[Statement] = []
        seen: dict[FieldAddress, tuple[str, ...]] = {}
        problems: list[str] = []
        for draft in stored:
            try:
                line: Statement = _LINE.decode(draft.line)
                self.check(line)
            except Invalid as error:
                problems.append(str(error))
                continue
            except msgspec.ValidationError:
                problems.append(
                    _("a text ({slot}) was typed in another version of the program; it is kept", slot=draft.slot)
                )
                continue
            good.append(line)
            seen[self._address_of_draft(line)] = draft.parents
        change = self._record_good(good, seen, problems)
        return self._finish(msgspec.structs.replace(change, problems=tuple(problems)))

    def _record_good(
        self, lines: list[Statement], seen: dict[FieldAddress, tuple[str, ...]], problems: list[str]
    ) -> Change:
        """Record drafts as one change; one that does not fit those before it stays a draft, named in `problems`."""
        while True:
            known = {address: seen[address] for address in map(self._address_of_draft, lines)}
            try:
                return self._writer.record(lines, known, change_name(lines, self.me), self.me)
            except Invalid as error:
                del lines[error.line - 1 if isinstance(error, LineError) else 0]
                problems.append(str(error))

    # Reading and events --------------------------------------------------------------------------------------

    def subscribe(self, listener: ChangeListener) -> Callable[[], None]:
        """Have `listener` called after every change; returns a function that unsubscribes it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def history(self, entity: str, key: str) -> list[HistoryItem]:
        """Every value that each field of a record has had, oldest first, whatever the clocks of the laptops said."""
        latest, standings = self._store.latest_right(), self._store.standings()
        return [
            HistoryItem(
                e.field,
                e.value,
                e.person,
                e.device,
                e.at,
                e.id,
                e.parents,
                e.withdrawn,
                standings.counts(e.address, field_heads.without_value(e)),
                was_wrong(e.at, latest),
            )
            for e in journal.history(self._store.db, entity, key, latest=latest)
        ]

    def has_key(self, entity: str, key: str) -> bool:
        """Whether anything was ever written of this record, also if it is deleted or withdrawn now."""
        return key in journal.keys(self._store.db, entity)

    def head_ids(self, entity: str, key: str, field: str) -> tuple[str, ...]:
        """The entries that stand for a field: one, more where laptops are in conflict, none if it was never written."""
        return journal.head_ids(self._store.db, (entity, key, field))

    def find(self, text: str, limit: int = 8) -> list[SearchHit]:
        """Search the visit for `text`, as far as `me` may see it; at most `limit` hits of each kind (`Finder.find`)."""
        return self.finder.find(text, limit)

    def status(self) -> dict[str, Any]:
        """The figures that `visit status --json` prints."""
        if not self._store.only_reads:  # there the state stays that of the moment it was read, and so does its digest
            self.state.digest = self._store.digest()
        return with_report_counts(self.state, compute_status(self.state))

    def reload(self) -> None:
        """Reread everything, after a join or when another connection has written.

        What was withdrawn there is forgotten here too: the changes that `undo` knows may hold it.
        """
        known = self.state.withdrawn.keys()
        with self._store.snapshot():
            self._cache.reload()
            self._seen.mark()
        if not self.state.withdrawn.keys() <= known:
            self._undo_stack.clear()

    def adopt(self, change: Change) -> None:
        """Reread everything after a change made on another connection, and let `undo` revert that change."""
        self._undo_stack.add(change)
        self.reload()
        self.notify(change)

    def notify(self, change: Change) -> None:
        """Call every listener with this change."""
        for listener in tuple(self._listeners):
            listener(change)

    # What this laptop knows ----------------------------------------------------------------------------------

    @property
    def device(self) -> str:
        """The id of this laptop in the visit."""
        return self._store.device

    def devices(self) -> dict[str, str]:
        """Whose each laptop is that was seen in this visit, by its id; this one works as `me`."""
        return {device: one.person for device, one in self._store.devices().items()} | {self.device: self.me}

    def entries_by_device(self) -> dict[str, int]:
        """How many entries of each laptop are here, by its id."""
        return journal.entries_per_device(self._store.db)

    def clock_warning(self) -> str:
        """One sentence if this laptop's clock is or may be wrong, else empty; recording goes on all the same."""
        return clocks.clock_warning(self._store, self.state.info.date)

    def wrong_clocks(self) -> list[WrongClock]:
        """The other laptops whose newest entry here has a time that cannot be right."""
        return clocks.wrong_clocks(self._store)

    def joined_files(self) -> list[JoinedFile]:
        """The files that were joined here, oldest first."""
        return holdings.joined_files(self._store)

    def holdings(self) -> Holdings:
        """Where the visit lies on this laptop, how much of it is here, and what was written elsewhere."""
        return holdings.holdings(self._store)

    def local_note(self, name: str) -> str:
        """What was noted under this name on this laptop; empty when nothing was. It goes into no return or pack."""
        return self._store.local(name)

    def set_local_note(self, name: str, text: str) -> None:
        """Note something on this laptop only, durably; it is no entry, tells no listener and is not undone."""
        with self._store.transaction() as db:
            self._store.set_local(db, name, text)

    # Whose laptops are -------------------------------------------------------------------------------------

    @property
    def own_standing(self) -> Standing:
        """What the words of this laptop count for."""
        return self._cache.own_standing

    @property
    def may_mark(self) -> bool:
        """Whether the person of this laptop can say whose laptops are."""
        return self.is_lead and laptops.may_mark(self._store)

    def laptops(self) -> list[LaptopStanding]:
        """Every laptop of the visit and what its words count for, by code."""
        return laptops.laptops(self._store)

    def own_words(self) -> str:
        """Three words that name this laptop; the lead's screen shows the same ones beside its work."""
        return laptops.own_words(self._store)

    def visit_words(self) -> str:
        """Four words, the same on every laptop that has the same standards and the same lead."""
        return laptops.visit_words(self._store)

    def apart(self) -> list[ApartRecord]:
        """What stands apart and counts for nothing, by laptop and record."""
        return laptops.apart(self._store)

    def certify(self, device: str, code: str) -> Change:
        """Say that a laptop is this person's (`laptops.certify`). Undoable. Raises Invalid for anybody but the lead."""
        return self._mark(laptops.certifying(self._store, self.state.people, device, code))

    def set_aside(self, device: str, from_seq: int | None, reason: str) -> Change:
        """Set a laptop aside, from one of its entries on or all of it. Undoable. Raises Invalid."""
        return self._mark(laptops.setting_aside(self._store, device, from_seq, reason))

    def take_aside_back(self, device: str) -> Change:
        """No longer set a laptop aside. Undoable. Raises Invalid."""
        return self._mark(laptops.taking_aside_back(self._store, device))

    def may_settle(self, conflict: Conflict) -> bool:
        """Whether what this laptop says takes the place of all values that stand in a conflict."""
        return laptops.may_replace(self._store, conflict)

    def typed_for(self) -> list[TypedFor]:
        """What was typed for somebody without a laptop, and is not confirmed yet."""
        return typed_for.waiting(self._store)

    def confirm_typed(self, code: str) -> Change:
        """Confirm all that was typed for this person (`typed_for.confirming`). Not undoable. Raises Invalid."""
        return self._mark(typed_for.confirming(self._store, code, self._store.local("me")), undoable=False)

    # Who leads ---------------------------------------------------------------------------------------------

    def leading(self) -> Leading:
        """Who leads the visit, who may take over, and what came of a take-over."""
        return take_over.leading(self._store)

    def name_deputy(self, code: str, words: str) -> Change:
        """Name who may take over with these eight words (`take_over.naming`). Not undoable. Raises Invalid."""
        return self._mark(take_over.naming(self._store, self.state, code, words), undoable=False)

    def take_over(self, words: str) -> Change:
        """Lead the visit from this laptop (`take_over.take_over`). Not undoable. Raises Invalid or WrongPhrase."""
        return self._another_leads(take_over.take_over(self._store, words))

    def give_way(self) -> Change:
        """Not lead, of two laptops that took over at the same time. Not undoable. Raises Invalid."""
        return self._another_leads(take_over.give_way(self._store))

    def _another_leads(self, name: str) -> Change:
        """Reread everything; a backup has the new key from now on, as far as there is room for it."""
        self._undo_stack.clear()
        self.reload()
        with contextlib.suppress(ReviewError):
            self.back_up_now()
        change = Change(name, frozenset({("visit", self.id)}))
        self.notify(change)
        return change

    def _mark(self, marking: Marking, *, undoable: bool = True) -> Change:
        """Write what the lead says of a laptop; anything may count afterwards, or no longer."""
        if not marking.said:
            return Change(marking.name, frozenset())
        with self._store.transaction() as db:
            change = self._writer.write_marks(db, marking.said, marking.name, self._store.local("me"))
        self.reload()
        return self._finish(change, undoable=undoable)

    # Packs, returns, receipts, backups -----------------------------------------------------------------------

    def write_visit_pack(self, path: Path, phrase: str) -> None:
        """Write the visit pack from which the other laptops start, encrypted with the phrase."""
        self._commit_own_drafts()
        visit_pack.write_visit_pack(self._store, path, phrase)
        self._remember_written(path)

    def write_return(self, path: Path) -> None:
        """Write a return with every entry this laptop holds, for the other laptops."""
        self._commit_what_the_disk_takes()
        returns.write_return(self._store, path)
        self._remember_written(path)

    def write_receipt(self, path: Path) -> None:
        """Write a signed receipt of the entries held of every laptop; reviewers' laptops read it with `merge`.

        Raises Invalid for anybody but the lead.
        """
        if not self.is_lead:
            raise Invalid(_("only the lead gives receipts"), do=_("give your own work with a return"))
        receipts.write_receipt(self._store, path)
        self._remember_written(path)

    def save_document(self, path: Path, data: bytes) -> None:
        """Save a document made of this visit, verified by reading it back, and keep in mind where it is.

        Withdrawals and the purge list it among what they cannot reach. Raises ReviewError.
        """
        save_file(path, data)
        self._remember_written(path)

    def _remember_written(self, path: Path) -> None:
        """Keep in mind where a file was written; it is whole, so a disk that takes no note of it is only told."""
        try:
            self._store.remember_written(path.resolve())
        except ReviewError:
            self.not_noted.append(path)
        else:
            self.not_noted += [path] if self.place_is_read_only else []

    @property
    def place_is_read_only(self) -> bool:
        """Whether the visit's folder takes no write, so that a copy of it is read."""
        return self._store.place_is_read_only

    def _commit_what_the_disk_takes(self) -> None:
        """Commit drafts before a return; where the disk is full, what is saved gets away without them."""
        try:
            self._commit_own_drafts()
        except ReviewError:
            if not self.drafts():
                raise
        self.left_out = len(self.drafts())

    def written_elsewhere(self) -> tuple[str, ...]:
        """The files of this visit that this laptop wrote outside its own folder, oldest first."""
        return tuple(self._store.written_elsewhere())

    def may_hold_withdrawn(self) -> tuple[str, ...]:
        """Of the files that this laptop wrote elsewhere those that may still hold what was withdrawn, oldest first."""
        return tuple(self._store.may_hold_withdrawn())

    def unreceipted(self) -> int:
        """Number of entries written here that no receipt of the lead covers; 0 on the lead's laptop."""
        return 0 if self.is_lead else receipts.unreceipted(self._store)

    def held_nowhere_else(self) -> int:
        """Number of entries here that nobody else is known to hold; of a reviewer those that no receipt covers."""
        return held_elsewhere.held_nowhere_else(self._store) if self.is_lead else self.unreceipted()

    def held_only_in(self, other: VisitStore) -> int:
        """Number of entries in another store of this visit that are neither here nor known to be anywhere else."""
        held = held_elsewhere.held_nowhere_else if self.is_lead else receipts.unreceipted
        return held(self._store, beyond=other)

    def merge(self, path: Path, *, preview: bool = False) -> Receipt:
        """Join a file, laptop by laptop, and say in the receipt what was refused and why; a backup is written first.

        With `preview` nothing is changed, and nobody who goes on writing has to wait: the file is joined to a copy, and
        the receipt shows what joining would do.
        """
        if preview:
            with self._store.scratch_copy() as copy:
                joined = self._join(copy, path)
                if isinstance(joined, Receipt):
                    return joined
                return self._receipt(path, copy, StateCache(copy).state, joined)
        self._store.check_writable()
        self._commit_own_drafts()
        self.back_up_now()
        blanked = withdrawal.count(self._store.db)
        joined = self._join(self._store, path)
        if isinstance(joined, Receipt):
            return joined
        if withdrawal.count(self._store.db) > blanked or withdrawal.is_to_scrub(self._store.db):
            self.forget_withdrawn()
        with self._store.snapshot():
            self.reload()
            receipt = self._receipt(path, self._store, self.state, joined)
        self.notify(Change(_("bringing laptops together"), frozenset({("visit", self.id)})))
        return receipt

    def blank(self, entity: str, key: str, *, records: list[str], reason: str) -> None:
        """Withdraw a record with those that belong to it (`quote/Q1/R2`), and scrub this laptop. Not undoable."""
        name = f"{entity}/{key}"
        address, because = (WITHDRAW, name, WITHDRAW_FIELD), (WITHDRAW, name, "reason")
        with self._store.transaction() as db:
            said = [
                FieldWrite(*address, records, journal.head_ids(db, address)),
                FieldWrite(*because, reason, journal.head_ids(db, because)),
            ]
            self._store.write_in(db, said, person=self.me)
        self.forget_withdrawn()

    def forget_withdrawn(self) -> None:
        """Remove withdrawn values from every file that this laptop keeps of the visit (`store.cleaning`)."""
        self._undo_stack.clear()
        self.reload()  # what was withdrawn is out of sight, whether or not the disk has room to clean
        cleaning.clean(self._home, self.id, self._store)

    def finish_withdrawals(self) -> None:
        """Finish what a kill, a full disk or an earlier version left undone of withdrawals; at the opening.

        Where there is still no room the visit opens all the same, and it is tried again at the next opening.
        """
        with contextlib.suppress(ReviewError):
            self._store.take_over_written()
            if not withdrawal.follows_rule(self._store.db):
                with self._store.transaction() as db:
                    journal.apply_notices(db)
                    withdrawal.remember_rule(db)
            if withdrawal.is_to_scrub(self._store.db):
                self.forget_withdrawn()

    def backup(self, path: Path) -> None:
        """Write an encrypted copy and verify it by opening it; drafts are included as drafts."""
        self._store.check_hands_out()  # where it is written is remembered
        held = self.entries_by_device()  # what is written meanwhile may not be in it
        backup.write(self._home, self.id, self._store, path)
        self._remember_written(path)
        with contextlib.suppress(ReviewError):  # not known to be held elsewhere: deleting asks once more
            held_elsewhere.backed_up(self._store, held)

    def back_up_now(self) -> Path:
        """Write a rolling backup into the visit's own folder; returns its path."""
        return rolling_backups.write(self._home, self.id, self._store)

    def lost_changes(self) -> bool:
        """Whether saved changes went with a damaged log, of which the copy is still in the visit's folder."""
        return bool(change_log.kept(self._store.folder))

    def check_integrity(self) -> list[Check]:
        """Run all integrity checks on the store; nobody who goes on writing has to wait."""
        checks = integrity.check_integrity(self._home, self.id, self._store)
        differing = integrity.differing(checks)
        if differing and not self.read_only:
            integrity.make_anew(self._store, differing)
        return checks

    def second(self, *, read_only: bool = False) -> OpenVisit:
        """The same visit on a second connection for a worker thread, which closes it (`VisitStore.second`)."""
        return OpenVisit(self._home, self._store.second(read_only=read_only), self.me)

    def close(self) -> None:
        """Close the store. Drafts stay drafts: commit them before, or find them again on opening."""
        self._listeners.clear()
        self.finder.close()
        self._store.close()
        if self._store.keeps_drafts and not self.read_only:
            renewing.renew(self._home, self.id)

    # ---------------------------------------------------------------------------------------------------------

    def _commit_own_drafts(self) -> None:
        """Commit this visit's drafts before a file is written; for a worker's visit the UI thread did so before."""
        if self._store.keeps_drafts:
            self.commit_drafts()

    def _after_step(self, change: Change | None) -> Change | None:
        if change is not None:
            self._seen.add(identity for step in change.steps for identity in step.now)
            before = self.state.conflicts
            with self._cache.uncommitted():
                self._cache.refresh(change.records)
                self._cache.refresh_conflicts()
            if self.state.conflicts != before:  # a record that was in conflict may be visible again, with its children
                self._cache.reload()
            self.notify(change)
        return change

    def _finish(self, change: Change, *, undoable: bool = True) -> Change:
        if change.records and undoable:
            self._undo_stack.add(change)
        if change.records or change.problems:
            self.notify(change)
        return change

    def _join(self, store: VisitStore, path: Path) -> returns.JoinResult | Receipt:
        """Join a file to this store; or the receipt of its refusal."""
        lead = self.state.lead()
        try:
            return join.join(store, path, lead=lead.key if lead else "", instrument=self.state.instrument)
        except (Damaged, NewerVersion) as error:
            return returns.receipt_of_refusal(path, self.id, error, store.digest())

    def _receipt(self, path: Path, store: VisitStore, state: VisitState, joined: returns.JoinResult) -> Receipt:
        """The receipt for a file that was joined to this store, whose state is now this."""
        open_matters = compute_status(state)
        return Receipt(
            file=as_text(path.name), visit=self.id, from_=joined.who, entries=joined.counts, reason=joined.reason,
            conflicts=open_matters["conflicts"], disagreements=len(open_matters["disagreements"]),
            digest=store.digest(), kinds=joined.kinds, late=open_matters["late"],
            apart=joined.apart, refused_parts=joined.refused,
        )  # fmt: skip

    def _address_of_draft(self, line: Statement) -> FieldAddress:
        fields = list(line.values())
        if len(fields) != 1:
            raise ValueError(_("a draft has exactly one field besides its ids"))
        return (line.kind(), line.key(self.me), fields[0])

    def _mine(self, kind: str, key: str) -> bool:
        return ENTITIES[kind].shared or key.endswith(f"/{self.me}")
