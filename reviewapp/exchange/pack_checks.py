"""Checks that decide whether the entries of a pack may be joined: signatures, sequence, authorship, shape.

A file that is damaged, or that somebody changed on the way, is refused whole. What one laptop's own entries get wrong
keeps out that laptop's entries alone, so that one liar cuts nobody else off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from reviewapp.base import limits
from reviewapp.base.errors import Damaged, Invalid
from reviewapp.base.files import shortened
from reviewapp.base.i18n import _
from reviewapp.exchange import branches
from reviewapp.exchange.pack import PackEntries
from reviewapp.instruments.model import Instrument
from reviewapp.store import entry as entries
from reviewapp.store import field_heads, forks, marks
from reviewapp.store.deletions import SEEING
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story, Tree
from reviewapp.store.marks import MarkEntry
from reviewapp.store.signing import Device
from reviewapp.visit import rules, validators
from reviewapp.visit.entities import (
    CONCERNS_FIELD,
    ENTITIES,
    HEADER,
    HEADER_FIELDS,
    SEEN,
    WITHDRAW,
    WITHDRAW_FIELD,
    WITHDRAWABLE,
    EntityInfo,
    FieldAddress,
    author_of,
    belongs_to,
    can_be_withdrawn,
    coded_unit,
    record_in_words,
    statement_for,
)
from reviewapp.visit.standing import NEVER_APART, Standings
from reviewapp.visit.validators import COMMITTEE, HOST, InstrumentTerms

_HEX64 = re.compile(r"[0-9a-f]{64}")
_ID = re.compile(r"[\w.:-]{1,200}")
_AT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")
"""Of any year: a laptop whose clock had stopped is no reason to refuse what its owner recorded."""
_NOBODYS = "|".join(kind for kind in WITHDRAWABLE if ENTITIES[kind].shared)
_WITHDRAWN = re.compile(
    rf"({'|'.join((*WITHDRAWABLE, 'answer'))})(/[\w.:-]{{1,200}}){{2,3}}|({_NOBODYS})/[\w.:-]{{1,200}}"
)
"""An answer is taken back with its interview. What is nobody's own has no author at the end of its key."""
_CONCERN = re.compile(rf"{NEVER_APART}(/[\w.:-]{{1,200}}){{2}}")

_LONGEST_SHOWN = 60
_ID_LENGTH = 32
"""Of a laptop; a name of a branch is longer, and is never in a file."""


class LocalKnowledge(msgspec.Struct, frozen=True, kw_only=True):
    """The facts on this laptop against which a pack is checked; almost none for a visit pack that is new here."""

    lead: str
    instrument: Instrument
    also: Instrument | None = None
    """The second instrument of the visit."""
    people: frozenset[str] = frozenset()
    devices: dict[str, Device] = {}
    ids_of: Callable[[str], list[tuple[int, str]]] | None = None
    """Returns sequence number and id of the entries of a device."""
    address_of: Callable[[str], FieldAddress | None] | None = None
    """Returns the field address of an entry, or None when it is not here."""
    taken_back: frozenset[str] = frozenset()
    """The withdrawn records: `interview/P1/R2`."""
    marks: tuple[MarkEntry, ...] = ()
    """The entries here that decide the standing of laptops."""
    claims: dict[str, str] = {}
    """Whose each laptop says it is."""
    tree: Tree = forks.NONE
    """The laptops that are known to have forked."""

    def chains_of(self, laptop: str) -> list[list[str]]:
        """The ids of the entries that are here of a laptop, one list for each of its branches."""
        if laptop in self.tree.segments:
            return [self.tree.chain(name) for name in self.tree.leaves(laptop)]
        return [[identity for _seq, identity in self.ids_of(laptop)]] if self.ids_of else [[]]


class RefusedPart(msgspec.Struct, frozen=True):
    """The entries of one laptop that are not joined, though the file is sound: how many, and why."""

    device: str
    code: str
    entries: int
    why: str


