"""Exports of Microsoft and Google Forms, by the layout that both document: typed headings, personal columns, ticks."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.intake import Choices, Intake, read_intake
from reviewapp.intake.column_choices import ColumnsUndecided
from reviewapp.spreadsheets.problems import OddCells
from reviewapp.spreadsheets.reader import read_sheets
from tests.core.intake.export_building import case, comments_in, counted, question
from tests.core.intake.sheet_building import instrument, write_csv, write_xlsx

Q4, Q47 = question("4").labels["en"], question("47").labels["en"]
ENGLISH = ["ID", "Start time", "Completion time", "Email", "Name"]
GERMAN = ["ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name"]
WELSH = ["ID", "Amser cychwyn", "Amser cwblhau", "E-bost", "Enw"]
BOTH = {("carer", "4"): (1, 1, 0), ("carer", "47"): (0, 1, 1)}


def read(path: Path, **chosen: Any) -> Intake:
    return read_intake(path, "survey", instrument(), None, Choices(**chosen))


def microsoft(path: Path, *heads: str, rows: list[list[Any]], first: list[str] = ENGLISH) -> Path:
    """An export of Microsoft Forms with these questions, as an XLSX with true dates."""
    table = [
        [n, datetime(2026, 11, 20, 9, n), datetime(2026, 11, 20, 9, n, 30), "carer@home.example", "Some Body", *answers]
        for n, answers in enumerate(rows, 1)
    ]
    return write_xlsx(path, [[*first, *heads], *table])


ROWS = [["Yes", "No", "Carer"], ["No", "Not applicable", "Carer"]]


@pytest.mark.parametrize("first", [ENGLISH, GERMAN, WELSH, [*ENGLISH[:3], "Last modified time", "Language"]])
def test_microsoft_forms_are_known_in_any_language_and_nothing_personal_is_taken(
    tmp_path: Path, first: list[str]
) -> None:
    found = read(microsoft(tmp_path / "e.xlsx", Q4, Q47, "Who", rows=ROWS, first=first))
    assert counted(found) == BOTH and "Microsoft Forms" in found.summary and found.columns == ()
    told = json.dumps([found.as_json(), msgspec.to_builtins(found.lines)])
    assert "Some Body" not in told and "carer@home" not in told and "09:01" not in told


@pytest.mark.parametrize(
    "head",
    ["{}\xa0", "{}\n", "\xa0{}  ", "4. {}", "4.\xa0{}\xa0", "{} \n\xa0", "{}".upper()],
)
def test_a_heading_is_the_question_whatever_blanks_and_numbers_stand_around_it(tmp_path: Path, head: str) -> None:
    found = read(microsoft(tmp_path / "e.xlsx", head.format(Q4), Q47, "Who\xa0", rows=ROWS))
    assert counted(found) == BOTH


def test_a_heading_over_several_lines_is_the_question(tmp_path: Path) -> None:
    lines = Q4.replace(" ", "\n", 2)
    assert counted(read(microsoft(tmp_path / "e.xlsx", lines, Q47, "Who", rows=ROWS))) == BOTH


def test_a_ticked_answer_ends_in_a_semicolon_and_two_are_told(tmp_path: Path) -> None:
    rows = [["Yes;", "No;", "Carer;"], ["No;", "This does not apply to me;", "Carer;"]]
    assert counted(read(microsoft(tmp_path / "e.xlsx", Q4, Q47, "Who", rows=rows))) == BOTH
    with pytest.raises(OddCells) as caught:
        read(microsoft(tmp_path / "t.xlsx", Q4, Q47, "Who", rows=[["Yes;No;", "No;", "Carer;"]]))
    assert [odd.text for odd in caught.value.cells] == ["Yes;No;"]


def test_a_quiz_and_a_question_without_words_are_not_taken_for_answers(tmp_path: Path) -> None:
    heads = ["Total points", "Quiz feedback", Q4, f"Points - {Q4}", f"Feedback - {Q4}", "Column1", "Who"]
    rows = [[1, None, "Yes", 1, None, "x", "Carer"]]
    found = read(microsoft(tmp_path / "e.xlsx", *heads, rows=rows))
    assert counted(found) == {("carer", "4"): (1, 0, 0)}
    assert [one.heading for one in found.columns] == ["Column1"]


def test_a_question_that_was_asked_twice_is_numbered_by_excel_and_proposed_again(tmp_path: Path) -> None:
    path = microsoft(tmp_path / "e.xlsx", Q4, f"{Q4}2", "Who", rows=ROWS)
    (again,) = read(path).columns
    assert (again.heading, again.proposed) == (f"{Q4}2", "4")
    with pytest.raises(ColumnsUndecided):
        read(path, columns={f"{Q4}2": "4"})


def test_a_google_grid_is_known_by_its_row_and_ticks_are_told(tmp_path: Path) -> None:
    head = ["Timestamp", "Email Address", f"Please answer [{Q4}]", f"Please answer [{Q47}]", "Score", "Who"]
    rows = [["2026/11/20 9:01:12 am GMT", "carer@home.example", a, b, "3 / 10", who] for a, b, who in ROWS]
    found = read(write_csv(tmp_path / "e.csv", [head, *rows]))
    assert counted(found) == BOTH and found.columns == () and "Google Forms" in found.summary
    assert "carer@home" not in json.dumps([found.as_json(), msgspec.to_builtins(found.lines)])
    both = write_csv(tmp_path / "b.csv", [head, [*rows[0][:2], "Yes, No", *rows[0][3:]]])
    with pytest.raises(OddCells, match="Yes, No"):
        read(both)


def test_google_forms_in_french_and_addresses_under_any_heading(tmp_path: Path) -> None:
    head = ["Horodateur", "Votre adresse", Q4, "Who"]
    found = read(write_csv(tmp_path / "e.csv", [head, ["20/11/2026 09:01:12", "carer@home.example", "Yes", "Carer"]]))
    assert counted(found) == {("carer", "4"): (1, 0, 0)} and found.columns == ()


def test_titles_that_google_repeats_word_for_word_are_asked_about(tmp_path: Path) -> None:
    rows = [["1", "Yes", "They rang each evening.", "No", "Nobody ever rang us.", "Carer"]]
    path = write_csv(tmp_path / "e.csv", [["Timestamp", Q4, "Why?", Q4, "Why?", "Who"], *rows])
    with pytest.raises(ColumnsUndecided) as caught:
        read(path)
    assert [(one.heading, one.must, one.proposed) for one in caught.value.open] == [
        (Q4, True, ""), ("Why?", False, "comment"),
    ]  # fmt: skip
    found = read(path, columns={Q4: "ignore", "Why?": "comment/4"})
    assert {one.text for one in comments_in(found)} == {"They rang each evening.", "Nobody ever rang us."}


def test_the_real_export_is_asked_about_and_the_name_in_it_is_left_out() -> None:
    sheets = read_sheets(case("kobo/google-forms-export.csv"))
    said = {"Your fave fruit?": "ignore", "Select all that apply": "comment/4", "Tell me your name!": "ignore"}
    found = read(case("kobo/google-forms-export.csv"), columns=said, group="carer")
    assert len(comments_in(found)) == len(sheets[0].rows) - 1
    assert "testing1" not in json.dumps(msgspec.to_builtins(found.lines))
