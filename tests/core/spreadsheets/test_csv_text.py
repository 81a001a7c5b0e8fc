"""CSV as programs and countries write it: what separates cells is found over many lines, quotes respected."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.spreadsheets.reader import read_sheet

TABLE = [("group", "47", "151"), ("patient", "yes", "no"), ("carer", "no", "yes")]


def _read(tmp_path: Path, data: bytes | str) -> list[tuple[str, ...]]:
    path = tmp_path / "sheet.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return [row.cells for row in read_sheet(path).rows]


def _lines(delimiter: str, *rows: tuple[str, ...]) -> str:
    return "".join(delimiter.join(row) + "\r\n" for row in rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_usual_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    assert _read(tmp_path, _lines(delimiter, *TABLE)) == TABLE


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("mark", ["sep={}", '"sep={}"', "SEP={}", "\ufeffsep={}"])
def test_a_line_that_names_the_delimiter_is_obeyed_and_is_no_row(tmp_path: Path, delimiter: str, mark: str) -> None:
    text = mark.format(delimiter) + "\r\n" + _lines(delimiter, *TABLE)
    assert _read(tmp_path, text) == TABLE
    assert read_sheet(tmp_path / "sheet.csv").rows[0].number == 1


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ('"group";"47 Were you asked, listened to, and, if needed, given time?"\r\n"patient";"yes"\r\n',
         [("group", "47 Were you asked, listened to, and, if needed, given time?"), ("patient", "yes")]),
        ('Standard,Rating,Comment\n47,Met,"a; b; c; d"\n48,Met,"e; f; g; h"\n',
         [("Standard", "Rating", "Comment"), ("47", "Met", "a; b; c; d"), ("48", "Met", "e; f; g; h")]),
        ("Standard;Rating;Comment\n47;Met;yes, we do, always\n48;Met;no, never, sorry\n",
         [("Standard", "Rating", "Comment"), ("47", "Met", "yes, we do, always"), ("48", "Met", "no, never, sorry")]),
        ("Standard;Rating\n5,1;Met\n5,10;Not met\n", [("Standard", "Rating"), ("5,1", "Met"), ("5,10", "Not met")]),
        ("Survey of June, North team, all wards\n\ngroup;47;151\npatient;yes;no\ncarer;no;yes\n",
         [("Survey of June, North team, all wards",), ("group", "47", "151"), ("patient", "yes", "no"),
          ("carer", "no", "yes")]),
        ("Standard;Rating, by the team\n47;Met, mostly\n",
         [("Standard", "Rating, by the team"), ("47", "Met, mostly")]),
        ("Standard,Rating; ours\n47,Met; mostly\n", [("Standard", "Rating; ours"), ("47", "Met; mostly")]),
        ('group;47\n"patient\nfrom, the, ward";yes\n', [("group", "47"), ("patient\nfrom, the, ward", "yes")]),
        ("group\tcomment\npatient\tyes; no, perhaps\n", [("group", "comment"), ("patient", "yes; no, perhaps")]),
        ("one\ntwo\n", [("one",), ("two",)]),
        ("group;47\r\rpatient;yes\r", [("group", "47"), ("patient", "yes")]),
    ],
)  # fmt: skip
def test_the_delimiter_is_what_explains_most_lines(tmp_path: Path, text: str, rows: list[tuple[str, ...]]) -> None:
    assert _read(tmp_path, text) == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_exports_in_every_unicode_encoding_are_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [("group", "47"), ("patient", "Tŷ Gwyn – “yes”")]
    assert _read(tmp_path, _lines(delimiter, *rows).encode(encoding)) == rows


def test_big_endian_text_with_its_mark_is_read(tmp_path: Path) -> None:
    import codecs

    assert _read(tmp_path, codecs.BOM_UTF16_BE + _lines(",", *TABLE).encode("utf-16-be")) == TABLE


@pytest.mark.parametrize(
    "data", [b"group,47\n\x00\x01\x02\n", b"\x00" * 50, b"\xff\xfeg\x00r", b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path: Path, data: bytes) -> None:
    if data == b"\xff\xfeg\x00r":
        data += b"\xd8"  # half a character at the end
    with pytest.raises(ReviewError, match=r"sheet\.csv"):
        _read(tmp_path, data)
