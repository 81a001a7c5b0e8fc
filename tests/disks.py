"""Disks that take no write, for tests: mounted where the tests may do so, else the test is skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_mounting = pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.geteuid() != 0, reason="only root can mount a disk of its own"
)


def _mount(*words: str) -> None:
    done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"a disk cannot be mounted here: {done.stderr.strip()}")


@contextmanager
def mounted(place: Path, *words: str) -> Iterator[None]:
    """Inside, another disk lies at this place."""
    _mount(*words, str(place))
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


@contextmanager
def read_only(place: Path) -> Iterator[None]:
    """Inside, nothing can be written below this folder."""
    with mounted(place, "--bind", str(place)):
        _mount("-o", "remount,ro,bind", str(place))
        yield