class CheckedEntries(msgspec.Struct, frozen=True):
    """What of a sound file is joined, laptop by laptop, and branch by branch of one that forked.

    `entries`: all of it, each once, by the names of branches in `tree`, which is what will be known of them.
    """

    entries: list[Entry]
    devices: tuple[Device, ...]
    refused: tuple[RefusedPart, ...] = ()
    stories: tuple[Story, ...] = ()
    tree: Tree = forks.NONE


class _PartRefused(Exception):
    """Why the entries of one laptop are not taken."""


def check(name: str, visit: str, contents: PackEntries, known: LocalKnowledge) -> CheckedEntries:
    """What may be joined: of each laptop all or nothing. Raises Damaged for a file that is damaged or was changed.

    An entry that passes satisfies the same rules as one recorded here: type, size, and the numbers of the instrument.
    Whether its laptop had the right to say it is judged by standing, and does not keep it out. A laptop that signed two
    stories, as a copied folder does, is two laptops, and both are taken.
    """
    _check_heads(name, visit, contents)
    stories = _stories(name, contents)
    tree = forks.grown(known.tree, stories, known.chains_of)
    parts = [forks.named(tree, one.entries) for one in stories]
    every = _once(parts)
    standings = _standings(every, known, tree)
    leads = standings.lead_codes() or frozenset({known.lead})
    checking = _EntryChecker(name, visit, known, leads, branches=bool(contents.manifest.branches))
    people = _people(every, known, standings)
    whys: dict[int, str] = {}
    for number, story in enumerate(stories):
        try:
            _check_device(story, people, known)
            for one in parts[number]:
                checking.check_once(one, story.head)
        except _PartRefused as error:
            whys[number] = str(error)
            for one in parts[number]:  # the file as a whole must still be what was signed
                checking.check_untouched(one)
    _refuse_left_out(parts, whys, known, tree)
    kept = [number for number in range(len(stories)) if number not in whys]
    taken = _once([parts[number] for number in kept])
    held = {one.id for one in taken} if contents.manifest.branches else set()
    refusals = [
        RefusedPart(head.device, head.person, sum(one.id not in held for one in parts[number]), why)
        for number, why in whys.items()
        for head in [stories[number].head]
    ]
    took = tuple(stories[number] for number in kept)
    return CheckedEntries(taken, tuple(one.head for one in took), tuple(refusals), took, tree)


def _once(parts: Sequence[list[Entry]]) -> list[Entry]:
    """All entries of these parts; what two branches have in common, once."""
    every = [one for own in parts for one in own]
    if len({own[0].device for own in parts if own}) == len([own for own in parts if own]):
        return every
    return list({one.id: one for one in every}.values())


def _refuse_left_out(parts: Sequence[list[Entry]], whys: dict[int, str], known: LocalKnowledge, tree: Tree) -> None:
    """Refuse the part of a laptop of which something was left out that no notice covers, of those that are taken."""
    blank = {number for number, own in enumerate(parts) if any(one.withdrawn for one in own)}
    changed = bool(blank)
    while changed:
        taken = [one for number, own in enumerate(parts) if number not in whys for one in own]
        notices = _Notices(known.taken_back, taken, _standings(taken, known, tree))
        left_out = {
            number: one.person
            for number in blank - whys.keys()
            for one in parts[number]
            if one.withdrawn and not notices.cover(one)
        }
        for number, person in left_out.items():
            whys[number] = _("it leaves out what {person} said, and nobody withdrew it", person=person[:40])
        changed = bool(left_out)


