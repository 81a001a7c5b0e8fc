"""The host's factual check: answers keep what they were given to, decisions what they were made on."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.responses import host_answers, response_counts
from reviewapp.visit.statements import Agreed, LocalContext, Rating, Response, ResponseDecision, SelfReview
from tests.core.homes import Team


def say(team: Team, person: str, *lines):
    """As one of those who may speak on the lead's laptop."""
    visit = team.visit("L1")
    visit.me = person
    try:
        visit.record(*lines)
    finally:
        visit.me = "L1"
    return visit.state


def test_an_answer_keeps_the_rating_it_was_given_to(team):
    say(team, "L1", Agreed(standard="36", value="not_met"))
    state = say(team, "host", Response(standard="36", text="we do", evidence="a paper"))
    assert state.responses["36"].rating == "not_met"
    say(team, "L1", ResponseDecision(standard="36", accepted=True, reason="seen"))
    state = say(team, "L1", Agreed(standard="36", value="met", reason="paper seen"))
    (one,) = host_answers(state)
    assert (one.drafted, one.now, one.outcome, one.changed) == ("not_met", "met", "accepted", True)
    assert response_counts(state).changed == 1


def test_it_does_not_matter_whether_the_rating_or_the_decision_is_changed_first(team):
    say(team, "L1", Agreed(standard="36", value="not_met"))
    say(team, "host", Response(standard="36", text="we do"))
    say(team, "L1", Agreed(standard="36", value="met"))
    state = say(team, "L1", ResponseDecision(standard="36", accepted=True, reason="seen"))
    assert host_answers(state)[0].changed


def test_what_the_team_itself_claims_is_not_the_drafts_rating(team):
    say(team, "host", SelfReview(standard="36", value="met"))
    state = say(team, "host", Response(standard="36", text="why is this empty?"))
    assert state.responses["36"].rating == ""
    assert not host_answers(state)[0].changed


def test_an_answer_changed_after_its_decision_waits_again(team):
    say(team, "host", Response(standard="36", text="first"))
    state = say(team, "L1", ResponseDecision(standard="36", accepted=False, reason="no paper"))
    assert host_answers(state)[0].outcome == "declined"
    state = say(team, "host", Response(standard="36", evidence="here is the paper"))
    (one,) = host_answers(state)
    assert (one.outcome, one.answered_again) == ("waiting", True)
    state = say(team, "L1", ResponseDecision(standard="36", accepted=True))
    assert host_answers(state)[0].outcome == "accepted"


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_an_answer_is_not_decided_without_a_reason(team, reason):
    say(team, "host", Response(standard="36", text="we do"))
    with pytest.raises(Invalid, match="a reason is missing"):
        say(team, "L1", ResponseDecision(standard="36", accepted=True, reason=reason))


def test_a_reason_written_before_is_enough(team):
    say(team, "host", Response(standard="36", text="we do"))
    say(team, "L1", ResponseDecision(standard="36", reason="seen"))
    assert host_answers(say(team, "L1", ResponseDecision(standard="36", accepted=True)))[0].outcome == "accepted"


@pytest.mark.parametrize("person", ["host", "committee"])
def test_the_host_and_the_committee_do_not_decide_on_answers(team, person):
    with pytest.raises(Invalid, match=f"{person} does not record"):
        say(team, person, ResponseDecision(standard="36", accepted=True, reason="ours"))


def test_an_answer_taken_back_is_none(team):
    say(team, "host", Response(standard="36", text="we do"))
    state = say(team, "host", Response(standard="36", text=None))
    assert host_answers(state) == []
    team.visit("L1").undo()
    assert len(host_answers(team.visit("L1").state)) == 1


def test_local_context_never_changes_a_rating_or_a_figure(team):
    say(team, "L1", Agreed(standard="36", value="not_met"), Rating(standard="47", value="met"))
    before = team.visit("L1").status()
    say(team, "host", LocalContext(standard="36", text="not commissioned"))
    after = team.visit("L1").status()
    for part in ("figures", "forecast", "ratings", "self_review"):
        assert after[part] == before[part]


def test_answers_and_decisions_travel(team):
    say(team, "L1", Agreed(standard="36", value="not_met"))
    say(team, "host", Response(standard="36", text="we do"))
    say(team, "L1", ResponseDecision(standard="36", accepted=True, reason="seen"))
    other = team.visit("R2")
    assert other.merge(team.return_of("L1")).reason is None
    assert host_answers(other.state) == host_answers(team.visit("L1").state)
