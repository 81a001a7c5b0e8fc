"""A laptop of the visit, taken to pieces by somebody who has its key and our own code, and put together otherwise."""

from __future__ import annotations

import hashlib
import json
import random
import zlib
from collections.abc import Callable
from typing import Any

import msgspec
import pyrage

from reviewapp.exchange import pack, returns
from reviewapp.store import entry as entries
from reviewapp.store import marks, signing
from tests.core.homes import Team

Fact = dict[str, Any]
"""An entry before it has its id: person, device, seq, at, entity, key, field, parents, and `json`, its value."""


class Author:
    """A laptop of the visit, taken to pieces: what it knows, and the key it signs with."""

    def __init__(self, team: Team, name: str) -> None:
        visit = team.visit(name)
        self.name, self.person, self.visit = name, visit.me, team.visit_id
        self.device = visit._store.device
        self.identity = visit._store.local("identity")
        self.private = bytes.fromhex(visit._store.local("device_key"))
        self.cover = returns.pack_cover("return", visit._store)
        self.manifest, every = returns.everything(visit._store)
        facts = [_fact(one) for one in every]
        self.own = [fact for fact in facts if fact["device"] == self.device]
        self.rest = [fact for fact in facts if fact["device"] != self.device]
        self.authority = visit._store.local(marks.AUTHORITY_KEY)
        """The key of authority that this laptop has, in hex; empty for most."""
        self.people = sorted(visit.state.people)

    def sealed(
        self, own: list[Fact], *, spoil: Callable[[list[bytes]], list[bytes]] | None = None, **lies: Any
    ) -> bytes:
        """The file with these entries of its own, signed anew; `lies` replace fields of the manifest."""
        lines = [line_of(fact) for fact in own]
        head = entries.GENESIS
        for fact in own:
            head = entries.chain(head, fact["id"])
        signed = signing.sign_head(self.private, visit=self.visit, person=self.person, seq=len(own), chain=head)
        devices = [signed if d.device == self.device else d for d in self.manifest.devices]
        honest = msgspec.structs.replace(
            self.manifest, entries=len(self.rest) + len(own), devices=tuple(devices), proof=""
        )
        proof = signing.sign(self.private, honest.holdings())
        manifest = msgspec.to_builtins(msgspec.structs.replace(honest, proof=proof))
        rest = [line_of(fact, keep=True) for fact in self.rest]
        text = [json.dumps(manifest | lies).encode(), *rest, *lines]
        return self.wrapped(b"\n".join(spoil(text) if spoil else text) + b"\n")

    def wrapped(self, inner: bytes, kind: pack.PackKind = "return") -> bytes:
        """Deflated, sealed to the visit and with its cover."""
        recipient = pyrage.x25519.Identity.from_str(self.identity).to_public()
        cover = msgspec.structs.replace(self.cover, reviewapp=kind)
        return msgspec.json.encode(cover) + b"\n" + bytes(pyrage.encrypt(zlib.compress(inner, 1), [recipient]))


def _fact(one: entries.Entry) -> Fact:
    fact: Fact = msgspec.to_builtins(one)
    return fact | {"json": json.dumps(msgspec.to_builtins(one.value)), "parents": list(one.parents)}


def line_of(fact: Fact, *, keep: bool = False) -> bytes:
    """The JSON of an entry; its seal and id fit whatever it says (unless `keep`)."""
    if not keep:
        salt = fact.get("salt", "")
        seal = hashlib.sha256(salt.encode() + _as_read(fact["json"])).hexdigest()
        parents = sorted(set(fact["parents"]))
        facts = [fact[n] for n in ("person", "device", "seq", "at", "entity", "key", "field")]
        identity = hashlib.sha256(_canonical([*facts, seal, parents])).hexdigest()
        fact.update(id=identity, seal=seal, parents=parents)
    names = ("id", "person", "device", "seq", "at", "entity", "key", "field", "seal", "parents", "salt")
    plain = {name: fact[name] for name in names if name in fact}
    if fact.get("withdrawn"):
        plain["withdrawn"] = True
    value: bytes = fact["json"].encode("utf-8", "surrogatepass")
    return json.dumps(plain).encode()[:-1] + b',"value":' + value + b"}"


def _as_read(text: str) -> bytes:
    """The canonical bytes of what a reader makes of this JSON, as far as it makes anything of it."""
    try:
        return entries.canonical(msgspec.json.decode(text))
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError, OverflowError):
        return text.encode("utf-8", "surrogatepass")


def _canonical(value: Any) -> bytes:
    try:
        return entries.canonical(value)
    except (UnicodeEncodeError, OverflowError):
        return json.dumps(value).encode()


Mutation = Callable[[random.Random, Author], bytes]


def one_more(rng: random.Random, author: Author, **changes: Any) -> list[Fact]:
    """The author's entries and one more at the end."""
    own = [dict(fact) for fact in author.own]
    extra = dict(own[-1]) | {"seq": own[-1]["seq"] + 1, "parents": [], "salt": "00" * 16, "withdrawn": False}
    return [*own, extra | changes]
