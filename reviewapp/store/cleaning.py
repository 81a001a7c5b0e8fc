"""Taking what was withdrawn out of every file that a home keeps of a visit, once it is blanked in the store.

Free pages and the log of the store, the rolling backups, damaged logs that were kept, the folders that restores moved
aside, and what a restore or a new visit that was killed left behind. `withdrawal.is_to_scrub` says so until all of
it is done, so what a kill or a full disk interrupts is finished when the visit is next opened.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.store import change_log, deletion, known_notices, rolling_backups, withdrawal
from reviewapp.store.driver import DatabaseError
from reviewapp.store.home import Home
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore

_UNFINISHED = (".restoring-*", ".making-*")


def clean(home: Home, visit: str, store: VisitStore) -> list[Path]:
    """Clean every file of a visit whose store is open, and write a new rolling backup in place of all there were.

    Returns the folders that restores moved aside and that had to be destroyed, as they do not open. Raises ReviewError
    where there is no room; then nothing is lost, and it is tried again at the next opening.
    """
    withdrawal.scrub(store.db)
    fresh = rolling_backups.write(home, visit, store)
    change_log.empty_kept(store.folder)
    left = rolling_backups.delete(old for old in rolling_backups.oldest_first(store.folder) if old != fresh)
    destroyed = []
    for folder in known_notices.aside(home, visit):
        try:
            _clean_aside(home, folder, store)
        except (Damaged, DatabaseError):
            destroyed.append(folder)
            left += destroy(folder)
        except ReviewError:  # another program has it open
            left.append(folder)
    left += destroy_unfinished(home)
    if not left:
        with store.transaction() as db:
            withdrawal.scrubbed(db)
    return destroyed


def destroy_unfinished(home: Home) -> list[Path]:
    """Destroy what restores and new visits that were killed left in a home; returns what could not be deleted."""
    left = []
    for folder in unfinished(home):
        with contextlib.suppress(ReviewError), VisitLock(folder) as lock:
            left += destroy(folder, lock)
    return left


def unfinished(home: Home) -> list[Path]:
    """The folders of restores and new visits that are going on, or that a kill left."""
    visits = home.folder / "visits"
    return sorted(path for pattern in _UNFINISHED for path in visits.glob(pattern) if path.is_dir())


def destroy(folder: Path, lock: VisitLock | None = None) -> list[Path]:
    """Destroy the keys in a folder, then its files; returns what could not be deleted."""
    held = []
    try:
        deletion.destroy_key(folder)
    except OSError:
        held.append(folder / deletion.KEY)
    held += deletion.destroy_keys_of_backups(folder)
    if lock is not None:
        lock.release_to_move()
    return held + [path for path in deletion.delete(folder) if path not in held]


def _clean_aside(home: Home, folder: Path, store: VisitStore) -> None:
    """Blank in a folder that a restore moved aside what the visit knows to be withdrawn; its backups go."""
    old = VisitStore(folder, home.key_in(folder), clock=home.clock)
    try:
        known_notices.apply(old, [known_notices.source_of(store.db)])
        withdrawal.scrub(old.db)
    finally:
        old.close()
    change_log.empty_kept(folder)
    rolling_backups.delete(rolling_backups.oldest_first(folder))
