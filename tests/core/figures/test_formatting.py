"""Shares and percentages as text: few are counted, and rounding never crosses a limit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.formatting import percent_text, share


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "none"), (0, 1, "0 of 1"), (7, 9, "7 of 9"), (7, 10, "7 of 10"), (1, 3, "1 of 3"), (19, 19, "19 of 19"),
     (15, 20, percent_text(75.0)), (0, 20, percent_text(0.0)), (1, 1000, "0.1%"), (999, 1000, "99.9%")],
)  # fmt: skip
def test_below_twenty_people_are_counted(part: int, whole: int, said: str) -> None:
    assert share(part, whole) == said


@pytest.mark.parametrize(
    ("value", "threshold", "said"),
    [(None, None, "none applicable"), (None, 80, "none applicable"), (0.0, None, "0%"), (100.0, None, "100%"),
     (0.4, None, "0.4%"), (0.04, None, "0.04%"), (99.6, None, "99.6%"), (99.96, None, "99.96%"),
     (49.5, None, "50%"),
     (50.5, None, "51%"), (49.4, None, "49%"), (79.6, None, "80%"), (79.6, 80, "79.6%"), (79.96, 80, "79.96%"),
     (80.0, 80, "80%"), (80.4, 80, "80%"), (66.7, 66.7, "67%"), (66.6, 66.7, "66.6%"), (66.69, 66.7, "66.69%"),
     (99.6, 100, "99.6%"), (100.0, 100, "100%"), (0.0, 60, "0%"), (59.5, 60, "59.5%")],
)  # fmt: skip
def test_a_percentage_has_the_decimals_it_needs_not_to_mislead(
    value: float | None, threshold: float | None, said: str
) -> None:
    assert percent_text(value, threshold) == said


@given(st.integers(0, 500), st.integers(1, 500), st.none() | st.sampled_from([60, 66.7, 80, 100]))
def test_what_is_printed_is_on_the_same_side_of_every_limit_as_what_it_stands_for(
    part: int, whole: int, threshold: float | None
) -> None:
    part = min(part, whole)
    value = 100 * part / whole
    printed = Decimal(percent_text(value, threshold).removesuffix("%"))
    assert (printed == 0) == (part == 0) and (printed == 100) == (part == whole)
    if threshold is not None:
        limit = Decimal(str(threshold))
        assert (printed >= limit) == (Decimal(repr(value)) >= limit)
    assert abs(printed - Decimal(repr(value))) <= Decimal("0.5")
