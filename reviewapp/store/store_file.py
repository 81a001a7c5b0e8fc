"""The file of a visit's store: opening it, and what a person is told when that, a write or a copy is refused."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import reason_of, shortened, too_many_are_open
from reviewapp.base.i18n import _
from reviewapp.store import change_log, driver, rescue, schema
from reviewapp.store.clock import Clock
from reviewapp.store.driver import Database
from reviewapp.store.rescue import PlaceRefuses
from reviewapp.store.visit_lock import VisitLock

SMALLEST = 4096
"""Bytes of a database with nothing in it: one page."""


def cannot_save(error: BaseException) -> ReviewError:
    """The error a user sees when a write is refused: by the disk, or because a long one is going on."""
    if driver.is_busy(error):
        return ReviewError(
            _("not saved yet: the program is saving something large in this visit"),
            do=_("try again in a moment; text on the screen is saved automatically"),
            kept=_("what was saved before is safe, and your text is still on the screen"),
        )
    return ReviewError(
        _("cannot save: {error}", error=driver.reason_of(error)),
        do=_("free some space on this disk, or check that it can be written to; the program tries again automatically"),
        kept=_("what was saved before is safe, and your text is still on the screen"),
    )


def cannot_open(folder: Path, error: Exception) -> PlaceRefuses:
    """The error a user sees when the disk, not the store, fails on opening."""
    why = reason_of(error) if isinstance(error, OSError) else driver.reason_of(error)
    do = _("free some space on this disk, or see that it can be written to, and open it again")
    if driver.is_disk_fault(error) and rescue.is_full(folder):
        why = driver.NO_ROOM  # SQLite says of what it keeps beside an open database only that it does not work
    elif too_many_are_open():
        why, do = _too_many_open()
    return PlaceRefuses(
        _("the visit in {folder} cannot be opened: {error}", folder=shortened(folder), error=why),
        do=do,
        kept=_("what was saved is safe"),
    )


def cannot_copy(folder: Path, error: Exception) -> PlaceRefuses:
    """The error a user sees when there is no room to look at a copy of the store."""
    why = reason_of(error) if isinstance(error, OSError) else driver.reason_of(error)
    do = _("free some space on this disk and try again")
    if too_many_are_open():
        why, do = _too_many_open()
    return PlaceRefuses(
        _("the visit in {folder} cannot be checked: {error}", folder=shortened(folder), error=why),
        do=do,
        kept=_("nothing was changed"),
    )


def _too_many_open() -> tuple[str, str]:
    """What is wrong, and what to do, where the system opens no more files for this program."""
    return _("this program may not open so many files at once"), _("close other programs, or allow more (ulimit -n)")


def damaged_store(path: Path) -> Damaged:
    """The error a user sees when a file is no store, or one that the key does not open."""
    return Damaged(
        _("the store {path} cannot be opened: it is damaged or not ours", path=path),
        do=_("restore the newest backup of this visit"),
        kept=_("the file is left as it is"),
    )


def identity(file: str) -> tuple[int, int] | None:
    """Disk and number of a file, which another one in its place does not have; None where there is none."""
    try:
        found = os.stat(file)  # of a Path it takes three times as long, and this is asked before every write
    except OSError:
        return None
    return found.st_dev, found.st_ino


def keep_damaged_log(folder: Path, clock: Clock, *, locked: bool) -> None:
    """Keep a log of which something was lost, before opening the store throws it away.

    Without the lock somebody may be writing the log; then it is theirs, and looked at once the lock is free.
    """
    if locked:
        if change_log.has_lost_changes(folder):
            change_log.keep_damaged(folder, clock())
    elif change_log.may_have_lost_changes(folder):
        with contextlib.suppress(ReviewError), VisitLock(folder):
            keep_damaged_log(folder, clock, locked=True)


def open_database(folder: Path, key: bytes, *, read_only: bool) -> Database:
    """The database of the visit in a folder, brought up to date unless it is only read.

    Raises Damaged, NewerVersion, or PlaceRefuses where the disk is why; the file is then as it was.
    """
    path = folder / "visit.db"
    damaged = damaged_store(path)
    _check_file(path, damaged)
    try:
        db = driver.connect(path, key, read_only=read_only)
        found = schema.version(db)
    except driver.DatabaseError as error:
        raise (cannot_open(folder, error) if driver.refused_by_place(error) else damaged) from error
    if found > schema.VERSION:
        db.close()
        raise NewerVersion(
            _("the visit in {folder} was written by a later version of the program", folder=folder),
            do=_("open it with that version or a newer one"),
            kept=_("it is left as it is"),
        )
    if not read_only:
        try:
            schema.migrate(db)
        except driver.DatabaseError as error:
            db.close()
            raise (cannot_open(folder, error) if driver.refused_by_place(error) else damaged) from error
    return db


def _check_file(path: Path, damaged: Damaged) -> None:
    """Raise unless there can be a store in the file: of an empty one SQLite makes a new store, and throws the log away.

    What cannot be looked at, for want of a right or a disk, is not called damaged.
    """
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, IsADirectoryError) as error:
        raise damaged from error
    except OSError as error:
        raise (damaged if path.is_dir() else cannot_open(path.parent, error)) from error
    if size < SMALLEST:
        raise damaged


def moved_away(folder: Path) -> ReviewError:
    """What is said when the folder of an open store is gone, or another one is in its place."""
    return ReviewError(
        _("the folder of this visit is missing or has been replaced: {folder}", folder=folder),
        do=_("put it back and try again, or copy what you typed and restore the newest backup"),
        kept=_("what was saved before is in that folder, and your text is still on the screen"),
    )
