"""Nobody is led by what another found of a criterion before the meeting, the lead included."""

from __future__ import annotations

import msgspec
import pytest

from reviewapp.visit.blind import seen_findings
from reviewapp.visit.criterion_records import CriterionRecord
from reviewapp.visit.state import MeetingRecord, VisitState
from tests.core.visit.building import instrument, visit


def found(number: str, person: str) -> CriterionRecord:
    return CriterionRecord(
        key=f"{number}/a/patient/{person}", person=person, standard=number, criterion="a", source="patient", value="met"
    )


FOUND = {one.key: one for one in (found("4", "L1"), found("4", "R2"), found("47", "R2"), found("47", "R3"))}
BEFORE = msgspec.structs.replace(
    visit(instrument({"4": "1", "47": "2"}), ratings={"4/L1": "met", "47/R2": "met"}), criteria=FOUND
)
OPENED = msgspec.structs.replace(BEFORE, meetings={"meeting": MeetingRecord(key="meeting", open=True, held={"d1": 3})})


def seen(state: VisitState, me: str) -> set[str]:
    return set(seen_findings(state, me).criteria)


@pytest.mark.parametrize("me", ["L1", "R2", "R3", "O5"])
def test_before_the_meeting_everybody_sees_only_what_they_found_themselves(me: str) -> None:
    assert seen(BEFORE, me) == {key for key in FOUND if key.endswith(f"/{me}")}


def test_after_it_the_others_findings_are_seen_on_what_one_has_rated_oneself() -> None:
    assert seen(OPENED, "L1") == {"4/a/patient/L1", "4/a/patient/R2"}
    assert seen(OPENED, "R2") == {"4/a/patient/R2", "47/a/patient/R2", "47/a/patient/R3"}


def test_who_does_not_rate_sees_all_of_it_after_the_opening() -> None:
    assert seen(OPENED, "O5") == set(FOUND)
