from __future__ import annotations

from typing import Any

import pytest
from msgspec import UNSET

from reviewapp.base.errors import Invalid
from reviewapp.intake import read_intake
from reviewapp.visit.statements import SelfReview
from tests.core.intake.sheet_building import SCORED, instrument, write_csv, write_xlsx

HEAD = ["standard", "rating", "comment"]


def read(path, scale=None):
    return read_intake(path, "self_review", instrument(scale) if scale else instrument())


def refused(path, scale=None):
    with pytest.raises(Invalid) as caught:
        read(path, scale)
    assert caught.value.kept == "nothing was imported"
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_labels_values_and_common_spellings_are_understood(tmp_path, write):
    rows = [HEAD, [4, "Met", "yes"], ["36A", " not  met ", ""], ["Standard 47", "N/A", ""], ["090", "not_met", ""]]
    found = read(write(tmp_path / "team", rows))
    assert [(line.standard, line.value) for line in found.lines] == [
        ("4", "met"), ("36a", "not_met"), ("47", "na"), ("90", "not_met"),
    ]  # fmt: skip
    assert found.summary == "Self-review of 4 of 5 standards: 1 Met, 2 Not Met, 1 Not Applicable."


def test_numbers_of_a_scored_scale_are_understood(tmp_path):
    found = read(write_xlsx(tmp_path / "t.xlsx", [HEAD, ["4", 3, ""], ["47", "5", ""], ["90", "2 points", ""]]), SCORED)
    assert [line.value for line in found.lines] == [3, 5, 2]
    assert "1 rated “2 points”, 1 rated “3 points”, 1 rated “5 points”" in found.summary


def test_a_comment_without_a_rating_is_taken_and_the_rating_left_open(tmp_path):
    found = read(write_csv(tmp_path / "t.csv", [HEAD, ["4", "", "we are not sure"], ["47", "", ""]]))
    assert found.lines == (SelfReview(standard="4", value=UNSET, comment="we are not sure"),)
    assert "1 with a comment but no rating" in found.summary


def test_number_and_value_are_headings_too_and_a_title_may_stand_above(tmp_path):
    rows: list[list[Any]] = [
        ["Our self-review", "", ""],
        [],
        ["Number", "Standard", "Value"],
        [47, "The wording of 47", "met"],
    ]
    assert read(write_xlsx(tmp_path / "t.xlsx", rows)).lines == (SelfReview(standard="47", value="met"),)


def test_an_unknown_rating_is_named_by_file_sheet_and_cell_with_what_to_use(tmp_path):
    error = refused(write_xlsx(tmp_path / "team.xlsx", [HEAD, ["4", "Met"], ["47", "Partly met"]], "Ours"))
    assert str(error) == (
        "team.xlsx, sheet \"Ours\", cell B3: 'Partly met' is not a rating; nothing was imported; use Met, Not Met "
        "or Not Applicable"
    )
    assert error.field == "B3"


def test_every_other_wrong_cell_is_named_as_well(tmp_path):
    error = refused(write_csv(tmp_path / "t.csv", [HEAD, ["4", "so so"], ["48", "met"], ["90", "=B2", ""]]))
    assert "cell B2" in error.what
    assert "see also A3, B4" in error.do


def test_an_unknown_standard_is_named(tmp_path):
    assert "cell A2: there is no standard '481'" in refused(write_csv(tmp_path / "t.csv", [HEAD, ["481", "met"]])).what


def test_a_row_without_a_standard_is_named(tmp_path):
    assert "cell A3: the row does not name" in refused(
        write_csv(tmp_path / "t.csv", [HEAD, ["4", "met"], ["", "met"]])
    ).what  # fmt: skip


def test_a_missing_column_is_named_with_the_headings_that_are_needed(tmp_path):
    error = refused(write_csv(tmp_path / "team.csv", [["standard", "verdict"], ["4", "met"]]))
    assert error.what == 'team.csv, row 1 has no column "rating"'
    assert "standard, rating" in error.do


def test_the_same_standard_twice_is_refused_only_when_the_rows_differ(tmp_path):
    same = [HEAD, ["4", "met", "x"], ["4", "Met", "x"]]
    assert len(read(write_csv(tmp_path / "t.csv", same)).lines) == 1
    error = refused(write_csv(tmp_path / "t.csv", [HEAD, ["4", "met", "x"], ["47", "met", ""], ["4", "not met", "x"]]))
    assert "cell A4: standard 4 already has a different rating (t.csv, cell A2)" in error.what


def test_a_formula_is_refused_wherever_it_stands_but_text_that_looks_like_one_is_text(tmp_path):
    error = refused(write_xlsx(tmp_path / "t.xlsx", [HEAD, ["4", '="m"&"et"', ""]]))
    assert "cell B2: it contains a formula" in error.what
    assert "paste values" in error.do
    assert "formula" in refused(write_xlsx(tmp_path / "t.xlsx", [HEAD, ["4", "#N/A", ""]])).what
    assert (
        "cell C2: it contains a formula" in refused(write_xlsx(tmp_path / "t.xlsx", [HEAD, ["4", "met", "=B2"]])).what
    )
    found = read(write_csv(tmp_path / "t.csv", [HEAD, ["4", "met", "=> see the policy"]]))
    assert found.lines[0].comment == "=> see the policy"


def test_an_empty_table_says_that_nothing_was_filled_in(tmp_path):
    found = read(write_csv(tmp_path / "t.csv", [HEAD]))
    assert found.lines == ()
    assert "nothing filled in" in found.summary


def test_an_unknown_kind_is_refused(tmp_path):
    with pytest.raises(Invalid, match="'diary' cannot be imported"):
        read_intake(tmp_path / "t.csv", "diary", instrument())


def test_the_summary_of_a_sheet_tells_what_in_it_may_identify_somebody(tmp_path):
    rows = [["Standard", "Rating", "Comment"], ["4", "Met", "DOB01/02/1985, NHS9434765919"], ["47", "Met", "kind"]]
    found = read_intake(write_csv(tmp_path / "s.csv", rows), "self_review", instrument())
    assert [(place.entity, place.key) for place in found.identifying] == [("self_review", "4")]
    assert "2 things in it may identify someone" in found.summary
    assert "9434765919" not in found.summary
