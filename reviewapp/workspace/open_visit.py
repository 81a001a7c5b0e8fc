"""A visit open on this laptop as one person: the only object that clients talk to.

Every change is one call, one transaction and one returned `Change` with a name; `undo` appends compensating
entries.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.exchange.returns import Receipt
from reviewapp.figures.benchmark import FOLDER as BENCHMARKS
from reviewapp.figures.benchmark import Benchmark, BenchmarkLibrary
from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.rounds import RoundFigures
from reviewapp.figures.series import Editions
from reviewapp.figures.status import status as compute_status
from reviewapp.search import Finder, SearchHit
from reviewapp.store import (
    cleaning,
    integrity,
    journal,
    meeting_opening,
    renewing,
    requests,
    rolling_backups,
    withdrawal,
)
from reviewapp.store.home import Home
from reviewapp.store.integrity import Check
from reviewapp.store.requests import OpenRequest
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit import rules
from reviewapp.visit.blind import hides_history
from reviewapp.visit.change_names import change_name
from reviewapp.visit.entities import ENTITIES
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Context, Statement
from reviewapp.workspace import earlier_visit, history, joining, typed_for, withdrawn
from reviewapp.workspace.changes import Change, HistoryItem, LineError
from reviewapp.workspace.drafts import Drafts
from reviewapp.workspace.jottings import Jottings
from reviewapp.workspace.laptops import Marking
from reviewapp.workspace.moment import Moment, copy_of
from reviewapp.workspace.seen import SeenEntries
from reviewapp.workspace.state_cache import StateCache
from reviewapp.workspace.team_laptops import TeamLaptops
from reviewapp.workspace.this_laptop import ThisLaptop
from reviewapp.workspace.undo import UndoStack
from reviewapp.workspace.writer import JournalWriter, SeenParents
from reviewapp.workspace.written_out import WrittenOut

__all__ = ["Change", "HistoryItem", "LineError", "OpenVisit"]

ChangeListener = Callable[[Change], None]


class OpenVisit:
    """A visit that is open, as person `me`. `state` is always current; treat it as read-only.

    The store behind it is private to `reviewapp.workspace`: what others need of it is a method here.
    """

    def __init__(self, home: Home, store: VisitStore, me: str, moment: Moment | None = None) -> None:
        """Use `Laptop.open_visit`."""
        self._home = home
        self._store = store
        self.me = me
        self.id = store.local("visit")
        self.read_only = store.read_only
        with store.snapshot():
            self._cache = StateCache(store, moment)
            self._seen = SeenEntries(store)
        self._writer = JournalWriter(store, self._cache, self._seen)
        self._writers = 0
        self._listeners: list[ChangeListener] = []
        self._undo_stack = UndoStack()
        self.finder = Finder(store, me, lambda: self.state)
        self.jottings = Jottings(store, lambda: self.me, lambda: self.state)
        self.laptops = TeamLaptops(store, self._cache, self._mark, self._another_leads)
        self.here = ThisLaptop(store, lambda: self.state, lambda: self.is_lead)
        self.written = WrittenOut(home, store, self.id, self._commit_own_drafts)
        self._drafts = Drafts(store, self._seen, self._writer, lambda: self.me)

    @property
    def state(self) -> VisitState:
        """The current state of the visit."""
        return self._cache.state

    @property
    def is_lead(self) -> bool:
        """Whether the person of this laptop leads the visit, and the laptop speaks for the lead."""
        return self.laptops.is_lead

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
        self._drafts.save(line)

    def drafts(self) -> list[Statement]:
        """The saved drafts as statements; one of another version that cannot be read here stays where it is.

        Without those of what is hidden now: they are kept, and stand nowhere.
        """
        return [line for line in self._drafts.all() if not rules.hidden_by(line, self.state, self.me)]

    def has_draft(self, line: Statement) -> bool:
        """Whether there is still a draft of this statement's one field."""
        return self._drafts.has(line)

    def commit_drafts(self) -> Change | None:
        """Turn every draft into an entry; None if there are none. A refused draft stays and is named in `problems`.

        Only the visit of the UI thread may, as it knows what the text boxes show; on a `second` one it is an error.
        """
        change = self._drafts.commit()
        return None if change is None else self._finish(change)

    # Reading and events --------------------------------------------------------------------------------------

    def subscribe(self, listener: ChangeListener) -> Callable[[], None]:
        """Have `listener` called after every change; returns a function that unsubscribes it."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def history(self, entity: str, key: str) -> list[HistoryItem]:
        """Every value that each field of a record has had, oldest first, whatever the clocks of the laptops said.

        Of what this person may not see yet (`visit.blind`), or somebody took back, without the values.
        """
        hidden = f"{entity}/{key}" in self.state.hidden or hides_history(self.state, self.me, entity, key)
        return history.history(self._store, entity, key, hidden=hidden)

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
            self.state.digest, self.state.last_counted = self._store.digest(), self._store.last_counted()
        return with_report_counts(self.state, compute_status(self.state), self.editions(), self.benchmarks())

    def benchmarks(self) -> tuple[Benchmark, ...]:
        """The figures of networks that were imported on this laptop, for `figures.benchmark.benchmark_for`."""
        return BenchmarkLibrary(self._home.folder / BENCHMARKS).all()

    def editions(self, others: Iterable[RoundFigures] = ()) -> dict[str, Editions]:
        """What this home's crosswalks say of the editions of earlier rounds, for `figures.series.series_of`.

        Those of the second instrument are among them.
        """
        second = second_state(self.state)
        found = earlier_visit.editions_of(self._home, self.state, others)
        return found if second is None else found | earlier_visit.editions_of(self._home, second, others)

    def earlier_figures(self, content: bytes) -> Context:
        """The fact to record of an earlier visit, from the bytes of its `report.json` or `status.json`.

        What may be compared with a visit on another edition is looked up in this home. Raises Invalid.
        """
        return earlier_visit.earlier_figures(self._home, self.state, content)

    def reload(self) -> None:
        """Reread everything, after a join or when another connection has written.

        What was withdrawn or hidden there is forgotten here too: the changes that `undo` knows may hold it.
        """
        known = self.state.withdrawn.keys() | self.state.hidden.keys()
        with self._store.snapshot():
            self._cache.reload()
            self._seen.mark()
        if not self.state.withdrawn.keys() | self.state.hidden.keys() <= known:
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

    def held_at_opening(self) -> dict[str, int]:
        """How many entries of each laptop an opening of the meeting says are held (`meeting_opening.held_now`)."""
        return meeting_opening.held_now(self._store.db)

    def entries_by_device(self) -> dict[str, int]:
        """How many entries of each laptop are here, by its id."""
        return journal.entries_per_device(self._store.db)

    # Packs, returns, receipts, backups -----------------------------------------------------------------------

    def write_visit_pack(self, path: Path, phrase: str) -> tuple[Path, ...]:
        """Write the visit pack from which the other laptops start, encrypted with the phrase.

        Returns the files: what is too large for one goes into several (`exchange.parts`). On a certified laptop of
        anybody but the lead it holds what the lead said, and nobody else's words. Raises Invalid on any other laptop.
        """
        if not self.laptops.may_write_pack:
            raise Invalid(
                _("only the lead, or a laptop that the lead confirmed, can make the visit pack"),
                do=_("import a file that the lead saved since then, or give your own work with a work file"),
            )
        return self.written.visit_pack(path, phrase, leads=self.is_lead)

    def write_return(self, path: Path) -> tuple[Path, ...]:
        """Write a return with every entry this laptop holds, for the other laptops; returns the files, as of a pack."""
        return self.written.work_return(path)

    def write_receipt(self, path: Path) -> None:
        """Write a signed receipt of the entries held of every laptop; reviewers' laptops read it with `merge`.

        Raises Invalid for anybody but the lead.
        """
        if not self.is_lead:
            raise Invalid(_("only the lead makes receipts"), do=_("give your own work with a work file"))
        self.written.receipt(path)

    def save_document(self, path: Path, data: bytes) -> None:
        """Save a document made of this visit, verified by reading it back, and keep in mind where it is.

        Withdrawals and the purge list it among what they cannot reach. Raises ReviewError.
        """
        self.written.document(path, data)

    def backup(self, path: Path) -> None:
        """Write an encrypted copy and verify it by opening it; drafts are included as drafts."""
        self.written.backup(path)

    @property
    def place_is_read_only(self) -> bool:
        """Whether the visit's folder takes no write, so that a copy of it is read."""
        return self._store.place_is_read_only

    def merge(self, path: Path, *, preview: bool = False) -> Receipt:
        """Join a file, laptop by laptop, and say in the receipt what was refused and why; a backup is written first.

        With `preview` nothing is changed, and nobody who goes on writing has to wait: the file is joined to a copy, and
        the receipt shows what joining would do.
        """
        if preview:
            return joining.preview(self._store, path, self.state)
        self._store.check_writable()
        self._commit_own_drafts()
        self.back_up_now()
        blanked = withdrawal.count(self._store.db)
        joined = joining.join_to(self._store, path, self.state)
        if isinstance(joined, Receipt):
            return joined
        if withdrawal.count(self._store.db) > blanked or withdrawal.is_to_scrub(self._store.db):
            self.forget_withdrawn()
        with self._store.snapshot():
            self.reload()
            receipt = joining.receipt_of(path, self._store, self.state, joined)
        self.notify(Change(_("combining work"), frozenset({("visit", self.id)})))
        return receipt

    def take_back(self, name: str, records: Sequence[str], concerns: Sequence[str], reason: str, *, asks: bool) -> None:
        """Withdraw a record with those that belong to it (`quote/Q1/R2`), and scrub this laptop. Not undoable.

        Where this laptop has no right to withdraw it, or only `asks`, it is hidden until somebody decides.
        """
        if withdrawn.write_notice(self._store, self.state, self.me, name, records, concerns, reason, asks=asks):
            self.forget_withdrawn()
        else:
            self.reload()

    def show_again(self, name: str, *, reason: str) -> bool:
        """Say that what was asked for of this record (`interview/P1/R2`) hides no more. Not undoable.

        False, with nothing written, where this laptop may not say so.
        """
        if not withdrawn.write_shown_again(self._store, self.state, self.me, name, reason):
            return False
        self.reload()
        return True

    def requests_to_withdraw(self) -> list[OpenRequest]:
        """What laptops without the right asked to be withdrawn, and nobody has decided of, oldest first."""
        return requests.open_requests(self._store.db)

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
            if withdrawn.take_up(self._store):
                self.forget_withdrawn()

    def back_up_now(self) -> Path:
        """Write a rolling backup into the visit's own folder; returns its path."""
        return rolling_backups.write(self._home, self.id, self._store)

    def check_integrity(self) -> list[Check]:
        """Run all integrity checks on the store; nobody who goes on writing has to wait."""
        checks = integrity.check_integrity(self._home, self.id, self._store)
        differing = integrity.differing(checks)
        if differing and not self.read_only:
            integrity.make_anew(self._store, differing)
        return checks

    def moment(self) -> Moment | None:
        """What this visit holds now, for `second`; None where another connection wrote what is not shown here yet."""
        newest = journal.newest(self._store.db)
        if newest is None or not self._seen.saw_all():
            return None
        return Moment(newest, self._writers, self._cache.own_standing, copy_of(self.state))

    def second(self, *, read_only: bool = False, moment: Moment | None = None) -> OpenVisit:
        """The same visit on a second connection for a worker thread, which closes it (`VisitStore.second`).

        It reads the whole visit, unless nothing was written since `moment`, which was a moment of this one.
        """
        self._writers += not read_only
        now = moment if moment is not None and moment.writers == self._writers else None
        return OpenVisit(self._home, self._store.second(read_only=read_only), self.me, now)

    def close(self) -> None:
        """Close the store. Drafts stay drafts: commit them before, or find them again on opening."""
        self._listeners.clear()
        self.finder.close()
        self._store.close()
        if self._store.drafts.kept and not self.read_only:
            renewing.renew(self._home, self.id)

    # ---------------------------------------------------------------------------------------------------------

    def _another_leads(self, name: str) -> Change:
        """Reread everything; a backup has the new key from now on, as far as there is room for it."""
        self._undo_stack.clear()
        self.reload()
        with contextlib.suppress(ReviewError):
            self.back_up_now()
        change = Change(name, frozenset({("visit", self.id)}))
        self.notify(change)
        return change

    def _mark(self, marking: Marking, undoable: bool) -> Change:
        """Write what the lead says of a laptop; anything may count afterwards, or no longer."""
        if not marking.said:
            return Change(marking.name, frozenset())
        with self._store.transaction() as db:
            change = self._writer.write_marks(db, marking.said, marking.name, self._store.local("me"))
        self.reload()
        return self._finish(change, undoable=undoable)

    def _commit_own_drafts(self) -> None:
        """Commit this visit's drafts before a file is written; for a worker's visit the UI thread did so before."""
        if self._store.drafts.kept:
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

    def _mine(self, kind: str, key: str) -> bool:
        return ENTITIES[kind].shared or key.endswith(f"/{self.me}")
