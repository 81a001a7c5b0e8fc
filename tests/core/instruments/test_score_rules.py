"""A rule of a score map is read as it is written, or refused in one line that says what is wrong with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.instruments.score_rules import (
    DEEPEST,
    LONGEST,
    Count,
    Joined,
    Letter,
    Level,
    Otherwise,
    counts,
    letters,
    levels,
    parse,
)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("n>=4", Count(True, 4)),
        (" n = 4 ", Count(False, 4)),
        ("N ≥ 4", Count(True, 4)),
        ("a", Letter("a")),
        ("B2", Letter("b2")),
        ("level=3", Level(False, 3)),
        ("level>=3", Level(True, 3)),
        ("Otherwise ", Otherwise()),
        ("a & n>=4", Joined("&", (Letter("a"), Count(True, 4)))),
        ("a | b & c", Joined("|", (Letter("a"), Joined("&", (Letter("b"), Letter("c")))))),
        ("(a|b)&c", Joined("&", (Joined("|", (Letter("a"), Letter("b"))), Letter("c")))),
        ("((a))", Letter("a")),
    ],
)
def test_each_form_is_read(text: str, rule: object) -> None:
    assert parse(text) == rule


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "it is empty"),
        ("a &", "it stops too soon"),
        ("(a | b", "a bracket is not closed"),
        ("a b", "'b' is not expected there"),
        ("a)", "')' is not expected there"),
        ("n", "after n write >= or ="),
        ("n <= 2", "after n write >= or ="),
        ("n >= a", "after n>= write a whole number"),
        ("level = ", "after level= write a whole number"),
        ("!a", "'!' is not understood"),
        ("4", "'4' is not understood"),
        ("a & otherwise", "`otherwise` must be alone"),
        ("abcdefghij", "'abcdefghij' is not understood"),
        ("(" * (DEEPEST + 1) + "a" + ")" * (DEEPEST + 1), "brackets within each other"),
        ("a" + " | a" * LONGEST, "longer than"),
    ],
)
def test_what_is_no_rule_is_said(text: str, says: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text)
    assert says in caught.value.what and caught.value.field == "rule"


@given(st.text(alphabet="abn level0123>=&|() ≥!.", max_size=60))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = parse(text)
    except Invalid:
        return
    named = [*letters(rule), *counts(rule), *levels(rule)]
    assert named or rule == Otherwise()
