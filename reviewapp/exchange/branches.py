"""The branches of laptops that were copied, in a file: what two branches have in common is in it once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

import msgspec

from reviewapp.exchange.pack import PackEntries, Shared
from reviewapp.store import forks, journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story, Tree
from reviewapp.store.signing import Device
from reviewapp.visit.forks import laptop_of, path

LONGEST = 2_000_000
"""Of all chains in a file together: what two have in common counts twice."""


class Outgoing(NamedTuple):
    """What a file holds: the heads, which of them share entries, and the entries, by the ids of laptops."""

    heads: tuple[Device, ...]
    branches: tuple[Shared, ...]
    many: int
    entries: Iterator[Entry]


def outgoing(db: Database, devices: Mapping[str, Device], *, some: bool = False) -> Outgoing:
    """What is in a store of these laptops and branches, by name; `some`: there are others too."""
    tree = forks.held(db)
    if tree is forks.NONE and not some:
        return Outgoing(tuple(devices.values()), (), journal.count(db), journal.everything(db))
    plain = {name: one for name, one in devices.items() if laptop_of(name) not in tree.segments}
    leaves = sorted(name for laptop in tree.laptops() for name in tree.leaves(laptop) if name in devices)
    leaves.sort(key=laptop_of)
    heads = [*plain.values(), *(msgspec.structs.replace(devices[one], device=laptop_of(one)) for one in leaves)]
    shared, tails = _shared(tree, leaves, len(plain))
    many = journal.count_of(db, list(plain)) + sum(map(len, tails))
    apart = (journal.in_order(db, tail) for tail in tails)
    entries = chain(journal.of_devices(db, list(plain)), *apart)
    return Outgoing(tuple(heads), tuple(shared), many, map(_by_laptop, entries))


def _shared(tree: Tree, leaves: list[str], first: int) -> tuple[list[Shared], list[list[str]]]:
    """Of each branch what it shares with which one before it, and the ids of the entries that follow."""
    shared, tails = [], []
    seen: dict[str, int] = {}
    for place, leaf in enumerate(leaves, start=first):
        way = path(leaf, tree.forks)
        common = next((one for one in way if one in seen), None)
        many = tree.segments[common].last if common else 0
        shared.append(Shared(place, seen[common] if common else -1, many))
        tails.append(tree.chain(leaf)[many:])
        for one in way:
            seen.setdefault(one, place)
    return shared, tails


def _by_laptop(one: Entry) -> Entry:
    laptop = laptop_of(one.device)
    return one if laptop == one.device else msgspec.structs.replace(one, device=laptop)


def stories(contents: PackEntries) -> list[Story] | None:
    """The entries of a file, head by head; None when they are not 1, 2, 3 ... of the laptops that it lists."""
    heads, branches = contents.manifest.devices, contents.manifest.branches
    places = {one.head for one in branches}
    if len(places) != len(branches) or not all(0 <= place < len(heads) for place in places):
        return None
    forked = {heads[place].device for place in places}
    plain: dict[str, list[Entry]] = {
        one.device: [] for place, one in enumerate(heads) if place not in places and one.device not in forked
    }
    if len(plain) + len(branches) != len(heads) or sum(one.seq for one in heads) > LONGEST:
        return None
    own = [heads[one.head].seq - one.seq for one in branches]
    begins = len(contents.entries) - sum(own)
    if begins < 0 or any(many < 0 or one.seq < 0 for many, one in zip(own, branches, strict=True)):
        return None
    for each in contents.entries[:begins]:
        if each.device not in plain or each.seq != len(plain[each.device]) + 1:
            return None
        plain[each.device].append(each)
    told: dict[int, list[Entry]] = {}
    for one, many in zip(branches, own, strict=True):
        tail = contents.entries[begins : begins + many]
        begins += many
        before = told.get(one.after, []) if one.after >= 0 else []
        laptop = heads[one.head].device
        if len(before) < one.seq or (before and before[0].device != laptop):
            return None
        if any(each.device != laptop or each.seq != one.seq + n for n, each in enumerate(tail, start=1)):
            return None
        told[one.head] = [*before[: one.seq], *tail]
    found = {place: entries for place, entries in told.items()}
    return [Story(one, found[place] if place in found else plain[one.device]) for place, one in enumerate(heads)]
