"""The order in which a reader expects numbers, in the program and in the store."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.visit.sorting import in_order, natural, sort_text

keys = st.lists(st.text(st.characters(categories=("L", "N", "P", "Zs")) | st.sampled_from("0179/RP"), max_size=12))


def test_numbers_are_read_as_numbers() -> None:
    assert in_order(["113", "36a", "4", "36", "Q10/R2", "Q9/R2"]) == ["4", "36", "36a", "113", "Q9/R2", "Q10/R2"]


@given(keys)
def test_the_store_sorts_as_the_program_does(texts: list[str]) -> None:
    assert sorted(texts, key=_stored) == sorted(texts, key=natural)


@given(keys)
def test_two_keys_never_share_a_place(texts: list[str]) -> None:
    assert len(set(map(sort_text, texts))) == len(set(texts))


def _stored(text: str) -> bytes:
    """How a database compares texts."""
    return sort_text(text).encode()
