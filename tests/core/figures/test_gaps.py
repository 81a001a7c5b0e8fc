"""Which standards call for an action, on a scale of met and not met and on a scored one."""

from reviewapp.figures.gaps import gaps
from tests.core.visit.building import RATED, SCORED, instrument, scored_instrument, visit


def numbers(state):
    return [standard.number for standard in gaps(state)]


def test_what_is_not_met_is_a_gap_type_1_first():
    measured = instrument({"4": "2", "47": "1", "90": "1", "96": "1"}, scale=RATED)
    assert numbers(visit(measured, agreed={"4": "not_met", "47": "not_met", "90": "met", "96": "na"})) == ["47", "4"]


def test_a_score_below_the_middle_is_a_gap_and_an_item_not_scored_is_none():
    state = visit(scored_instrument(7), agreed={"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "6": "na"})
    assert numbers(state) == ["1", "2"]


def test_the_number_1_is_not_the_word_1():
    words = instrument({"1": "1", "2": "1"}, scale=SCORED, thresholds=())
    assert numbers(visit(words, agreed={"1": "1", "2": 1})) == ["2"]


def test_only_what_the_review_found_is_a_gap():
    """A team that claims too little of itself has not been found wanting."""
    measured = instrument({"4": "1", "14": "1"})
    assert gaps(visit(measured, own={"4": "not_met"})) == []
    assert [one.number for one in gaps(visit(measured, own={"4": "met"}, ratings={"4/R2": "not_met"}))] == ["4"]
    assert [one.number for one in gaps(visit(measured, agreed={"14": "not_met"}))] == ["14"]
