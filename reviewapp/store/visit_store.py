"""One visit's encrypted store: opening it, writing to it, drafts, and the values that only this laptop keeps."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from reviewapp.base import private_files
from reviewapp.base.errors import Busy
from reviewapp.base.i18n import _
from reviewapp.store import clock as clocks
from reviewapp.store import (
    driver,
    entry,
    journal,
    known_devices,
    marks,
    meeting_opening,
    rescue,
    schema,
    scratch,
    signing,
    store_file,
    tables,
)
from reviewapp.store.clock import Clock, stamp, utc_now
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.field_write import FieldWrite
from reviewapp.store.last_entries import LastEntries, LastWritten
from reviewapp.store.own_entries import OwnEntries, check_size, in_turns
from reviewapp.store.own_marks import OwnMarks
from reviewapp.store.rescue import PlaceRefuses, ReadOnlyPlace
from reviewapp.store.signing import Device
from reviewapp.store.stored_drafts import StoredDraft, StoredDrafts, WrongConnectionError
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.written_files import WrittenFiles
from reviewapp.visit.entities import SEEN
from reviewapp.visit.lateness import Opening
from reviewapp.visit.standing import Standings

__all__ = ["FieldWrite", "StoredDraft", "VisitStore", "WrongConnectionError"]


class VisitStore:
    """An open store: one writer at a time, any number of readers.

    The folder holds `visit.db`, the lock and the backups. The lock is the operating system's, so it ends with the
    process that held it and is never stale.
    """

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        read_only: bool = False,
        clock: Clock = utc_now,
        lock: VisitLock | None = None,
    ) -> None:
        """Open an existing store. Raises Busy, Damaged or NewerVersion; a refused store is left untouched.

        `lock`: the visit's, where the caller holds it already; it stays the caller's. Where the folder takes no write,
        ReadOnlyPlace is raised, and with `read_only` a copy elsewhere is read.
        """
        self.folder = folder
        self.read_only = read_only
        self.only_reads = False
        """True for a worker's connection on which nothing can be written."""
        self._key = key
        self._clock = clock
        self._guard = threading.RLock()
        self._standings: tuple[tuple[Any, int, int], Standings] | None = None
        self._device = ("", "")
        self._said = OwnEntries()
        self._last = LastEntries()
        self._writing = False
        self._version: int | None = None
        self._device_as_of: int | None = None
        if not read_only and rescue.is_read_only(folder):
            raise ReadOnlyPlace(folder)
        self._files, self._rescued = folder, False
        self._copies = contextlib.ExitStack()
        self._lock = None if read_only or lock is not None else VisitLock(folder)
        try:
            self.db = self._opened_or_copied() if read_only else self._opened()
            self._file = str(self._files / "visit.db")
            self._place = store_file.identity(self._file)
            self._furnish(keeps_drafts=True)
        except Exception:
            self._release()
            raise

    def _opened(self) -> Database:
        store_file.keep_damaged_log(self.folder, self._clock, locked=not self.read_only)
        if not self.read_only:
            scratch.remove_leftovers(self.folder)
        return store_file.open_database(self.folder, self._key, read_only=self.read_only)

    def _opened_or_copied(self) -> Database:
        """The database for reading; where the place does not take what SQLite writes beside it, a copy elsewhere."""
        if not rescue.is_read_only(self.folder):
            try:
                return self._opened()
            except PlaceRefuses:
                if not (self.folder / "visit.db").is_file():
                    raise
        try:
            self._files = self._copies.enter_context(rescue.copy_of(self.folder))
        except OSError as error:
            raise store_file.cannot_open(self.folder, error) from error
        self._rescued = True
        return store_file.open_database(self._files, self._key, read_only=True)

    @classmethod
    def create(cls, folder: Path, key: bytes, *, clock: Clock = utc_now) -> VisitStore:
        """Create an empty store in a new folder and open it."""
        private_files.make_folder(folder, exist_ok=False)
        private_files.make_file(folder / "visit.db")
        db = driver.connect(folder / "visit.db", key)
        schema.migrate(db)
        db.close()
        return cls(folder, key, clock=clock)

    def second(self, *, read_only: bool = False) -> VisitStore:
        """Another connection of this process, for a worker thread; it shares the lock and is closed by its user.

        Drafts belong to the connection of the screen: here they can be read, never saved or made entries. With
        `read_only` nothing at all can be written here; changes by other connections are visible all the same.
        """
        return self._beside(
            store_file.open_database(self._files, self._key, read_only=self.read_only or read_only),
            read_only=self.read_only or read_only,
            only_reads=read_only,
        )

    @contextmanager
    def scratch_copy(self) -> Iterator[VisitStore]:
        """A copy of the store as it is at this moment, on which anything can be tried out; it is deleted at the end.

        Every page is read and authenticated for it, and nobody who goes on writing has to wait. Raises Damaged, or
        ReviewError where there is no room.
        """
        with contextlib.ExitStack() as stack:
            try:
                copy = self._copied(stack, scratch.scratch_file(self.folder, "copy"))
            except PlaceRefuses:
                copy = self._copied(stack, scratch.scratch_file_elsewhere("copy"))
            yield copy

    def _copied(self, stack: contextlib.ExitStack, file: contextlib.AbstractContextManager[Path]) -> VisitStore:
        """A copy of the store in a scratch file, closed with the stack. Raises PlaceRefuses where there is no room."""
        with contextlib.ExitStack() as mine:
            try:
                path = mine.enter_context(file)
                once = os.urandom(driver.KEY_BYTES)  # so that nobody reads what is left of the file on the disk
                driver.copy_database(self.db, path, once)
                copy = self._beside(driver.connect(path, once), read_only=False, only_reads=False)
                copy._rescued = False
                mine.callback(copy.db.close)
                copy.db.execute("PRAGMA synchronous = OFF")
                schema.migrate(copy.db)
            except (driver.OperationalError, OSError) as error:
                raise store_file.cannot_copy(self.folder, error) from error
            except driver.DatabaseError as error:
                raise store_file.damaged_store(self.folder / "visit.db") from error
            stack.push(mine.pop_all())
        return copy

    def _beside(self, db: Database, *, read_only: bool, only_reads: bool) -> VisitStore:
        """This store through another connection, or a copy of it."""
        other = VisitStore.__new__(VisitStore)
        other.folder, other._key, other._clock = self.folder, self._key, self._clock
        other._files, other._rescued, other._copies = self._files, self._rescued, contextlib.ExitStack()
        other._file, other._place = self._file, self._place
        other.read_only, other.only_reads = read_only, only_reads
        other._guard, other._lock, other._device = threading.RLock(), None, ("", "")
        other._said, other._standings = OwnEntries(), None
        other._last, other._writing, other._version, other._device_as_of = LastEntries(), False, None, None
        other.db = db
        other._furnish(keeps_drafts=False)
        return other

    def _furnish(self, *, keeps_drafts: bool) -> None:
        """Give this connection the parts of which it is made."""
        self.drafts = StoredDrafts(self.db, self.transaction, self._last, lambda: self._clock(), kept=keeps_drafts)
        self.written = WrittenFiles(
            self.folder, self._key, self.db, self.transaction, only_beside=self.read_only or self.only_reads
        )
        self.own_marks = OwnMarks(self)

    def close(self) -> None:
        """Write the log back into the database file, close it and release the lock."""
        try:
            if not self.read_only and self.drafts.kept:
                with contextlib.suppress(driver.DatabaseError):  # the log is safe; the next opening does it
                    self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            self.db.close()
            self._release()

    @property
    def place_is_read_only(self) -> bool:
        """True where the folder of the visit takes no write, so that a copy of it is read."""
        return self._rescued

    def check_hands_out(self) -> None:
        """Raise like `check_writable`, but not where the place is read-only: what is saved there has to get away."""
        if not self.place_is_read_only:
            self.check_writable()

    def check_writable(self) -> None:
        """Raise Busy where another program has the visit, WrongConnectionError where this connection only reads.

        Raises ReadOnlyPlace where the folder takes no write.
        """
        if self.only_reads:
            raise WrongConnectionError("this connection was opened for reading only")
        if self.place_is_read_only:
            raise ReadOnlyPlace(self.folder)
        if self.read_only:
            raise Busy(
                _("this visit is open to read only"), do=_("close the other window that has it open and try again")
            )

    def _check_in_place(self) -> None:
        """Raise ReviewError when the file is not where it was opened: SQLite would write on, into what nobody finds."""
        if store_file.identity(self._file) != self._place:
            raise store_file.moved_away(self.folder)

    @contextmanager
    def transaction(self, *, many: bool = False) -> Iterator[Database]:
        """A transaction: durable when the block ends, rolled back when it raises. A full disk raises ReviewError.

        With `many` entries to come, more pages are kept in memory until it ends.
        """
        with self._guard, driver.wide_cache(self.db) if many else contextlib.nullcontext():
            self.check_writable()
            self._check_in_place()
            try:
                self.db.conn.execute("BEGIN IMMEDIATE")
                self._writing = True
                yield self.db
                self.db.conn.execute("COMMIT")
            except driver.OperationalError as error:
                self._last.forget()
                self._device_as_of = None
                self._roll_back()
                raise store_file.cannot_save(error) from error
            except BaseException:
                self._last.forget()
                self._device_as_of = None
                self._roll_back()
                raise
            finally:
                self._writing, self._version = False, None

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """A read transaction: all that is read within is of one moment, whatever another connection writes meanwhile.

        Nobody waits for it and it waits for nobody. Within a transaction of this connection it is a part of that one.
        """
        with self._guard:
            if self.db.conn.in_transaction:
                yield self.db
                return
            self.db.conn.execute("BEGIN")
            try:
                self.db.execute("SELECT 1 FROM local LIMIT 1").fetchone()  # the moment is that of the first reading
                yield self.db
            finally:
                self._roll_back()

    def write(self, writes: Sequence[FieldWrite], *, person: str) -> list[Entry]:
        """Write values to the journal as this laptop's device, in one transaction; returns the entries, durable."""
        with self.transaction() as db:
            return self.write_in(db, writes, person=person)

    def write_in(self, db: Database, writes: Sequence[FieldWrite], *, person: str) -> list[Entry]:
        """Write values to the journal like `write`, inside the caller's transaction.

        An entry is later than this device's last one and than all that is held, as far as their clocks can be right
        (`clock`). What replaces more than one entry can name is said in several; only the last is returned. A laptop
        that has said about as much as a file holds goes on as a new device.
        """
        device, last = self.device, self._last.read(db, self.version_of_others())
        own = last.get(device)
        if own is None and self.own_marks.pending():
            self.own_marks.write_pending(db)
            return self.write_in(db, writes, person=person)
        if own is not None and self._said.is_full(db, device, own.seq, writes):
            self.own_marks.go_on_as_new_device(db)
            return self.write_in(db, writes, person=person)
        seq, latest = (own.seq, own.at) if own else (0, None)
        others = [one.at for other, one in last.items() if other != device]
        moment = clocks.believable(self._clock(), latest, others)
        made: list[Entry] = []
        last_of = []
        for one in writes:
            check_size(one)
            before: tuple[str, ...] = ()
            for some in in_turns(one.parents):
                number = len(made) + 1
                at = moment + timedelta(microseconds=number)
                address = (one.entity, one.key, one.field)
                made.append(
                    entry.make(
                        person=person, device=device, seq=seq + number, at=stamp(at), address=address, value=one.value,
                        parents=(*before, *some),
                    )
                )  # fmt: skip
                before = (made[-1].id,)
            last_of.append(made[-1])
        journal.append(db, made)
        if made:
            self._last.add(db, device, LastWritten(seq + len(made), at))
        return last_of

    def version_of_others(self) -> int:
        """A number that changes when another connection has written; in `transaction`, where none can, asked once."""
        if not self._writing:
            return driver.version_of_others(self.db)
        if self._version is None:
            self._version = driver.version_of_others(self.db)
        return self._version

    def rows(self, entity: str) -> list[dict[str, Any]]:
        """Current rows of one kind of record, deleted ones too."""
        return tables.read_rows(self.db, entity)

    def records(self, entity: str, keys: Sequence[str] | None = None) -> str:
        """The existing records of one kind, or those with these keys: a JSON array, in the order of their keys."""
        return tables.read_records(self.db, entity, keys)

    def deleted(self, entity: str) -> set[str]:
        """The keys of the records of one kind that were deleted."""
        return tables.deleted(self.db, entity)

    def digest(self) -> str:
        """The digest of all entries: equal on two laptops exactly when they hold the same ones."""
        return entry.digest(journal.ids(self.db))

    def last_counted(self) -> str:
        """When the last entry of a laptop whose words count was recorded, to the second; empty where there is none.

        The same entries give the same time on every laptop, whatever its clock says (`clock.newest`).
        """
        standings = self.standings()
        return clocks.newest(
            one.at for one in journal.last_entries(self.db) if standings.of(one.device).apart_from is None
        )

    def opening(self) -> Opening | None:
        """The opening of the meeting, as far as this laptop knows; None before it."""
        return meeting_opening.opening(self.db)

    def remember_opening_seen(self, db: Database, *, person: str) -> None:
        """Record, once, that this device writes from now on knowing of the opening."""
        if not meeting_opening.has_seen(db, self.device):
            address = (SEEN, f"meeting/{person}", "opening")
            seen = FieldWrite(*address, meeting_opening.mark(db), journal.head_ids(db, address))
            self.write_in(db, [seen], person=person)

    # The clock -----------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """The present time as far as this laptop can tell it (`clock.believable`)."""
        return clocks.believable(self._clock(), *_times(journal.last_entries(self.db), self.device))

    def clock_fault(self, day: str) -> clocks.ClockFault | None:
        """What is wrong with this laptop's clock, if anything; `day` is the visit's date."""
        return clocks.fault_of(self._clock(), *_times(journal.last_entries(self.db), self.device), day)

    def latest_right(self) -> str:
        """The stamp after which a time is that of a wrong clock (`clock.was_wrong`)."""
        return clocks.latest_right(self._clock())

    # Values kept on this laptop only -------------------------------------------------------------------------

    def local(self, name: str) -> str:
        """A value kept on this laptop only; empty when it was never set."""
        row = self.db.conn.execute("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_local(self, db: Database, name: str, value: str) -> None:
        """Set a value kept on this laptop only, inside the caller's transaction."""
        self._device_as_of = None
        db.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, value))

    @property
    def device(self) -> str:
        """This laptop's device id in this visit; another connection may have gone on as a new device."""
        if self._writing and self._device_as_of == self.version_of_others():
            return self._device[1]
        key = self.local("device_key")
        if key != self._device[0]:
            self._device = key, signing.device_id(signing.public_of(bytes.fromhex(key)))
        self._device_as_of = self._version
        return self._device[1]

    def become_new_device(self, db: Database) -> None:
        """Store a new signing key: at the start, and after a restore, so that numbers are never used twice."""
        self.set_local(db, "device_key", signing.new_private_key().hex())

    def standings(self) -> Standings:
        """What each laptop's words count for, by the entries that are here; also of those that wrote nothing yet.

        Remembered while nothing was written, here or by another connection; never within a transaction, which may be
        rolled back.
        """
        if self.db.conn.in_transaction:
            return self._read_standings()
        (version,) = self.db.conn.execute("PRAGMA data_version").fetchone()
        now = self.db.conn, self.db.conn.total_changes, int(version)
        if self._standings is None or self._standings[0] != now:
            self._standings = now, self._read_standings()
        return self._standings[1]

    def _read_standings(self) -> Standings:
        known = {device: one.person for device, one in self.devices().items()}
        pending = [
            marks.MarkEntry(one.entity, one.key, one.field, one.value, self.local("me"), self.device, 0, "")
            for one in self.own_marks.pending()
        ]
        return marks.load(self.db, known | {self.device: self.local("me")}, pending)

    def own_device(self) -> Device:
        """This device and its key, as if it had written nothing: for who asks whose it is, not what it wrote."""
        private = bytes.fromhex(self.local("device_key"))
        return signing.sign_head(
            private, visit=self.local("visit"), person=self.local("me"), seq=0, chain=entry.GENESIS
        )

    def signed_head(self) -> Device:
        """The head of this device's journal as it is now, signed; nothing is stored."""
        private = bytes.fromhex(self.local("device_key"))
        known = self.devices().get(self.device)
        seq, head = (known.seq, known.chain) if known else (0, entry.GENESIS)
        for number, identity in journal.of_device(self.db, self.device, after=seq):
            seq, head = number, entry.chain(head, identity)
        return signing.sign_head(private, visit=self.local("visit"), person=self.local("me"), seq=seq, chain=head)

    def sign(self, db: Database) -> None:
        """Sign the head of this device's journal and store it, inside the caller's transaction."""
        self.remember_device(db, self.signed_head())

    def devices(self) -> dict[str, Device]:
        """Every device known in this visit by its id, with its newest signed head."""
        return known_devices.known(self.db)

    def first_seen(self) -> dict[str, str]:
        """When each device was first seen here."""
        return known_devices.first_seen(self.db)

    def remember_device(self, db: Database, device: Device) -> None:
        """Store a device's newest signed head; a device not known before is first seen now."""
        known_devices.remember(db, device, stamp(self._clock()))

    def remember_joined(self, db: Database, *, person: str, device: str, receipt: bytes) -> None:
        """Record that a file was joined, for the page that shows who is still missing."""
        db.execute(
            "INSERT INTO joined (at, person, device, receipt) VALUES (?, ?, ?, ?)",
            (stamp(self.now()), person, device, receipt.decode()),
        )

    def joined_parts(self) -> list[tuple[str, int]]:
        """Of the files joined so far that were one of several: of which, and their number."""
        query = """SELECT receipt ->> '$.part.files', receipt ->> '$.part.number' FROM joined
                   WHERE receipt ->> '$.part.files' IS NOT NULL"""
        return [(str(files), int(number)) for files, number in self.db.execute(query)]

    def joined(self) -> list[dict[str, Any]]:
        """The files joined so far, oldest first: at, person, device, receipt (JSON text)."""
        return list(self.db.query("SELECT at, person, device, receipt FROM joined ORDER BY number"))

    # -------------------------------------------------------------------------------------------------------

    def _roll_back(self) -> None:
        if self.db.conn.in_transaction:
            self.db.execute("ROLLBACK")

    def _release(self) -> None:
        self._copies.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _times(last: Iterable[journal.LastEntry], device: str) -> tuple[datetime | None, list[datetime]]:
    """The time of this device's last entry, and of each other's."""
    times = {one.device: datetime.fromisoformat(one.at) for one in last}
    return times.pop(device, None), list(times.values())
