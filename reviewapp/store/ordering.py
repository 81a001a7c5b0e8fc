"""The order in which entries were written, worked out from what each knew; clocks only where nothing else tells.

An entry was written after its parents and after the earlier entries of its device. Times order the rest, but for those
of a clock that was wrong: one that ran ahead is taken to be just before what was written knowing of it, one that had
stopped just after what it knew of.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence

from reviewapp.store import clock
from reviewapp.store.entry import Entry
from reviewapp.visit.forks import laptop_of


def in_order_of_writing(entries: Sequence[Entry], latest: str) -> list[Entry]:
    """These entries, oldest first; a time after `latest`, or one that cannot be, is that of a wrong clock.

    The same entries come in the same order whatever order they are given in.
    """
    by_id = {one.id: one for one in entries}
    after: dict[str, set[str]] = {identity: set() for identity in by_id}
    waits_for: dict[str, set[str]] = {one.id: {parent for parent in one.parents if parent in by_id} for one in entries}
    last_of: dict[str, str] = {}
    for one in sorted(entries, key=_by_device):
        earlier = last_of.get(one.device) or last_of.get(laptop_of(one.device))  # a branch after what it grew from
        if earlier and by_id[earlier].seq < one.seq:
            waits_for[one.id].add(earlier)
        last_of[one.device] = one.id
    for identity, before in waits_for.items():
        for other in before:
            after[other].add(identity)
    times = {identity: one.at for identity, one in by_id.items()}
    found = _sorted(by_id, after, waits_for, times)
    for one in found:  # from the oldest on: a clock that had stopped
        if clock.was_wrong(one.at, latest) and one.at <= latest:
            times[one.id] = max([one.at, *(times[other] for other in waits_for[one.id])])
    for one in reversed(found):  # from the newest back: a clock that ran ahead
        if one.at > latest:
            times[one.id] = min([one.at, *(times[other] for other in after[one.id])])
    return found if times == {one.id: one.at for one in found} else _sorted(by_id, after, waits_for, times)


def _sorted(
    by_id: dict[str, Entry], after: dict[str, set[str]], waits_for: dict[str, set[str]], times: dict[str, str]
) -> list[Entry]:
    """Each after those it waits for; among those that may come next, the one with the earliest time."""
    waiting = {identity: len(before) for identity, before in waits_for.items()}
    ready = [_place(by_id[identity], times) for identity, many in waiting.items() if not many]
    heapq.heapify(ready)
    found = []
    while ready:
        *_, identity = heapq.heappop(ready)
        found.append(by_id[identity])
        for other in after[identity]:
            waiting[other] -= 1
            if not waiting[other]:
                heapq.heappush(ready, _place(by_id[other], times))
    missing = by_id.keys() - {
        one.id for one in found
    }  # each names the other as the earlier one: forged, never left out
    return found + sorted((by_id[identity] for identity in missing), key=_by_device)


def _place(one: Entry, times: dict[str, str]) -> tuple[str, str, int, str]:
    return times[one.id], one.device, one.seq, one.id


def _by_device(one: Entry) -> tuple[bool, str, int]:
    return laptop_of(one.device) != one.device, one.device, one.seq
