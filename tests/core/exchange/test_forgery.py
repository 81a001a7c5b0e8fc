"""Files made by somebody who has the visit's identity and our own code: sealed and signed, and still not believed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Damaged
from reviewapp.base.files import save_file
from reviewapp.exchange import pack, returns
from reviewapp.store import entry as entries
from reviewapp.store import journal, signing
from reviewapp.store.entry import Entry
from reviewapp.visit import statements
from reviewapp.workspace.withdrawal import withdraw
from tests.core.homes import PHRASE, Team

Mutation = Callable[[list[Entry]], list[Entry]]


def remade(one: Entry, **changes: Any) -> Entry:
    """The entry with changes and an id that fits them."""
    facts = {"address": one.address, "value": one.value, "parents": one.parents}
    facts |= {name: getattr(one, name) for name in ("person", "device", "seq", "at")}
    return entries.make(**(facts | changes))


def forge(team: Team, mutate: Mutation, *, person: str = "R2", signed_for: int = 0) -> Any:
    """What the lead answers to R2's return with R2's own entries mutated, sealed and signed again by R2's key.

    The signature is for `signed_for` more entries than there are.
    """
    visit = team.visit("R2")
    manifest, _ = returns.everything(visit._store)
    every = list(journal.everything(visit._store.db))
    own = mutate([e for e in every if e.device == visit._store.device])
    own = [remade(e, address=("visit", team.visit_id, "service")) if e.key == "VISIT" else e for e in own]
    head = entries.GENESIS
    for one in own:
        head = entries.chain(head, one.id)
    private = bytes.fromhex(visit._store.local("device_key"))
    signed = signing.sign_head(private, visit=team.visit_id, person=person, seq=len(own) + signed_for, chain=head)
    devices = tuple(signed if d.device == signed.device else d for d in manifest.devices)
    rest = [e for e in every if e.device != visit._store.device]
    manifest = msgspec.structs.replace(manifest, person=person, devices=devices, entries=len(rest) + len(own))
    cover = returns.pack_cover("return", visit._store)
    path = team.folder / "forged.review"
    save_file(path, pack.seal(cover, manifest, [*rest, *own], visit._store.local("identity")))
    lead = team.visit("L1")
    before = lead._store.digest()
    receipt = lead.merge(path)
    if receipt.reason is not None:
        assert lead._store.digest() == before and receipt.entries.new == 0 and receipt.entries.refused >= len(own)
    return receipt


def last(**changes: Any) -> Mutation:
    return lambda own: [*own[:-1], remade(own[-1], **changes)]


def passed_on(team: Team, mutate: Mutation) -> Any:
    """What the lead answers to a file in which R2 passes R3's entries on, changed on the way."""
    visit = team.visit("R2")
    visit.merge(team.return_of("R3"))
    manifest, found = returns.everything(visit._store)
    every, theirs = list(found), team.visit("R3")._store.device
    changed = [e for e in every if e.device != theirs] + mutate([e for e in every if e.device == theirs])
    manifest = msgspec.structs.replace(manifest, entries=len(changed))
    path = team.folder / "passed-on.review"
    sealed = pack.seal(returns.pack_cover("return", visit._store), manifest, changed, visit._store.local("identity"))
    save_file(path, sealed)
    return team.visit("L1").merge(path)


FORGERIES: dict[str, Mutation] = {
    "another author": last(person="R3"),
    "the lead as author": last(person="L1", address=("agreed", "47", "value")),
    "another visit's header": last(address=("visit", "feedbeef", "service")),
    "a value of the wrong type": last(address=("rating", "47/R2", "note"), value=7),
    "a path as a key": last(address=("rating", "../../x/R2", "value")),
    "a key of too many parts": last(address=("rating", "47/9/R2", "value")),
    "a control character in a key": last(address=("rating", "4\x007/R2", "value")),
    "an author that is no code": last(person="R2\n"),
    "a time that is none": last(at="2026-99-17T10:00:00.000000Z"),
    "a time with more": last(at="2026-11-17T10:00:00.000000Z" + "x" * 50),
    "a gap": lambda own: [*own[:-1], remade(own[-1], seq=own[-1].seq + 1)],
    "one taken out": lambda own: own[1:],
    "the same number twice": lambda own: [*own, remade(own[-1], value="na")],
    "an id that does not fit": lambda own: [*own[:-1], msgspec.structs.replace(own[-1], value="na")],
    "a standard that the instrument lacks": last(address=("rating", "999/R2", "value")),
    "a value that is on no scale": last(address=("rating", "47/R2", "value"), value="excellent"),
    "more people than a room holds": last(address=("interview", "P1/R2", "people"), value=10**18),
    "fewer than nobody": last(address=("survey", "carer/47", "yes"), value=-1),
    "a list of no standards": last(address=("quote", "Q1/R2", "standards"), value=["no such"]),
    "a decision that is none": last(address=("decision", "x", "date"), value="2026-11-17"),
    "a day that is none": last(address=("action", "AP1", "due"), value="2026-02-31"),
    "what the visit is, once more": last(address=("visit", "VISIT", "service"), value="another"),
    "a blank that nobody withdrew": lambda own: [*own[:-1], journal.blanked(own[-1])],
    "a withdrawal of nonsense": last(address=("withdraw", "x", "entries"), value="all"),
}


