"""Which reviewers' ratings are counted at all, when a review has begun, and when a row of the matrix is made anew."""

from __future__ import annotations

import msgspec

from reviewapp.figures.matrix import matrix
from reviewapp.figures.ratings import effective_ratings, is_reviewed, peer_ratings
from reviewapp.instruments.model import Guide
from reviewapp.visit import figure_cache
from reviewapp.visit.state import VisitState
from tests.core.visit.building import conflict, instrument, prompt, quote, talk, visit

TWO = instrument({"4": "1", "14": "2"})


def test_a_rating_that_waits_for_the_lead_or_is_torn_between_two_laptops_is_not_counted() -> None:
    ratings = {"4/R2": "met", "4/R3": "not_met", "4/R4": "na", "999/R2": "met"}
    state = visit(TWO, ratings=ratings, conflicts=[conflict("rating", "4/R3", "not_met", "met")])
    assert peer_ratings(state) == {"4": {"R2": "met", "R4": "na"}, "14": {}}
    late = msgspec.structs.replace(state, late=frozenset({"4/R4"}))
    assert peer_ratings(late) == {"4": {"R2": "met"}, "14": {}}
    settled = visit(TWO, ratings=ratings, conflicts=[conflict("agreed", "4/R3", "met", "na")])
    assert peer_ratings(settled)["4"] == {"R2": "met", "R3": "not_met", "R4": "na"}


def basis_of(state: VisitState) -> list[str | None]:
    return [one.basis for one in effective_ratings(state).values()]


def test_a_review_has_begun_once_a_reviewer_has_rated_be_it_in_two_versions() -> None:
    own = {"4": "met", "14": "met"}
    assert basis_of(visit(TWO, own=own)) == ["self_review", "self_review"]
    for person, begun in (("R2", True), ("O5", False), ("X9", False)):
        torn = visit(
            TWO, own=own, ratings={f"4/{person}": "met"}, conflicts=[conflict("rating", f"4/{person}", "met", "na")]
        )
        assert (basis_of(torn) == [None, None]) == begun
    gone = visit(TWO, own=own, conflicts=[conflict("rating", "4/R2", "met", "na")])
    assert basis_of(gone) == ["self_review", "self_review"], "a conflict about a rating that is not there"


def test_a_visit_is_reviewed_as_soon_as_any_standard_is() -> None:
    for state, reviewed in (
        (visit(TWO), False), (visit(TWO, own={"4": "met", "14": "met"}), False),
        (visit(TWO, agreed={"4": "met"}), True),
        (visit(TWO, ratings={"14/R2": "met"}), True), (visit(TWO, ratings={"4/R2": "met", "4/R3": "na"}), False),
    ):  # fmt: skip
        assert is_reviewed(effective_ratings(state)) is reviewed


def test_a_row_of_the_matrix_is_made_anew_exactly_when_something_in_it_has_changed() -> None:
    state = visit(TWO, ratings={"4/R2": "met"}, talks=[talk("P1/R2")], quotes=[quote("Q1/R2", "P1", "14")])
    figure_cache.track(state)
    four, fourteen = matrix(state)
    assert matrix(state)[0] is four and matrix(state)[1] is fourteen
    for table, field in ((state.ratings, "ratings"), (state.self_review, "self_review"), (state.agreed, "agreed")):
        other = visit(TWO, ratings={"4/R3": "na"}, own={"4": "na"}, agreed={"4": "na"})
        table.update(getattr(other, field))
        figure_cache.invalidate(state, field)
        changed, kept = matrix(state)
        assert changed != four and kept is fourteen
        four = changed
    assert (four.ratings, four.self_review, four.agreed) == ({"R2": "met", "R3": "na"}, "na", "na")
    state.conflicts = (conflict("agreed", "4", "na", "met"),)
    figure_cache.invalidate(state, "conflicts")
    assert matrix(state)[0].in_conflict and matrix(state)[0].agreed is None


def test_a_row_differs_where_reviewers_do_among_themselves_or_from_the_team() -> None:
    def row(ratings: dict[str, str], own: str | None) -> tuple[bool, bool]:
        (found,) = matrix(
            visit(instrument({"4": "1"}), ratings={f"4/{p}": v for p, v in ratings.items()}, own={"4": own})
        )
        return found.reviewers_differ, found.differs

    assert row({"R2": "met", "R3": "na"}, None) == row({"R2": "met", "R3": "na"}, "met") == (True, True)
    assert row({"R2": "met", "R3": "met"}, "na") == (False, True)
    assert row({"R2": "met"}, "met") == row({"R2": "met"}, None) == row({}, "met") == row({}, None) == (False, False)


def test_notes_are_counted_where_a_group_said_nothing_to_quote() -> None:

    measured = instrument({"4": "1"}, guides=(Guide(group="patient", prompts=(prompt("A", "4"), prompt("B", "4"))),))
    state = visit(measured, talks=[talk("P1/R2")], answers={"P1/A/R2": "Words", "P1/B/R2": "Words"})
    assert matrix(state)[0].by_group == {"patient": "2 notes"}
    assert matrix(visit(measured, talks=[talk("P1/R2")], answers={"P1/A/R2": "Words"}))[0].by_group == {
        "patient": "1 note"
    }
