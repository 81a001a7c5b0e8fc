"""Checks that decide whether the entries of a pack may be believed: signatures, sequence, authorship, shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import msgspec

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.i18n import _
from reviewapp.exchange.pack import PackEntries
from reviewapp.instruments.model import Instrument
from reviewapp.store import entry as entries
from reviewapp.store.deletions import SEEING
from reviewapp.store.entry import Entry
from reviewapp.store.signing import Device
from reviewapp.visit import rules, validators
from reviewapp.visit.entities import (
    ENTITIES,
    HEADER,
    HEADER_FIELDS,
    SEEN,
    WITHDRAW,
    WITHDRAW_FIELD,
    WITHDRAWABLE,
    EntityInfo,
    FieldAddress,
    statement_for,
)
from reviewapp.visit.validators import COMMITTEE, HOST

_HEX64 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[\w.:-]{1,200}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
"""Of any year: a laptop whose clock had stopped is no reason to refuse what its owner recorded."""
_WITHDRAWN = re.compile(rf"({'|'.join((*WITHDRAWABLE, 'answer'))})(/[\w.:-]{{1,200}}){{2,3}}")
"""An answer is taken back with its interview."""
_LEADS = frozenset({HEADER, *(name for name, info in ENTITIES.items() if info.statement.RECORDED_BY == "lead")})
_NO_HOST = frozenset(name for name, info in ENTITIES.items() if info.statement.RECORDED_BY != "everyone")

DEEPEST = 16
"""Levels of lists and objects in one value; an instrument has seven."""


class LocalKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """The facts on this laptop against which a pack is checked; almost none for a visit pack that is new here."""

    lead: str
    instrument: Instrument
    people: frozenset[str] = frozenset()
    devices: dict[str, Device] = {}
    ids_of: Callable[[str], list[tuple[int, str]]] | None = None
    """Returns sequence number and id of the entries of a device."""
    address_of: Callable[[str], FieldAddress | None] | None = None
    """Returns the field address of an entry, or None when it is not here."""
    taken_back: frozenset[str] = frozenset()
    """The withdrawn records: `interview/P1/R2`."""


def check(name: str, visit: str, contents: PackEntries, known: LocalKnowledge) -> None:
    """Raise Damaged with the reason unless every entry is signed by its device, in order, and well formed.

    An entry that passes satisfies the same rules as one recorded here: type, size, and the numbers of the instrument.
    """
    manifest = contents.manifest
    if manifest.visit != visit:
        raise refused(name, _("it belongs to another visit"))
    devices = {device.device: device for device in manifest.devices}
    if len(devices) != len(manifest.devices) or manifest.device not in devices:
        raise refused(name, _("its list of laptops is wrong"))
    _check_devices(name, visit, contents, known)
    _check_sequences(name, contents.entries, devices, known)
    places = {one.id: one.address for one in contents.entries}
    checking = _EntryChecker(name, visit, known, contents.entries)
    for one in contents.entries:
        checking.check(one, devices[one.device])
        for parent in one.parents:
            if (places.get(parent) or _address_of(known, parent)) != one.address:
                raise refused(name, _("an entry names a forerunner that is missing or of another record"))


def refused(name: str, reason: str) -> Damaged:
    """The error for a pack that is not joined; `reason` completes "... is not taken"."""
    return Damaged(_("{name} is not taken: {reason}", name=name, reason=reason), do=_("ask its author for a new file"))


def _check_devices(name: str, visit: str, contents: PackEntries, known: LocalKnowledge) -> None:
    """Refuse a device whose head is not signed by it, whose person changed, or whose person is not on the visit."""
    people = _people(contents.entries, known)
    for device in contents.manifest.devices:
        if not device.verifies(visit):
            raise refused(name, _("the signature of laptop {device} is wrong", device=device.device[:8]))
        if device.device in known.devices and known.devices[device.device].person != device.person:
            raise refused(name, _("laptop {device} changed hands", device=device.device[:8]))
        if device.person not in people:
            raise refused(name, _("laptop {device} belongs to nobody on this visit", device=device.device[:8]))
        if device.device == contents.manifest.device and device.person != contents.manifest.person:
            raise refused(name, _("it does not come from the laptop it names"))


def _people(found: Iterable[Entry], known: LocalKnowledge) -> frozenset[str]:
    """The codes of the people on the visit, by the store and by the lead's entries in the file."""
    named = {one.key for one in found if one.entity == "person" and one.person == known.lead}
    return known.people | {code for code in named if validators.is_code(code)}


