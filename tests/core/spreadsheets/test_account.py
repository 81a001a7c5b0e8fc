"""Every sheet of a workbook is accounted for; hidden, repeated and unread sheets stop the reading until chosen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.spreadsheets import layout
from reviewapp.spreadsheets.account import ChosenSheets, SheetsUndecided, choose_sheets
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.spreadsheets.table import find_tables
from tests.core.spreadsheets.book_building import book, saved

NAMES = {"group": ("group", "who"), "answer": ("answer",)}
ROWS = [["Group", "Answer"], ["patient", "yes"], ["carer", "no"], ["carer", "yes"]]
MORE = [["Group", "Answer"], ["staff", "yes"], ["staff", "no"]]


def _choose(made: Any, tmp_path: Path, *chosen: str, hidden_cells: bool = True) -> ChosenSheets:
    sheets = read_sheets(saved(made, tmp_path / "b.xlsx"))
    return choose_sheets(sheets, NAMES, ("group", "answer"), chosen=chosen, hidden_cells=hidden_cells)


def _read(found: ChosenSheets) -> list[str]:
    return [sheet.name for sheet in found.sheets]


def _undecided(made: Any, tmp_path: Path) -> tuple[str, dict[str, str]]:
    with pytest.raises(SheetsUndecided) as caught:
        _choose(made, tmp_path)
    return str(caught.value), {one.name: one.treatment for one in caught.value.accounts}


def test_two_sheets_with_the_table_are_both_read_and_named(tmp_path: Path) -> None:
    found = _choose(book(Patients=ROWS, Staff=MORE, Empty=[]), tmp_path)
    assert _read(found) == ["Patients", "Staff"]
    assert [one.sentence() for one in found.accounts] == [
        '"Patients": read (3 rows)',
        '"Staff": read (2 rows)',
        '"Empty": empty',
    ]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_with_content_stops_until_it_is_chosen(tmp_path: Path, state: str) -> None:
    made = book(Now=ROWS, Old=MORE)
    made["Old"].sheet_state = state
    says, treated = _undecided(made, tmp_path)
    assert treated == {"Now": "read", "Old": "hidden"}
    assert '"Old" (it is hidden)' in says
    assert "--sheet NAME" in says
    assert _read(_choose(made, tmp_path, "now")) == ["Now"]
    assert _read(_choose(made, tmp_path, "Old", "Now")) == ["Now", "Old"]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Other", ROWS),
        ("Sorted", [ROWS[0], *reversed(ROWS[1:])]),
        ("Below a title", [["Answers"], [], *ROWS]),
        ("Turned", [["Answer", "Group"], ["yes", " Patient"], ["no", "carer"], ["yes", "carer"]]),
        ("Part", ROWS[:3]),
        ("Answers (2)", MORE),
        ("Answers_2", MORE),
    ],
)
def test_a_sheet_that_repeats_another_stops_until_one_is_chosen(tmp_path: Path, name: str, rows: Any) -> None:
    made = book(Answers=ROWS)
    sheet = made.create_sheet(name)
    for row in rows:
        sheet.append(row)
    says, treated = _undecided(made, tmp_path)
    assert treated == {"Answers": "read", name: "copy"}
    assert '"Answers"' in says
    assert _read(_choose(made, tmp_path, "Answers")) == ["Answers"]


def test_a_sheet_with_words_but_no_table_stops_and_says_what_it_lacks(tmp_path: Path) -> None:
    made = book(Patients=ROWS, Carers=[["Respondent type", "Answer"], ["carer", "no"]])
    says, treated = _undecided(made, tmp_path)
    assert treated == {"Patients": "read", "Carers": "not_understood"}
    assert '"Carers" (it has 2 rows but no column "group")' in says
    found = _choose(made, tmp_path, "Patients")
    assert [one.sentence() for one in found.accounts][1] == '"Carers": ignored, because you chose others (2 rows)'


def test_hidden_rows_and_columns_with_content_stop_unless_the_table_has_its_own(tmp_path: Path) -> None:
    made = book(Answers=ROWS)
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["B"].hidden = True
    says, treated = _undecided(made, tmp_path)
    assert treated == {"Answers": "hidden_cells"}
    assert "its row 3 is hidden, its column B is hidden" in says
    assert _read(_choose(made, tmp_path, hidden_cells=False)) == ["Answers"]
    found = _choose(made, tmp_path, "Answers")
    assert found.accounts[0].sentence() == '"Answers": read (3 rows); its row 3 is hidden, its column B is hidden'


def test_our_own_instructions_and_lists_count_as_read(tmp_path: Path) -> None:
    made = layout.workbook("Example")
    layout.instructions(made, "Example", [("What this is", "A table")])
    columns = (Column(title="Group", width=9), Column(title="Answer", width=9))
    sheet = layout.table(made, "Answers", columns)
    layout.add_row(sheet, columns, ["patient", "yes"])
    layout.drop_down(sheet, "A2:A9", ["x" * 30] * 20, title="Group")
    found = _choose(made, tmp_path)
    assert [(one.name, one.treatment) for one in found.accounts] == [
        ("How to fill this in", "own"), ("Answers", "read"), ("Lists", "own"),
    ]  # fmt: skip
    made["How to fill this in"]["C3"] = "We cannot do this"
    assert _undecided(made, tmp_path)[1]["How to fill this in"] == "not_understood"


def test_a_name_that_no_sheet_has_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r'b\.xlsx has no sheet "Ward" \(it has "Patients", "Staff"\)'):
        _choose(book(Patients=ROWS, Staff=MORE), tmp_path, "Ward")


def test_without_any_table_the_missing_column_is_what_is_told(tmp_path: Path) -> None:
    found = _choose(book(One=[["a"]], Two=[["Group"], ["x"]]), tmp_path)
    with pytest.raises(Invalid, match=r'sheet "Two", row 1 has no column "answer"'):
        find_tables(found.sheets, NAMES, ("group", "answer"))


def test_where_words_are_told_a_sheet_without_the_table_stops_nothing(tmp_path: Path) -> None:
    made = book(Answers=ROWS, Remarks=[["We cannot agree"]], Old=[["Withdrawn"]])
    made["Old"].sheet_state = "hidden"
    sheets = read_sheets(saved(made, tmp_path / "b.xlsx"))
    for chosen in ((), ("answers",)):
        found = choose_sheets(sheets, NAMES, ("group", "answer"), chosen=chosen, tells_words=True)
        assert _read(found) == ["Answers"]
        assert [one.treatment for one in found.accounts] == ["read", "words", "words"]
        assert found.accounts[1].sentence() == '"Remarks": not a table; its text is shown (1 row)'


def test_a_chosen_sheet_without_the_table_is_refused_and_never_said_to_be_read(tmp_path: Path) -> None:
    made = book(Patients=ROWS, Remarks=[["Group", "Words"], ["all", "none"]])
    with pytest.raises(Invalid, match=r'sheet "Remarks", row 1 has no column "answer"'):
        _choose(made, tmp_path, "Patients", "Remarks")
