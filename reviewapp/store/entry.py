"""One entry of the journal: this person, on this device, gave this field of this record this value.

The id is the SHA-256 of the canonical JSON of everything but the value, which takes part through its own salted hash.
So a withdrawn value can be blanked everywhere while the id, the chain of signatures over ids and the digest of the
visit stay as they were, and a short value cannot be guessed from the hash left behind.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged
from reviewapp.base.i18n import _
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.forks import laptop_of

GENESIS = "0" * 64


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A write to a field: `seq` counts from 1 per device; `parents` are the ids, sorted, of the heads it replaces.

    `device`: in a file the laptop's id; in a store, where that laptop forked, the branch's name (`visit.forks`). The id
    is over the laptop's.
    """

    id: str
    person: str
    device: str
    seq: int
    at: str
    entity: str
    key: str
    field: str
    seal: str
    parents: tuple[str, ...] = ()
    salt: str = ""
    value: Any = None
    withdrawn: bool = False

    @property
    def address(self) -> FieldAddress:
        """The address of the field: entity, key and field."""
        return (self.entity, self.key, self.field)


def canonical(value: Any) -> bytes:
    """Canonical JSON: sorted keys, no spaces. Equal values have equal bytes."""
    return msgspec.json.encode(value, order="sorted")


def make(
    *, person: str, device: str, seq: int, at: str, address: FieldAddress, value: Any, parents: Iterable[str]
) -> Entry:
    """A new entry with a fresh salt and its id."""
    entity, key, field = address
    salt = secrets.token_hex(16)
    seal = value_seal(salt, value)
    known = tuple(sorted(set(parents)))
    identity = _identity(person, device, seq, at, address, seal, known)
    return Entry(identity, person, device, seq, at, entity, key, field, seal, known, salt, value)


def value_seal(salt: str, value: Any) -> str:
    """The salted SHA-256, in hex, that stands for the value inside the id."""
    return hashlib.sha256(salt.encode() + canonical(value)).hexdigest()


def check(entry: Entry) -> None:
    """Raise Damaged when the content of an entry does not match its id.

    Also when a withdrawn entry still carries a value or salt, or the parents are not sorted and unique.
    """
    expected = _identity(entry.person, entry.device, entry.seq, entry.at, entry.address, entry.seal, entry.parents)
    sealed = entry.withdrawn or value_seal(entry.salt, entry.value) == entry.seal
    blank = not entry.withdrawn or (entry.value is None and not entry.salt)
    if expected != entry.id or not sealed or not blank or list(entry.parents) != sorted(set(entry.parents)):
        raise Damaged(
            _("an entry ({entity} {key}) was changed by someone", entity=entry.entity, key=entry.key),
            do=_("ask its author for a new file"),
        )


def chain(previous: str, entry_id: str) -> str:
    """The hash at the head of a device's chain after one more entry: SHA-256 of the hash before and the entry's id."""
    return hashlib.sha256(f"{previous}{entry_id}".encode()).hexdigest()


def digest(ids: str) -> str:
    """The digest of a set of entries: SHA-256 of their ids, given sorted, one a line."""
    return hashlib.sha256(ids.encode()).hexdigest()


def _identity(
    person: str, device: str, seq: int, at: str, address: FieldAddress, seal: str, parents: tuple[str, ...]
) -> str:
    return hashlib.sha256(canonical([person, laptop_of(device), seq, at, *address, seal, parents])).hexdigest()
