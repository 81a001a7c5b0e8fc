"""One installation on disk: a folder with the wrapped home key and a folder for each visit; no visit's content."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.base.errors import Invalid, WrongPassphrase
from reviewapp.base.files import reason_of, shortened, sync_folder, when_free
from reviewapp.base.i18n import _
from reviewapp.base.paths import is_set_up, spare_key_files
from reviewapp.store import deletion, key_copies, keys, leftovers, rotation, unlock_throttle, visit_folders, visit_key
from reviewapp.store.clock import Clock, utc_now
from reviewapp.store.damage import damaged_store, told_as_damage
from reviewapp.store.driver import DatabaseError, refused_by_place
from reviewapp.store.home_lock import LOCK, home_lock
from reviewapp.store.keys import KeyFile
from reviewapp.store.rotation import Told, quiet
from reviewapp.store.store_file import cannot_open
from reviewapp.store.visit_key import VisitKey
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import HEADER


class Home:
    """An unlocked installation: creates, opens and finds the stores of its visits."""

    def __init__(self, folder: Path, key: bytes, *, clock: Clock = utc_now) -> None:
        """Takes the unwrapped home key; callers use `create`, `unlock` or `recover`."""
        self.folder = folder
        self.key = key
        self.clock = clock
        self.told = ""
        """What was wrong with the key file when it was unlocked, and what became of it; empty when all was well."""
        self._generation: int | None = None

    @property
    def generation(self) -> int:
        """The generation of the home key."""
        if self._generation is None:
            self._generation = self.key_file().generation
        return self._generation

    def key_file(self) -> KeyFile:
        """The wrapped keys of this installation, for whatever is to open with the same secrets."""
        return key_copies.find(self.folder).keys

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Held while something is made with the home key. Raises Busy, or Damaged when the key was made anew since."""
        with home_lock(self.folder):
            if self.key_file().generation != self.generation:
                raise key_copies.changed_meanwhile()
            yield

    @staticmethod
    def exists(folder: Path) -> bool:
        """True if this folder is an installation already; one whose key file is gone is still one."""
        return is_set_up(folder)

    @classmethod
    def create(cls, folder: Path, passphrase: str) -> tuple[Home, str]:
        """Set the passphrase of a new installation; returns it unlocked, and the recovery code.

        Raises Invalid when the folder cannot be used, holds an installation already, or the passphrase is too short.
        """
        visit_folders.check_path(folder)
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
        home = cls(folder, key)
        key_copies.write_spares(folder, keys.encoded(home.key_file()))
        return home, code

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock = utc_now) -> Home:
        """The installation, unlocked with its passphrase.

        Raises WrongPassphrase, TooSoon (after several wrong ones), Damaged or NewerVersion.
        """
        home, __ = cls._opened(folder, clock, lambda stored: keys.unlock(stored, passphrase))
        return home

    @classmethod
    def recover(
        cls, folder: Path, code: str, passphrase: str, *, clock: Clock = utc_now, told: Told = quiet
    ) -> Home:  # fmt: skip
        """Set a new passphrase with the recovery code, which stays valid; returns the installation unlocked.

        Every key is made anew (`rotation`), so that the passphrase before opens nothing more. Raises like `unlock`,
        Busy while a visit is open, Invalid when the passphrase is too short.
        """
        keys.check_passphrase(passphrase)
        home, __ = cls._opened(folder, clock, lambda stored: keys.unlock_with_code(stored, code))
        home._renew(passphrase, keys.recovery_of(code), told)
        return home

    @classmethod
    def _opened(cls, folder: Path, clock: Clock, unlock: Callable[[KeyFile], bytes]) -> tuple[Home, KeyFile]:
        """The installation, unlocked with what `unlock` does with its wrapped keys, and those keys.

        What an interrupted change or restore left is finished before, and a spoilt key file is put right after.
        """
        leftovers.finish(folder)
        found = key_copies.find(folder)
        try:
            key = unlock_throttle.guarded(folder, clock, lambda: unlock(found.keys))
        except WrongPassphrase as error:
            raise key_copies.refused(folder, error, found) from error
        if key_copies.is_outdated(folder, found.keys):
            raise key_copies.outdated(folder)
        told = key_copies.repair(folder, found)
        deletion.finish(folder / "visits")
        private_files.own(folder / "visits", private_files.FOLDER)
        home = cls(folder, key, clock=clock)
        home._generation, home.told = found.keys.generation, told
        return home, found.keys

    @classmethod
    def repair(cls, folder: Path, backup: Path, secret: str, *, clock: Clock = utc_now) -> Home:
        """Put a lost or spoilt key file back from a backup that was taken away; returns the installation, unlocked.

        `secret` is the passphrase or the recovery code of the day of the backup. Raises WrongPassphrase, TooSoon,
        Damaged for a file that holds no such keys or older ones than what lies here, Invalid for one of another
        installation.
        """
        leftovers.finish(folder)
        found = key_copies.from_backup(folder, backup)
        key = unlock_throttle.guarded(folder, clock, lambda: keys.unlock_with_either(found, secret))
        key_copies.check_fits(folder, key, backup)
        key_copies.write(folder, found)
        home = cls(folder, key, clock=clock)
        home._generation = found.generation
        return home

    def delete_key_file(self) -> None:
        """Delete the key file and the count of wrong passphrases of an installation that holds nothing."""
        for path in (keys.path_of(self.folder), *spare_key_files(self.folder)):
            path.unlink(missing_ok=True)
        (self.folder / LOCK).unlink(missing_ok=True)
        unlock_throttle.path_of(self.folder).unlink(missing_ok=True)
        for folder in (*(path.parent for path in spare_key_files(self.folder)), self.folder):
            with contextlib.suppress(OSError):  # a folder that holds something else stays
                folder.rmdir()

    def visit_ids(self) -> list[str]:
        """The ids of the visits on this laptop, sorted; also of those whose key or store is gone."""
        return [one for one in self.store_ids() if not visit_folders.is_set(one)]

    def set_ids(self) -> list[str]:
        """The ids of the network's sets on this laptop, sorted; they are kept like visits."""
        return [one for one in self.store_ids() if visit_folders.is_set(one)]

    def store_ids(self) -> list[str]:
        """The ids of everything that is kept here as a store: visits and sets, sorted."""
        return visit_folders.ids(self.folder / "visits")

    def visit_folder(self, visit: str) -> Path:
        """The folder of a visit. Raises Invalid when `visit` cannot be an id."""
        visit_folders.check_id(visit)
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
        with self.lock():
            self._make_store(visit, folder, fill)

    def _make_store(self, visit: str, folder: Path, fill: Callable[[VisitStore], None]) -> None:
        """Make the store in a folder that gets its name when it is whole."""
        key = os.urandom(32)
        fresh = folder.with_name(f"{leftovers.MAKING}{secrets.token_hex(4)}")
        try:
            store = VisitStore.create(fresh, key, clock=self.clock)
            try:
                fill(store)
            finally:
                store.close()
            self.wrap_visit_key(fresh, visit, key)
            when_free(lambda: fresh.rename(folder))
            sync_folder(folder.parent)
        except BaseException as error:
            deletion.destroy_keys(fresh)
            shutil.rmtree(fresh, ignore_errors=True)
            if isinstance(error, DatabaseError) and refused_by_place(error):
                raise cannot_open(folder, error) from error
            raise

    def open_store(self, visit: str, *, read_only: bool = False, lock: VisitLock | None = None) -> VisitStore:
        """The store of a visit, opened; `lock` as in `VisitStore`. Raises Invalid, Busy, Damaged or NewerVersion."""
        visit_folders.check_id(visit)
        if visit not in self.visit_ids():
            raise Invalid(_("there is no visit {visit} on this laptop", visit=visit), do=_("see the ids with: visits"))
        return self._opened_store(visit, read_only=read_only, lock=lock)

    def open_set(self, set_id: str, *, read_only: bool = False) -> VisitStore:
        """The store of a network's set, opened. Raises like `open_store`."""
        if set_id not in self.set_ids():
            raise Invalid(_("there is no set {id} on this laptop", id=set_id), do=_("see them with: national list"))
        return self._opened_store(set_id, read_only=read_only, lock=None)

    def _opened_store(self, visit: str, *, read_only: bool, lock: VisitLock | None) -> VisitStore:
        key = self.visit_key(visit)
        store = VisitStore(self.visit_folder(visit), key, read_only=read_only, clock=self.clock, lock=lock)
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
        return self._opened_store(visit, read_only=read_only, lock=lock)

    def visit_key(self, visit: str) -> bytes:
        """The raw key of a visit's store. Raises Damaged or NewerVersion."""
        return self.key_in(self.visit_folder(visit), of=visit)

    def key_in(self, folder: Path, *, of: str = "") -> bytes:
        """The raw key of the store in a folder, also of one that a restore moved aside. Raises like `visit_key`.

        `of`: the visit whose it has to be.
        """
        found = visit_key.found_in(folder)
        if found.generation > self.generation:
            raise key_copies.outdated(self.folder)
        key = found.opened(self.key)
        if key is None or (of and found.visit not in ("", of)):
            raise visit_key.damaged(folder)
        return key

    def wrap_visit_key(self, folder: Path, visit: str, key: bytes) -> None:
        """Write `key.json` for a store of a visit: its key, wrapped by the home key."""
        VisitKey.sealed_for(visit, key, self.key, self.generation).write(folder)

    def change_passphrase(self, old: str, new: str, *, told: Told = quiet) -> str:
        """Replace the passphrase `old` by `new`, and make every key anew, so that the old one opens nothing more.

        Returns a new recovery code where the old one could not be kept, as its key file knows no public half of it;
        else an empty text. `told` as in `rotation`. Raises WrongPassphrase when `old` is not the present one, TooSoon
        after several wrong ones, Invalid when `new` is too short, Busy while a visit is open.
        """
        keys.check_passphrase(new)
        stored = self._opened_anew(old)
        code = "" if stored.recovery.public else keys.new_recovery_code()
        self._renew(new, keys.recovery_of(code) if code else stored.recovery, told)
        return code

    def renew_recovery_code(self, passphrase: str, *, told: Told = quiet) -> str:
        """Replace the recovery code, and make every key anew, so that the old one opens nothing more.

        Returns the new code. Raises like `change_passphrase`.
        """
        self._opened_anew(passphrase)
        code = keys.new_recovery_code()
        self._renew(passphrase, keys.recovery_of(code), told)
        return code

    def _opened_anew(self, passphrase: str) -> KeyFile:
        """Unlock once more, as another program may have made the keys anew; returns the wrapped keys."""
        now, stored = self._opened(self.folder, self.clock, lambda stored: keys.unlock(stored, passphrase))
        self.key, self._generation = now.key, now.generation
        return stored

    def _renew(self, passphrase: str, recovery: keys.Wrapped, told: Told) -> None:
        """Make every key anew; this object goes on with the new home key."""
        fresh = os.urandom(32)
        made = keys.wrapped(fresh, self.generation + 1, passphrase, recovery)
        with home_lock(self.folder):
            leftovers.finish_locked(self.folder)
            rotation.rotate(self.folder, self.key, made, fresh, told)
        self.key, self._generation = fresh, made.generation


def _check_is_of(visit: str, store: VisitStore) -> None:
    """Raise Damaged unless the store says that it is of this visit, and what that visit is."""
    with told_as_damage(visit):
        named = store.local("visit") == visit
        if not named or not (visit_folders.is_set(visit) or store.rows(HEADER)):
            raise damaged_store(visit)
