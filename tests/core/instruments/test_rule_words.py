"""What the highest score takes is told in words, for every form of rule of the invented scale."""

from __future__ import annotations

import pytest

from reviewapp.instruments.library import builtin
from reviewapp.instruments.rule_words import highest_in_words, highest_score, rule_in_words
from reviewapp.instruments.score_rules import parse

SCALE = next(one for one in builtin() if one.id == "example-fidelity-8")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1", "all 5 criteria"), ("2", "all 6 criteria"), ("3", "c and d"), ("4", "all 4 criteria"),
        ("5", "step d of the ladder"), ("6", "b and c"),
    ],
)  # fmt: skip
def test_the_highest_score_of_each_item(number: str, words: str) -> None:
    standard = SCALE.standard(number)
    assert highest_score(standard) == 5 and highest_in_words(standard) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("n>=3", "at least 3 of 5 criteria"), ("n=3", "3 of 5 criteria"), ("c | b & d", "c or (b and d)"),
        ("a & n>=4", "a and at least 4 of 5 criteria"), ("otherwise", ""),
    ],
)  # fmt: skip
def test_a_rule_in_words(rule: str, words: str) -> None:
    assert rule_in_words(parse(rule), SCALE.standard("1")) == words


def test_without_a_map_nothing_is_told() -> None:
    standard = next(one for one in builtin() if one.id == "core-fidelity-2").standards[0]
    assert highest_score(standard) is None and highest_in_words(standard) == ""
