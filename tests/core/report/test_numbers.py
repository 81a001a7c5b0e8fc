"""No number is typed: each printed one stands in the status, with its exact value, under the path it names."""

from __future__ import annotations

import re

import pytest

from reviewapp.figures.report_counts import with_report_counts
from reviewapp.figures.status import status
from reviewapp.report.content.status_path import resolve
from reviewapp.report.json_export import report_json
from reviewapp.report.tree import computed_numbers
from tests.core.report import fidelity
from tests.core.report.building import empty_visit, report, rich_visit
from tests.core.visit import building as small


def scored_visit():
    return small.visit(small.scored_instrument(5), ratings={"1/R2": 4, "2/R2": 5, "3/R2": 1}, own={"1": 3})


VISITS = [rich_visit(), empty_visit(), scored_visit(), *(make() for make in fidelity.VISITS.values())]


@pytest.mark.parametrize("profile", ["committee", "host", "circulation"])
@pytest.mark.parametrize("state", VISITS)
def test_every_printed_number_is_the_one_in_the_status(state, profile):
    full = with_report_counts(state, status(state))
    printed = report_json(report(state, profile))["printed"]
    assert printed
    for number in printed:
        assert resolve(full, number["from"]) == number["value"], number


@pytest.mark.parametrize("state", VISITS)
def test_printed_holds_every_computed_number_of_the_tree(state):
    document = report(state)
    printed = {(n["text"], n["from"], n["value"]) for n in report_json(document)["printed"]}
    assert printed == {(n.text, n.from_, n.value) for n in computed_numbers(document.parts)}


def test_the_text_of_a_number_is_its_value_rounded_for_reading():
    for number in report_json(report())["printed"]:
        digits = re.match(r"\d+(\.\d+)?", number["text"])
        assert digits is not None, number
        assert abs(float(digits[0]) - number["value"]) <= 0.5, number


def test_a_share_just_below_a_threshold_does_not_round_up_to_it():
    numbers = [str(n) for n in range(1, 50)]
    met = {f"{n}/R2": "met" if int(n) < 40 else "not_met" for n in numbers}  # 39 of 49 = 79.59 %
    state = small.visit(small.instrument(dict.fromkeys(numbers, "2")), ratings=met)
    printed = {n["from"]: n["text"] for n in report_json(report(state))["printed"]}
    assert printed["figures.by_type.2.percent"] == "79.6%"


@pytest.mark.parametrize(
    ("path", "value"),
    [("a.b", 1), ("list.1.c", 2), ("dots.36.1.c", 3), ("dots.36.d", 4), ("a", {"b": 1})],
)
def test_a_path_leads_to_its_value_even_through_keys_with_dots(path, value):
    status_ = {"a": {"b": 1}, "list": [0, {"c": 2}], "dots": {"36": {"d": 4}, "36.1": {"c": 3}}}
    assert resolve(status_, path) == value


@pytest.mark.parametrize("path", ["x", "a.x", "list.9", "list.x", "a.b.c"])
def test_a_path_to_nowhere_is_an_error(path):
    with pytest.raises(KeyError):
        resolve({"a": {"b": 1}, "list": [0]}, path)
