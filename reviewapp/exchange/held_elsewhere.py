"""What the lead's laptop holds and nobody else is known to hold, so that deleting it there asks first.

Two things show that somebody else holds entries: a file that names them, signed by a laptop that is certified, and a
backup made to be taken away. What any other laptop says that it holds is kept, told, and counts once that one is
certified. Once receipts were given, the other laptops may be emptied under them, so what their files showed before
says nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from reviewapp.exchange.pack import Manifest
from reviewapp.store import forks, journal, signing
from reviewapp.store.driver import Database
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import HEADER, MARKS
from reviewapp.visit.forks import laptop_of, path
from reviewapp.visit.standing import Standings

_SHOWN, _BACKED_UP = "held_by_laptops", "held_by_backup"
_SHOWN_BEFORE = "held_by_others"
"""Where earlier versions kept what files showed, without whose files they were."""
_SETTING_UP = (HEADER, "person", *sorted(MARKS))
"""What the visit is, who takes part and whose a laptop is: made in a minute, and no work that could be lost."""
_MOST = 200
"""Of so many laptops it is kept what they hold; a visit has a handful."""

Held = dict[str, int]
"""How many entries are held of each laptop, by its id."""
WhyNot = Literal["not_certified", "apart", "not_signed", "not_noted"]


class NotCounted(msgspec.Struct, frozen=True):
    """A laptop that says it holds so many entries which nobody else is known to hold, and why that counts for nothing.

    Of files that came in under an earlier version, which did not note whose they were, `device` and `code` are empty.
    """

    device: str
    code: str
    entries: int
    why: WhyNot


class _Claims(msgspec.Struct):
    """By the laptop that said so: what it holds."""

    signed: dict[str, Held] = {}
    unsigned: dict[str, Held] = {}


def shown(store: VisitStore, db: Database, manifest: Manifest, devices: tuple[Device, ...]) -> None:
    """A file says that the laptop which wrote it holds these heads; inside the caller's transaction."""
    here = next((one for one in devices if one.device == manifest.device), None)
    sender = manifest.part.sender if manifest.part is not None else here
    if sender is None or sender.device == store.device:
        return
    claims = _claims(store)
    kind = claims.signed if signing.signed_by(sender, manifest.proof, manifest.holdings()) else claims.unsigned
    if sender.device in kind or len(kind) < _MOST:
        kind[sender.device] = kind.get(sender.device, {})
        for one in devices:
            kind[sender.device] = _more(kind[sender.device], segments_up_to(store, one))
        store.set_local(db, _SHOWN, msgspec.json.encode(claims).decode())


def segments_up_to(store: VisitStore, head: Device) -> dict[str, int]:
    """Up to which of its entries each branch here is behind a head; none where it is of a branch that is not here.

    Of a laptop that did not fork it is the laptop itself.
    """
    tree = forks.held(store.db)
    laptop = laptop_of(head.device)
    if laptop not in tree.segments:
        return {laptop: head.seq}
    name = tree.at(laptop, head.seq, head.chain)
    way = path(name, tree.forks) if name is not None else []
    return {one: min(head.seq, tree.segments[one].last) for one in way}


def receipts_given(store: VisitStore) -> None:
    """Every other laptop may be emptied from now on."""
    with store.transaction() as db:
        store.set_local(db, _SHOWN, "")
        store.set_local(db, _SHOWN_BEFORE, "")


def backed_up(store: VisitStore, held: Mapping[str, int]) -> None:
    """A backup to be taken away was written, when each device had so many entries here."""
    with store.transaction() as db:
        store.set_local(db, _BACKED_UP, msgspec.json.encode(held).decode())


def held_nowhere_else(store: VisitStore, *, beyond: VisitStore | None = None) -> int:
    """Number of entries here that no certified laptop and no backup taken away is known to hold, whoever made them.

    `beyond`: another store of the visit, of which the entries are counted that are not here.
    """
    return _left(store, beyond, _known(store))


def not_counted(store: VisitStore) -> list[NotCounted]:
    """The laptops whose files say that they hold some of what is held nowhere else, and that count for nothing."""
    known, claims, standings = _known(store), _claims(store), store.standings()
    left, people = _left(store, None, known), store.devices()
    found = []
    for signed, said in ((True, claims.signed), (False, claims.unsigned)):
        for device, held in said.items():
            why = _why_not(standings, store.device, device, signed=signed)
            more = left - _left(store, None, _more(known, held)) if why else 0
            if why and more:
                code = people[device].person if device in people else standings.claim(device)
                found.append(NotCounted(device, code, more, why))
    before = left - _left(store, None, _more(known, _numbers(store, _SHOWN_BEFORE)))
    return [*found, NotCounted("", "", before, "not_noted")] if before and not found else found


def count(store: VisitStore, beyond: VisitStore | None, device: str, after: int, *, but_for: Iterable[str]) -> int:
    """Number of a device's entries beyond the number `after`: those here, or those `beyond` that are not here."""
    if beyond is None:
        return len(journal.ids_after(store.db, device, after, but_for=but_for))
    there = journal.ids_after(beyond.db, device, after, but_for=but_for)
    return len(there - journal.ids_among(store.db, there))


def _left(store: VisitStore, beyond: VisitStore | None, known: Mapping[str, int]) -> int:
    """Number of entries beyond what is known to be held somewhere else."""
    devices = journal.entries_per_device((beyond or store).db)
    return sum(count(store, beyond, one, known.get(one, 0), but_for=_SETTING_UP) for one in devices)


def _known(store: VisitStore) -> Held:
    """What a backup, or a laptop that is certified, is known to hold."""
    standings, found = store.standings(), _numbers(store, _BACKED_UP)
    for device, held in _claims(store).signed.items():
        if _certified(standings, device) and not _same(standings, store.device, device):
            found = _more(found, held)
    return found


def _why_not(standings: Standings, own: str, device: str, *, signed: bool) -> WhyNot | None:
    """Why it counts for nothing what a laptop says that it holds; None where it counts, or is this laptop."""
    if _same(standings, own, device):
        return None
    if _certified(standings, device):
        return None if signed else "not_signed"
    return "not_certified" if standings.of(device).state == "uncertified" else "apart"


def _certified(standings: Standings, device: str) -> bool:
    return standings.of(device).state in ("lead", "certified")


def _same(standings: Standings, own: str, device: str) -> bool:
    """Whether a laptop is this one, before or after a restore: it is emptied with this one."""
    return standings.is_same_line(own, device)


def _more(one: Mapping[str, int], other: Mapping[str, int]) -> Held:
    return {device: max(one.get(device, 0), other.get(device, 0)) for device in {*one, *other}}


def _numbers(store: VisitStore, name: str) -> Held:
    kept = store.local(name)
    return msgspec.json.decode(kept, type=Held) if kept else {}


def _claims(store: VisitStore) -> _Claims:
    kept = store.local(_SHOWN)
    return msgspec.json.decode(kept, type=_Claims) if kept else _Claims()
