"""The committee: what stood in the way is kept with each decision, whatever is changed later."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.figures.presentations import RatingChange, next_presentation, presentations
from reviewapp.visit.statements import Agreed, Decision, Response
from reviewapp.workspace.laptop import NewPerson
from tests.core.homes import Team


def agree(team: Team, **values: str) -> None:
    team.visit("L1").record(*(Agreed(standard=number[1:], value=value) for number, value in values.items()))


def decide(team: Team, number: int, label: str):
    team.visit("L1").record(Decision(presentation=number, date="2026-12-01", label=label))
    return presentations(team.visit("L1").state)


def ways(one):
    return {way.type: way.from_ for way in one.in_the_way}


def rate_all(team: Team, value: str = "met") -> None:
    visit = team.visit("L1")
    visit.record(*(Agreed(standard=s.number, value=value) for s in visit.state.instrument.standards))


def test_what_stood_in_the_way_then_stays_when_ratings_change(team):
    rate_all(team)
    agree(team, s36="not_met", s4="not_met")
    (one,) = decide(team, 1, "deferred")
    before = ways(one)
    assert before == {"1": ["4", "36"]}
    first = one.thresholds[0]
    assert first.percent == 100 * first.met / first.applicable and first.applicable - first.met == 2
    agree(team, s4="met")
    (later,) = presentations(team.visit("L1").state)
    assert ways(later) == before
    assert later.since.ratings == [RatingChange(standard="4", before="not_met", now="met")]


def test_what_came_between_two_presentations_belongs_to_the_first(team):
    rate_all(team)
    agree(team, s4="not_met")
    decide(team, 1, "deferred")
    visit = team.visit("L1")
    visit.me = "host"
    visit.record(Response(standard="4", text="done", evidence="new leaflet"))
    visit.me = "L1"
    agree(team, s4="met")
    first, second = decide(team, 2, "accredited")
    assert first.since.answers == ["4"]
    assert [change.standard for change in first.since.ratings] == ["4"]
    assert ways(second) == {}
    assert not second.since.ratings and not second.since.answers
    assert next_presentation(visit.state) == 3


def test_a_label_put_right_keeps_what_stood_and_one_taken_back_does_not(team):
    rate_all(team)
    agree(team, s4="not_met")
    decide(team, 1, "deferred")
    agree(team, s4="met")
    (one,) = decide(team, 1, "not accredited")
    assert ways(one) == {"1": ["4"]}
    visit = team.visit("L1")
    visit.record(Decision(presentation=1, label=None))
    assert presentations(visit.state) == []
    (again,) = decide(team, 1, "deferred")
    assert ways(again) == {}


def test_undo_takes_the_decision_and_what_was_kept_with_it_back(team):
    rate_all(team)
    decide(team, 1, "deferred")
    team.visit("L1").undo()
    state = team.visit("L1").state
    assert presentations(state) == []
    assert next_presentation(state) == 1


def test_a_decision_of_an_earlier_version_says_that_nothing_was_kept(team):
    visit = team.visit("L1")
    visit.record(Decision(presentation=1, label="deferred", stood=None, answered=None))
    (one,) = presentations(visit.state)
    assert not one.known
    assert one.in_the_way == [] and one.thresholds == []


def test_a_service_is_presented_up_to_three_times(team):
    for number in (1, 2, 3):
        decide(team, number, "deferred")
    assert next_presentation(team.visit("L1").state) is None
    with pytest.raises(Invalid, match="at most 3 times"):
        decide(team, 4, "deferred")


def test_a_developmental_review_has_no_committee(team):
    laptop = team.laptops["L1"]
    visit_id = laptop.new_visit(
        instrument="qn-crhtt-4-pc", service="New team", organisation="Example trust", date="2026-11-17",
        people=[NewPerson("L1", "lead")], kind="developmental",
    )  # fmt: skip
    visit = laptop.open_visit(visit_id)
    try:
        assert next_presentation(visit.state) is None
        with pytest.raises(Invalid, match="has no committee"):
            visit.record(Decision(presentation=1, label="deferred"))
    finally:
        visit.close()


@pytest.mark.parametrize(
    ("field", "value"),
    [("stood", {"9999": "met"}), ("stood", {"4": "perhaps"}), ("answered", {"4": "not a print"})],
)
def test_what_stood_is_checked_like_a_rating(team, field, value):
    with pytest.raises(Invalid):
        team.visit("L1").record(Decision(presentation=1, label="deferred", **{field: value}))


def test_a_decision_travels_with_what_stood(team):
    rate_all(team)
    agree(team, s4="not_met")
    decide(team, 1, "deferred")
    other = team.visit("R2")
    assert other.merge(team.return_of("L1")).reason is None
    assert presentations(other.state) == presentations(team.visit("L1").state)
