"""The pack that begins a visit on a laptop: whole, from its lead, opened with the phrase, for somebody who is on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid, WrongPhrase
from reviewapp.base.files import save_file
from reviewapp.exchange import pack, returns, visit_pack
from reviewapp.store import entry as entries
from reviewapp.store import journal, signing
from reviewapp.store.entry import Entry
from reviewapp.visit import statements
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE, PHRASE, Team


def remade(one: Entry, **changes: Any) -> Entry:
    facts = {"address": one.address, "value": one.value, "parents": one.parents}
    facts |= {name: getattr(one, name) for name in ("person", "device", "seq", "at")}
    return entries.make(**(facts | changes))


def written(team: Team, change: Callable[[list[Entry]], list[Entry]] = list, **cover: Any) -> Path:
    """The lead's pack with its entries changed, numbered and signed anew as the lead's laptop would."""
    store = team.visit("L1")._store
    visit_pack.write_visit_pack(store, team.pack, PHRASE)
    manifest, every = returns.everything(store)
    own = [remade(one, seq=number) for number, one in enumerate(change(list(every)), start=1)]
    head = entries.GENESIS
    for one in own:
        head = entries.chain(head, one.id)
    private = bytes.fromhex(store.local("device_key"))
    signed = signing.sign_head(private, visit=manifest.visit, person="L1", seq=len(own), chain=head)
    manifest = msgspec.structs.replace(manifest, devices=(signed,), entries=len(own))
    read = msgspec.structs.replace(pack.read_file(team.pack)[0], **cover)
    save_file(team.pack, pack.seal(read, manifest, own, store.local("identity")))
    return team.pack


def header(every: list[Entry], field: str, value: Any) -> list[Entry]:
    """With another value for a part of the header."""
    return [remade(one, value=value) if (one.entity, one.field) == ("visit", field) else one for one in every]


def refusal(path: Path) -> str:
    with pytest.raises(Damaged) as error:
        visit_pack.open_visit_pack(path, PHRASE)
    return error.value.what


def test_a_pack_tells_the_visit_and_its_people(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(statements.Person(code="R2", name="Example Person"), statements.Person(code="R3", name=""))
    identity, contents = visit_pack.open_visit_pack(written(team), f"  {PHRASE.upper()} ")
    assert identity == lead._store.local("identity")
    told = visit_pack.describe(contents)
    assert (told.visit, told.service, told.organisation) == (team.visit_id, "Example team", "Example trust")
    assert told.date == "2026-11-17" and told.names == {"R2": "Example Person"}
    assert told.people == {"L1": "lead", "R2": "clinician", "R3": "clinician", "R4": "patient_rep", "O5": "observer"}


def test_a_pack_shows_the_words_of_the_visit_before_it_is_taken_and_others_when_it_was_altered(team: Team) -> None:
    words = team.visit("L1").laptops.visit_words()

    def words_of(path: Path) -> str:
        return visit_pack.describe(visit_pack.open_visit_pack(path, PHRASE)[1]).words

    def altered(every: list[Entry]) -> list[Entry]:
        content = next(one.value for one in every if one.field == "content")
        first, *others = content["standards"]
        return header(every, "content", content | {"standards": [first | {"statement": "Anything will do"}, *others]})

    assert len(words.split()) == 4 and words_of(written(team)) == words
    assert team.visit("R2").laptops.visit_words() == words, "and the same once it was taken"
    assert words_of(written(team, altered)) != words
    other = signing.public_of(signing.new_private_key()).hex()
    assert "belongs to nobody" in refusal(written(team, lambda every: header(every, "authority", other))), (
        "no other lead"
    )


def test_only_the_phrase_opens_a_pack_and_only_a_pack_is_opened(team: Team) -> None:
    path = written(team)
    with pytest.raises(WrongPhrase):
        visit_pack.open_visit_pack(path, "another phrase")
    with pytest.raises(Invalid, match="is a work file, not a visit pack"):
        visit_pack.open_visit_pack(team.return_of("L1"), PHRASE)
    lock = pack.read_file(path)[0].phrase
    assert lock is not None
    endless = msgspec.structs.replace(lock, stretch=msgspec.structs.replace(lock.stretch, passes=11))
    for spoilt in (endless, msgspec.structs.replace(lock, sealed="no base64!")):
        assert "was changed by someone" in refusal(written(team, phrase=spoilt))


def test_a_pack_says_all_that_a_visit_is(team: Team) -> None:
    what = "it does not say what the visit is"
    for missing in ("content", "service", "date", "kind", "instrument", "organisation"):
        assert what in refusal(written(team, lambda every, gone=missing: [e for e in every if e.field != gone]))  # type: ignore[misc]
    assert what in refusal(written(team, lambda every: header(every, "kind", "a kind of a later version")))
    elsewhere = ("visit", "fedcba9876543210", "content")
    assert what in refusal(
        written(team, lambda every: [remade(e, address=elsewhere) if e.field == "content" else e for e in every])
    )


def test_what_a_visit_is_stands_in_its_header_and_nowhere_else(team: Team) -> None:
    what = "it does not say what the visit is"

    def moved(every: list[Entry], field: str, key: str) -> list[Entry]:
        """The part of the header said of something else that a later version records."""
        return [
            remade(e, address=("later", key, field)) if (e.entity, e.field) == ("visit", field) else e for e in every
        ]

    for field in ("content", "service", "date"):
        for key in (team.visit_id, "x"):
            assert what in refusal(written(team, lambda every, f=field, k=key: moved(every, f, k)))  # type: ignore[misc]
    later = ("later", team.visit_id, "content")
    path = written(team, lambda every: [remade(every[0], address=later, value=7, parents=()), *every])
    assert visit_pack.describe(visit_pack.open_visit_pack(path, PHRASE)[1]).service == "Example team"


def test_the_instrument_of_a_pack_is_sound_and_its_entries_are_checked(team: Team) -> None:
    def unsound(every: list[Entry]) -> list[Entry]:
        content = next(one.value for one in every if one.field == "content")
        return header(every, "content", content | {"standards": content["standards"] + content["standards"][:1]})

    assert "its instrument is malformed" in refusal(written(team, unsound))
    assert "its instrument is malformed" in refusal(written(team, lambda every: header(every, "content", 7)))
    last = ("rating", "47/R2", "value")
    spoilt = written(
        team, lambda every: [*every, remade(every[-1], address=last, value="met", person="R2", parents=())]
    )
    assert "an entry by R2 comes from the laptop of L1" in refusal(spoilt)


def test_the_lead_of_a_pack_is_who_wrote_what_the_visit_is_in_whatever_order_its_laptops_are_listed(team: Team) -> None:
    lead = team.visit("L1")
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    lead.merge(team.return_of("R2"))
    lead.write_visit_pack(team.pack, PHRASE)
    cover, identity = pack.read_file(team.pack)[0], lead._store.local("identity")
    manifest, found = returns.everything(lead._store)
    every = list(found)
    assert {one.person for one in manifest.devices} == {"L1", "R2"}
    for devices in (manifest.devices, manifest.devices[::-1]):
        ordered = msgspec.structs.replace(manifest, devices=devices)
        save_file(team.pack, pack.seal(cover, ordered, every, identity))
        _identity, contents = visit_pack.open_visit_pack(team.pack, PHRASE)
        assert len(contents.entries) == len(every) and visit_pack.describe(contents).people["L1"] == "lead"
    only_theirs = tuple(one for one in manifest.devices if one.person == "R2")
    without = msgspec.structs.replace(manifest, devices=only_theirs, device=only_theirs[0].device, person="R2")
    save_file(team.pack, pack.seal(cover, without, every, identity))
    assert "was not added" in refusal(team.pack), "nobody else becomes the lead of it"


def test_a_pack_is_taken_by_somebody_who_is_on_the_visit_who_then_works_on_a_laptop_of_their_own(team: Team) -> None:
    path, laptop = written(team), Laptop.create(team.folder / "new", PASSPHRASE)[0]
    with pytest.raises(Invalid, match="not on this visit") as error:
        laptop.import_pack(path, me="R9", phrase=PHRASE)
    assert error.value.field == "as" and "L1, O5, R2, R3, R4" in error.value.do
    team.visit("L1").record(statements.Slot(id="R9", start="09:00", end="10:00", title="Arrival"))
    with pytest.raises(Invalid, match="'R9' is not on this visit"):
        laptop.import_pack(written(team), me="R9", phrase=PHRASE)
    laptop.import_pack(path, me="R2", phrase=PHRASE)
    visit = laptop.open_visit(team.visit_id)
    store, lead = visit._store, team.visit("L1")._store
    assert (visit.me, store.local("visit"), store.local("identity")) == ("R2", team.visit_id, lead.local("identity"))
    assert store.device != lead.device and journal.count(store.db) == journal.count(lead.db)
    own = store.devices()[store.device]
    assert own.verifies(team.visit_id) and (own.person, own.seq) == ("R2", 0)
    assert lead.device in store.devices()
    visit.close()
