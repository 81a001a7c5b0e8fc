"""Making the keys of an installation anew: a passphrase, a code or a copy of before opens nothing written since.

Everything new is written beside what is there, synced, and counts from one rename on (`STAGED` to `COMMITTED`); what
follows are renames and short writes that can be done again, without any key, however often they were interrupted. So a
program that is killed anywhere leaves all as it was or all new: `finish` does the rest when the program starts next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import NewerVersion, ReviewError
from reviewapp.base.files import reason_of, save_file, sync_folder, when_free
from reviewapp.base.i18n import _
from reviewapp.base.paths import spare_key_files
from reviewapp.store import (
    backup_cover,
    backup_key,
    change_log,
    deletion,
    driver,
    key_copies,
    keys,
    schema,
    visit_key,
    written_files,
)
from reviewapp.store.clock import utc_now
from reviewapp.store.driver import DatabaseError
from reviewapp.store.keys import KeyFile
from reviewapp.store.store_file import SMALLEST
from reviewapp.store.visit_key import VisitKey
from reviewapp.store.visit_lock import VisitLock

STAGED = ".keys-staged"
COMMITTED = ".keys-committed"
_DATABASE = "visit.db"
_COVERS = "covers"
_BACKUPS = "backups"

Told = Callable[[int, int], None]
"""Called before each visit with its number, from 1, and how many there are; may raise to stop: then nothing changed."""


def quiet(_number: int, _of: int) -> None:
    """Tells nobody."""


def rotate(folder: Path, old: bytes, made: KeyFile, new: bytes, told: Told = quiet) -> None:
    """Make every key below `folder` anew: `made` is the key file of the home key `new`, `old` is the one before.

    Under the lock of the installation, with nothing left of what was killed there (`leftovers`). Raises Busy while
    another program has a visit open, ReviewError where there is no room; then nothing has changed.
    """
    if key_copies.find(folder).keys.generation != made.generation - 1:
        raise key_copies.changed_meanwhile()
    with contextlib.ExitStack() as locks:
        visits = _folders(folder)
        for one in visits:
            locks.enter_context(VisitLock(one, do=_("close it there, and try again")))
        staged = folder / STAGED
        try:
            _stage(staged, visits, old, new, made, told)
            staged.rename(folder / COMMITTED)
        except BaseException as error:
            shutil.rmtree(staged, ignore_errors=True)
            if isinstance(error, OSError | DatabaseError):
                raise _no_room(error) from error
            raise
        sync_folder(folder)
        _roll_forward(folder)


def is_interrupted(folder: Path) -> bool:
    """True if a change of keys was killed here and was thrown away or finished by nobody yet."""
    return is_committed(folder) or (folder / STAGED).exists()


def is_committed(folder: Path) -> bool:
    """True if new keys count that are not all in place yet."""
    return (folder / COMMITTED).exists()


def finish(folder: Path) -> None:
    """Put everything new in place if all of it was written, else throw it away; under the lock of the installation.

    Raises ReviewError where it cannot be put in place.
    """
    shutil.rmtree(folder / STAGED, ignore_errors=True)
    if is_committed(folder):
        _roll_forward(folder)


def _folders(folder: Path) -> list[Path]:
    """Every folder in which there is a store or a key for one, also of visits that a restore put aside."""
    found = [path for path in sorted((folder / "visits").glob("*")) if not deletion.is_marked(path)]
    return [path for path in found if any(os.path.lexists(path / name) for name in (deletion.KEY, _DATABASE, _BACKUPS))]


# Before the rename: everything new is written beside what is there ---------------------------------------------------


def _stage(staged: Path, visits: list[Path], old: bytes, new: bytes, made: KeyFile, told: Told) -> None:
    private_files.make_folder(staged)
    for number, visit in enumerate(visits, start=1):
        told(number, len(visits))
        place = staged / visit.name
        private_files.make_folder(place)
        _stage_key(visit, place, old, new, made.generation)
        _stage_backups(visit, place, old, new)
        sync_folder(place)
    for number in range(len(_key_files(staged))):
        save_file(staged / _key_name(number), keys.encoded(made))  # syncs the folder too


def _stage_key(visit: Path, place: Path, old: bytes, new: bytes, generation: int) -> None:
    """The store under a new key of its own, and that key; where the store cannot be read, the key it has."""
    known = _known_key(visit)
    if known is None or (key := known.opened(old)) is None:
        return  # damaged: what cannot be opened now cannot be made worse
    fresh = os.urandom(32)
    try:
        if known.store > schema.VERSION or _is_no_store(visit / _DATABASE):
            raise DatabaseError  # left as it is
        if change_log.has_lost_changes(visit):
            change_log.keep_damaged(visit, utc_now())  # opening it throws the log away
        driver.copy_with_new_key(visit / _DATABASE, key, place / _DATABASE, fresh)
    except DatabaseError as error:
        if driver.refused_by_place(error):
            raise
        (place / _DATABASE).unlink(missing_ok=True)
        fresh = key
    for path in written_files.beside(visit, key):
        written_files.add_beside(place, fresh, path)
    visit_id = known.visit or _visit_of(visit)
    VisitKey.sealed_for(visit_id, fresh, new, generation, store=known.store).write(place)


def _known_key(visit: Path) -> VisitKey | None:
    """The key of a store as the file beside it says; None where that is gone or spoilt.

    Raises NewerVersion for one of a later version and OSError for one that cannot be read: sealed under the old home
    key alone, it would be lost.
    """
    try:
        raw = visit_key.raw(visit)
    except (FileNotFoundError, IsADirectoryError):
        return None
    except OSError:
        if (visit / deletion.KEY).is_dir():
            return None
        raise
    try:
        if msgspec.json.decode(raw, type=_Store).store > schema.VERSION and visit_key.read(visit) is None:
            raise _of_later_version(visit)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return visit_key.read(visit)


class _Store(msgspec.Struct):
    store: int


def _of_later_version(path: Path) -> NewerVersion:
    return NewerVersion(
        _("{path} was written by a later version of the program, so its key cannot be changed", path=path),
        do=_("use that version or a newer one"),
        kept=_("the passphrase and the recovery code are unchanged"),
    )


def _is_no_store(path: Path) -> bool:
    """True where there is no file that can be a store: SQLite would make an empty one of it."""
    try:
        return path.stat().st_size < SMALLEST
    except FileNotFoundError:
        return True


def _visit_of(folder: Path) -> str:
    """The visit that a folder is of; of one that a restore put aside, the visit it was."""
    return folder.name.removeprefix(".before-restore-").partition("-")[0]


def _stage_backups(visit: Path, place: Path, old: bytes, new: bytes) -> None:
    """A new backup key, and the first lines of the backups that hang on it, to be written over those that are there."""
    visit_id, backups = _visit_of(visit), _files(visit / _BACKUPS)
    hung_on, hangs_on = backup_key.read(old, visit, visit_id), os.urandom(driver.KEY_BYTES)
    lines = {path.name: backup_cover.resealed(path, old, hung_on, hangs_on) for path in backups}
    if hung_on is None and not any(lines.values()):
        return
    backup_key.write(new, place, visit_id, hangs_on)
    private_files.make_folder(place / _COVERS)
    for name, line in lines.items():
        if line is not None:
            save_file(place / _COVERS / name, line)


def _no_room(error: Exception) -> ReviewError:
    why = reason_of(error) if isinstance(error, OSError) else driver.reason_of(error)
    return ReviewError(
        _("the keys cannot be changed: {why}", why=why),
        do=_("free as much space on this disk as the largest visits take, and try again"),
        kept=_("the passphrase and the recovery code are unchanged"),
    )


# From the rename on: everything is put in place; any of it can be done again ------------------------------------------


def _roll_forward(folder: Path) -> None:
    """Put what was committed in place. Raises ReviewError when a file is held; the next start tries again."""
    committed = folder / COMMITTED
    try:
        for place in sorted(committed.iterdir()):
            put_in_place(place, folder / "visits" / place.name)
        for number, path in enumerate(_key_files(folder)):
            _replace(committed / _key_name(number), path, spoil=True)
        sync_folder(folder)
        shutil.rmtree(committed)
        sync_folder(folder)
    except OSError as error:
        raise ReviewError(
            _("the new keys are not in place yet: {why}", why=reason_of(error)),
            do=_("close every other window and program that has a visit open, and start this one again"),
            kept=_("use the new passphrase and the new code; nothing is lost"),
        ) from error


def put_in_place(place: Path, visit: Path) -> None:
    """Put a store, keys and first lines of backups that were written in `place` into a visit's folder; can be repeated.

    Raises OSError.
    """
    if not visit.is_dir():
        return  # it was deleted by hand
    if (place / _DATABASE).exists():
        for log in ("-wal", "-shm"):  # all they hold is in the new file
            with contextlib.suppress(FileNotFoundError):
                when_free((visit / (_DATABASE + log)).unlink)
        _replace(place / _DATABASE, visit / _DATABASE)
    _replace(place / written_files.NAME, visit / written_files.NAME)
    for staged in _files(place / _COVERS):
        _write_over(visit / _BACKUPS / staged.name, staged.read_bytes())
    for name in (*backup_key.NAMES, deletion.KEY):
        _replace(place / name, visit / name, spoil=True)
    sync_folder(visit)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _replace(new: Path, old: Path, *, spoil: bool = False) -> None:
    """Rename a new file over the old one; nothing where that was done before. `spoil`: overwrite the old one first."""
    if not new.exists():
        return
    if spoil:
        _write_over(old, os.urandom(max(64, old.stat().st_size if old.is_file() else 0)))
    if old.is_dir():
        old.rmdir()
    private_files.make_folder(old.parent)
    when_free(lambda: new.replace(old))
    if old.parent != new.parent.parent:
        sync_folder(old.parent)


def _write_over(path: Path, data: bytes) -> None:
    """Write over the beginning of a file, and sync it; nothing to do where there is none."""
    with contextlib.suppress(FileNotFoundError, IsADirectoryError), path.open("r+b") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _key_files(folder: Path) -> list[Path]:
    return [keys.path_of(folder), *spare_key_files(folder)]


def _key_name(number: int) -> str:
    return f"home-{number}.json"
