"""The lead's receipt: a signed statement of how far each laptop's journal is held.

A reviewer's laptop joins it like a return. From then on it knows which of its entries are safe elsewhere, and `purge`
no longer warns about those.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.exchange import entry_checks, held_elsewhere, pack, void_receipts
from reviewapp.exchange.returns import Sender, everything, pack_cover, remember_own_head
from reviewapp.store import forks, journal, marks, signing
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import MARKS
from reviewapp.visit.forks import laptop_of


def write_receipt(store: VisitStore, path: Path) -> None:
    """Write a signed receipt for every device's entries that this laptop (the lead's) holds."""
    store.check_hands_out()
    with store.snapshot():
        held = msgspec.structs.replace(everything(store)[0], entries=0)
        private = bytes.fromhex(store.local("device_key"))
        signed = msgspec.structs.replace(held, proof=signing.sign(private, held.statement()))
        authority = store.local(marks.AUTHORITY_KEY)
        if authority:
            proof = signing.sign(bytes.fromhex(authority), held.statement())
            signed = msgspec.structs.replace(signed, authority=proof)
        sealed = pack.seal(pack_cover("receipt", store), signed, [], store.local("identity"))
    remember_own_head(store, signed)
    save_file(path, sealed)
    if not store.place_is_read_only:  # there it cannot be deleted either
        held_elsewhere.receipts_given(store)


def join_receipt(store: VisitStore, name: str, contents: pack.PackEntries) -> Sender:
    """Verify a receipt and record how many of this laptop's entries the lead holds.

    Raises Damaged when it is not signed by a laptop that speaks for the lead, or is not about this journal. One that
    was restored meanwhile shows it by the visit's key of authority.
    """
    manifest = contents.manifest
    devices = {device.device: device for device in manifest.devices}
    author = devices.get(manifest.device)
    if manifest.visit != store.local("visit") or contents.entries:
        raise entry_checks.refused(name, _("it is not a receipt of this visit"))
    if author is None or not author.verifies(manifest.visit) or not _speaks_for_lead(store, author, manifest):
        raise entry_checks.refused(name, _("it is not the lead's receipt"))
    if not signing.signed_by(author, manifest.proof, manifest.statement()):
        raise entry_checks.refused(name, _("its signature is wrong"))
    mine = _of_own(store, name, manifest.devices)
    with store.transaction() as db:
        covered = _covered(store)
        for device, seq in mine.items():
            covered[device] = max(covered.get(device, 0), seq)
        store.set_local(db, _RECEIPTED, msgspec.json.encode(covered).decode())
        store.set_local(db, _SINCE, void_receipts.take_over(store))
        void_receipts.remember(store, db, manifest)
    return Sender(manifest.person, manifest.device)


def _of_own(store: VisitStore, name: str, heads: Sequence[Device]) -> dict[str, int]:
    """Up to which of its entries each laptop of this one's person is held, and each branch of one.

    Raises Damaged when nothing that is said of a laptop is what it wrote. What a copy of this laptop wrote that is not
    here says nothing of it.
    """
    own = {laptop_of(one) for one in own_devices(store)}
    tree = forks.held(store.db)
    found: dict[str, int] = {}
    strange: set[str] = set()
    for one in heads:
        if one.device not in own:
            continue
        if one.device not in tree.segments:
            here = journal.chain_at(store.db, one.device, one.seq)
            if here != one.chain and (here is not None or one.device == store.device):
                strange.add(one.device)
                continue
        for device, seq in held_elsewhere.segments_up_to(store, one).items():
            found[device] = max(seq, found.get(device, 0))
    if strange - found.keys():
        raise entry_checks.refused(name, _("it lists entries that this laptop never wrote"))
    return found


def _speaks_for_lead(store: VisitStore, author: Device, manifest: pack.Manifest) -> bool:
    standings = store.standings()
    if not standings.is_visit or author.person != standings.lead_code:
        return False
    standing = standings.of(author.device)
    if standing.state == "lead":
        return True
    return standing.apart_from is None and signing.verified(
        standings.authority, manifest.authority, manifest.statement()
    )


def unreceipted(store: VisitStore, *, beyond: VisitStore | None = None) -> int:
    """Number of entries of this laptop's person that no receipt covers: of this device, and of what it was before.

    A restore makes a laptop a new device, whose numbers begin anew. `beyond`: another store of the visit, of which the
    entries are counted that are not here.
    """
    covered = _covered(store)
    own = own_devices(store) | (own_devices(beyond) if beyond is not None else set())
    return sum(held_elsewhere.count(store, beyond, one, covered.get(one, 0), but_for=MARKS) for one in own)


def own_devices(store: VisitStore) -> set[str]:
    """The ids of the devices of this laptop's person: its own, those it was before restores, and any other laptop."""
    me = store.local("me")
    return {store.device} | {one.device for one in store.devices().values() if one.person == me}


def _covered(store: VisitStore) -> dict[str, int]:
    """Up to which number receipts cover each device of this laptop's person.

    Earlier versions kept one number, without the device: it holds only where there never was another one. What an
    earlier lead's receipts said counts no more.
    """
    if store.local(_SINCE) != void_receipts.take_over(store):
        return {}
    kept = store.local(_RECEIPTED)
    if not kept.isdigit():
        return msgspec.json.decode(kept, type=dict[str, int]) if kept else {}
    return {store.device: int(kept)} if own_devices(store) == {store.device} else {}


_RECEIPTED = "receipted"
_SINCE = "receipted_since"
"""The local value with the take-over of the lead whose receipts those are."""