def _address_of(known: LocalKnowledge, identity: str) -> FieldAddress | None:
    return known.address_of(identity) if known.address_of else None


def _check_sequences(name: str, found: Iterable[Entry], devices: dict[str, Device], known: LocalKnowledge) -> None:
    """Refuse unless each device's entries are 1, 2, 3 ... with the chain it signed, and match those already here.

    An entry of a device that the file does not list counts as out of order.
    """
    ids: dict[str, list[str]] = {device: [] for device in devices}
    for one in found:
        if one.device not in ids or one.seq != len(ids[one.device]) + 1:
            raise refused(name, _("entries are missing or out of order"))
        ids[one.device].append(one.id)
    for device, own in ids.items():
        head = entries.GENESIS
        for identity in own:
            head = entries.chain(head, identity)
        if len(own) != devices[device].seq or head != devices[device].chain:
            raise refused(name, _("what laptop {device} signed is not what the file holds", device=device[:8]))
        for seq, identity in known.ids_of(device) if known.ids_of else ():
            if seq <= len(own) and own[seq - 1] != identity:
                raise refused(
                    name,
                    _(
                        "laptop {device} was copied: two different entries carry number {seq}",
                        device=device[:8],
                        seq=seq,
                    ),
                )


class _EntryChecker:
    """Checks the entries of one file one after the other; the result for each record's key is remembered."""

    def __init__(self, name: str, visit: str, known: LocalKnowledge, found: Iterable[Entry]) -> None:
        self._name, self._visit, self._known = name, visit, known
        self._terms = validators.InstrumentTerms(known.instrument)
        self._keys: dict[FieldAddress, EntityInfo | None] = {}
        self._parts: set[str] = set()
        self._header: set[str] = set()
        notices = [one for one in found if one.entity == WITHDRAW]
        taken_back = {one.key for one in notices}
        for one in notices:
            taken_back |= set(one.value) if _is_texts(one.value) else set()
        self._taken_back = known.taken_back | taken_back
        self._withdrawers = {key.rpartition("/")[2] for key in self._taken_back if key.startswith("interview/")}

    def check(self, one: Entry, device: Device) -> None:
        """Raise Damaged unless this entry may be believed."""
        if not _is_time(one.at) or not all(_HEX64.fullmatch(parent) for parent in one.parents):
            raise self._refused(_("an entry is malformed"))
        try:
            entries.check(one)
        except (Damaged, ValueError) as error:
            raise self._refused(_("an entry of laptop {device} was altered", device=device.device[:8])) from error
        self._check_names(one)
        lead = self._known.lead
        if one.person != device.person and not (device.person == lead and one.person in (HOST, COMMITTEE)):
            raise self._refused(
                _(
                    "an entry by {person} comes from the laptop of {owner}",
                    person=one.person[:40],
                    owner=device.person,
                )
            )
        if one.entity in _LEADS and one.person != lead:
            raise self._refused(
                _("{person} wrote what only the lead may write ({entity})", person=one.person, entity=one.entity)
            )
        if one.withdrawn and not self._was_taken_back(one):
            raise self._refused(_("it leaves out what {person} said, and nobody withdrew it", person=one.person))
        record = (one.entity, one.key, one.person)
        if record not in self._keys:
            self._keys[record] = self._check_key(one)
        self._check_value(one)

    def _refused(self, reason: str) -> Damaged:
        return refused(self._name, reason)

    def _was_taken_back(self, one: Entry) -> bool:
        """True if a notice covers the record.

        A blank quote no longer shows its interview: any withdrawn interview of its author's covers it.
        """
        if f"{one.entity}/{one.key}" in self._taken_back:
            return True
        return one.entity in ("answer", "quote") and one.person in self._withdrawers

    def _check_names(self, one: Entry) -> None:
        for part in (one.person, one.entity, one.field):
            if part not in self._parts:
                if not _ID.fullmatch(part):
                    raise self._refused(_("an entry is malformed"))
                self._parts.add(part)

    def _check_key(self, one: Entry) -> EntityInfo | None:
        """Refuse a key of the wrong shape for a known kind of record; of an unknown kind one that is not printable."""
        if not one.key or len(one.key) > 500 or not one.key.isprintable():
            raise self._refused(_("an entry is malformed"))
        info = ENTITIES.get(one.entity)
        if info is None:
            return None
        parts = info.split(one.key)
        if parts is None:
            raise self._refused(_("the key of a {entity} is malformed", entity=one.entity))
        ids: dict[str, Any] = parts[0]
        if not info.shared and parts[1] != one.person:
            raise self._refused(_("{person} wrote in a record of somebody else", person=one.person))
        if one.person in (HOST, COMMITTEE) and one.entity in _NO_HOST:
            raise self._refused(_("{person} does not record a {entity}", person=one.person, entity=one.entity))
        try:
            line = statement_for(one.entity, one.key, {})
            rules.check_ids(info, {name: getattr(line, name) for name in ids}, self._terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise self._refused(_("the key of a {entity} is malformed", entity=one.entity)) from error
        return info

    def _check_value(self, one: Entry) -> None:
        """Refuse a value that may not be recorded in a known field; unknown fields are kept unchanged."""
        if isinstance(one.value, (list, dict)) and not _is_flat(one.value):
            raise self._refused(_("a value is nested too deeply"))
        if one.entity == HEADER:
            self._check_header(one)
        elif one.entity == WITHDRAW:
            _check_withdrawal(self._name, one, self._known.lead)
        elif one.entity == SEEN:
            self._check_seen(one)
        elif one.field == SEEING and one.value is not None and not _are_ids(one.value):
            raise self._refused(_("what a deletion says it saw is malformed"))
        info = self._keys[one.entity, one.key, one.person]
        if info is None or one.field not in info.fields or one.value is None:
            return
        try:
            statement_for(one.entity, one.key, {one.field: one.value})
            rules.check_value(info, one.field, one.value, self._terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise self._refused(
                _("the {field} of a {entity} is malformed", field=one.field, entity=one.entity)
            ) from error
        if one.entity == "person":
            self._check_lead_stays(one)

    def _check_lead_stays(self, one: Entry) -> None:
        is_lead = one.key == self._known.lead
        another = one.field == "role" and (one.value == "lead") != is_lead
        if another or (one.field == "deleted" and is_lead and one.value is True):
            raise self._refused(_("it names another lead"))

    def _check_header(self, one: Entry) -> None:
        """Refuse a header that is malformed or differs from the one written when the visit was made."""
        if one.key != self._visit or (one.field in HEADER_FIELDS[:5] and not isinstance(one.value, str)):
            raise self._refused(_("what it says of the visit is malformed"))
        known = self._known
        anew = known.address_of is not None and known.address_of(one.id) is None
        if anew or one.field in self._header:
            raise self._refused(_("it says anew what the visit is"))
        self._header.add(one.field)
        if one.field == "date":
            try:
                validators.check_date(one.value, "date")
            except Invalid as error:
                raise self._refused(_("what it says of the visit is malformed")) from error

    def _check_seen(self, one: Entry) -> None:
        if one.field == "opening" and not (isinstance(one.value, str) and _HEX64.fullmatch(one.value)):
            raise self._refused(_("what it says of the meeting is malformed"))


def _is_flat(value: Any) -> bool:
    """True if lists and objects are nested at most `DEEPEST` deep; counted level by level, without recursion."""
    level = [value]
    for __ in range(DEEPEST):
        inner = [one for outer in level for one in (outer.values() if isinstance(outer, dict) else outer)]
        level = [one for one in inner if isinstance(one, (list, dict))]
        if not level:
            return True
    return False


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _are_ids(value: Any) -> bool:
    return _is_texts(value) and all(_HEX64.fullmatch(one) for one in value)


def _is_time(text: str) -> bool:
    if not _AT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _check_withdrawal(name: str, one: Entry, lead: str) -> None:
    """Refuse a withdrawal by anybody but the record's author or the lead, or of another author's records."""
    kind, __, rest = one.key.partition("/")
    author = rest.rpartition("/")[2]
    if kind not in WITHDRAWABLE or not author or one.person not in (author, lead):
        raise refused(name, _("a withdrawal is malformed"))
    if one.field != WITHDRAW_FIELD:
        return
    records = one.value
    if not _is_texts(records) or not all(_WITHDRAWN.fullmatch(record) for record in records):
        raise refused(name, _("a withdrawal is malformed"))
    if any(record.rpartition("/")[2] != author for record in records):
        raise refused(name, _("a withdrawal names what somebody else recorded"))
