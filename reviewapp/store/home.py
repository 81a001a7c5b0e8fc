"""One installation on disk: a folder with the wrapped home key and a folder for each visit; no visit's content."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from reviewapp.base import private_files
from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError
from reviewapp.base.file_names import is_portable
from reviewapp.base.files import reason_of, save_file, shortened, sync_folder, when_free
from reviewapp.base.i18n import _
from reviewapp.base.paths import is_set_up
from reviewapp.store import deletion, key_wrapping, keys, schema, unlock_throttle
from reviewapp.store.clock import Clock, utc_now
from reviewapp.store.damage import damaged_store, told_as_damage
from reviewapp.store.driver import DatabaseError, refused_by_place
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore, cannot_open
from reviewapp.visit.entities import HEADER

LONGEST_PATH = 130 if os.name == "nt" else 400
"""Most bytes in the path of an installation; the longest name below it, and what SQLite adds, fit in the rest.

Windows takes 260 characters unless it was told otherwise, SQLite 512 bytes.
"""


class VisitKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key.json` beside a store: the schema version it was written with, and its key wrapped by the home key."""

    store: int
    sealed: str


class _Version(msgspec.Struct):
    store: int


class Home:
    """An unlocked installation: creates, opens and finds the stores of its visits."""

    def __init__(self, folder: Path, key: bytes, *, clock: Clock = utc_now) -> None:
        """Takes the unwrapped home key; callers use `create`, `unlock` or `recover`."""
        self.folder = folder
        self.key = key
        self.clock = clock

    @staticmethod
    def exists(folder: Path) -> bool:
        """True if this folder is an installation already; one whose key file is gone is still one."""
        return is_set_up(folder)

    @classmethod
    def create(cls, folder: Path, passphrase: str) -> tuple[Home, str]:
        """Set the passphrase of a new installation; returns it unlocked, and the recovery code.

        Raises Invalid when the folder cannot be used, holds an installation already, or the passphrase is too short.
        """
        check_path(folder)
        try:
            private_files.make_folder(folder)
            exists = cls.exists(folder)
        except OSError as error:
            raise Invalid(
                _("{folder} cannot be used: {why}", folder=shortened(folder), why=reason_of(error)),
                do=_("choose another folder"),
            ) from error
        if exists:
            raise Invalid(_("{folder} already has a passphrase", folder=folder), do=_("open it with that passphrase"))
        key, code = keys.create(folder, passphrase)
        return cls(folder, key), code

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock = utc_now) -> Home:
        """The installation, unlocked with its passphrase.

        Raises WrongPassphrase, TooSoon (after several wrong ones), Damaged or NewerVersion.
        """
        stored = keys.read(folder)
        key = unlock_throttle.guarded(folder, clock, lambda: keys.unlock(stored, passphrase))
        deletion.finish(folder / "visits")
        private_files.own(folder / "visits", private_files.FOLDER)
        return cls(folder, key, clock=clock)

    @classmethod
    def recover(cls, folder: Path, code: str, passphrase: str, *, clock: Clock = utc_now) -> Home:
        """Set a new passphrase with the recovery code, which stays valid; returns the installation unlocked.

        Raises like `unlock`.
        """
        stored = keys.read(folder)
        key = unlock_throttle.guarded(folder, clock, lambda: keys.unlock_with_code(stored, code))
        keys.change_passphrase(folder, key, passphrase)
        return cls(folder, key, clock=clock)

    def delete_key_file(self) -> None:
        """Delete the key file and the count of wrong passphrases of an installation that holds nothing."""
        keys.path_of(self.folder).unlink(missing_ok=True)
        unlock_throttle.path_of(self.folder).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder that holds something else stays
            self.folder.rmdir()

    def visit_ids(self) -> list[str]:
        """The ids of the visits on this laptop, sorted; also of those whose key or store is gone."""
        visits = self.folder / "visits"
        try:
            return sorted(
                path.name
                for path in visits.iterdir()
                if path.name.isalnum() and _holds_something(path) and not deletion.is_marked(path)
            )
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ReviewError(
                _("the visits in {folder} cannot be listed: {why}", folder=shortened(visits), why=reason_of(error)),
                do=_("put that right and try again"),
                kept=_("what is there is left as it is"),
            ) from error

    def visit_folder(self, visit: str) -> Path:
        """The folder of a visit. Raises Invalid when `visit` cannot be an id."""
        if not (visit.isalnum() and visit.isascii() and len(visit) <= 64 and is_portable(visit)):
            raise Invalid(_("{visit} is not the id of a visit", visit=f"{visit!r}"), do=_("see the ids with: visits"))
        return self.folder / "visits" / visit

    def new_store(self, visit: str, fill: Callable[[VisitStore], None]) -> None:
        """Create the store of a new visit under a key of its own; `fill` writes its first content.

        The visit exists once `fill` has returned; when it raises, nothing is left behind. Raises Invalid when the visit
        is on this laptop already.
        """
        folder = self.visit_folder(visit)
        deletion.finish(folder.parent)
        if folder.exists():
            raise Invalid(
                _("the visit {visit} is on this laptop already", visit=visit), do=_("open it from the list of visits")
            )
        key = os.urandom(32)
        fresh = folder.with_name(f".making-{secrets.token_hex(4)}")
        try:
            store = VisitStore.create(fresh, key, clock=self.clock)
            try:
                fill(store)
            finally:
                store.close()
            self.wrap_visit_key(fresh, key)
            when_free(lambda: fresh.rename(folder))
            sync_folder(folder.parent)
        except BaseException as error:
            shutil.rmtree(fresh, ignore_errors=True)
            if isinstance(error, DatabaseError) and refused_by_place(error):
                raise cannot_open(folder, error) from error
            raise

    def open_store(self, visit: str, *, read_only: bool = False, lock: VisitLock | None = None) -> VisitStore:
        """The store of a visit, opened; `lock` as in `VisitStore`. Raises Invalid, Busy, Damaged or NewerVersion."""
        folder = self.visit_folder(visit)
        if visit not in self.visit_ids():
            raise Invalid(_("there is no visit {visit} on this laptop", visit=visit), do=_("see the ids with: visits"))
        key = self.visit_key(visit)
        store = VisitStore(folder, key, read_only=read_only, clock=self.clock, lock=lock)
        try:
            same = self.visit_key(visit) == key
            if same:
                _check_is_of(visit, store)
        except BaseException:
            store.close()
            raise
        if same:
            return store
        store.close()  # it was replaced by a restore before the lock was ours
        return self.open_store(visit, read_only=read_only, lock=lock)

    def visit_key(self, visit: str) -> bytes:
        """The raw key of a visit's store. Raises Damaged or NewerVersion."""
        return self.key_in(self.visit_folder(visit))

    def key_in(self, folder: Path) -> bytes:
        """The raw key of the store in a folder, also of one that a restore moved aside. Raises like `visit_key`."""
        path = folder / "key.json"
        what = _("{path} is damaged", path=path) if os.path.lexists(path) else _("{path} is missing", path=path)
        damaged = Damaged(what, do=_("restore the newest backup of this visit"), kept=_("the visit is left as it is"))
        try:
            raw = path.read_bytes()
            if msgspec.json.decode(raw, type=_Version).store > schema.VERSION:
                raise NewerVersion(
                    _("the visit {visit} was written by a later version of the program", visit=folder.name),
                    do=_("open it with that version or a newer one"),
                    kept=_("it was left untouched"),
                )
            key = key_wrapping.unwrap(self.key, msgspec.json.decode(raw, type=VisitKey).sealed, "visit key")
        except (FileNotFoundError, IsADirectoryError, msgspec.DecodeError, ValueError, RecursionError) as error:
            raise damaged from error
        except OSError as error:
            raise damaged if os.path.isdir(path) else cannot_open(path.parent, error) from error
        if key is None:
            raise damaged
        return key

    def wrap_visit_key(self, folder: Path, key: bytes) -> None:
        """Write `key.json` for a store: its key, wrapped by the home key."""
        sealed = VisitKey(schema.VERSION, key_wrapping.wrap(self.key, key, "visit key"))
        save_file(folder / "key.json", msgspec.json.encode(sealed))

    def change_passphrase(self, old: str, new: str) -> None:
        """Replace the passphrase `old` by `new`. Raises WrongPassphrase when `old` is not the present one.

        Raises TooSoon after several wrong ones, Invalid when `new` is too short.
        """
        stored = keys.read(self.folder)
        unlock_throttle.guarded(self.folder, self.clock, lambda: keys.unlock(stored, old))
        keys.change_passphrase(self.folder, self.key, new)


def check_path(folder: Path) -> None:
    """Raise Invalid when the path of a new installation is so long that no visit could be kept below it."""
    length = len(os.fsencode(folder.absolute()))
    if length > LONGEST_PATH:
        raise Invalid(
            _("the path {folder} is too long ({length} of at most {most} letters)", folder=shortened(folder, 60),
              length=length, most=LONGEST_PATH),
            field="home",
            do=_("choose a folder with a shorter path"),
        )  # fmt: skip


def _check_is_of(visit: str, store: VisitStore) -> None:
    """Raise Damaged unless the store says that it is of this visit, and what that visit is."""
    with told_as_damage(visit):
        if store.local("visit") != visit or not store.rows(HEADER):
            raise damaged_store(visit)


def _holds_something(folder: Path) -> bool:
    """True for a folder with something in it, or of which that cannot be known."""
    try:
        return any(True for __ in folder.iterdir())
    except NotADirectoryError:
        return False
    except OSError:
        return True
