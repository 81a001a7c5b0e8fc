"""The lead's receipt: a signed statement of how far each laptop's journal is held.

A reviewer's laptop joins it like a return. From then on it knows which of its entries are safe elsewhere, and `purge`
no longer warns about those.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.exchange import pack, pack_checks
from reviewapp.exchange.returns import Sender, everything, pack_cover, remember_own_head
from reviewapp.store import entry, journal, signing
from reviewapp.store.visit_store import VisitStore


def write_receipt(store: VisitStore, path: Path) -> None:
    """Write a signed receipt for every device's entries that this laptop (the lead's) holds."""
    store.check_writable()
    with store.snapshot():
        held = msgspec.structs.replace(everything(store)[0], entries=0)
        private = bytes.fromhex(store.local("device_key"))
        signed = msgspec.structs.replace(held, proof=signing.sign(private, held.statement()))
        sealed = pack.seal(pack_cover("receipt", store), signed, [], store.local("identity"))
    remember_own_head(store, signed)
    save_file(path, sealed)


def join_receipt(store: VisitStore, name: str, contents: pack.PackEntries, lead: str) -> Sender:
    """Verify a receipt and record how many of this laptop's entries the lead holds.

    Raises Damaged when it is not signed by the lead or not about this journal.
    """
    manifest = contents.manifest
    devices = {device.device: device for device in manifest.devices}
    author = devices.get(manifest.device)
    if manifest.visit != store.local("visit") or contents.entries:
        raise pack_checks.refused(name, _("it is not a receipt of this visit"))
    if author is None or author.person != lead or not author.verifies(manifest.visit):
        raise pack_checks.refused(name, _("it is not the lead's receipt"))
    if not signing.signed_by(author, manifest.proof, manifest.statement()):
        raise pack_checks.refused(name, _("its signature is wrong"))
    mine = devices.get(store.device)
    if mine is not None and mine.chain != _chain_at(store, mine.seq):
        raise pack_checks.refused(name, _("it speaks of entries this laptop never wrote"))
    with store.transaction() as db:
        held = max(int(store.local("receipted") or 0), mine.seq if mine else 0)
        store.set_local(db, "receipted", str(held))
    return Sender(manifest.person, manifest.device)


def unreceipted(store: VisitStore) -> int:
    """Number of this laptop's own entries that no receipt covers."""
    own = journal.of_device(store.db, store.device, after=int(store.local("receipted") or 0))
    return len(own)


def _chain_at(store: VisitStore, seq: int) -> str | None:
    """The head of the chain over this laptop's first `seq` entries; None when it never wrote so many."""
    own = [identity for __, identity in journal.of_device(store.db, store.device)][:seq]
    head = entry.GENESIS
    for identity in own:
        head = entry.chain(head, identity)
    return head if len(own) == seq else None
