"""How a figure is remembered: until one of the kinds of record it reads has changed, and no longer than its visit."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import msgspec
import pytest

from reviewapp.visit import figure_cache
from reviewapp.visit.figure_cache import READS, Figure, cached_figure, invalidate, track
from reviewapp.visit.state import VisitState
from tests.core.visit.building import instrument, visit

Counted = tuple[Figure[int], list[VisitState]]


@pytest.fixture
def counted() -> Iterator[Counted]:
    """A figure that reads ratings and people, and the visits for which it was worked out."""
    asked: list[VisitState] = []

    def how_many(state: VisitState) -> int:
        asked.append(state)
        return len(state.ratings)

    figure = cached_figure("ratings", "people")(how_many)
    assert READS.pop(figure) == ("ratings", "people")
    assert figure.__name__ == "how_many"
    yield figure, asked


@pytest.fixture
def state() -> VisitState:
    return visit(instrument({"4": "1"}), ratings={"4/R2": "met"})


def test_a_visit_that_nobody_follows_is_worked_out_anew_each_time(counted: Counted, state: VisitState) -> None:
    figure, asked = counted
    assert (figure(state), figure(state)) == (1, 1)
    invalidate(state, "ratings")
    assert len(asked) == 2


def test_a_figure_stands_until_something_it_reads_has_changed(counted: Counted, state: VisitState) -> None:
    figure, asked = counted
    track(state)
    assert figure(state) == figure(state) == 1
    invalidate(state, "quotes")
    invalidate(state, "quotes", "answers")
    assert figure(state) == 1 and len(asked) == 1
    state.ratings.clear()
    invalidate(state, "quotes", "people")
    assert figure(state) == figure(state) == 0 and len(asked) == 2
    for turn in range(3, 6):
        invalidate(state, "ratings")
        assert figure(state) == figure(state) == 0 and len(asked) == turn


def test_when_everything_may_have_changed_nothing_is_remembered(counted: Counted, state: VisitState) -> None:
    figure, asked = counted
    track(state)
    figure(state)
    invalidate(state)
    assert figure(state) == figure(state) == 1 and len(asked) == 2


def test_two_visits_are_remembered_apart(counted: Counted, state: VisitState) -> None:
    figure, asked = counted
    other = msgspec.structs.replace(state, ratings={})
    track(state)
    track(other)
    assert (figure(state), figure(other), figure(state), figure(other)) == (1, 0, 1, 0)
    invalidate(other, "ratings")
    assert (figure(state), figure(other)) == (1, 0)
    assert [one is other for one in asked] == [False, True, True]


def test_with_a_visit_goes_all_that_was_remembered_of_it(counted: Counted) -> None:
    figure, asked = counted
    gc.collect()
    before = set(figure_cache._memories)
    gone = visit(instrument({"4": "1"}))
    track(gone)
    figure(gone)
    asked.clear()
    assert figure_cache._memories.keys() - before == {id(gone)}
    del gone
    gc.collect()
    assert figure_cache._memories.keys() <= before


def test_what_was_remembered_of_a_visit_that_is_gone_is_never_told_of_the_next_in_its_place(
    counted: Counted, state: VisitState
) -> None:
    """Memory is used again: a new visit may get the number (`id`) of one that is no more, and be followed itself."""
    figure, _ = counted
    other = msgspec.structs.replace(state, ratings={})
    track(other)
    old = figure_cache._memories.pop(id(other))
    old.found[figure] = (0, 0), 99
    figure_cache._memories[id(state)] = old
    try:
        assert figure(state) == 1
        track(state)
        followed = figure_cache._memories[id(state)]
        figure_cache._forget(id(state), old.state)
        assert figure_cache._memories[id(state)] is followed
        figure_cache._forget(-1, old.state)
    finally:
        del figure_cache._memories[id(state)]
