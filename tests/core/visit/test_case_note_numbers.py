"""A case note has one of the review's own numbers, never one that tells whose record it is."""

from __future__ import annotations

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit.statements import Audit, CaseNote
from tests.core.homes import Team


@pytest.mark.parametrize("number", ["9434765919", "NHS9434765919", "943-476-5919", "AB123456C", "07700900123"])
def test_a_number_of_a_person_is_refused_as_that_of_a_case_note(team: Team, number: str) -> None:
    visit = team.visit("R2")
    for line in (CaseNote(id=number), Audit(case_note=number, item="A1", value="yes")):
        with pytest.raises(Invalid, match="may identify someone") as refused:
            visit.record(line)
        assert number not in str(refused.value)
    assert not visit.state.case_notes and not visit.state.audit


@pytest.mark.parametrize("number", ["1", "12", "A3", "2026-04", "cn.7"])
def test_a_number_of_the_review_is_taken(team: Team, number: str) -> None:
    visit = team.visit("R2")
    visit.record(CaseNote(id=number), Audit(case_note=number, item="A1", value="yes"))
    assert f"{number}/R2" in visit.state.case_notes
