"""What must be true after laptops joined, told without the stores: from what was said, by whom, knowing what.

The program follows parents, sequence numbers and lists of what was seen; the model only remembers what each author
held at the moment of speaking. Where the two disagree, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from reviewapp.store.deletions import DELETED, SEEING

Place = tuple[str, str, str]
Open = dict[Place, list["Told"]]


class Told(NamedTuple):
    """What was said, and the ids of all that its author's laptop held then."""

    entry: str
    place: Place
    person: str
    value: Any
    knew: frozenset[str]


class Model:
    """Everything ever said; `holdings` are the ids on each laptop."""

    def __init__(self) -> None:
        self.said: dict[str, Told] = {}

    def holdings(self) -> Iterable[set[str]]:
        raise NotImplementedError

    def held_by_anybody(self) -> dict[str, Told]:
        return {identity: self.said[identity] for held in self.holdings() for identity in held}

    def withdrawn(self) -> set[str]:
        """The entries that a notice covers: by name, or because they belong to a withdrawn interview."""
        everything = self.held_by_anybody().values()
        named = {f"{one.place[0]}/{one.place[1]}" for one in everything if one.place[0] == "withdraw"}
        named = {name.removeprefix("withdraw/") for name in named}
        for one in everything:
            if one.place[0] == "withdraw" and one.place[2] == "records":
                named |= set(one.value)
        for one in everything:
            if one.place[::2] == ("quote", "interview") and f"interview/{one.value}/{one.person}" in named:
                named.add(f"quote/{one.place[1]}")
        return {one.entry for one in everything if _is_named(one.place, named)}

    def open_at(self) -> Open:
        """What nobody replaced who knew of it, place by place; what was withdrawn says nothing any more."""
        everything, gone = self.held_by_anybody(), self.withdrawn()
        return {
            place: [one._replace(value=None) if one.entry in gone else one for one in told]
            for place, told in _not_replaced(everything).items()
        }

    def conflicts(self) -> dict[Place, set[tuple[str, str]]]:
        """Where people said different things without knowing of each other: the entries and their authors."""
        found = {
            place: {(one.entry, one.person) for one in told}
            for place, told in self.open_at().items()
            if place[2] != SEEING and len(values(told)) > 1
        }
        for place, changes in self.changed_unseen().items():
            found.setdefault(place, {(one.entry, one.person) for one in self.open_at()[place]})
            found[place] |= {(one.entry, one.person) for one in changes}
        return found

    def changed_unseen(self) -> dict[Place, list[Told]]:
        """Where a deletion stands, the changes to what it took away that no author of such a deletion had looked at."""
        found, open_at, gone = {}, self.open_at(), self.withdrawn()
        for place, told in open_at.items():
            seeing = [one for one in open_at.get((*place[:2], SEEING), ()) if one.value is not None]
            if place[2] != DELETED or not any(one.value for one in told) or not seeing:
                continue
            seen: dict[Place, set[str]] = {}
            for one in seeing:
                for there, looked_at in _not_replaced({i: self.said[i] for i in one.knew}).items():
                    seen.setdefault(there, set()).update(values(looked_at))
            changes = [
                one
                for there, now in open_at.items()
                if _goes_with(there, place, open_at)
                for one in now
                if one.entry not in gone and repr(one.value) not in seen.get(there, {"None"})
            ]
            if changes:
                found[place] = changes
        return found


def values(told: list[Told]) -> set[str]:
    return {repr(one.value) for one in told}


def _is_named(place: Place, named: set[str]) -> bool:
    entity, key, _ = place
    interview = f"interview/{key.partition('/')[0]}/{key.rpartition('/')[2]}"
    return f"{entity}/{key}" in named or (entity == "answer" and interview in named)


def _not_replaced(everything: dict[str, Told]) -> Open:
    """What stands, place by place, where just this is held."""
    replaced = {
        i for one in everything.values() for i in one.knew if i in everything and everything[i].place == one.place
    }
    found: Open = {}
    for one in everything.values():
        if one.entry not in replaced:
            found.setdefault(one.place, []).append(one)
    return found


def _goes_with(there: Place, deleted: Place, open_at: Open) -> bool:
    """Whether a place belongs to a deleted record: a field of it, or of what disappears with it."""
    entity, key, field = there
    if field in (DELETED, SEEING):
        return False
    identity, _, author = deleted[1].rpartition("/")
    ours = key.rpartition("/")[2] == author
    of_it = key.startswith(f"{identity}/") and ours
    linked = any(one.value == identity for one in open_at.get(("quote", key, "interview"), ()))
    return (
        there[:2] == deleted[:2]
        or (deleted[0] == "interview" and ((entity == "answer" and of_it) or (entity == "quote" and ours and linked)))
        or (deleted[0] == "case_note" and entity == "audit" and of_it)
    )
