"""The crosswalks of a laptop: proposals of the program, imported ones before them, and none ever lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, Invalid
from reviewapp.crosswalk.import_sheet import ReadCrosswalk, read_crosswalks
from reviewapp.crosswalk.library import CrosswalkLibrary, proposals
from reviewapp.crosswalk.model import Crosswalk, completeness
from reviewapp.instruments.library import Library, builtin
from reviewapp.instruments.model import Instrument
from tests.core.crosswalk.building import crosswalk, library_with, numbered, pair

A, B = numbered("a", "1", "2"), numbered("b", "10", "20")
NEWER = numbered("a", "1", "2", "3", edition="second")
QN, CORE = "qn-crhtt-4-pc", "core-fidelity-2"
"""The two between which a proposal comes with the program."""


def _library(folder: Path, *instruments: Instrument) -> CrosswalkLibrary:
    return CrosswalkLibrary(folder / "crosswalks", library_with(folder, *instruments))


def _read(walk: Crosswalk, left: Instrument, right: Instrument) -> ReadCrosswalk:
    return ReadCrosswalk(walk, left, right)


def test_it_is_found_from_either_side(tmp_path: Path) -> None:
    library = _library(tmp_path, A, B)
    walk = crosswalk(A, B, pair("1", "10", "within"))
    assert library.get(A, B) is None
    assert library.add(_read(walk, A, B)).happened == "added"
    assert library.get(A, B) == walk
    assert library.get(B, A) == walk.flipped()


def test_what_takes_its_place_is_counted_and_the_earlier_one_kept(tmp_path: Path) -> None:
    library = _library(tmp_path, A, B)
    library.add(_read(crosswalk(A, B, pair("1", "10"), pair("2", "20")), A, B))
    newer = crosswalk(A, B, pair("1", "10", "equal"), pair("1", "20"))
    told = library.add(_read(newer, A, B))
    assert (told.happened, told.new, told.changed, told.gone) == ("replaced", 1, 1, 1)
    assert library.add(_read(newer, A, B)).happened == "unchanged"
    assert len(list((tmp_path / "crosswalks" / "earlier").iterdir())) == 1


def test_one_given_the_other_way_round_takes_the_place_of_the_one_that_is_here(tmp_path: Path) -> None:
    library = _library(tmp_path, A, B)
    library.add(_read(crosswalk(A, B, pair("1", "10", "within")), A, B))
    assert library.add(_read(crosswalk(B, A, pair("10", "1", "contains")), B, A)).happened == "unchanged"
    told = library.add(_read(crosswalk(B, A, pair("10", "1", "equal")), B, A))
    assert (told.happened, told.changed) == ("replaced", 1)
    found = library.get(A, B)
    assert found is not None and found.pairs[0].relation == "equal"
    assert len(list((tmp_path / "crosswalks").glob("*.json"))) == 1


def test_one_between_other_wordings_is_not_taken_and_is_named(tmp_path: Path) -> None:
    library = _library(tmp_path, A, NEWER, B)
    library.add(_read(crosswalk(A, B, pair("1", "10")), A, B))
    assert library.get(NEWER, B) is None
    with pytest.raises(Invalid, match=r"between other wordings \(a \(first\) and b \(first\)\)"):
        library.between(NEWER, B)


def test_rows_to_another_wording_with_the_same_numbers_are_a_start(tmp_path: Path) -> None:
    other = numbered("b-imported", "10", "20")
    library = _library(tmp_path, A, B, other)
    library.add(_read(crosswalk(A, B, pair("1", "10")), A, B))
    made = library.like(A, other, B)
    assert made.right.id == "b-imported" and len(made.pairs) == 1 and library.get(A, other) is None
    with pytest.raises(Invalid, match="standard '10' does not exist"):
        library.like(A, numbered("c", "1"), B)


def test_a_damaged_file_is_named_and_left(tmp_path: Path) -> None:
    library = _library(tmp_path, A, B)
    library.add(_read(crosswalk(A, B, pair("1", "10")), A, B))
    path = next((tmp_path / "crosswalks").glob("*.json"))
    path.write_bytes(path.read_bytes().replace(b'"10"', b'"99"'))
    with pytest.raises(Damaged, match="standard '99' does not exist"):
        library.get(A, B)
    path.write_text("{")
    with pytest.raises(Damaged, match="not a sound crosswalk"):
        library.get(A, B)


def _with_core(folder: Path) -> Library:
    if any(one.id == CORE for one in builtin()):
        return Library(folder / "instruments")
    return library_with(folder, numbered(CORE, *(str(n) for n in range(1, 40))))


def test_the_proposal_that_comes_with_the_program_is_whole(tmp_path: Path) -> None:
    """44 of 44 looked at, 35 linked and 9 not, no pair equivalent, every row with its confidence and as a proposal."""
    instruments = _with_core(tmp_path)
    one, other = instruments.get(QN), instruments.get(CORE)
    found = CrosswalkLibrary(tmp_path / "crosswalks", instruments).between(one, other)
    assert completeness(found, one).in_words() == "44 of 44 looked at, 35 linked, 9 none"
    assert completeness(found.flipped(), other).in_words() == "39 of 39 looked at, 25 linked, 14 none"
    assert {p.from_ for p in found.pairs if not p.links and p.from_} == {
        "4", "14", "20", "46", "47", "54", "90", "157", "158",
    }  # fmt: skip
    assert {p.relation for p in found.pairs} == {"overlaps", "within", "none"}
    assert [(p.from_, p.to) for p in found.pairs if p.relation == "within"] == [
        ("134", "16"), ("163", "19"), ("167", "14"),
    ]  # fmt: skip
    assert all("(confidence: " in p.reason for p in found.pairs)
    assert found.proposed() == len(found.pairs)


def test_a_proposal_that_somebody_checked_stands_before_the_one_of_the_program(tmp_path: Path) -> None:
    instruments = _with_core(tmp_path)
    one, other = instruments.get(QN), instruments.get(CORE)
    library = CrosswalkLibrary(tmp_path / "crosswalks", instruments)
    proposal = next(read for read in proposals(instruments) if read.crosswalk.is_between(one, other))
    from reviewapp.crosswalk.export_sheet import export_crosswalk

    export_crosswalk(proposal.crosswalk, tmp_path / "walk.xlsx")
    text = read_crosswalks(tmp_path / "walk.xlsx", instruments.editions).found[0]
    assert text.crosswalk == proposal.crosswalk
    assert library.add(text).happened == "added", "nothing of this laptop was replaced"
    checked = crosswalk(one, other, pair("1", "12", author="An example clinician"))
    library.add(ReadCrosswalk(checked, one, other))
    found = library.get(one, other)
    assert found is not None and found.proposed() == 0