def _check_heads(name: str, visit: str, contents: PackEntries) -> None:
    """Raise Damaged unless each laptop that a file lists signed for this visit, and the one that it names sent it."""
    manifest = contents.manifest
    if manifest.visit != visit:
        raise refused(name, _("it belongs to another visit"))
    people = {device.person for device in manifest.devices if device.device == manifest.device}
    places = {one.head for one in manifest.branches}
    plain = [device.device for place, device in enumerate(manifest.devices) if place not in places]
    sender = manifest.part.sender if manifest.part is not None else None
    if sender is not None:
        people = {sender.person} if sender.device == manifest.device else set()
    if len(set(plain)) != len(plain) or not people:
        raise refused(name, _("its list of laptops is wrong"))
    if manifest.part is not None and not manifest.part.is_sound:
        raise refused(name, _("it does not say which part of several it is"))
    for device in (*manifest.devices, *([sender] if sender is not None else ())):
        if len(device.device) != _ID_LENGTH or not device.verifies(visit):
            raise refused(name, _("the signature of laptop {device} is wrong", device=device.device[:8]))
    if manifest.person not in people:
        raise refused(name, _("it does not come from the laptop it names"))


def refused(name: str, reason: str) -> Damaged:
    """The error for a pack that is not joined; `reason` completes "... is not taken"."""
    return Damaged(_("{name} is not taken: {reason}", name=name, reason=reason), do=_("ask its author for a new file"))


def _people(found: Iterable[Entry], known: LocalKnowledge, standings: Standings) -> frozenset[str]:
    """The codes of the people on the visit, by the store and by the lead's entries in the file."""
    named = {
        one.key
        for one in found
        if one.entity == "person"
        and (standings.has_lead(field_heads.without_value(one)) if standings.is_visit else one.person == known.lead)
    }
    return known.people | {code for code in named if validators.is_code(code)}


def _standings(found: Iterable[Entry], known: LocalKnowledge, tree: Tree) -> Standings:
    """The standing of every laptop by what is held here and these entries."""
    every = list(found)
    held = known.marks
    if tree is not known.tree:  # what is held goes by other names once these entries are here
        names = forks.names_of(tree)
        held = tuple(msgspec.structs.replace(one, device=names.get(one.id, one.device)) for one in held)
    claims = {**marks.claims_of(every), **known.claims}
    return marks.standings([*held, *marks.of_entries(every)], claims, tree)


def _stories(name: str, contents: PackEntries) -> list[Story]:
    """What each laptop says. Raises Damaged unless its entries are 1, 2, 3 ... with the chain that it signed.

    An entry of a laptop that the file does not list counts as out of order.
    """
    found = branches.stories(contents)
    if found is None:
        raise refused(name, _("entries are missing or out of order"))
    for device, own in found:
        head = entries.GENESIS
        for one in own:
            head = entries.chain(head, one.id)
        if len(own) != device.seq or head != device.chain:
            raise refused(name, _("what laptop {device} signed is not what the file holds", device=device.device[:8]))
    return found


def _check_device(story: Story, people: frozenset[str], known: LocalKnowledge) -> None:
    """Refuse the part of a laptop whose person is not on the visit, or changed; of a copy it may be another one."""
    device = story.head
    held = known.devices.get(device.device)
    if held is not None and held.person != device.person:
        here = [identity for _seq, identity in known.ids_of(device.device)] if known.ids_of else []
        if forks.agree(here, [one.id for one in story.entries]):
            raise _PartRefused(_("laptop {device} changed hands", device=device.device[:8]))
    if device.person not in people:
        raise _PartRefused(_("laptop {device} belongs to nobody on this visit", device=device.device[:8]))
    _check_load(device, story.entries)


def _check_load(device: Device, own: list[Entry]) -> None:
    """Refuse the part of a laptop that could not be handed on, by the bytes that this program writes for it."""
    sizes = [len(msgspec.json.encode(one)) for one in own]
    most = max(sizes, default=0) > limits.LARGEST_ENTRY or sum(sizes) > limits.LARGEST_LAPTOP
    if most or len(sizes) > limits.MOST_ENTRIES_OF_LAPTOP:
        raise _PartRefused(_("laptop {device} says more than can be handed on", device=device.device[:8]))


