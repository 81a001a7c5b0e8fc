"""Standards in a workbook: every sheet of them is taken or asked about, cells are read as they are shown."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.importing.read import read_standards
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.spreadsheets.problems import OddCells
from tests.core.spreadsheets.book_building import book, saved

HEAD = ["number", "type", "section", "statement"]
ACCESS = [HEAD, ["1", "1", "Access", "A door."], ["2", "2", "Access", "A bell."]]
CARE = [HEAD, ["3", "1", "Care", "A plan."], ["4", "1", "Care", "A review."]]


def _numbers(path: Path, *sheets: str) -> list[str]:
    return [one.number for one in read_standards(path, sheets).standards]


def test_the_standards_of_all_sheets_are_taken_in_their_order(tmp_path: Path) -> None:
    path = saved(book(Access=ACCESS, Care=CARE, Empty=[]), tmp_path / "s.xlsx")
    found = read_standards(path)
    assert [one.number for one in found.standards] == ["1", "2", "3", "4"]
    assert found.sections == ("Access", "Care")
    assert [(one.kind, one.text) for one in found.anomalies] == [("sheet", '"Empty": empty')]


def test_hidden_copied_and_other_sheets_are_asked_about(tmp_path: Path) -> None:
    made = book(Access=ACCESS, Old=CARE, Notes=[["Not ours"]])
    made["Old"].sheet_state = "hidden"
    made.copy_worksheet(made["Access"]).title = "Access (2)"
    path = saved(made, tmp_path / "s.xlsx")
    with pytest.raises(SheetsUndecided) as caught:
        read_standards(path)
    assert {one.name: one.treatment for one in caught.value.accounts} == {
        "Access": "read", "Old": "hidden", "Notes": "not_understood", "Access (2)": "copy",
    }  # fmt: skip
    assert _numbers(path, "Access", "Old") == ["1", "2", "3", "4"]
    found = read_standards(path, ("Access",))
    assert [one.text for one in found.anomalies] == [
        f'"{name}": ignored, because you chose others ({rows})'
        for name, rows in (("Old", "2 rows"), ("Notes", "1 row"), ("Access (2)", "2 rows"))
    ]


def test_the_same_number_on_two_sheets_is_refused(tmp_path: Path) -> None:
    path = saved(book(Access=ACCESS, Care=[HEAD, ["2", "1", "Care", "A plan."]]), tmp_path / "s.xlsx")
    with pytest.raises(Invalid, match=r'sheet "Care", cell A2: standard 2 is already in sheet "Access", row 3'):
        read_standards(path)


def test_a_title_may_stand_above_the_headings(tmp_path: Path) -> None:
    assert _numbers(saved(book(Access=[["Our standards"], [], *ACCESS]), tmp_path / "s.xlsx")) == ["1", "2"]


@pytest.mark.parametrize(
    ("value", "code", "number"),
    [
        (5.1, "0.00", "5.10"),
        (7, "000", "007"),
        (47.0, "General", "47"),
        ("47.0", "@", "47"),
        ("\u200b47\u00a0", "@", "47"),
    ],
)
def test_a_number_is_read_as_it_is_shown(tmp_path: Path, value: Any, code: str, number: str) -> None:
    made = book(Access=[HEAD, [value, 1.0, "Access", "A door."]])
    made.active["A2"].number_format = code
    found = read_standards(saved(made, tmp_path / "s.xlsx")).standards[0]
    assert (found.number, found.type) == (number, "1")


@pytest.mark.parametrize(
    ("cell", "value", "code", "says"),
    [
        ("A2", datetime.date(2026, 10, 5), "d-mmm", "it contains a date"),
        ("A2", 0.47, "0%", "it contains a percentage"),
        ("B2", "=1", "General", "it contains a formula"),
        ("D2", "=B2", "General", "it contains a formula"),
        ("D2", "A door.", ";;;", "shows nothing"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_cell(
    tmp_path: Path, cell: str, value: Any, code: str, says: str
) -> None:
    made = book(Access=ACCESS)
    made.active[cell], made.active[cell].number_format = value, code
    with pytest.raises(OddCells, match=f"cell {cell}: .*{says}"):
        read_standards(saved(made, tmp_path / "s.xlsx"))


def test_comments_and_rows_that_are_no_standards_are_told(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    made = book(Access=[*ACCESS, ["Total", "", "", "2"]])
    made.active["D2"].comment = Comment("Reworded in May", "Example")
    found = read_standards(saved(made, tmp_path / "s.xlsx"))
    assert len(found.standards) == 2
    assert [(one.line, one.kind) for one in found.anomalies] == [(2, "comment"), (4, "no_standard")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_standards_exported_as_unicode_text_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes("\n".join("\t".join(map(str, row)) for row in ACCESS).encode(encoding))
    assert _numbers(path) == ["1", "2"]
