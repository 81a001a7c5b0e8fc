"""Findings marked Stop are named when a document is written; with `--strict` nothing is; accepted ones stop nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reviewapp.cli.output import NOT_ENCRYPTED
from tests.core.cli.support import Shell

LINES = """
{"kind":"passage","place":"summary","text":"Ask about NHS9434765919."}
{"kind":"known_name","id":"N1","name":"Blodwen Example"}
{"kind":"passage","place":"method","text":"Blodwen showed us round."}
{"kind":"action","id":"AP1","standard":"4","action":"A plan","owner":"Blodwen Example","progress":"NHS 943/476/5919"}
{"kind":"response","standard":"4","text":"Born 01/02/1985, and was given a leaflet"}
"""


def open_stops(shell: Shell) -> list[dict[str, Any]]:
    every = shell.json("L1", "report", shell.visit, "--check")["findings"]
    return [one for one in every if one["severity"] == "stop" and one["accepted"] is None]


def record(shell: Shell) -> None:
    shell.record("L1", LINES, me="L1")


@pytest.mark.parametrize("profile", ["committee", "host", "circulation"])
@pytest.mark.parametrize("suffix", ["pdf", "docx", "json"])
def test_a_report_with_findings_marked_stop_is_written_and_they_are_named(
    shell: Shell, tmp_path: Path, suffix: str, profile: str
) -> None:
    record(shell)
    file = tmp_path / f"r.{suffix}"
    shell("L1", "report", shell.visit, f"--{suffix}", file, "--profile", profile)
    assert file.exists()
    assert "Do not send it like this: 5 things may identify someone." in shell.err
    for one in open_stops(shell):
        assert one["id"] in shell("L1", "report", shell.visit, "--check")
    shell("L1", "report", shell.visit, f"--{suffix}", file, "--profile", profile)
    named = [line for line in shell.err.splitlines() if line.startswith("Stop: ")]
    assert len(named) == 5
    assert "Blodwen" not in shell.err and "9434765919" not in shell.err


def test_strict_writes_nothing_while_one_is_open(shell: Shell, tmp_path: Path) -> None:
    record(shell)
    pdf, sheet = tmp_path / "r.pdf", tmp_path / "s.xlsx"
    shell("L1", "report", shell.visit, "--strict", "--pdf", pdf, "--response-sheet", sheet, code=1)
    assert "5 things may identify someone" in shell.err
    assert not pdf.exists() and not sheet.exists()
    shell("L1", "report", shell.visit, "--strict", code=2)
    shell("L1", "report", shell.visit, "--strict", "--check", code=2)


def test_what_was_accepted_with_a_reason_stands_in_nobodys_way(shell: Shell, tmp_path: Path) -> None:
    record(shell)
    for one in open_stops(shell):
        shell("L1", "report", shell.visit, "--accept", one["id"], "--reason", "It is an example.")
    shell("L1", "report", shell.visit, "--strict", "--pdf", tmp_path / "r.pdf")
    assert shell.err.splitlines() == [f"saved {tmp_path / 'r.pdf'}", f"note: {NOT_ENCRYPTED}"]
    shell.record("L1", '{"kind":"passage","place":"summary","text":"Ask about NHS 9434765919 again."}', me="L1")
    shell("L1", "report", shell.visit, "--strict", "--pdf", tmp_path / "again.pdf", code=1)
    assert "1 thing may identify someone" in shell.err


def test_a_response_sheet_is_stopped_by_what_stands_in_it(shell: Shell, tmp_path: Path) -> None:
    record(shell)
    shell("L1", "report", shell.visit, "--response-sheet", tmp_path / "s.xlsx")
    assert "1 thing may identify someone" in shell.err
    shell("L1", "report", shell.visit, "--strict", "--response-sheet", tmp_path / "t.xlsx", code=1)
    assert not (tmp_path / "t.xlsx").exists()


@pytest.mark.parametrize(
    ("kind", "suffix", "stops"), [("sheet", "xlsx", 2), ("progress", "pdf", 2), ("brief", "pdf", 1)]
)
def test_the_plan_is_stopped_by_what_stands_in_it(
    shell: Shell, tmp_path: Path, kind: str, suffix: str, stops: int
) -> None:
    record(shell)
    file = tmp_path / f"p.{suffix}"
    shell("L1", "plan", "export", shell.visit, file, "--kind", kind, "--strict", code=1)
    assert not file.exists()
    shell("L1", "plan", "export", shell.visit, file, "--kind", kind)
    assert file.exists()
    assert len([line for line in shell.err.splitlines() if line.startswith("Stop: ")]) == stops


def test_an_earlier_report_of_progress_that_is_printed_again_stops_too(shell: Shell, tmp_path: Path) -> None:
    action = '{"kind":"action","id":"AP1","standard":"4","action":"A plan","progress":"%s"}'
    shell.record("L1", action % "NHS9434765919 rang", me="host")
    shell.record("L1", action % "Somebody rang", me="L1")
    shell("L1", "plan", "export", shell.visit, tmp_path / "p.pdf", "--kind", "progress", "--strict", code=1)
    shell("L1", "plan", "export", shell.visit, tmp_path / "b.pdf", "--kind", "brief", "--strict")


def test_the_page_for_the_wall_is_not_stopped_by_what_it_does_not_print(shell: Shell, tmp_path: Path) -> None:
    record(shell)
    shell("L1", "plan", "export", shell.visit, tmp_path / "w.pdf", "--kind", "you-said", "--strict")
    assert (tmp_path / "w.pdf").exists()
