from __future__ import annotations

import csv
import io

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.intake import SHEETS, read_intake, template
from reviewapp.visit.statements import Audit, Context, LocalContext, Response, SelfReview, Survey
from tests.core.intake.sheet_building import cells, instrument, opened, same_as_golden
from tests.core.plan.plan_building import visit

FILLED = {
    "self_review": {"E2": "Met", "E3": "Not Applicable", "F3": "Nobody asked for it", "F4": "=we would have to ask"},
    "survey": {"B2": "Patient", "C2": "Yes", "D2": "No", "B3": "Carer", "F3": "NA"},
    "audit": {"B2": "Yes", "C3": "Not recorded"},
    "response": {"E2": "=we do", "F2": "the rota", "G3": "not commissioned"},
}
TAKEN = {
    "self_review": (
        SelfReview(standard="4", value="met"),
        SelfReview(standard="36a", value="na", comment="Nobody asked for it"),
        SelfReview(standard="47", comment="=we would have to ask"),
    ),
    "survey": (
        Survey(group="patient", standard="4", yes=1, no=0, na=0),
        Survey(group="patient", standard="36a", yes=0, no=1, na=0),
        Survey(group="patient", standard="90", yes=0, no=0, na=0),
        Survey(group="carer", standard="4", yes=0, no=0, na=0),
        Survey(group="carer", standard="36a", yes=0, no=0, na=0),
        Survey(group="carer", standard="90", yes=0, no=0, na=1),
        Context(field="respondents_patient", value=1),
        Context(field="respondents_carer", value=1),
    ),
    "response": (
        Response(standard="4", text="=we do", evidence="the rota"),
        LocalContext(standard="36a", text="not commissioned"),
    ),
}


def taken(path, kind):
    """The lines that a file says."""
    return read_intake(path, kind, instrument(), visit()).lines


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_an_empty_template_is_read_and_says_nothing(tmp_path, kind, suffix):
    path = tmp_path / f"t{suffix}"
    path.write_bytes(template(kind, instrument(), suffix))
    assert taken(path, kind) == ()


@pytest.mark.parametrize("kind", SHEETS)
def test_a_template_filled_in_reads_back(tmp_path, kind):
    book = opened(template(kind, instrument()))
    for cell, text in FILLED[kind].items():
        target = book.worksheets[1][cell]
        target.value = text
        target.data_type = "s"
        assert not target.protection.locked
    book.save(tmp_path / "t.xlsx")
    lines = taken(tmp_path / "t.xlsx", kind)
    if kind == "audit":
        assert [line for line in lines if isinstance(line, Audit)] == [
            Audit(case_note="1", item="A1", value="yes"),
            Audit(case_note="2", item="A2", value="not_recorded"),
        ]
    else:
        assert lines == TAKEN[kind]


@pytest.mark.parametrize("kind", [kind for kind in SHEETS if kind != "response"])
def test_every_word_a_list_offers_is_understood(tmp_path, kind):
    book = opened(template(kind, instrument()))
    sheet = book.worksheets[1]
    for rule in sheet.data_validations.dataValidation:
        first = str(rule.sqref).split(":")[0]
        for n, word in enumerate(rule.formula1.strip('"').split(",")):
            sheet[first].offset(n, 0).value = word
    if kind == "survey":
        for row in range(2, 5):
            sheet.cell(row, 2).value = "Patient"
    book.save(tmp_path / "t.xlsx")
    assert taken(tmp_path / "t.xlsx", kind)


@pytest.mark.parametrize("kind", SHEETS)
def test_a_template_prints_and_stays_readable(kind):
    for sheet in opened(template(kind, instrument())).worksheets:
        assert sheet.protection.sheet
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.title != "How to fill this in":
            assert sheet.freeze_panes
            assert sheet.print_title_rows == "$1:$1"


def test_a_survey_asks_only_what_a_survey_can_test():
    heads = next(csv.reader(io.StringIO(template("survey", instrument(), ".csv").decode("utf-8-sig"))))
    assert heads == ["Questionnaire", "Group", "4", "36a", "47", "90"]


@pytest.mark.parametrize("kind", SHEETS)
def test_the_cells_of_a_template_are_those_on_record(kind):
    same_as_golden(f"template_{kind}.txt", cells(template(kind, instrument())))


def test_a_template_of_another_kind_of_file_is_refused():
    with pytest.raises(Invalid, match="name the file"):
        template("survey", instrument(), ".ods")
