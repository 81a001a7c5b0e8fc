"""Whose words count on this laptop: the marks that the journal holds, read and made into the standing of every laptop.

What a mark says, and the key that proves it, is in `mark_values`; the law by which marks make a standing in `visit`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from reviewapp.base import limits
from reviewapp.store import forks, mark_values, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.field_write import FieldWrite
from reviewapp.store.forks import Tree
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
from reviewapp.visit.forks import path
from reviewapp.visit.laptop_marks import Certificate, Confirmed, Marks, SetAside
from reviewapp.visit.leading import Deputy, Heard, TakeOver
from reviewapp.visit.own_screen import OwnScreen
from reviewapp.visit.standing import Standings

AUTHORITY_KEY = "authority_key"
"""The local value with the private half of the authority key, in hex; on the lead's laptop and in its backups."""

PENDING_MARKS = "pending_marks"
"""The local value with what a restored laptop will say of itself with its first entry."""


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
    shaped = [
        (one, value)
        for one in _first_of_each_laptop(every)
        if (value := mark_values.shaped(one.entity, one.key, one.device, one.value)) is not None
    ]
    keys = _keys_with_power(authority, shaped, made.key)
    made_of: dict[str, list[Any]] = {entity: [] for entity in MARKS}
    for one, value in shaped:
        if (not isinstance(value, mark_values.SIGNED) or value.by in keys) and mark_values.proves_itself(
            one.key, value, made.key
        ):
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


def _keys_with_power(authority: str, shaped: Sequence[tuple[MarkEntry, mark_values.AnyMark]], visit: str) -> set[str]:
    """The key of authority, and those that a key with power named for a deputy; no signature of others is looked at."""
    keys = {authority}
    named = [(one, value) for one, value in shaped if isinstance(value, mark_values.DeputyMark)]
    found = True
    while found:
        fresh = {
            value.key
            for one, value in named
            if value.by in keys and value.key not in keys and mark_values.proves_itself(one.key, value, visit)
        }
        keys |= fresh
        found = bool(fresh)
    return keys


def _mark(one: MarkEntry, value: mark_values.AnyMark, tree: Tree) -> Any:
    """What a mark that proves itself says, as standing takes it."""
    if isinstance(value, mark_values.Certify):
        return Certificate(one.key, value.code, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, mark_values.Aside):
        return SetAside(one.key, value.from_, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, mark_values.DeputyMark):
        return Deputy(value.code, value.key, value.turn, value.epoch, value.by, one.device, one.seq)
    if isinstance(value, mark_values.TakeOverMark):
        return TakeOver(one.id, one.device, one.seq, value.code, value.epoch, value.by, value.seen)
    if isinstance(value, mark_values.Continues):
        return one.device, tree.at(value.from_, value.seq, value.chain) or value.from_
    if isinstance(value, mark_values.Confirms):
        device, _, code = one.key.partition("/")
        device = tree.at(device, value.to, value.chain) or device
        return Confirmed(device, code, value.to, one.device, one.seq)
    if isinstance(value, mark_values.LeadsOn):
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
    continued = [msgspec.convert(one.value, type=mark_values.Continues) for one in said if one.entity == CONTINUES]
    own = signing.device_id(signing.public_of(bytes.fromhex(kept["device_key"])))
    return [own, *(tree.at(one.from_, one.seq, one.chain) or one.from_ for one in continued)]


def deputies(db: Database) -> list[mark_values.DeputyMark]:
    """Whom the present lead named to take over, with the sealed keys; nearly always one, or none."""
    named = {(one.code, one.key) for one in load(db).deputies()}
    read = [mark_values.read_deputy(one.value) for one in held(db) if one.entity == DEPUTY]
    found = {(one.code, one.key): one for one in read if one is not None}
    return [one for place, one in sorted(found.items()) if place in named]


def _by_number(one: MarkEntry) -> tuple[str, int, str]:
    return one.device, one.seq, one.id


def _by_id(one: MarkEntry) -> str:
    return one.id
