"""The order in which a reader expects numbers, in the program and in the store."""

from __future__ import annotations

import msgspec
from hypothesis import example, given
from hypothesis import strategies as st

from reviewapp.visit.sorting import groups, in_order, natural, sections, sort_text, type_first, types
from tests.core.visit.building import instrument

keys = st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs")) | st.sampled_from("0179/RP"), max_size=12))


def test_numbers_are_read_as_numbers() -> None:
    assert in_order(["113", "36a", "4", "36", "Q10/R2", "Q9/R2"]) == ["4", "36", "36a", "113", "Q9/R2", "Q10/R2"]


def test_standards_are_read_by_type_and_then_by_number() -> None:
    measured = instrument({"10": "2", "9": "2", "113": "1", "4": "10"}, sections={"10": "Care", "9": "Staff"})
    assert [one.number for one in sorted(measured.standards, key=type_first)] == ["113", "9", "10", "4"]
    assert types(measured) == ["1", "2", "10"]


def test_a_section_or_group_that_is_not_foreseen_comes_last_and_is_never_lost() -> None:
    measured = instrument({"4": "1", "5": "1", "6": "1"}, sections={"4": "Staff", "5": "Care", "6": "Staff"})
    assert sections(measured) == ["Staff", "Care"]
    assert sections(msgspec.structs.replace(measured, sections=("Care", "Empty"))) == ["Care", "Empty", "Staff"]
    assert groups(["relatives", "staff", "neighbours", "patient", "staff"]) == [
        "patient", "staff", "neighbours", "relatives",
    ]  # fmt: skip


@given(keys)
@example(["aA1", "a1", "a", "a10", "a2b"])
def test_the_store_sorts_as_the_program_does(texts: list[str]) -> None:
    assert sorted(texts, key=_stored) == sorted(texts, key=natural)


@given(keys)
def test_two_keys_never_share_a_place(texts: list[str]) -> None:
    assert len(set(map(sort_text, texts))) == len(set(texts))


def _stored(text: str) -> bytes:
    """How a database compares texts."""
    return sort_text(text).encode()
