"""Nobody is led by another's rating before the meeting."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.visit.blind import as_seen_by, seen_conflicts, shows_others
from reviewapp.visit.rules import COMMITTEE, HOST
from reviewapp.visit.state import Conflict, MeetingRecord, VisitState
from tests.core.visit.building import instrument, visit

BEFORE = visit(instrument({"4": "1", "47": "2"}), ratings={"4/L1": "met", "4/R2": "not_met", "47/R2": None})
OPENED = msgspec.structs.replace(BEFORE, meetings={"meeting": MeetingRecord(key="meeting", open=True, held={"d1": 3})})
CLOSED = msgspec.structs.replace(BEFORE, meetings={"meeting": MeetingRecord(key="meeting", open=False, held={"d1": 3})})


@pytest.mark.parametrize("me", ["L1", "R2", "R3", "O5", HOST, COMMITTEE])
def test_nobody_sees_anything_before_the_lead_has_opened_the_meeting(me: str) -> None:
    assert not shows_others(BEFORE, me, "4")


@pytest.mark.parametrize("state", [OPENED, CLOSED])
def test_after_the_opening_ones_own_rating_comes_first(state: VisitState) -> None:
    assert shows_others(state, "L1", "4")
    assert shows_others(state, "R2", "4")
    assert not shows_others(state, "R3", "4")
    assert not shows_others(state, "R2", "47"), "a rating that was taken away is none"


@pytest.mark.parametrize("me", ["O5", HOST, COMMITTEE])
def test_who_does_not_rate_sees_everything_after_the_opening(me: str) -> None:
    assert shows_others(OPENED, me, "4")
    assert shows_others(OPENED, me, "47")


def test_before_the_opening_figures_for_a_reviewer_rest_on_their_own_ratings() -> None:
    assert list(as_seen_by(BEFORE, "R2").ratings) == ["4/R2", "47/R2"]
    assert as_seen_by(BEFORE, "R3").ratings == {}
    assert as_seen_by(BEFORE, "L1") is BEFORE, "the lead prepares the meeting"
    assert as_seen_by(OPENED, "R2") is OPENED


def test_two_versions_of_another_reviewers_rating_are_no_way_round() -> None:
    torn = Conflict(entity="rating", key="4/L1", field="value", values=())
    mine = Conflict(entity="rating", key="4/R2", field="value", values=())
    other = Conflict(entity="context", key="caseload", field="value", values=())
    before = msgspec.structs.replace(BEFORE, conflicts=(torn, mine, other))
    assert seen_conflicts(before, "R2") == [mine, other]
    assert seen_conflicts(before, "L1") == [torn, mine, other], "the lead sees to it that it is settled"
    assert seen_conflicts(msgspec.structs.replace(OPENED, conflicts=(torn,)), "R2") == [torn]
    assert seen_conflicts(msgspec.structs.replace(OPENED, conflicts=(torn,)), "R3") == [], "R3 has not rated it yet"
    assert as_seen_by(before, "R2").conflicts == (mine, other)


def test_where_no_lead_is_named_nobody_has_a_leads_view() -> None:
    without = msgspec.structs.replace(BEFORE, people={"R2": BEFORE.people["R2"]})
    assert list(as_seen_by(without, "R2").ratings) == ["4/R2", "47/R2"]
    assert as_seen_by(without, "").ratings == {}
