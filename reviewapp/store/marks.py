"""Marks about laptops as values of entries: signed by the key that has the right, so that who passes them on is nobody.

The lead's key of authority certifies a laptop or sets it aside, and names the key with which a deputy takes over; the
key of a laptop that is restored says which new key goes on for it. In a visit from before, which has no key of
authority, the laptop that made it writes such marks unsigned, and its signature under its own entries is what counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from reviewapp.base import limits
from reviewapp.store import forks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry, canonical
from reviewapp.store.field_write import FieldWrite
from reviewapp.store.forks import Tree
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.visit.entities import (
    ASIDE,
    AUTHORITY_FIELD,
    CERTIFY,
    CONFIRMS,
    CONTINUES,
    DEPUTY,
    HEADER,
    HEARD,
    LEADS_ON,
    MARKS,
    PROOF,
    TAKE_OVER,
    YIELDS,
)
from reviewapp.visit.forks import laptop_of, path
from reviewapp.visit.laptop_marks import Certificate, Confirmed, Marks, SetAside
from reviewapp.visit.leading import Deputy, Heard, TakeOver
from reviewapp.visit.own_screen import OwnScreen
from reviewapp.visit.standing import Standings

AUTHORITY_KEY = "authority_key"
"""The local value with the private half of the authority key, in hex; on the lead's laptop and in its backups."""

PENDING_MARKS = "pending_marks"
"""The local value with what a restored laptop will say of itself with its first entry."""

EPOCH = 0
MOST_LAPTOPS = 10_000
"""Of how many laptops a take-over may say what it held."""


class _Certify(msgspec.Struct, frozen=True):
    code: str
    turn: int
    epoch: int = EPOCH
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        return canonical(["reviewapp certify 1", visit, device, self.code, self.turn, self.epoch])


class _Aside(msgspec.Struct, frozen=True):
    from_: int | None = msgspec.field(name="from")
    reason: str = ""
    turn: int = 0
    epoch: int = EPOCH
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        return canonical(["reviewapp aside 1", visit, device, self.from_, self.reason, self.turn, self.epoch])


class _Continues(msgspec.Struct, frozen=True):
    from_: str = msgspec.field(name="from")
    seq: int
    key: str
    signature: str = ""
    chain: str = ""
    """The chain's hash after entry `seq`: if the laptop forked, it tells which branch. Earlier versions left it out."""

    def statement(self, visit: str, device: str) -> bytes:
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


class _TakeOver(msgspec.Struct, frozen=True):
    code: str
    epoch: int
    seen: dict[str, int]
    by: str = ""
    signature: str = ""

    def statement(self, visit: str, device: str) -> bytes:
        return canonical(["reviewapp take-over 1", visit, device, self.code, self.epoch, self.seen])


class _Epoch(msgspec.Struct, frozen=True):
    """What a laptop says of itself in an epoch: that it knows who leads, or that it gives way."""

    epoch: int


class _Confirms(msgspec.Struct, frozen=True):
    to: int
    chain: str = ""
    """The chain's hash after entry `to`, as in `_Continues`."""


class _LeadsOn(msgspec.Struct, frozen=True):
    """Of the copies of the lead's laptop this one leads; of several such words the highest turn holds."""

    turn: int


_Signed = _Certify | _Aside | DeputyMark | _TakeOver
_SIGNED = (_Certify, _Aside, DeputyMark, _TakeOver)
_Any = _Signed | _Continues | _Epoch | _Confirms | _LeadsOn
_TYPES: dict[str, type[_Any]] = {
    CERTIFY: _Certify, ASIDE: _Aside, CONTINUES: _Continues, DEPUTY: DeputyMark, TAKE_OVER: _TakeOver,
    HEARD: _Epoch, YIELDS: _Epoch, CONFIRMS: _Confirms, LEADS_ON: _LeadsOn,
}  # fmt: skip


class MarkEntry(msgspec.Struct, frozen=True):
    """An entry about a laptop, or part of what a visit is: what of it decides standing."""

    entity: str
    key: str
    field: str
    value: Any
    person: str
    device: str
    seq: int
    id: str


