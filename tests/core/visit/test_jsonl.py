"""The lines of `record`: what is not exactly one statement is refused, by its line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Invalid
from reviewapp.visit import jsonl
from reviewapp.visit.statements import Rating

RATING = '{"kind":"rating","standard":"4","value":"met"}'


def read(tmp_path: Path, content: str | bytes) -> list[jsonl.Numbered]:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return jsonl.read_lines(path)


def refusal(tmp_path: Path, content: str | bytes) -> Invalid:
    with pytest.raises(Invalid) as error:
        read(tmp_path, content)
    return error.value


def test_lines_are_numbered_as_they_stand_and_empty_ones_passed_over(tmp_path: Path) -> None:
    found = read(tmp_path, f"{RATING}\n\n  \t\r\n{RATING}\r\n")
    assert [(one.number, one.line) for one in found] == [(n, Rating(standard="4", value="met")) for n in (1, 4)]
    assert read(tmp_path, "") == []


def test_a_mark_of_byte_order_is_no_fault(tmp_path: Path) -> None:
    assert len(read(tmp_path, b"\xef\xbb\xbf" + RATING.encode())) == 1


def test_a_separator_of_lines_within_a_text_ends_no_line(tmp_path: Path) -> None:
    (found,) = read(tmp_path, '{"kind":"rating","standard":"4","note":"a\u2028b\x85c"}')
    assert found.line == Rating(standard="4", note="a\u2028b\x85c")


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ('{"kind":"rating","standard":4}', "standard"),
        ('{"kind":"rating","standard":"4","note":[]}', "note"),
        ('{"kind":"quote","id":"Q1","standards":["4",5]}', "standards[1]"),
        ('{"kind":"rating","standard":"4","stars":5}', "stars"),
        ('{"kind":"rating"}', ""),
        ('{"kind":"no such"}', "kind"),
        ("[]", ""),
        ("7", ""),
    ],
)
def test_a_line_that_is_no_statement_is_refused_by_its_number_and_field(tmp_path: Path, line: str, field: str) -> None:
    error = refusal(tmp_path, f"{RATING}\n{line}\n")
    assert error.field == field
    assert error.what.startswith("lines.jsonl line 2" + (f" field {field}: " if field else ": "))
    assert "`$" not in error.what


def test_a_refused_value_is_told_in_words_without_its_place_twice(tmp_path: Path) -> None:
    error = refusal(tmp_path, '{"kind":"rating","standard":4}')
    assert error.what == "lines.jsonl line 1 field standard: Expected `str`, got `int`"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not one JSON object"),
        (RATING * 2, "not one JSON object"),
        ('{"kind":"rating","standard":"4","standard":"5"}', "stands there twice"),
        ('{"kind":"meeting","held":{"a":1,"a":2}}', "stands there twice"),
        ('{"kind":"context","field":"x","value":NaN}', "NaN is not a value"),
        ('{"kind":"context","field":"x","value":-Infinity}', "-Infinity is not a value"),
        ("[" * 100_000, "not one JSON object"),
        ('{"kind":"' + "x" * 500, "not one JSON object"),
    ],
)
def test_a_line_that_is_no_json_is_refused_by_its_number(tmp_path: Path, line: str, told: str) -> None:
    error = refusal(tmp_path, f"{RATING}\n{line}\n")
    assert told in error.what and error.what.startswith("lines.jsonl line 2 is not one JSON object: ")
    assert len(error.what) < 200


def test_what_is_no_text_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "UTF-8" in refusal(tmp_path, b"\xff\xfe\x00").what
    with pytest.raises(Invalid, match="absent cannot be read: there is no file of that name there"):
        jsonl.read_lines(tmp_path / "absent")
    with pytest.raises(Invalid, match="cannot be read: the stick or folder is not there"):
        jsonl.read_lines(tmp_path / "no folder" / "absent")
    monkeypatch.setattr(jsonl, "LARGEST_FILE", len(RATING))
    assert len(read(tmp_path, RATING)) == 1
    assert "larger than" in refusal(tmp_path, RATING + " ").what
    assert len(RATING) == jsonl.LARGEST_FILE


def test_a_refusal_by_a_rule_names_the_line_too_and_loses_nothing() -> None:
    error = jsonl.refused(Path("x/lines.jsonl"), 7, Invalid("no such standard", field="standard", do="d", kept="k"))
    assert error.what == "lines.jsonl line 7 field standard: no such standard"
    assert (error.field, error.do, error.kept) == ("standard", "d", "k")
    assert jsonl.refused(Path("lines.jsonl"), 7, Invalid("w")).what == "lines.jsonl line 7: w"


def test_a_file_of_64_mb_is_the_largest() -> None:
    assert jsonl.LARGEST_FILE == 64 * 1024 * 1024
