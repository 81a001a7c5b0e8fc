"""What a team writes beside the cells of its plan is told, with what it is about, and can be kept as notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font

from reviewapp.base.errors import Invalid
from reviewapp.plan import PlanReturn, read_plan
from reviewapp.plan.rows import TITLES
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.visit.state import TeamNoteRecord, VisitState
from reviewapp.visit.statements import Action
from reviewapp.visit.team_notes import notes_of
from tests.core.plan.plan_building import COLUMN, Sheet, action, visit
from tests.core.plan.test_import_sheet import EMPTY

ONE = action("AP1", "4", action="Call sooner", owner="Manager", due="2026-09-30", status="open")
TWO = action("AP2", "36a", action="Write it down")


@pytest.fixture
def state() -> VisitState:
    return visit(ONE, TWO)


def read(sheet: Sheet, state: VisitState, folder: Path, **how: Any) -> PlanReturn:
    return read_plan(sheet.save(folder / "plan.xlsx"), state, **how)


def told(found: PlanReturn) -> list[tuple[str, str, str, str, str]]:
    return [(one.sheet, one.cell, one.kind, one.text, one.standard or one.about) for one in found.words]


def test_a_comment_is_told_with_its_cell_its_author_and_what_it_is_about(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    sheet.cell("AP1", "action").comment = Comment("Cannot be done before March", "Team")
    sheet.sheet["A1"].comment = Comment("All of this is too much", "")
    found = read(sheet, state, tmp_path)
    assert found.as_lists() == EMPTY
    assert told(found) == [
        ("Action plan", "A1", "comment", "All of this is too much", ""),
        ("Action plan", "D2", "comment", "Cannot be done before March", "4"),
    ]
    assert {one.by for one in found.words} == {"Team", ""}
    (mine,) = [one for one in found.words if one.by]
    assert mine.about == "AP1"


def other_sheet(sheet: Sheet) -> None:
    own = sheet.book.create_sheet("Our comments")
    own["B2"], own["C2"], own["B4"] = "We cannot agree", "to the third action", "=A1"


def hidden_sheet(sheet: Sheet) -> None:
    other_sheet(sheet)
    sheet.book["Our comments"].sheet_state = "hidden"


def locked_columns(sheet: Sheet) -> None:
    sheet.put("AP1", asked=f"{sheet.cell('AP1', 'asked').value}\nWE DISPUTE THIS", type="not ours")


def instructions(sheet: Sheet) -> None:
    sheet.book["How to fill this in"]["B5"] = "We never got this page"
    sheet.book["How to fill this in"]["D30"] = "and not this"


def extra_column(sheet: Sheet) -> None:
    sheet.sheet["U1"], sheet.sheet["U2"], sheet.sheet["V1"] = "What is missing", "Money", "Costs"


def hidden_heading(sheet: Sheet) -> None:
    sheet.sheet["S2"] = "Typed where nobody looks"


def below(sheet: Sheet) -> None:
    sheet.sheet.cell(sheet.sheet.max_row + 3, 3).value = "We are three short of staff"


def in_a_spare_row(sheet: Sheet) -> None:
    sheet.put("AP-x01", asked="Nothing was asked about parking")


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (other_sheet, [("Our comments", "B2", "sheet", "We cannot agree | to the third action\n=A1", "")]),
        (hidden_sheet, [("Our comments", "B2", "sheet", "We cannot agree | to the third action\n=A1", "")]),
        (
            locked_columns,
            [
                ("Action plan", "B2", "given", "Type: not ours", "4"),
                ("Action plan", "C2", "given", "What is asked: WE DISPUTE THIS (added to ours)", "4"),
            ],
        ),
        (
            instructions,
            [
                ("How to fill this in", "B5", "given", "We never got this page", ""),
                ("How to fill this in", "D30", "given", "and not this", ""),
            ],
        ),
        (
            extra_column,
            [
                ("Action plan", "V1", "column", "Costs", ""),
                ("Action plan", "U2", "column", "What is missing: Money", "4"),
            ],
        ),
        (hidden_heading, [("Action plan", "S2", "column", "Typed where nobody looks", "4")]),
        (below, [("Action plan", "A26", "row", "What is asked: We are three short of staff", "")]),
        (in_a_spare_row, [("Action plan", "C4", "given", "What is asked: Nothing was asked about parking", "AP-x01")]),
    ],
)
def test_words_outside_the_cells_are_told_and_change_nothing(
    state: VisitState, tmp_path: Path, spoil: Any, expected: list[Any]
) -> None:
    sheet = Sheet(state)
    spoil(sheet)
    found = read(sheet, state, tmp_path)
    assert told(found) == expected
    assert found.lines == ()
    assert {one["text"] for one in found.as_json()["notes"]} == {one[3] for one in expected}


def test_words_above_the_heading_are_told(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    sheet.sheet.insert_rows(1)
    sheet.sheet["B1"] = "Draft of the third meeting"
    assert told(read(sheet, state, tmp_path)) == [("Action plan", "B1", "above", "Draft of the third meeting", "")]


def test_words_are_kept_once_however_often_the_sheet_comes(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    sheet.cell("AP1", "action").comment = Comment("Not before March", "Team")
    other_sheet(sheet)
    found = read(sheet, state, tmp_path)
    notes = notes_of(found.words, state, found.file)
    assert [(note.standard, note.about, note.text) for note in notes] == [
        ("4", "AP1", "Not before March"),
        ("", "", "We cannot agree | to the third action\n=A1"),
    ]
    assert notes[0].source == "plan.xlsx, sheet “Action plan”, cell D2 (comment by Team)"
    state.team_notes |= {note.id: TeamNoteRecord(key=note.id, id=note.id, text=str(note.text)) for note in notes}
    assert read(sheet, state, tmp_path).words == ()


def test_a_row_deleted_from_the_sheet_is_told_with_its_action(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    sheet.sheet.delete_rows(sheet.row("AP1"))
    sheet.sheet.delete_rows(sheet.row("AP-x03"), 2)
    later = visit(ONE, TWO, action("AP3", "4", action="Written since"))
    assert read(sheet, later, tmp_path).missing == (
        {
            "id": "AP1",
            "standard": "4",
            "action": "Call sooner",
            "why": "its row was deleted from the sheet; the action itself is unchanged",
        },
    )


def test_the_row_of_a_gap_without_an_action_is_missed_too(tmp_path: Path) -> None:
    state = visit(TWO)
    sheet = Sheet(state)
    sheet.sheet.delete_rows(sheet.row("AP-4"))
    assert [(one["id"], one["standard"]) for one in read(sheet, state, tmp_path).missing] == [("AP-4", "4")]


def test_a_row_that_is_there_but_not_recognised_is_not_called_deleted(state: VisitState, tmp_path: Path) -> None:
    found = read(Sheet(state).put("AP1", check="c0"), state, tmp_path)
    assert [one["id"] for one in found.unknown] == ["AP1"]
    assert found.missing == ()


def without_what_it_was_sent_with(sheet: Sheet) -> Sheet:
    """As an older version sent it."""
    sheet.sheet.delete_cols(len(TITLES) + 1)
    return sheet


def test_a_sheet_of_an_older_version_still_comes_back_untouched(state: VisitState, tmp_path: Path) -> None:
    found = read(without_what_it_was_sent_with(Sheet(state)), state, tmp_path)
    assert found.as_json() == EMPTY


def test_words_beside_the_instructions_of_an_older_version_are_told(state: VisitState, tmp_path: Path) -> None:
    sheet = without_what_it_was_sent_with(Sheet(state))
    instructions(sheet)
    assert told(read(sheet, state, tmp_path)) == [("How to fill this in", "D30", "given", "and not this", "")]


def test_a_plan_with_too_much_in_it_to_say_still_tells_what_was_typed_over(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    locked_columns(sheet)
    sheet.sheet["Q1"].value = sheet.sheet["Q1"].value.partition(" and ")[0]
    found = read(sheet, state, tmp_path)
    assert [one.cell for one in found.words] == ["B2", "C2"]


def test_in_a_sheet_of_an_older_version_a_missing_row_may_be_newer(state: VisitState, tmp_path: Path) -> None:
    sheet = without_what_it_was_sent_with(Sheet(state))
    sheet.sheet.delete_rows(sheet.row("AP1"))
    (one,) = read(sheet, state, tmp_path).missing
    assert (one["id"], "or the action is newer" in one["why"]) == ("AP1", True)


@pytest.mark.parametrize("hidden", [False, True])
def test_a_second_plan_in_the_file_is_never_counted_or_read_unasked(
    state: VisitState, tmp_path: Path, hidden: bool
) -> None:
    sheet = Sheet(state).put("AP1", owner="Deputy")
    copy = sheet.book.copy_worksheet(sheet.sheet)
    copy.title = "Action plan (2)"
    copy.sheet_state = "hidden" if hidden else "visible"
    copy[f"{COLUMN['owner']}2"] = "An old one" if hidden else "Deputy"
    with pytest.raises(SheetsUndecided, match=r"Action plan \(2\)"):
        read(sheet, state, tmp_path)
    found = read(sheet, state, tmp_path, sheets=["Action plan"])
    assert found.lines == (Action(id="AP1", owner="Deputy"),)
    assert [(one.name, one.treatment) for one in found.accounts][-1] == ("Action plan (2)", "left_out")


def test_odd_cells_are_all_listed_and_the_rest_can_be_taken(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state).put("AP1", due="end of March", owner="Deputy", priority="high").put("AP2", status="nearly")
    sheet.put("AP-x01", action="More", standard="4711", owner="Somebody")
    found = read(sheet, state, tmp_path, skip_odd=True)
    assert [(one["id"], one["field"], one["cell"], one["text"]) for one in found.odd] == [
        ("AP1", "due", "F2", "end of March"),
        ("AP1", "priority", "G2", "high"),
        ("AP2", "status", "I3", "nearly"),
        ("AP-x01", "standard", "A4", "4711"),
    ]
    assert found.lines == (Action(id="AP1", owner="Deputy"),)
    with pytest.raises(Invalid, match=r"F2.*G2.*I3.*A4.*--skip-bad"):
        read(sheet, state, tmp_path)


def test_an_odd_cell_is_settled_by_what_is_meant(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state).put("AP1", due="end of March", priority="high")
    meant = {("Action plan", "F2"): "31/03/2027"}
    found = read(sheet, state, tmp_path, skip_odd=True, corrections=meant)
    assert found.lines == (Action(id="AP1", due="2027-03-31"),)
    assert [one["cell"] for one in found.odd] == ["G2"]
    again = read(sheet, state, tmp_path, skip_odd=True, corrections={**meant, ("Action plan", "G2"): "later"})
    assert [one["text"] for one in again.odd] == ["later"]


def test_some_of_the_changes_can_be_taken_and_others_left(state: VisitState, tmp_path: Path) -> None:
    sheet = (
        Sheet(state).put("AP1", owner="Deputy", progress="Begun").put("AP-x01", action="A").put("AP-x02", action="B")
    )
    found = read(sheet, state, tmp_path)
    assert found.choices() == [("AP1", "owner"), ("AP1", "progress"), ("AP-x01", ""), ("AP-x02", "")]
    some = found.only([("AP1", "progress"), ("AP-x02", "")])
    assert [(line.id, line.values().get("progress"), line.values().get("owner")) for line in some.lines] == [
        ("AP-x02", None, None),
        ("AP1", "Begun", None),
    ]
    assert [len(one) for one in (some.changed, some.new)] == [1, 1]
    assert "owner" not in some.lines[1].values()
    assert found.only([]).lines == ()


def test_what_may_identify_somebody_is_told_before_it_is_taken(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state).put("AP1", progress="Rang 07700 900123 about it")
    sheet.cell("AP2", "action").comment = Comment("NHS number 943 476 5919", "Team")
    found = read(sheet, state, tmp_path)
    assert [(one.entity, one.key) for one in found.identifying if one.entity == "action"] == [("action", "AP1")]
    assert {one.entity for one in found.identifying} == {"action", "team_note"}
    assert len(found.as_json()["identifying"]) == 2


def test_a_crossed_out_cell_is_never_taken_for_a_plain_one(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state).put("AP1", owner="Deputy")
    for field in ("owner", "action"):
        cell = sheet.cell("AP1", field)
        cell.font = Font(strike=True)
    found = read(sheet, state, tmp_path, skip_odd=True)
    assert [(one["cell"], one["why"]) for one in found.odd] == [("E2", "it is crossed out")]
    assert [(one.cell, one.text) for one in found.words] == [("D2", "Action: Call sooner (crossed out)")]
    assert found.lines == ()
