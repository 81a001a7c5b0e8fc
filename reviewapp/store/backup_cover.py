"""The first, readable line of a backup: what it is of, and the wrapped key of the encrypted database that follows it.

Two kinds: one made to be taken away carries the wrapped home key, so it opens with the passphrase or the recovery code
of the installation that made it, anywhere. A rolling one carries neither: it opens only while the visit's backup key
lies beside the visit (`backup_key`). Before there was such a key, rolling backups were of the first kind.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError
from reviewapp.base.files import reason_of
from reviewapp.base.i18n import _
from reviewapp.store import key_wrapping, keys, schema
from reviewapp.store.keys import KeyFile

FORMAT = 2
LONGEST = 8192
"""Bytes of the longest first line."""


class BackupCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of a backup made to be taken away: versions, visit, and the wrapped keys that open the database after it."""

    reviewapp_backup: int
    store: int
    visit: str
    keys: KeyFile
    sealed: str

    def purpose(self) -> str:
        """What the seal is bound to: in format 1 to nothing of the visit."""
        if self.reviewapp_backup < 2:
            return "visit key"
        return f"backup of {self.visit} {self.store} {self.keys.generation}"


class RollingCover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of a rolling backup: versions, visit, its place in the order in which they were made, and its wrapped key."""

    reviewapp_backup: int
    store: int
    visit: str
    number: int
    sealed: str


class _Kind(msgspec.Struct):
    reviewapp_backup: int
    store: int
    number: int | None = None


def to_take_away(home_key: bytes, home_keys: KeyFile, visit: str, key: bytes) -> BackupCover:
    """The cover of a backup that opens with the secrets of this home, wherever it is."""
    made = BackupCover(FORMAT, schema.VERSION, visit, home_keys, "")
    return msgspec.structs.replace(made, sealed=key_wrapping.wrap(home_key, key, made.purpose()))


def rolling(backup_key: bytes, visit: str, number: int, key: bytes, *, store: int = schema.VERSION) -> RollingCover:
    """The cover of a rolling backup, bound to its visit and its number."""
    sealed = key_wrapping.wrap(backup_key, key, _purpose(visit, number))
    return RollingCover(FORMAT, store, visit, number, sealed)


def resealed(path: Path, home_key: bytes, old: bytes | None, new: bytes) -> bytes | None:
    """The first line of a rolling backup that hangs on `new`, as long as the one it has, to be written over that.

    `old`: the backup key on which it hangs; one from before there were such keys is opened by the home key, and hangs
    on `new` like the others from then on. None where neither opens it. Raises NewerVersion for a format that is not
    known here, and ReviewError for a file that cannot be read: it would open with nothing any more.
    """
    try:
        cover = _read(path, any_store=True)
        if isinstance(cover, BackupCover):
            key, number = key_with_home_key(path, cover, home_key), 0
        elif old is not None:
            key, number = key_with_backup_key(path, cover, old), cover.number
        else:
            return None
    except Damaged:
        return None
    with path.open("rb") as stream:
        length = len(stream.readline(LONGEST))
    line = msgspec.json.encode(rolling(new, cover.visit, number, key, store=cover.store)).ljust(length - 1) + b"\n"
    return line if len(line) == length else None


def read(path: Path) -> BackupCover | RollingCover:
    """The first line of a backup, decoded. Raises Damaged or NewerVersion, ReviewError when it cannot be read."""
    return _read(path)


def _read(path: Path, *, any_store: bool = False) -> BackupCover | RollingCover:
    """The same; with `any_store` also of a store of a later version, which only that version opens."""
    foreign = Damaged(_("{name} is not a backup of this program", name=path.name), do=_("choose another file"))
    try:
        with path.open("rb") as stream:
            line = stream.readline(LONGEST)
        found = msgspec.json.decode(line, type=_Kind)
        if found.reviewapp_backup > FORMAT or (found.store > schema.VERSION and not any_store):
            raise NewerVersion(
                _("{name} was written by a later version of the program", name=path.name), do=_("use that version")
            )
        if found.number is None:
            return msgspec.json.decode(line, type=BackupCover)
        return msgspec.json.decode(line, type=RollingCover)
    except (FileNotFoundError, IsADirectoryError, msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise foreign from error
    except OSError as error:
        if path.is_dir():
            raise foreign from error
        raise ReviewError(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("correct this and try again"),
        ) from error


def number_of(path: Path) -> int | None:
    """The place of a rolling backup in the order in which they were made; None where its first line does not say."""
    try:
        cover = read(path)
    except ReviewError:
        return None
    return cover.number if isinstance(cover, RollingCover) else None


def carries_own_key(path: Path) -> bool:
    """True for a backup that opens with a passphrase or a recovery code, wherever it is."""
    try:
        return isinstance(read(path), BackupCover)
    except ReviewError:
        return False


def key_with_secret(path: Path, cover: BackupCover, secret: str) -> bytes:
    """The key of a backup that was taken away, by the passphrase or the recovery code of the home that made it.

    Raises WrongPassphrase or Damaged.
    """
    if not cover.keys.reasonable() or cover.keys.format > keys.FORMAT:
        raise damaged(path)
    return _opened(path, keys.unlock_with_either(cover.keys, secret), cover.sealed, cover.purpose())


def key_with_home_key(path: Path, cover: BackupCover, home_key: bytes) -> bytes:
    """The key of a backup of the first kind that this home made. Raises Damaged."""
    return _opened(path, home_key, cover.sealed, cover.purpose())


def key_with_backup_key(path: Path, cover: RollingCover, backup_key: bytes) -> bytes:
    """The key of a rolling backup. Raises Damaged, also for one that hangs on another backup key."""
    return _opened(path, backup_key, cover.sealed, _purpose(cover.visit, cover.number))


def damaged(path: Path) -> Damaged:
    """The error that says that a backup is damaged."""
    return Damaged(_("{name} is damaged", name=path.name), do=_("try another backup"))


def _opened(path: Path, key: bytes, sealed: str, purpose: str) -> bytes:
    try:
        found = key_wrapping.unwrap(key, sealed, purpose)
    except ValueError as error:
        raise damaged(path) from error
    if found is None or len(found) != 32:
        raise damaged(path)
    return found


def _purpose(visit: str, number: int) -> str:
    return f"rolling backup {number} of {visit}"
