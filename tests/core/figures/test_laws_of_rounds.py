"""What holds for any rounds: nothing is lost when the next visit keeps one, and the order of files does not matter."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.figures.ask_first import ask_first
from reviewapp.figures.rounds import RoundFigures, record_of, round_of, rounds_of_records
from reviewapp.figures.series import series_of
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.rounds import THIS
from tests.core.visit.building import scored_instrument, visit

ITEMS = 5
Scores = dict[str, int | str]
SCORES = st.dictionaries(st.sampled_from([str(n) for n in range(1, ITEMS + 1)]), st.sampled_from([1, 2, 3, 4, 5, "na"]))
SOME = settings(max_examples=40, deadline=None)


def made(number: int, scores: Scores) -> RoundFigures:
    """A round of five items, a year after the one before."""
    one = round_of(visit(scored_instrument(ITEMS), agreed=scores))
    day = f"20{10 + number}-05-12"
    return msgspec.structs.replace(one, visit=f"w{number}", label=f"round {number}", planned=day, held=day)


def latest(scores: Scores, before: list[RoundFigures]) -> VisitState:
    """A visit of 2026 that knows of these rounds."""
    state = visit(scored_instrument(ITEMS), agreed=scores)
    state.rounds = {f"E{n}": record_of(one, f"E{n}") for n, one in enumerate(before)}
    return state


@SOME
@given(st.lists(SCORES, max_size=4))
def test_what_the_next_visit_keeps_of_a_round_is_what_it_said(scores: list[Scores]) -> None:
    rounds = [made(n, one) for n, one in enumerate(scores)]
    kept = [record_of(one, f"E{n}") for n, one in enumerate(rounds)]
    assert rounds_of_records(reversed(kept), scored_instrument(ITEMS)) == rounds


@SOME
@given(st.lists(SCORES, min_size=1, max_size=4), SCORES, st.randoms(use_true_random=False))
def test_however_the_rounds_come_and_however_often_the_series_is_the_same(
    scores: list[Scores], own: Scores, chance: random.Random
) -> None:
    rounds = [made(n, one) for n, one in enumerate(scores)]
    whole = series_of(latest(own, rounds))
    assert [one.held for one in whole.rounds] == sorted(one.held for one in whole.rounds)
    given_twice = [*rounds, *rounds]
    chance.shuffle(given_twice)
    assert series_of(latest(own, rounds[:1]), given_twice) == whole


@SOME
@given(st.lists(SCORES, min_size=1, max_size=3), SCORES)
def test_the_common_set_is_the_same_items_at_every_round(scores: list[Scores], own: Scores) -> None:
    found = series_of(latest(own, [made(n, one) for n, one in enumerate(scores)]))
    every = [*scores, own]
    both = [str(n) for n in range(1, ITEMS + 1) if all(isinstance(one.get(str(n)), int) for one in every)]
    assert list(found.common.standards) == both and found.common.n == len(both)
    sums = [sum(int(one[number]) for number in both) for one in every]
    assert list(found.common.totals) == (sums if both else [None] * len(every))


@SOME
@given(SCORES, SCORES)
def test_every_item_is_rated_asked_first_or_carried(before: Scores, own: Scores) -> None:
    found = ask_first(latest(own, [made(0, before)]))
    assert found is not None
    asked, carried = {one.standard for one in found.first}, {one.standard for one in found.carried}
    assert asked | carried | own.keys() == {str(n) for n in range(1, ITEMS + 1)}
    assert not (asked | carried) & own.keys() and not asked & carried
    assert THIS not in carried
