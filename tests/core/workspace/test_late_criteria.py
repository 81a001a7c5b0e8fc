"""What is found of criteria comes too late as ratings do, is kept and shown, and counts once the lead lets it in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.instruments.quantities import CriterionVerdict
from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import CriterionFinding, Meeting, Rating
from reviewapp.workspace import meeting
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team

KEY = "1/b/staff/R2"


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path, "example-fidelity-8")
    yield made
    made.close()


def found(verdict: CriterionVerdict = "met", letter: str = "b") -> CriterionFinding:
    return CriterionFinding(standard="1", criterion=letter, source="staff", value=verdict)


def verdict(visit: OpenVisit, letter: str = "b") -> str:
    return criterion_verdicts(visit.state)["1"][letter]


def test_a_finding_given_before_its_author_heard_of_the_opening_waits_for_the_lead(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    meeting.open_meeting(lead)
    reviewer.record(found())
    assert verdict(reviewer) == "met"
    team.tell("R2", "L1")
    assert lead.state.late_criteria == {KEY} and lead.state.late == frozenset()
    assert verdict(lead) == "not_established" and lead.state.criteria[KEY].value == "met"
    assert lead.status()["late_criteria"] == [KEY]
    assert [one.rule for one in proofread(lead.state) if one.rule == "late_rating"] == ["late_rating"]
    meeting.accept_late(lead, KEY)
    assert lead.state.late_criteria == frozenset() and verdict(lead) == "met"
    with pytest.raises(Invalid, match="no late rating"):
        meeting.accept_late(lead, KEY)
    lead.undo()
    assert lead.state.late_criteria == {KEY} and verdict(lead) == "not_established"
    lead.redo()
    assert verdict(lead) == "met"


def test_who_knew_of_the_opening_is_not_late(team: Team) -> None:
    reviewer = team.visit("R2")
    meeting.open_meeting(team.visit("L1"))
    team.tell("L1", "R2")
    reviewer.record(found())
    team.tell("R2", "L1")
    assert team.visit("L1").state.late_criteria == team.visit("R2").state.late_criteria == frozenset()


def test_of_a_number_and_a_verdict_both_are_let_in_and_a_later_change_waits_again(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    meeting.open_meeting(lead)
    share = CriterionFinding(standard="3", criterion="a", source="case_note", n=8, of=10)
    reviewer.record(share)
    team.tell("R2", "L1")
    key = "3/a/case_note/R2"
    assert lead.state.late_criteria == {key}
    meeting.accept_late(lead, key)
    assert lead.state.late_criteria == frozenset()
    assert len(lead.state.accepted_late_criteria[key].others) >= 1
    reviewer.record(CriterionFinding(standard="3", criterion="a", source="case_note", n=2, of=10))
    team.tell("R2", "L1")
    assert lead.state.late_criteria == {key}


def test_every_laptop_says_the_same(team: Team) -> None:
    lead, reviewer, other = (team.visit(code) for code in ("L1", "R2", "R3"))
    meeting.open_meeting(lead)
    reviewer.record(found(), Rating(standard="2", value=3))
    team.tell("R2", "L1")
    team.tell("L1", "R3")
    team.tell("L1", "R2")
    assert {visit.state.late_criteria for visit in (lead, reviewer, other)} == {frozenset({KEY})}
    assert {visit.state.late for visit in (lead, reviewer, other)} == {frozenset({"2/R2"})}


def test_in_a_visit_whose_meeting_was_opened_before_that_rule_no_finding_waits(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    lead.record(Meeting(open=True, held=lead.held_at_opening()))
    reviewer.record(found(), Rating(standard="2", value=3))
    team.tell("R2", "L1")
    assert lead.state.late_criteria == frozenset() and lead.state.late == {"2/R2"}
    assert verdict(lead) == "met"
