"""The scoping day: the team's own goals first, suggestions after, votes, and who was there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit.blind import as_seen_by, seen_goals
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Action, Goal, Readiness, Scoping, Statement, Suggestions, Vote
from reviewapp.visit.validators import HOST
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    made = Team(tmp_path)
    yield made
    made.close()


def say(visit: OpenVisit, line: Statement, me: str = HOST) -> None:
    """Record on the lead's laptop as somebody."""
    visit.me = me
    try:
        visit.record(line)
    finally:
        visit.me = "L1"


def refusal(visit: OpenVisit, line: Statement, me: str = "L1") -> str:
    """The field for which a statement is refused; nothing is changed."""
    before = visit.entries_by_device()
    with pytest.raises(Invalid) as raised:
        say(visit, line, me)
    assert visit.entries_by_device() == before and raised.value.do
    return raised.value.field


def seen(state: VisitState, me: str) -> list[str]:
    return list(seen_goals(state, me))


OWN = Goal(id="G1", text="Nobody waits alone", standards=["47", "151"], why="Heard often", target="two hours")
HINT = Goal(id="R2.1", text="Carers have zhidden somebody to ring", standards=["97"], proposed_by="R2")


def test_suggestions_are_hidden_until_the_team_has_goals_and_they_are_shown(team: Team) -> None:
    lead, reviewer = team.visit("L1"), team.visit("R2")
    reviewer.record(HINT)
    team.tell("R2", "L1")
    for me in ("L1", HOST, "R3"):
        assert seen(lead.state, me) == [] and as_seen_by(lead.state, me).goals == {}
    assert seen(lead.state, "R2") == ["R2.1"]
    assert lead.find("zhidden") == [] and reviewer.find("zhidden")
    assert refusal(lead, Suggestions(shown=True)) == "shown"
    say(lead, OWN)
    assert seen(lead.state, HOST) == ["G1"]
    lead.record(Suggestions(shown=True))
    for me in ("L1", HOST, "R3"):
        assert seen(lead.state, me) == ["G1", "R2.1"]
    assert [hit.key for hit in lead.find("zhidden")] == ["R2.1"]
    assert refusal(lead, Suggestions(shown=False)) == "shown"


def test_only_the_one_who_leads_shows_them_and_undo_hides_them_again(team: Team) -> None:
    lead = team.visit("L1")
    say(lead, OWN)
    lead.record(msgspec.structs.replace(HINT, proposed_by="the reviewers"))
    with pytest.raises(Invalid, match="only the lead records that suggestions are shown"):
        team.visit("R2").record(Suggestions(shown=True))
    lead.record(Suggestions(shown=True))
    lead.undo()
    assert seen(lead.state, HOST) == ["G1"]


