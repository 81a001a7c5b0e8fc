"""Editions: which wording is meant, and both of one id are kept."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Invalid
from reviewapp.instruments.editions import digest, edition_of
from reviewapp.instruments.library import Library, builtin
from reviewapp.instruments.model import Instrument
from tests.core.crosswalk.building import numbered

FIRST, SECOND = numbered("a", "1", "2"), numbered("a", "1", "3", edition="second")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "instruments")


def test_the_digest_is_of_the_wording_alone() -> None:
    assert digest(FIRST) == digest(msgspec.structs.replace(FIRST, source="imported from x.csv", superseded_by="b"))
    assert digest(FIRST) != digest(msgspec.structs.replace(FIRST, title="Another"))
    stored = msgspec.json.decode(msgspec.json.encode(builtin()[0]), type=Instrument)
    assert edition_of(stored) == edition_of(builtin()[0])


def test_another_edition_of_an_id_needs_no_asking_and_both_are_kept(library: Library) -> None:
    assert library.add(FIRST) == "added"
    assert library.add(SECOND) == "added"
    assert library.get("a") == SECOND and library.get("a@first") == FIRST
    assert library.editions("a") == (SECOND, FIRST)
    assert [one.id for one in library.all() if one.id == "a"] == ["a"]
    assert library.find(edition_of(FIRST)) == FIRST


def test_another_wording_of_one_edition_needs_asking_and_the_one_before_is_kept(library: Library) -> None:
    library.add(FIRST)
    draft = msgspec.structs.replace(FIRST, title="A second draft")
    with pytest.raises(Invalid, match="already here"):
        library.add(draft)
    assert library.add(draft, replace=True) == "replaced"
    assert library.editions("a") == (draft, FIRST)
    with pytest.raises(Invalid, match="several wordings of a are called 'first'"):
        library.get("a@first")
    assert library.get(f"a@{digest(FIRST)[:12]}") == FIRST


def test_an_earlier_edition_can_be_made_current_again(library: Library) -> None:
    library.add(FIRST)
    library.add(SECOND)
    library.add(FIRST)
    assert library.get("a") == FIRST and library.editions("a") == (FIRST, SECOND)


def test_an_edition_that_is_not_here_is_told_with_those_that_are(library: Library) -> None:
    library.add(FIRST)
    with pytest.raises(Invalid, match="there is no edition 'third' of a here") as told:
        library.get("a@third")
    assert "first [" in told.value.do
    with pytest.raises(Invalid, match="there is no instrument"):
        library.get("none@first")
