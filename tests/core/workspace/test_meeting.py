"""The meeting: opened and closed by the lead alone; ratings that come in afterwards wait for the lead."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.visit import statements
from reviewapp.workspace import meeting
from reviewapp.workspace.conflicts import settle
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


def test_what_came_in_while_the_opening_was_taken_back_is_not_late_when_it_is_made_anew(team: Team) -> None:
    rate(team, "R2", "met")
    rate(team, "R3", "not_met")
    visit = team.visit("L1")
    exchange(team, "R2")
    meeting.open_meeting(visit)
    visit.undo()
    visit.merge(team.return_of("R3"))
    visit.redo()
    assert visit.state.meeting_open and visit.state.late == frozenset()
    rate(team, "R3", "met", "4")
    visit.merge(team.return_of("R3"))
    assert visit.state.late == {"4/R3"}


@pytest.mark.parametrize("again", ["redone", "opened anew"])
def test_who_knew_of_an_opening_that_was_taken_back_and_made_anew_rates_on_in_the_meeting(
    team: Team, again: str
) -> None:
    visit = team.visit("L1")
    meeting.open_meeting(visit)
    exchange(team, "R2")
    rate(team, "R2", "met")
    visit.undo()
    if again == "redone":
        visit.redo()
    else:
        meeting.open_meeting(visit)
    rate(team, "R2", "met", "4")
    rate(team, "L1", "met", "4")
    visit.merge(team.return_of("R2"))
    assert visit.state.late == frozenset()
    exchange(team, "R2")
    assert team.visit("R2").state.late == frozenset()


def test_a_second_opening_that_is_undone_and_made_anew_is_not_known_by_who_knew_the_first_alone(team: Team) -> None:
    visit = team.visit("L1")
    meeting.open_meeting(visit)
    exchange(team, "R2")
    rate(team, "L1", "met")
    rate(team, "R2", "met")
    meeting.close_meeting(visit)
    meeting.open_meeting(visit)
    visit.undo()
    visit.redo()
    visit.merge(team.return_of("R2"))
    assert visit.state.late == {"47/R2"}
    visit.undo()
    assert visit.state.late == frozenset()  # the first opening holds, and that was known
    visit.redo()
    assert visit.state.late == frozenset()  # opened again, with it at hand


def test_undoing_a_second_opening_leaves_the_first_as_it_was(team: Team) -> None:
    visit = team.visit("L1")
    meeting.open_meeting(visit)
    exchange(team, "R2", "R3")
    rate(team, "L1", "met")
    rate(team, "R2", "met")
    meeting.close_meeting(visit)
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R2"))
    assert visit.state.late == {"47/R2"}  # the second opening had not heard of it, nor it of the second opening
    visit.undo()
    assert visit.state.late == frozenset()
    visit.redo()
    assert visit.state.late == frozenset()  # opened again, with it at hand
    rate(team, "R3", "met")
    visit.merge(team.return_of("R3"))
    assert visit.state.late == {"47/R3"}
    exchange(team, "R2", "R3")
    assert {team.visit(code).state.late for code in ("L1", "R2", "R3")} == {frozenset({"47/R3"})}


@pytest.mark.parametrize("second", ["met", "not_met"])
def test_a_late_rating_with_two_versions_is_let_in_with_both(team: Team, second: str) -> None:
    visit, other = team.visit("L1"), team.another_laptop("R2b", me="R2")
    team.certify("R2", "R2b")
    rate(team, "R2", "met")
    other.record(statements.Rating(standard="47", value=second))
    meeting.open_meeting(visit)
    for name in ("R2", "R2b"):
        visit.merge(team.return_of(name))
    assert visit.state.late == {"47/R2"}
    meeting.accept_late(visit, "47/R2")
    assert visit.state.late == frozenset()
    in_conflict = bool(visit.state.conflicts)
    assert in_conflict == (second != "met")
    assert visit.status()["figures"]["overall"]["met"] == (0 if in_conflict else 1)
    exchange(team, "R2")
    assert team.visit("R2").state.late == frozenset()
    if in_conflict:
        settle(team.visit("R2"), "rating", "47/R2", "value", value="met", reason="the second was a slip")
        visit.merge(team.return_of("R2"))
        assert visit.state.late == frozenset() and visit.status()["figures"]["overall"]["met"] == 1
    visit.undo()
    assert visit.state.late == (frozenset() if in_conflict else {"47/R2"})


def test_accepting_the_newer_version_forgets_the_older_ones(team: Team) -> None:
    visit, other = team.visit("L1"), team.another_laptop("R2b", me="R2")
    team.certify("R2", "R2b")
    rate(team, "R2", "met")
    other.record(statements.Rating(standard="47", value="not_met"))
    team.visit("R2").merge(team.return_of("R2b"))
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R2"))
    meeting.accept_late(visit, "47/R2")
    assert visit.state.accepted_late["47/R2"].others
    rate(team, "R2", "na")
    visit.merge(team.return_of("R2"))
    assert visit.state.late == {"47/R2"}
    meeting.accept_late(visit, "47/R2")
    assert visit.state.late == frozenset() and visit.state.accepted_late["47/R2"].others == ()


def test_letting_in_a_rating_that_was_changed_meanwhile_is_not_redone(team: Team) -> None:
    visit = team.visit("L1")
    rate(team, "R2", "met")
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R2"))
    meeting.accept_late(visit, "47/R2")
    visit.undo()
    rate(team, "R2", "not_met")
    visit.merge(team.return_of("R2"))
    with pytest.raises(ReviewError, match=r"cannot redo .* changed since"):
        visit.redo()
    assert visit.state.late == {"47/R2"} and visit.redo_name is None
    meeting.accept_late(visit, "47/R2")
    assert visit.state.late == frozenset()


def test_several_late_ratings_are_let_in_as_one_change(team: Team) -> None:
    visit = team.visit("L1")
    rate(team, "R2", "met")
    rate(team, "R2", "met", "4")
    meeting.open_meeting(visit)
    visit.merge(team.return_of("R2"))
    assert meeting.accept_late(visit, "4/R2", "47/R2").name == "counting 2 late ratings"
    assert visit.state.late == frozenset()
    visit.undo()
    assert visit.state.late == {"4/R2", "47/R2"}
