"""Which rating counts, and what ratings, surveys and case notes add up to."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.ratings import (
    EffectiveRating,
    RatingCounts,
    audit_differences,
    audit_figures,
    basis_counts,
    compliance,
    disagreements,
    effective_ratings,
    rating_values,
    self_review_ratings,
    survey_figures,
)
from reviewapp.instruments.model import Targets
from tests.core.visit.building import conflict, instrument, scored_instrument, visit

FOUR = instrument(
    {"4": "1", "14": "2", "36": "2", "36a": "3"}, sections={"4": "Care", "14": "Staff", "36": "Staff", "36a": "Care"}
)
VALUES = st.sampled_from(["met", "not_met", "na", None])


def effective_of(state):
    return {number: (rating.value, rating.basis) for number, rating in effective_ratings(state).items()}


def test_the_agreed_rating_goes_before_every_reviewers_own():
    state = visit(FOUR, ratings={"4/R2": "met", "4/R3": "met"}, agreed={"4": "not_met"}, own={"4": "met"})
    assert effective_ratings(state)["4"] == EffectiveRating(value="not_met", basis="agreed")


def test_reviewers_who_all_say_the_same_count_together():
    state = visit(FOUR, ratings={"4/R2": "met", "4/R3": "met", "4/R4": None})
    assert effective_ratings(state)["4"] == EffectiveRating(value="met", basis="peer")


def test_a_standard_that_reviewers_rate_differently_is_unrated():
    state = visit(FOUR, ratings={"4/R2": "met", "4/R3": "not_met", "14/R2": "na", "14/R3": "met"})
    assert effective_ratings(state)["4"] == effective_ratings(state)["14"] == EffectiveRating()


def test_a_cleared_agreement_gives_the_word_back_to_the_reviewers():
    assert effective_ratings(visit(FOUR, ratings={"4/R2": "met"}, agreed={"4": None}))["4"].basis == "peer"


def test_the_teams_claims_count_only_while_no_reviewer_has_rated_anything():
    own = {"4": "met", "14": "not_met"}
    assert effective_of(visit(FOUR, own=own))["14"] == ("not_met", "self_review")
    assert effective_of(visit(FOUR, own=own, ratings={"36/R4": "met"}))["14"] == (None, None)
    assert effective_of(visit(FOUR, own=own, ratings={"36/R4": None}))["14"] == ("not_met", "self_review")


def test_what_an_observer_or_a_stranger_rates_counts_for_nothing():
    state = visit(FOUR, ratings={"4/O5": "met", "14/X9": "met", "36/host": "met"}, own={"4": "not_met"})
    assert effective_ratings(state)["4"] == EffectiveRating(value="not_met", basis="self_review")
    assert effective_ratings(state)["14"] == EffectiveRating()


def test_an_agreed_rating_in_conflict_is_unrated_and_nobody_elses_word_replaces_it():
    state = visit(
        FOUR,
        ratings={"4/R2": "met", "4/R3": "met"},
        agreed={"4": None},
        conflicts=[conflict("agreed", "4", "met", "not_met")],
    )
    assert effective_ratings(state)["4"] == EffectiveRating()


def test_a_reviewers_own_rating_in_conflict_is_no_rating():
    clash = conflict("rating", "4/R2", "met", "not_met")
    state = visit(FOUR, ratings={"4/R2": None, "4/R3": "met"}, own={"14": "met"}, conflicts=[clash])
    assert effective_ratings(state)["4"] == EffectiveRating(value="met", basis="peer")
    alone = visit(FOUR, ratings={"4/R2": None}, own={"14": "met"}, conflicts=[clash])
    assert effective_ratings(alone)["14"] == EffectiveRating(), (
        "a review that has begun does not fall back to the team's claims"
    )


def test_a_conflict_about_a_reason_or_a_note_leaves_the_rating_alone():
    state = visit(FOUR, agreed={"4": "met"}, conflicts=[conflict("agreed", "4", "a", "b", field="reason")])
    assert effective_ratings(state)["4"].value == "met"


def test_a_word_that_is_not_on_the_scale_is_no_rating():
    assert effective_ratings(visit(FOUR, ratings={"4/R2": "partly"}, agreed={"14": "5"}))["4"] == EffectiveRating()


def test_a_claim_of_the_team_in_conflict_is_no_claim():
    assert (
        self_review_ratings(visit(FOUR, own={"4": "met"}, conflicts=[conflict("self_review", "4", "met", "na")]))["4"]
        is None
    )


def test_the_basis_of_figures_names_only_those_that_occur_strongest_first():
    state = visit(FOUR, ratings={"4/R2": "met", "14/R2": "na"}, agreed={"36": "met"})
    assert list(basis_counts(effective_ratings(state)).items()) == [("agreed", 1), ("peer", 2)]


def test_a_worked_example_adds_up_by_type_section_and_overall():
    figures = compliance(visit(FOUR), {"4": "met", "14": "not_met", "36": "met", "36a": "na"})
    half = RatingCounts(met=1, not_met=1, applicable=2, percent=50.0)
    assert figures.by_type == {
        "1": RatingCounts(met=1, applicable=1, percent=100.0),
        "2": half,
        "3": RatingCounts(na=1),
    }
    assert figures.by_section == {"Care": RatingCounts(met=1, na=1, applicable=1, percent=100.0), "Staff": half}
    assert figures.overall == RatingCounts(met=2, not_met=1, na=1, applicable=3, percent=200 / 3)
    assert figures.score is None


def test_a_percentage_is_one_division_and_carries_no_rounding_error():
    many = instrument({str(n): "1" for n in range(1, 101)})
    values = {str(n): "met" if n <= 57 else "not_met" for n in range(1, 101)}
    assert compliance(visit(many), values).overall.percent == 57.0


@given(st.lists(VALUES, min_size=4, max_size=4))
def test_counts_add_up_to_the_number_of_standards(values):
    figures = compliance(visit(FOUR), dict(zip(["4", "14", "36", "36a"], values, strict=True)))
    for counts in (figures.overall, *figures.by_type.values(), *figures.by_section.values()):
        assert counts.applicable == counts.met + counts.not_met
        assert (counts.percent is None) == (counts.applicable == 0)
    for part in (figures.by_type, figures.by_section):
        for field in ("met", "not_met", "na", "unrated", "applicable"):
            assert sum(getattr(c, field) for c in part.values()) == getattr(figures.overall, field)
    overall = figures.overall
    assert overall.met + overall.not_met + overall.na + overall.unrated == 4


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["4", "14", "36", "36a"]), st.sampled_from(["L1", "R2", "R3", "O5"])), VALUES
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_ratings_arrived_changes_nothing(given_ratings, shuffler: random.Random):
    ratings = {"/".join(key): value for key, value in given_ratings.items()}
    keys = list(ratings)
    shuffler.shuffle(keys)
    state, shuffled = visit(FOUR, ratings=ratings), visit(FOUR, ratings={k: ratings[k] for k in keys})
    assert effective_ratings(state) == effective_ratings(shuffled)
    assert disagreements(state) == disagreements(shuffled)
    assert [list(d.ratings) for d in disagreements(state)] == [list(d.ratings) for d in disagreements(shuffled)]


def test_disagreements_come_type_1_first_and_by_number_as_people_count():
    types = {"36a": "2", "36": "2", "14": "2", "4": "2", "100": "1"}
    ratings = {f"{n}/{who}": value for n in types for who, value in (("R3", "not_met"), ("R2", "met"))}
    found = disagreements(visit(instrument(types), ratings=ratings, own={"4": "met"}, agreed={"4": "na"}))
    assert [d.standard for d in found] == ["100", "4", "14", "36", "36a"]
    assert list(found[1].ratings.items()) == [("R2", "met"), ("R3", "not_met")]
    assert (found[1].self_review, found[1].agreed) == ("met", "na")
    assert (found[0].self_review, found[0].agreed) == (None, None)


def test_scored_items_are_neither_met_nor_not_met_but_have_a_total_a_mean_and_a_band():
    figures = compliance(visit(scored_instrument()), {str(n): 4 for n in range(1, 40)})
    assert figures.overall == RatingCounts()
    score = figures.score
    assert score is not None
    assert (score.total, score.lowest, score.highest, score.rated, score.of, score.band) == (
        156, 156, 156, 39, 39, "high",
    )  # fmt: skip
    assert score.by_type["item"].mean == 4.0


def test_the_band_of_a_half_scored_visit_is_named_only_when_it_is_certain():
    measured = scored_instrument()
    some = compliance(visit(measured), {str(n): 3 for n in range(1, 31)}).score
    assert some is not None
    assert (some.total, some.lowest, some.highest, some.rated, some.band) == (90, 99, 135, 30, None)
    more = compliance(visit(measured), {str(n): 1 for n in range(1, 31)}).score
    assert more is not None
    assert (more.lowest, more.highest, more.band) == (39, 75, "low")


def test_a_scored_item_that_does_not_apply_is_not_one_of_those_to_score():
    score = compliance(visit(scored_instrument(3)), {"1": 5, "2": "na"}).score
    assert score is not None
    assert (score.total, score.rated, score.of, score.lowest, score.highest) == (5, 1, 2, 6, 10)
    assert compliance(visit(scored_instrument(3)), {"2": "na"}).overall.na == 1
    assert rating_values({"1": EffectiveRating(value=5, basis="peer")}) == {"1": 5}


def test_a_survey_counts_yes_of_those_who_said_yes_or_no():
    found = survey_figures(
        visit(
            instrument({"4": "1"}, targets=Targets(surveys={"carer": 10, "patient": 10})),
            survey={"carer/14": (0, 0, 3), "carer/4": (9, 4, 1)},
        )
    )
    assert list(found) == ["patient", "carer"]
    assert (found["patient"].respondents, found["patient"].target, found["patient"].standards) == (0, 10, {})
    carer = found["carer"]
    assert (carer.respondents, carer.target, list(carer.standards)) == (14, 10, ["4", "14"])
    assert carer.standards["4"].n == 13
    assert carer.standards["4"].percent == 900 / 13
    assert carer.standards["14"].percent is None


def test_stated_respondents_go_before_the_longest_row():
    rows = {"carer/4": (9, 4, 1)}
    assert survey_figures(visit(FOUR, survey=rows, context={"respondents_carer": 17}))["carer"].respondents == 17
    assert survey_figures(visit(FOUR, survey=rows, context={"respondents_carer": "17"}))["carer"].respondents == 17
    for unusable in ("about 20", -1, True, 2.5, None):
        state = visit(FOUR, survey=rows, context={"respondents_carer": unusable})
        assert survey_figures(state)["carer"].respondents == 14


def test_a_survey_count_in_conflict_is_left_out_until_settled():
    clash = conflict("survey", "carer/4", 9, 8, field="yes")
    found = survey_figures(visit(FOUR, survey={"carer/4": (0, 4, 1), "carer/14": (1, 1, 0)}, conflicts=[clash]))
    assert list(found["carer"].standards) == ["14"]


AUDITED = instrument({"4": "1"}, audit={"A1": ["4"], "A2": []})


def test_a_record_read_by_two_counts_once_and_not_recorded_counts_against():
    cells = {"1/A1/R2": "yes", "1/A1/R3": "yes", "2/A1/R2": "not_recorded", "3/A1/R2": "na", "4/A1/R2": "no"}
    found = audit_figures(visit(AUDITED, audit=cells))
    assert list(found) == ["A1", "A2"]
    a1 = found["A1"]
    assert (a1.yes, a1.no, a1.na, a1.not_recorded, a1.n, a1.percent) == (1, 1, 1, 1, 3, 100 / 3)
    assert (found["A2"].n, found["A2"].percent) == (0, None)


def test_a_cell_that_reviewers_fill_differently_counts_only_once_agreed():
    cells = {"1/A1/R2": "yes", "1/A1/R3": "no"}
    assert audit_figures(visit(AUDITED, audit=cells))["A1"].n == 0
    settled = visit(AUDITED, audit=cells, agreed_audit={"1/A1": "no"})
    assert (audit_figures(settled)["A1"].no, audit_figures(settled)["A1"].n) == (1, 1)
    unsettled = visit(
        AUDITED,
        audit={"1/A1/R2": "yes"},
        agreed_audit={"1/A1": None},
        conflicts=[conflict("agreed_audit", "1/A1", "yes", "no")],
    )
    assert audit_figures(unsettled)["A1"].n == 0


def test_differing_cells_are_listed_in_the_order_of_the_grid():
    cells = {f"{n}/{i}/{w}": v for n in ("10", "2") for i in ("A2", "A1") for w, v in (("R3", "no"), ("R2", "yes"))}
    found = audit_differences(visit(AUDITED, audit=cells, agreed_audit={"2/A1": "yes"}))
    assert [(d.case_note, d.item, d.agreed) for d in found] == [
        ("2", "A1", "yes"), ("2", "A2", None), ("10", "A1", None), ("10", "A2", None),
    ]  # fmt: skip
    assert list(found[0].values.items()) == [("R2", "yes"), ("R3", "no")]


def test_the_teams_own_audit_counts_only_until_a_reviewer_has_read_something():
    own = {"1/A1/host": "yes", "2/A1/host": "yes"}
    assert audit_figures(visit(AUDITED, audit=own))["A1"].yes == 2
    assert audit_figures(visit(AUDITED, audit={**own, "7/A2/R2": "no"}))["A1"].n == 0
    assert audit_figures(visit(AUDITED, audit={**own, "7/A2/O5": "no", "8/A2/R2": None}))["A1"].yes == 2
