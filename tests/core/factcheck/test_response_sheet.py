"""The sheet that goes to the host with the draft, and what comes back in it."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid
from reviewapp.factcheck import default_reply_by, read_answers, response_sheet
from reviewapp.factcheck.rows import TITLES
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.visit.state import AgreedRecord, PersonRecord, ResponseRecord, TextRecord
from reviewapp.visit.statements import LocalContext, Response
from tests.core.intake.sheet_building import cells, opened, same_as_golden, write_csv, write_xlsx
from tests.core.plan.plan_building import visit

COLUMN = dict(zip(TITLES, "ABCDEFGHIJK", strict=True))
UNTIL = date(2026, 12, 19)


class Sheet:
    """The sheet in the host's hands: cells are named by standard and field."""

    def __init__(self, state):
        self.book = opened(response_sheet(state, UNTIL))
        self.sheet = self.book["Answers"]

    def row(self, number):
        return next(cell.row for cell in self.sheet[COLUMN["id"]] if cell.value == f"HR-{number}")

    def put(self, number, **values):
        for field, value in values.items():
            cell = self.sheet[f"{COLUMN[field]}{self.row(number)}"]
            cell.value = value
            if value:
                cell.data_type = "s"
        return self

    def read(self, tmp_path, state):
        path = tmp_path / "answers.xlsx"
        self.book.save(path)
        return read_answers(read_sheets(path), state)


def test_the_sheet_is_the_one_on_record():
    state = visit()
    state.agreed["4"] = AgreedRecord(key="4", standard="4", value="not_met", reason="=not seen in any record")
    same_as_golden("response_sheet.txt", cells(response_sheet(state, UNTIL)))


def test_the_first_sheet_says_until_when_and_the_second_has_every_standard():
    state = visit()
    book = opened(response_sheet(state, UNTIL))
    first = " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value)
    assert "19 December 2026" in first
    shown = [row[0].value for row in book["Answers"].iter_rows(min_row=2)]
    assert shown == [s.number for s in state.instrument.standards]
    assert default_reply_by(state, date(2026, 11, 21)) == UNTIL


def test_only_what_is_the_hosts_can_be_typed_in():
    sheet = Sheet(visit()).sheet
    assert sheet.protection.sheet and sheet.freeze_panes == "B2"
    for row in sheet.iter_rows(min_row=2):
        assert [TITLES_BY[cell.column_letter] for cell in row if not cell.protection.locked] == [
            "text",
            "evidence",
            "outside",
        ]
    hidden = {name for name, column in sheet.column_dimensions.items() if column.hidden}
    assert hidden == {COLUMN[name] for name in ("id", "check", "sent")} | {"L"}


TITLES_BY = {letter: name for name, letter in COLUMN.items()}


def test_an_untouched_sheet_says_nothing(tmp_path):
    found = Sheet(visit()).read(tmp_path, visit())
    assert found.lines == ()
    assert found.summary == "No answer is filled in."


def test_answers_come_back_with_the_rating_they_are_about(tmp_path):
    sheet = Sheet(visit()).put("4", text="We do this", evidence="rota of May").put("90", text="Not rated?")
    sheet.put("36a", outside="not commissioned")
    found = sheet.read(tmp_path, visit())
    assert found.lines == (
        Response(standard="4", text="We do this", evidence="rota of May", rating="not_met"),
        LocalContext(standard="36a", text="not commissioned"),
        Response(standard="90", text="Not rated?", rating=""),
    )
    assert found.summary == "Answers on 3 standards (4, 36a and 90)."


def test_rows_in_another_order_are_still_known(tmp_path):
    state = visit()
    sheet = Sheet(state).put("47", text="about forty-seven")
    rows = [[cell.value for cell in row] for row in sheet.sheet.iter_rows(min_row=2)]
    for number, values in enumerate(reversed(rows), 2):
        for column, value in enumerate(values, 1):
            sheet.sheet.cell(number, column).value = value
    assert sheet.read(tmp_path, state).lines == (Response(standard="47", text="about forty-seven", rating="met"),)


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+cmd", "@SUM(A1)", "-2 beds", "#REF!"])
def test_what_begins_like_a_formula_is_text(tmp_path, text):
    state = visit()
    assert Sheet(state).put("4", text=text).read(tmp_path, state).lines[0].text == text


def test_a_formula_that_a_program_would_calculate_is_named_and_never_an_answer(tmp_path):
    state, sheet = visit(), Sheet(visit())
    sheet.sheet[f"{COLUMN['text']}{sheet.row('4')}"].value = "=G3"  # openpyxl makes this one a real formula
    with pytest.raises(Invalid, match="cell F2: it contains a formula"):
        sheet.read(tmp_path, state)


def moved(sheet):
    sheet.sheet["I3"].value, sheet.sheet["I4"].value = sheet.sheet["I4"].value, sheet.sheet["I3"].value


def altered_rating(sheet):
    sheet.sheet["K2"].value = sheet.sheet["K2"].value.replace("not_met", "met")


def renumbered(sheet):
    sheet.sheet["A3"].value = "90"


