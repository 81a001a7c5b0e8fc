"""The visit pack that the lead gives to everybody before the day: writing, opening, describing and joining it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import msgspec
import pyrage

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.crosswalk.check import check as check_crosswalk
from reviewapp.crosswalk.model import Crosswalk
from reviewapp.exchange import branches, entry_checks, fingerprint, pack, pack_checks, phrase_lock
from reviewapp.exchange.local_knowledge import LocalKnowledge
from reviewapp.exchange.returns import leads_alone, pack_cover, remember_part, write_everything
from reviewapp.instruments.check import check as check_instrument
from reviewapp.instruments.model import Instrument
from reviewapp.store import joining, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.home import Home
from reviewapp.store.records_of import records_of
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import AUTHORITY_FIELD, HEADER, HEADER_FIELDS, HEADER_SECOND, FieldAddress
from reviewapp.visit.state import Kind


class PackContents(msgspec.Struct, frozen=True):
    """The visit and its people as a pack names them, for choosing who one is before the visit is created here."""

    visit: str
    service: str
    organisation: str
    date: str
    people: dict[str, str]
    """Code of the person → role."""
    names: dict[str, str] = {}
    """Code of the person → name, of those who have one."""
    words: str = ""
    """The visit's fingerprint: the lead's screen shows the same four words, unless the pack was altered."""


def new_identity() -> str:
    """A new secret age identity for a visit, to which every file that travels is encrypted."""
    return str(pyrage.x25519.Identity.generate())


def write_visit_pack(store: VisitStore, path: Path, phrase: str) -> tuple[Path, ...]:
    """Write the visit pack, or several; they open with the phrase. Returns the files; raises ReviewError."""
    identity = store.local("identity")
    return write_everything(store, path, "visit-pack", phrase=phrase_lock.lock(identity, phrase))


def write_leads_pack(store: VisitStore, path: Path, phrase: str) -> tuple[Path, ...]:
    """Write the visit pack again on a laptop that does not lead: what the lead said, certificates too, and no more.

    The same visit begins from it, with the same lead, standards, people and plan; whoever takes it sees nothing of
    what other reviewers rated or heard. Returns the file; raises ReviewError when it cannot be written.
    """
    store.check_hands_out()
    with store.snapshot():
        manifest, entries = leads_alone(store)
        cover = pack_cover("visit-pack", store, phrase_lock.lock(store.local("identity"), phrase))
        try:
            sealed = pack.seal(cover, manifest, entries, store.local("identity"))
        except pack.TooLarge:
            raise ReviewError(
                _("what the lead recorded is too large for one file"),
                do=_("ask the lead for the visit pack, which can then have several parts"),
            ) from None
    save_file(path, sealed)
    return (path,)


def open_visit_pack(path: Path, phrase: str) -> tuple[str, pack.PackEntries]:
    """The visit's identity and the content of the pack, verified.

    Raises WrongPhrase, Damaged or NewerVersion; Invalid when the file is a return.
    """
    cover, sealed = pack.read_file(path)
    if cover.reviewapp == "carry-over":
        raise Invalid(
            _("{name} is a carry-over, not a visit pack", name=path.name),
            do=_("start the next visit from it, or ask the lead for the visit pack"),
        )
    if cover.phrase is None:
        raise Invalid(
            _("{name} is a work file, not a visit pack", name=path.name), do=_("ask the lead for the visit pack")
        )
    identity = phrase_lock.unlock(path.name, cover.phrase, phrase)
    contents = pack.open_sealed(path.name, sealed, identity)
    header = _header(path.name, cover.visit, contents)
    instrument = _instrument(path.name, header.value)
    also = _second(path.name, header, contents.entries, instrument)
    lead = next((d.person for d in contents.manifest.devices if d.device == header.device), "")
    known = LocalKnowledge(lead=lead, instrument=instrument, also=also)
    checked = pack_checks.check(path.name, cover.visit, contents, known)
    taken = {one.device for one in checked.devices}
    needed = {header.device, contents.manifest.device} - taken
    own = next((one.why for one in checked.refused if one.device in needed), None)
    if own is not None:
        raise entry_checks.refused(path.name, own)
    _check_whole(path.name, checked.entries)
    manifest = msgspec.structs.replace(
        contents.manifest, devices=checked.devices, entries=len(checked.entries), branches=()
    )
    return identity, pack.PackEntries(manifest, checked.entries, checked.stories, checked.tree)


def describe(contents: pack.PackEntries) -> PackContents:
    """The visit and its people as the entries of the pack name them."""
    values: dict[FieldAddress, Any] = {}
    for entry in contents.entries:
        values[entry.address] = entry.value
    visit = contents.manifest.visit
    team = records_of(contents.entries, "person", contents.tree)
    people = {one["key"]: str(one["role"]) for one in team}
    names = {one["key"]: str(one["name"]) for one in team if one.get("name")}
    header = {field: str(values.get((HEADER, visit, field), "")) for field in ("service", "organisation", "date")}
    return PackContents(visit=visit, people=people, names=names, words=_words(visit, contents), **header)


def _words(visit: str, contents: pack.PackEntries) -> str:
    """The visit's fingerprint as the store will show it: by what the laptop that made the visit says it is."""
    entries = contents.entries
    made = marks.standings(marks.of_entries(entries), marks.claims_of(entries), contents.tree).marks
    said = [one for one in entries if one.address == (HEADER, visit, "content") and one.device == made.founder]
    also, crosswalk = (_said_by(made.founder, visit, field, entries) for field in HEADER_SECOND)
    second = (also.value, crosswalk.value if crosswalk else None) if also else None
    return fingerprint.visit_words(visit, said[-1].value if said else None, made.authority, second)


