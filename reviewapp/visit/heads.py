"""Which entries of a field stand, as a pure function of all of them and of what their laptops' words count for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.standing import Said, Standings


class _Label(NamedTuple):
    """What decides what an entry may replace: two with the same label replace the same."""

    line: str
    lead: bool
    certified: str
    person: str
    only_here: bool


class FieldHeads(NamedTuple):
    """The entries that stand for a field. `plain`: all entries count and each replaces all that it knew."""

    ids: tuple[str, ...]
    plain: bool


def heads(address: FieldAddress, said: Sequence[Said], standings: Standings) -> FieldHeads:
    """The entries of one field that stand, given all of them in any order.

    An entry that counts, or stands on this laptop's screen only, is replaced by another such one that was written
    knowing of it (directly, or through others, also through those that stand apart) and may replace it.
    """
    by_id = {one.id: one for one in said}
    counted = {one.id for one in said if standings.counts(address, one)}
    here = {one.id for one in said if one.id not in counted and standings.only_here(address, one)}
    stands = counted | here
    later: dict[str, dict[_Label, Said]] = {identity: {} for identity in by_id}
    plain = len(counted) == len(by_id)
    for one in _later_first(by_id):
        seen_by = later[one.id]
        if one.id in stands:
            certified = standings.of(one.device).certified
            line = standings.line(one.device)
            label = _Label(line, standings.has_lead(one), certified, one.person, one.id in here)
            seen_by = seen_by | {label: one}
        for parent in one.parents:
            if parent in by_id:
                later[parent].update(seen_by)
                plain = plain and standings.may_replace(address, one, by_id[parent])
    found = [
        identity
        for identity in stands
        if not any(standings.may_replace(address, other, by_id[identity]) for other in later[identity].values())
    ]
    return FieldHeads(tuple(sorted(found)), plain)


def unaware(said: Sequence[Said], one: str, other: str) -> bool:
    """Whether neither of two entries of a field was written knowing of the other."""
    by_id = {each.id: each for each in said}
    return other not in _known_to(by_id, one) and one not in _known_to(by_id, other)


def _known_to(by_id: Mapping[str, Said], identity: str) -> set[str]:
    found: set[str] = set()
    todo = [identity]
    while todo:
        for parent in by_id[todo.pop()].parents:
            if parent in by_id and parent not in found:
                found.add(parent)
                todo.append(parent)
    return found


def _later_first(by_id: Mapping[str, Said]) -> list[Said]:
    """The entries, each before all that it knew of."""
    waiting = dict.fromkeys(by_id, 0)
    for one in by_id.values():
        for parent in set(one.parents) & by_id.keys():
            waiting[parent] += 1
    ready = [identity for identity, many in waiting.items() if not many]
    found = []
    while ready:
        one = by_id[ready.pop()]
        found.append(one)
        for parent in set(one.parents) & by_id.keys():
            waiting[parent] -= 1
            if not waiting[parent]:
                ready.append(parent)
    return found
