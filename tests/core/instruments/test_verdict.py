"""What a rating says of the service: a strength, a gap, or neither."""

import pytest

from reviewapp.instruments.model import Scale, ScaleValue
from tests.core.visit.building import RATED, SCORED


def scored(*points):
    """A scale whose values are worth so many points; `x` is not applicable."""
    values = [ScaleValue(value=n, label=str(n), key=str(i), counts="scored", points=n) for i, n in enumerate(points)]
    return Scale(
        kind="scored", values=(*values, ScaleValue(value="x", label="Not applicable", key="x", counts="na", points=9))
    )


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("met", "strength"), ("not_met", "gap"), ("na", "neither"), (None, "neither"), ("unknown", "neither")],
)
def test_of_three_choices_met_is_a_strength_and_not_met_a_gap(value, verdict):
    assert RATED.verdict(value) == verdict


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        (1, "gap"),
        (2, "gap"),
        (3, "neither"),
        (4, "strength"),
        (5, "strength"),
        ("na", "neither"),
        (None, "neither"),
        ("1", "neither"),
        (6, "neither"),
    ],
)
def test_of_five_points_two_are_gaps_two_strengths_and_the_middle_neither(value, verdict):
    assert SCORED.verdict(value) == verdict


@pytest.mark.parametrize(
    ("points", "verdicts"),
    [
        ((0, 1), ["gap", "strength"]),
        ((0, 1, 2), ["gap", "neither", "strength"]),
        ((4, 3, 2, 1), ["strength", "strength", "gap", "gap"]),
        ((0, 1, 5), ["gap", "gap", "strength"]),
        ((3,), ["neither"]),
    ],
)
def test_the_middle_is_that_of_the_points_whatever_their_order(points, verdicts):
    assert [scored(*points).verdict(n) for n in points] == verdicts
    assert scored(*points).verdict("x") == "neither"


def test_the_bands_of_the_core_scale_lie_where_the_verdicts_change():
    bands = {band.label: band.from_ / 39 for band in SCORED.bands}
    changes = [n for n in range(2, 6) if SCORED.verdict(n) != SCORED.verdict(n - 1)]
    assert changes == [bands["moderate"], bands["high"]] == [3, 4]
