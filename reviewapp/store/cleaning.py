"""Taking what was withdrawn out of every file that a home keeps of a visit, once it is blanked in the store.

Free pages and the log of the store, the rolling backups, damaged logs that were kept, the folders that restores moved
aside, and what a restore or a new visit that was killed left behind. `withdrawal.is_to_scrub` says so until all of
it is done, so what a kill or a full disk interrupts is finished when the visit is next opened.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.store import (
    change_log,
    deletion,
    known_notices,
    leftovers,
    renewing,
    rolling_backups,
    withdrawal,
    written_files,
)
from reviewapp.store.driver import DatabaseError
from reviewapp.store.home import Home
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore

_UNFINISHED = (f"{leftovers.RESTORING}*", f"{leftovers.MAKING}*")


def clean(home: Home, visit: str, store: VisitStore) -> list[Path]:
    """Clean every file of a visit whose store is open, and write a new rolling backup in place of all there were.

    Returns the folders that restores moved aside and that had to be destroyed, as they do not open. Raises ReviewError
    where there is no room; then nothing is lost, and it is tried again at the next opening.
    """
    with store.transaction() as db:
        written_files.note_withdrawal(db, store.written.elsewhere())
    withdrawal.scrub(store.db)
    fresh = rolling_backups.write(home, visit, store)
    change_log.empty_kept(store.folder)
    left = rolling_backups.delete(old for old in rolling_backups.oldest_first(store.folder) if old != fresh)
    destroyed = []
    for folder in known_notices.aside(home, visit):
        try:
            _clean_aside(home, visit, folder, store)
        except (Damaged, DatabaseError):
            destroyed.append(folder)
            left += destroy(folder)
        except ReviewError:  # another program has it open
            left.append(folder)
    left += destroy_unfinished(home)
    with contextlib.suppress(OSError):
        renewing.mark(store.folder)
    if not left:
        with store.transaction() as db:
            withdrawal.scrubbed(db)
    return destroyed


def destroy_unfinished(home: Home) -> list[Path]:
    """Destroy what restores and new visits that were killed left in a home; returns what could not be deleted."""
    with unfinished(home) as found:
        return [path for folder, lock in found.items() for path in destroy(folder, lock)]


@contextmanager
def unfinished(home: Home) -> Iterator[dict[Path, VisitLock]]:
    """The folders that restores and new visits left when they were killed, locked within; not those that go on."""
    visits = home.folder / "visits"
    found: dict[Path, VisitLock] = {}
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(home.lock())  # who holds it may be making or restoring one right now
        except ReviewError:
            yield found
            return
        for folder in sorted(path for pattern in _UNFINISHED for path in visits.glob(pattern) if path.is_dir()):
            with contextlib.suppress(ReviewError):
                found[folder] = stack.enter_context(VisitLock(folder))
        yield found


def destroy(folder: Path, lock: VisitLock | None = None) -> list[Path]:
    """Destroy the keys in a folder, then its files; returns what could not be deleted."""
    deletion.mark(folder)
    held = deletion.destroy_keys(folder)
    if lock is not None:
        lock.release_to_move()
    return held + [path for path in deletion.delete(folder) if path not in held]


def _clean_aside(home: Home, visit: str, folder: Path, store: VisitStore) -> None:
    """Blank in a folder that a restore moved aside what the visit knows to be withdrawn; its backups and its key go."""
    old = VisitStore(folder, home.key_in(folder), clock=home.clock)
    try:
        known_notices.apply(old, [known_notices.source_of(store.db)])
        withdrawal.scrub(old.db)
    finally:
        old.close()
    change_log.empty_kept(folder)
    rolling_backups.delete(rolling_backups.oldest_first(folder))
    with contextlib.suppress(OSError):
        renewing.mark(folder)
    renewing.renew(home, visit, aside=folder)
