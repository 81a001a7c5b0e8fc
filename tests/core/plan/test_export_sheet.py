from __future__ import annotations

import datetime

import msgspec
import pytest

from reviewapp.plan import export_plan
from reviewapp.plan.rows import TITLES
from reviewapp.visit.state import DecisionRecord, TextRecord
from tests.core.intake.sheet_building import SCORED, cells, instrument, opened, same_as_golden, standard
from tests.core.plan.plan_building import Sheet, action, visit

FULL = {"due": "2026-09-30", "priority": 1, "status": "in_progress", "owner": "Team manager", "action": "Call sooner"}


def rows(state):
    sheet = opened(export_plan(state))["Action plan"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_col=15)]


def test_every_standard_agreed_not_met_has_a_row_and_type_1_comes_first():
    found = rows(visit(agreed={"36a": "not_met", "47": "met", "4": "not_met", "90": None}))
    assert [(row[0], row[1], row[14]) for row in found[:2]] == [("4", "1", "AP-4"), ("36a", "2", "AP-36a")]
    assert [row[14] for row in found[2:]] == [f"AP-x{n:02}" for n in range(1, 21)]


def test_actions_that_exist_fill_the_rows_and_a_second_one_has_its_own():
    found = rows(visit(action("AP1", "4", **FULL), action("AP2", "4", action="Write it down")))
    assert [(row[0], row[3], row[14]) for row in found[:3]] == [
        ("4", "Call sooner", "AP1"), ("4", "Write it down", "AP2"), ("36a", None, "AP-36a"),
    ]  # fmt: skip
    assert found[0][4:9] == ["Team manager", datetime.datetime(2026, 9, 30), 1, None, "in progress"]


def test_actions_on_other_standards_are_not_left_out():
    found = rows(visit(action("AP1", "47", action="Keep it up"), action("AP2", "", action="Tell everyone")))
    assert [(row[0], row[3]) for row in found[2:4]] == [("47", "Keep it up"), (None, "Tell everyone")]


def test_spare_rows_never_take_an_id_that_is_used():
    found = rows(visit(action("AP-x01", "4", action="One")))
    assert found[0][14] == "AP-x01"
    assert [row[14] for row in found[2:]] == [f"AP-x{n:02}" for n in range(2, 22)]


def test_on_a_scored_scale_the_two_lowest_scores_call_for_an_action():
    agreed = {"4": 1, "36a": 2, "47": 3, "90": 5}
    found = rows(visit(agreed=agreed, instrument=instrument(SCORED)))
    assert [row[0] for row in found[:3]] == ["4", "36a", None]


@pytest.mark.parametrize("text", ["=1+1", "+44", "-", "@home", "'quoted", "=cmd|' /C calc'!A0"])
def test_what_a_person_typed_is_never_a_formula(text):
    sheet = Sheet(visit(action("AP1", "4", action=text)))
    assert (sheet.cell("AP1", "action").value, sheet.cell("AP1", "action").data_type) == (text, "s")


def test_a_text_no_cell_can_hold_is_shown_as_a_beginning_that_says_how_much_is_left():
    shown = opened(export_plan(visit(action("AP1", "4", action="x" * 40_000))))["Action plan"]["D2"].value
    begin = len(shown) - len(shown.lstrip("x"))
    assert shown == "x" * begin + f" [… and {40_000 - begin:,} more characters: " + (
        "only the review program has the rest of this text]"
    )


def test_more_standards_than_a_rule_can_list_are_offered_all_the_same():
    many = msgspec.structs.replace(instrument(), standards=tuple(standard(str(n), "1") for n in range(1, 175)))
    book = opened(export_plan(visit(instrument=many)))
    rule = next(r for r in book["Action plan"].data_validations.dataValidation if str(r.sqref).startswith("A"))
    assert rule.formula1 == "Lists!$A$2:$A$175"
    assert (book["Lists"]["A2"].value, book["Lists"]["A175"].value) == ("1", "174")
    assert book["Lists"].sheet_state == "hidden"


def test_only_what_the_host_fills_in_is_unlocked():
    sheet = Sheet(visit())
    assert sheet.sheet.protection.sheet
    locked = [field for field in TITLES if sheet.cell("AP-4", field).protection.locked]
    assert locked == ["standard", "type", "asked", "id", "check", "sent", "seen"]
    assert not sheet.cell("AP-x01", "standard").protection.locked
    assert all(sheet.sheet.column_dimensions[letter].hidden for letter in "OPQR")


def test_a_draft_on_a_subset_says_so_and_what_is_still_open():
    def told(state):
        first = opened(export_plan(state)).worksheets[0]
        return " ".join(str(cell.value) for row in first for cell in row if cell.value)

    draft = told(visit())
    assert "DRAFT" in draft
    assert "not an accreditation outcome" in draft
    assert "standards 90, 101." in draft
    assert "12 May 2026" in draft
    assert "DRAFT" in told(visit(decisions={"1": DecisionRecord(key="1", presentation=1, note="not decided yet")}))
    assert "DRAFT" not in told(visit(decisions={"1": DecisionRecord(key="1", presentation=1, label="deferred")}))


def test_the_cells_of_a_plan_are_those_on_record():
    same_as_golden("action_plan.txt", cells(export_plan(visit(action("AP1", "4", measure="Every call", **FULL)))))


def test_what_the_report_recommends_stands_on_the_sheet_beside_its_standard():
    state = visit(agreed={"4": "not_met"})
    words = "Give every patient a copy of the plan."
    said = TextRecord(key="recommendation:4", person="", subject="recommendation:4", text=words)
    state = msgspec.structs.replace(state, passages={"recommendation:4": said})
    asked = [row[2] for row in rows(state)]
    assert asked[0].endswith(f"\nRecommended: {words}")
    assert not any("Recommended" in text for text in asked[1:] if text)
