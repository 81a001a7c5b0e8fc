"""A finding that may stand: for a reason, by the lead, on every laptop, until what it concerns is changed."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.report.proofreading import Finding, proofread
from reviewapp.visit import statements
from reviewapp.workspace.findings import accept_finding, record_saved_anyway
from reviewapp.workspace.open_visit import OpenVisit
from reviewapp.workspace.withdrawal import withdraw
from tests.core.exchange.test_forgery import forge, last
from tests.core.homes import Team

RING = "Patients ring 07700 900123 at night."


def phone(visit: OpenVisit) -> Finding:
    return next(found for found in proofread(visit.state) if found.rule == "phone")


def accepted(visit: OpenVisit) -> str:
    one = phone(visit).accepted
    return f"{one.person}: {one.reason}" if one else ""


def test_an_acceptance_says_who_and_why_and_can_be_undone(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(statements.Passage(place="summary", text=RING))
    accept_finding(visit, phone(visit).id, "  It is the team's own line.  ")
    assert accepted(visit) == "L1: It is the team's own line."
    assert visit.undo_name == "acceptance of a warning"
    visit.undo()
    assert accepted(visit) == ""
    visit.redo()
    visit.close()
    team.visits["L1"] = team.laptops["L1"].open_visit(team.visit_id)
    assert accepted(team.visit("L1")) == "L1: It is the team's own line."


def test_an_acceptance_and_the_ids_survive_joining(team: Team) -> None:
    lead, other = team.visit("L1"), team.visit("R2")
    other.record(statements.Passage(place="summary", text=RING), statements.Rating(standard="47", value="met"))
    lead.record(statements.Concern(id="IC1", text="Somebody may be at risk"))
    lead.merge(team.return_of("R2"))
    accept_finding(lead, phone(lead).id, "It is the team's own line.")
    other.merge(team.return_of("L1"))
    lead.merge(team.return_of("R2"))
    assert accepted(other) == accepted(lead) == "L1: It is the team's own line."
    assert [one.id for one in proofread(other.state)] == [one.id for one in proofread(lead.state)]


def test_another_text_is_another_finding_and_the_old_text_again_is_the_old_one(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(statements.Passage(place="summary", text=RING))
    accept_finding(visit, phone(visit).id, "It is the team's own line.")
    visit.record(statements.Passage(place="summary", text=f"{RING} Carers too."))
    assert accepted(visit) == ""
    visit.undo()
    assert accepted(visit) == "L1: It is the team's own line."


def test_the_reason_taken_back_stays_in_the_history(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(statements.Passage(place="summary", text=RING))
    one = phone(visit).id
    accept_finding(visit, one, "It is the team's own line.")
    visit.record(statements.FindingAccepted(id=one, reason=None))
    assert accepted(visit) == ""
    said = [item.value for item in visit.history("finding_accepted", f"{one}/L1")]
    assert said == ["It is the team's own line.", None]


def test_without_a_reason_or_a_finding_nothing_is_accepted(team: Team) -> None:
    visit = team.visit("L1")
    visit.record(statements.Passage(place="summary", text=RING))
    before = visit._store.digest()
    with pytest.raises(Invalid, match="reason"):
        accept_finding(visit, phone(visit).id, "   ")
    with pytest.raises(Invalid, match="no warning"):
        accept_finding(visit, "phone-0000000000000000", "Because.")
    with pytest.raises(Invalid, match="reason"):
        visit.record(statements.FindingAccepted(id=phone(visit).id, reason=" \n"))
    assert visit._store.digest() == before


def test_only_the_lead_lets_a_finding_stand(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(statements.Passage(place="summary", text=RING))
    with pytest.raises(Invalid, match="only the lead"):
        accept_finding(visit, phone(visit).id, "It is the team's own line.")


def test_an_acceptance_that_a_reviewer_smuggles_into_a_return_is_not_believed(team: Team) -> None:
    team.visit("R2").record(statements.Rating(standard="47", value="met", note="n"))
    address = ("finding_accepted", "phone-0000000000000000/R2", "reason")
    receipt = forge(team, last(address=address, value="It is the team's own line.", parents=()))
    assert [one.entries for one in receipt.apart] == [1] and not team.visit("L1").state.findings_accepted


def test_a_name_to_look_for_travels_with_the_visit_and_goes_when_it_is_taken_off(team: Team) -> None:
    lead, other = team.visit("L1"), team.visit("R2")
    other.record(
        statements.KnownName(id=other.next_id("known_name", "N"), name="Blodwen Example"),
        statements.Passage(place="method", text="Blodwen showed us round."),
    )
    lead.merge(team.return_of("R2"))
    assert [one.place for one in proofread(lead.state) if one.rule == "name"] == ["passage/method"]
    other.record(statements.KnownName(id="N1", deleted=True))
    lead.merge(team.return_of("R2"))
    assert lead.state.known_names == {}
    assert [one for one in proofread(lead.state) if one.rule == "name"] == []


def test_a_name_taken_off_for_good_is_blank_on_every_laptop_that_joins_it(team: Team) -> None:
    lead, other = team.visit("L1"), team.visit("R2")
    other.record(statements.KnownName(id="N1", name="Blodwen Example"))
    lead.merge(team.return_of("R2"))
    withdraw(lead, "known_name", "N1/R2", reason="taken off the list of names")
    assert other.merge(team.return_of("L1")).reason is None
    for visit in (lead, other):
        assert visit.state.known_names == {}
        assert [item.value for item in visit.history("known_name", "N1/R2")] == [None]
    with pytest.raises(Invalid, match="was withdrawn"):
        other.record(statements.KnownName(id="N1", name="Blodwen Example"))
    assert other.next_id("known_name", "N") == "N2"


def test_the_host_keeps_no_list_of_names_and_a_name_has_letters(team: Team) -> None:
    visit = team.visit("L1")
    with pytest.raises(Invalid, match="not a name"):
        visit.record(statements.KnownName(id="N1", name=" 7 "))
    with pytest.raises(Invalid, match="needs a name"):
        visit.record(statements.KnownName(id="N1"))
    visit.write_as_host_if_lead()
    with pytest.raises(Invalid, match="host does not record"):
        visit.record(statements.KnownName(id="N1", name="Blodwen"))


def test_saving_with_findings_open_is_recorded_by_whoever_did_it_and_undo_leaves_it(team: Team) -> None:
    visit = team.visit("R2")
    visit.record(statements.Passage(place="summary", text="NHS9434765919"))
    open_now = [one for one in proofread(visit.state) if one.severity == "stop"]
    record_saved_anyway(visit, "draft-report.pdf", open_now)
    assert visit.undo_name == "report passage summary"
    (kept,) = visit.state.saved_anyway.values()
    assert (kept.person, kept.document, kept.findings) == ("R2", "draft-report.pdf", tuple(one.id for one in open_now))
    lead = team.visit("L1")
    lead.merge(team.return_of("R2"))
    assert list(lead.state.saved_anyway) == [kept.key]
