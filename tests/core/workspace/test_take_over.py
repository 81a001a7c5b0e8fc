"""A deputy takes over: with eight words on paper the deputy's own laptop leads, and everything follows from that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid, WrongPhrase
from reviewapp.exchange.phrase import DEPUTY_WORDS as MANY
from reviewapp.exchange.phrase import new_deputy_words
from reviewapp.store import journal, mark_values, marks, signing
from reviewapp.visit import statements
from reviewapp.visit.entities import DEPUTY, HEARD, PROOF
from reviewapp.workspace import conflicts
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import DEPUTY_WORDS, PASSPHRASE, PHRASE, TEAM, Team

AGREED = statements.Agreed(standard="47", value="not_met", reason="seen by both")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Team:
    team = Team(tmp_path_factory.mktemp("team"))
    team.name_deputy()
    team.certify("R2", "R3")
    team.close()
    return team


@pytest.fixture
def team(prepared: Team, tmp_path: Path) -> Iterator[Team]:
    """The lead has named R2 as the deputy, and certified R2 and R3."""
    team = prepared.copy(tmp_path)
    yield team
    team.close()


@pytest.fixture
def deputy(team: Team) -> OpenVisit:
    return team.visit("R2")


def leads(visit: OpenVisit) -> str:
    """Who leads, as everything on this laptop has it."""
    lead = visit.state.lead()
    assert lead is not None and lead.role == "lead"
    assert [one.key for one in visit.state.people.values() if one.role == "lead"] == [lead.key]
    assert visit.laptops.leading().code == lead.key
    (device,) = {one.device for one in visit.laptops.all() if one.state == "lead"}
    assert visit.is_lead == (visit.device == device)
    return lead.key


def is_lead(visit: OpenVisit) -> bool:
    return visit.is_lead


def role(visit: OpenVisit, code: str) -> str:
    return visit.state.people[code].role


def test_the_words_are_eight_and_never_the_same() -> None:
    assert len(new_deputy_words().split()) == MANY and new_deputy_words() != new_deputy_words()


def test_the_deputys_laptop_leads_with_everything_it_holds(team: Team, deputy: OpenVisit) -> None:
    deputy.record(statements.Rating(standard="4", value="met"))
    team.visit("L1").record(AGREED)
    team.tell("L1", "R2")
    before = deputy.status()
    deputy.laptops.take_over(DEPUTY_WORDS)
    after = deputy.status()
    assert leads(deputy) == "R2" and after["figures"] == before["figures"] and not after["conflicts"]
    assert deputy.state.ratings["4/R2"].value == "met" and role(deputy, "L1") == "clinician"
    deputy.record(statements.Person(code="R9", role="clinician"))
    deputy.record(statements.Agreed(standard="47", value="met", reason="seen again"))
    assert deputy.state.agreed["47"].value == "met" and not deputy.state.conflicts
    with pytest.raises(Invalid, match="exactly one lead"):
        deputy.record(statements.Person(code="L1", role="lead"))
    deputy.record(statements.Person(code="L1", role="carer_rep"))
    assert role(deputy, "L1") == "carer_rep"
    deputy.back_up_now()
    assert all(check.ok for check in deputy.check_integrity())


def test_every_laptop_is_told_when_it_joins(team: Team, deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.tell("R2", "R3", "L1")
    for code in ("R3", "L1"):
        told = team.visit(code).laptops.leading()
        assert leads(team.visit(code)) == "R2" and told.take_over and told.at
        assert told.led_here == (code == "L1") and not told.here
    assert deputy.laptops.leading().here and not deputy.laptops.leading().led_here
    states = {(one.code, one.state) for one in deputy.laptops.all()}
    assert states == {("L1", "certified"), ("R2", "lead"), ("R3", "certified")}


def test_the_old_lead_that_comes_back_is_a_reviewer(team: Team, deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.tell("R2", "L1")
    lead = team.visit("L1")
    for line in (AGREED, statements.Person(code="R9", role="clinician")):
        with pytest.raises(Invalid, match="lead"):
            lead.record(line)
    for refused in (
        lambda: lead.laptops.certify(deputy.device, "R2"),
        lambda: lead.laptops.name_deputy("R3", DEPUTY_WORDS),
    ):
        with pytest.raises(Invalid, match="only the lead"):
            refused()
    lead.record(statements.Rating(standard="4", value="met"))
    team.tell("L1", "R2")
    assert deputy.state.ratings["4/L1"].value == "met"


def test_what_the_old_lead_said_without_knowing_stands_beside_and_is_settled(team: Team, deputy: OpenVisit) -> None:
    lead = team.visit("L1")
    deputy.laptops.take_over(DEPUTY_WORDS)
    deputy.record(AGREED)
    lead.record(statements.Agreed(standard="47", value="met", reason="seen by one"))
    lead.record(statements.Agreed(standard="4", value="met"))
    team.tell("L1", "R2")
    (conflict,) = [one for one in deputy.state.conflicts if one.field == "value"]
    assert {one.person for one in conflict.values} == {"L1", "R2"} and deputy.state.agreed["4"].value == "met"
    assert conflict.key not in deputy.state.agreed or deputy.state.agreed["47"].value is None
    chosen = next(one.entry for one in conflict.values if one.person == "R2")
    conflicts.settle(deputy, "agreed", "47", "value", entry=chosen, reason="it was so")
    team.tell("R2", "L1", "R3")
    for code in ("L1", "R2", "R3"):
        assert team.visit(code).state.agreed["47"].value == "not_met"
        assert not [one for one in team.visit(code).state.conflicts if one.field == "value"]


def test_what_the_old_lead_settled_before_stays_settled(team: Team, deputy: OpenVisit) -> None:
    lead, third = team.visit("L1"), team.visit("R3")
    lead.record(statements.SelfReview(standard="4", value="not_met"))
    team.tell("L1", "R3")
    third.record(statements.SelfReview(standard="4", value="met"))
    team.tell("R3", "L1")
    (conflict,) = lead.state.conflicts
    conflicts.settle(lead, *(conflict.entity, conflict.key, conflict.field), value="not_met", reason="asked the team")
    team.tell("L1", "R2", "R3")
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.tell("R2", "L1", "R3")
    for code in ("L1", "R2", "R3"):
        assert not team.visit(code).state.conflicts
        assert team.visit(code).state.self_review["4"].value == "not_met"
        assert all(check.ok for check in team.visit(code).check_integrity() if "backup" not in check.what)


@pytest.mark.parametrize("words", ["", "able about " * 4, DEPUTY_WORDS + " able", PHRASE])
def test_other_words_open_nothing_and_nothing_changes(deputy: OpenVisit, words: str) -> None:
    before = deputy._store.digest()
    with pytest.raises((WrongPhrase, Invalid)):
        deputy.laptops.take_over(words)
    assert deputy._store.digest() == before and leads(deputy) == "L1"


def test_a_word_that_is_none_of_the_list_is_named(deputy: OpenVisit) -> None:
    *rest, _last = DEPUTY_WORDS.split()
    with pytest.raises(WrongPhrase, match="“abuot” is none of the words"):
        deputy.laptops.take_over(" ".join([*rest, "ABUOT"]))


def test_words_may_be_typed_with_capitals_and_more_spaces(deputy: OpenVisit) -> None:
    deputy.laptops.take_over("  " + DEPUTY_WORDS.upper().replace(" ", "   "))
    assert leads(deputy) == "R2"


def test_nobody_but_the_deputy_takes_over(team: Team) -> None:
    for code in ("R3", "L1"):
        before = team.visit(code)._store.digest()
        with pytest.raises(Invalid):
            team.visit(code).laptops.take_over(DEPUTY_WORDS)
        assert team.visit(code)._store.digest() == before


def test_without_a_deputy_it_is_said_what_can_be_done(tmp_path: Path) -> None:
    team = Team(tmp_path)
    with pytest.raises(Invalid, match=r"named no deputy.*backup"):
        team.visit("R2").laptops.take_over(DEPUTY_WORDS)
    team.close()


@pytest.mark.parametrize("code", ["L1", "O5", "R9"])
def test_who_leads_or_observes_or_is_not_there_is_no_deputy(team: Team, code: str) -> None:
    with pytest.raises(Invalid):
        team.visit("L1").laptops.name_deputy(code, DEPUTY_WORDS)
    with pytest.raises(Invalid):
        team.laptops["L1"].new_visit(
            instrument="qn-crhtt-4-pc", service="S", organisation="O", date="2026-11-17", people=TEAM, deputy=code,
            words=DEPUTY_WORDS,
        )  # fmt: skip


@pytest.mark.parametrize("words", ["", "able", "able " * 7, "one two three four five six seven eight nine"])
def test_words_that_anybody_guesses_are_not_taken(team: Team, words: str) -> None:
    with pytest.raises(Invalid, match="eight words"):
        team.visit("L1").laptops.name_deputy("R3", words)


def test_renewed_words_end_the_earlier_ones(team: Team, deputy: OpenVisit) -> None:
    fresh = new_deputy_words()
    team.visit("L1").laptops.name_deputy("R2", fresh)
    team.tell("L1", "R2")
    with pytest.raises(WrongPhrase):
        deputy.laptops.take_over(DEPUTY_WORDS)
    deputy.laptops.take_over(fresh)
    assert leads(deputy) == "R2"


def test_a_deputy_named_after_the_take_over_by_the_old_lead_takes_nothing_back(team: Team, deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.visit("L1").laptops.name_deputy("R3", DEPUTY_WORDS)
    team.tell("L1", "R2", "R3")
    team.tell("R2", "L1", "R3")
    assert {leads(team.visit(code)) for code in ("L1", "R2", "R3")} == {"R2"}
    with pytest.raises(Invalid):
        team.visit("R3").laptops.take_over(DEPUTY_WORDS)


def test_the_lead_comes_back_as_the_deputy_of_the_new_one(team: Team, deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    again = new_deputy_words()
    deputy.laptops.name_deputy("L1", again)
    team.tell("R2", "L1")
    team.visit("L1").record(statements.Rating(standard="4", value="met"))
    team.visit("L1").laptops.take_over(again)
    team.visit("L1").record(AGREED)
    team.tell("L1", "R2", "R3")
    for code in ("L1", "R2", "R3"):
        visit = team.visit(code)
        assert leads(visit) == "L1" and visit.state.agreed["47"].value == "not_met"
        assert visit.state.people["R2"].role == "clinician" and not visit.state.conflicts


def test_a_restored_new_lead_leads(team: Team, deputy: OpenVisit, tmp_path: Path) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    deputy.backup(tmp_path / "copy")
    deputy.close()
    team.laptops["R2"].restore(tmp_path / "copy", PASSPHRASE)
    team.visits["R2"] = again = team.laptops["R2"].open_visit(team.visit_id)
    again.record(AGREED)
    team.tell("R2", "L1", "R3")
    for code in ("L1", "R3"):
        assert team.visit(code).state.agreed["47"].value == "not_met"
        assert team.visit(code).state.lead().key == "R2"  # type: ignore[union-attr]
    assert again.is_lead


def test_an_old_lead_brought_back_from_a_backup_is_a_reviewer_once_it_joins(team: Team, deputy: OpenVisit) -> None:
    lead, copy = team.visit("L1"), team.folder / "copy"
    lead.backup(copy)
    lead.close()
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.laptops["L1"].restore(copy, PASSPHRASE)
    team.visits["L1"] = back = team.laptops["L1"].open_visit(team.visit_id)
    assert is_lead(back)
    back.record(AGREED)
    team.tell("L1", "R2")
    assert leads(deputy) == "R2" and deputy.state.agreed["47"].value == "not_met"
    team.tell("R2", "L1")
    assert back.laptops.leading().led_here and leads(back) == "R2"
    (state,) = {one.state for one in deputy.laptops.all() if one.code == "L1"}
    assert state == "certified"


@pytest.mark.parametrize("knew", [True, False])
def test_an_old_lead_that_is_restored_knows_what_it_knew_before(team: Team, deputy: OpenVisit, knew: bool) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    if knew:
        team.tell("R2", "L1")
    lead, copy = team.visit("L1"), team.folder / "copy"
    lead.backup(copy)
    old = lead._store.device
    lead.close()
    team.laptops["L1"].restore(copy, PASSPHRASE)
    team.visits["L1"] = back = team.laptops["L1"].open_visit(team.visit_id)
    before = back._store.standings().of(back._store.device)
    back.record(statements.Rating(standard="47", value="met"))
    after = back._store.standings().of(back._store.device)
    assert (before.lead, before.certified) == (after.lead, after.certified), "what it has yet to say counts already"
    heard = [one.device for one in journal.of_entity(back._store.db, HEARD)]
    assert sorted(heard) == (sorted([old, back._store.device]) if knew else [])


def test_two_who_take_over_at_once_the_same_one_leads_everywhere_until_it_gives_way(team: Team) -> None:
    names = ("R2", "again")
    team.another_laptop("again", me="R2")
    for name in names:
        team.visit(name).laptops.take_over(DEPUTY_WORDS)
        team.visit(name).record(statements.Agreed(standard="47", value="met", reason=f"on {name}"))
    team.tell("R2", "L1")
    team.tell("again", "R3", "R2")
    team.tell("R2", "again", "R3")
    team.tell("R3", "L1")
    everybody = [team.visit(name) for name in (*names, "L1", "R3")]
    (first,) = {visit.laptops.leading().device for visit in everybody}
    assert {visit.laptops.leading().take_over for visit in everybody} == {min(told_ids(team.visit("L1")))}
    winner = next(name for name in names if team.visit(name).device == first)
    loser = next(name for name in names if name != winner)
    assert (
        team.visit(winner).is_lead and not team.visit(loser).is_lead and team.visit(loser).laptops.leading().rival_here
    )
    assert any(one.field == "reason" for one in team.visit("L1").state.conflicts)
    team.visit(winner).laptops.give_way()
    team.tell(winner, loser, "L1", "R3")
    assert {visit.laptops.leading().device for visit in everybody} == {team.visit(loser).device}
    assert team.visit(loser).is_lead and not team.visit(winner).is_lead
    with pytest.raises(Invalid, match="lead"):
        team.visit(winner).record(statements.Agreed(standard="4", value="met"))


def told_ids(visit: OpenVisit) -> list[str]:
    """The entries with which laptops took over."""
    return [one.id for one in marks.held(visit._store.db) if one.entity == "take_over"]


def test_giving_way_to_nobody_is_refused(deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    with pytest.raises(Invalid, match="no other laptop"):
        deputy.laptops.give_way()


def test_only_the_new_leads_receipts_count_and_what_the_old_one_vouched_for_is_listed(team: Team) -> None:
    lead, deputy, third = team.visit("L1"), team.visit("R2"), team.visit("R3")
    third.record(statements.Rating(standard="4", value="met"))
    team.tell("R3", "L1")
    receipt = team.folder / "receipt"
    lead.write_receipt(receipt)
    for visit in (third, deputy):
        assert visit.merge(receipt).reason is None
    assert third.here.unreceipted() == 0
    deputy.laptops.take_over(DEPUTY_WORDS)
    (lost,) = [one for one in deputy.laptops.leading().lost if one.code == "R3"]
    assert lost.entries == 1 and lost.device == third.device
    team.tell("R2", "R3", "L1")
    assert third.here.unreceipted() > 0
    lead_receipt = third.merge(receipt)
    assert lead_receipt.reason is not None and "the lead's receipt" in lead_receipt.reason
    with pytest.raises(Invalid, match="only the lead"):
        lead.write_receipt(receipt)
    team.tell("R3", "R2")
    deputy.write_receipt(receipt)
    assert third.merge(receipt).reason is None and third.here.unreceipted() == 0
    assert not [one for one in deputy.laptops.leading().lost if one.code == "R3"]


def test_a_new_laptop_starts_from_the_pack_of_the_new_lead(team: Team, deputy: OpenVisit) -> None:
    deputy.laptops.take_over(DEPUTY_WORDS)
    team.pack.unlink()
    deputy.write_visit_pack(team.pack, PHRASE)
    fresh = team.another_laptop("R4", me="R4")
    assert leads(fresh) == "R2"
    team.tell("R4", "R2")
    assert deputy.laptops.certify(fresh.device, "R4").records


def test_in_a_visit_without_a_key_of_authority_a_deputy_takes_over_too(tmp_path: Path) -> None:
    team = Team(tmp_path)
    lead = team.visits["L1"]
    with lead._store.transaction() as db:
        db.execute("DELETE FROM entry WHERE entity = 'certify' OR (entity = 'visit' AND field = 'authority')")
        db.execute("DELETE FROM head WHERE entity = 'certify' OR (entity = 'visit' AND field = 'authority')")
        for number, (identity,) in enumerate(db.execute("SELECT id FROM entry ORDER BY seq").fetchall(), start=1):
            db.execute("UPDATE entry SET seq = ? WHERE id = ?", (number, identity))
        lead._store.set_local(db, marks.AUTHORITY_KEY, "")
    lead.reload()
    assert lead.is_lead and not lead._store.standings().authority
    lead.laptops.name_deputy("R2", DEPUTY_WORDS)
    (named,) = marks.deputies(lead._store.db)
    assert named.code == "R2" and not named.by
    standings = lead._store.standings()
    key = _opened(named)
    value = mark_values.take_over(key.hex(), lead.id, "d" * 32, "R2", 1, {lead.device: 99})
    mark = marks.MarkEntry("take_over", "d" * 32, PROOF, value, "R2", "d" * 32, 1, "e" * 64)
    after = marks.standings([*marks.held(lead._store.db), mark], {**standings.marks.claims, "d" * 32: "R2"})
    assert after.lead_code == "R2" and after.authority == signing.public_of(key).hex()
    team.close()


def _opened(named: mark_values.DeputyMark) -> bytes:
    from reviewapp.workspace.take_over import _opened as opened

    key = opened([named], DEPUTY_WORDS)
    assert key is not None
    return key


def test_the_words_and_the_key_lie_nowhere_in_the_open(team: Team) -> None:
    lead = team.visit("L1")
    told = repr([one.value for one in lead.history(DEPUTY, "visit")])
    assert told and not any(word in told for word in DEPUTY_WORDS.split() if len(word) > 5)
    (named,) = marks.deputies(lead._store.db)
    assert named.lock.stretch.reasonable() and _opened(named).hex() not in told
