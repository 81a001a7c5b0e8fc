"""Writing backups of a visit and looking into them: encrypted, and each one opened and counted after it was written.

A backup is one readable line with a wrapped key (`backup_cover`), then the database, encrypted with that key; no two
backups have the same one, nor that of the visit.
"""

from __future__ import annotations

import os
import shutil
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.files import read_pieces, reason_of, save_pieces
from reviewapp.base.i18n import _
from reviewapp.store import backup_cover, backup_key, driver, journal, received_extracts
from reviewapp.store.backup_cover import BackupCover, RollingCover
from reviewapp.store.home import Home
from reviewapp.store.scratch import scratch_file, scratch_file_elsewhere
from reviewapp.store.visit_store import VisitStore

SUFFIX = ".reviewbackup"
LARGEST = 1024 * 2**20


class NoRoom(ReviewError):
    """The disk takes no more of what a backup is made or checked with."""


def write(home: Home, visit: str, store: VisitStore, path: Path) -> None:
    """Write a backup to be taken away and open it again; returns only when the file on the disk holds every entry.

    It opens with the passphrase or the recovery code of this home. Raises ReviewError when the disk takes no write or
    the file is short, Damaged when it cannot be read back.
    """
    key = os.urandom(driver.KEY_BYTES)
    write_under(backup_cover.to_take_away(home.key, home.key_file(), visit, key), key, store, path)


def write_under(cover: BackupCover | RollingCover, key: bytes, store: VisitStore, path: Path) -> None:
    """Write a backup with this cover, whose key encrypts what follows, and open it again. Raises like `write`.

    What it takes beside the file lies in the folder of the visit, and where there is no room left, beside the backup:
    the work has to get away from a disk that is full.
    """
    beside = [store.folder] if _same_disk(store.folder, path.parent) else [store.folder, path.parent]
    for folder in beside:
        try:
            _write(cover, key, store, path, folder)
        except NoRoom:
            if folder == beside[-1]:
                raise
        else:
            return


def _write(cover: BackupCover | RollingCover, key: bytes, store: VisitStore, path: Path, beside: Path) -> None:
    try:
        with scratch_file(beside, "copy") as scratch:
            driver.copy_database(store.db, scratch, key)
            held = _count(scratch, key)
            pieces = chain([msgspec.json.encode(cover) + b"\n"], read_pieces(scratch))
            save_pieces(path, pieces)
    except (driver.OperationalError, OSError) as error:
        raise no_room(path, error) from error
    except driver.DatabaseError as error:
        raise Damaged(
            _("the visit cannot be backed up: its store on this laptop is damaged"),
            do=_("restore the newest backup that is in order"),
            kept=_("{name} was not saved", name=path.name),
        ) from error
    if count_entries(path, key, beside) != held:
        raise ReviewError(_("the backup {path} is not complete", path=path), do=_("write it to another disk"))


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return True


def key_here(home: Home, path: Path) -> bytes:
    """The key of a backup that this home made and that lies here. Raises Damaged, NewerVersion or ReviewError."""
    cover = backup_cover.read(path)
    if isinstance(cover, BackupCover):
        return backup_cover.key_with_home_key(path, cover, home.key)
    for folder in (path.parent.parent, home.visit_folder(cover.visit)):
        hangs_on = backup_key.read(home.key, folder, cover.visit)
        if hangs_on is not None:
            return backup_cover.key_with_backup_key(path, cover, hangs_on)
    raise Damaged(
        _(
            "{name} does not open: the key for it is not on this laptop, or was destroyed when the visit was deleted",
            name=path.name,
        ),
        do=_("restore a backup that you saved elsewhere"),
    )


def count_entries(path: Path, key: bytes, beside: Path) -> int:
    """Number of entries in a backup, counted in a copy whose every page was checked. Raises Damaged.

    The copy lies in `beside`, and in the system's folder for scratch files where there is no room.
    """
    try:
        return _counted(path, key, scratch_file(beside, "check"))
    except NoRoom:
        return _counted(path, key, scratch_file_elsewhere("check"))


def _counted(path: Path, key: bytes, scratch: AbstractContextManager[Path]) -> int:
    try:
        with scratch as copy:
            copy_out(path, copy)
            return _count(copy, key, check=path.name)
    except (driver.DatabaseError, OSError) as error:
        if (isinstance(error, OSError) and not path.is_dir()) or driver.refused_by_place(error):
            raise no_room(path, error) from error
        raise backup_cover.damaged(path) from error


def _count(database: Path, key: bytes, *, check: str = "") -> int:
    """Number of entries in a database, and in a set of extracts too.

    With `check`, the name of its backup, every page of it is checked before.
    """
    db = driver.connect(database, key, read_only=True)
    try:
        if check and damaged_pages(db):
            raise backup_cover.damaged(Path(check))
        return journal.count(db) + received_extracts.count(db)
    finally:
        db.close()


def damaged_pages(db: driver.Database) -> int:
    """Number of faults in the pages of a database to which nobody writes: not authentic, or not what belongs there."""
    faults = db.execute("PRAGMA cipher_integrity_check").fetchall()
    faults += [row for row in db.execute("PRAGMA quick_check").fetchall() if row[0] != "ok"]
    return len(faults)


def copy_out(path: Path, to: Path) -> None:
    """Copy the database that follows the cover, piece by piece. Raises Damaged when the file exceeds LARGEST."""
    if path.stat().st_size > LARGEST:
        raise Damaged(_("{name} is larger than any backup", name=path.name), do=_("choose another file"))
    private_files.make_file(to)
    with path.open("rb") as source, to.open("wb") as target:
        source.readline(backup_cover.LONGEST)
        shutil.copyfileobj(source, target)


def no_room(path: Path, error: Exception) -> NoRoom:
    """The error a user sees when the disk fails while a backup is written or looked into."""
    why = reason_of(error) if isinstance(error, OSError) else driver.reason_of(error)
    return NoRoom(
        _("cannot write or check {name}: {error}", name=path.name, error=why),
        do=_("free some space on this disk, or see that it can be written to, and try again"),
    )
