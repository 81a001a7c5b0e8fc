"""Taking what a verified file holds into a store: which branch each entry is of, and what that changes here.

Who finds that a laptop forked says so. Where it is this one, so that another copy of its folder has recorded too, this
one goes on under a new key, as after a restore: no number is used twice from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from reviewapp.store import forks, journal, known_devices, tables
from reviewapp.store.clock import stamp
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story, Tree
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.forks import laptop_of


class Fork(msgspec.Struct, frozen=True):
    """A laptop that was copied and went on in several places: from which of its entries on, and in how many.

    `own`: it is this one. No `branches`: this one is a copy that had not written anything of its own yet.
    """

    device: str
    code: str
    first: int
    branches: tuple[str, ...] = ()
    own: bool = False


class Taken(NamedTuple):
    """The entries that were not here, and the laptops that are now known to have forked."""

    fresh: list[Entry]
    forks: tuple[Fork, ...]


def take(store: VisitStore, db: Database, stories: Sequence[Story]) -> Taken:
    """Insert the entries of these stories, inside the caller's transaction."""
    own = _copied(store, db, stories)
    if own is not None:
        store.own_marks.go_on_as_new_device(db)
    fresh, found = insert(db, stories, stamp(store.now()))
    if own is not None:
        found = tuple(msgspec.structs.replace(one, own=one.device == own.device) for one in found)
        found = found if any(one.own for one in found) else (*found, own)
    return Taken(fresh, found)


def insert(db: Database, stories: Sequence[Story], at: str) -> Taken:
    """Insert the entries of these stories and keep the heads; `at`: since when a new laptop is known."""
    before = forks.held(db)
    tree = forks.grown(before, stories, partial(forks.chains, db, tree=before))
    forked = {laptop_of(one.head.device) for one in stories} & tree.laptops()
    moved = [forks.store(db, laptop, tree) for laptop in sorted(forked)] if tree is not before else []
    fresh = journal.add(db, forks.named(tree, _once(stories)) if forked else _once(stories))
    for one in stories:
        if one.head.device not in forked:
            known_devices.remember(db, one.head, at)
    for laptop in sorted(forked):
        _remember_heads(db, laptop, tree, [one.head for one in stories], at)
    if any(moved):
        tables.drop_and_rebuild(db)
        journal.apply_notices(db)
    new = [laptop for laptop in sorted(forked) if tree.leaves(laptop) != before.leaves(laptop)]
    return Taken(fresh, tuple(_fork(laptop, tree, stories) for laptop in new))


def _once(stories: Sequence[Story]) -> list[Entry]:
    if len({one.head.device for one in stories}) == len(stories):
        return [each for one in stories for each in one.entries]
    return list({each.id: each for one in stories for each in one.entries}.values())


def _copied(store: VisitStore, db: Database, stories: Sequence[Story]) -> Fork | None:
    """Whether this laptop is said to have written what it never wrote: then another copy of it has."""
    told = [one for one in stories if one.head.device == store.device]
    if not told:
        return None
    here = [identity for _seq, identity in journal.of_device(db, store.device)]
    for one in told:
        theirs = [each.id for each in one.entries]
        if theirs[: len(here)] != here[: len(theirs)] or len(theirs) > len(here):
            first = next((n for n, pair in enumerate(zip(theirs, here, strict=False), 1) if len(set(pair)) > 1), 0)
            return Fork(store.device, store.local("me"), first or len(here) + 1, own=True)
    return None


def _fork(laptop: str, tree: Tree, stories: Sequence[Story]) -> Fork:
    code = next(one.head.person for one in stories if one.head.device == laptop)
    leaves = tree.leaves(laptop)
    first = min(one.first for name, one in tree.forks.items() if laptop_of(name) == laptop)
    return Fork(laptop, code, first, tuple(leaves))


def _remember_heads(db: Database, laptop: str, tree: Tree, fresh: Sequence[Device], at: str) -> None:
    """Store of each branch of a laptop its newest signed head, and of the laptop itself none any more."""
    query = """SELECT device, person, public_key, seq, chain, signature, first_seen FROM device
               WHERE device = ? OR device LIKE ?"""
    rows = db.execute(query, (laptop, f"%~{laptop}")).fetchall()
    since = min((str(row[6]) for row in rows), default=at)
    known = [*(Device(*row[:6]) for row in rows), *(one for one in fresh if one.device == laptop)]
    leaves = set(tree.leaves(laptop))
    newest: dict[str, Device] = {}
    for one in sorted(known, key=_newest_last):
        name = tree.at(laptop, one.seq, one.chain)
        if name in leaves:
            newest[name] = msgspec.structs.replace(one, device=name)
    db.execute("DELETE FROM device WHERE device = ? OR device LIKE ?", (laptop, f"%~{laptop}"))
    db.conn.executemany(
        """INSERT INTO device (device, person, public_key, seq, chain, signature, first_seen)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        [(o.device, o.person, o.public_key, o.seq, o.chain, o.signature, since) for o in newest.values()],
    )


def _newest_last(one: Device) -> tuple[int, str, str]:
    return one.seq, one.person, one.signature
