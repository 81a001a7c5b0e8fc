"""Who is taken off the team, or becomes an observer, takes their ratings out of the figures; that is said."""

from __future__ import annotations

import pytest

from reviewapp.figures.left_out import left_out, team_change
from reviewapp.report.proofreading import proofread
from reviewapp.visit.statements import Agreed, Audit, Person, Rating, SelfReview
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team
from tests.core.workspace.support import exchange


@pytest.fixture
def visit(team: Team) -> OpenVisit:
    """R2 and R3 differ about standard 4; R3 alone rated 47 and answered in a case note; 151 is agreed."""
    team.visit("R2").record(Rating(standard="4", value="met"), Rating(standard="151", value="met"))
    team.visit("R3").record(
        Rating(standard="4", value="not_met"), Rating(standard="47", value="met"), Rating(standard="151", value="met"),
        Audit(case_note="3", item="A1", value="yes"),
    )  # fmt: skip
    team.visit("R3").record(Rating(standard="54", note="only a note"))
    exchange(team, "R2", "R3")
    team.visit("L1").record(Agreed(standard="151", value="met"))
    return team.visit("L1")


def figures(visit: OpenVisit) -> object:
    status = visit.status()
    return status["figures"], status["audit"], status["disagreements"]


@pytest.mark.parametrize("line", [Person(code="R3", deleted=True), Person(code="R3", role="observer")])
def test_what_a_change_of_the_team_would_do_is_what_it_does(visit: OpenVisit, line: Person) -> None:
    before = visit.status()["ratings"]
    change = team_change(visit.state, "R3", "observer" if line.role else None)
    assert change is not None and not change.counts
    assert (change.recorded.ratings, change.recorded.answers, change.cells) == (3, 1, 1)
    assert change.words(visit.state) == (
        "Kept, and no longer counted: 3 ratings and 1 case-note answer of R3. "
        "2 standards change: 4 (not rated or not agreed → Met), 47 (Met → not rated or not agreed); "
        "1 cell of the case notes changes"
    )
    visit.record(line)
    after = visit.status()["ratings"]
    assert {one.standard for one in change.standards} == {n for n in before if before[n] != after[n]}
    assert [one.after for one in change.standards] == [after[one.standard]["value"] for one in change.standards]
    back = team_change(visit.state, "R3", "clinician")
    assert back is not None and back.counts and "Counted again: 3 ratings" in back.words(visit.state)
    assert {one.standard for one in back.standards} == {one.standard for one in change.standards}
    visit.undo()
    assert visit.status()["ratings"] == before and left_out(visit.state) == []


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            Person(code="R3", deleted=True),
            "R3 is not on the review team any more; kept and not counted: 3 ratings and 1 case-note",
        ),
        (
            Person(code="R3", role="observer"),
            "R3 is an observer, so this is kept and not counted: 3 ratings and 1 case-note answer.",
        ),
    ],
)
def test_the_proof_reader_names_what_is_not_counted_until_somebody_is_back(
    visit: OpenVisit, line: Person, said: str
) -> None:
    assert [one for one in proofread(visit.state) if one.rule == "not_counted"] == []
    visit.record(line)
    (found,) = [one for one in proofread(visit.state) if one.rule == "not_counted"]
    assert found.why.startswith(said) and (found.severity, found.place) == ("warn", "person/R3")
    visit.record(Person(code="R3", role="clinician"))
    assert [one for one in proofread(visit.state) if one.rule == "not_counted"] == []
    assert visit.state.ratings["47/R3"].value == "met"


def test_a_change_that_moves_no_figure_says_nothing(visit: OpenVisit) -> None:
    for code, role in (("R3", "patient_rep"), ("O5", None), ("R3", "clinician"), ("L1", "lead")):
        assert team_change(visit.state, code, role) is None  # type: ignore[arg-type]
    change = team_change(visit.state, "R4", None)
    assert change is not None and change.words(visit.state) == ""
    visit.record(Person(code="R4", deleted=True), Person(code="O5", deleted=True))
    assert left_out(visit.state) == []


def test_without_its_only_rater_a_visit_falls_back_to_the_self_review_and_that_is_said(team: Team) -> None:
    visit = team.visit("L1")
    visit.write_as_host_if_lead()
    visit.record(SelfReview(standard="4", value="met"), SelfReview(standard="47", value="met"))
    visit.me = "L1"
    team.visit("R3").record(Rating(standard="4", value="not_met"))
    exchange(team, "R3")
    change = team_change(visit.state, "R3", None)
    assert change is not None and [(one.standard, one.after) for one in change.standards] == [
        ("4", "met"),
        ("47", "met"),
    ]


def test_many_standards_are_told_by_their_number_and_the_rest_by_how_many(team: Team) -> None:
    visit = team.visit("L1")
    team.visit("R3").record(*(Rating(standard=s.number, value="met") for s in visit.state.instrument.standards))
    exchange(team, "R3")
    change = team_change(visit.state, "R3", None)
    assert change is not None and change.words(visit.state).endswith(f", {len(change.standards) - 5} more")
