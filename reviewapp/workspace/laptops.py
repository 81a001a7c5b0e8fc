"""The laptops of a visit: whose each is, what its words count for, and what the lead says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.exchange import fingerprint
from reviewapp.store import field_heads, journal, marks, signing
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit import labels
from reviewapp.visit.entities import ASIDE, BEGUN, HEADER, PROOF, record_in_words
from reviewapp.visit.forks import path
from reviewapp.visit.labels import TeamMember
from reviewapp.visit.standing import NEVER_APART, Said, Standing, Standings, State
from reviewapp.visit.state import Conflict


class LaptopStanding(msgspec.Struct, frozen=True):
    """A laptop of the visit. `words`: the three that its own screen shows; `why`: why it stands as it does.

    `restored_from`: the laptop it goes on for after a restore, else empty; `concern`: whether there is an immediate
    concern among what of it counts for nothing; `apart_from`: the first of its entries that counts for nothing.

    Of a laptop that was copied and went on in several places each branch is one: `copied_from` is the id of what it
    grew from, and `first` its first own entry. `second_copy`: another branch leads if the laptop was the lead's.
    `decided`: the lead certified or set aside this very one.
    """

    device: str
    code: str
    words: str
    state: State
    entries: int
    first_seen: str
    why: str = ""
    restored_from: str = ""
    concern: bool = False
    apart_from: int | None = None
    copied_from: str = ""
    first: int = 1
    second_copy: bool = False
    decided: bool = False


class ApartRecord(msgspec.Struct, frozen=True):
    """Entries of one record that stand apart: of whose laptop, which record, in plain words, how many, and why."""

    device: str
    code: str
    entity: str
    key: str
    record: str
    entries: int
    why: str


def laptops(store: VisitStore, *, trunks: bool = False) -> list[LaptopStanding]:
    """Every laptop that was seen in the visit, by code; this one too.

    What a laptop wrote before it forked is one of its own only where it counts for nothing, or with `trunks`.
    """
    own = store.own_device()
    known = store.devices() | {own.device: own}
    seen = store.first_seen()
    standings, numbers = store.standings(), journal.entries_per_device(store.db)
    known_forks = standings.marks.forks
    for leaf in [one for one in known if one in known_forks]:
        for trunk in path(leaf, known_forks)[1:]:
            if trunks or standings.of(trunk).apart_from is not None:
                known.setdefault(trunk, msgspec.structs.replace(known[leaf], device=trunk))
    concerns = _apart_concerns(store, standings)
    found = []
    for device, one in known.items():
        standing = standings.of(device)
        found.append(
            LaptopStanding(
                device=device, code=one.person, words=fingerprint.laptop_words(one.public_key), state=standing.state,
                entries=numbers.get(device, 0), first_seen=seen.get(device, ""), why=_why(standing, one.person),
                restored_from=min(standings.goes_on_for(device), default=""), concern=device in concerns,
                apart_from=standing.apart_from,
                copied_from=known_forks[device].trunk if device in known_forks else "",
                first=known_forks[device].first if device in known_forks else 1,
                second_copy=bool(standing.led or standing.unaware) and standings.is_second_copy(device),
                decided=standings.is_decided(device),
            )
        )  # fmt: skip
    return sorted(found, key=_by_code)


def apart(store: VisitStore) -> list[ApartRecord]:
    """What counts for nothing, by laptop and record; all of it is kept, and passed on in every file."""
    standings = store.standings()
    found = Counter(
        (one.device, one.person, *one.address[:2], standings.why_apart(one.address, said))
        for one in journal.limited(store.db)
        if not standings.counts(one.address, said := field_heads.without_value(one))
    )
    return [
        ApartRecord(device, code, entity, key, record_in_words(entity, key, _), many, why)
        for (device, code, entity, key, why), many in sorted(found.items())
    ]


class Marking(NamedTuple):
    """What the lead is to write about a laptop, and what that is called; nothing where it stands so already."""

    said: list[FieldWrite]
    name: str


def certifying(store: VisitStore, people: Mapping[str, TeamMember], device: str, code: str) -> Marking:
    """To say that a laptop is this person's. Raises Invalid."""
    one = _laptop(store, device)
    if code not in people:
        raise Invalid(
            _("{code} is not on this visit", code=f"{code!r}"), field="as", do=_("see who is with: visit status")
        )
    if code != one.code:
        raise Invalid(
            _("laptop {device} works as {own}, not as {code}", device=one.device[:8], own=one.code, code=code),
            field="as",
            do=_("confirm it as {own} if it is {own}'s; otherwise set it aside", own=one.code),
        )
    said = []
    if store.standings().of(one.device).certified != code or (one.copied_from and not one.decided):
        said.append(store.own_marks.certificate(store.db, one.device, code))
    if one.state == "aside":
        said.append(store.own_marks.setting_aside(store.db, one.device, None, ""))
    return Marking(said, _("confirmation of {laptop}", laptop=labels.laptop(people, code)))


