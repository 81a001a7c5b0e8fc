"""What an earlier lead's receipts said to be held: after a take-over they count no more, and what is not here is told.

Whoever deleted the visit on the word of such a receipt relied on the laptop of the earlier lead.
"""

from __future__ import annotations

import msgspec

from reviewapp.exchange import pack
from reviewapp.store import journal
from reviewapp.store.driver import Database
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.forks import laptop_of

_SAID = "vouched"
"""The local value with what receipts said to be held of every laptop, by the take-over of the lead who gave them."""


def take_over(store: VisitStore) -> str:
    """The entry with which the present lead took over; empty for the one who made the visit."""
    begun = store.standings().epochs[-1].take_over
    return begun.id if begun else ""


def remember(store: VisitStore, db: Database, manifest: pack.Manifest) -> None:
    """Keep what a receipt of the present lead says to be held, inside the caller's transaction."""
    known = _said(store)
    heads = known.setdefault(take_over(store), {})
    for one in manifest.devices:
        heads[one.device] = max(one.seq, heads.get(one.device, 0))
    store.set_local(db, _SAID, msgspec.json.encode(known).decode())


def not_here(store: VisitStore) -> dict[str, tuple[int, int]]:
    """What receipts that no longer count spoke of and is not here: of each laptop the first entry and the last."""
    if not _said(store):
        return {}
    held, now = journal.entries_per_device(store.db), take_over(store)
    found: dict[str, tuple[int, int]] = {}
    for lead, heads in _said(store).items():
        for device, seq in heads.items() if lead != now else ():
            first = 1 + max((seq for one, seq in held.items() if device in (one, laptop_of(one))), default=0)
            if seq >= first and device != store.device:
                found[device] = (first, max(seq, found.get(device, (0, 0))[1]))
    return found


def _said(store: VisitStore) -> dict[str, dict[str, int]]:
    return msgspec.json.decode(store.local(_SAID) or "{}", type=dict[str, dict[str, int]])
