"""The backups that a visit keeps by itself: the last 20, in the order of their numbers, whatever a clock said.

They hang on the visit's backup key (`backup_key`). One that goes has its first line, and with it its key, overwritten
before the file is deleted, so that what is left of it on a disk opens no more. None goes before a newer one was opened
and counted, so there is never none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.store import backup, backup_cover, backup_key, deletion, driver, withdrawal
from reviewapp.store.clock import AHEAD, LATEST, utc_now
from reviewapp.store.home import Home
from reviewapp.store.visit_store import VisitStore

KEPT = 20
FOLDER = "backups"


def write(home: Home, visit: str, store: VisitStore, name: str = "") -> Path:
    """Write a backup into the visit's own folder and delete the oldest beyond the last 20; returns its path.

    It holds nothing of what another connection withdrew while it was written.
    """
    folder = store.folder / FOLDER
    path = folder / f"{name or name_for(store.folder, store.now())}{backup.SUFFIX}"
    try:
        private_files.make_folder(folder)
    except OSError as error:
        raise backup.no_room(path, error) from error
    hangs_on = backup_key.read_or_make(home.key, store.folder, visit)
    number = 1 + max((backup_cover.number_of(one) or 0 for one in _found(store.folder)), default=0)
    blanked = -1
    while blanked != (now := withdrawal.count(store.db)):
        key = os.urandom(driver.KEY_BYTES)
        backup.write_under(backup_cover.rolling(hangs_on, visit, number, key), key, store, path)
        blanked = now
    delete(oldest_first(store.folder)[:-KEPT])
    return path


def oldest_first(visit_folder: Path, now: datetime | None = None) -> list[Path]:
    """The backups in a visit's folder, in the order in which they were made.

    Those from before there were numbers come first, by their names, which say when they were made; of these the ones
    named by a clock that runs ahead of `now`, the present time unless another is given, come first.
    """
    latest = _name(min(now or utc_now(), LATEST - AHEAD) + AHEAD)
    numbers = {path: backup_cover.number_of(path) or 0 for path in _found(visit_folder)}
    return sorted(numbers, key=lambda path: (numbers[path], path.stem <= latest, path.name))


def is_numbered(path: Path) -> bool:
    """True for a rolling backup; False for one with a key of its own, and for what is no backup."""
    return backup_cover.number_of(path) is not None


def of_earlier_kind(visit_folder: Path) -> list[Path]:
    """Those from before there was a backup key: they open with the passphrase or the recovery code of their day."""
    return [path for path in oldest_first(visit_folder) if backup_cover.carries_own_key(path)]


def name_for(visit_folder: Path, moment: datetime) -> str:
    """A name for a backup made at this moment, which no other has: a clock that stands still overwrites none."""
    taken = {path.stem for path in _found(visit_folder)}
    while _name(moment) in taken:
        moment += timedelta(microseconds=1)
    return _name(moment)


def made_at(path: Path) -> datetime | None:
    """When a backup of this name was made, by the clock of its day; None for one that somebody named."""
    try:
        return datetime.strptime(path.stem + "+0000", _MOMENT + "%z")
    except ValueError:
        return None


def delete(paths: Iterable[Path]) -> list[Path]:
    """Delete rolling backups for good, as far as nobody holds them; returns those that are still there."""
    left = []
    for path in paths:
        try:
            deletion.destroy_cover(path)
            path.unlink(missing_ok=True)
        except OSError:  # deleted after the next backup
            left.append(path)
    return left


_MOMENT = "%Y%m%dT%H%M%S%f"


def _name(moment: datetime) -> str:
    return moment.strftime(_MOMENT)


def _found(visit_folder: Path) -> list[Path]:
    return list((visit_folder / FOLDER).glob(f"*{backup.SUFFIX}"))
