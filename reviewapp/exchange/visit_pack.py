"""The visit pack: what the lead gives to everybody before the day."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import msgspec
import pyrage

from reviewapp.base.errors import Damaged, Invalid, WrongPhrase
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _
from reviewapp.exchange import pack, pack_checks
from reviewapp.exchange.phrase import plain_phrase
from reviewapp.exchange.returns import everything, pack_cover
from reviewapp.instruments.check import check as check_instrument
from reviewapp.instruments.model import Instrument
from reviewapp.store import journal, key_wrapping
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.home import Home
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import HEADER, HEADER_FIELDS
from reviewapp.visit.state import Kind


class PackContents(msgspec.Struct, frozen=True):
    """What a pack says before it is taken: enough to choose who one is."""

    visit: str
    service: str
    organisation: str
    date: str
    people: dict[str, str]
    """Code to role."""
    names: dict[str, str] = {}
    """Code to name, of those who have one."""


def new_identity() -> str:
    """The secret identity of a new visit, to which everything that travels is sealed."""
    return str(pyrage.x25519.Identity.generate())


def write_visit_pack(store: VisitStore, path: Path, phrase: str) -> None:
    """Write the pack; it opens with the phrase. Raises ReviewError when it cannot be written."""
    identity = store.local("identity")
    stretch = Argon2Params.fresh()
    sealed = key_wrapping.wrap(stretch.derive(plain_phrase(phrase)), identity.encode(), "visit identity")
    cover = pack_cover("visit-pack", store, phrase=pack.PhraseLock(stretch, sealed))
    manifest, entries = everything(store)
    save_file(path, pack.seal(cover, manifest, entries, identity))


def open_visit_pack(path: Path, phrase: str) -> tuple[str, pack.PackEntries]:
    """The visit's identity and what the pack holds, verified. Raises WrongPhrase, Damaged or NewerVersion."""
    cover, sealed = pack.read_file(path)
    if cover.phrase is None:
        raise Invalid(
            _("{name} is a return, not a visit pack", name=path.name), do=_("ask the lead for the visit pack")
        )
    if not cover.phrase.stretch.reasonable():
        raise Damaged(_("{name} was altered", name=path.name), do=_("ask for the file again"))
    try:
        identity = key_wrapping.unwrap(
            cover.phrase.stretch.derive(plain_phrase(phrase)), cover.phrase.sealed, "visit identity"
        )
    except ValueError as error:
        raise Damaged(_("{name} was altered", name=path.name), do=_("ask for the file again")) from error
    if identity is None:
        raise WrongPhrase(_("the visit phrase does not open this pack"), do=_("check the six words with the lead"))
    contents = pack.open_sealed(path.name, sealed, identity.decode())
    header = _header(path.name, cover.visit, contents.entries)
    lead = next((d.person for d in contents.manifest.devices if d.device == header.device), "")
    known = pack_checks.LocalKnowledge(lead=lead, instrument=_instrument(path.name, header.value))
    pack_checks.check(path.name, cover.visit, contents, known)
    _check_whole(path.name, contents.entries)
    return identity.decode(), contents


def describe(contents: pack.PackEntries) -> PackContents:
    """What the pack says of the visit and its people."""
    said: dict[tuple[str, str, str], Any] = {}
    for entry in contents.entries:
        said[entry.place] = entry.value
    visit = contents.manifest.visit
    people = {key: str(value) for (entity, key, field), value in said.items() if entity == "person" and field == "role"}
    named = {key: value for (entity, key, field), value in said.items() if entity == "person" and field == "name"}
    header = {field: str(said.get((HEADER, visit, field), "")) for field in ("service", "organisation", "date")}
    return PackContents(
        visit=visit, people=people, names={code: str(name) for code, name in named.items() if name}, **header
    )


def take_visit_pack(home: Home, identity: str, contents: pack.PackEntries, me: str) -> str:
    """Make the visit on this laptop and begin to work as `me`; returns the visit's id."""
    found = describe(contents)
    if me not in found.people:
        raise Invalid(
            _("{me} is not on this visit", me=f"{me!r}"),
            field="as",
            do=_("choose one of: ") + ", ".join(sorted(found.people)),
        )

    def fill(store: VisitStore) -> None:
        with store.transaction() as db:
            start(store, db, visit=found.visit, me=me, identity=identity)
            journal.add(db, contents.entries)
            for device in contents.manifest.devices:
                store.remember_device(db, device)
            store.sign(db, visit=found.visit, person=me)

    home.new_store(found.visit, fill)
    return found.visit


def start(store: VisitStore, db: Database, *, visit: str, me: str, identity: str) -> None:
    """What a laptop keeps for itself when it begins to take part."""
    store.set_local(db, "visit", visit)
    store.set_local(db, "me", me)
    store.set_local(db, "identity", identity)
    store.become_new_device(db)


def _header(name: str, visit: str, entries: list[Entry]) -> Entry:
    for entry in entries:
        if entry.entity == HEADER and entry.key == visit and entry.field == "content":
            return entry
    raise pack_checks.refused(name, "it does not say what the visit is")


def _instrument(name: str, content: Any) -> Instrument:
    """The instrument in a pack, as sound as an imported one."""
    try:
        instrument = msgspec.convert(content, type=Instrument)
        check_instrument(instrument)
    except (msgspec.ValidationError, Invalid) as error:
        raise pack_checks.refused(name, "its instrument is malformed") from error
    return instrument


def _check_whole(name: str, entries: list[Entry]) -> None:
    """A visit has every part of its header; its kind is one of three."""
    header = {entry.field: entry.value for entry in entries if entry.entity == HEADER}
    if not set(HEADER_FIELDS) <= set(header) or header["kind"] not in get_args(Kind):
        raise pack_checks.refused(name, "it does not say what the visit is")
