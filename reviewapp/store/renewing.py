"""A new key for a visit's store once something was withdrawn, so that nothing that is left of its old files opens.

Blanked words stay in free blocks of the disk: of the log, which is cut off and grows again, and of the file from before
it was written anew. They are encrypted with the store's key; with a new one, and the old one overwritten, nobody reads
them. This needs the visit for itself, so it is done when it is closed, else when it is next opened. All that is new is
written beside what is there and counts from one rename on; what follows can be done again however often it was killed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.base.errors import ReviewError
from reviewapp.base.files import sync_folder
from reviewapp.store import deletion, driver, leftovers
from reviewapp.store.driver import DatabaseError
from reviewapp.store.home import Home
from reviewapp.store.leftovers import DUE, RENEWED
from reviewapp.store.visit_key import VisitKey
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore

_STAGED = ".renewing"


def mark(folder: Path) -> None:
    """Have the key of a store made anew when nobody has the visit open. Raises OSError."""
    private_files.make_file(folder / DUE)
    sync_folder(folder)


def is_due(folder: Path) -> bool:
    """True if the key is to be made anew, or was and is not in place yet."""
    return os.path.exists(folder / DUE) or os.path.exists(folder / RENEWED)


def renew(home: Home, visit: str, lock: VisitLock | None = None, *, aside: Path | None = None) -> bool:
    """Make the key anew if that is due and nobody has the visit open; returns whether it is done.

    `lock`: the visit's, where the caller holds it. `aside`: the folder of the visit that a restore moved aside, in
    place of its own. Where it cannot be done now, all is as it was, and it stays due.
    """
    folder = aside or home.visit_folder(visit)
    if not is_due(folder):
        return True
    try:
        with VisitLock(folder) if lock is None else contextlib.nullcontext(lock) as held:
            if not (folder / RENEWED).exists():
                _stage(home, visit, folder, held)
                (folder / _STAGED).rename(folder / RENEWED)
                sync_folder(folder)
            leftovers.finish_renewal(folder)
    except (ReviewError, DatabaseError, OSError):
        deletion.destroy_keys(folder / _STAGED)
        shutil.rmtree(folder / _STAGED, ignore_errors=True)
        return False
    return True


def _stage(home: Home, visit: str, folder: Path, lock: VisitLock) -> None:
    """Write the store under a new key, and that key, beside what is there. DatabaseError while somebody reads."""
    staged, fresh = folder / _STAGED, os.urandom(driver.KEY_BYTES)
    shutil.rmtree(staged, ignore_errors=True)
    private_files.make_folder(staged)
    store = VisitStore(folder, home.key_in(folder, of=visit), clock=home.clock, lock=lock)
    try:
        store.written.take_over()  # what lies beside the store is encrypted with its key
        with driver.without_waiting(store.db):
            store.db.execute("PRAGMA journal_mode = DELETE").fetchall()  # refused while another program reads
        private_files.make_file(staged / "visit.db")
        driver.copy_database(store.db, staged / "visit.db", fresh)
    finally:
        store.close()
    driver.check_copy(staged / "visit.db", fresh)
    VisitKey.sealed_for(visit, fresh, home.key, home.generation).write(staged)
    sync_folder(staged)