def test_a_suggestion_that_the_team_chose_is_its_goal(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(OWN, HINT)
    assert seen(lead.state, HOST) == ["G1"]
    say(lead, Goal(id="R2.1", chosen_by="team"))
    assert seen(lead.state, HOST) == ["G1", "R2.1"]


def test_a_conflict_over_a_hidden_suggestion_is_hidden_too(team: Team) -> None:
    team.visit("R2").record(HINT)
    team.visit("R3").record(msgspec.structs.replace(HINT, text="Another", proposed_by="R2, R3"))
    team.tell("R3", "R2")
    visit = team.visit("R2")
    assert [one.entity for one in visit.state.conflicts] and as_seen_by(visit.state, "R4").conflicts == ()


def test_a_goal_has_words_and_is_tied_to_standards_that_exist(team: Team) -> None:
    lead = team.visit("L1")
    assert refusal(lead, Goal(id="G1", standards=["47"])) == "text"
    assert refusal(lead, Goal(id="G1", text=" ")) == "text"
    assert refusal(lead, Goal(id="G1", text="Better", standards=["none such"])) == "standards"
    lead.record(Goal(id="G1", text="Better"))
    assert refusal(lead, Goal(id="G1", chosen_by="team")) == "standards"
    lead.record(Goal(id="G1", chosen_by="team", standards=["47"]))
    assert refusal(lead, Goal(id="G1", standards=[])) == "standards"


def test_a_reviewer_says_that_a_goal_is_a_suggestion(team: Team) -> None:
    reviewer = team.visit("R2")
    assert refusal(reviewer, Goal(id="G9", text="Better"), me="R2") == "proposed_by"
    reviewer.record(HINT)


def test_a_goal_with_actions_is_not_taken_away(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(OWN, Action(id="AP1", standard="47", action="Ask at the door", goal="G1"))
    assert refusal(lead, Goal(id="G1", deleted=True)) == "deleted"
    lead.record(Action(id="AP1", goal=None))
    lead.record(Goal(id="G1", deleted=True))
    assert lead.state.goals == {}


def test_votes_are_counted_for_goals_that_are_there(team: Team) -> None:
    lead = team.visit("L1")
    assert refusal(lead, Vote(goal="G1", n=7)) == "goal"
    lead.record(OWN)
    assert refusal(lead, Vote(goal="G1", n=-1)) == "n"
    lead.record(Vote(goal="G1", n=7))
    assert lead.state.votes["G1"].n == 7


def test_the_scoping_day_keeps_planned_and_held_apart_and_counts_who_came(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(Scoping(planned="2026-12-01", present={"staff": 9, "patients": 2, "carers": 0, "senior": 1}))
    lead.record(Scoping(held="2027-01-12"))
    day = lead.state.scoping["scoping"]
    assert (day.planned, day.held, day.present["patients"]) == ("2026-12-01", "2027-01-12", 2)
    assert refusal(lead, Scoping(present={"staff": -1})) == "present"
    assert refusal(lead, Scoping(held="12 January")) == "held"


def test_readiness_is_said_in_each_domain(team: Team) -> None:
    lead = team.visit("L1")
    say(lead, Readiness(domain="leadership", answer="A manager in post", note="since June"))
    assert lead.state.readiness["leadership"].answer == "A manager in post"


def test_the_team_owns_its_actions(team: Team) -> None:
    lead = team.visit("L1")
    for owner in ("R2", "l1", "Facilitator", "The  reviewers"):
        assert refusal(lead, Action(id="AP1", standard="47", action="Ask", owner=owner)) == "owner"
    assert refusal(lead, Action(id="AP1", standard="47", deputy="R3")) == "deputy"
    assert refusal(lead, Action(id="AP1", action="Ask", goal="G7")) == "goal"
    say(lead, OWN)
    say(lead, Action(id="AP1", action="Ask", goal="G1", owner="team manager", deputy="shift lead"))
    assert lead.state.actions["AP1"].goal == "G1"


def test_a_chosen_goal_is_reached_on_a_day_and_may_be_opened_again(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(OWN)
    assert lead.state.goals["G1"].status == "open"
    assert refusal(lead, Goal(id="G1", status="reached", ended="2027-05-01")) == "status"
    lead.record(Goal(id="G1", chosen_by="team"))
    assert refusal(lead, Goal(id="G1", status="reached")) == "ended"
    lead.record(Goal(id="G1", status="reached", ended="2027-05-01", reason="Two hours since March"))
    found = lead.state.goals["G1"]
    assert (found.status, found.ended, found.reason) == ("reached", "2027-05-01", "Two hours since March")
    assert refusal(lead, Goal(id="G1", status="open")) == "ended"
    lead.record(Goal(id="G1", status=None, ended=None, reason=None))
    assert (lead.state.goals["G1"].status, lead.state.goals["G1"].ended) == ("open", "")


def test_what_is_left_says_why_and_need_not_have_been_chosen(team: Team) -> None:
    lead = team.visit("L1")
    lead.record(OWN)
    assert refusal(lead, Goal(id="G1", status="left", ended="2027-05-01")) == "reason"
    lead.record(Goal(id="G1", status="left", ended="2027-05-01", reason="Too few votes"))
    assert lead.state.goals["G1"].status == "left"
