"""The key of one installation: random, and wrapped under the passphrase and under the recovery code.

`home.json` holds only wrapped keys. It carries a checksum of itself, so a damaged file is told from a wrong passphrase
before any passphrase is tried. Changing the passphrase is one atomic write of this file.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.base.files import reason_of, save_file
from reviewapp.base.i18n import _
from reviewapp.base.paths import home_key_file
from reviewapp.store import key_wrapping
from reviewapp.store.key_wrapping import Argon2Params

FORMAT = 1
MINIMUM_LENGTH = 6
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Wrapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The home key encrypted under one secret, with the Argon2 parameters that derive the wrapping key."""

    stretch: Argon2Params
    sealed: str


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The wrapped home key of an installation; also carried by each backup, so that it opens with the same secrets."""

    format: int
    passphrase: Wrapped
    recovery: Wrapped

    def reasonable(self) -> bool:
        """True if neither secret takes more memory or time than this program ever asks for."""
        return self.passphrase.stretch.reasonable() and self.recovery.stretch.reasonable()

    def checksum(self) -> str:
        """SHA-256, in hex, over the canonical JSON of the three fields."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()


class _Stored(msgspec.Struct, frozen=True):
    format: int
    keys: KeyFile
    checksum: str


class _Format(msgspec.Struct):
    format: int


def create(folder: Path, passphrase: str) -> tuple[bytes, str]:
    """Write the key file of a new installation; returns the home key and the recovery code (shown once).

    Raises Invalid for a passphrase shorter than MINIMUM_LENGTH.
    """
    _check_passphrase(passphrase)
    key = os.urandom(32)
    code = new_recovery_code()
    under_passphrase = _wrapped(key, passphrase, Argon2Params.fresh(key_wrapping.PASSPHRASE_COST))
    under_code = _wrapped(key, plain_code(code), Argon2Params.fresh(key_wrapping.RECOVERY_COST))
    _write(folder, KeyFile(FORMAT, under_passphrase, under_code))
    return key, code


def path_of(folder: Path) -> Path:
    """The path of an installation's key file."""
    return home_key_file(folder)


def read(folder: Path) -> KeyFile:
    """The wrapped keys of an installation, their checksum verified. Raises Damaged or NewerVersion."""
    path = path_of(folder)
    damaged = Damaged(
        _("the key file {path} is damaged", path=path),
        do=_("put back a copy of it, or restore a visit from a backup into a new folder"),
        kept=_("the visits beside it are untouched"),
    )
    raw = _read_file(path, damaged)
    try:
        version = msgspec.json.decode(raw, type=_Format).format
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged from error
    if version > FORMAT:
        raise NewerVersion(
            _("{folder} was written by a later version of the program", folder=folder),
            do=_("open it with that version or a newer one"),
        )
    try:
        stored = msgspec.json.decode(raw, type=_Stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged from error
    if stored.checksum != stored.keys.checksum() or not stored.keys.reasonable():
        raise damaged
    return stored.keys


def unlock(keys: KeyFile, passphrase: str) -> bytes:
    """The home key, unwrapped with the passphrase. Raises WrongPassphrase."""
    key = key_wrapping.unwrap(keys.passphrase.stretch.derive(passphrase), keys.passphrase.sealed, "home key")
    if key is None:
        raise WrongPassphrase(
            _("the passphrase is wrong"),
            do=_("try again (capital letters count), or use the recovery code: passphrase recover"),
        )
    return key


def unlock_with_code(keys: KeyFile, code: str) -> bytes:
    """The home key, unwrapped with the recovery code; spaces, dashes and case do not matter. Raises WrongPassphrase."""
    key = key_wrapping.unwrap(keys.recovery.stretch.derive(plain_code(code)), keys.recovery.sealed, "home key")
    if key is None:
        raise WrongPassphrase(
            _("the recovery code is wrong"), do=_("check it letter by letter against the printed one")
        )
    return key


def unlock_with_either(keys: KeyFile, secret: str) -> bytes:
    """The home key from the passphrase or from the recovery code, whichever `secret` is. Raises WrongPassphrase."""
    try:
        return unlock(keys, secret)
    except WrongPassphrase:
        key = key_wrapping.unwrap(keys.recovery.stretch.derive(plain_code(secret)), keys.recovery.sealed, "home key")
        if key is None:
            raise
        return key


def change_passphrase(folder: Path, key: bytes, passphrase: str) -> None:
    """Wrap the same key under a new passphrase; the recovery code stays valid.

    Raises Invalid for a passphrase shorter than MINIMUM_LENGTH.
    """
    _check_passphrase(passphrase)
    keys = read(folder)
    _write(
        folder,
        KeyFile(FORMAT, _wrapped(key, passphrase, Argon2Params.fresh(key_wrapping.PASSPHRASE_COST)), keys.recovery),
    )


def renew_recovery_code(folder: Path, key: bytes) -> str:
    """Replace the recovery code; returns the new one. The old code opens nothing from then on; the passphrase stays.

    Backups made before open with the code of their day.
    """
    code = new_recovery_code()
    keys = read(folder)
    under_code = _wrapped(key, plain_code(code), Argon2Params.fresh(key_wrapping.RECOVERY_COST))
    _write(folder, KeyFile(FORMAT, keys.passphrase, under_code))
    return code


def new_recovery_code() -> str:
    """A random code of 32 letters and digits in groups of four: 158 bits, no look-alikes."""
    return "-".join("".join(secrets.choice(_ALPHABET) for __ in range(4)) for __ in range(8))


def plain_code(code: str) -> str:
    """The recovery code without spaces and dashes, in capitals: the form from which the key is derived."""
    return "".join(code.split()).replace("-", "").upper()


def _read_file(path: Path, damaged: Damaged) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Damaged(_("the key file {path} is missing", path=path), do=damaged.do, kept=damaged.kept) from error
    except OSError as error:
        if path.is_dir():
            raise damaged from error
        raise ReviewError(
            _("the key file {path} cannot be read: {why}", path=path, why=reason_of(error)),
            do=_("put that right and try again"),
            kept=damaged.kept,
        ) from error


def _check_passphrase(passphrase: str) -> None:
    if len(passphrase) < MINIMUM_LENGTH:
        raise Invalid(
            _("a passphrase needs at least {minimum_length} characters", minimum_length=MINIMUM_LENGTH),
            field="passphrase",
            do=_("choose a longer one"),
        )


def _wrapped(key: bytes, secret: str, stretch: Argon2Params) -> Wrapped:
    return Wrapped(stretch, key_wrapping.wrap(stretch.derive(secret), key, "home key"))


def _write(folder: Path, keys: KeyFile) -> None:
    stored = _Stored(FORMAT, keys, keys.checksum())
    save_file(path_of(folder), msgspec.json.format(msgspec.json.encode(stored), indent=1))
