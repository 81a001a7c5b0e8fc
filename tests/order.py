"""Which test files begin first: the longest, as a file stays with one process and the others would wait for it."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
LONGEST = (
    "ui/access/test_access_pages.py",
    "ui/access/test_access_beside.py",
    "ui/languages/test_languages.py",
    "ui/overview/test_rounds_access.py",
    "ui/whole_visit/test_whole_visit.py",
    "faults/test_killed.py",
    "core/test_broken_home.py",
    "faults/test_disk_fails.py",
    "core/workspace/test_gone.py",
    "core/workspace/test_hiding.py",
    "core/report/test_scored.py",
    "faults/test_hostile.py",
    "faults/test_power_cut.py",
    "faults/test_copied_laptops.py",
    "core/exchange/test_laws_of_returns.py",
    "faults/test_hostile_sheets.py",
    "core/national/test_sample_network.py",
)
"""By how long they take, beginning with the longest of each of the two runs."""


def longest_first(items: list[pytest.Item]) -> None:
    """Put the tests of these files first; the others stay in the order that pytest-randomly gave them."""
    place = {HERE / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path, len(place)))
