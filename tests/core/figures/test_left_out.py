"""Who is taken off the team, or becomes an observer, takes their ratings out of the figures; that is said."""

from __future__ import annotations

from typing import Any

import pytest

from reviewapp.figures.left_out import RatingMoved, Recorded, left_out, team_change
from reviewapp.report.proofreading import proofread
from reviewapp.visit.state import Role, VisitState
from reviewapp.visit.statements import Agreed, Audit, Person, Rating, SelfReview
from reviewapp.workspace.open_visit import OpenVisit
from tests.core.homes import Team
from tests.core.visit.building import PEOPLE, instrument
from tests.core.visit.building import visit as made
from tests.core.workspace.support import exchange

NUMBERS = [str(number) for number in range(1, 8)]
MEASURED = instrument(dict.fromkeys(NUMBERS, "1"), audit={"A1": ["1"], "A2": ["2"]})


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
        "Kept, but no longer counted: 3 ratings and 1 case-note answer of R3. 2 standards change: 4 (not rated or "
        "not agreed → Met), 47 (Met → not rated or not agreed); 1 cell of the case notes changes"
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
            "R3 is no longer on the review team; kept but not counted: 3 ratings and 1 case-note",
        ),
        (
            Person(code="R3", role="observer"),
            "R3 is an observer, so this is kept but not counted: 3 ratings and 1 case-note answer.",
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


# Without laptops ---------------------------------------------------------------------------------------------------


def rated_by_r3(many: int, **more: Any) -> VisitState:
    """R3 alone rated so many standards."""
    return made(MEASURED, ratings={f"{number}/R3": "met" for number in NUMBERS[:many]}, **more)


def test_what_does_not_count_is_told_by_its_author_in_the_order_of_their_codes() -> None:
    state = made(
        MEASURED,
        people={"L1": "lead", "R2": "clinician", "O10": "observer", "O5": "observer", "O6": "observer"},
        ratings={"1/R2": "met", "1/O10": "met", "2/O10": None, "1/R9": "met", "2/R9": "na", "1/O6": None,
                 "1/host": "met", "1/committee": "met"},
        audit={"1/A1/R2": "yes", "1/A1/O5": "yes", "2/A1/O5": None, "1/A1/R9": "no", "1/A1/host": "yes",
               "1/A1/committee": "yes"},
    )  # fmt: skip
    assert left_out(state) == [
        Recorded(person="O5", observer=True, answers=1),
        Recorded(person="O10", observer=True, ratings=1),
        Recorded(person="R9", ratings=2, answers=1),
    ]


@pytest.mark.parametrize(
    ("ratings", "answers", "said"),
    [(0, 0, ""), (1, 0, "1 rating"), (2, 0, "2 ratings"), (0, 1, "1 case-note answer"), (0, 2, "2 case-note answers"),
     (12, 3, "12 ratings and 3 case-note answers")],
)  # fmt: skip
def test_how_much_rests_on_somebody_is_said_in_words(ratings: int, answers: int, said: str) -> None:
    assert Recorded(person="R3", ratings=ratings, answers=answers).words() == said


@pytest.mark.parametrize(
    ("code", "role", "counts"),
    [("R3", None, False), ("R3", "observer", False), ("R3", "clinician", None), ("R3", "patient_rep", None),
     ("O5", None, None), ("O5", "observer", None), ("O5", "clinician", True), ("R9", None, None),
     ("R9", "observer", None), ("R9", "carer_rep", True)],
)  # fmt: skip
def test_somebodys_work_counts_as_long_as_they_are_on_the_team_and_no_observer(
    code: str, role: Role | None, counts: bool | None
) -> None:
    state = made(MEASURED, ratings={f"1/{code}": "met", f"2/{code}": None}, audit={f"1/A1/{code}": "yes"})
    change = team_change(state, code, role)
    assert (change.counts if change else None) is counts
    if change is not None:
        assert change.recorded == Recorded(person=code, ratings=1, answers=1)
        without, with_ = (RatingMoved(standard="1", before=a, after=b) for a, b in (("met", None), (None, "met")))
        assert change.standards == [with_ if counts else without]
        assert change.cells == 1


@pytest.mark.parametrize(
    ("many", "moved"),
    [(0, "No standard changes"), (1, "1 standard changes: {0}"), (5, "5 standards change: {0}"),
     (6, "6 standards change: {0}, 1 more"), (7, "7 standards change: {0}, 2 more")],
)  # fmt: skip
def test_up_to_five_standards_that_change_are_told_one_by_one(many: int, moved: str) -> None:
    state = rated_by_r3(many, audit={"1/A1/R3": "yes", "1/A2/R3": "no", "1/A1/R2": "yes"})
    change = team_change(state, "R3", None)
    assert change is not None and change.cells == 1, "of the other cell R2 says the same"
    told = ", ".join(f"{number} (Met → not rated or not agreed)" for number in NUMBERS[: min(many, 5)])
    what = change.recorded.words()
    assert change.words(state) == (
        f"Kept, but no longer counted: {what} of R3. {moved.format(told)}; 1 cell of the case notes changes"
    )


def test_cells_of_case_notes_are_told_where_some_change() -> None:
    two = team_change(rated_by_r3(1, audit={"1/A1/R3": "yes", "1/A2/R3": "no"}), "R3", None)
    assert two is not None and two.words(rated_by_r3(1)).endswith("; 2 cells of the case notes change")
    none = team_change(rated_by_r3(1), "R3", None)
    assert none is not None and none.words(rated_by_r3(1)).endswith(": 1 (Met → not rated or not agreed)")
    back = team_change(rated_by_r3(1, people={k: v for k, v in PEOPLE.items() if k != "R3"}), "R3", "clinician")
    assert back is not None and back.words(rated_by_r3(1)) == (
        "Counted again: 1 rating of R3. 1 standard changes: 1 (not rated or not agreed → Met)"
    )


def test_a_change_that_leaves_every_figure_alone_is_told_of_whoever_recorded_something() -> None:
    state = made(MEASURED, ratings={"1/R2": "met", "1/R3": "met"})
    change = team_change(state, "R3", None)
    assert change is not None and change.words(state) == (
        "Kept, but no longer counted: 1 rating of R3. No standard changes"
    )