def setting_aside(
    store: VisitStore, people: Mapping[str, TeamMember], device: str, from_seq: int | None, reason: str
) -> Marking:
    """To set a laptop aside, from its entry `from_seq` on (None: all of it). Raises Invalid."""
    one = _laptop(store, device)
    if one.device == store.device:
        raise Invalid(
            _("this is the laptop you work on"), field="device", do=_("set another one aside, or undo what you did")
        )
    if not reason.strip():
        raise Invalid(_("a reason is missing"), field="reason", do=_("say why it is set aside"))
    if from_seq is not None and from_seq < 1:
        raise Invalid(_("entries are numbered from 1 on"), field="from", do=_("give the first entry to set aside"))
    said = store.own_marks.setting_aside(store.db, one.device, from_seq or 1, reason.strip())
    return Marking([said], _("setting aside {laptop}", laptop=labels.laptop(people, one.code)))


def taking_aside_back(store: VisitStore, people: Mapping[str, TeamMember], device: str) -> Marking:
    """To set a laptop aside no longer. Raises Invalid when it is not."""
    one = _laptop(store, device)
    if one.state != "aside":
        raise Invalid(
            _("laptop {device} is not set aside", device=one.device[:8]),
            field="device",
            do=_("see the laptops with: visit laptops"),
        )
    said = store.own_marks.setting_aside(store.db, one.device, None, "")
    return Marking([said], _("counting {laptop} again", laptop=labels.laptop(people, one.code)))


def aside_said(store: VisitStore, device: str) -> tuple[int, str]:
    """From which entry on a laptop is set aside, and the reason that was given."""
    standings = store.standings()
    newest = journal.heads(store.db, (ASIDE, device, PROOF))
    reason = next((str(one.value.get("reason") or "") for one in newest if isinstance(one.value, dict)), "")
    return standings.aside_from(device) or 1, reason


def may_replace(store: VisitStore, conflict: Conflict) -> bool:
    """Whether an entry of this laptop would take the place of all that stand in a conflict."""
    standings = store.standings()
    address = (conflict.entity, conflict.key, conflict.field)
    listed = [one.entry for one in conflict.values]
    values = journal.of_ids(store.db, [*listed, *journal.head_ids(store.db, address)] if conflict.more else listed)
    ours = Said("", store.device, store.local("me"), 1 + journal.entries_per_device(store.db).get(store.device, 0), ())
    return all(standings.may_replace(address, ours, field_heads.without_value(one)) for one in values)


def begun_twice(store: VisitStore, conflict: Conflict) -> bool:
    """Whether a conflict is about two beginnings that did not know of each other; settling it makes them one for good.

    What undo would write knows of both, and two that were taken for one cannot be told apart by it.
    """
    begun = BEGUN.get(conflict.entity) == conflict.field
    return begun and field_heads.begun_twice(store.db, (conflict.entity, conflict.key, conflict.field))


def visit_words(store: VisitStore) -> str:
    """The visit's fingerprint: four words, the same on every laptop that has the same standards and the same lead."""
    header = store.rows(HEADER)[0]
    second = (header["also"], header["crosswalk"]) if header.get("also") is not None else None
    return fingerprint.visit_words(header["key"], header["content"], store.standings().marks.authority, second)


def own_words(store: VisitStore) -> str:
    """The three words of this laptop, by which the lead knows it."""
    return fingerprint.laptop_words(signing.public_of(bytes.fromhex(store.local("device_key"))).hex())


def may_mark(store: VisitStore) -> bool:
    """Whether this laptop can say whose laptops are: it has the key of authority, or made a visit from before."""
    standings = store.standings()
    if standings.authority:
        private = store.local(marks.AUTHORITY_KEY)
        return bool(private) and signing.public_of(bytes.fromhex(private)).hex() == standings.authority
    return standings.is_same_line(store.device, standings.marks.founder)


def _laptop(store: VisitStore, device: str) -> LaptopStanding:
    """The one laptop whose id begins so. Raises Invalid on any but a laptop of the lead's."""
    store.check_writable()
    if not store.standings().of(store.device).lead or not may_mark(store):
        raise Invalid(_("only the lead's laptop says whose laptops these are"), field="device", do=_("ask the lead"))
    every = laptops(store, trunks=True)
    found = [one for one in every if device and one.device.startswith(device)]
    if len(found) != 1:
        raise Invalid(
            _("{device} is not one of the laptops", device=f"{device!r}"),
            field="device",
            do=_("use one of: {known}", known=", ".join(one.device[:8] for one in every)),
        )
    return found[0]


def _why(standing: Standing, code: str) -> str:
    if standing.apart_from is None:
        return ""
    return standing.in_words(code)


def _apart_concerns(store: VisitStore, standings: Standings) -> set[str]:
    """The laptops of which something counts for nothing, and that recorded an immediate concern there."""
    found = set()
    for device, seq in journal.recorded(store.db, NEVER_APART):
        if not standings.of(device).counts_at(seq):
            found.add(device)
    return found


def _by_code(one: LaptopStanding) -> tuple[str, str, str]:
    return one.code, one.first_seen, one.device
