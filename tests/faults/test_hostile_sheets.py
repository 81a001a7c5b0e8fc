"""Spreadsheets from outside: read or refused in words, within the time and memory that a pack may take."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.faults.hostile_sheets import HOSTILE
from tests.faults.test_hostile import MOST_MEMORY_MB, MOST_SECONDS, ROOT

WELL = {"a size that lies.xlsx": "1 sheets, 1 rows", "a zip within.xlsx": "1 sheets, 1 rows",
        "properties.xlsx": "1 sheets, 1 rows"}  # fmt: skip
"""What lies in parts that are never read harms nobody, and the cells are there."""


def test_a_hostile_sheet_is_refused_or_harmless_within_bounds(tmp_path: Path) -> None:
    for name, make in HOSTILE.items():
        (tmp_path / name).write_bytes(make())
    command = [sys.executable, "-m", "tests.faults.sheet_receiver", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    outcomes = {one["file"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert outcomes.keys() == HOSTILE.keys()
    for name, one in outcomes.items():
        assert one["error"] == "" and one["seconds"] < MOST_SECONDS and one["peak"] < MOST_MEMORY_MB, one
        assert one["outcome"].isprintable() and len(one["outcome"]) < 600, one
        assert name not in WELL or one["outcome"] == WELL[name], one
    assert sum(one["outcome"].endswith("rows") for one in outcomes.values()) < len(HOSTILE) / 2
