"""The opening of the meeting in the journal: the entries the lead held, and when each device came to know of it."""

from __future__ import annotations

import msgspec

from reviewapp.store import journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import SEEN
from reviewapp.visit.lateness import Opening

PLACE = ("meeting", "meeting", "held")


def opening(db: Database) -> Opening | None:
    """The newest opening of the meeting, or None before the first.

    The laptop that opened the meeting knew of it. Of two openings that did not know of each other both held what either
    held.
    """
    heads = journal.heads(db, PLACE)
    if not any(head.value for head in heads):
        return None
    held: dict[str, int] = {}
    seen = {head.device: head.seq for head in heads}
    for head in heads:
        for device, seq in (head.value or {}).items():
            held[device] = max(held.get(device, 0), seq)
    for device, seq in _marks(db, heads):
        seen[device] = min(seq, seen.get(device, seq))
    return Opening(held, seen)


def has_seen(db: Database, device: str) -> bool:
    """True if this device opened the meeting or has recorded that it knows of the newest opening."""
    heads = journal.heads(db, PLACE)
    return any(head.device == device for head in heads) or any(one == device for one, _ in _marks(db, heads))


def mark(db: Database) -> str:
    """The value with which a device records that it knows: the id of the opening's entry."""
    return journal.head_ids(db, PLACE)[0]


def _marks(db: Database, heads: list[Entry]) -> list[tuple[str, int]]:
    found = []
    for head in heads:
        rows = db.execute(
            "SELECT device, seq FROM entry WHERE entity = ? AND value = ?",
            (SEEN, msgspec.json.encode(head.id).decode()),
        )
        found += [(str(device), int(seq)) for device, seq in rows]
    return found
