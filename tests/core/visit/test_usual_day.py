"""A usual day proposes who meets whom and where; what is in the timetable stays, and nobody is in two places."""

from __future__ import annotations

from itertools import combinations

import pytest

from reviewapp.visit.state import Role, SlotRecord
from reviewapp.visit.statements import Slot
from reviewapp.visit.usual_day import usual_day
from tests.core.visit.building import PEOPLE, instrument, visit

TEAMS: list[dict[str, Role]] = [
    {"L1": "lead"},
    {"L1": "lead", "R2": "clinician"},
    dict(PEOPLE),
    {**PEOPLE, "R6": "clinician", "R7": "carer_rep"},
]


@pytest.mark.parametrize("people", TEAMS, ids=len)
@pytest.mark.parametrize("start", ["08:00", "09:00", "23:30"])
def test_nobody_is_in_two_places_at_once_and_everybody_rates_interviews(people: dict[str, Role], start: str) -> None:
    made = usual_day(visit(instrument({"1": "1"}), people=people), start)
    for one, other in combinations(made, 2):
        if str(one.start) < str(other.end) and str(other.start) < str(one.end):
            assert not {*_who(one)} & {*_who(other)}
    assert all(one.start < one.end and one.who for one in made)  # type: ignore[operator]
    if start == "09:00":
        assert made[0].start == start and {code for one in made for code in _who(one)} == {*people}


def _who(one: Slot) -> list[str]:
    return one.who if isinstance(one.who, list) else []


def test_what_is_in_the_timetable_stays_and_is_not_run_over() -> None:
    state = visit(instrument({"1": "1"}))
    state.slots["T4"] = SlotRecord(key="T4", id="T4", start="10:15", end="11:00", title="Ward round", who=("R2",))
    made = usual_day(state)
    assert "T4" not in {one.id for one in made} and made[0].id == "T5"
    assert not [one for one in made if str(one.start) < "11:00" and str(one.end) > "10:15"]
