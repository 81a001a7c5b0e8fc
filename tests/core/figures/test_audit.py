"""Which answer counts in each cell of the case-note grid, and in which none does."""

from __future__ import annotations

import pytest

from reviewapp.figures.audit import (
    AuditCounts,
    AuditDifference,
    audit_cells,
    audit_differences,
    audit_figures,
    reviewed_cells,
)
from tests.core.visit.building import conflict, instrument, visit

GRID = instrument({"4": "1"}, audit={"A1": ["4"], "A2": ["4"]})
CELL = ("1", "A1")


def test_a_cell_counts_with_what_all_who_answered_it_say() -> None:
    state = visit(GRID, audit={"1/A1/R2": "yes", "1/A1/R3": "yes", "1/A2/R2": "no", "2/A1/R4": None})
    assert audit_cells(state) == {CELL: "yes", ("1", "A2"): "no"}
    assert audit_differences(state) == []


@pytest.mark.parametrize("second", ["no", "na", "not_recorded"])
def test_a_cell_that_reviewers_see_differently_counts_for_nothing_until_it_is_agreed(second: str) -> None:
    audit: dict[str, str | None] = {"1/A1/R3": second, "1/A1/R2": "yes", "1/A1/R4": None, "1/A1/O5": "no"}
    state = visit(GRID, audit=audit)
    assert audit_cells(state) == {}
    (found,) = audit_differences(state)
    assert found == AuditDifference(case_note="1", item="A1", values={"R2": "yes", "R3": second})
    assert list(found.values) == ["R2", "R3"]
    agreed = visit(GRID, audit=audit, agreed_audit={"1/A1": "yes", "1/A2": None})
    assert audit_cells(agreed) == {CELL: "yes"}
    assert audit_differences(agreed)[0].agreed == "yes"


def test_what_observers_and_strangers_say_of_a_cell_is_not_counted() -> None:
    state = visit(GRID, audit={"1/A1/R2": "yes", "1/A1/O5": "no", "1/A1/X9": "no", "1/A2/O5": "yes"})
    assert audit_cells(state) == {CELL: "yes"}
    assert reviewed_cells(state) == [CELL]


def test_the_teams_own_answers_count_only_while_no_reviewer_has_answered_any() -> None:
    own: dict[str, str | None] = {"1/A1/host": "yes", "2/A1/host": "no"}
    assert audit_cells(visit(GRID, audit=own)) == {CELL: "yes", ("2", "A1"): "no"}
    assert audit_cells(visit(GRID, audit={**own, "3/A1/R2": "yes"})) == {("3", "A1"): "yes"}
    assert audit_cells(visit(GRID, audit={**own, "3/A1/R2": "yes", "3/A1/R3": "no"})) == {}


def test_an_answer_that_two_laptops_changed_is_no_answer_until_it_is_settled() -> None:
    audit: dict[str, str | None] = {"1/A1/R2": "yes", "1/A2/R2": "no", "1/A2/R3": "yes"}
    torn = visit(GRID, audit=audit, conflicts=[conflict("audit", "1/A1/R2", "yes", "no")])
    assert audit_cells(torn) == {}
    other = visit(GRID, audit={**audit, "1/A2/R4": "na"}, conflicts=[conflict("audit", "1/A2/R4", "na", "no")])
    assert audit_differences(other)[0].values == {"R2": "no", "R3": "yes"}
    alike = visit(GRID, audit={"1/A1/R2": "yes", "1/A1/R3": "no"}, conflicts=[conflict("audit", "1/A1/R3", "no", "na")])
    assert audit_cells(alike) == {CELL: "yes"}


def test_a_conflict_about_something_else_leaves_a_cell_alone() -> None:
    about = [
        conflict("audit", "1/A1/R2", "n1", "n2", field="note"), conflict("rating", "1/A1/R2", "met", "na"),
        conflict("agreed_audit", "1/A1", "r1", "r2", field="reason"), conflict("audit", "1/A1", "yes", "no"),
    ]  # fmt: skip
    assert audit_cells(visit(GRID, audit={"1/A1/R2": "yes"}, conflicts=about)) == {CELL: "yes"}
    state = visit(GRID, audit={"1/A1/R2": "yes"}, agreed_audit={"1/A1": "no"}, conflicts=about)
    assert audit_cells(state) == {CELL: "no"}


def test_no_reviewers_answer_takes_the_place_of_an_agreement_that_two_laptops_changed() -> None:
    for said in ("yes", None):
        state = visit(
            GRID,
            audit={"1/A1/R2": "yes", "1/A2/R2": "yes"},
            agreed_audit={"1/A1": said},
            conflicts=[conflict("agreed_audit", "1/A1", "yes", "no")],
        )
        assert audit_cells(state) == {("1", "A2"): "yes"}
    differ = visit(
        GRID,
        audit={"1/A1/R2": "yes", "1/A1/R3": "no"},
        agreed_audit={"1/A1": "yes"},
        conflicts=[conflict("agreed_audit", "1/A1", "yes", "no")],
    )
    assert audit_differences(differ)[0].agreed is None


def test_an_agreement_that_was_taken_back_gives_the_word_back_to_the_reviewers() -> None:
    assert audit_cells(visit(GRID, audit={"1/A1/R2": "yes"}, agreed_audit={"1/A1": None})) == {CELL: "yes"}


def test_counts_of_an_item_leave_out_what_did_not_apply() -> None:
    said = ["yes", "yes", "no", "na", "not_recorded"]
    audit: dict[str, str | None] = {f"{number}/A1/R2": value for number, value in enumerate(said)}
    assert audit_figures(visit(GRID, audit=audit)) == {
        "A1": AuditCounts(yes=2, no=1, na=1, not_recorded=1, n=4, percent=50.0),
        "A2": AuditCounts(),
    }


def test_an_answer_to_an_item_that_the_instrument_lacks_is_in_no_count_and_comes_last_where_it_differs() -> None:
    differ = {f"{note}/{item}/{who}": ("yes", "no")[who == "R3"] for note in ("10", "9")
              for item in ("Z9", "B", "A2", "A1") for who in ("R2", "R3")}  # fmt: skip
    state = visit(GRID, audit={**differ, "1/Z9/R2": "yes"})
    assert audit_figures(state) == {"A1": AuditCounts(), "A2": AuditCounts()}
    assert [(one.case_note, one.item) for one in audit_differences(state)] == [
        (note, item) for note in ("9", "10") for item in ("A1", "A2", "B", "Z9")
    ]