class _Notices:
    """What was taken back, by what is known here and by these entries."""

    def __init__(self, taken_back: frozenset[str], found: Iterable[Entry], standings: Standings) -> None:
        self._records = set(taken_back)
        for one in found:
            author = author_of(one.key)
            named = one.entity == WITHDRAW and one.field in (WITHDRAW_FIELD, CONCERNS_FIELD)
            if named and standings.may_withdraw(author, field_heads.without_value(one)):
                self._records |= {one.key, *(one.value if _is_texts(one.value) else ())}
        self._withdrawers = {key.rpartition("/")[2] for key in self._records if key.startswith("interview/")}

    def cover(self, one: Entry) -> bool:
        """True if a notice covers the record.

        A blank quote no longer shows its interview: any withdrawn interview of its author's covers it. What coders said
        of words goes with the words.
        """
        entity, key = coded_unit(one.entity, one.key)
        if not self._records.isdisjoint((f"{one.entity}/{one.key}", f"{entity}/{key}")):
            return True
        return entity in ("answer", "quote") and key.rpartition("/")[2] in self._withdrawers


class _EntryChecker:
    """Checks the entries of one file one after the other; the result for each record's key is remembered."""

    def __init__(self, name: str, visit: str, known: LocalKnowledge, leads: frozenset[str], *, branches: bool) -> None:
        """`branches`: a laptop in the file forked."""
        self._name, self._visit, self._known, self._leads = name, visit, known, leads
        self._terms = validators.InstrumentTerms(known.instrument, known.also)
        self._keys: dict[FieldAddress, tuple[EntityInfo, InstrumentTerms | None] | None] = {}
        self._parts: set[str] = set()
        self._header: set[str] = set()
        self._branches = branches
        self._good: set[tuple[str, str]] = set()

    def check_once(self, one: Entry, device: Device) -> None:
        """As `check`; what branches of a laptop that forked have in common is not judged again."""
        known = (one.id, device.person)
        if not self._branches or known not in self._good:
            self.check(one, device)
            if self._branches:
                self._good.add(known)

    def check(self, one: Entry, device: Device) -> None:
        """Raise _PartRefused unless this entry is well formed, and Damaged when it was altered after it was signed."""
        if not _is_time(one.at) or not all(_HEX64.fullmatch(parent) for parent in one.parents):
            raise _PartRefused(_("an entry is malformed"))
        self.check_untouched(one)
        self._check_names(one)
        if one.person not in (device.person, HOST, COMMITTEE):
            raise _PartRefused(
                _(
                    "an entry by {person} comes from the laptop of {owner}",
                    person=one.person[:40],
                    owner=device.person,
                )
            )
        record = (one.entity, one.key, one.person)
        if record not in self._keys:
            self._keys[record] = self._check_key(one)
        self._check_value(one)

    def check_untouched(self, one: Entry) -> None:
        """Raise Damaged when an entry is not what its laptop signed."""
        try:
            entries.check(one)
        except (Damaged, ValueError) as error:
            altered = _("an entry of laptop {device} was altered", device=one.device[:8])
            raise refused(self._name, altered) from error

    def _check_names(self, one: Entry) -> None:
        for part in (one.person, one.entity, one.field):
            if part not in self._parts:
                if not _ID.fullmatch(part):
                    raise _PartRefused(_("an entry is malformed"))
                self._parts.add(part)

    def _check_key(self, one: Entry) -> tuple[EntityInfo, InstrumentTerms | None] | None:
        """The kind of record, and the words by which it is judged; None for what this version does not know.

        Refuse a key of the wrong shape for a known kind of record; of an unknown kind one that is not printable. What
        is judged by an instrument that the visit does not have here has no words (None): it is kept and passed on where
        its values are of the right types.
        """
        if not one.key or len(one.key) > limits.LONGEST_KEY or not one.key.isprintable():
            raise _PartRefused(_("an entry is malformed"))
        info = ENTITIES.get(one.entity)
        if info is None:
            return None
        parts = info.split(one.key)
        if parts is None:
            raise _PartRefused(_("the key of {record} is malformed", record=_in_words(one)))
        ids: dict[str, Any] = parts[0]
        try:
            terms = rules.terms_for(ids, self._terms)
        except Invalid:
            return info, None
        try:
            line = statement_for(one.entity, one.key, {})
            rules.check_ids(info, {name: getattr(line, name) for name in ids}, terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise _PartRefused(_("the key of {record} is malformed", record=_in_words(one))) from error
        return info, terms

    def _check_value(self, one: Entry) -> None:
        """Refuse a value that may not be recorded in a known field; unknown fields are kept unchanged."""
        if isinstance(one.value, (list, dict)) and not _is_flat(one.value):
            raise _PartRefused(_("a value is nested too deeply"))
        if one.entity == HEADER:
            self._check_header(one)
        elif one.entity == WITHDRAW:
            _check_withdrawal(one, self._leads)
        elif one.entity == SEEN:
            self._check_seen(one)
        elif one.field == SEEING and one.value is not None and not _are_ids(one.value):
            raise _PartRefused(_("what a deletion says it saw is malformed"))
        known = self._keys[one.entity, one.key, one.person]
        if known is None or one.field not in known[0].fields or one.value is None:
            return
        info, terms = known
        try:
            msgspec.convert(one.value, type=info.types[one.field])
            if terms is None:
                validators.check_size(one.field, one.value)
            else:
                rules.check_value(info, one.field, one.value, terms)
        except (msgspec.ValidationError, ValueError, Invalid) as error:
            raise _PartRefused(
                _("“{field}” of {record} is malformed", field=one.field, record=_in_words(one))
            ) from error
        if one.entity == "person":
            self._check_lead_stays(one)

    def _check_lead_stays(self, one: Entry) -> None:
        """Refuse another lead than those who lead or led, and the only one taken off the visit."""
        leads = one.key in self._leads
        only = leads and len(self._leads) == 1
        another = one.field == "role" and (not leads if one.value == "lead" else only)
        if another or (one.field == "deleted" and only and one.value is True):
            raise _PartRefused(_("it names another lead"))

    def _check_header(self, one: Entry) -> None:
        """Refuse a header that is malformed or differs from the one written when the visit was made."""
        if one.key != self._visit or (one.field in HEADER_FIELDS[:5] and not isinstance(one.value, str)):
            raise _PartRefused(_("what it says of the visit is malformed"))
        known = self._known
        anew = known.address_of is not None and known.address_of(one.id) is None
        if anew or one.field in self._header:
            raise _PartRefused(_("it says anew what the visit is"))
        self._header.add(one.field)
        if one.field == "date":
            try:
                validators.check_date(one.value, "date")
            except Invalid as error:
                raise _PartRefused(_("what it says of the visit is malformed")) from error

    def _check_seen(self, one: Entry) -> None:
        if one.field == "opening" and not (isinstance(one.value, str) and _HEX64.fullmatch(one.value)):
            raise _PartRefused(_("what it says of the meeting is malformed"))


def _is_flat(value: Any) -> bool:
    """True if lists and objects are nested at most `limits.DEEPEST` deep; counted level by level, without recursion."""
    level = [value]
    for __ in range(limits.DEEPEST):
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


def _in_words(one: Entry) -> str:
    """The record that an entry is about, with its article and a key that is not longer than a line."""
    return record_in_words(one.entity, shortened(one.key, _LONGEST_SHOWN), _)


def _check_withdrawal(one: Entry, leads: frozenset[str]) -> None:
    """Refuse a withdrawal by anybody but the record's author or the lead, or of another author's records."""
    if not can_be_withdrawn(one.key) or one.person not in {author_of(one.key), *leads}:
        raise _PartRefused(_("a withdrawal is malformed"))
    shape = {WITHDRAW_FIELD: _WITHDRAWN, CONCERNS_FIELD: _CONCERN}.get(one.field)
    if shape is None:
        return
    records = one.value
    if not _is_texts(records) or not all(shape.fullmatch(record) for record in records):
        raise _PartRefused(_("a withdrawal is malformed"))
    if any(not belongs_to(record, one.key) for record in records):
        raise _PartRefused(_("a withdrawal names what somebody else recorded"))
