"""Checks that decide whether the entries of a pack may be joined: signatures, sequence, authorship, shape.

A file that is damaged, or that somebody changed on the way, is refused whole. What one laptop's own entries get wrong
keeps out that laptop's entries alone, so that one liar cuts nobody else off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.base import limits
from reviewapp.base.i18n import _
from reviewapp.exchange import branches
from reviewapp.exchange.entry_checks import EntryChecker, PartRefused, is_texts, refused
from reviewapp.exchange.local_knowledge import LocalKnowledge
from reviewapp.exchange.pack import PackEntries
from reviewapp.store import entry as entries
from reviewapp.store import field_heads, forks, marks
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story, Tree
from reviewapp.store.signing import Device
from reviewapp.visit import validators
from reviewapp.visit.entities import (
    CONCERNS_FIELD,
    WITHDRAW,
    WITHDRAW_FIELD,
    author_of,
    coded_unit,
)
from reviewapp.visit.standing import Standings

_ID_LENGTH = 32
"""Of a laptop; a name of a branch is longer, and is never in a file."""


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
    checking = EntryChecker(name, visit, known, leads, branches=bool(contents.manifest.branches))
    people = _people(every, known, standings)
    whys: dict[int, str] = {}
    for number, story in enumerate(stories):
        try:
            _check_device(story, people, known)
            for one in parts[number]:
                checking.check_once(one, story.head)
        except PartRefused as error:
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
            whys[number] = _("it leaves out what {person} recorded, and nobody withdrew it", person=person[:40])
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
            raise refused(
                name, _("what laptop {device} signed is not what the file contains", device=device.device[:8])
            )
    return found


def _check_device(story: Story, people: frozenset[str], known: LocalKnowledge) -> None:
    """Refuse the part of a laptop whose person is not on the visit, or changed; of a copy it may be another one."""
    device = story.head
    held = known.devices.get(device.device)
    if held is not None and held.person != device.person:
        here = [identity for _seq, identity in known.ids_of(device.device)] if known.ids_of else []
        if forks.agree(here, [one.id for one in story.entries]):
            raise PartRefused(_("laptop {device} changed hands", device=device.device[:8]))
    if device.person not in people:
        raise PartRefused(_("laptop {device} belongs to nobody on this visit", device=device.device[:8]))
    _check_load(device, story.entries)


def _check_load(device: Device, own: list[Entry]) -> None:
    """Refuse the part of a laptop that could not be handed on, by the bytes that this program writes for it."""
    sizes = [len(msgspec.json.encode(one)) for one in own]
    most = max(sizes, default=0) > limits.LARGEST_ENTRY or sum(sizes) > limits.LARGEST_LAPTOP
    if most or len(sizes) > limits.MOST_ENTRIES_OF_LAPTOP:
        raise PartRefused(_("laptop {device} has recorded more than can be passed on", device=device.device[:8]))


class _Notices:
    """What was taken back, by what is known here and by these entries."""

    def __init__(self, taken_back: frozenset[str], found: Iterable[Entry], standings: Standings) -> None:
        self._records = set(taken_back)
        for one in found:
            author = author_of(one.key)
            named = one.entity == WITHDRAW and one.field in (WITHDRAW_FIELD, CONCERNS_FIELD)
            if named and standings.may_withdraw(author, field_heads.without_value(one)):
                self._records |= {one.key, *(one.value if is_texts(one.value) else ())}
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
