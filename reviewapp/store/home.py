"""One installation: a folder with the wrapped key and a folder for each visit."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, Invalid, NewerVersion
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.base.paths import is_set_up
from reviewapp.store import key_wrapping, keys, schema, unlock_throttle
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.visit_store import Clock, VisitStore, utc_now


class VisitKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`key.json` beside a store: the version it was written by, and its key wrapped by the home key."""

    store: int
    sealed: str


class _Version(msgspec.Struct):
    store: int


class Home:
    """An unlocked installation."""

    def __init__(self, folder: Path, key: bytes, *, clock: Clock = utc_now) -> None:
        """Use `create` or `unlock`."""
        self.folder = folder
        self.key = key
        self.clock = clock

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether this folder is an installation already; one whose key file is gone is still one."""
        return is_set_up(folder)

    @classmethod
    def create(cls, folder: Path, passphrase: str, *, stretch: Argon2Params | None = None) -> tuple[Home, str]:
        """Set the passphrase of a new installation; returns it unlocked, and the recovery code."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Invalid(
                _("{folder} cannot be used: {strerror}", folder=folder, strerror=error.strerror),
                do=_("choose another folder"),
            ) from error
        if cls.exists(folder):
            raise Invalid(_("{folder} already has a passphrase", folder=folder), do=_("open it with that passphrase"))
        key, code = keys.create(folder, passphrase, stretch=stretch)
        return cls(folder, key), code

    @classmethod
    def unlock(cls, folder: Path, passphrase: str, *, clock: Clock = utc_now) -> Home:
        """Raises WrongPassphrase, TooSoon (after several wrong ones), Damaged or NewerVersion."""
        stored = keys.read(folder)
        return cls(folder, unlock_throttle.guarded(folder, clock, lambda: keys.unlock(stored, passphrase)), clock=clock)

    @classmethod
    def recover(cls, folder: Path, code: str, passphrase: str, *, clock: Clock = utc_now) -> Home:
        """Set a new passphrase with the recovery code, which stays valid. Raises like `unlock`."""
        stored = keys.read(folder)
        key = unlock_throttle.guarded(folder, clock, lambda: keys.unlock_with_code(stored, code))
        keys.change_passphrase(folder, key, passphrase)
        return cls(folder, key, clock=clock)

    def forget(self) -> None:
        """Remove the key file of an installation that holds nothing."""
        keys.path_of(self.folder).unlink(missing_ok=True)
        unlock_throttle.path_of(self.folder).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder that holds something else stays
            self.folder.rmdir()

    def visit_ids(self) -> list[str]:
        """The visits on this laptop."""
        visits = self.folder / "visits"
        if not visits.is_dir():
            return []
        return sorted(p.name for p in visits.iterdir() if p.name.isalnum() and (p / "key.json").exists())

    def visit_folder(self, visit: str) -> Path:
        """Where a visit lives. Raises Invalid for what cannot be a visit's id."""
        if not (visit.isalnum() and visit.isascii() and len(visit) <= 64):
            raise Invalid(_("{visit} is not the id of a visit", visit=f"{visit!r}"), do=_("see the ids with: visits"))
        return self.folder / "visits" / visit

    def new_store(self, visit: str, fill: Callable[[VisitStore], None]) -> None:
        """A new visit under a key of its own. It exists once `fill` has put in what it starts with."""
        folder = self.visit_folder(visit)
        if folder.exists():
            raise Invalid(
                _("the visit {visit} is on this laptop already", visit=visit), do=_("open it from the list of visits")
            )
        key = os.urandom(32)
        try:
            store = VisitStore.create(folder, key, clock=self.clock)
            try:
                fill(store)
            finally:
                store.close()
            self.wrap_visit_key(folder, key)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def open_store(self, visit: str, *, read_only: bool = False) -> VisitStore:
        """The store of a visit. Raises Invalid, Busy, Damaged or NewerVersion."""
        folder = self.visit_folder(visit)
        if not (folder / "key.json").exists():
            raise Invalid(_("there is no visit {visit} on this laptop", visit=visit), do=_("see the ids with: visits"))
        return VisitStore(folder, self.visit_key(visit), read_only=read_only, clock=self.clock)

    def visit_key(self, visit: str) -> bytes:
        """The raw key of a visit's store."""
        path = self.visit_folder(visit) / "key.json"
        damaged = Damaged(
            _("{path} is damaged", path=path),
            do=_("restore the newest backup of this visit"),
            kept=_("it was left as is"),
        )
        try:
            raw = path.read_bytes()
            if msgspec.json.decode(raw, type=_Version).store > schema.VERSION:
                raise NewerVersion(
                    _("the visit {visit} was written by a later version of the program", visit=visit),
                    do=_("open it with that version or a newer one"),
                    kept=_("it was left untouched"),
                )
            key = key_wrapping.unwrap(self.key, msgspec.json.decode(raw, type=VisitKey).sealed, "visit key")
        except (OSError, msgspec.DecodeError, ValueError) as error:
            raise damaged from error
        if key is None:
            raise damaged
        return key

    def wrap_visit_key(self, folder: Path, key: bytes) -> None:
        """Write `key.json` for a store."""
        sealed = VisitKey(schema.VERSION, key_wrapping.wrap(self.key, key, "visit key"))
        save_file(folder / "key.json", msgspec.json.encode(sealed), private=True)

    def change_passphrase(self, old: str, new: str) -> None:
        """Raises WrongPassphrase when `old` is not the present one."""
        stored = keys.read(self.folder)
        unlock_throttle.guarded(self.folder, self.clock, lambda: keys.unlock(stored, old))
        keys.change_passphrase(self.folder, self.key, new)
