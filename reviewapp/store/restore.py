"""Restoring a visit from a backup: made anew beside the one that is there, cleaned, and then put in its place.

What was withdrawn since the backup was made is blanked in it before anything of it can be read (`known_notices`).
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.files import read_pieces, reason_of, save_pieces, sync_folder, when_free
from reviewapp.base.i18n import _
from reviewapp.store import (
    backup,
    backup_cover,
    backup_key,
    deletion,
    driver,
    known_notices,
    leftovers,
    rolling_backups,
)
from reviewapp.store.backup_cover import BackupCover
from reviewapp.store.home import Home
from reviewapp.store.visit_folders import is_set
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore


def restore(home: Home, path: Path, passphrase: str, *, moved_aside: str) -> str:
    """Restore a visit from a backup; returns its id. `passphrase` may also be the recovery code.

    A rolling backup of this home needs neither. A visit that exists under the same id is moved aside, never deleted.
    The restored visit continues as a new device, so that no number of the old one is used twice; withdrawals that this
    home knows of are in force in it. Raises WrongPassphrase, Damaged, NewerVersion, or Busy while another program has
    the visit open; then nothing has changed.
    """
    cover = backup_cover.read(path)
    if isinstance(cover, BackupCover):
        key = backup_cover.key_with_secret(path, cover, passphrase)
    else:
        key = backup.key_here(home, path)
    folder = home.visit_folder(cover.visit)
    with (
        home.lock(),
        VisitLock(folder, do=_("close it there, and restore again"))
        if folder.exists()
        else contextlib.nullcontext() as lock,
    ):
        _restore(home, path, cover.visit, key, lock, moved_aside=moved_aside)
    return cover.visit


def store_named_by(path: Path) -> str:
    """The id of the visit or set that a backup is of, as its first line says. Raises Damaged or NewerVersion."""
    return backup_cover.read(path).visit


def _restore(home: Home, path: Path, visit: str, key: bytes, lock: VisitLock | None, *, moved_aside: str) -> None:
    """Make the visit anew beside the one that is there, under the lock of that one, and put it in its place."""
    folder = home.visit_folder(visit)
    fresh = folder.with_name(f"{leftovers.RESTORING}{visit}-{secrets.token_hex(4)}")
    private_files.make_folder(fresh, exist_ok=False)
    making = VisitLock(fresh)  # who finds the folder without it finds what a kill left (`cleaning`)
    try:
        new_key = _make_store(home, path, visit, key, making)
        if lock is not None:
            _keep_backups(home, visit, folder, fresh)
        home.wrap_visit_key(fresh, visit, new_key)  # last: what has a key is whole (`leftovers`)
        if lock is not None:
            lock.release_to_move()
        making.release_to_move()
        _put_in_place(fresh, folder, folder.with_name(moved_aside) if lock is not None else None)
    except BaseException as error:
        deletion.destroy_keys(fresh)
        making.release_to_move()
        deletion.delete(fresh)
        if isinstance(error, OSError):
            raise _not_put_in_place(folder, error) from error
        raise
    finally:
        making.release()


def _make_store(home: Home, path: Path, visit: str, key: bytes, making: VisitLock) -> bytes:
    """Make the store of the visit in the folder that is locked; returns its key, which nothing had before."""
    fresh, new_key = making.folder, os.urandom(driver.KEY_BYTES)
    whole = fresh / "restored.db"
    backup.copy_out(path, fresh / "visit.db")
    store = VisitStore(fresh, key, clock=home.clock, lock=making)
    try:
        _check_whole(path, store, visit)
        if not is_set(visit):
            with store.transaction() as db:
                store.own_marks.go_on_as_new_device(db)
        known_notices.apply(store, known_notices.sources(home, visit))
        private_files.make_file(whole)
        driver.copy_database(store.db, whole, new_key)
    finally:
        store.close()
    for left in fresh.glob("visit.db*"):
        left.unlink()
    _sync(whole)
    os.replace(whole, fresh / "visit.db")
    return new_key


def _sync(path: Path) -> None:
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


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
        kept=_("what was there is left as it was"),
    )


def _check_whole(path: Path, store: VisitStore, visit: str) -> None:
    damaged = Damaged(_("{name} is damaged", name=path.name), do=_("try an older backup"))
    try:
        well = not backup.damaged_pages(store.db) and store.local("visit") == visit
    except driver.DatabaseError as error:
        raise damaged from error
    if not well:
        raise damaged


def _keep_backups(home: Home, visit: str, old: Path, fresh: Path) -> None:
    """Copy the rolling backups of the visit that is there, and the key on which they hang."""
    private_files.make_folder(fresh / rolling_backups.FOLDER)
    key = backup_key.read(home.key, old, visit)
    if key is not None:
        backup_key.write(home.key, fresh, visit, key)
    for path in rolling_backups.oldest_first(old):
        save_pieces(fresh / rolling_backups.FOLDER / path.name, read_pieces(path))
