"""Laptops that were copied and went on twice: where each branch begins, and which entries are whose.

Every file brings the whole chain that a laptop signed, so the chains held of a laptop are a tree. Nearly always it has
one branch, and nothing of it is stored; of one that forked the table `fork` says what grew from what, and `fork_entry`
which entries each branch signed. A column `device` holds the name of the branch (`visit.forks`). All of it follows from
the chains held, in whatever order they came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from reviewapp.store import entry
from reviewapp.store.driver import Database, OperationalError
from reviewapp.store.entry import Entry
from reviewapp.store.signing import Device
from reviewapp.visit.forks import Branch, branch_name, laptop_of, path


class Segment(NamedTuple):
    """The entries that a branch has for itself: `ids` from number `first` on; `before`: the chain's hash before them.

    That of the trunk has no `trunk`.
    """

    name: str
    trunk: str
    first: int
    ids: tuple[str, ...]
    before: str

    @property
    def last(self) -> int:
        """The number of its last entry."""
        return self.first + len(self.ids) - 1


class Tree(NamedTuple):
    """The segments of each laptop that forked, by name, and what each grew from."""

    segments: Mapping[str, Segment]
    forks: dict[str, Branch]

    def laptops(self) -> set[str]:
        """The ids of the laptops that forked."""
        return {laptop_of(name) for name in self.segments}

    def leaves(self, laptop: str) -> list[str]:
        """The branches of a laptop from which none grows, sorted."""
        grown = {one.trunk for one in self.forks.values()}
        return sorted(name for name in self.segments if laptop_of(name) == laptop and name not in grown)

    def chain(self, name: str) -> list[str]:
        """The ids of all entries up to the end of a branch, from the laptop's first on."""
        return [identity for one in reversed(path(name, self.forks)) for identity in self.segments[one].ids]

    def at(self, laptop: str, seq: int, chain: str) -> str | None:
        """The branch in which the chain of a laptop has this hash after `seq` entries; None: in none of them."""
        if laptop not in self.segments:
            return None
        if seq == 0:
            return laptop if chain == entry.GENESIS else None
        for one in self.segments.values():
            if laptop_of(one.name) == laptop and one.first <= seq <= one.last:
                head = one.before
                for identity in one.ids[: seq - one.first + 1]:
                    head = entry.chain(head, identity)
                if head == chain:
                    return one.name
        return None


NONE = Tree({}, {})
"""No laptop forked."""


def tree_of(chains: Mapping[str, Iterable[Sequence[str]]]) -> Tree:
    """The tree of the chains of entry ids that are held of each laptop; those of one branch only are left out."""
    segments: dict[str, Segment] = {}
    for laptop, some in chains.items():
        found = _segments(laptop, some)
        if len(found) > 1:
            segments |= {one.name: one for one in found}
    return Tree(segments, {one.name: Branch(one.trunk, one.first) for one in segments.values() if one.trunk})


def _segments(laptop: str, chains: Iterable[Sequence[str]]) -> list[Segment]:
    found = []
    todo = [("", laptop, 0, entry.GENESIS, list(chains))]
    while todo:
        trunk, name, start, before, some = todo.pop()
        longest = max(some, key=len)
        end = _common(some, start)
        found.append(Segment(name, trunk, start + 1, tuple(longest[start:end]), before))
        head = before
        for identity in longest[start:end]:
            head = entry.chain(head, identity)
        following: dict[str, list[Sequence[str]]] = {}
        for one in some:
            if len(one) > end:
                following.setdefault(one[end], []).append(one)
        for first, those in following.items():
            todo.append((name, branch_name(laptop, entry.chain(head, first)), end, head, those))
    return found


def _common(chains: Sequence[Sequence[str]], start: int) -> int:
    """Up to where none of these chains says something else than another; one that ends before says nothing else."""
    longest = max(chains, key=len)
    end = len(longest)
    for one in chains:
        same = min(end, len(one))
        if one[start:same] != longest[start:same]:
            end = next(place for place in range(start, same) if one[place] != longest[place])
    return end


