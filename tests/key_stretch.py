"""Tests derive their keys at next to no cost; the program itself knows no way to be asked for that.

`conftest.py` does so for every test, and so does each process of its own that a test starts from `tests/`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reviewapp.store import key_wrapping
from reviewapp.store.key_wrapping import Argon2Cost

CHEAP = Argon2Cost(memory_kib=8, passes=1)
"""The least that Argon2id takes: 0.1 ms, where the cost of a passphrase is some 200."""

_PROGRAM = (key_wrapping.PASSPHRASE_COST, key_wrapping.RECOVERY_COST)


def use_cheap_keys() -> None:
    """From now on, in this process, new keys cost nothing to derive."""
    key_wrapping.PASSPHRASE_COST = key_wrapping.RECOVERY_COST = CHEAP


@contextmanager
def costs_of_the_program() -> Iterator[None]:
    """Within it, new keys cost what they cost outside the tests."""
    key_wrapping.PASSPHRASE_COST, key_wrapping.RECOVERY_COST = _PROGRAM
    try:
        yield
    finally:
        use_cheap_keys()
