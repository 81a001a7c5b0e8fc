"""The counts that only the report prints: each is what its name says."""

from __future__ import annotations

import msgspec

from reviewapp.figures.report_counts import PART, differing, report_counts, with_report_counts
from reviewapp.figures.status import status
from reviewapp.visit.state import DecisionRecord, ResponseRecord
from tests.core.visit.building import instrument, quote, talk, visit

MEASURED = instrument(dict.fromkeys(["1", "2", "3", "4", "5", "6"], "1"))
STATE = visit(
    MEASURED,
    ratings={
        "1/R2": "met",
        "1/R3": "not_met",
        "2/R2": "met",
        "2/R3": "na",
        "3/R2": "met",
        "3/R3": "met",
        "4/R2": "met",
        "6/R2": "met",
        "6/R3": "na",
    },
    agreed={"1": "met", "5": "na"},
    own={"1": "met", "2": "met", "3": "not_met", "4": "na", "5": "met"},
    context={"caseload": 40, "area": "Example"},
)
STATE.responses["1"] = ResponseRecord(key="1", standard="1", text="t")
STATE.decisions["1"] = DecisionRecord(key="1", presentation=1, label="deferred")


def test_each_count_is_what_its_name_says() -> None:
    found = report_counts(STATE)
    assert found["reviewers"] == 4, "observers are none"
    assert found["rated_as"] == {
        "1": {"met": 1, "not_met": 1}, "2": {"met": 1, "na": 1}, "3": {"met": 2}, "4": {"met": 1},
        "6": {"met": 1, "na": 1},
    }  # fmt: skip
    assert found["disagreements"] == {"total": 3, "settled": 1, "open": 2}
    assert found["compared"] == 4 and found["context"] == {"caseload": 40, "area": "Example"}
    assert found["benchmark"] is None and found["previous"] is None
    assert found["responses"] == {"received": 1, "accepted": 0, "declined": 0, "waiting": 1, "changed": 0}
    assert list(found["presentations"]) == ["1"] and found["presentations"]["1"]["label"] == "deferred"
    assert (found["presentations_most"], found["suppress_below"]) == (3, MEASURED.suppress_below)


def test_what_the_review_rated_otherwise_than_the_team_is_told_whichever_way() -> None:
    assert [(row.standard, row.outcome) for row in differing(STATE)] == [
        ("3", "higher"),
        ("4", "other"),
        ("5", "other"),
    ]
    lower = visit(MEASURED, agreed={"1": "not_met"}, own={"1": "met"})
    assert [(row.standard, row.outcome) for row in differing(lower)] == [("1", "lower")]


def test_counts_are_added_once() -> None:
    made = with_report_counts(STATE, {"visit": {}})
    assert made == {"visit": {}, PART: report_counts(STATE)}
    assert with_report_counts(STATE, made) is made


def test_the_status_says_of_what_its_numbers_are() -> None:
    measured = msgspec.structs.replace(instrument({"4": "1"}, audit={"A1": ["4"]}), subset_note="a part", edition="4th")
    state = visit(
        measured,
        talks=[talk("P1/R2")],
        quotes=[quote("Q1/R2", "P1", "4"), quote("Q2/R2", "P1", "4", text=" ")],
        audit={"1/A1/R2": "yes", "1/A1/R3": "no"},
    )
    told = status(state)
    assert {name: told["visit"][name] for name in ("edition", "scope", "subset_note")} == {
        "edition": "4th", "scope": "subset", "subset_note": "a part",
    }  # fmt: skip
    assert told["material"]["quotes"] == 1 and [one["standard"] for one in told["untested"]] == ["4"]
    assert [one["values"] for one in told["audit_differences"]] == [{"R2": "yes", "R3": "no"}]
