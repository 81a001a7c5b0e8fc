"""Crosswalks go out to a sheet and come back without a difference; a fault is one line with sheet and cell."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.crosswalk.export_sheet import export_crosswalk, rows
from reviewapp.crosswalk.import_sheet import read_crosswalks
from reviewapp.instruments.library import Library
from reviewapp.spreadsheets.writer import csv_bytes
from tests.core.crosswalk.building import HEADS, crosswalk, library_with, numbered, pair

A = numbered("a", "1", "2", "5.1", "5.10")
B = numbered("b", "10", "20", "30")
NEWER = numbered("a", "1", "2", "3", edition="second")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_with(tmp_path, A, B)


def _csv(folder: Path, *lines: tuple[str, ...]) -> Path:
    path = folder / "walk.csv"
    path.write_bytes(csv_bytes([HEADS, *lines]))
    return path


def _row(from_: str, to: str, relation: str = "overlaps", **more: str) -> tuple[str, ...]:
    said = {
        "from_instrument": "a", "from": from_, "to_instrument": "b", "to": to, "relation": relation,
        "reason": "Both ask for it", "author": "An example author", "date": "2026-09-30", **more,
    }  # fmt: skip
    return tuple(said.get(name, "") for name in HEADS)


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_crosswalk_comes_back_without_a_difference(library: Library, tmp_path: Path, suffix: str) -> None:
    walk = crosswalk(
        A, B, pair("1", "10", "within", reason="=1+1, \"quoted\";\nand a second line"),
        pair("5.10", "20", "equal", to_criterion="b"), pair("2", "", "none"), pair("", "30", "none"),
    )  # fmt: skip
    path = tmp_path / f"walk{suffix}"
    export_crosswalk(walk, path)
    read = read_crosswalks(path, library.editions)
    assert [one.crosswalk for one in read.found] == [walk]
    assert read.not_read == ()


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=40).map(str.strip)


@settings(deadline=None, max_examples=30)
@given(reason=_TEXT.filter(lambda text: bool(text) and text.isprintable()), author=st.sampled_from(["X", "=A", "'Y'"]))
def test_any_words_come_back_as_they_were(reason: str, author: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = library_with(folder, A, B)
        walk = crosswalk(A, B, pair("1", "10", reason=reason, author=author))
        export_crosswalk(walk, folder / "walk.csv")
        assert read_crosswalks(folder / "walk.csv", library.editions).found[0].crosswalk == walk


def test_a_number_may_be_written_as_people_write_it(library: Library, tmp_path: Path) -> None:
    path = _csv(tmp_path, _row("Standard 1", "010"))
    found = read_crosswalks(path, library.editions).found[0].crosswalk
    assert (found.pairs[0].from_, found.pairs[0].to) == ("1", "10")


def test_a_row_that_stands_the_other_way_round_is_read_from_the_other_side(library: Library, tmp_path: Path) -> None:
    turned = _row("20", "2", "within", from_instrument="b", to_instrument="a")
    found = read_crosswalks(_csv(tmp_path, _row("1", "10"), turned), library.editions).found
    assert len(found) == 1
    assert [(p.from_, p.to, p.relation) for p in found[0].crosswalk.pairs][1] == ("2", "20", "contains")


def test_a_mirrored_row_of_a_pair_that_is_there_is_told(library: Library, tmp_path: Path) -> None:
    turned = _row("10", "1", "within", from_instrument="b", to_instrument="a")
    with pytest.raises(Invalid, match=r"walk\.csv, row 3: the same pair is in walk\.csv, row 2 as overlaps"):
        read_crosswalks(_csv(tmp_path, _row("1", "10"), turned), library.editions)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (_row("9", "10"), "walk.csv, cell B2: standard '9' does not exist"),
        (_row("1", "99"), "walk.csv, cell E2: standard '99' does not exist"),
        (_row("1", "10", "subset"), "walk.csv, cell G2: 'subset' is no relation"),
        (_row("1", "10", ""), "walk.csv, cell G2: the relation is missing"),
        (_row("1", "10", change="moved"), "walk.csv, cell H2: 'moved' is no change"),
        (_row("1", "10", reason=""), "walk.csv, cell I2: the reason is missing"),
        (_row("1", "10", author=""), "walk.csv, cell J2: the author is missing"),
        (_row("1", "10", date="soon"), "walk.csv, cell K2: 'soon' is not a date"),
        (_row("1", "10", from_instrument="c"), "walk.csv, cell A2: there is no instrument 'c' here"),
        (_row("1", "10", from_instrument="a@third"), "walk.csv, cell A2: there is no edition 'third' of a here"),
    ],
)
def test_a_fault_is_told_with_its_cell(library: Library, tmp_path: Path, row: tuple[str, ...], words: str) -> None:
    with pytest.raises(Invalid) as told:
        read_crosswalks(_csv(tmp_path, row), library.editions)
    assert words in told.value.what


def test_two_editions_under_one_id_are_named_by_their_edition(tmp_path: Path) -> None:
    library = library_with(tmp_path, A, NEWER)
    row = _row("1", "1", "equal", change="reworded", from_instrument="a@first", to_instrument="a@second")
    found = read_crosswalks(_csv(tmp_path, row), library.editions).found[0].crosswalk
    assert (found.left.edition, found.right.edition) == ("first", "second")
    export_crosswalk(found, tmp_path / "out.csv")
    assert read_crosswalks(tmp_path / "out.csv", library.editions).found[0].crosswalk == found
    same = _row("1", "1", "equal", from_instrument="a", to_instrument="a")
    with pytest.raises(Invalid, match="both sides are the same standards"):
        read_crosswalks(_csv(tmp_path, same), library.editions)


def test_a_digest_that_is_not_held_here_is_told(library: Library, tmp_path: Path) -> None:
    walk = crosswalk(A, B, pair("1", "10"))
    heads = (*HEADS, "from_edition", "from_digest", "to_edition", "to_digest")
    row = (*rows(walk)[0][:11], "first", "0" * 64, "first", walk.right.digest)
    (tmp_path / "walk.csv").write_bytes(csv_bytes([heads, row]))
    with pytest.raises(Invalid, match="there is no edition"):
        read_crosswalks(tmp_path / "walk.csv", library.editions)


def test_a_column_that_is_not_ours_is_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "walk.csv").write_bytes(csv_bytes([(*HEADS, "strength"), (*_row("1", "10"), "7")]))
    assert "strength" in read_crosswalks(tmp_path / "walk.csv", library.editions).not_read[0]


def test_a_file_without_the_columns_or_without_rows_is_refused(library: Library, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="no rows"):
        read_crosswalks(_csv(tmp_path), library.editions)
    (tmp_path / "other.csv").write_bytes(csv_bytes([("number", "title"), ("1", "x")]))
    with pytest.raises(ReviewError, match="has no column"):
        read_crosswalks(tmp_path / "other.csv", library.editions)
    with pytest.raises(ReviewError):
        export_crosswalk(crosswalk(A, B, pair("1", "10")), tmp_path / "walk.txt")
