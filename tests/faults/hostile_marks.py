"""What somebody with a real laptop's key would say of laptops: who they are, who leads, what the lead holds.

Every mark is signed by some key: the author's own, one made for it, or, on a laptop that leads or led, the key of
authority. Others are the visit's true marks, copied to another place.
"""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec

from reviewapp.store import mark_values, signing
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.visit.entities import (
    ASIDE,
    CERTIFY,
    CONFIRMS,
    CONTINUES,
    DEPUTY,
    HEARD,
    MARKS,
    PROOF,
    TAKE_OVER,
    YIELDS,
)
from tests.faults.hostile_author import Author, Fact, one_more
from tests.faults.values import KEYS, value_for


def a_mark(rng: random.Random, author: Author) -> bytes:
    """A mark about a laptop that the author has no right to make, or one that says something odd."""
    true = [fact for fact in (*author.own, *author.rest) if fact["entity"] in MARKS]
    if true and rng.random() < 0.25:
        fact = rng.choice(true)
        entity, value = fact["entity"], _changed(rng, json.loads(fact["json"]))
    else:
        entity = rng.choice(sorted(MARKS))
        value = _made(rng, author, entity)
    devices = [one.device for one in author.manifest.devices]
    key = rng.choice([author.device, *devices, "visit", rng.choice(KEYS)])
    if entity == CONFIRMS and rng.random() < 0.8:
        key = f"{rng.choice(devices)}/{rng.choice(author.people)}"
    text = value_for(rng, entity, PROOF) if rng.random() < 0.15 else json.dumps(value)
    field = PROOF if rng.random() < 0.95 else "value"
    own = one_more(rng, author, entity=entity, key=key, field=field, json=text)
    return author.sealed([*own, *_using_it(rng, own)])


def _using_it(rng: random.Random, own: list[Fact]) -> list[Fact]:
    """Something that only the lead may say, as if the mark held."""
    last = dict(own[-1])
    said = rng.choice([("agreed", "47", "value", '"not_met"'), ("person", "R3", "deleted", "true"),
                       ("meeting", "visit", "opened", "true"), ("rating", "47/R3", "value", '"na"')])  # fmt: skip
    entity, key, field, value = said
    return [last | {"seq": last["seq"] + 1, "entity": entity, "key": key, "field": field, "json": value}]


def _made(rng: random.Random, author: Author, entity: str) -> Any:
    """The value of a mark, signed by whatever key there is."""
    key = rng.choice([author.authority, author.authority, author.private.hex(), _fresh(rng).hex(), ""])
    devices = [one.device for one in author.manifest.devices]
    device, code = rng.choice(devices), rng.choice([*author.people, "", "R99"])
    turn, epoch = rng.choice([0, 1, 2, 9, -1, 2**63]), rng.choice([0, 1, 1, 2, 99, -1])
    if entity == CERTIFY:
        return mark_values.certify(key, author.visit, device, code, turn, epoch)
    if entity == ASIDE:
        from_ = rng.choice([None, 1, 2, 0, 2**62])
        return mark_values.set_aside(key, author.visit, device, from_, "because", turn, epoch)
    if entity == DEPUTY:
        stretch = Argon2Params(salt="00" * 16, memory_kib=rng.choice([8, 2**30]), passes=1)
        public = signing.public_of(_fresh(rng)).hex()
        said = mark_values.DeputyMark(code, public, turn, mark_values.SealedKey(stretch, "no base64"), epoch)
        return mark_values.name_deputy(key, author.visit, said)
    if entity == TAKE_OVER:
        seen = {one: rng.choice([0, 3, 10**9]) for one in devices}
        return mark_values.take_over(key, author.visit, author.device, code, epoch, seen)
    if entity == CONTINUES:
        return mark_values.go_on(rng.choice([author.private, _fresh(rng)]).hex(), author.visit, device, turn)
    if entity in (HEARD, YIELDS):
        return mark_values.of_itself(epoch)
    return mark_values.confirms(rng.choice([0, 5, 2**62]))


def _changed(rng: random.Random, value: Any) -> Any:
    """A true mark, or one of which a field says something else under the same signature."""
    if not isinstance(value, dict) or rng.random() < 0.5:
        return value
    field = rng.choice(sorted(value))
    return value | {field: rng.choice([None, 0, 1, 99, "", "R2", "L1", "00" * 32, {}, []])}


def a_receipt(rng: random.Random, author: Author) -> bytes:
    """A receipt by whom it is not for to give, or of what nobody holds."""
    devices = list(author.manifest.devices)
    number = rng.randrange(len(devices))
    one = devices[number]
    devices[number] = msgspec.structs.replace(
        one, seq=rng.choice([0, one.seq, one.seq + 1, 10**9]), chain=rng.choice([one.chain, "0" * 64])
    )
    person = rng.choice([author.person, author.person, *author.people])
    held = msgspec.structs.replace(author.manifest, entries=0, devices=tuple(devices), person=person, proof="")
    proof = signing.sign(rng.choice([author.private, _fresh(rng)]), held.statement())
    authority = rng.choice([author.authority, _fresh(rng).hex(), ""])
    signed = msgspec.structs.replace(
        held, proof=proof, authority=signing.sign(bytes.fromhex(authority), held.statement()) if authority else ""
    )
    return author.wrapped(msgspec.json.encode(signed) + b"\n", "receipt")


def _fresh(rng: random.Random) -> bytes:
    """A key of nobody's, the same for the same seed."""
    return rng.randbytes(32)
