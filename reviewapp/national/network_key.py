"""A network's key, as a small text file that its office gives to the leads: to whom an extract is sealed.

The file holds nothing secret. `words` are the same on the office's screen and on the lead's, so that a file that was
exchanged on its way is noticed.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pyrage
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from reviewapp.base.errors import Damaged, Invalid, NewerVersion
from reviewapp.base.files import read_whole, reason_of, save_file
from reviewapp.base.i18n import _
from reviewapp.exchange import fingerprint
from reviewapp.instruments.editions import Edition
from reviewapp.national.bech32 import encoded

FORMAT = 1
SUFFIX = ".network-key"
LARGEST = 4096
"""Bytes of the largest key file that is looked into."""
_FIRST_LINE = re.compile(r"reviewapp network key (\d{1,6})")
_FIELDS = ("name", "instrument", "edition", "digest", "set", "key")
_SECRET = "age-secret-key-"
_DO = _("ask the network's office for the file again")


class NetworkKey(msgspec.Struct, frozen=True, kw_only=True):
    """To whom extracts go: the set's name, its id and instrument, and the X25519 key (`age1...`) they are sealed to.

    Of this installation itself (`of_home`) `set_id` is empty and `instrument` None.
    """

    name: str
    public_key: str
    set_id: str = ""
    instrument: Edition | None = None

    @property
    def words(self) -> str:
        """Four words of the key, the same on every screen that shows this key."""
        return fingerprint.network_words(self.public_key)


def new_identity() -> str:
    """A new secret key for a set, which opens what is sealed to its public half."""
    return str(pyrage.x25519.Identity.generate())


def public_of(identity: str) -> str:
    """The public half (`age1...`) of a secret key."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def identity_of_home(home_key: bytes) -> str:
    """The secret key of an installation, for extracts that were made for no network; another one with each home key."""
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"reviewapp extracts of this home").derive(home_key)
    return encoded(_SECRET, derived).upper()


def of_home(home_key: bytes) -> NetworkKey:
    """What an extract is sealed to that was made for no network: only this installation opens it."""
    return NetworkKey(name=_("this laptop"), public_key=public_of(identity_of_home(home_key)))


def write_network_key(path: Path, key: NetworkKey) -> None:
    """Write the file that the office gives out. Raises ReviewError."""
    instrument = key.instrument or Edition("", "", "")
    values = (key.name, instrument.id, instrument.edition, instrument.digest, key.set_id, key.public_key)
    lines = [f"reviewapp network key {FORMAT}"]
    lines += [f"{field}: {value}" for field, value in zip(_FIELDS, values, strict=True)]
    text = "\n".join(lines) + "\n"
    _parsed(path.name, text)
    save_file(path, text.encode())


def read_network_key(path: Path) -> NetworkKey:
    """The key that the office gave out. Raises Damaged, NewerVersion, or Invalid for another file."""
    try:
        raw = read_whole(path, LARGEST)
    except OSError as error:
        raise Damaged(
            _("{name} cannot be read: {why}", name=path.name, why=reason_of(error)),
            do=_("check the USB stick and the file"),
        ) from error
    try:
        return _parsed(path.name, raw.decode("utf-8-sig") if len(raw) <= LARGEST else "")
    except UnicodeDecodeError as error:
        raise _no_key(path.name) from error


def _parsed(name: str, text: str) -> NetworkKey:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    first = _FIRST_LINE.fullmatch(lines[0]) if lines else None
    if first is None:
        raise _no_key(name)
    if int(first[1]) > FORMAT:
        raise NewerVersion(
            _("{name} was written by a later version of the program", name=name), do=_("update this laptop")
        )
    pairs = [line.partition(":") for line in lines[1:]]
    found = {field.strip(): value.strip() for field, __, value in pairs}
    if [field.strip() for field, __, ___ in pairs] != list(_FIELDS) or not _is_plain(found):
        raise _damaged(name)
    edition = Edition(found["instrument"], found["edition"], found["digest"])
    return NetworkKey(name=found["name"], public_key=found["key"], set_id=found["set"], instrument=edition)


def _is_plain(found: dict[str, str]) -> bool:
    """Whether every value is one that this program writes, and the key is one."""
    try:
        pyrage.x25519.Recipient.from_str(found["key"])
    except pyrage.RecipientError:
        return False
    return (
        all(value.isprintable() and len(value) <= 200 for value in found.values())
        and bool(found["name"] and found["instrument"])
        and bool(re.fullmatch(r"[0-9A-Za-z-]{1,64}", found["set"]))
        and bool(re.fullmatch(r"[0-9a-f]{64}", found["digest"]))
    )


def _no_key(name: str) -> Invalid:
    return Invalid(
        _("{name} is not the key file of a network", name=name),
        field="key",
        do=_("choose the file ending in {suffix} that the network's office gave out", suffix=SUFFIX),
    )


def _damaged(name: str) -> Damaged:
    return Damaged(_("the key file {name} was cut short or changed", name=name), do=_DO)
