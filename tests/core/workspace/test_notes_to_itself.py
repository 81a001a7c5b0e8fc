"""What a laptop leaves for itself where others can see it, such as the place of the person while it is locked."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from reviewapp.store.home import Home
from reviewapp.workspace.laptop import Laptop

ONE, OTHER = (Laptop(Home(Path("unused"), bytes([number]) * 32)) for number in (1, 2))


@given(st.binary(max_size=200))
def test_only_the_laptop_that_sealed_a_note_reads_it(note: bytes) -> None:
    sealed = ONE.seal(note)
    assert ONE.unseal(sealed) == note and OTHER.unseal(sealed) is None
    assert len(note) < 4 or note not in sealed.encode()


@given(st.text(max_size=100))
def test_what_is_no_sealed_note_is_none(text: str) -> None:
    assert ONE.unseal(text) is None
