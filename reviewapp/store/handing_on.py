"""How the lead of a visit was handed on, as proof for somebody outside it: who trusts the first key trusts the last.

Within a visit the marks in the journal say it (`marks`). Whoever holds no journal gets the same signatures as a chain:
the first key of authority names a deputy's, that one the next.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from reviewapp.store import mark_values, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import canonical
from reviewapp.visit.entities import DEPUTY

MOST = 20
"""So many times the lead of one visit is handed on at most, in a chain that is believed."""


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key of authority, `by`, names the next, `key`, with its signature over the mark that says so in the visit."""

    by: str
    key: str
    code: str
    turn: int
    epoch: int
    signature: str

    def is_signed(self, visit: str) -> bool:
        """Whether the earlier key signed that the next may lead."""
        said = canonical(["reviewapp deputy 1", visit, self.code, self.key, self.turn, self.epoch])
        return signing.verified(self.by, self.signature, said)


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """With what a lead's laptop signs: its own key for the visit, the lead's key of authority, and how it got that."""

    private: bytes
    authority: bytes = b""
    handed: tuple[Handed, ...] = ()


def chain_to(db: Database, public: str) -> tuple[Handed, ...]:
    """How the lead came from the visit's first key of authority to this one; empty where this is the first."""
    first, visit = marks.load(db).marks.authority, _visit_of(db)
    named: dict[str, mark_values.DeputyMark] = {}
    for entry in marks.held(db):
        mark = mark_values.read_deputy(entry.value) if entry.entity == DEPUTY else None
        if mark is not None and _handed(mark).is_signed(visit):
            named.setdefault(mark.key, mark)
    found: list[Handed] = []
    while public != first and public in named and len(found) < MOST:
        found.append(_handed(named[public]))
        public = named[public].by
    return tuple(reversed(found)) if public == first else ()


def keys_of(visit: str, signer: str, chain: Sequence[Handed]) -> tuple[str, ...]:
    """The keys of authority from the first to `signer`; empty where the chain proves nothing."""
    keys = [chain[0].by if chain else signer]
    for one in chain[:MOST]:
        if one.by != keys[-1] or not one.is_signed(visit):
            return ()
        keys.append(one.key)
    return tuple(keys) if keys[-1] == signer and len(chain) <= MOST else ()


def _handed(mark: mark_values.DeputyMark) -> Handed:
    return Handed(mark.by, mark.key, mark.code, mark.turn, mark.epoch, mark.signature)


def _visit_of(db: Database) -> str:
    row = db.conn.execute("SELECT value FROM local WHERE name = 'visit'").fetchone()
    return str(row[0]) if row else ""
