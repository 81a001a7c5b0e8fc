"""Tests do not wait until the disk holds what was written; the program always does.

A test in one process sees its files at once, synced or not, and the whole suite would wait for tens of thousands of
syncs. What a power cut or a failing disk leaves is tested by processes of their own (`tests/faults`), which wait as the
program does; what is synced, and when, is asked of `tests/core/store/on_disk.py`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reviewapp.store import driver

if TYPE_CHECKING:
    from _typeshed import HasFileno  # known to type checkers only

_PROGRAM = os.fsync, driver.SYNCHRONOUS


def never_wait() -> None:
    """From now on, in this process, a sync only asks whether there is such a file."""
    os.fsync, driver.SYNCHRONOUS = _no_wait, "OFF"


@contextmanager
def waits_of_the_program() -> Iterator[None]:
    """Within it, syncs and new connections wait as they do outside the tests."""
    os.fsync, driver.SYNCHRONOUS = _PROGRAM
    try:
        yield
    finally:
        never_wait()


def _no_wait(fd: int | HasFileno) -> None:
    os.fstat(fd if isinstance(fd, int) else fd.fileno())
