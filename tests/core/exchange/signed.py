"""Laptops without a disk: they sign what they say, so that a pack can be checked without making a visit for it."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Damaged
from reviewapp.exchange import pack, pack_checks
from reviewapp.exchange.local_knowledge import LocalKnowledge
from reviewapp.instruments.model import Guide
from reviewapp.store import entry as entries
from reviewapp.store import signing
from reviewapp.store.entry import Entry
from reviewapp.store.signing import Device
from reviewapp.visit.entities import FieldAddress
from tests.core.visit.building import instrument, prompt

VISIT = "0123456789abcdef"
AT = "2026-11-17T10:00:00.000000Z"
MEASURED = instrument(
    {"4": "1", "47": "2"}, guides=(Guide(group="patient", prompts=(prompt("P01", "4"),)),), audit={"A1": ["4"]}
)
NOBODY_KNOWN = LocalKnowledge(
    lead="L1", instrument=MEASURED, people=frozenset({"L1", "R2", "R3"}), address_of=lambda _: None
)


class Laptop:
    """Somebody's laptop; everything it says, in order."""

    def __init__(self, person: str) -> None:
        self.person, self.private = person, signing.new_private_key()
        self.device = signing.device_id(signing.public_of(self.private))
        self.said: list[Entry] = []

    def says(self, entity: str, key: str, field: str, value: Any, **changes: Any) -> Entry:
        """One more entry."""
        facts: dict[str, Any] = {"person": self.person, "device": self.device, "seq": len(self.said) + 1, "at": AT}
        facts |= {"address": (entity, key, field), "value": value, "parents": ()}
        made = entries.make(**(facts | changes))
        self.said.append(made)
        return made

    def signed(self, *, visit: str = VISIT) -> Device:
        """What it signs for now."""
        head = entries.GENESIS
        for one in self.said:
            head = entries.chain(head, one.id)
        return signing.sign_head(self.private, visit=visit, person=self.person, seq=len(self.said), chain=head)


def packed(sender: Laptop, *others: Laptop) -> pack.PackEntries:
    """What is in a pack that the first of them sends."""
    devices = tuple(laptop.signed() for laptop in (sender, *others))
    every = [one for laptop in (sender, *others) for one in laptop.said]
    return pack.PackEntries(pack.Manifest(VISIT, sender.person, sender.device, len(every), devices), every)


def refusal(contents: pack.PackEntries, known: LocalKnowledge = NOBODY_KNOWN, visit: str = VISIT) -> str | None:
    """Why these, or those of one laptop, are not taken, in the words after "... is not taken: "; None when they are."""
    try:
        checked = pack_checks.check("x.review", visit, contents, known)
    except Damaged as error:
        name, _, reason = error.what.partition(" was not added: ")
        assert name == "x.review" and error.do
        return reason
    return checked.refused[0].why if checked.refused else None


def refusal_of(
    entity: str,
    key: str,
    field: str,
    value: Any,
    *,
    person: str = "R2",
    known: LocalKnowledge = NOBODY_KNOWN,
    **how: Any,
) -> str | None:
    """Why a pack with this one entry of a laptop of `person` is not taken."""
    laptop = Laptop(person)
    laptop.says(entity, key, field, value, **how)
    return refusal(packed(laptop), known)


def with_entries(contents: pack.PackEntries, *every: Entry) -> pack.PackEntries:
    """The same manifest around other entries."""
    return msgspec.structs.replace(contents, entries=list(every))


def held_here(*laptops: Laptop, **more: Any) -> LocalKnowledge:
    """What a laptop knows that holds what these have said."""
    by_device = {laptop.device: [(one.seq, one.id) for one in laptop.said] for laptop in laptops}
    places: dict[str, FieldAddress] = {one.id: one.address for laptop in laptops for one in laptop.said}
    return msgspec.structs.replace(
        NOBODY_KNOWN,
        devices={laptop.device: laptop.signed() for laptop in laptops},
        ids_of=lambda device: by_device.get(device, []),
        address_of=places.get,
        **more,
    )
