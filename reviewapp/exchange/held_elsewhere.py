"""What the lead's laptop holds and nobody else is known to hold, so that deleting it there asks first.

Two things show that somebody else holds entries: a file of another laptop that names them, and a backup made to be
taken away. Once receipts were given, the other laptops may be emptied under them, so what their files showed before
says nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from reviewapp.store import journal
from reviewapp.store.driver import Database
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import HEADER, MARKS

_SHOWN, _BACKED_UP = "held_by_others", "held_by_backup"
_SETTING_UP = (HEADER, "person", *sorted(MARKS))
"""What the visit is, who takes part and whose a laptop is: made in a minute, and no work that could be lost."""


def shown(store: VisitStore, db: Database, devices: tuple[Device, ...]) -> None:
    """Another laptop's file names these heads; inside the caller's transaction."""
    known = _read(store, _SHOWN)
    for one in devices:
        known[one.device] = max(known.get(one.device, 0), one.seq)
    store.set_local(db, _SHOWN, msgspec.json.encode(known).decode())


def receipts_given(store: VisitStore) -> None:
    """Every other laptop may be emptied from now on."""
    with store.transaction() as db:
        store.set_local(db, _SHOWN, "")


def backed_up(store: VisitStore, held: Mapping[str, int]) -> None:
    """A backup to be taken away was written, when each device had so many entries here."""
    with store.transaction() as db:
        store.set_local(db, _BACKED_UP, msgspec.json.encode(held).decode())


def held_nowhere_else(store: VisitStore, *, beyond: VisitStore | None = None) -> int:
    """Number of entries here that no other laptop and no backup taken away is known to hold, whoever made them.

    `beyond`: another store of the visit, of which the entries are counted that are not here.
    """
    others, backups = _read(store, _SHOWN), _read(store, _BACKED_UP)
    found = 0
    for device in journal.entries_per_device((beyond or store).db):
        known = max(others.get(device, 0), backups.get(device, 0))
        found += count(store, beyond, device, known, but_for=_SETTING_UP)
    return found


def count(store: VisitStore, beyond: VisitStore | None, device: str, after: int, *, but_for: Iterable[str]) -> int:
    """Number of a device's entries beyond the number `after`: those here, or those `beyond` that are not here."""
    here = journal.ids_after(store.db, device, after, but_for=but_for)
    return len(here if beyond is None else journal.ids_after(beyond.db, device, after, but_for=but_for) - here)


def _read(store: VisitStore, name: str) -> dict[str, int]:
    kept = store.local(name)
    return msgspec.json.decode(kept, type=dict[str, int]) if kept else {}
