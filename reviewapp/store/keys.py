"""The key of one installation: random, and wrapped under the passphrase and for the recovery code.

A key file holds only wrapped keys. It carries a checksum of itself, so a damaged file is told from a wrong passphrase
before any passphrase is tried.

A new passphrase or a new recovery code is a new home key, of the next generation (`rotation`). The recovery code is a
secret X25519 key whose public half stands in the file: so a home key can be made anew for a code that nobody types, and
who knows an older home key learns nothing of the newer one. The passphrase's seal holds that public half and the
generation, so that neither can be exchanged. Files of format 1 have no public half: there the code that is on paper
cannot be kept when the passphrase is changed, and a new one is given out.
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

FORMAT = 2
MINIMUM_LENGTH = 6
LARGEST = 65536
"""Bytes of the largest key file that is looked into."""
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


class Wrapped(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The home key encrypted under one secret, with the Argon2 parameters that derive the wrapping key."""

    stretch: Argon2Params
    sealed: str
    public: str = ""
    """Of a recovery code: the public key to which the home key is encrypted; the code derives the secret one."""


class KeyFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The wrapped home key of an installation; also carried by each backup, so that it opens with the same secrets."""

    format: int
    passphrase: Wrapped
    recovery: Wrapped
    generation: int = 0
    """How often the home key was made, counted from 1; 0 in files from before it was ever made anew."""

    def reasonable(self) -> bool:
        """True if neither secret takes more memory or time than this program ever asks for."""
        return self.passphrase.stretch.reasonable() and self.recovery.stretch.reasonable()

    def checksum(self) -> str:
        """SHA-256, in hex, over the canonical JSON of the fields."""
        return hashlib.sha256(msgspec.json.encode(self, order="sorted")).hexdigest()

    def purpose(self) -> str:
        """What the seal under the passphrase is bound to."""
        return f"home key {self.generation} {self.recovery.public}" if self.generation else "home key"


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
    key, code = os.urandom(32), new_recovery_code()
    made = wrapped(key, 1, passphrase, recovery_of(code))
    save_file(path_of(folder), encoded(made))
    return key, code


def recovery_of(code: str) -> Wrapped:
    """What a recovery code derives, with nothing sealed for it yet."""
    stretch = Argon2Params.fresh(key_wrapping.RECOVERY_COST)
    return Wrapped(stretch, "", key_wrapping.public_of(stretch.derive(plain_code(code))))


def wrapped(key: bytes, generation: int, passphrase: str, recovery: Wrapped) -> KeyFile:
    """A home key wrapped under a passphrase and for the code that `recovery` was made of.

    Raises Invalid for a passphrase shorter than MINIMUM_LENGTH.
    """
    check_passphrase(passphrase)
    sealed = key_wrapping.wrap_for(recovery.public, key, f"home key {generation}")
    made = KeyFile(
        FORMAT,
        Wrapped(Argon2Params.fresh(key_wrapping.PASSPHRASE_COST), ""),
        msgspec.structs.replace(recovery, sealed=sealed),
        generation,
    )
    under = key_wrapping.wrap(made.passphrase.stretch.derive(passphrase), key, made.purpose())
    return msgspec.structs.replace(made, passphrase=msgspec.structs.replace(made.passphrase, sealed=under))


def path_of(folder: Path) -> Path:
    """The path of an installation's key file."""
    return home_key_file(folder)


def read(folder: Path) -> KeyFile:
    """The wrapped keys in an installation's own key file, whatever its copies say (`key_copies`). Raises like them."""
    return read_file(path_of(folder))


def read_file(path: Path) -> KeyFile:
    """The wrapped keys in a key file, their checksum and costs verified. Raises Damaged or NewerVersion."""
    damaged = Damaged(
        _("the key file {path} is damaged", path=path),
        do=_("restore a copy of it, or take it from a backup: passphrase repair FILE"),
        kept=_("the visits beside it are not affected"),
    )
    raw = _read_file(path, damaged)
    try:
        version = msgspec.json.decode(raw, type=_Format).format
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged from error
    if version > FORMAT:
        raise NewerVersion(
            _("{folder} was written by a later version of the program", folder=path.parent),
            do=_("open it with that version or a newer one"),
        )
    try:
        stored = msgspec.json.decode(raw, type=_Stored)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise damaged from error
    if stored.checksum != stored.keys.checksum() or not stored.keys.reasonable():
        raise damaged
    return stored.keys


