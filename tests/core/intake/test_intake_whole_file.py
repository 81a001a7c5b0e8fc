"""Everything in a team's file is accounted for: sheets, headings, rows that are no records, cells not taken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.intake import SHEETS, Choices, Intake, message_to_team, read_intake, template
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.spreadsheets.problems import OddCells
from reviewapp.visit.statements import Audit, CaseNote, SelfReview, Survey
from tests.core.intake.sheet_building import instrument, write_csv
from tests.core.spreadsheets.book_building import book, saved

SURVEY = [["group", "4", "47"], ["patient", "yes", "no"], ["carer", "no", "yes"]]


def _read(path: Path, kind: str, **choices: Any) -> Intake:
    return read_intake(path, kind, instrument(), None, Choices(**choices))


def _people(made: Any, tmp_path: Path, *sheets: str) -> dict[str, int]:
    return _read(saved(made, tmp_path / "s.xlsx"), "survey", sheets=sheets).people


def test_a_copied_sheet_is_never_counted_twice(tmp_path: Path) -> None:
    made = book(Answers=SURVEY)
    made.copy_worksheet(made.active).title = "Answers (2)"
    with pytest.raises(SheetsUndecided, match=r"Answers \(2\)"):
        _people(made, tmp_path)
    assert _people(made, tmp_path, "Answers") == {"patient": 1, "carer": 1}


def test_a_sheet_has_as_many_rows_when_it_is_named_as_when_it_is_not(tmp_path: Path) -> None:
    path = saved(book(Answers=SURVEY, Notes=[["Who", "What"]]), tmp_path / "s.xlsx")
    with pytest.raises(SheetsUndecided) as undecided:
        _read(path, "survey")
    chosen = _read(path, "survey", sheets=("Answers",)).sheets
    assert [one.rows for one in undecided.value.accounts] == [one.rows for one in chosen] == [2, 1]


def test_words_in_columns_that_should_repeat_the_standards_are_told(tmp_path: Path) -> None:
    rows = [
        ["Standard", "Rating", "Statement", "Sources"],
        ["4", "Met", "What example 4  asks, in a sentence.", "policy 12"],
    ]
    found = _read(write_csv(tmp_path / "r.csv", rows), "self_review")
    assert [(one.cell, one.standard, one.text) for one in found.words] == [("D2", "4", "Sources: policy 12")]
    assert [one.meaning for one in found.headings][2:] == ["repeats the standard"] * 2


def test_the_words_of_a_row_that_is_left_out_are_told(tmp_path: Path) -> None:
    rows = [
        ["Standard", "Rating", "Comment"],
        ["4", "Met", ""],
        ["999", "Met", "We disagree"],
        ["4 or 47", "Met", "Both"],
        ["Signed by all", "", ""],
    ]
    found = _read(write_csv(tmp_path / "r.csv", rows), "self_review", skip_bad=True)
    assert [(one.cell, one.text) for one in found.words] == [
        ("A3", "999"),
        ("C3", "Comment: We disagree"),
        ("C4", "Comment: Both"),
        ("A5", "Signed by all"),
    ]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("self_review", [["Standard", "Rating"], ["4", "Met"]]),
        ("survey", [["Group", "4"], ["carer", "yes"]]),
        ("survey", [["Group", "Standard", "Yes", "No", "NA"], ["carer", "4", "1", "0", "0"]]),
        ("survey", [["Questionnaire", "Group", "4"], ["Form 1", "carer", "yes"]]),
        ("audit", [["Case note", "A1"], ["1", "yes"]]),
        ("audit", [["Date", "Case note", "A1"], ["Monday 5 October", "1", "yes"]]),
    ],
)
def test_words_below_a_table_are_told(tmp_path: Path, kind: str, rows: list[list[str]]) -> None:
    found = _read(write_csv(tmp_path / "t.csv", [*rows, [], ["Three forms were spoilt"]]), kind)
    assert [(one.cell, one.text.rpartition(": ")[2]) for one in found.words] == [("A4", "Three forms were spoilt")]
    assert "not counted" not in found.summary
    assert len(found.lines) == len(_read(write_csv(tmp_path / "u.csv", rows), kind).lines)


def test_one_is_one_in_every_summary(tmp_path: Path) -> None:
    assert (
        "about 1 standard." in _read(write_csv(tmp_path / "s.csv", [["group", "4"], ["carer", "no"]]), "survey").summary
    )
    rows = [["case note", "A1"], ["1", "yes"]]
    assert "Audit of 1 case note: 1 answer to" in _read(write_csv(tmp_path / "a.csv", rows), "audit").summary


def test_a_corrected_copy_under_another_name_is_asked_about(tmp_path: Path) -> None:
    rows = [["group", "4"], *[["patient", "yes"]] * 9]
    made = book(Answers=[*rows, ["patient", "yes"]], Corrected=[*rows, ["patient", "no"]])
    with pytest.raises(SheetsUndecided, match='most of its rows are in "Answers" too'):
        _people(made, tmp_path)
    assert _people(made, tmp_path, "Corrected") == {"patient": 10}


def test_a_questionnaire_with_the_same_number_and_answers_is_counted_once(tmp_path: Path) -> None:
    rows = [["Questionnaire", "group", "4"], ["1", "patient", "yes"], ["2", "patient", "yes"], ["1", "patient", "Yes"]]
    path = write_csv(tmp_path / "s.csv", rows)
    with pytest.raises(OddCells, match="cell A4: number 1 already has the same answers"):
        _read(path, "survey")
    assert _read(path, "survey", skip_bad=True).people == {"patient": 2}
    other = [*rows[:3], ["1", "carer", "yes"], ["2", "patient", "no"]]
    assert _read(write_csv(tmp_path / "o.csv", other), "survey").people == {"patient": 3, "carer": 1}


def test_a_hidden_sheet_is_neither_counted_nor_taken_instead(tmp_path: Path) -> None:
    made = book(Old=[SURVEY[0], ["patient", "no", "no"], ["patient", "no", "no"]], Now=SURVEY)
    made["Old"].sheet_state = "hidden"
    with pytest.raises(SheetsUndecided, match="hidden"):
        _people(made, tmp_path)
    assert _people(made, tmp_path, "Now") == {"patient": 1, "carer": 1}


def test_a_sheet_with_another_heading_stops_until_it_is_left_out(tmp_path: Path) -> None:
    made = book(Patients=SURVEY, Carers=[["Respondent type", "4"], ["carer", "no"]])
    with pytest.raises(SheetsUndecided, match='"Carers"'):
        _people(made, tmp_path)
    found = _read(tmp_path / "s.xlsx", "survey", sheets=("Patients",))
    assert [(one.name, one.treatment) for one in found.sheets] == [("Patients", "read"), ("Carers", "left_out")]
    assert '"Carers": ignored' in found.full_summary()
    with pytest.raises(Invalid, match='has no column "group"'):
        _read(tmp_path / "s.xlsx", "survey", sheets=("Carers",))


def test_hidden_rows_are_asked_about_before_they_are_counted(tmp_path: Path) -> None:
    made = book(Answers=SURVEY)
    made.active.row_dimensions[3].hidden = True
    with pytest.raises(SheetsUndecided, match="its row 3 is hidden"):
        _people(made, tmp_path)
    assert _people(made, tmp_path, "Answers") == {"patient": 1, "carer": 1}


@pytest.mark.parametrize("kind", ["self_review", "survey", "audit"])
def test_our_own_empty_sheet_filled_in_is_read_without_a_question(tmp_path: Path, kind: str) -> None:
    from io import BytesIO

    import openpyxl

    made = openpyxl.load_workbook(BytesIO(template(kind, instrument())))
    sheet = made.worksheets[1]
    if kind == "self_review":
        sheet["E2"] = "Met"
    elif kind == "survey":
        sheet["B2"], sheet["C2"] = "Patient", "Yes"
    else:
        sheet["B2"] = "Yes"
    made.save(tmp_path / "t.xlsx")
    found = _read(tmp_path / "t.xlsx", kind)
    assert found.lines
    assert {one.treatment for one in found.sheets} <= {"read", "own"}
    assert (found.not_taken, found.skipped, found.words) == ((), (), ())


@pytest.mark.parametrize(
    "label",
    [
        "Example", "Total", "TOTALS", "Target", "Mean", "Average:", "Example: a patient", "Total (n)", "Grand total",
        "Target 80%", "e.g.", "Median", "%", "Total patients", "Overall", "All respondents",
    ],
)  # fmt: skip
def test_rows_headed_as_an_example_or_a_total_are_no_records(tmp_path: Path, label: str) -> None:
    rows = [["case note", "A1"], ["1", "yes"], [label, "yes"], ["2", "no"]]
    found = _read(write_csv(tmp_path / "a.csv", rows), "audit")
    assert [line.id for line in found.lines if isinstance(line, CaseNote)] == ["1", "2"]
    assert [(one.row, one.label) for one in found.skipped] == [(3, label)]
    rows = [["group", "standard", "yes", "no", "na"], ["carer", "4", "1", "2", "0"], [label, "", "1", "2", "0"]]
    found = _read(write_csv(tmp_path / "s.csv", rows), "survey")
    assert found.people == {"carer": 3}
    assert f"row 3 (“{label}”)" in found.full_summary()


def test_an_example_is_told_by_the_first_word_of_its_row_too(tmp_path: Path) -> None:
    rows = [["Questionnaire", "group", "4"], ["Example", "patient", "yes"], ["1", "patient", "no"], ["Total", "", "5"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "survey").people == {"patient": 1}
    rows = [["Standard", "Rating", "Comment"], ["Example", "Met", "We do"], ["4", "Met", ""]]
    assert len(_read(write_csv(tmp_path / "r.csv", rows), "self_review").lines) == 1


def test_headings_that_come_again_are_no_record(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["4", "Met"], ["Standard", "Rating"], ["47", "Met"]]
    found = _read(write_csv(tmp_path / "r.csv", rows), "self_review")
    assert len(found.lines) == 2
    assert [one.row for one in found.skipped] == [3]


@pytest.mark.parametrize("name", ["Targeted", "totally", "Meaning", "examples-1", "sample-1", "1"])
def test_other_words_are_records(tmp_path: Path, name: str) -> None:
    found = _read(write_csv(tmp_path / "a.csv", [["case note", "A1"], [name, "yes"]]), "audit")
    assert found.lines[0] == CaseNote(id=name)


def test_counts_and_single_answers_of_one_group_are_not_added(tmp_path: Path) -> None:
    counts: list[list[Any]] = [["group", "standard", "yes", "no", "na"], ["patient", "4", 1, 0, 0]]
    made = book(Answers=SURVEY, Summary=counts)
    with pytest.raises(OddCells, match="are also on the other form"):
        _read(saved(made, tmp_path / "s.xlsx"), "survey", skip_bad=True)
    assert _people(made, tmp_path, "Answers") == {"patient": 1, "carer": 1}


def test_every_heading_is_listed_with_what_it_went_to(tmp_path: Path) -> None:
    rows = [["Group", "Standard 47: text", "Q4", "Comments"], ["patient", "yes", "no", "kind people"]]
    found = _read(write_csv(tmp_path / "s.csv", rows), "survey")
    assert [(one.cell, one.heading, one.meaning, one.standard) for one in found.headings] == [
        ("A1", "Group", "the group", ""),
        ("B1", "Standard 47: text", "standard 47", "47"),
        ("C1", "Q4", "standard 4", "4"),
        ("D1", "Comments", "not read", ""),
    ]
    assert "B1: “Standard 47: text” → standard 47" in found.full_summary()
    assert [(one.cell, one.text) for one in found.words] == [("D2", "Comments: kind people")]


@pytest.mark.parametrize("heading", ["4 and 47", "47 / 4", "4 - 47", "12. Standard 47 or standard 4"])
def test_a_heading_that_may_mean_two_standards_is_refused(tmp_path: Path, heading: str) -> None:
    with pytest.raises(OddCells, match=r"cell B1: .* may mean (4 or 47|47 or 4)"):
        _read(write_csv(tmp_path / "s.csv", [["group", heading], ["patient", "yes"]]), "survey")


def test_odd_cells_are_all_listed_and_refuse_the_file_unless_they_are_left_out(tmp_path: Path) -> None:
    rows = [["Standard", "Rating", "Comment"], ["4", "partly met", "almost"], ["47", "Met", ""], ["481", "Met", ""]]
    path = write_csv(tmp_path / "r.csv", rows)
    with pytest.raises(OddCells) as caught:
        _read(path, "self_review")
    assert [(one.cell, one.text) for one in caught.value.cells] == [("B2", "partly met"), ("A4", "481")]
    assert caught.value.cells[0].choices == ("Met", "Not Met", "Not Applicable")
    found = _read(path, "self_review", skip_bad=True)
    assert found.lines == (SelfReview(standard="4", comment="almost"), SelfReview(standard="47", value="met"))
    assert [one.cell for one in found.not_taken] == ["B2", "A4"]
    assert "B2: 'partly met' is not a rating" in found.full_summary()


def test_an_odd_answer_leaves_out_itself_and_an_odd_count_its_row(tmp_path: Path) -> None:
    rows = [["group", "4", "47"], ["patient", "maybe", "yes"], ["nobody", "yes", "yes"]]
    found = _read(write_csv(tmp_path / "s.csv", rows), "survey", skip_bad=True)
    assert found.lines[0] == Survey(group="patient", standard="47", yes=1, no=0, na=0)
    assert found.people == {"patient": 1}
    rows = [["group", "standard", "yes", "no", "na"], ["carer", "4", "1", "two", "0"], ["carer", "47", "1", "2", "0"]]
    found = _read(write_csv(tmp_path / "s.csv", rows), "survey", skip_bad=True)
    assert found.lines[0] == Survey(group="carer", standard="47", yes=1, no=2, na=0)
    assert len([line for line in found.lines if isinstance(line, Survey)]) == 1
    rows = [["case note", "A1", "A2"], ["1", "perhaps", "yes"], ["943 476 5919", "yes", "no"]]
    assert _read(write_csv(tmp_path / "a.csv", rows), "audit", skip_bad=True).lines == (
        CaseNote(id="1"),
        Audit(case_note="1", item="A2", value="yes"),
    )


def test_of_two_rows_that_differ_neither_is_taken(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["4", "Met"], ["4", "Not met"], ["47", "Met"]]
    found = _read(write_csv(tmp_path / "r.csv", rows), "self_review", skip_bad=True)
    assert found.lines == (SelfReview(standard="47", value="met"),)
    rows = [["group", "standard", "yes", "no", "na"], ["carer", "4", "1", "2", "0"], ["carer", "4", "1", "2", "0"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "survey", skip_bad=True).lines[:-1] == ()
    rows = [["case note", "A1"], ["1", "yes"], ["1", "no"]]
    assert _read(write_csv(tmp_path / "a.csv", rows), "audit", skip_bad=True).lines == ()


def test_an_odd_cell_is_settled_by_what_somebody_puts_in_its_place(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["4", "partly met"], ["47", "so so"]]
    path = write_csv(tmp_path / "r.csv", rows)
    found = _read(path, "self_review", settled={("", 2, 1): "Not Met", ("", 3, 1): ""})
    assert found.lines == (SelfReview(standard="4", value="not_met"),)
    with pytest.raises(OddCells, match="'perhaps' is not a rating"):
        _read(path, "self_review", settled={("", 2, 1): "perhaps"})


def test_the_message_for_the_team_names_every_cell(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["4", "partly met"], ["47", "so so"]]
    with pytest.raises(OddCells) as caught:
        _read(write_csv(tmp_path / "r.csv", rows), "self_review")
    assert message_to_team("r.csv", caught.value.cells) == (
        "In r.csv there are 2 cells we could not read. Could you correct them and send the file again?\n"
        "- B2: 'partly met' is not a rating; use Met, Not Met or Not Applicable\n"
        "- B3: 'so so' is not a rating; use Met, Not Met or Not Applicable"
    )


def test_words_beside_the_table_are_told(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    made = book(Sheet=[["Standard", "Rating", "Comment", "What is missing"], ["47", "Not met", "none", "a leaflet"]])
    made.active["B2"].comment = Comment("Only since May", "Team")
    found = _read(saved(made, tmp_path / "r.xlsx"), "self_review")
    assert [(one.cell, one.standard, one.text, one.by) for one in found.words] == [
        ("D2", "47", "What is missing: a leaflet", ""),
        ("B2", "47", "Only since May", "Team"),
    ]
    assert "a leaflet" in found.full_summary()


def test_every_kind_of_sheet_tells_its_table_and_what_is_held() -> None:
    for made in SHEETS.values():
        assert made.held is not None
        assert (made.table is None) != (made.choose is None)
        if made.table is not None:
            assert set(made.table(instrument()).required) <= set(made.table(instrument()).names)


def test_words_typed_over_our_own_cells_are_told(tmp_path: Path) -> None:
    from io import BytesIO

    import openpyxl

    made = openpyxl.load_workbook(BytesIO(template("self_review", instrument())))
    sheet = made.worksheets[1]
    sheet["D2"] = f"{sheet['D2'].value}\nWE DISPUTE THIS"
    sheet["E2"] = "Met"
    made.save(tmp_path / "t.xlsx")
    found = _read(tmp_path / "t.xlsx", "self_review")
    assert [(one.cell, one.standard, one.kind) for one in found.words] == [("D2", "4", "given")]
    assert "WE DISPUTE THIS" in found.words[0].text


def test_the_words_of_a_sheet_that_is_left_out_are_told(tmp_path: Path) -> None:
    made = book(Answers=SURVEY, Remarks=[["We could not ask the night staff"]])
    found = _read(saved(made, tmp_path / "s.xlsx"), "survey", sheets=("Answers",))
    assert [(one.sheet, one.text) for one in found.words] == [("Remarks", "We could not ask the night staff")]


def test_a_comment_in_the_audit_is_about_no_standard(tmp_path: Path) -> None:
    rows = [["case note", "A1", "Comments"], ["4", "yes", "kept in two places"]]
    (words,) = _read(write_csv(tmp_path / "a.csv", rows), "audit").words
    assert (words.text, words.standard) == ("Comments: kept in two places", "")


@pytest.mark.parametrize("kind", ["self_review", "survey", "audit"])
def test_words_typed_into_our_own_instructions_are_told(tmp_path: Path, kind: str) -> None:
    from io import BytesIO

    import openpyxl
    from openpyxl.comments import Comment

    made = openpyxl.load_workbook(BytesIO(template(kind, instrument())))
    made.worksheets[0]["B30"] = "We could not ask the night staff"
    made.worksheets[0]["A1"].comment = Comment("Filled in on 3 May", "Team")
    made.save(tmp_path / "t.xlsx")
    found = _read(tmp_path / "t.xlsx", kind)
    assert [(one.sheet, one.cell, one.text) for one in found.words] == [
        ("How to fill this in", "B30", "We could not ask the night staff"),
        ("How to fill this in", "A1", "Filled in on 3 May"),
    ]


def test_a_row_that_names_its_standard_in_other_words_is_listed_with_what_it_went_to(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["Standard 47: text", "Met"], ["4.0", "Met"], ["90", "Met"]]
    found = _read(write_csv(tmp_path / "r.csv", rows), "self_review")
    assert [(one.cell, one.heading, one.standard) for one in found.headings if one.standard] == [
        ("A2", "Standard 47: text", "47"),
        ("A3", "4.0", "4"),
    ]