@pytest.mark.parametrize("name", sorted(FORGERIES))
def test_a_forged_entry_is_refused_with_a_reason(team: Team, name: str) -> None:
    team.visit("R2").record(statements.Rating(standard="4", note="first"))
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    receipt = forge(team, FORGERIES[name])
    assert receipt.reason is not None, name
    assert "\n" not in receipt.reason


def test_the_receipt_of_a_file_whose_senders_part_is_refused_names_the_sender_and_accounts_for_every_entry(
    team: Team,
) -> None:
    visit = team.visit("R2")
    visit.record(statements.Rating(standard="47", value="met"))
    receipt = forge(team, last(value="excellent"))
    many = journal.count(visit._store.db)
    assert receipt.entries == returns.EntryCounts(in_=many, already_here=many - 1, refused=1)
    assert receipt.from_ == returns.Sender("R2", visit._store.device)
    assert (receipt.visit, receipt.file, receipt.conflicts, receipt.disagreements, receipt.kinds) == (
        team.visit_id, "forged.review", [], 0, {},
    )  # fmt: skip
    assert receipt.digest == team.visit("L1")._store.digest()


COUNTS_FOR_NOTHING: dict[str, Mutation] = {
    "an agreed rating by a reviewer": last(address=("agreed", "47", "value")),
    "in another's record": last(address=("rating", "47/R3", "value")),
    "for the host": last(person="host", address=("self_review", "47", "value")),
    "a rating by the host": last(person="host", address=("rating", "47/host", "value")),
    "somebody more on the team": last(address=("person", "R9", "role"), value="clinician"),
    "the opening of the meeting": last(address=("meeting", "meeting", "open"), value=True),
    "what is made of an answer": last(address=("response_decision", "47", "accepted"), value=False),
}


@pytest.mark.parametrize("name", COUNTS_FOR_NOTHING)
def test_what_its_author_may_not_say_is_kept_and_counts_for_nothing(team: Team, name: str) -> None:
    team.visit("R2").record(statements.Rating(standard="4", note="first"))
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    lead = team.visit("L1")
    before = msgspec.structs.replace(lead.state, digest="")
    receipt = forge(team, COUNTS_FOR_NOTHING[name])
    assert receipt.reason is None and receipt.entries.refused == 0
    assert [(one.code in ("R2", "host"), one.entries) for one in receipt.apart] == [(True, 1)]
    assert lead.state.conflicts == () and [one.entries for one in lead.laptops.apart()] == [1]
    (record,) = lead.laptops.apart()
    assert [one.counts for one in lead.history(record.entity, record.key)] == [False]
    for table in ("agreed", "people", "self_review", "meetings", "response_decisions"):
        assert getattr(lead.state, table) == getattr(before, table)
    assert list(lead.state.ratings) == ["4/R2"]


