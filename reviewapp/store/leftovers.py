"""What a program that was killed left in an installation: finished, or taken back, when it is next unlocked."""

from __future__ import annotations

import shutil
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import sync_folder
from reviewapp.store import deletion, rotation
from reviewapp.store.home_lock import WAIT, home_lock

MAKING = ".making-"
"""Begins the name of a folder in which a visit is made; it gets its name when it is whole."""
RESTORING = ".restoring-"
"""Begins the name of a folder in which a visit is restored, followed by its id; its key is written last."""


def finish(folder: Path) -> None:
    """Finish what was interrupted where all of it had been written, and take back the rest.

    Raises Busy or ReviewError where keys that were made anew cannot be put in place; the rest is left for another time.
    """
    committed, visits = rotation.is_committed(folder), folder / "visits"
    if not (rotation.is_interrupted(folder) or _of(visits, MAKING) or _of(visits, RESTORING)):
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


def _of(visits: Path, name: str) -> list[Path]:
    return [path for path in visits.glob(f"{name}*") if path.is_dir()]


def _finish(visits: Path) -> None:
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
