"""Krippendorff's alpha against worked examples, and what it must not depend on."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.agreement import Agreement, krippendorff_alpha, reviewer_agreement
from tests.core.visit.building import instrument, visit

# Krippendorff (2011): four observers, twelve units, gaps; nominal alpha 0.743.
A = [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None]
B = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3]
C = [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None]
D = [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None]


def units(*observers: Sequence[int | None]) -> list[list[int]]:
    return [[value for value in unit if value is not None] for unit in zip(*observers, strict=True)]


def test_the_published_example_with_four_observers_and_gaps_gives_its_alpha() -> None:
    assert krippendorff_alpha(units(A, B, C, D)) == pytest.approx(0.743, abs=0.0005)


def test_the_published_example_with_two_observers_and_two_values_gives_its_alpha() -> None:
    # Krippendorff (2011): two observers, ten units, binary; alpha 0.095.
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorff_alpha(units(first, second)) == pytest.approx(0.095, abs=0.0005)


def test_the_published_example_with_two_observers_and_five_values_gives_its_alpha() -> None:
    # Krippendorff (2011): two observers, twelve units, nominal; alpha 0.692.
    first = list("aabbdcccedda")
    second = list("babbbccceddd")
    value = krippendorff_alpha([list(pair) for pair in zip(first, second, strict=True)])
    assert value == pytest.approx(0.692, abs=0.0005)


def test_nothing_can_be_told_without_pairs_or_without_variation() -> None:
    assert krippendorff_alpha([]) is None
    assert krippendorff_alpha([[1], [2]]) is None
    assert krippendorff_alpha([[1, 1], [1, 1, 1]]) is None


ratings = st.lists(st.lists(st.sampled_from(["met", "not_met", "na"]), max_size=5), max_size=12)


@given(ratings)
def test_alpha_is_one_exactly_when_nobody_differs(found: list[list[str]]) -> None:
    value = krippendorff_alpha(found)
    if value is not None:
        assert value <= 1
        assert (value == 1) == all(len(set(unit)) < 2 for unit in found)


@given(ratings, st.randoms())
def test_alpha_does_not_depend_on_the_order_of_standards_or_reviewers(
    found: list[list[str]], shuffler: random.Random
) -> None:
    shuffled = [shuffler.sample(unit, len(unit)) for unit in found]
    shuffler.shuffle(shuffled)
    assert krippendorff_alpha(found) == krippendorff_alpha(shuffled)


def test_a_visits_agreement_rests_on_the_standards_that_at_least_two_have_rated():
    ratings = {
        "1/R2": "met",
        "1/R3": "met",
        "2/R2": "met",
        "2/R3": "not_met",
        "2/R4": "na",
        "3/R2": "na",
        "3/O5": "met",
    }
    state = visit(instrument(dict.fromkeys(["1", "2", "3", "4"], "1")), ratings=ratings)
    alpha = krippendorff_alpha([["met", "met"], ["met", "not_met", "na"]])
    assert reviewer_agreement(state) == Agreement(alpha=alpha, units=2, ratings=5, reviewers=3)
    assert reviewer_agreement(visit(state.instrument)) == Agreement(alpha=None, units=0, ratings=0, reviewers=0)
