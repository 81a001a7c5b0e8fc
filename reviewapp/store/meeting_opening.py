"""The opening of the meeting in the journal: the entries the lead held, and when each device came to know of it.

Undo takes an opening back with a compensating entry, and redo makes it anew with another one. What was recorded knowing
of an opening was recorded in the meeting, also when that opening was taken back meanwhile: so the entries of one
opening, of its undoing and of its redoing count as one.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from reviewapp.base import limits
from reviewapp.store import forks, journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import SEEN
from reviewapp.visit.forks import path
from reviewapp.visit.lateness import Opening

PLACE = ("meeting", "meeting", "held")


def held_now(db: Database) -> dict[str, int]:
    """How many entries of each device are here: what an opening says was held.

    Of more devices than an entry may list, the lead's and those that are certified go before the others, whose later
    ratings then wait for the lead.
    """
    held = journal.entries_per_device(db)
    if len(held) <= limits.MOST_ITEMS:
        return held
    query = "SELECT device FROM standing WHERE apart_from IS NULL ORDER BY lead DESC, certified != '' DESC, device"
    first = [str(row[0]) for row in db.conn.execute(query) if row[0] in held]
    return {device: held[device] for device in first[: limits.MOST_ITEMS]}


def opening(db: Database) -> Opening | None:
    """The newest opening of the meeting, or None before the first.

    The laptop that opened the meeting knew of it. Of two openings that did not know of each other both held what either
    held.
    """
    heads = journal.heads(db, PLACE)
    if not any(head.value for head in heads):
        return None
    held: dict[str, int] = {}
    for head in heads:
        for device, seq in (head.value or {}).items():
            held[device] = max(held.get(device, 0), seq)
    same = _same_openings(db, heads)
    seen: dict[str, int] = {}
    for device, seq in [*((one.device, one.seq) for one in same), *_marks(db, same)]:
        seen[device] = min(seq, seen.get(device, seq))
    known = forks.held(db).forks
    for branch in known:  # what was said before the laptop forked holds for it too; its entries are numbered on
        grown = path(branch, known)
        held[branch] = max(held.get(one, 0) for one in grown)
        since = [seen[one] for one in grown if one in seen]
        if since:
            seen[branch] = min(since)
    return Opening(held, seen)


def has_seen(db: Database, device: str) -> bool:
    """True if this device opened the meeting or has recorded that it knows of the newest opening."""
    same = _same_openings(db, journal.heads(db, PLACE))
    return any(one.device == device for one in same) or any(one == device for one, _ in _marks(db, same))


def mark(db: Database) -> str:
    """The value with which a device records that it knows: the id of the opening's entry."""
    return journal.head_ids(db, PLACE)[0]


def _marks(db: Database, openings: Iterable[Entry]) -> list[tuple[str, int]]:
    found = []
    for one in openings:
        rows = db.execute(
            "SELECT device, seq FROM entry WHERE entity = ? AND value = ?",
            (SEEN, msgspec.json.encode(one.id).decode()),
        )
        found += [(str(device), int(seq)) for device, seq in rows]
    return found


def _same_openings(db: Database, heads: list[Entry]) -> list[Entry]:
    """These openings, and those that they repeat after an undo; not the earlier one that a second opening replaced."""
    if not any(head.parents for head in heads):
        return heads
    entity, key, field = PLACE
    known = {one.id: one for one in journal.history(db, entity, key) if one.field == field}
    found: dict[str, Entry] = {}
    todo = list(heads)
    while todo:
        one = todo.pop()
        if one.id not in found:
            found[one.id] = one
            todo += _repeated(one, known)
    return [one for one in found.values() if one.value]


def _repeated(one: Entry, known: dict[str, Entry]) -> list[Entry]:
    """The openings before this entry that it undoes or makes anew."""
    before = _parents(one, known)
    if not one.value:
        return before
    found = []
    for parent in before:
        earlier = _parents(parent, known)
        restored = [other for other in earlier if other.value == one.value]
        if not parent.value:  # it was taken back, and is made anew
            found.append(parent)
        elif restored:  # this one undoes the parent, and the one before it holds again
            found += [parent, *restored]
        else:  # the parent undid a second opening, which is made anew
            found += [
                undone for undone in earlier if any(other.value == parent.value for other in _parents(undone, known))
            ]
    return found


def _parents(one: Entry, known: dict[str, Entry]) -> list[Entry]:
    return [known[parent] for parent in one.parents if parent in known]
