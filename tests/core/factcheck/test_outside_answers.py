"""What a team writes beside the cells for answers is told, with its standard, and can be kept as notes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl.comments import Comment

from reviewapp.factcheck import Answers, read_answers
from reviewapp.intake import Choices, read_intake, template
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.visit.state import AgreedRecord, VisitState
from reviewapp.visit.statements import Response
from tests.core.factcheck.test_response_sheet import COLUMN, Sheet
from tests.core.intake.sheet_building import write_csv
from tests.core.plan.plan_building import visit
from tests.core.spreadsheets.book_building import book, saved


@pytest.fixture
def state() -> VisitState:
    made = visit()
    made.agreed["4"] = AgreedRecord(key="4", standard="4", value="not_met", reason="No plan was seen in any record")
    return made


def read(sheet: Any, state: VisitState, folder: Path, **how: Any) -> Answers:
    sheet.book.save(folder / "answers.xlsx")
    return read_answers(read_sheets(folder / "answers.xlsx"), state, **how)


def rating(sheet: Any) -> None:
    sheet.put("4", rating="Met - see leaflet", type="9")


def reason(sheet: Any) -> None:
    sheet.put("4", reason="No plan was seen in any record. This is untrue")


def comment(sheet: Any) -> None:
    sheet.sheet["D2"].comment = Comment("Please see our leaflet", "Team")


def extra_column(sheet: Any) -> None:
    sheet.sheet["M5"], sheet.sheet["N1"], sheet.sheet["N2"] = "a remark", "What is missing", "Staffing"


def other_sheet(sheet: Any) -> None:
    sheet.book.create_sheet("What is missing")["C3"] = "You never saw the night shift"


def instructions(sheet: Any) -> None:
    sheet.book["How to fill this in"]["B4"] = "Sent far too late"


def above_and_below(sheet: Any) -> None:
    sheet.sheet["C9"] = "With regards from the team"
    sheet.sheet.insert_rows(1)
    sheet.sheet["A1"] = "Checked on Monday"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (rating, [("B2", "given", "Type: 9", "4"), ("D2", "given", "Rating in the draft: Met - see leaflet", "4")]),
        (reason, [("E2", "given", "The reviewers' reason: This is untrue (added to ours)", "4")]),
        (comment, [("D2", "comment", "Please see our leaflet", "4")]),
        (extra_column, [("N2", "column", "What is missing: Staffing", "4"), ("M5", "column", "a remark", "90")]),
        (other_sheet, [("C3", "sheet", "You never saw the night shift", "")]),
        (instructions, [("B4", "given", "Sent far too late", "")]),
        (
            above_and_below,
            [
                ("A1", "above", "Checked on Monday", ""),
                ("C10", "row", "What is asked: With regards from the team", ""),
            ],
        ),
    ],
)
def test_words_outside_the_answers_are_told_and_the_answers_taken(
    state: VisitState, tmp_path: Path, spoil: Any, expected: list[Any]
) -> None:
    sheet = Sheet(state).put("36a", text="We do")
    spoil(sheet)
    found = read(sheet, state, tmp_path)
    assert [(one.cell, one.kind, one.text, one.standard) for one in found.words] == expected
    assert found.lines == (Response(standard="36a", text="We do", rating="not_met"),)


def test_the_rating_that_was_sent_is_ours_also_when_it_has_changed_since(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    state.agreed["4"] = AgreedRecord(key="4", standard="4", value="met", reason="A plan was seen")
    assert read(sheet, state, tmp_path).words == ()


@pytest.mark.parametrize("hidden", [True, False])
def test_a_second_sheet_of_answers_is_never_read_unasked(state: VisitState, tmp_path: Path, hidden: bool) -> None:
    sheet = Sheet(state).put("4", text="We have one.")
    copy = sheet.book.copy_worksheet(sheet.sheet)
    copy.title = "old" if hidden else "Answers (2)"
    copy.sheet_state = "hidden" if hidden else "visible"
    copy[f"{COLUMN['text']}3"] = "withdrawn wording"
    with pytest.raises(SheetsUndecided, match=r"\"old\" \(it is hidden\)" if hidden else r"Answers \(2\)"):
        read(sheet, state, tmp_path)
    found = read(sheet, state, tmp_path, chosen=["answers"])
    assert found.lines == (Response(standard="4", text="We have one.", rating="not_met"),)
    assert [(one.name, one.treatment) for one in found.accounts][-1] == (copy.title, "left_out")


def test_a_deleted_row_is_told_with_its_standard(state: VisitState, tmp_path: Path) -> None:
    sheet = Sheet(state)
    sheet.sheet.delete_rows(sheet.row("36a"))
    assert read(sheet, state, tmp_path).summary.endswith(
        "The rows of 1 standard (36a) are not in the sheet any more; what is here on them stays."
    )


def test_an_older_sheet_that_does_not_say_what_it_was_sent_with_comes_back_untouched(
    state: VisitState, tmp_path: Path
) -> None:
    sheet = Sheet(state)
    sheet.sheet.delete_cols(12)
    found = read(sheet, state, tmp_path)
    assert (found.lines, found.words, found.summary) == ((), (), "No answer is filled in.")


def test_a_table_of_their_own_may_have_columns_of_its_own_and_they_are_told(state: VisitState, tmp_path: Path) -> None:
    ours = state.instrument.standard("4")
    rows = [["Standard", "Title", "What is asked", "Your answer", "Who"]]
    rows += [["4", ours.title, ours.statement, "We do", "The manager"], ["47", ours.title, "Not clear", "", ""]]
    found = read_answers(read_sheets(write_csv(tmp_path / "a.csv", rows)), state)
    assert found.lines == (Response(standard="4", text="We do"),)
    assert [(one.text, one.standard) for one in found.words] == [
        ("Who: The manager", "4"),
        ("What is asked: Not clear", "47"),
    ]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_the_empty_sheet_for_answers_says_nothing_by_itself(state: VisitState, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(template("response", state.instrument, suffix))
    found = read_answers(read_sheets(path), state)
    assert (found.lines, found.words) == ((), ())


def test_every_heading_of_the_answers_is_told_with_what_it_was_taken_for(state: VisitState, tmp_path: Path) -> None:
    heads = ["What is missing", "Your answer", "Standard", *(f"Remark {n}" for n in range(30))]
    path = write_csv(tmp_path / "a.csv", [heads, ["", "We have one.", "4"]])
    found = read_intake(path, "response", state.instrument, state)
    assert [one.heading for one in found.headings] == heads
    assert [one.meaning for one in found.headings[:4]] == ["not read", "the answer", "the standard", "not read"]


def test_a_row_with_a_formula_or_without_a_standard_loses_no_words(state: VisitState, tmp_path: Path) -> None:
    made = book(
        Answers=[
            ["Standard", "Your answer", "Further evidence"],
            ["4", "We have one.", "=B2"],
            ["999", "No", ""],
            ["With thanks", "", ""],
        ]
    )
    found = read_intake(saved(made, tmp_path / "a.xlsx"), "response", state.instrument, state, Choices(skip_bad=True))
    assert found.lines == (Response(standard="4", text="We have one."),)
    assert [cell.cell for cell in found.not_taken] == ["C2", "A3"]
    assert [(one.cell, one.text) for one in found.words] == [
        ("B3", "Your answer: No"),
        ("A4", "Standard: With thanks"),
    ]