def of_entries(entries: Iterable[Entry]) -> list[MarkEntry]:
    """Those among these entries that decide standing."""
    return [
        MarkEntry(one.entity, one.key, one.field, one.value, one.person, one.device, one.seq, one.id)
        for one in entries
        if one.entity in MARKS or (one.entity == HEADER and one.field in ("content", AUTHORITY_FIELD))
    ]


def held(db: Database) -> list[MarkEntry]:
    """Those in the journal that decide standing; not the instrument itself, which is large."""
    marks = msgspec.json.encode(sorted(MARKS)).decode()
    query = """SELECT entity, key, field, value, person, device, seq, id FROM (
                 SELECT entity, key, field, value, person, device, seq, id,
                   row_number() OVER (PARTITION BY device ORDER BY seq) AS number
                 FROM entry WHERE entity IN (SELECT value FROM json_each(?)) AND field = ?)
               WHERE number <= ?
               UNION ALL
               SELECT entity, key, field, 'null', person, device, seq, id FROM entry
               WHERE entity = ? AND field = 'content'
               UNION ALL
               SELECT entity, key, field, value, person, device, seq, id FROM entry WHERE entity = ? AND field = ?"""
    rows = db.conn.execute(query, (marks, PROOF, limits.MOST_MARKS_OF_LAPTOP, HEADER, HEADER, AUTHORITY_FIELD))
    return [MarkEntry(e, k, f, msgspec.json.decode(value), *rest) for e, k, f, value, *rest in rows]


def held_claims(db: Database) -> dict[str, str]:
    """Whose each laptop says it is: the author of its first entry; only these are read, however long the journal is."""
    query = """WITH RECURSIVE known (device) AS (
                 SELECT min(device) FROM entry
                 UNION ALL
                 SELECT (SELECT min(device) FROM entry WHERE device > known.device) FROM known
                  WHERE known.device IS NOT NULL)
               SELECT device, person FROM entry WHERE id IN (
                 SELECT (SELECT id FROM entry WHERE entry.device = known.device ORDER BY seq LIMIT 1) FROM known)"""
    return {str(device): str(person) for device, person in db.conn.execute(query)}


