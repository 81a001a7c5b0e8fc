"""What each mark about a laptop says, as the value of an entry, and the key that signed it.

The lead's key of authority certifies a laptop or sets it aside, and names the key with which a deputy takes over; the
key of a laptop that is restored says which new key goes on for it. In a visit from before, which has no key of
authority, the laptop that made it writes such marks unsigned, and its signature under its own entries is what counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from reviewapp.store import signing
from reviewapp.store.entry import canonical
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.visit.entities import ASIDE, CERTIFY, CONFIRMS, CONTINUES, DEPUTY, HEARD, LEADS_ON, TAKE_OVER, YIELDS
from reviewapp.visit.forks import laptop_of

EPOCH = 0
MOST_LAPTOPS = 10_000
"""Of how many laptops a take-over may say what it held."""


class Certify(msgspec.Struct, frozen=True):
    """Whose a laptop is, by the lead; the code is empty where it is nobody's."""

    code: str
    turn: int
    epoch: int = EPOCH
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        """The bytes that are signed."""
        return canonical(["reviewapp certify 1", visit, device, self.code, self.turn, self.epoch])


class Aside(msgspec.Struct, frozen=True):
    """From which of its entries on a laptop is set aside; None: no longer."""

    from_: int | None = msgspec.field(name="from")
    reason: str = ""
    turn: int = 0
    epoch: int = EPOCH
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        """The bytes that are signed."""
        return canonical(["reviewapp aside 1", visit, device, self.from_, self.reason, self.turn, self.epoch])


class Continues(msgspec.Struct, frozen=True):
    """A laptop goes on for another one, after its entry `seq`."""

    from_: str = msgspec.field(name="from")
    seq: int
    key: str
    signature: str = ""
    chain: str = ""
    """The chain's hash after entry `seq`: if the laptop forked, it tells which branch. Earlier versions left it out."""

    def statement(self, visit: str, device: str) -> bytes:
        """The bytes that are signed."""
        return canonical(["reviewapp continues 1", visit, device, self.from_, self.seq])


class SealedKey(msgspec.Struct, frozen=True):
    """The private half of a deputy's key, sealed under the words on paper."""

    stretch: Argon2Params
    sealed: str


class DeputyMark(msgspec.Struct, frozen=True):
    """Who may take over, with which key, and that key sealed."""

    code: str
    key: str
    turn: int
    lock: SealedKey
    epoch: int = EPOCH
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        """The bytes that the key of authority signs."""
        return canonical(["reviewapp deputy 1", visit, self.code, self.key, self.turn, self.epoch])


class TakeOverMark(msgspec.Struct, frozen=True):
    """A deputy leads from now on; `seen`: how many entries of each laptop were held then."""

    code: str
    epoch: int
    seen: dict[str, int]
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        """The bytes that are signed."""
        return canonical(["reviewapp take-over 1", visit, device, self.code, self.epoch, self.seen])


class EpochMark(msgspec.Struct, frozen=True):
    """What a laptop says of itself in an epoch: that it knows who leads, or that it gives way."""

    epoch: int


class Confirms(msgspec.Struct, frozen=True):
    """What a laptop typed for somebody, up to its entry `to`, is theirs."""

    to: int
    chain: str = ""
    """The chain's hash after entry `to`, as in `Continues`."""


class LeadsOn(msgspec.Struct, frozen=True):
    """Of the copies of the lead's laptop this one leads; of several such words the highest turn holds."""

    turn: int


Signed = Certify | Aside | DeputyMark | TakeOverMark
SIGNED = (Certify, Aside, DeputyMark, TakeOverMark)
AnyMark = Signed | Continues | EpochMark | Confirms | LeadsOn
_TYPES: dict[str, type[AnyMark]] = {
    CERTIFY: Certify, ASIDE: Aside, CONTINUES: Continues, DEPUTY: DeputyMark, TAKE_OVER: TakeOverMark,
    HEARD: EpochMark, YIELDS: EpochMark, CONFIRMS: Confirms, LEADS_ON: LeadsOn,
}  # fmt: skip


# Values to write ----------------------------------------------------------------------------------------------------


def certify(private: str, visit: str, device: str, code: str, turn: int, epoch: int = EPOCH) -> dict[str, Any]:
    """The value of an entry that certifies a laptop for a code (none: nobody's); unsigned without a key."""
    return _signed(Certify(code, turn, epoch), private, visit, device)


