"""The committee's rule: now, at best, at worst, and what it takes."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.forecast import forecast, forecast_of, threshold_met
from reviewapp.instruments.model import Threshold
from tests.core.visit.building import instrument, scored_instrument, visit

VALUES = st.sampled_from(["met", "not_met", "na", None])
RANK = {"does_not_meet": 0, "meets": 1}
MIXED = {"4": "1", "14": "1", "36": "2", "46": "2", "47": "2", "54": "3"}


@st.composite
def rated(draw, most=8):
    """A small instrument of one or two types with thresholds, and its ratings."""
    kinds = draw(st.lists(st.sampled_from(["1", "2"]), min_size=1, max_size=most))
    required = draw(
        st.lists(st.sampled_from([100, 80, 60, 66.7, 33.3, 50, 1, 0]), min_size=2, max_size=2),
    )
    measured = instrument(
        {str(n): kind for n, kind in enumerate(kinds, 1)},
        thresholds=[Threshold(type=t, required=r) for t, r in zip("12", required, strict=True)],
    )
    values = draw(st.lists(VALUES, min_size=len(kinds), max_size=len(kinds)))
    return measured, {s.number: value for s, value in zip(measured.standards, values, strict=True)}


def test_nothing_rated_is_undecided_and_every_threshold_still_holds():
    found = forecast(visit(instrument(MIXED)))
    assert (found.outcome, found.best_case, found.worst_case) == ("undecided", "meets", "does_not_meet")
    assert [t.holds for t in found.thresholds] == [True, True, True]
    assert [t.percent for t in found.thresholds] == [None, None, None]
    assert found.to_meet == []
    assert found.scope == "subset"


def test_one_type_1_not_met_settles_it_whatever_is_unrated():
    found = forecast(visit(instrument(MIXED), ratings={"4/R2": "not_met"}))
    assert (found.outcome, found.best_case, found.worst_case) == ("does_not_meet",) * 3
    assert [(t.type, t.need, t.from_) for t in found.to_meet] == [("1", 1, ["4", "14"])]


def test_everything_met_meets():
    found = forecast(visit(instrument(MIXED), ratings={f"{n}/R2": "met" for n in MIXED}))
    assert (found.outcome, found.best_case, found.worst_case) == ("meets",) * 3


def test_enough_rated_met_decides_before_everything_is_rated():
    five = {str(n): "2" for n in range(1, 6)}
    values = {"1": "met", "2": "met", "3": "met", "4": "met"}
    assert forecast_of(instrument(five), values).outcome == "meets", "4 of 5 is 80 % at worst"
    del values["4"]
    assert forecast_of(instrument(five), values).outcome == "undecided"


def test_79_6_per_cent_does_not_hold_80():
    measured = instrument({str(n): "2" for n in range(1, 251)})
    now = forecast_of(measured, {str(n): "met" if n <= 199 else "not_met" for n in range(1, 251)})
    assert [(t.percent, t.holds) for t in now.thresholds if t.type == "2"] == [(79.6, False)]
    assert [(t.need, t.from_[0]) for t in now.to_meet] == [(1, "200")]


def test_not_applicable_everywhere_holds():
    found = forecast_of(instrument({"4": "1"}), {"4": "na"})
    assert found.outcome == "meets"
    assert [(t.percent, t.holds) for t in found.thresholds if t.type == "1"] == [(None, True)]


def test_a_type_without_a_threshold_and_a_threshold_without_standards_decide_nothing():
    found = forecast_of(instrument({"4": "1", "9": "4"}), {"4": "met", "9": "not_met"})
    assert found.outcome == "meets"


def test_without_any_threshold_nothing_is_claimed():
    found = forecast_of(instrument({"4": "1"}, thresholds=()), {"4": "met"})
    assert (found.outcome, found.best_case, found.worst_case, found.thresholds) == ("undecided",) * 3 + ([],)


@pytest.mark.parametrize(
    ("met", "applicable", "required", "expected"),
    [
        (2, 3, 66.7, False),
        (2, 3, 66.6, True),
        (667, 1000, 66.7, True),
        (7, 10, 70.0, True),
        (3, 1000, 0.3, True),
        (0, 0, 100, True),
        (0, 5, 0, True),
    ],
)
def test_shares_are_compared_as_exact_fractions(met, applicable, required, expected):
    assert threshold_met(met, applicable, required) is expected


@given(rated())
def test_best_is_never_below_worst_and_undecided_means_that_they_differ(case):
    found = forecast_of(*case)
    assert RANK[found.best_case] >= RANK[found.worst_case]
    assert (found.outcome == "undecided") == (found.best_case != found.worst_case)
    assert found.outcome in ("undecided", found.best_case)


@given(rated(), st.data())
def test_a_decided_forecast_stays_whatever_the_unrated_turn_out_to_be(case, data):
    measured, values = case
    found = forecast_of(measured, values)
    filled = {n: v or data.draw(st.sampled_from(["met", "not_met"])) for n, v in values.items()}
    final = forecast_of(measured, filled)
    assert final.outcome != "undecided"
    assert found.outcome in ("undecided", final.outcome)
    assert RANK[found.worst_case] <= RANK[final.outcome] <= RANK[found.best_case]


@given(rated(most=7))
def test_to_meet_is_the_fewest_that_suffice_tried_by_hand(case):
    measured, values = case
    found = forecast_of(measured, values)
    assert [t.type for t in found.to_meet] == [t.type for t in found.thresholds if not t.holds]
    for step in found.to_meet:
        assert sorted(step.from_) == sorted(
            s.number for s in measured.standards if s.type == step.type and values[s.number] in ("not_met", None)
        )
        for size in range(step.need + 1):
            enough = [chosen for chosen in combinations(step.from_, size) if _holds_with(case, step.type, chosen)]
            assert bool(enough) == (size == step.need)
        assert _holds_with(case, step.type, step.from_[: step.need]), "the first ones listed suffice"


def _holds_with(case, kind, chosen):
    measured, values = case
    changed = forecast_of(measured, {**values, **dict.fromkeys(chosen, "met")})
    return next(t.holds for t in changed.thresholds if t.type == kind)


def test_those_not_met_are_named_before_those_unrated_and_in_order():
    measured = instrument({n: "1" for n in ("100", "36a", "36", "14", "4")})
    step = forecast_of(measured, {"100": "not_met", "36": "not_met", "14": "met"}).to_meet[0]
    assert (step.need, step.from_) == (2, ["36", "100", "4", "36a"])


def test_a_scored_visit_is_forecast_by_its_band():
    measured = scored_instrument()
    some = forecast_of(measured, {str(n): 3 for n in range(1, 31)})
    assert (some.outcome, some.best_case, some.worst_case) == ("undecided", "moderate", "low")
    assert (some.thresholds, some.to_meet) == ([], [])
    all_ = forecast_of(measured, {str(n): 3 for n in range(1, 40)})
    assert (all_.outcome, all_.best_case, all_.worst_case) == ("moderate",) * 3