def copied_with_other_words(sheet):
    for column in range(1, 12):
        sheet.sheet.cell(7, column).value = sheet.sheet.cell(2, column).value
    sheet.sheet["F2"].value, sheet.sheet["F7"].value = "one", "two"


def without_mark(sheet):
    sheet.sheet["A9"].value, sheet.sheet["F9"].value = "4", "an answer"


@pytest.mark.parametrize(
    ("spoil", "cell"),
    [
        (moved, "A3"),
        (altered_rating, "A2"),
        (renumbered, "A3"),
        (copied_with_other_words, "A7"),
        (without_mark, "A9"),
    ],
)
def test_a_row_that_is_not_as_it_was_sent_is_named_and_nothing_taken(tmp_path, spoil, cell):
    sheet = Sheet(visit()).put("101", text="a good answer")
    spoil(sheet)
    with pytest.raises(Invalid) as refused:
        sheet.read(tmp_path, visit())
    assert refused.value.field == cell
    assert f'sheet "Answers", cell {cell}' in str(refused.value)


def test_another_visits_sheet_is_refused(tmp_path):
    other = visit()
    other.info = msgspec.structs.replace(other.info, id="V2")
    with pytest.raises(Invalid, match="is not the response form of"):
        Sheet(other).put("4", text="x").read(tmp_path, visit())


def test_a_sheet_that_lost_part_of_its_hidden_columns_is_refused(tmp_path):
    sheet = Sheet(visit()).put("4", text="x")
    sheet.sheet["J1"].value = "Something else"
    with pytest.raises(Invalid, match="hidden columns are missing"):
        sheet.read(tmp_path, visit())


def test_what_was_answered_before_is_filled_in_and_can_be_taken_back(tmp_path):
    state = visit()
    state.responses["4"] = ResponseRecord(key="4", person="host", standard="4", text="first", evidence="a paper")
    state.local_context["4/host"] = TextRecord(key="4/host", person="host", subject="4", text="no money")
    sheet = Sheet(state)
    assert sheet.read(tmp_path, state).lines == ()
    found = sheet.put("4", text=None).read(tmp_path, state)
    assert found.lines == (Response(standard="4", text="", rating="not_met"),)
    assert "replace an earlier one" in found.summary


def test_it_is_said_when_the_rating_has_changed_since_the_sheet_was_sent(tmp_path):
    sheet = Sheet(visit()).put("4", text="look again")
    later = visit(agreed={"4": "met"})
    found = sheet.read(tmp_path, later)
    assert found.lines == (Response(standard="4", text="look again", rating="not_met"),)
    assert found.summary.endswith("On 1 standard (4) the rating has changed since the sheet was sent.")


def test_a_plain_table_is_read_by_the_numbers_of_the_standards(tmp_path):
    path = write_csv(tmp_path / "a.csv", [["standard", "response", "evidence"], ["36a", "=we do", "minutes"], ["4"]])
    found = read_answers(read_sheets(path), visit())
    assert found.lines == (Response(standard="36a", text="=we do", evidence="minutes"),)


@pytest.mark.parametrize("rows", [[["12", "x"]], [["", "x"]], [["4", "x"], ["4", "y"]]])
def test_a_plain_table_is_not_guessed_at(tmp_path, rows):
    path = write_xlsx(tmp_path / "a.xlsx", [["Standard", "Your answer"], *rows], sheet="Ours")
    with pytest.raises(Invalid, match='sheet "Ours", cell A'):
        read_answers(read_sheets(path), visit())


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60)


@given(text=texts, evidence=texts, outside=texts)
def test_any_text_goes_out_and_comes_back_unchanged(tmp_path_factory, text, evidence, outside):
    state = visit()
    state.responses["4"] = ResponseRecord(key="4", person="host", standard="4", text=text, evidence=evidence)
    state.local_context["4/host"] = TextRecord(key="4/host", person="host", subject="4", text=outside)
    state.people["L1"] = PersonRecord(key="L1", role="lead", name=text)
    assert Sheet(state).read(tmp_path_factory.mktemp("sheet"), state).lines == ()


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_saves_answers_without_harm(tmp_path):
    state = visit()
    state.responses["47"] = ResponseRecord(
        key="47", person="host", standard="47", text="=1+1\n_x0041_", evidence="é ✓ 🙂"
    )
    sheet = Sheet(state).put("4", text="Yes, since May", evidence="'quoted").put("36a", outside="+cmd")
    sheet.book.save(tmp_path / "answers.xlsx")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "answers.xlsx")],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    back = read_answers(read_sheets(tmp_path / "out" / "answers.xlsx"), state)
    assert back.lines == (
        Response(standard="4", text="Yes, since May", evidence="'quoted", rating="not_met"),
        LocalContext(standard="36a", text="+cmd"),
    )
    saved = opened((tmp_path / "out" / "answers.xlsx").read_bytes())["Answers"]
    assert saved.protection.sheet  # what stays in view is lost only by a conversion without a window
    assert saved.column_dimensions["I"].hidden
