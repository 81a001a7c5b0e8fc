"""`report --previous` from one end to the other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.cli.support import Shell


def earlier(shell: Shell, folder: Path, **changes: str) -> Path:
    """A status.json, as the command writes it, of a visit two years before in which one standard was rated."""
    shell.record("L1", '{"kind":"rating","standard":"47","value":"met"}', me="L1")
    status = shell.json("L1", "visit", "status", shell.visit)
    status["visit"] |= {"id": "before", "date": "2024-11-12", **changes}
    path = folder / "earlier.json"
    path.write_text(json.dumps(status))
    return path


def test_the_visit_before_is_taken_from_its_status_and_stays_in_the_journal(shell: Shell, tmp_path: Path) -> None:
    shell("L1", "report", shell.visit, "--previous", earlier(shell, tmp_path))
    assert "the visit of 2024-11-12" in shell.err
    shell("L1", "report", shell.visit, "--json", tmp_path / "report.json")
    printed = json.loads((tmp_path / "report.json").read_text())["printed"]
    assert {"report.previous.overall.met": 1}.items() <= {n["from"]: n["value"] for n in printed}.items()
    assert shell.json("L1", "visit", "history", shell.visit, "context", "previous_visit")[0]["person"] == "L1"


@pytest.mark.parametrize("text", ["", "{}", '{"visit": 1}'])
def test_another_file_is_refused_in_one_line(shell: Shell, tmp_path: Path, text: str) -> None:
    shell("L1", "report", shell.visit, "--previous", shell.file("other.json", text), code=1)
    shell("L1", "report", shell.visit, "--previous", tmp_path / "not-there.json", code=1)
    shell("L1", "report", shell.visit, "--previous", earlier(shell, tmp_path, date="2027-01-01"), code=1)
