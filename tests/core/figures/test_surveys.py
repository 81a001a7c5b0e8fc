"""How many people answered the survey: what the team states, or the longest row."""

from __future__ import annotations

from typing import Any

import pytest

from reviewapp.figures.surveys import SurveyCounts, survey_figures
from reviewapp.instruments.model import Targets
from tests.core.visit.building import conflict, instrument, visit

MEASURED = instrument({"4": "1", "14": "1"}, targets=Targets(surveys={"carer": 10, "staff": 0}))
ROWS = {"carer/4": (3, 1, 2), "carer/14": (9, 0, 0)}


def test_a_group_has_its_counts_in_the_order_of_the_numbers() -> None:
    found = survey_figures(visit(MEASURED, survey=ROWS))["carer"]
    assert list(found.standards) == ["4", "14"]
    assert found.standards["4"] == SurveyCounts(yes=3, no=1, na=2, n=4, percent=75.0)
    assert (found.respondents, found.target) == (9, 10)


@pytest.mark.parametrize(
    ("stated", "respondents"),
    [(12, 12), ("12", 12), (" 12 ", 12), (12.0, 12), (0, 9), (8, 9), ("twelve", 9), ("", 9), (True, 9), (-12, 9),
     (12.5, 9), (None, 9), ("-12", 9), ("12.0", 9)],
)  # fmt: skip
def test_respondents_are_a_whole_number_that_the_team_states_or_the_longest_row(stated: Any, respondents: int) -> None:
    state = visit(MEASURED, survey=ROWS, context={"respondents_carer": stated, "caseload": 40})
    assert survey_figures(state)["carer"].respondents == respondents


def test_a_group_is_there_with_answers_a_target_or_stated_respondents_and_otherwise_not() -> None:
    state = visit(MEASURED, survey={"patient/4": (1, 0, 0)}, context={"respondents_manager": 2, "respondents": 3})
    found = survey_figures(state)
    assert list(found) == ["patient", "carer", "manager"]
    assert [(one.respondents, one.target) for one in found.values()] == [(1, 0), (0, 10), (2, 0)]


@pytest.mark.parametrize(
    ("stated", "there"), [(0, True), ("0", True), (1, True), (-1, False), (True, False), (0.5, False)]
)
def test_what_is_no_number_of_people_names_no_group(stated: Any, there: bool) -> None:
    assert ("manager" in survey_figures(visit(MEASURED, context={"respondents_manager": stated}))) == there


def test_a_row_that_two_laptops_counted_differently_is_left_out() -> None:
    torn = visit(MEASURED, survey=ROWS, conflicts=[conflict("survey", "carer/14", 9, 8, field="yes")])
    assert list(survey_figures(torn)["carer"].standards) == ["4"]
    other = visit(MEASURED, survey=ROWS, conflicts=[conflict("rating", "carer/14", "met", "na")])
    assert list(survey_figures(other)["carer"].standards) == ["4", "14"]
