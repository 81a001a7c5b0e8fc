"""The meeting: opened and closed by the lead alone; ratings that come in afterwards wait for the lead."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.workspace import meeting
from tests.core.homes import Team
from tests.core.workspace.support import exchange, rate


def test_a_rating_that_comes_in_after_the_opening_waits_for_the_lead(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    rate(team, "R3", "not_met")
    visit = team.visit("L1")
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R3"))
    assert visit.state.late == {"47/R3"} and visit.state.ratings["47/R3"].value == "not_met"
    assert visit.status()["disagreements"] == []
    assert visit.status()["figures"]["overall"]["met"] == 1
    meeting.accept_late(visit, "47/R3")
    assert visit.state.late == frozenset() and len(visit.status()["disagreements"]) == 1
    with pytest.raises(Invalid, match="no late rating"):
        meeting.accept_late(visit, "47/R3")
    visit.undo()
    assert visit.state.late == {"47/R3"}


def test_every_laptop_says_the_same_about_what_is_late(team: Team) -> None:
    rate(team, "R2", "met")
    rate(team, "R3", "not_met")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2", "R3")
    exchange(team, "R2", "R3")
    assert {team.visit(code).state.late for code in ("L1", "R2", "R3")} == {frozenset({"47/R2", "47/R3"})}
    assert len({team.visit(code)._store.digest() for code in ("L1", "R2", "R3")}) == 1


def test_who_knew_of_the_opening_rates_on_in_the_meeting(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2")
    rate(team, "R2", "not_met")
    rate(team, "R2", "na", "4")
    rate(team, "L1", "met")
    team.visit("L1").merge(team.return_of("R2"))
    assert team.visit("L1").state.late == frozenset()
    team.visit("R2").undo()
    team.visit("L1").merge(team.return_of("R2"))
    assert team.visit("L1").state.ratings["47/R2"].value == "not_met"
    assert "4/R2" not in team.visit("L1").state.ratings


def test_a_rating_given_before_its_author_heard_of_the_opening_stays_late_once_they_have(team: Team) -> None:
    team.visit("R2")
    meeting.open_meeting(team.visit("L1"))
    rate(team, "R2", "met")
    team.visit("R2").merge(team.return_of("L1"))
    rate(team, "R2", "na", "4")
    exchange(team, "R2")
    assert team.visit("L1").state.late == team.visit("R2").state.late == {"47/R2"}


def test_who_knew_of_the_opening_and_takes_a_rating_back_is_not_late(team: Team) -> None:
    rate(team, "R2", "met")
    exchange(team, "R2")
    rate(team, "R2", "not_met")
    meeting.open_meeting(team.visit("L1"))
    exchange(team, "R2")
    assert team.visit("L1").state.late == team.visit("R2").state.late == {"47/R2"}
    team.visit("R2").undo()
    exchange(team, "R2")
    assert team.visit("L1").state.late == team.visit("R2").state.late == frozenset()
    assert team.visit("L1").state.ratings["47/R2"].value == "met"


def test_only_the_lead_opens_and_closes_the_meeting_once(team: Team) -> None:
    with pytest.raises(Invalid, match="only the lead"):
        meeting.open_meeting(team.visit("R2"))
    visit = team.visit("L1")
    with pytest.raises(Invalid, match="not open"):
        meeting.close_meeting(visit)
    meeting.open_meeting(visit)
    with pytest.raises(Invalid, match="open already"):
        meeting.open_meeting(visit)
    meeting.close_meeting(visit)
    assert visit.state.meeting_opened and not visit.state.meeting_open
