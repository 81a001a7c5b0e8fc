"""What a change is called in "Undo ..." and in the history."""

from __future__ import annotations

import pytest

from reviewapp.visit import statements as s
from reviewapp.visit.change_names import change_name
from reviewapp.visit.statements import Statement

NAMES: list[tuple[list[Statement], str]] = [
    ([], "nothing"),
    ([s.Rating(standard="47", value="met")], "rating of standard 47"),
    ([s.Rating(standard="47", value="met", note="n")], "rating of standard 47"),
    ([s.Rating(standard="47", value=None)], "rating of standard 47"),
    ([s.Rating(standard="47")], "rating of standard 47"),
    ([s.Rating(standard="47", note="n")], "note on standard 47"),
    ([s.Interview(id="P1", group="patient")], "interview P1"),
    ([s.Interview(id="P1", deleted=True)], "deletion of interview P1"),
    ([s.Interview(id="P1", deleted=False)], "interview P1"),
    ([s.Answer(interview="P1", prompt="P01", text="t")], "notes of P1"),
    ([s.FindingAccepted(id="phone-1", reason="r")], "acceptance of a warning"),
    ([s.Quote(id="Q1", text="t")], "quote Q1"),
    ([s.Concern(id="IC1", deleted=True)], "deletion of concern IC1"),
    ([s.TeamNote(id="N1", deleted=True)], "deletion of a note from the team"),
    ([s.TeamNote(id="N1", text="t", deleted=False)], "note from the team"),
    ([s.TeamNote(id="N1", standard="4")], "note from the team"),
    ([s.AcceptLate(standard="47", reviewer="R2")], "counting a late rating"),
    ([s.Slot(id="T3", title="t")], "appointment"),
    ([s.Coding(unit="quote/Q1/R2", themes=["1"])], "themes of a quote or answer"),
    ([s.Person(code="R2", role="observer")], "change to the review team"),
    ([s.SelfReview(standard="4", value="met"), s.SelfReview(standard="5", value="met")], "2 × self-review of standard"),
    ([s.Rating(standard="4", note="n")] * 3, "3 × rating of standard"),
    ([s.Rating(standard="4", value="met"), s.Passage(place="summary", text="t")], "2 changes"),
    ([s.Rating(standard="4"), s.Rating(standard="5"), s.Passage(place="summary", text="t")], "3 changes"),
]


@pytest.mark.parametrize(("lines", "name"), NAMES)
def test_a_change_is_called_by_what_it_does(lines: list[Statement], name: str) -> None:
    assert change_name(lines, "R2") == name
