"""An interim review begins from the plan of the visit before."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.plan import carry_over
from reviewapp.visit.statements import Action
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import TEAM, Team


@pytest.fixture
def later(team: Team) -> OpenVisit:
    """A second visit to the service, half a year on, on the lead's laptop."""
    laptop = team.laptops["L1"]
    visit = laptop.new_visit(
        instrument="qn-crhtt-4-pc", service="Example team", organisation="Example trust", date="2027-05-17",
        people=TEAM, kind="interim",
    )  # fmt: skip
    team.visits["later"] = laptop.open_visit(visit)
    return team.visits["later"]


def test_the_earlier_plan_is_taken_over_with_its_reports_and_can_be_undone(team: Team, later: OpenVisit) -> None:
    before = team.visit("L1")
    before.record(Action(id="AP1", standard="4", action="Call sooner", owner="Manager", priority=1, status="done"))
    before.record(Action(id="AP1", progress="Begun"))
    before.record(Action(id="AP2", standard="14", action="", status="open"))
    change = carry_over(later, before)
    assert set(later.state.actions) == {"AP1"}
    one = later.state.actions["AP1"]
    assert (one.standard, one.action, one.owner, one.priority, one.status) == ("4", "Call sooner", "Manager", 1, "done")
    assert one.progress.endswith(", L1: Begun")
    assert change.name == "copying the plan of 17 November 2026"
    with pytest.raises(Invalid, match="is already here"):
        carry_over(later, before)
    later.undo()
    assert later.state.actions == {}


def test_what_is_here_already_stays_as_it_is(team: Team, later: OpenVisit) -> None:
    before = team.visit("L1")
    before.record(Action(id="AP1", standard="4", action="Old words"))
    before.record(Action(id="AP2", standard="14", action="More"))
    later.record(Action(id="AP1", standard="4", action="New words"))
    carry_over(later, before)
    assert [a.action for a in later.state.actions.values()] == ["New words", "More"]


def test_a_plan_is_carried_forward_only(team: Team, later: OpenVisit) -> None:
    with pytest.raises(Invalid, match="not earlier"):
        carry_over(team.visit("L1"), later)


def test_the_words_are_taken_over_as_they_were_typed(team: Team, later: OpenVisit) -> None:
    before = team.visit("L1")
    words = "  two\r\nlines \x0b " + "x" * 40_000
    before.record(Action(id="AP1", standard="4", action=words, owner=" Manager "))
    carry_over(later, before)
    assert (later.state.actions["AP1"].action, later.state.actions["AP1"].owner) == (words, " Manager ")
