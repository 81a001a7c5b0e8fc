"""A map gives for every combination of criteria what its rules say, and one that cannot be right is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.instruments.model import Criterion, Standard
from reviewapp.instruments.scoring import ItemScoring, Lift
from reviewapp.instruments.truth_tables import MOST
from tests.core.instruments.scored_items import (
    SCALE,
    all_possible,
    item,
    letters_of,
    score_by_reading,
    scoring,
    standards,
)

COUNTED = {5: "n=6", 4: "n=5", 3: "n=4", 2: "n=3", 1: "otherwise"}


def _is_sound(standard: Standard) -> bool:
    """By trying every combination: every score occurs, and none falls when one more criterion is met."""
    score = {met: score_by_reading(standard, met) for met in all_possible(standard)}
    never_lower = all(
        score[met | {one.id}] >= score[met] for met in score for one in standard.criteria if met | {one.id} in score
    )
    return never_lower and set(score.values()) == {row.score for row in standard.map}


@settings(deadline=None, max_examples=120)
@given(standards())
def test_a_map_is_taken_exactly_when_no_combination_speaks_against_it(standard: Standard) -> None:
    try:
        made = ItemScoring(standard, SCALE)
    except Invalid:
        assert not _is_sound(standard)
        return
    assert _is_sound(standard)
    for met in all_possible(standard):
        assert made.score(made.combination(met)) == score_by_reading(standard, met)


@settings(deadline=None, max_examples=120)
@given(standards(), st.randoms(use_true_random=False))
def test_what_lifts_a_score_is_the_smallest_and_all_of_the_smallest(standard: Standard, random: object) -> None:
    try:
        made = ItemScoring(standard, SCALE)
    except Invalid:
        return
    states = list(all_possible(standard))
    now = states[random.randrange(len(states))]  # type: ignore[attr-defined]
    better = [
        met - now for met in states if met > now and score_by_reading(standard, met) > score_by_reading(standard, now)
    ]
    found = made.lifts(made.combination(now))
    if not better:
        assert found is None
        return
    least = min(map(len, better))
    assert found is not None and found.need == least
    assert {frozenset(one) for one in found.sets} == {one for one in better if len(one) == least}
    assert len(set(found.sets)) == len(found.sets)


def test_a_count_says_which_criteria_are_enough() -> None:
    made = scoring("abcdef", COUNTED)
    assert made.lifts(made.combination("abc")) == Lift(score=3, need=1, sets=(("d",), ("e",), ("f",)))
    found = made.lifts(made.combination("a"))
    assert found is not None and (found.score, found.need, len(found.sets)) == (2, 2, 10)
    assert found.any_of == ("b", "c", "d", "e", "f")
    assert made.lifts(made.combination("abcdef")) is None


def test_where_particular_ones_are_needed_it_is_not_any_of_them() -> None:
    made = scoring("abc", {5: "a & b & c", 4: "a & b", 3: "a & c", 2: "a", 1: "otherwise"})
    found = made.lifts(made.combination("a"))
    assert found == Lift(score=3, need=1, sets=(("b",), ("c",)))
    pair = scoring("abcd", {5: "n=4", 4: "a & b | c & d", 3: "n>=2", 2: "n=1", 1: "otherwise"})
    lift = pair.lifts(pair.combination("ac"))
    assert lift is not None and lift.sets == (("b",), ("d",)) and lift.any_of == ("b", "d")
    from_nothing = ItemScoring(item(letters_of("abcd"), {5: "a & b | c & d", 1: "otherwise"}, (5, 1)), SCALE)
    lift = from_nothing.lifts(0)
    assert lift is not None and lift.sets == (("a", "b"), ("c", "d")) and lift.any_of == ()


def test_uneven_steps_leave_gaps() -> None:
    made = scoring("abcdefg", {5: "n=7", 4: "n>=6", 3: "n>=4", 2: "n=3", 1: "otherwise"})
    assert [made.score(made.combination("abcdefg"[:n])) for n in range(8)] == [1, 1, 1, 2, 3, 3, 4, 5]


def test_a_ladder_is_as_high_as_its_highest_step_that_holds() -> None:
    rungs = tuple(Criterion(id=letter, text="t", level=n) for n, letter in enumerate("abcd", 1))
    made = scoring(rungs, {5: "level=4", 4: "level=3", 3: "level=2", 2: "level=1", 1: "otherwise"})
    assert made.score(made.combination("ac")) == 4
    assert made.lifts(made.combination("ac")) == Lift(score=5, need=1, sets=(("d",),))


@pytest.mark.parametrize(
    ("criteria", "rules", "says"),
    [
        ("abcd", {5: "n>=4", 4: "n=3", 3: "n=1", 2: "a & b", 1: "otherwise"}, "lowers the score from 3 to"),
        ("abcd", {5: "n>=3", 4: "n>=3", 3: "n=2", 2: "n=1", 1: "otherwise"}, "score 4 is never given"),
        ("abcd", {5: "n>=4", 4: "n=3", 3: "n=2", 2: "n=1"}, "no row for score 1"),
        ("abcd", {5: "n>=4", 4: "n=3", 3: "n=2", 1: "otherwise"}, "no row for score 2"),
        ("abcd", {5: "n>=4", 4: "n=3", 3: "n=2", 2: "n=1", 1: "n=0"}, "score 1 is the lowest and needs `otherwise`"),
        ("abcd", {5: "n>=4", 4: "otherwise", 3: "n=2", 2: "n=1", 1: "otherwise"}, "only the lowest score"),
        ("abcd", {5: "z", 4: "n=3", 3: "n=2", 2: "n=1", 1: "otherwise"}, "score 5 names 'z', which is no criterion"),
        ("abcd", {5: "level=4", 4: "n=3", 3: "n=2", 2: "n=1", 1: "otherwise"}, "score 5 names level 4"),
        ("abcd", {5: "n=9", 4: "n=3", 3: "n=2", 2: "n=1", 1: "otherwise"}, "score 5 is never given"),
        ("abcd", {6: "n=4", 5: "a & b", 4: "n=3", 3: "n=2", 2: "n=1", 1: "otherwise"}, "score 6 is not one"),
        ("a" * 1, {5: "a", 1: "otherwise"}, "no row for score 4, 3, 2"),
    ],
)
def test_an_impossible_map_is_refused_by_what_is_wrong(criteria: str, rules: dict[int, str], says: str) -> None:
    with pytest.raises(Invalid, match=says.replace("(", r"\(")):
        scoring(criteria, rules)


def test_two_rows_for_one_score_and_a_circle_are_refused() -> None:
    twice = item(letters_of("abcd"), COUNTED)
    doubled = Standard(
        number="1", type="i", section="S", title="T", statement="t", criteria=twice.criteria,
        map=(*twice.map, twice.map[0]),
    )  # fmt: skip
    with pytest.raises(Invalid, match="score 5 has two rows"):
        ItemScoring(doubled, SCALE)
    with pytest.raises(Invalid, match="implies itself in a circle"):
        scoring("abcdef", COUNTED, a=("b",), b=("c",), c=("a",))
    with pytest.raises(Invalid, match="a implies z, which is no criterion"):
        scoring("abcdef", COUNTED, a=("z",))


def test_a_letter_that_never_matters_is_named() -> None:
    made = scoring("abcde", {5: "a & b & c & d", 4: "a & b & c", 3: "a & b", 2: "a", 1: "otherwise"})
    assert made.unused() == ("e",)
    assert scoring("abcdef", COUNTED).unused() == ()


def test_more_criteria_than_all_combinations_of_which_can_be_looked_at_are_refused() -> None:
    many = tuple(Criterion(id=f"c{n}", text="t") for n in range(MOST))
    rules = {5: "n>=12", 4: "n>=9", 3: "n>=6", 2: "n>=3", 1: "otherwise"}
    assert scoring(many, rules).score((1 << 9) - 1) == 4
    with pytest.raises(Invalid, match="a map judges at most 16"):
        scoring((*many, Criterion(id="more", text="t")), rules)