def create_visit_from_pack(home: Home, identity: str, contents: pack.PackEntries, me: str) -> str:
    """Create the visit on this laptop from an opened pack, working as `me`; returns the visit's id.

    Raises Invalid when `me` is not on the visit.
    """
    found = describe(contents)
    if me not in found.people:
        if any(entry.entity == "person" and entry.key == me for entry in contents.entries):
            raise Invalid(
                _("{me} is no longer on the review team of this visit", me=f"{me!r}"),
                field="as",
                do=_("ask the lead to add {me} again and to make the visit pack again", me=me),
            )
        raise Invalid(
            _("{me} is not on this visit", me=f"{me!r}"),
            field="as",
            do=_("choose one of: ") + ", ".join(sorted(found.people)),
        )

    def fill(store: VisitStore) -> None:
        with store.transaction(many=True) as db:
            start(store, db, visit=found.visit, me=me, identity=identity)
            joining.take(store, db, contents.stories or branches.stories(contents) or ())
            remember_part(store, db, contents.manifest)
            store.sign(db)

    home.new_store(found.visit, fill)
    return found.visit


def start(store: VisitStore, db: Database, *, visit: str, me: str, identity: str) -> None:
    """Store the values that a laptop keeps for itself when it joins a visit, with a new signing key."""
    store.set_local(db, "visit", visit)
    store.set_local(db, "me", me)
    store.set_local(db, "identity", identity)
    store.become_new_device(db)


def _header(name: str, visit: str, contents: pack.PackEntries) -> Entry:
    for entry in contents.entries:
        if entry.entity == HEADER and entry.key == visit and entry.field == "content":
            return entry
    part = contents.manifest.part
    if part is not None:
        raise Invalid(
            _("{name} is part {number} of {of} of a visit pack, and does not say what the visit is",
              name=name, number=part.number, of=part.of),
            do=_("open the first part here, then import this one on Combine"),
        )  # fmt: skip
    raise entry_checks.refused(name, _("it does not say what the visit is"))


def _instrument(name: str, content: Any) -> Instrument:
    """The instrument in a pack, held to the same checks as an imported one."""
    try:
        instrument = msgspec.convert(content, type=Instrument)
        check_instrument(instrument)
    except (msgspec.ValidationError, Invalid) as error:
        raise entry_checks.refused(name, _("its instrument is malformed")) from error
    return instrument


def _second(name: str, header: Entry, entries: list[Entry], first: Instrument) -> Instrument | None:
    """The second instrument in a pack, held to the same checks with the crosswalk to it; None without one."""
    also, crosswalk = (_said_by(header.device, header.key, field, entries) for field in HEADER_SECOND)
    if also is None:
        if crosswalk is not None:
            raise entry_checks.refused(name, _("it does not say what the visit is"))
        return None
    second = _instrument(name, also.value)
    try:
        if second.id == first.id:
            raise Invalid(_("both instruments have the same id"))
        if crosswalk is not None and crosswalk.value is not None:
            check_crosswalk(msgspec.convert(crosswalk.value, type=Crosswalk), first, second)
    except (msgspec.ValidationError, Invalid) as error:
        raise entry_checks.refused(name, _("its second instrument is malformed")) from error
    return second


def _said_by(device: str, visit: str, field: str, entries: list[Entry]) -> Entry | None:
    """What the laptop that made the visit says of it in this field."""
    return next((one for one in entries if one.address == (HEADER, visit, field) and one.device == device), None)


def _check_whole(name: str, entries: list[Entry]) -> None:
    """Refuse a pack without every part of the visit's header, or whose kind of visit is unknown."""
    header = {entry.field: entry.value for entry in entries if entry.entity == HEADER}
    authority = header.get(AUTHORITY_FIELD, "")
    if not isinstance(authority, str) or (authority and not signing.device_of(authority)):
        raise entry_checks.refused(name, _("it does not say what the visit is"))
    if not set(HEADER_FIELDS) <= set(header) or header["kind"] not in get_args(Kind):
        raise entry_checks.refused(name, _("it does not say what the visit is"))