def agree(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one chain goes on from the other, or both are the same: then they are of one branch."""
    both = min(len(one), len(other))
    return list(one[:both]) == list(other[:both])


def held(db: Database) -> Tree:
    """The laptops in the store that forked; nearly always none."""
    try:
        rows = db.conn.execute("SELECT device, trunk, first, before FROM fork").fetchall()
    except OperationalError:  # a store of an earlier version that is only read
        return NONE
    if not rows:
        return NONE
    ids: dict[str, list[str]] = {str(row[0]): [] for row in rows}
    for device, identity in db.conn.execute("SELECT device, id FROM fork_entry ORDER BY device, seq"):
        ids[str(device)].append(str(identity))
    segments = {str(row[0]): Segment(row[0], row[1], row[2], tuple(ids[str(row[0])]), row[3]) for row in rows}
    return Tree(segments, {one.name: Branch(one.trunk, one.first) for one in segments.values() if one.trunk})


def chains(db: Database, laptop: str, tree: Tree) -> list[list[str]]:
    """The chains that are held of a laptop, one for each of its branches."""
    if laptop in tree.segments:
        return [tree.chain(name) for name in tree.leaves(laptop)]
    return [[str(row[0]) for row in db.conn.execute("SELECT id FROM entry WHERE device = ? ORDER BY seq", (laptop,))]]


def store(db: Database, laptop: str, tree: Tree) -> bool:
    """Store the branches of one laptop as they are now; returns whether entries that are here go by another name."""
    wanted = f"%~{laptop}"
    for table in ("fork", "fork_entry"):
        db.execute(f"DELETE FROM {table} WHERE device = ? OR device LIKE ?", (laptop, wanted))
    ours = [one for one in tree.segments.values() if laptop_of(one.name) == laptop]
    db.conn.executemany(
        "INSERT INTO fork (device, trunk, first, before) VALUES (?, ?, ?, ?)",
        [(one.name, one.trunk, one.first, one.before) for one in ours],
    )
    db.conn.executemany(
        "INSERT INTO fork_entry (device, seq, id) VALUES (?, ?, ?)",
        [(one.name, one.first + place, identity) for one in ours for place, identity in enumerate(one.ids)],
    )
    names = names_of(tree)
    query = "SELECT id, device FROM entry WHERE device = ? OR device LIKE ?"
    moved = [
        (names[str(identity)], str(identity))
        for identity, device in db.conn.execute(query, (laptop, wanted)).fetchall()
        if names.get(str(identity), device) != device
    ]
    # First out of the way: another entry may have the name and number that one is to have.
    db.conn.executemany("UPDATE entry SET device = id WHERE id = ?", [(identity,) for _, identity in moved])
    db.conn.executemany("UPDATE entry SET device = ? WHERE id = ?", moved)
    return bool(moved)


def names_of(tree: Tree) -> dict[str, str]:
    """The branch by whose name each entry goes; of one that a liar signed in several, the lowest."""
    found: dict[str, str] = {}
    for name in sorted(tree.segments):
        for identity in tree.segments[name].ids:
            found.setdefault(identity, name)
    return found


class Story(NamedTuple):
    """A chain of a laptop as a file brings it: its signed head, and the entries from the laptop's first on."""

    head: Device
    entries: list[Entry]


def grown(known: Tree, stories: Sequence[Story], chains_of: Callable[[str], list[list[str]]]) -> Tree:
    """The tree once these stories are held too; `chains_of` gives those that are held of a laptop."""
    told: dict[str, list[list[str]]] = {}
    for one in stories:
        told.setdefault(laptop_of(one.head.device), []).append([each.id for each in one.entries])
    some = {}
    for laptop, new in told.items():
        here = chains_of(laptop)
        longest = max((*here, *new), key=len)
        if laptop in known.segments:
            changed = not all(any(len(one) <= len(other) and agree(one, other) for other in here) for one in new)
        else:
            changed = not all(agree(one, longest) for one in (*here, *new))
        if changed:
            some[laptop] = [*here, *new]
    if not some:
        return known
    fresh = tree_of(some)
    others: dict[str, Segment] = {name: one for name, one in known.segments.items() if laptop_of(name) not in some}
    return Tree(others | dict(fresh.segments), {n: one for n, one in known.forks.items() if n in others} | fresh.forks)


def named(tree: Tree, entries: Iterable[Entry]) -> list[Entry]:
    """These entries, each by the name of the branch it is of."""
    if tree is NONE:
        return list(entries)
    names = names_of(tree)
    return [
        msgspec.structs.replace(one, device=name) if (name := names.get(one.id, one.device)) != one.device else one
        for one in entries
    ]
