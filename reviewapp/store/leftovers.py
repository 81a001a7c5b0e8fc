"""What a program that was killed left in an installation: finished, or taken back, when it is next unlocked."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import sync_folder
from reviewapp.store import deletion, rotation
from reviewapp.store.home_lock import WAIT, home_lock
from reviewapp.store.visit_lock import VisitLock

MAKING = ".making-"
"""Begins the name of a folder in which a visit is made; it gets its name when it is whole."""
RESTORING = ".restoring-"
"""Begins the name of a folder in which a visit is restored, followed by its id; its key is written last."""


RENEWED = ".renewed"
"""Name of the folder, in that of a visit, in which its store lies under a new key that counts (`renewing`)."""
DUE = "key-to-renew"
"""Name of the empty file in a visit's folder that says that its key is to be made anew."""


def finish(folder: Path) -> None:
    """Finish what was interrupted where all of it had been written, and take back the rest.

    Raises Busy or ReviewError where keys that were made anew cannot be put in place; the rest is left for another time.
    """
    committed, visits = rotation.is_committed(folder), folder / "visits"
    renewed = any(visits.glob(f"*/{RENEWED}"))
    if not (rotation.is_interrupted(folder) or _of(visits, MAKING) or _of(visits, RESTORING) or renewed):
        return
    try:
        with home_lock(folder, wait=WAIT if committed else 0):  # who holds it may be making or restoring one right now
            finish_locked(folder)
    except (OSError, ReviewError):
        if committed:
            raise


def finish_locked(folder: Path) -> None:
    """The same, where the lock of the installation is held."""
    rotation.finish(folder)
    _finish(folder / "visits")


def finish_renewal(folder: Path) -> None:
    """Put a visit's store and its new key in place, under the lock of the visit; can be repeated. Raises OSError."""
    rotation.put_in_place(folder / RENEWED, folder)
    (folder / DUE).unlink(missing_ok=True)
    shutil.rmtree(folder / RENEWED)
    sync_folder(folder)


def _of(visits: Path, name: str) -> list[Path]:
    return [path for path in visits.glob(f"{name}*") if path.is_dir()]


def _finish(visits: Path) -> None:
    for renewed in list(visits.glob(f"*/{RENEWED}")):
        with contextlib.suppress(OSError, ReviewError), VisitLock(renewed.parent):
            finish_renewal(renewed.parent)
    for fresh in _of(visits, MAKING):
        deletion.destroy_keys(fresh)
        shutil.rmtree(fresh, ignore_errors=True)
    for fresh in _of(visits, RESTORING):
        visit, _, more = fresh.name.removeprefix(RESTORING).partition("-")
        if more and (fresh / deletion.KEY).is_file() and not (visits / visit).exists():
            fresh.rename(visits / visit)  # what was there had been put aside, or there was nothing
            sync_folder(visits)
        elif more or not (fresh / deletion.KEY).is_file():
            deletion.destroy_keys(fresh)
            deletion.delete(fresh)
