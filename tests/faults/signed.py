"""Whether all that a store holds was signed by the key that it claims; worked out here and not by what joined it."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from reviewapp.store import forks, journal
from reviewapp.store.entry import Entry, canonical
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.forks import laptop_of


def unsigned(store: VisitStore) -> list[str]:
    """What is held that its laptop did not sign; its own that no file has handed out yet may be without."""
    visit, known = store.local("visit"), store.devices()
    held: dict[str, list[Entry]] = defaultdict(list)
    by_id = {one.id: one for one in journal.everything(store.db)}
    tree = forks.held(store.db)
    for one in by_id.values():
        if laptop_of(one.device) not in tree.laptops():
            held[one.device].append(one)
    for laptop in tree.laptops():  # each of its branches was signed from the first entry of the laptop on
        held |= {leaf: [by_id[identity] for identity in tree.chain(leaf)] for leaf in tree.leaves(laptop)}
    beside = {one.id for one in by_id.values()} - {one.id for own in held.values() for one in own}
    found = [f"{device[:8]} is known with no key" for device in held.keys() - known.keys() - {store.device}]
    found += [f"{identity[:8]} is in no branch" for identity in beside]
    for device, own in held.items():
        own.sort(key=_by_number)
        if [one.seq for one in own] != list(range(1, len(own) + 1)):
            found.append(f"{device[:8]} has numbers {[one.seq for one in own]}")
        found += [f"{one.entity} {one.key} is not what its id says" for one in own if not _is_itself(one)]
        if device in known:
            found += _head(known[device], own, visit, whole=device != store.device)
    return found


def _head(head: Device, own: list[Entry], visit: str, *, whole: bool) -> list[str]:
    """What is wrong with the signed head of a laptop over these entries; `whole`: over all of them."""
    public = bytes.fromhex(head.public_key)
    laptop = laptop_of(head.device)
    if hashlib.sha256(b"reviewapp device" + public).hexdigest()[:32] != laptop:
        return [f"{head.device[:8]} is not the name of its key"]
    if head.seq > len(own) or (whole and head.seq < len(own)):
        return [f"{head.device[:8]} signed {head.seq} entries, and {len(own)} are here"]
    chain = "0" * 64
    for one in own[: head.seq]:
        chain = hashlib.sha256(f"{chain}{one.id}".encode()).hexdigest()
    said = f"reviewapp 1\n{visit}\n{laptop}\n{head.person}\n{head.seq}\n{head.chain}".encode()
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(bytes.fromhex(head.signature), said)
    except InvalidSignature:
        return [f"the signature of {head.device[:8]} is wrong"]
    return [] if chain == head.chain else [f"{head.device[:8]} signed other entries"]


def _is_itself(one: Entry) -> bool:
    if not one.withdrawn and hashlib.sha256(one.salt.encode() + canonical(one.value)).hexdigest() != one.seal:
        return False
    facts = [one.person, laptop_of(one.device), one.seq, one.at, one.entity, one.key, one.field, one.seal, one.parents]
    return hashlib.sha256(canonical(facts)).hexdigest() == one.id


def _by_number(one: Entry) -> int:
    return one.seq
