"""A cell of a team's sheet is read as it is shown; what cannot be meant is refused with its cell."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.model import Instrument
from reviewapp.intake import Choices, Intake, read_intake
from reviewapp.visit.statements import Audit, CaseNote, SelfReview, Survey
from tests.core.intake.sheet_building import SCORED, instrument, standard, write_csv
from tests.core.spreadsheets.book_building import book, saved

COUNTS = ["group", "standard", "yes", "no", "na"]


def _dotted() -> Instrument:
    """An instrument with 5.1 and 5.10."""
    return msgspec.structs.replace(instrument(), standards=tuple(standard(n, "1") for n in ("5", "5.1", "5.2", "5.10")))


def _read(path: Path, kind: str, made: Instrument | None = None) -> Intake:
    return read_intake(path, kind, made or instrument())


def _refused(path: Path, kind: str, made: Instrument | None = None) -> str:
    with pytest.raises(Invalid) as caught:
        _read(path, kind, made)
    assert caught.value.kept == "nothing was imported"
    return str(caught.value)


def _book(tmp_path: Path, rows: list[list[Any]], formats: dict[str, str]) -> Path:
    made = book(Sheet=rows)
    for cell, code in formats.items():
        made.active[cell].number_format = code
    return saved(made, tmp_path / "s.xlsx")


def test_a_percentage_is_no_number_of_people(tmp_path: Path) -> None:
    path = _book(tmp_path, [COUNTS, ["patient", 47, 1, 0, 0]], {"C2": "0%"})
    assert "cell C2: it contains a percentage" in _refused(path, "survey")


@pytest.mark.parametrize(
    ("value", "code", "yes"),
    [(1234, "#,##0", 1234), (12, "0.00", 12), (12, "0.000", 12), (7, "000", 7), ("1,234", "@", 1234), ("12.0", "@", 12),
     ("1\u00a0234", "@", 1234), ("\u200b12", "@", 12)],
)  # fmt: skip
def test_a_number_of_people_is_read_through_its_format(tmp_path: Path, value: Any, code: str, yes: int) -> None:
    path = _book(tmp_path, [COUNTS, ["patient", "47", value, 0, 0]], {"C2": code})
    assert _read(path, "survey").lines[0] == Survey(group="patient", standard="47", yes=yes, no=0, na=0)


@pytest.mark.parametrize(
    ("value", "code", "says"),
    [
        (3.4, "0", "more digits than it shows"),
        (0.5, "# ?/?", "'1/2' is not a number of people"),
        (12, "[$£-809]0.00", "'£12.00' is not a number of people"),
        (datetime.date(2026, 10, 5), "d-mmm", "it contains a date"),
        ("12.000", "@", "'12.000' is not a number of people"),
        ("=SUM(1,2)", "General", "it contains a formula"),
        (5, ";;;", "shows nothing"),
        (True, "General", "'TRUE' is not a number of people"),
        ("12?", "@", "'12?' is not a number of people"),
    ],
)
def test_what_is_no_number_of_people_is_refused_with_its_cell(tmp_path: Path, value: Any, code: str, says: str) -> None:
    path = _book(tmp_path, [COUNTS, ["patient", "47", value, 0, 0]], {"C2": code})
    assert f"cell C2: {says}" in _refused(path, "survey") or says in _refused(path, "survey")


def test_a_standard_is_read_with_the_decimals_it_shows(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Standard", "Rating", "Comment"], [5.1, "Not met", "about 5.10"]]
    path = _book(tmp_path, rows, {"A2": "0.00"})
    assert _read(path, "self_review", _dotted()).lines == (
        SelfReview(standard="5.10", value="not_met", comment="about 5.10"),
    )
    path = _book(tmp_path, [["group", 5.1], ["patient", "no"]], {"B1": "0.00"})
    assert _read(path, "survey", _dotted()).lines[0] == Survey(group="patient", standard="5.10", yes=0, no=1, na=0)


def test_a_number_that_may_have_lost_its_zero_is_refused_where_that_makes_another_standard(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["Standard", "Rating"], [5.1, "Met"]]
    assert "cell A2: 5.1 may be 5.10" in _refused(_book(tmp_path, rows, {}), "self_review", _dotted())
    assert "cell B1: 5.1 may be 5.10" in _refused(
        _book(tmp_path, [["group", 5.1], ["carer", "no"]], {}), "survey", _dotted()
    )
    assert _read(_book(tmp_path, [["Standard", "Rating"], [5.2, "Met"]], {}), "self_review", _dotted()).lines == (
        SelfReview(standard="5.2", value="met"),
    )
    text = _book(tmp_path, [["Standard", "Rating"], ["5.1", "Met"]], {})
    assert _read(text, "self_review", _dotted()).lines == (SelfReview(standard="5.1", value="met"),)


def test_two_equal_rows_are_one_unless_a_zero_may_have_been_lost_in_one(tmp_path: Path) -> None:
    rows = [["Standard", "Rating"], ["5.1", "Met"], ["5.1", "Met"]]
    assert "cell A3: 5.1 is in two rows" in _refused(write_csv(tmp_path / "s.csv", rows), "self_review", _dotted())
    rows = [["Standard", "Rating"], ["5.2", "Met"], ["5.2", "Met"]]
    assert len(_read(write_csv(tmp_path / "s.csv", rows), "self_review", _dotted()).lines) == 1


def test_a_number_that_was_made_a_date_is_refused_in_a_row_and_in_a_heading(tmp_path: Path) -> None:
    day = datetime.date(2026, 10, 5)
    path = _book(tmp_path, [["Standard", "Rating"], [day, "Met"]], {"A2": "d-mmm"})
    assert "cell A2: it contains a date" in _refused(path, "self_review", _dotted())
    path = _book(tmp_path, [["group", day, "5.2"], ["patient", "yes", "no"]], {"B1": "d-mmm"})
    assert "cell B1: it contains a date" in _refused(path, "survey", _dotted())
    path = _book(tmp_path, [["case note", "A1"], [day, "yes"]], {"A2": "d-mmm"})
    assert "cell A2: it contains a date" in _refused(path, "audit")


@pytest.mark.parametrize(
    ("rating", "code"), [(0.03, "0%"), (2.6, "0"), ("3?", "@"), (-3, "0"), (1.5, "0.0"), ("3-4", "@"), (3, ";;;")]
)
def test_what_is_no_score_is_never_read_as_one(tmp_path: Path, rating: Any, code: str) -> None:
    path = _book(tmp_path, [["Standard", "Rating"], ["47", rating]], {"B2": code})
    assert "cell B2" in _refused(path, "self_review", instrument(SCORED))


@pytest.mark.parametrize(("rating", "code"), [(3, "0.0"), ("3.0", "@"), (3, "00"), ("\u200b3\u00a0", "@")])
def test_a_score_is_read_through_its_format(tmp_path: Path, rating: Any, code: str) -> None:
    path = _book(tmp_path, [["Standard", "Rating"], ["47", rating]], {"B2": code})
    assert _read(path, "self_review", instrument(SCORED)).lines == (SelfReview(standard="47", value=3),)


def test_a_word_with_a_question_mark_is_not_sure_and_not_taken(tmp_path: Path) -> None:
    assert "'Met?' is not a rating" in _refused(
        write_csv(tmp_path / "s.csv", [["Standard", "Rating"], ["4", "Met?"]]), "self_review"
    )
    assert "'yes?' is not an answer" in _refused(
        write_csv(tmp_path / "s.csv", [["group", "4"], ["carer", "yes?"]]), "survey"
    )


def test_what_is_crossed_out_is_not_taken(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    made = book(Sheet=[["Standard", "Rating", "Comment"], ["47", "Met", "We do"]])
    made.active["B2"].font = made.active["C2"].font = Font(strike=True)
    path = saved(made, tmp_path / "s.xlsx")
    says = _refused(path, "self_review")
    assert "cell B2: it is crossed out" in says
    assert "C2" in says


def test_characters_that_nobody_sees_change_nothing(tmp_path: Path) -> None:
    rows = [["\u200bgroup\ufeff", "\u200b47\u00a0", "Standard\u00a04"], ["patient\u200b", "\ufeffyes", "no\u2060"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "survey").lines[:2] == (
        Survey(group="patient", standard="4", yes=0, no=1, na=0),
        Survey(group="patient", standard="47", yes=1, no=0, na=0),
    )
    rows = [["Standard", "Rating", "Comment"], ["\u200b47", "Not\u00a0met", "\u200b"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "self_review").lines == (
        SelfReview(standard="47", value="not_met"),
    )
    rows = [["case\u00a0note", "\u200bA1"], ["1\u200b", "not\u00a0recorded"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "audit").lines == (
        CaseNote(id="1"),
        Audit(case_note="1", item="A1", value="not_recorded"),
    )


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("self_review", [["Standard", "Rating", "Rating"], ["4", "Met", "Not met"]]),
        ("self_review", [["Standard", "Comment", "Rating", "comment "], ["4", "a", "Met", "b"]]),
        ("self_review", [["Standard", "Standard", "Rating"], ["4", "47", "Met"]]),
        ("self_review", [["Standard", "Rating", "Our rating"], ["4", "Met", "Not met"]]),
        ("self_review", [["No", "Standard", "Rating"], ["4", "47", "Met"]]),
        ("survey", [["group", "group", "4"], ["carer", "patient", "yes"]]),
        ("survey", [["group", "role", "4"], ["carer", "patient", "yes"]]),
        ("survey", [["group", "4", "Standard 4"], ["carer", "yes", "no"]]),
        ("survey", [[*COUNTS, "Yes"], ["carer", "4", "1", "2", "0", "3"]]),
        ("survey", [[*COUNTS, "Number"], ["carer", "4", "1", "2", "0", "47"]]),
        ("audit", [["case note", "Case Note", "A1"], ["1", "2", "yes"]]),
        ("audit", [["case note", "A1", "A1: a plan"], ["1", "yes", "no"]]),
    ],
)
def test_two_columns_that_may_be_the_same_are_refused_whatever_is_chosen(
    tmp_path: Path, kind: str, rows: list[list[str]]
) -> None:
    path = write_csv(tmp_path / "s.csv", rows)
    with pytest.raises(Invalid) as caught:
        read_intake(path, kind, instrument(), None, Choices(skip_bad=True))
    assert caught.value.kept == "nothing was imported"
    assert caught.value.field[-1] == "1"


def test_a_counter_beside_the_standards_is_not_taken_for_them(tmp_path: Path) -> None:
    rows = [["No", "Standard", "Rating"], ["1", "47", "Met"], ["2", "90", "Not met"]]
    assert _read(write_csv(tmp_path / "s.csv", rows), "self_review").lines == (
        SelfReview(standard="47", value="met"),
        SelfReview(standard="90", value="not_met"),
    )


def test_fewer_people_than_answers_cannot_be_meant(tmp_path: Path) -> None:
    rows = [[*COUNTS, "respondents"], ["carer", "4", "6", "2", "0", "5"]]
    assert "cell F2: it has fewer people than answers (8)" in _refused(write_csv(tmp_path / "s.csv", rows), "survey")


def test_a_number_that_its_format_shows_as_a_word_is_that_word(tmp_path: Path) -> None:
    path = _book(tmp_path, [["group", "47"], ["carer", 1], ["carer", 0]], {"B2": '"Yes";;"No"', "B3": '"Yes";;"No"'})
    assert _read(path, "survey").lines[0] == Survey(group="carer", standard="47", yes=1, no=1, na=0)
