"""Backups of a visit: encrypted, the last 20 kept, and each one opened and counted after it was written.

A backup is one readable line with the wrapped keys, then the encrypted database. It opens with the passphrase or the
recovery code of the installation that made it, also on another laptop.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import read_pieces, reason_of, save_pieces, sync_folder, when_free
from reviewapp.base.i18n import _
from reviewapp.store import deletion, driver, journal, key_wrapping, keys, schema, withdrawal
from reviewapp.store.clock import AHEAD, LATEST, utc_now
from reviewapp.store.home import Home
from reviewapp.store.keys import KeyFile
from reviewapp.store.scratch import scratch_file
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore

FORMAT = 1
ROLLING = 20
SUFFIX = ".reviewbackup"
_LONGEST_COVER = 8192
LARGEST = 1024 * 2**20


class BackupCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The first line of a backup: versions, visit, and the wrapped keys that open the database after it."""

    reviewapp_backup: int
    store: int
    visit: str
    keys: KeyFile
    sealed: str


class _Versions(msgspec.Struct):
    reviewapp_backup: int
    store: int


def write(home: Home, visit: str, store: VisitStore, path: Path) -> None:
    """Write a backup and open it again; returns only when the file on the disk holds every entry.

    Raises ReviewError when the disk takes no write or the file is short, Damaged when it cannot be read back.
    """
    key = home.visit_key(visit)
    sealed = key_wrapping.wrap(home.key, key, "visit key")
    cover = BackupCover(FORMAT, schema.VERSION, visit, keys.read(home.folder), sealed)
    try:
        with scratch_file(store.folder, "copy") as scratch:
            driver.copy_database(store.db, scratch)
            held = _count(scratch, key)
            pieces = chain([msgspec.json.encode(cover) + b"\n"], read_pieces(scratch))
            save_pieces(path, pieces)
    except (driver.OperationalError, OSError) as error:
        raise _no_room(path, error) from error
    except driver.DatabaseError as error:
        raise Damaged(
            _("the visit cannot be backed up: its store on this laptop is damaged"),
            do=_("restore the newest backup that is well"),
            kept=_("{name} was not written", name=path.name),
        ) from error
    if count_entries(path, key, store.folder) != held:
        raise ReviewError(_("the backup {path} does not hold everything", path=path), do=_("write it to another disk"))


def write_rolling(home: Home, visit: str, store: VisitStore, name: str) -> Path:
    """Write a backup into the visit's own folder and delete the oldest beyond the last 20; returns its path.

    It holds nothing of what another connection withdrew while it was written.
    """
    folder = store.folder / "backups"
    path = folder / f"{name}{SUFFIX}"
    try:
        private_files.make_folder(folder)
    except OSError as error:
        raise _no_room(path, error) from error
    blanked = -1
    while blanked != (now := withdrawal.count(store.db)):
        write(home, visit, store, path)
        blanked = now
    for old in rolling(store.folder, store.now())[:-ROLLING]:
        with contextlib.suppress(OSError):  # deleted after the next backup
            old.unlink()
    return path


def rolling(visit_folder: Path, now: datetime | None = None) -> list[Path]:
    """The backups in a visit's folder, oldest first; `now` is the present time unless another is given.

    Those named by a clock that ran ahead come first: else what was saved since it was set would be deleted as older.
    """
    latest = _name(min(now or utc_now(), LATEST - AHEAD) + AHEAD)
    found = (visit_folder / "backups").glob(f"*{SUFFIX}")
    return sorted(found, key=lambda path: (path.stem <= latest, path.name))


def rolling_name(visit_folder: Path, moment: datetime) -> str:
    """A name for a backup made at this moment, which no other has: a clock that stands still overwrites none."""
    taken = {path.stem for path in rolling(visit_folder)}
    while _name(moment) in taken:
        moment += timedelta(microseconds=1)
    return _name(moment)


