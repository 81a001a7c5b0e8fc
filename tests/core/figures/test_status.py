"""The contract of `visit status --json`, and how shares are printed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.figures.status import percent_text, share, status
from reviewapp.instruments.model import Guide, Targets
from reviewapp.visit.state import VisitState
from tests.core.visit.building import conflict, instrument, prompt, quote, scored_instrument, talk, visit


def example() -> VisitState:
    """A small visit in which a bit of everything occurs."""
    measured = instrument(
        {"4": "1", "47": "1", "14": "2"},
        guides=(
            Guide(group="patient", prompts=(prompt("PT1", "4"),)),
            Guide(group="carer", prompts=(prompt("CA1", "47"),)),
        ),
        audit={"A1": ["4"]},
        targets=Targets(interviews={"patient": 3}, surveys={"carer": 10}, case_notes=10),
    )
    return visit(
        measured,
        ratings={"4/R2": "met", "4/R3": "not_met", "47/R2": "met", "47/O5": "not_met"},
        agreed={"14": "not_met"},
        own={"4": "met", "47": "met", "14": "na"},
        survey={"carer/47": (9, 4, 1)},
        audit={"3/A1/R2": "yes", "7/A1/R2": "not_recorded", "7/A1/R3": "not_recorded", "9/A1/host": "yes"},
        talks=[talk("P1/R2"), talk("P2/R2", consent=None), talk("P1/R3"), talk("C1/R3", "carer")],
        answers={"P1/PT1/R2": "Spoken of", "P2/PT1/R2": "Without consent", "P1/PT1/R3": "  "},
        quotes=[quote("Q1/R3", "C1", "47")],
        conflicts=[conflict("context", "caseload", 37, 38)],
    )


def test_status_says_what_the_contract_says():
    found = status(example())
    assert {k: found["visit"][k] for k in ("id", "service", "organisation", "date", "instrument", "kind")} == {
        "id": "v1",
        "service": "Example team",
        "organisation": "Example organisation",
        "date": "2026-05-12",
        "instrument": "example",
        "kind": "accreditation",
    }
    assert found["progress"] == {
        "people": {
            "L1": {"rated": 0, "of": 3},
            "R2": {"rated": 2, "of": 3},
            "R3": {"rated": 1, "of": 3},
            "R4": {"rated": 0, "of": 3},
        },
        "interviews": {"patient": {"done": 1, "target": 3}, "carer": {"done": 1, "target": 0}},
        "case_notes": {"done": 2, "target": 10},
    }
    assert (found["figures"]["basis"], found["figures"]["basis_counts"]) == ("agreed", {"agreed": 1, "peer": 1})
    assert found["figures"]["by_type"] == {
        "1": {"met": 1, "not_met": 0, "na": 0, "unrated": 1, "applicable": 1, "percent": 100.0},
        "2": {"met": 0, "not_met": 1, "na": 0, "unrated": 0, "applicable": 1, "percent": 0.0},
    }
    assert found["figures"]["by_section"]["Care"] == found["figures"]["overall"]
    assert found["self_review"]["overall"]["met"] == 2
    assert "basis" not in found["self_review"]
    assert found["audit"] == {"A1": {"yes": 1, "no": 0, "na": 0, "not_recorded": 1, "n": 2, "percent": 50.0}}
    assert found["survey"]["carer"] == {
        "respondents": 14,
        "target": 10,
        "standards": {"47": {"yes": 9, "no": 4, "na": 1, "n": 13, "percent": 900 / 13}},
    }
    assert found["forecast"] == {
        "scope": "subset",
        "outcome": "does_not_meet",
        "best_case": "does_not_meet",
        "worst_case": "does_not_meet",
        "thresholds": [
            {"type": "1", "required": 100, "percent": 100.0, "holds": True},
            {"type": "2", "required": 80, "percent": 0.0, "holds": False},
            {"type": "3", "required": 60, "percent": None, "holds": True},
        ],
        "to_meet": [{"type": "2", "need": 1, "from": ["14"]}],
    }
    assert found["disagreements"] == [
        {
            "standard": "4",
            "type": "1",
            "ratings": {"R2": "met", "R3": "not_met"},
            "self_review": "met",
            "agreed": None,
        }
    ]
    assert found["conflicts"][0]["values"][1] == {
        "value": 38,
        "person": "L1",
        "at": "2026-05-12T14:00:00Z",
        "entry": "e1",
    }
    assert found["digest"] == "d1"


def test_every_other_number_of_the_report_has_a_place_in_status():
    found = status(example())
    assert found["material"] == {
        "standards": 3,
        "standards_by_type": {"1": 2, "2": 1},
        "people_spoken_to": {"patient": 1, "carer": 1},
        "quotes": 1,
        "case_notes": 2,
        "concerns": 0,
        "documents_seen": 0,
        "actions": 0,
    }
    assert found["ratings"]["14"] == {"value": "not_met", "basis": "agreed"}
    assert found["self_review_compared"] == {"same": 1, "higher": 0, "lower": 0, "other": 1, "not_compared": 1}


@pytest.mark.parametrize("state", [example(), visit(instrument({"4": "1"})), visit(scored_instrument())])
def test_status_is_plain_json(state):
    assert json.loads(json.dumps(status(state), allow_nan=False)) == status(state)


def test_an_empty_visit_has_no_basis_and_nothing_to_say():
    found = status(visit(instrument({"4": "1"})))
    assert (found["figures"]["basis"], found["figures"]["basis_counts"]) == (None, {})
    assert found["progress"]["interviews"] == {}
    assert found["survey"] == {}


def test_a_scored_visit_carries_its_score_and_a_rated_one_none():
    found = status(visit(scored_instrument(), ratings={f"{n}/R2": 3 for n in range(1, 40)}))
    assert found["figures"]["score"]["total"] == 117
    assert found["forecast"]["outcome"] == found["figures"]["score"]["band"] == "moderate"
    assert status(example())["figures"]["score"] is None


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (7, 9, "7 of 9"),
        (9, 9, "9 of 9"),
        (0, 0, "none"),
        (7, 10, "7 of 10"),
        (25, 32, "78%"),
        (199, 200, "99.5%"),
        (1, 300, "0.3%"),
        (12, 12, "12 of 12"),
    ],
)
def test_few_people_are_counted_not_turned_into_percentages(part, whole, text):
    assert share(part, whole) == text


@pytest.mark.parametrize(
    ("value", "threshold", "text"),
    [
        (None, 80, "none applicable"),
        (79.6, 80, "79.6%"),
        (79.6, None, "80%"),
        (79.96, 80, "79.96%"),
        (80.0, 80, "80%"),
        (80.4, 80, "80%"),
        (66.8, 66.7, "67%"),
        (66.6, 66.7, "66.6%"),
        (66.68, 66.7, "66.68%"),
        (80.4, 80.4, "80.4%"),
        (0.0, None, "0%"),
        (0.04, None, "0.04%"),
        (100.0, 100, "100%"),
        (99.96, 100, "99.96%"),
        (2300 / 24, 100, "96%"),
        (12.5, None, "13%"),
    ],
)
def test_a_percentage_is_whole_unless_that_would_mislead(value, threshold, text):
    assert percent_text(value, threshold) == text


@given(
    st.integers(1, 3000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.sampled_from([100, 80, 60, 66.7, 33.3, 50]),
)
def test_a_printed_percentage_is_on_the_same_side_of_its_threshold(counted, required):
    met, applicable = counted
    printed = Decimal(percent_text(100 * met / applicable, required).removesuffix("%"))
    exactly = Decimal(met * 100)
    assert (printed >= Decimal(str(required))) == (exactly >= Decimal(str(required)) * applicable)
    assert (printed == 100) == (met == applicable)
    assert (printed == 0) == (met == 0)
    assert abs(printed - exactly / applicable) <= Decimal("0.5")
