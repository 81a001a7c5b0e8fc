"""A whole owner's workbook, 39 items of every form, is imported, used, exported and imported again as it was."""

from __future__ import annotations

import json
import time
import tracemalloc
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reviewapp.instruments.importing.workbook import read_workbook
from reviewapp.instruments.library import Library
from reviewapp.instruments.model import Criterion, Instrument
from reviewapp.spreadsheets.reader import read_sheets
from reviewapp.workspace.laptop import Laptop
from tests.core.cli.support import PASSPHRASE, Shell
from tests.core.instruments.importing.owners_workbook import save
from tests.core.instruments.importing.whole_workbook import ITEMS, form_of, whole
from tests.faults.pace import as_on_a_quiet_machine


@pytest.fixture
def laptop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    """A laptop that holds the owner's scale."""
    shell = Shell(tmp_path, capsys)
    found = shell.json("L1", "instruments", "import", save(whole(), tmp_path / "scale.xlsx"))
    assert (found["id"], found["found"], found["anomalies"]) == ("invented-39", ITEMS, [])
    return shell


def _found(instrument: Instrument, items: range, *, good: bool) -> list[dict[str, Any]]:
    """What reviewers found of every criterion of these items from every source: all is met, or nothing."""
    return [
        {"kind": "criterion", "standard": str(item), "criterion": one.id, "source": source, **_said(one, good=good)}
        for item in items
        for one in instrument.standard(str(item)).criteria
        for source in one.sources
    ]


def _said(one: Criterion, *, good: bool) -> dict[str, Any]:
    """A number where the criterion is measured, else a verdict."""
    if one.measure == "share":
        return {"n": 10 if good else 0, "of": 10}
    if one.measure == "number":
        return {"n": 12.5 if good else 99}
    if one.measure == "list":
        return {"ticked": list(range(1, len(one.parts) + 1)) if good else []}
    return {"value": "met" if good else "not_met"}


def test_it_is_used_in_a_visit_and_goes_out_as_it_came_in(laptop: Shell, tmp_path: Path) -> None:
    scale = Library(tmp_path / "L1" / "instruments").get("invented-39")
    assert {form_of(int(one.number)) for one in scale.standards} == set(range(8))
    assert sum(len(one.criteria) for one in scale.standards) == 199
    visit = laptop(
        "L1", "visit", "new", "--instrument", "invented-39", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-05-12", "--person", "L1:lead", "--person", "R2:clinician",
    ).strip()  # fmt: skip
    lines = _found(scale, range(1, 14), good=True) + _found(scale, range(14, 27), good=False)
    laptop("L1", "record", visit, _lines(tmp_path, lines), "--as", "L1")
    figures = laptop.json("L1", "visit", "status", visit)["figures"]
    assert [one["score"] for one in figures["items"].values()] == [5] * 13 + [1] * 13 + [None] * 13
    assert [figures["score"][name] for name in ("total", "lowest", "highest", "band")] == [78, 91, 143, None]

    agreed = [{"kind": "agreed", "standard": str(item), "value": 3, "reason": "seen"} for item in range(27, 40)]
    laptop("L1", "record", visit, _lines(tmp_path, agreed), "--as", "L1")
    score = laptop.json("L1", "visit", "status", visit)["figures"]["score"]
    assert [score[name] for name in ("total", "lowest", "highest", "band")] == [117, 117, 117, "moderate"]

    laptop("L1", "visit", "pack", visit, tmp_path / "pack", "--phrase-file", tmp_path / "phrase")
    laptop("R2", "visit", "join-as", tmp_path / "pack", "--as", "R2", "--phrase-file", tmp_path / "phrase")
    with closing(Laptop.open(tmp_path / "R2", PASSPHRASE).open_visit(visit)) as joined:
        assert joined.state.instrument == scale

    laptop("L1", "instruments", "export", "invented-39", tmp_path / "out.xlsx")
    assert laptop.json("L1", "instruments", "import", tmp_path / "out.xlsx")["happened"] == "unchanged"
    assert laptop.json("Z1", "instruments", "import", tmp_path / "out.xlsx")["happened"] == "added"
    assert Library(tmp_path / "Z1" / "instruments").get("invented-39") == scale
    laptop("Z1", "instruments", "export", "invented-39", tmp_path / "again.xlsx")
    first, again = (read_sheets(tmp_path / name) for name in ("out.xlsx", "again.xlsx"))
    assert [(one.name, one.rows) for one in first] == [(one.name, one.rows) for one in again]
    after = laptop.json("L1", "visit", "status", visit)["figures"]["score"]
    assert after == score


def test_reading_it_takes_seconds_and_little_memory(tmp_path: Path) -> None:
    path = save(whole(), tmp_path / "scale.xlsx")
    begun = time.process_time()
    read_workbook(read_sheets(path))
    assert as_on_a_quiet_machine(time.process_time() - begun) < SECONDS
    tracemalloc.start()
    try:
        read_workbook(read_sheets(path))
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


SECONDS, MEMORY = 2.0, 60_000_000
"""Ten times, and three times, what was measured."""


def _lines(folder: Path, lines: list[dict[str, Any]]) -> Path:
    path = folder / "lines.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path