def _name(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S%f")


def read_cover(path: Path) -> BackupCover:
    """The first line of a backup, decoded. Raises Damaged or NewerVersion."""
    foreign = Damaged(_("{name} is not a backup of this program", name=path.name), do=_("choose another file"))
    try:
        with path.open("rb") as stream:
            line = stream.readline(_LONGEST_COVER)
        found = msgspec.json.decode(line, type=_Versions)
        if found.reviewapp_backup > FORMAT or found.store > schema.VERSION:
            raise NewerVersion(
                _("{name} was written by a later version of the program", name=path.name), do=_("use that version")
            )
        return msgspec.json.decode(line, type=BackupCover)
    except (FileNotFoundError, IsADirectoryError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise foreign from error
    except OSError as error:
        if path.is_dir():
            raise foreign from error
        raise ReviewError(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("put that right and try again"),
        ) from error


def restore(home: Home, path: Path, passphrase: str, *, moved_aside: str) -> str:
    """Restore a visit from a backup; returns its id. `passphrase` may also be the recovery code.

    A visit that exists under the same id is moved aside, never deleted. The restored visit continues as a new device,
    so that no number of the old one is used twice. Raises WrongPassphrase, Damaged, NewerVersion, or Busy while another
    program has the visit open; then nothing has changed.
    """
    cover = read_cover(path)
    key = _key_of(path, cover, passphrase)
    folder = home.visit_folder(cover.visit)
    with (
        VisitLock(folder, do=_("close it there, and restore again"))
        if folder.exists()
        else contextlib.nullcontext() as lock
    ):
        _restore(home, path, cover, key, lock, moved_aside=moved_aside)
    return cover.visit


def _restore(
    home: Home, path: Path, cover: BackupCover, key: bytes, lock: VisitLock | None, *, moved_aside: str
) -> None:
    """Make the visit anew beside the one that is there, under the lock of that one, and put it in its place."""
    folder = home.visit_folder(cover.visit)
    fresh = folder.with_name(f".restoring-{secrets.token_hex(4)}")
    private_files.make_folder(fresh, exist_ok=False)
    try:
        _copy_database(path, fresh / "visit.db")
        store = VisitStore(fresh, key, clock=home.clock)
        try:
            _check_whole(path, store)
            with store.transaction() as db:
                store.sign(db)
                store.become_new_device(db)
        finally:
            store.close()
        home.wrap_visit_key(fresh, key)
        if lock is not None:
            _keep_backups(folder, fresh)
            lock.release_to_move()
        _put_in_place(fresh, folder, folder.with_name(moved_aside) if lock is not None else None)
    except BaseException as error:
        with contextlib.suppress(OSError):
            deletion.destroy_key(fresh)
        deletion.delete(fresh)
        if isinstance(error, OSError):
            raise _not_put_in_place(folder, error) from error
        raise


def _put_in_place(fresh: Path, folder: Path, aside: Path | None) -> None:
    """Give the restored folder its name, after the one that is there its new one; both or neither. Raises OSError."""
    if aside is not None:
        when_free(lambda: folder.rename(aside))
    try:
        when_free(lambda: fresh.rename(folder))
    except BaseException:
        if aside is not None:
            when_free(lambda: aside.rename(folder))
        raise
    sync_folder(folder.parent)


def _not_put_in_place(folder: Path, error: OSError) -> ReviewError:
    return ReviewError(
        _("the visit in {folder} cannot be replaced: {why}", folder=folder, why=reason_of(error)),
        do=_("close it in every other window and program, and restore again"),
        kept=_("what is there was left as it is"),
    )


def _key_of(path: Path, cover: BackupCover, passphrase: str) -> bytes:
    damaged = Damaged(_("{name} is damaged", name=path.name), do=_("try an older backup"))
    if not all(one.stretch.reasonable() for one in (cover.keys.passphrase, cover.keys.recovery)):
        raise damaged
    try:
        key = key_wrapping.unwrap(keys.unlock_with_either(cover.keys, passphrase), cover.sealed, "visit key")
    except ValueError as error:
        raise damaged from error
    if key is None:
        raise damaged
    return key


def count_entries(path: Path, key: bytes, beside: Path) -> int:
    """Number of entries in a backup, counted in a copy in `beside` whose every page was checked. Raises Damaged."""
    try:
        with scratch_file(beside, "check") as scratch:
            _copy_database(path, scratch)
            return _count(scratch, key, check=path.name)
    except (driver.DatabaseError, OSError) as error:
        if (isinstance(error, OSError) and not path.is_dir()) or driver.refused_by_place(error):
            raise _no_room(path, error) from error
        raise Damaged(_("{name} is damaged", name=path.name), do=_("try another backup")) from error


def _count(database: Path, key: bytes, *, check: str = "") -> int:
    """Number of entries in a database; with `check`, the name of its backup, every page of it is checked before."""
    db = driver.connect(database, key, read_only=True)
    try:
        if check and damaged_pages(db):
            raise Damaged(_("{name} is damaged", name=check), do=_("try another backup"))
        return journal.count(db)
    finally:
        db.close()


def damaged_pages(db: driver.Database) -> int:
    """Number of faults in the pages of a database to which nobody writes: not authentic, or not what belongs there."""
    faults = db.execute("PRAGMA cipher_integrity_check").fetchall()
    faults += [row for row in db.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
    return len(faults)


def check_cover(home: Home, path: Path, key: bytes) -> None:
    """Raise Damaged unless the first line of a backup made in this home leads to the visit's key, as restoring asks."""
    try:
        found = key_wrapping.unwrap(home.key, read_cover(path).sealed, "visit key")
    except ValueError:
        found = None
    if found != key:
        raise Damaged(_("{name} is damaged", name=path.name), do=_("try another backup"))


def _no_room(path: Path, error: Exception) -> ReviewError:
    why = reason_of(error) if isinstance(error, OSError) else driver.reason_of(error)
    return ReviewError(
        _("cannot write or check {name}: {error}", name=path.name, error=why),
        do=_("free some space on this disk, or see that it can be written to, and try again"),
    )


def _check_whole(path: Path, store: VisitStore) -> None:
    damaged = Damaged(_("{name} is damaged", name=path.name), do=_("try an older backup"))
    try:
        well = not damaged_pages(store.db) and store.local("visit")
    except driver.DatabaseError as error:
        raise damaged from error
    if not well:
        raise damaged


def _keep_backups(old: Path, fresh: Path) -> None:
    private_files.make_folder(fresh / "backups")
    for path in rolling(old):
        private_files.copy_file(path, fresh / "backups" / path.name)


def _copy_database(path: Path, to: Path) -> None:
    """Copy the database that follows the cover, piece by piece. Raises Damaged when the file exceeds LARGEST."""
    if path.stat().st_size > LARGEST:
        raise Damaged(_("{name} is larger than any backup", name=path.name), do=_("choose another file"))
    private_files.make_file(to)
    with path.open("rb") as source, to.open("wb") as target:
        source.readline(_LONGEST_COVER)
        shutil.copyfileobj(source, target, 2**20)
