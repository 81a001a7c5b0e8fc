"""What must be true after laptops joined, worked out without a store: from each entry and what its author knew.

The program follows parents, sequence numbers and lists of what was seen; the model only remembers what each author
held at the moment of writing. Where the two disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from reviewapp.store.deletions import DELETED, SEEING

FieldAddress = tuple[str, str, str]
EntriesByField = dict[FieldAddress, list["WrittenEntry"]]


class WrittenEntry(NamedTuple):
    """An entry, and the ids of all entries that its author's laptop held when it was written.

    `laptop` names the laptop, restored or not, all of which are certified; without it there are no rules.
    """

    entry: str
    address: FieldAddress
    person: str
    value: Any
    known: frozenset[str]
    laptop: str = ""

    def may_replace(self, earlier: WrittenEntry) -> bool:
        """One's own words, as the lead anybody's, and on another laptop of one's own what is one's own."""
        if not self.laptop or self.laptop in ("L1", earlier.laptop):
            return True
        return self.person == earlier.person and earlier.address[1].endswith(f"/{self.person}")


class Model:
    """Every entry ever written; `holdings` are the ids on each laptop."""

    def __init__(self) -> None:
        self.written: dict[str, WrittenEntry] = {}

    def holdings(self) -> Iterable[set[str]]:
        raise NotImplementedError

    def held_by_anybody(self) -> dict[str, WrittenEntry]:
        return {identity: self.written[identity] for held in self.holdings() for identity in held}

    def withdrawn(self) -> set[str]:
        """The entries that a notice covers: by name, or because they belong to a withdrawn interview."""
        everything = self.held_by_anybody().values()
        named = {f"{one.address[0]}/{one.address[1]}" for one in everything if one.address[0] == "withdraw"}
        named = {name.removeprefix("withdraw/") for name in named}
        for one in everything:
            if one.address[0] == "withdraw" and one.address[2] == "records":
                named |= set(one.value)
        for one in everything:
            if one.address[::2] == ("quote", "interview") and f"interview/{one.value}/{one.person}" in named:
                named.add(f"quote/{one.address[1]}")
        return {one.entry for one in everything if _is_named(one.address, named)}

    def newest(self) -> EntriesByField:
        """The entries that nobody replaced who knew of them, field by field; what was withdrawn is blank."""
        everything, gone = self.held_by_anybody(), self.withdrawn()
        return {
            address: [one._replace(value=None) if one.entry in gone else one for one in written]
            for address, written in _not_replaced(everything).items()
        }

    def conflicts(self) -> dict[FieldAddress, set[tuple[str, str]]]:
        """Where people said different things without knowing of each other: the entries and their authors."""
        found = {
            address: {(one.entry, one.person) for one in written}
            for address, written in self.newest().items()
            if address[2] != SEEING and len(values(written)) > 1
        }
        for address, changes in self.unseen_changes().items():
            found.setdefault(address, {(one.entry, one.person) for one in self.newest()[address]})
            found[address] |= {(one.entry, one.person) for one in changes}
        return found

    def unseen_changes(self) -> dict[FieldAddress, list[WrittenEntry]]:
        """Where a deletion stands, the changes to what it took away that no author of such a deletion had looked at."""
        found, newest, gone = {}, self.newest(), self.withdrawn()
        for address, written in newest.items():
            seeing = [one for one in newest.get((*address[:2], SEEING), ()) if one.value is not None]
            deleters = [one for one in written if one.value]
            if address[2] != DELETED or not any(one.value for one in written) or not seeing:
                continue
            seen: dict[FieldAddress, set[str]] = {}
            for one in seeing:
                for other, looked_at in _not_replaced({i: self.written[i] for i in one.known}).items():
                    seen.setdefault(other, set()).update(values(looked_at))
            changes = [
                one
                for other, now in newest.items()
                if _goes_with(other, address, newest)
                for one in now
                if one.entry not in gone
                and (
                    repr(one.value) not in seen.get(other, {"None"})
                    or (one.value is not None and not any(each.may_replace(one) for each in deleters))
                )
            ]
            if changes:
                found[address] = changes
        return found


def values(written: list[WrittenEntry]) -> set[str]:
    return {repr(one.value) for one in written}


def _is_named(address: FieldAddress, named: set[str]) -> bool:
    entity, key, _ = address
    interview = f"interview/{key.partition('/')[0]}/{key.rpartition('/')[2]}"
    return f"{entity}/{key}" in named or (entity == "answer" and interview in named)


def _not_replaced(everything: dict[str, WrittenEntry]) -> EntriesByField:
    """The newest entries of each field, where just these are held."""
    replaced = {
        i
        for one in everything.values()
        for i in one.known
        if i in everything and everything[i].address == one.address and one.may_replace(everything[i])
    }
    found: EntriesByField = {}
    for one in everything.values():
        if one.entry not in replaced:
            found.setdefault(one.address, []).append(one)
    return found


def _goes_with(other: FieldAddress, deleted: FieldAddress, newest: EntriesByField) -> bool:
    """Whether a field belongs to a deleted record: a field of it, or of what disappears with it."""
    entity, key, field = other
    if field in (DELETED, SEEING):
        return False
    identity, _, author = deleted[1].rpartition("/")
    ours = key.rpartition("/")[2] == author
    of_it = key.startswith(f"{identity}/") and ours
    linked = any(one.value == identity for one in newest.get(("quote", key, "interview"), ()))
    return (
        other[:2] == deleted[:2]
        or (deleted[0] == "interview" and ((entity == "answer" and of_it) or (entity == "quote" and ours and linked)))
        or (deleted[0] == "case_note" and entity == "audit" and of_it)
    )