def test_the_same_machinery_without_a_mutation_is_taken(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    assert forge(team, lambda own: own).reason is None


def test_a_laptop_that_says_elsewhere_that_it_is_another_persons_is_a_branch_of_its_own(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    lead = team.visit("L1")
    lead.merge(team.return_of("R2"))
    receipt = forge(team, lambda own: [remade(one, person="R3") for one in own], person="R3")
    assert receipt.reason is None and [one.code for one in lead.laptops.all() if one.copied_from] == ["R2", "R3"]
    assert lead.state.ratings["47/R2"].value == "met" and "47/R3" not in lead.state.ratings


def test_a_laptop_that_wrote_nothing_of_its_own_cannot_change_hands(team: Team) -> None:
    team.visit("L1").merge(team.return_of("R2"))
    receipt = forge(team, lambda own: [], person="R3")
    assert receipt.reason and "changed hands" in receipt.reason


def test_of_a_copied_laptop_both_stories_are_taken(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    team.visit("L1").merge(team.return_of("R2"))
    receipt = forge(team, last(value="na"))
    assert receipt.reason is None and len(receipt.forks[0].branches) == 2
    assert [one.key for one in team.visit("L1").state.conflicts] == ["47/R2"]


def test_a_bomb_is_refused_before_it_unfolds(team: Team) -> None:
    import zlib

    import pyrage

    visit = team.visit("L1")
    identity = pyrage.x25519.Identity.from_str(visit._store.local("identity"))
    deflate = zlib.compressobj(9)
    parts = [deflate.compress(b" " * 2**20) for _ in range(300)] + [deflate.flush()]
    sealed = pyrage.encrypt(b"".join(parts), [identity.to_public()])
    path = team.folder / "bomb"
    path.write_bytes(msgspec.json.encode(returns.pack_cover("return", visit._store)) + b"\n" + sealed)
    receipt = visit.merge(path)
    assert receipt.reason and "more than any visit" in receipt.reason


def test_nobody_blanks_what_somebody_else_said(team: Team) -> None:
    team.visit("R3").record(statements.Rating(standard="47", value="met", note="R3 was there"))
    receipt = passed_on(team, lambda own: [journal.blanked(one) for one in own])
    (part,) = receipt.refused_parts
    assert part.code == "R3" and "nobody withdrew" in part.why and receipt.entries.refused == part.entries
    lead = team.visit("L1")
    assert lead.state.ratings == {} and lead.merge(team.return_of("R3")).reason is None
    assert lead.state.ratings["47/R3"].note == "R3 was there"


CHANGED_ON_THE_WAY: dict[str, Mutation] = {
    "a rating turned": lambda own: [remade(e, value="not_met") if e.field == "value" else e for e in own],
    "a note reworded": lambda own: [remade(e, value="all is well") if e.field == "note" else e for e in own],
    "given another time": last(at="2026-11-17T23:59:59.000000Z"),
    "moved to another standard": last(address=("rating", "4/R3", "value")),
    "the last left out": lambda own: own[:-1],
    "one more made up": lambda own: [*own, remade(own[-1], seq=own[-1].seq + 1, address=("rating", "4/R3", "value"))],
}


@pytest.mark.parametrize("name", CHANGED_ON_THE_WAY)
def test_nobody_passes_on_changed_what_somebody_else_said(team: Team, name: str) -> None:
    """The lead has never seen R3's entries; that they are not what R3's laptop signed is all there is to notice."""
    team.visit("R3").record(statements.Rating(standard="47", value="met", note="R3 was there"))
    receipt = passed_on(team, CHANGED_ON_THE_WAY[name])
    assert receipt.reason and "signed is not what the file contains" in receipt.reason
    assert team.visit("L1").state.ratings == {}


def test_what_is_passed_on_unchanged_is_taken(team: Team) -> None:
    team.visit("R3").record(statements.Rating(standard="47", value="met", note="R3 was there"))
    assert passed_on(team, lambda own: own).reason is None
    assert team.visit("L1").state.ratings["47/R3"].note == "R3 was there"


@pytest.mark.parametrize("more", [-1, 1])
def test_a_laptop_that_signs_for_more_or_fewer_entries_than_it_sends_is_refused(team: Team, more: int) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met"))
    receipt = forge(team, lambda own: own, signed_for=more)
    assert receipt.reason and "signed is not what the file contains" in receipt.reason


def test_a_quote_that_was_blanked_without_cause_comes_back_with_its_author(team: Team) -> None:
    """Behind a true withdrawal somebody may hide that other quotes of the same author were blanked too."""
    visit = team.visit("R3")
    for number in ("1", "2"):
        visit.record(statements.Interview(id=f"P{number}", group="patient", consent_notes=True, consent_quotes=True))
        visit.record(statements.Quote(id=f"Q{number}", interview=f"P{number}", text=f"words {number}"))
    withdraw(visit, "interview", "P1/R3", reason="asked by the person")
    receipt = passed_on(team, lambda own: [journal.blanked(e) if e.entity == "quote" else e for e in own])
    lead = team.visit("L1")
    assert receipt.reason is None and [q.text for q in lead.state.quotes.values()] == []
    assert lead.merge(team.return_of("R3")).reason is None
    assert [q.text for q in lead.state.quotes.values()] == ["words 2"]
    assert all(check.ok for check in lead.check_integrity())


def test_a_visit_pack_with_an_unsound_instrument_is_refused(team: Team) -> None:
    lead = team.visit("L1")
    manifest, every = returns.everything(lead._store)
    own = [remade(e, value={"id": "x"}) if e.field == "content" else e for e in every]
    head = entries.GENESIS
    for one in own:
        head = entries.chain(head, one.id)
    private = bytes.fromhex(lead._store.local("device_key"))
    signed = signing.sign_head(private, visit=team.visit_id, person="L1", seq=len(own), chain=head)
    lead.write_visit_pack(team.pack, PHRASE)
    cover, _ = pack.read_file(team.pack)
    sealed = pack.seal(cover, msgspec.structs.replace(manifest, devices=(signed,)), own, lead._store.local("identity"))
    save_file(team.pack, sealed)
    with pytest.raises(Damaged, match="instrument"):
        team.laptops["L1"].peek_pack(team.pack, PHRASE)
