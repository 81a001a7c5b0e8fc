from __future__ import annotations

from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.intake import read_intake
from reviewapp.visit.statements import Context, Survey
from tests.core.intake.sheet_building import instrument, write_csv, write_xlsx

COUNTS = ["group", "standard", "yes", "no", "na"]


def read(path):
    return read_intake(path, "survey", instrument())


def refused(path):
    with pytest.raises(Invalid) as caught:
        read(path)
    assert caught.value.kept == "nothing was imported"
    return caught.value


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_counts_are_taken_as_they_stand(tmp_path, write):
    found = read(write(tmp_path / "s", [COUNTS, ["Patients", 47, 9, 4, 1], ["Family/carer", "4", 6, 0, ""]]))
    assert found.lines == (
        Survey(group="patient", standard="47", yes=9, no=4, na=1),
        Survey(group="carer", standard="4", yes=6, no=0, na=0),
        Context(field="respondents_patient", value=14),
        Context(field="respondents_carer", value=6),
    )
    assert found.people == {"patient": 14, "carer": 6}


def test_counts_may_say_how_many_people_answered(tmp_path):
    rows: list[list[Any]] = [[*COUNTS, "respondents"], ["carer", "4", 6, 2, 0, 11], ["carer", "47", 5, 2, 0, ""]]
    assert read(write_csv(tmp_path / "s.csv", rows)).people == {"carer": 11}


def test_one_row_a_respondent_is_counted(tmp_path):
    rows: list[list[Any]] = [
        ["Questionnaire", "Group", "4", "47\nExample title", "36a"],
        [1, "patient", "Yes", "no", ""],
        [2, "Service user", "y", "N/A", ""],
        [3, "CARER", "", "No", ""],
        [4, "", "", "", ""],
        [5, "carer", "", "", ""],
    ]
    found = read(write_xlsx(tmp_path / "s.xlsx", rows))
    assert found.lines == (
        Survey(group="patient", standard="4", yes=2, no=0, na=0),
        Survey(group="patient", standard="47", yes=0, no=1, na=1),
        Survey(group="carer", standard="4", yes=0, no=0, na=0),
        Survey(group="carer", standard="47", yes=0, no=1, na=0),
        Context(field="respondents_patient", value=2),
        Context(field="respondents_carer", value=1),
    )
    assert found.summary == "Surveys from 2 patients, 1 carer about 2 standards. 1 without any answer, not counted."


def test_groups_may_be_on_sheets_of_their_own(tmp_path):
    import openpyxl

    book = openpyxl.Workbook()
    for sheet, group in ((book.active, "patient"), (book.create_sheet("Carers"), "carer")):
        sheet.append(["group", "4"])
        sheet.append([group, "yes"])
    book.save(tmp_path / "s.xlsx")
    assert read(tmp_path / "s.xlsx").people == {"patient": 1, "carer": 1}


@pytest.mark.parametrize("bad", [-1, 2.5, "many", "1e3", "٣"])
def test_a_count_that_is_no_number_of_people_is_named(tmp_path, bad):
    error = refused(write_xlsx(tmp_path / "s.xlsx", [COUNTS, ["patient", 4, 1, bad, 0]], "S"))
    assert error.what == f's.xlsx, sheet "S", cell D2: {str(bad)!r} is not a number of people'
    assert "whole number" in error.do


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([COUNTS, ["nurse", 4, 1, 1, 1]], "cell A2: 'nurse' is not a group"),
        ([COUNTS, ["", 4, 1, 1, 1]], "cell A2: the row does not say who answered"),
        ([COUNTS, ["carer", 5, 1, 1, 1]], "cell B2: there is no standard '5'"),
        (
            [COUNTS, ["carer", 4, 1, 1, 1], ["carer", 4, 2, 1, 1]],
            "cell B3: standard 4 was already counted for this group",
        ),
        ([COUNTS, ["carer", 4, "=1+1", 1, 1]], "cell C2: it contains a formula"),
        ([COUNTS[:4], ["carer", 4, 1, 1]], 'has no column "na"'),
        ([["standard", "yes", "no", "na"], [4, 1, 1, 1]], 'has no column "group"'),
        ([["group", "4", "5"], ["carer", "yes", "no"]], "cell C1: the heading '5' is not the number of a standard"),
        ([["group", "4", "4"], ["carer", "yes", "no"]], "cell C1: standard 4 has two columns"),
        ([["group", "4"], ["carer", "maybe"]], "cell B2: 'maybe' is not an answer"),
        ([["group", "4"], ["carer", "not recorded"]], "cell B2: 'not recorded' is not an answer"),
        ([["group", "4", ""], ["carer", "yes", "no"]], "cell C2: its column has no heading"),
        ([["group", "4"], ["", "yes"]], "cell A2: the row does not say who answered"),
        ([["group", "date"], ["carer", "today"]], "has no column headed with the numbers of standards"),
    ],
)
def test_what_cannot_be_understood_is_named_and_nothing_taken(tmp_path, rows, told):
    assert told in refused(write_csv(tmp_path / "s.csv", rows)).what