def set_aside(
    private: str, visit: str, device: str, from_: int | None, reason: str, turn: int, epoch: int = EPOCH
) -> dict[str, Any]:
    """The value of an entry that sets a laptop aside from one of its entries on, or no longer (None)."""
    return _signed(Aside(from_, reason, turn, epoch), private, visit, device)


def name_deputy(private: str, visit: str, said: DeputyMark) -> dict[str, Any]:
    """The value of an entry that names who may take over; unsigned without a key."""
    return _signed(said, private, visit, "")


def take_over(private: str, visit: str, device: str, code: str, epoch: int, seen: Mapping[str, int]) -> dict[str, Any]:
    """The value of an entry with which a laptop leads from now on; `seen`: how many entries of each laptop it holds."""
    return _signed(TakeOverMark(code, epoch, dict(seen)), private, visit, device)


def of_itself(epoch: int) -> dict[str, Any]:
    """The value of an entry in which a laptop says that it knows who leads in an epoch, or gives way in it."""
    return {"epoch": epoch}


def go_on(private: str, visit: str, device: str, seq: int, chain: str = "") -> dict[str, Any]:
    """The value of an entry in which the new `device` goes on for the one whose key this is, after its entry `seq`.

    `chain`: the hash of that one's chain there.
    """
    public = signing.public_of(bytes.fromhex(private))
    made = Continues(signing.device_id(public), seq, public.hex(), chain=chain)
    signature = signing.sign(bytes.fromhex(private), made.statement(visit, device))
    value: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(made, signature=signature))
    if not chain:
        del value["chain"]
    return value


def _signed(made: Signed, private: str, visit: str, device: str) -> dict[str, Any]:
    if private:
        key = bytes.fromhex(private)
        signature = signing.sign(key, made.statement(visit, device))
        made = msgspec.structs.replace(made, by=signing.public_of(key).hex(), signature=signature)
    value: dict[str, Any] = msgspec.to_builtins(made)
    return value


def confirms(to: int, chain: str = "") -> dict[str, Any]:
    """The value of an entry that confirms what a laptop typed for somebody, up to its entry `to`.

    `chain`: the hash of that laptop's chain there.
    """
    return {"to": to} | ({"chain": chain} if chain else {})


def leads_on(turn: int) -> dict[str, Any]:
    """The value of an entry in which a copy of the lead's laptop says that of all copies it leads."""
    return {"turn": turn}


def read_deputy(value: Any) -> DeputyMark | None:
    """What an entry that names a deputy says, as far as its shape goes."""
    try:
        return msgspec.convert(value, type=DeputyMark)
    except msgspec.ValidationError:
        return None


# What was read ------------------------------------------------------------------------------------------------------


def shaped(entity: str, key: str, device: str, said: Any) -> AnyMark | None:
    """What a mark about the laptop `key` says, which `device` wrote; None where its shape is wrong."""
    try:
        value = msgspec.convert(said, type=_TYPES[entity])
    except msgspec.ValidationError:
        return None
    if isinstance(value, EpochMark | LeadsOn | Continues | TakeOverMark) and laptop_of(device) != laptop_of(key):
        return None
    if isinstance(value, SIGNED) and value.epoch < 0:
        return None
    if isinstance(value, Aside) and value.from_ is not None and value.from_ < 1:
        return None
    if isinstance(value, TakeOverMark) and (not value.by or len(value.seen) > MOST_LAPTOPS):
        return None
    return value


def proves_itself(key: str, value: AnyMark, visit: str) -> bool:
    """Whether the key that a mark names signed it; whether that key has the right is for standing to say."""
    if isinstance(value, Confirms | EpochMark | LeadsOn):
        return True
    if isinstance(value, Continues):
        mine = signing.device_of(value.key) == value.from_
        return mine and _verified(value.key, value.signature, value.statement(visit, key))
    return not value.by or _verified(value.by, value.signature, value.statement(visit, key))


@lru_cache(maxsize=65_536)
def _verified(public: str, signature: str, statement: bytes) -> bool:
    """Remembered, because standing is worked out anew at every join."""
    return signing.verified(public, signature, statement)
