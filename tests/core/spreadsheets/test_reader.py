"""Spreadsheets: any text comes back as it was, nothing in plain on the disk, every bound named with its cell."""

from __future__ import annotations

import datetime
import io
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reviewapp.base.errors import Damaged, Invalid, ReviewError
from reviewapp.spreadsheets.cells import address, escape_formula, unescape_formula
from reviewapp.spreadsheets.reader import Limits, read_sheet, read_sheets
from reviewapp.spreadsheets.writer import csv_bytes, put_text, workbook_bytes

TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(c) for c in range(32) if c not in (9, 10)])
    .filter(lambda c: c not in "\ufffe\uffff\r"),
    max_size=30,
)  # fmt: skip
RISKY = st.builds(lambda start, rest: start + rest, st.sampled_from(["=", "+", "-", "@", "'", "'=", "\t", "''-"]), TEXT)
TABLE = st.lists(st.lists(TEXT | RISKY, min_size=1, max_size=4), min_size=1, max_size=4)


def _book(rows: Sequence[Sequence[Any]], title: str = "Sheet A") -> Any:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = title
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(number, column)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
    return book


def _kept(rows: Sequence[Sequence[str]]) -> list[tuple[int, tuple[str, ...]]]:
    """What reading promises: rows that say something, without the empty cells at their end."""
    kept = []
    for number, row in enumerate(rows, 1):
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        if any(cell.strip() for cell in cells):
            kept.append((number, tuple(cells)))
    return kept


