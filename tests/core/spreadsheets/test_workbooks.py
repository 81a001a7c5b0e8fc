"""A workbook is read whole: what each cell is, comments, what is hidden, Strict Open XML."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.spreadsheets.reader import CellComment, Limits, Sheet, read_sheet, read_sheets
from tests.core.spreadsheets.book_building import book, saved, strict, with_parts


def _shown(tmp_path: Path, value: Any, number_format: str = "General", **font: Any) -> tuple[str, str]:
    """Text and kind of one cell."""
    from openpyxl.styles import Font

    made = book(Sheet=[[value, "end"]])
    made.active["A1"].number_format = number_format
    made.active["A1"].font = Font(**font)
    row = read_sheet(saved(made, tmp_path / "one.xlsx")).rows[0]
    return row.cell(0), row.kind(0)


@pytest.mark.parametrize(
    ("value", "number_format", "text", "kind"),
    [
        (5.1, "0.00", "5.10", "number"),
        (1, "0%", "100%", "percent"),
        ("=B1", "General", "=B1", "formula"),
        ("#REF!", "General", "#REF!", "error"),
        (True, "General", "TRUE", "boolean"),
        ("Met", "@", "Met", "text"),
        ("Met", ";;;", "Met", "unseen"),
        (datetime.date(2026, 10, 5), "d-mmm", "2026-10-05", "date"),
        (datetime.date(2027, 3, 1), "mmm-yy", "March 2027", "date"),
        (datetime.datetime(2026, 10, 5, 14, 30), "dd/mm/yyyy", "2026-10-05", "date"),
        (datetime.datetime(2026, 10, 5, 14, 30), "dd/mm/yyyy hh:mm", "2026-10-05 14:30", "date"),
        (datetime.time(14, 30), "h:mm", "14:30", "date"),
        (46300, '[$-809]dd" "mmmm" "yyyy', "2026-10-05", "date"),
    ],
)
def test_a_cell_tells_what_it_shows_and_what_it_is(
    tmp_path: Path, value: Any, number_format: str, text: str, kind: str
) -> None:
    assert _shown(tmp_path, value, number_format) == (text, kind)


def test_a_cell_that_is_crossed_out_says_so(tmp_path: Path) -> None:
    assert _shown(tmp_path, "Met", strike=True) == ("Met", "struck")


def test_comments_stand_beside_their_cells_without_the_name_before_the_words(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    made = book(Answers=[["Standard", "Rating"], ["47", "Not met"]], Other=[["x"]])
    made["Answers"]["B2"].comment = Comment("Team:\nWe have one now", "Team")
    made["Answers"]["A1"].comment = Comment("first", "")
    answers, other = read_sheets(saved(made, tmp_path / "c.xlsx"))
    assert answers.comments == (
        CellComment(row=1, column=0, author="", text="first"),
        CellComment(row=2, column=1, author="Team", text="We have one now"),
    )
    assert other.comments == ()


THREAD = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
PARTS = {
    "xl/threadedComments/threadedComment1.xml": f'<ThreadedComments xmlns="{THREAD}">'
    '<threadedComment ref="B2" personId="{P1}" id="{T1}"><text>We dispute this</text></threadedComment>'
    '<threadedComment ref="B2" personId="{P2}" id="{T2}" parentId="{T1}"><text>So do we</text></threadedComment>'
    "</ThreadedComments>",
    "xl/persons/person.xml": f'<personList xmlns="{THREAD}"><person displayName="Example A" id="{{P1}}"/>'
    '<person displayName="Example B" id="{P2}"/></personList>',
}


def test_a_thread_is_read_with_its_answers_and_not_as_the_note_that_stands_for_it(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    made = book(Answers=[["Standard", "Rating"], ["47", "Not met"]])
    made["Answers"]["B2"].comment = Comment("[Threaded comment] Your version of Excel ...", "tc={T1}")
    path = with_parts(
        saved(made, tmp_path / "t.xlsx"),
        PARTS,
        sheet1_xml_rels=(
            "</Relationships>",
            '<Relationship Id="rId9" Target="../threadedComments/threadedComment1.xml" '
            'Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"/></Relationships>',
        ),
    )
    assert read_sheet(path).comments == (
        CellComment(row=2, column=1, author="Example A", text="We dispute this"),
        CellComment(row=2, column=1, author="Example B", text="So do we"),
    )


DRAWN = "http://schemas.openxmlformats.org/drawingml/2006/"
BOX = {
    "xl/worksheets/_rels/sheet1.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Target="../drawings/drawing1.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/drawing"/></Relationships>',
    "xl/drawings/drawing1.xml": f'<x:wsDr xmlns:x="{DRAWN}spreadsheetDrawing" xmlns:a="{DRAWN}main"><x:twoCellAnchor>'
    "<x:from><x:col>2</x:col><x:row>4</x:row></x:from><x:sp><x:txBody><a:p><a:r><a:t>We dispute</a:t></a:r><a:r>"
    "<a:t> this</a:t></a:r></a:p><a:p><a:r><a:t>all of it</a:t></a:r></a:p></x:txBody></x:sp></x:twoCellAnchor>"
    "<x:twoCellAnchor><x:from><x:col>0</x:col><x:row>0</x:row></x:from></x:twoCellAnchor></x:wsDr>",
}


def test_the_words_of_a_text_box_are_read_at_the_cell_under_it(tmp_path: Path) -> None:
    path = with_parts(saved(book(Answers=[["Standard"]]), tmp_path / "t.xlsx"), BOX)
    assert read_sheet(path).comments == (CellComment(row=5, column=2, author="", text="We dispute this\nall of it"),)


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        (Limits(comments=1), "has more than 1 comments"),
        (Limits(commented=300), "holds more than 0 MB of comments"),
        (Limits(characters=9), 'sheet "Answers": the comment at A1 is longer than 9'),
    ],
)
def test_a_flood_of_comments_is_refused(tmp_path: Path, limits: Limits, says: str) -> None:
    from openpyxl.comments import Comment

    made = book(Answers=[["a", "b"]])
    made["Answers"]["A1"].comment = Comment("0123456789", "")
    made["Answers"]["B1"].comment = Comment("b", "")
    with pytest.raises(Invalid, match=says):
        read_sheets(saved(made, tmp_path / "c.xlsx"), limits)


def test_entities_in_comments_are_refused(tmp_path: Path) -> None:
    from openpyxl.comments import Comment

    made = book(Answers=[["a"]])
    made["Answers"]["A1"].comment = Comment("words", "")
    path = saved(made, tmp_path / "c.xlsx")
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><comments'
    with pytest.raises(Damaged, match="cannot be read as a spreadsheet"):
        read_sheets(with_parts(path, {}, comment1_xml=("<comments", bomb)))


def test_what_is_hidden_is_read_and_marked(tmp_path: Path) -> None:
    made = book(Seen=[["a", "b"], ["1", "2"], ["3", "4"]], Old=[["x"]], Gone=[["y"]])
    made["Old"].sheet_state, made["Gone"].sheet_state = "hidden", "veryHidden"
    made["Seen"].row_dimensions[2].hidden = True
    made["Seen"].column_dimensions["B"].hidden = True
    seen, old, gone = read_sheets(saved(made, tmp_path / "h.xlsx"))
    assert [row.hidden for row in seen.rows] == [False, True, False]
    assert seen.hidden_columns == {1}
    assert [sheet.hidden for sheet in (seen, old, gone)] == ["", "hidden", "veryHidden"]


def test_a_chart_sheet_is_named_and_empty_sheets_are_too(tmp_path: Path) -> None:
    made = book(Answers=[["a"]], Empty=[])
    made.create_chartsheet("Picture")
    found = [(sheet.name, sheet.chart, len(sheet.rows)) for sheet in read_sheets(saved(made, tmp_path / "p.xlsx"))]
    assert found == [("Answers", False, 1), ("Empty", False, 0), ("Picture", True, 0)]


def test_strict_open_xml_is_read_as_the_usual_form(tmp_path: Path) -> None:
    made = book(Answers=[["Standard", "Due"], ["47", datetime.date(2026, 9, 30)], [5.1, "é"]])
    made.active["A3"].number_format = "0.00"
    usual = read_sheets(saved(made, tmp_path / "s.xlsx"))
    path = strict(tmp_path / "s.xlsx")
    assert b"purl.oclc.org" in b"".join(_parts(path))
    assert read_sheets(path) == usual
    assert [row.cells for row in usual[0].rows][1:] == [("47", "2026-09-30"), ("5.10", "é")]


def _parts(path: Path) -> list[bytes]:
    import zipfile

    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_row_far_below_that_holds_nothing_is_no_content(tmp_path: Path) -> None:
    made = book(Answers=[["a"]])
    made.active.cell(1_000_000, 3).number_format = "0%"
    made.active.cell(1, 16_000).number_format = "0%"
    sheet: Sheet = read_sheet(saved(made, tmp_path / "far.xlsx"))
    assert [row.cells for row in sheet.rows] == [("a",)]
