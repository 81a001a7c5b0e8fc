"""A number reads as it is shown, by its number format; what it shows and what it holds are told apart."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.spreadsheets.number_formats import shown


@pytest.mark.parametrize(
    ("value", "code", "text", "kind"),
    [
        (5.1, "General", "5.1", "number"),
        (5.1, "0.00", "5.10", "number"),
        (5.1, "@", "5.1", "number"),
        (47, "General", "47", "number"),
        (47.0, "General", "47", "number"),
        (0.1 + 0.2, "General", "0.3", "number"),
        (123456789012, "General", "123456789012", "number"),
        (1, "0%", "100%", "percent"),
        (0.4, "0%", "40%", "percent"),
        (0.425, "0.0%", "42.5%", "percent"),
        (0, "0.00%", "0.00%", "percent"),
        (47, "000", "047", "number"),
        (7, "00", "07", "number"),
        (1234, "#,##0", "1,234", "number"),
        (1234567.5, "#,##0.00", "1,234,567.50", "number"),
        (999, "#,##0", "999", "number"),
        (1234, "0,", "1", "rounded"),
        (3.6, "0", "4", "rounded"),
        (2.5, "0", "3", "rounded"),
        (0.5, "# ?/?", "1/2", "number"),
        (3.5, "# ?/?", "3 1/2", "number"),
        (3.5, "?/?", "7/2", "number"),
        (0.75, "# ?/4", "3/4", "number"),
        (47, '"S"0', "S47", "number"),
        (47, '0" people"', "47 people", "number"),
        (47, "\\S0", "S47", "number"),
        (12, "[$£-809]#,##0.00", "£12.00", "number"),
        (12, "[Red]0;[Blue]-0", "12", "number"),
        (-12, "[Red]0;[Blue]-0", "-12", "number"),
        (-12, "0;(0)", "(12)", "number"),
        (-1.5, "0.0", "-1.5", "number"),
        (0, '0;-0;"none"', "none", "number"),
        (0, '0;-0;"0"', "0", "number"),
        (5, ";;;", "5", "unseen"),
        (0, "0;-0;;@", "0", "unseen"),
        (12345, "0.00E+00", "1.23E+04", "rounded"),
        (1112223333, "000-000-0000", "111-222-3333", "number"),
        (5.1, "0.0#", "5.1", "number"),
        (5, "0.##", "5", "number"),
        (5, '[<10]"few";[>=10]"many"', "few", "number"),
        (5, "_-* #,##0_-;-* #,##0_-", "5", "number"),
        (5, 'General" people"', "5 people", "number"),
        (float("inf"), "0", "inf", "error"),
    ],
)
def test_a_number_reads_as_its_format_shows_it(value: float, code: str, text: str, kind: str) -> None:
    assert shown(value, code) == (text, kind)


@given(st.integers(-(10**12), 10**12), st.integers(0, 3))
def test_a_fixed_number_of_decimals_never_changes_the_number(value: int, decimals: int) -> None:
    text, kind = shown(value / 1000, "0." + "0" * decimals if decimals else "0")
    if kind == "number":
        assert Decimal(text) == Decimal(value) / 1000
    assert abs(Decimal(text) - Decimal(value) / 1000) <= Decimal(1).scaleb(-decimals) / 2


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%;/E+-@"_*\\[]<>=$ aGeneral', max_size=12))
def test_no_format_whatever_is_a_fault(value: float, code: str) -> None:
    text, kind = shown(value, code)
    assert isinstance(text, str)
    assert kind in ("number", "rounded", "percent", "unseen", "error")