@given(TABLE)
def test_any_text_comes_back_from_csv(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        # A header row decides what separates cells, so there is always one.
        path.write_bytes(csv_bytes([["a", "b"], *rows]))
        read = [(row.number - 1, row.cells) for row in read_sheet(path).rows[1:]]
    assert read == _kept(rows)


@given(TABLE)
def test_any_text_comes_back_from_xlsx(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.xlsx"
        path.write_bytes(workbook_bytes(_book(rows)))
        assert [(row.number, row.cells) for row in read_sheet(path).rows] == _kept(rows)


SIGNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SPLIT = st.lists(st.sampled_from([*SIGNS, ";", "|", "\t", "\n", "\r", "'", '"', " ", "\u00a0", "a", "1"]), max_size=12)


@given(TEXT | RISKY | SPLIT.map("".join))
@example("a;=HYPERLINK(1)")
@example('a;"=1"')
@example("a\n=1")
@example("\uff1d1+1")
def test_no_cell_of_a_csv_can_be_taken_for_a_formula(text: str) -> None:
    """Wherever a spreadsheet program of another country lets a cell begin."""
    escaped = escape_formula(text)
    assert not escaped.startswith("\t")
    for piece in re.split(r"[;|\t\r\n]", escaped):
        assert not piece.lstrip(' "\u00a0\u3000\ufeff\u200b').startswith(SIGNS)
    assert unescape_formula(escaped) == text


def test_sentences_are_left_as_they_are() -> None:
    for text in (
        "Met; but see - as we said - the audit",
        "5 - 3 = 2",
        "a, -b",
        "two\nlines",
        "O'Brien's",
        "e@example.org",
    ):
        assert escape_formula(text) == text


@pytest.mark.parametrize("name", ["any.csv", "any.xlsx"])
@pytest.mark.parametrize("text", ["a;=1", "a\n-b", "\uff1d1", " =1", '"=1"', "'=1", "\t=1", "a|\uff20b", "''\n'+"])
def test_what_is_guarded_comes_back_as_it_was(text: str, name: str, tmp_path: Path) -> None:
    rows = [["a", "b"], ["x", text]]
    (tmp_path / name).write_bytes(csv_bytes(rows) if name.endswith("csv") else workbook_bytes(_book(rows)))
    assert [row.cells for row in read_sheet(tmp_path / name).rows] == [tuple(row) for row in rows]


def test_text_in_xlsx_is_text_even_when_it_looks_like_a_formula() -> None:
    from openpyxl import load_workbook

    data = workbook_bytes(_book([["=1+1", "plain"]]))
    cell = load_workbook(io.BytesIO(data)).active["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_a_workbook_is_written_without_a_temporary_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    book = _book([["words that must not be on the disk"]])
    assert workbook_bytes(book).startswith(b"PK")
    with pytest.raises(FileNotFoundError):
        book.save(io.BytesIO())


def test_lists_protection_comments_and_colours_survive_the_writing_in_memory() -> None:
    from openpyxl import load_workbook
    from openpyxl.comments import Comment
    from openpyxl.worksheet.datavalidation import DataValidation

    book = _book([["a", "b"]])
    sheet = book.active
    choice = DataValidation(type="list", formula1='"open,done"')
    sheet.add_data_validation(choice)
    choice.add("B2")
    sheet["A1"].comment = Comment("Look here", "Reviewapp")
    sheet.protection.sheet = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("Second")
    back = load_workbook(io.BytesIO(workbook_bytes(book)))
    assert back.sheetnames == ["Sheet A", "Second"]
    again = back["Sheet A"]
    assert again.data_validations.dataValidation[0].formula1 == '"open,done"'
    assert again["A1"].comment.text == "Look here"
    assert again.protection.sheet
    assert again.column_dimensions["B"].hidden


def test_cells_read_as_a_person_sees_them(tmp_path: Path) -> None:
    path = tmp_path / "mixed.xlsx"
    values = [47, 47.0, 3.5, True, datetime.date(2026, 9, 30), datetime.datetime(2026, 9, 30, 14, 5), None, "a\nb"]
    book = _book([values])
    book.active["A3"] = "=SUM(A1:B1)"
    path.write_bytes(workbook_bytes(book))
    first, third = read_sheet(path).rows
    assert first.cells == ("47", "47", "3.5", "TRUE", "2026-09-30", "2026-09-30 14:05:00", "", "a\nb")
    assert (third.number, third.cells, third.cell(9)) == (3, ("=SUM(A1:B1)",), "")


def test_a_sheet_is_found_by_name_and_a_missing_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    book = _book([["How to fill it in"]], "Instructions")
    book.create_sheet("Action plan").append(["Standard"])
    path.write_bytes(workbook_bytes(book))
    sheet = read_sheet(path, "action plan ")
    assert sheet.rows[0].cells == ("Standard",)
    assert sheet.sheet_location(7, 1) == 'plan.xlsx, sheet "Action plan", cell B7'
    assert [s.name for s in read_sheets(path)] == ["Instructions", "Action plan"]
    with pytest.raises(Invalid, match=r'plan\.xlsx has no sheet "Other" \(it has "Instructions", "Action plan"\)'):
        read_sheet(path, "Other")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_may_be_separated_as_any_country_does(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "sheet.csv"
    path.write_bytes(f'number{delimiter}text\r\n\r\n4{delimiter}"a, b; c"\r\n'.encode())
    assert [(r.number, r.cells) for r in read_sheet(path).rows] == [(1, ("number", "text")), (3, ("4", "a, b; c"))]


def test_addresses_go_beyond_z() -> None:
    assert [address(1, 0), address(7, 1), address(3, 25), address(3, 26), address(9, 701)] == [
        "A1", "B7", "Z3", "AA3", "ZZ9",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "limits", "says"),
    [
        ([["a"]] * 4, Limits(rows=3), r"s\.xlsx, sheet \"Sheet A\" has more than 3 rows"),
        ([["a"], ["a", "b" * 11]], Limits(characters=10), r"s\.xlsx, sheet \"Sheet A\", cell B2 holds more than 10"),
        ([["a"] * 5], Limits(columns=4), r"s\.xlsx, sheet \"Sheet A\", row 1 has more than 4 columns"),
        ([[]] * 9 + [["a"]], Limits(blank=8), r"s\.xlsx, sheet \"Sheet A\" goes far beyond its content"),
        ([["a"]], Limits(unpacked=500), r"s\.xlsx is more than 0 MB when unpacked"),
        ([["a"]], Limits(file=500), r"s\.xlsx is larger than 0 MB"),
    ],
)
def test_every_bound_is_named_before_it_hurts(tmp_path: Path, rows: list[list[str]], limits: Limits, says: str) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(workbook_bytes(_book(rows)))
    with pytest.raises(Invalid, match=says):
        read_sheet(path, limits=limits)


def test_a_file_that_unpacks_to_a_flood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "flood.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b" " * 51_000_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(Invalid, match=r"flood\.xlsx is more than 50 MB when unpacked"):
        read_sheet(path)


def test_a_sheet_that_claims_a_huge_size_is_read_by_what_it_holds(tmp_path: Path) -> None:
    path = _altered(tmp_path, b'<dimension ref="A1:B1"', b'<dimension ref="A1:XFD1048576"')
    assert [r.cells for r in read_sheet(path).rows] == [("a", "b")]


def test_entities_in_a_sheet_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    with pytest.raises(Damaged, match=r"s\.xlsx cannot be read as a spreadsheet"):
        read_sheet(_altered(tmp_path, b"<worksheet", bomb))


def _altered(folder: Path, old: bytes, new: bytes) -> Path:
    """An XLSX whose sheet has `new` where there was `old`."""
    path = folder / "s.xlsx"
    source = zipfile.ZipFile(io.BytesIO(workbook_bytes(_book([["a", "b"]]))))
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            data = source.read(name)
            if name.endswith("sheet1.xml"):
                assert old in data
                data = data.replace(old, new, 1)
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 not really", "is cut short or damaged"),
        (b"\xd0\xcf\x11\xe0 old", "protected by a password or in the old XLS format"),
        (b"a\0b", "is neither CSV nor XLSX"),
        (b"\x81\x8d\xff", "is not a text file"),
        (b'a,b\n1,2\n"open', "line 3: not valid CSV"),
    ],
)
def test_what_is_no_spreadsheet_is_told_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(content)
    with pytest.raises(ReviewError, match=says) as caught:
        read_sheet(path)
    assert "odd.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_another_archive_is_not_taken_for_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "pictures.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("one.txt", "1")
    with pytest.raises(Invalid, match=r"pictures\.xlsx is an archive but not an XLSX"):
        read_sheet(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="cannot read"):
        read_sheet(tmp_path / "none.csv")


@pytest.mark.parametrize("text", ["\x00", "a\x0bb", "\ud800", "x" * 32_768])
def test_what_a_cell_cannot_hold_whole_is_refused_and_never_cut(text: str) -> None:
    with pytest.raises(Invalid):
        csv_bytes([[text]])
    with pytest.raises(Invalid):
        _book([[text]])
