"""`visit share` and `visit examples`: what a lead opted in to, from visit to visit and from laptop to laptop."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.support import Shell


@pytest.fixture
def two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Shell, str, str]:
    """Two visits of L1 to two teams by the invented scale; the second one scored low at 5."""
    shell = Shell(tmp_path, capsys)
    words = ("visit", "new", "--instrument", "example-fidelity-8", "--organisation", "Example trust", "--date")
    people = ("--person", "L1:lead", "--person", "R2:clinician")
    good = shell("L1", *words, "2026-04-12", "--service", "Example team C", *people).strip()
    low = shell("L1", *words, "2026-05-12", "--service", "Example team", *people).strip()
    shell.visit = low
    shell.record("L1", '{"kind":"agreed","standard":"5","value":2,"reason":"r"}\n', me="L1")
    return shell, good, low


def test_nothing_is_offered_until_the_lead_shares_it(two: tuple[Shell, str, str]) -> None:
    shell, good, low = two
    passage = shell.file("p.jsonl", '{"kind":"passage","place":"practice:5","text":"Weekends are shared by all."}\n')
    shell("L1", "record", good, passage, "--as", "L1")
    assert shell.json("L1", "visit", "examples", low) == {
        "low": [{"standard": "5", "examples": []}], "offered": [], "shared": [],
    }  # fmt: skip
    shell("L1", "visit", "share", good, "5", "--team", "a team in a small town")
    assert "a team in a small town" in shell.err
    (offered,) = shell.json("L1", "visit", "examples", low)["offered"]
    assert (offered["standard"], offered["text"]) == ("5", "Weekends are shared by all.")
    shell("L1", "visit", "share", good, "5", "--stop")
    assert shell.json("L1", "visit", "examples", low)["offered"] == []
    shell("L1", "visit", "share", good, "5", "--stop", code=1)
    shell("L1", "visit", "share", good, "4", code=1)


def test_examples_are_taken_after_the_meeting_was_opened_and_stand_in_the_report(two: tuple[Shell, str, str]) -> None:
    shell, good, low = two
    shell("L1", "visit", "share", good, "5", "--text", "Weekends are shared by all.")
    shell("L1", "visit", "examples", low, "--take", code=1)
    shell("L1", "visit", "meeting", low, "open")
    shell("L1", "visit", "examples", low, "--take")
    assert shell.err.startswith("1 taken")
    shell("L1", "visit", "examples", low, "--take", code=1)
    (item,) = shell.json("L1", "visit", "examples", low)["low"]
    assert [(one["text"], one["team"]) for one in item["examples"]] == [("Weekends are shared by all.", "")]
    shell("L1", "report", low, "--json", shell.folder / "report.json")
    assert "Weekends are shared by all." in (shell.folder / "report.json").read_text()
    shell("L1", "report", low, "--json", shell.folder / "wide.json", "--profile", "circulation")
    assert "Weekends are shared by all." not in (shell.folder / "wide.json").read_text()


def test_what_is_shared_travels_as_a_small_file_of_lines(two: tuple[Shell, str, str]) -> None:
    shell, good, low = two
    file = shell.folder / "examples.jsonl"
    shell("L1", "visit", "examples", good, "--write", file, code=1)
    assert not file.exists()
    shell("L1", "visit", "share", good, "5", "--text", "Ask about NHS9434765919.")
    shell("L1", "visit", "examples", good, "--write", file, "--strict", code=1)
    assert not file.exists()
    shell("L1", "visit", "share", good, "5", "--text", "Weekends are shared by all.")
    shell("L1", "visit", "examples", good, "--write", file, "--strict")
    shell("L1", "record", low, file, "--as", "L1")
    (item,) = shell.json("L1", "visit", "examples", low)["low"]
    assert [one["source"] for one in item["examples"]] == [good]
    shell("L1", "record", good, file, "--as", "L1", code=1)
