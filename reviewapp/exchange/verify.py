"""Deciding whether what is in a pack may be believed: signatures, sequence, authorship, shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec

from reviewapp.errors import Damaged
from reviewapp.exchange.pack import Contents
from reviewapp.store import entry as entries
from reviewapp.store.entry import Entry
from reviewapp.store.signing import Device
from reviewapp.visit.catalogue import ENTITIES, HEADER, HEADER_FIELDS, NAMED, WITHDRAW, WITHDRAW_FIELD, line_for
from reviewapp.visit.lines import LEAD_ONLY
from reviewapp.visit.rules import COMMITTEE, HOST

_HEX64 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[\w.:-]{1,200}")
_AT = re.compile(r"20\d\d-(0\d|1[0-2])-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d\.\d{6}Z")
_WITHDRAWN = re.compile(r"(interview|answer|quote)(/[\w.:-]{1,200}){2,3}")
_LEADS = frozenset({HEADER, *(line.kind() for line in LEAD_ONLY)})


class Known(msgspec.Struct, frozen=True):
    """What this laptop holds already. `place_of` gives the place of an entry it has, or None."""

    lead: str
    devices: dict[str, Device]
    ids_of: Callable[[str], list[tuple[int, str]]]
    place_of: Callable[[str], tuple[str, str, str] | None]


def check(name: str, visit: str, contents: Contents, known: Known) -> None:
    """Raise Damaged with the reason unless every entry is signed by its device, in order, and well formed."""
    manifest = contents.manifest
    if manifest.visit != visit:
        raise refused(name, "it belongs to another visit")
    devices = {device.device: device for device in manifest.devices}
    if len(devices) != len(manifest.devices) or manifest.device not in devices:
        raise refused(name, "its list of laptops is wrong")
    for device in devices.values():
        if not device.verifies(visit):
            raise refused(name, f"the signature of laptop {device.device[:8]} is wrong")
        if device.device in known.devices and known.devices[device.device].person != device.person:
            raise refused(name, f"laptop {device.device[:8]} changed hands")
    _check_sequences(name, contents.entries, devices, known)
    places = {one.id: one.place for one in contents.entries}
    for one in contents.entries:
        _check_entry(name, visit, one, devices[one.device], known.lead)
        for parent in one.parents:
            if (places.get(parent) or known.place_of(parent)) != one.place:
                raise refused(name, "an entry names a forerunner that is missing or of another record")


def refused(name: str, reason: str) -> Damaged:
    """The error for a pack that is not taken."""
    return Damaged(f"{name} is not taken: {reason}", do="ask its author for a new file")


def _check_sequences(name: str, found: Iterable[Entry], devices: dict[str, Device], known: Known) -> None:
    """Each device's entries are 1, 2, 3 ... and their chain is the one it signed."""
    ids: dict[str, list[str]] = {device: [] for device in devices}
    for one in found:
        if one.device not in ids or one.seq != len(ids[one.device]) + 1:
            raise refused(name, "entries are missing or out of order")
        ids[one.device].append(one.id)
    for device, own in ids.items():
        head = entries.GENESIS
        for identity in own:
            head = entries.chain(head, identity)
        if len(own) != devices[device].seq or head != devices[device].chain:
            raise refused(name, f"what laptop {device[:8]} signed is not what the file holds")
        for seq, identity in known.ids_of(device):
            if seq <= len(own) and own[seq - 1] != identity:
                raise refused(name, f"laptop {device[:8]} was copied: two different entries carry number {seq}")


def _check_entry(name: str, visit: str, one: Entry, device: Device, lead: str) -> None:
    if not _is_time(one.at) or not all(_HEX64.fullmatch(parent) for parent in one.parents):
        raise refused(name, "an entry is malformed")
    for part in (one.person, one.entity, one.field):
        if not _ID.fullmatch(part):
            raise refused(name, "an entry is malformed")
    if not one.key or len(one.key) > 500 or not one.key.isprintable():
        raise refused(name, "an entry is malformed")
    try:
        entries.check(one)
    except Damaged as error:
        raise refused(name, error.what) from error
    if one.person != device.person and not (device.person == lead and one.person in (HOST, COMMITTEE)):
        raise refused(name, f"an entry by {one.person} comes from the laptop of {device.person}")
    if one.entity in _LEADS and one.person != lead:
        raise refused(name, f"{one.person} wrote what only the lead may write ({one.entity})")
    _check_shape(name, visit, one, lead)


def _is_time(text: str) -> bool:
    if not _AT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_shape(name: str, visit: str, one: Entry, lead: str) -> None:
    """Known kinds have the key and the type of value they must have; unknown ones are kept word for word."""
    if one.entity == HEADER:
        if one.key != visit or (one.field in HEADER_FIELDS[:5] and not isinstance(one.value, str)):
            raise refused(name, "what it says of the visit is malformed")
        return
    if one.entity == WITHDRAW:
        _check_withdrawal(name, one, lead)
        return
    info = ENTITIES.get(one.entity)
    if info is None:
        return
    parts = info.split(one.key)
    named = info.ids in NAMED
    if parts is None or not (named or all(_ID.fullmatch(part) for part in parts[0].values())):
        raise refused(name, f"the key of a {one.entity} is malformed")
    if not info.shared and parts[1] != one.person:
        raise refused(name, f"{one.person} wrote in a record of {parts[1]}")
    if one.field in info.fields and not one.withdrawn and one.value is not None:
        try:
            line_for(one.entity, one.key, {one.field: one.value})
        except (msgspec.ValidationError, ValueError) as error:
            raise refused(name, f"the {one.field} of a {one.entity} is malformed") from error


def _check_withdrawal(name: str, one: Entry, lead: str) -> None:
    """Only the one who recorded it, or the lead, takes a record back; and only what belongs to that person."""
    kind, _, rest = one.key.partition("/")
    author = rest.rpartition("/")[2]
    if kind not in ("interview", "quote") or not author or one.person not in (author, lead):
        raise refused(name, "a withdrawal is malformed")
    if one.field != WITHDRAW_FIELD:
        return
    records = one.value
    if not isinstance(records, list) or not all(isinstance(r, str) and _WITHDRAWN.fullmatch(r) for r in records):
        raise refused(name, "a withdrawal is malformed")
    if any(record.rpartition("/")[2] != author for record in records):
        raise refused(name, "a withdrawal names what somebody else recorded")