def encoded(keys: KeyFile) -> bytes:
    """What a key file with these keys holds."""
    return msgspec.json.format(msgspec.json.encode(_Stored(keys.format, keys, keys.checksum())), indent=1)


def unlock(keys: KeyFile, passphrase: str) -> bytes:
    """The home key, unwrapped with the passphrase. Raises WrongPassphrase, or Damaged for what nobody can open."""
    stretched = keys.passphrase.stretch.derive(passphrase)
    try:
        key = key_wrapping.unwrap(stretched, keys.passphrase.sealed, keys.purpose())
    except ValueError as error:
        raise _not_sealed() from error
    if key is None:
        raise WrongPassphrase(
            _("the passphrase is wrong"),
            do=_("check capital letters and try again, or use the recovery code: passphrase recover"),
        )
    return key


def unlock_with_code(keys: KeyFile, code: str) -> bytes:
    """The home key, unwrapped with the recovery code; spaces, dashes and case do not matter. Raises like `unlock`."""
    key = _with_code(keys, code)
    if key is None:
        raise WrongPassphrase(_("the recovery code is wrong"), do=_("check each letter against the printed code"))
    return key


def unlock_with_either(keys: KeyFile, secret: str) -> bytes:
    """The home key from the passphrase or from the recovery code, whichever `secret` is. Raises like `unlock`."""
    try:
        return unlock(keys, secret)
    except WrongPassphrase:
        key = _with_code(keys, secret)
        if key is None:
            raise
        return key


def new_recovery_code() -> str:
    """A random code of 32 letters and digits in groups of four: 158 bits, no look-alikes."""
    return "-".join("".join(secrets.choice(_ALPHABET) for __ in range(4)) for __ in range(8))


def plain_code(code: str) -> str:
    """The recovery code without spaces and dashes, in capitals: the form from which the key is derived."""
    return "".join(code.split()).replace("-", "").upper()


def check_passphrase(passphrase: str) -> None:
    """Raise Invalid for a passphrase shorter than MINIMUM_LENGTH."""
    if len(passphrase) < MINIMUM_LENGTH:
        raise Invalid(
            _("a passphrase needs at least {minimum_length} characters", minimum_length=MINIMUM_LENGTH),
            field="passphrase",
            do=_("choose a longer one"),
        )


def _with_code(keys: KeyFile, code: str) -> bytes | None:
    """The home key, or None for another code."""
    stretched = keys.recovery.stretch.derive(plain_code(code))
    try:
        if not keys.recovery.public:
            return key_wrapping.unwrap(stretched, keys.recovery.sealed, "home key")
        if key_wrapping.public_of(stretched) != keys.recovery.public:
            return None
        key = key_wrapping.unwrap_with(stretched, keys.recovery.sealed, f"home key {keys.generation}")
    except ValueError as error:
        raise _not_sealed() from error
    if key is None:
        raise _not_sealed()
    return key


def _not_sealed() -> Damaged:
    return Damaged(
        _("the wrapped keys are damaged"),
        do=_("restore a copy of home.json, or use another backup"),
        kept=_("nothing was changed"),
    )


def _read_file(path: Path, damaged: Damaged) -> bytes:
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise Damaged(_("the key file {path} is missing", path=path), do=damaged.do, kept=damaged.kept) from error
    except OSError as error:
        if path.is_dir():
            raise damaged from error
        raise ReviewError(
            _("the key file {path} cannot be read: {why}", path=path, why=reason_of(error)),
            do=_("correct this and try again"),
            kept=damaged.kept,
        ) from error
    if len(raw) > LARGEST:
        raise damaged
    return raw