def claims_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Whose each laptop says it is, by these entries."""
    first: dict[str, Entry] = {}
    for one in entries:
        if one.device not in first or one.seq < first[one.device].seq:
            first[one.device] = one
    return {device: one.person for device, one in first.items()}


def standings(
    found: Iterable[MarkEntry], claims: Mapping[str, str], tree: Tree = forks.NONE, here: Sequence[str] = ()
) -> Standings:
    """The standing of every laptop by these entries, whatever their order; what proves nothing is left out.

    `tree`: the laptops that forked; `here`: the keys of the laptop on whose screen it is shown (`own_screen`).
    """
    every = list(found)
    made = min((one for one in every if one.entity == HEADER and one.field == "content"), key=_by_id, default=None)
    if made is None:
        return Standings(Marks(claims=claims, forks=tree.forks))
    authority = min(
        (str(one.value) for one in every if one.field == AUTHORITY_FIELD and one.device == made.device), default=""
    )
    shaped = [(one, value) for one in _first_of_each_laptop(every) if (value := _shaped(one)) is not None]
    keys = _keys_with_power(authority, shaped, made.key)
    made_of: dict[str, list[Any]] = {entity: [] for entity in MARKS}
    for one, value in shaped:
        if (not isinstance(value, _SIGNED) or value.by in keys) and _proves_itself(one, value, made.key):
            made_of[one.entity].append(_mark(one, value, tree))
    return OwnScreen(
        Marks(
            founder=made.device, lead=made.person, authority=authority, claims=claims,
            certificates=tuple(made_of[CERTIFY]), asides=tuple(made_of[ASIDE]), continues=tuple(made_of[CONTINUES]),
            deputies=tuple(made_of[DEPUTY]), take_overs=tuple(made_of[TAKE_OVER]), heard=tuple(made_of[HEARD]),
            confirmed=tuple(made_of[CONFIRMS]),
            yielded=frozenset((way, one.epoch) for one in made_of[YIELDS] for way in path(one.device, tree.forks)),
            leads_on=tuple(made_of[LEADS_ON]), forks=tree.forks,
        ),
        here,
    )  # fmt: skip


def _first_of_each_laptop(every: Iterable[MarkEntry]) -> Iterator[MarkEntry]:
    """Of what each laptop says of laptops as much as counts: the first of it, so that it is the same everywhere."""
    unique = {one.id: one for one in every if one.entity in MARKS and one.field == PROOF and one.id}
    waiting = [one for one in every if one.entity in MARKS and one.field == PROOF and not one.id]
    number: Counter[str] = Counter()
    for one in sorted(unique.values(), key=_by_number):
        number[one.device] += 1
        if number[one.device] <= limits.MOST_MARKS_OF_LAPTOP:
            yield one
    yield from waiting


def _keys_with_power(authority: str, shaped: Sequence[tuple[MarkEntry, _Any]], visit: str) -> set[str]:
    """The key of authority, and those that a key with power named for a deputy; no signature of others is looked at."""
    keys = {authority}
    named = [(one, value) for one, value in shaped if isinstance(value, DeputyMark)]
    found = True
    while found:
        fresh = {
            value.key
            for one, value in named
            if value.by in keys and value.key not in keys and _proves_itself(one, value, visit)
        }
        keys |= fresh
        found = bool(fresh)
    return keys


def _mark(one: MarkEntry, value: _Any, tree: Tree) -> Any:
    """What a mark that proves itself says, as standing takes it."""
    if isinstance(value, _Certify):
        return Certificate(one.key, value.code, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, _Aside):
        return SetAside(one.key, value.from_, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, DeputyMark):
        return Deputy(value.code, value.key, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, _TakeOver):
        return TakeOver(one.id, one.device, one.seq, value.code, value.epoch, value.by, value.seen)
    if isinstance(value, _Continues):
        return one.device, tree.at(value.from_, value.seq, value.chain) or value.from_
    if isinstance(value, _Confirms):
        device, _, code = one.key.partition("/")
        device = tree.at(device, value.to, value.chain) or device
        return Confirmed(device, code, value.to, one.device, one.seq)
    if isinstance(value, _LeadsOn):
        return one.device, value.turn
    return Heard(one.device, one.seq, value.epoch)


def load(db: Database, also: Mapping[str, str] | None = None, pending: Sequence[MarkEntry] = ()) -> Standings:
    """The standing of every laptop by all entries in the journal.

    `also`: whose those are that wrote nothing yet; `pending`: what this one will say of itself when it does.
    """
    tree = forks.held(db)
    return standings([*held(db), *pending], {**(also or {}), **held_claims(db)}, tree, _here(db, tree))


def _here(db: Database, tree: Tree) -> list[str]:
    """The key of this laptop, and the one it goes on for after a restore as long as it has not said so."""
    kept = dict(db.conn.execute("SELECT name, value FROM local WHERE name IN ('device_key', ?)", (PENDING_MARKS,)))
    if not kept.get("device_key"):
        return []
    said = msgspec.json.decode(kept.get(PENDING_MARKS) or "[]", type=list[FieldWrite])
    continued = [msgspec.convert(one.value, type=_Continues) for one in said if one.entity == CONTINUES]
    own = signing.device_id(signing.public_of(bytes.fromhex(kept["device_key"])))
    return [own, *(tree.at(one.from_, one.seq, one.chain) or one.from_ for one in continued)]


def certify(private: str, visit: str, device: str, code: str, turn: int, epoch: int = EPOCH) -> dict[str, Any]:
    """The value of an entry that certifies a laptop for a code (none: nobody's); unsigned without a key."""
    return _signed(_Certify(code, turn, epoch), private, visit, device)


def set_aside(
    private: str, visit: str, device: str, from_: int | None, reason: str, turn: int, epoch: int = EPOCH
) -> dict[str, Any]:
    """The value of an entry that sets a laptop aside from one of its entries on, or no longer (None)."""
    return _signed(_Aside(from_, reason, turn, epoch), private, visit, device)


def name_deputy(private: str, visit: str, said: DeputyMark) -> dict[str, Any]:
    """The value of an entry that names who may take over; unsigned without a key."""
    return _signed(said, private, visit, "")


def take_over(private: str, visit: str, device: str, code: str, epoch: int, seen: Mapping[str, int]) -> dict[str, Any]:
    """The value of an entry with which a laptop leads from now on; `seen`: how many entries of each laptop it holds."""
    return _signed(_TakeOver(code, epoch, dict(seen)), private, visit, device)


def of_itself(epoch: int) -> dict[str, Any]:
    """The value of an entry in which a laptop says that it knows who leads in an epoch, or gives way in it."""
    return {"epoch": epoch}


def go_on(private: str, visit: str, device: str, seq: int, chain: str = "") -> dict[str, Any]:
    """The value of an entry in which the new `device` goes on for the one whose key this is, after its entry `seq`.

    `chain`: the hash of that one's chain there.
    """
    public = signing.public_of(bytes.fromhex(private))
    made = _Continues(signing.device_id(public), seq, public.hex(), chain=chain)
    signature = signing.sign(bytes.fromhex(private), made.statement(visit, device))
    value: dict[str, Any] = msgspec.to_builtins(msgspec.structs.replace(made, signature=signature))
    if not chain:
        del value["chain"]
    return value


def _signed(made: _Signed, private: str, visit: str, device: str) -> dict[str, Any]:
    if private:
        key = bytes.fromhex(private)
        signature = signing.sign(key, made.statement(visit, device))
        made = msgspec.structs.replace(made, by=signing.public_of(key).hex(), signature=signature)
    value: dict[str, Any] = msgspec.to_builtins(made)
    return value


def deputies(db: Database) -> list[DeputyMark]:
    """Whom the present lead named to take over, with the sealed keys; nearly always one, or none."""
    named = {(one.code, one.key) for one in load(db).deputies()}
    read = [read_deputy(one.value) for one in held(db) if one.entity == DEPUTY]
    found = {(one.code, one.key): one for one in read if one is not None}
    return [one for place, one in sorted(found.items()) if place in named]


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


def _shaped(one: MarkEntry) -> _Any | None:
    """What a mark says, as far as its shape goes."""
    try:
        value = msgspec.convert(one.value, type=_TYPES[one.entity])
    except msgspec.ValidationError:
        return None
    if isinstance(value, _Epoch | _LeadsOn | _Continues | _TakeOver) and laptop_of(one.device) != laptop_of(one.key):
        return None
    if isinstance(value, _SIGNED) and value.epoch < 0:
        return None
    if isinstance(value, _Aside) and value.from_ is not None and value.from_ < 1:
        return None
    if isinstance(value, _TakeOver) and (not value.by or len(value.seen) > MOST_LAPTOPS):
        return None
    return value


def _proves_itself(one: MarkEntry, value: _Any, visit: str) -> bool:
    """Whether the key that a mark names signed it; whether that key has the right is for standing to say."""
    if isinstance(value, _Confirms | _Epoch | _LeadsOn):
        return True
    if isinstance(value, _Continues):
        mine = signing.device_of(value.key) == value.from_
        return mine and _verified(value.key, value.signature, value.statement(visit, one.key))
    return not value.by or _verified(value.by, value.signature, value.statement(visit, one.key))


@lru_cache(maxsize=65_536)
def _verified(public: str, signature: str, statement: bytes) -> bool:
    """Remembered, because standing is worked out anew at every join."""
    return signing.verified(public, signature, statement)


def _by_number(one: MarkEntry) -> tuple[str, int, str]:
    return one.device, one.seq, one.id


def _by_id(one: MarkEntry) -> str:
    return one.id
