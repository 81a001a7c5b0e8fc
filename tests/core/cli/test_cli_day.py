"""`visit timetable` and `visit booklet`: the day on paper, and a usual day to begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.cli.support import Shell


@pytest.fixture
def laptop(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Shell:
    shell = Shell(tmp_path, capsys)
    shell.visit = shell(
        "L1", "visit", "new", "--instrument", "example-fidelity-8", "--service", "Example team", "--organisation",
        "Example trust", "--date", "2026-05-12", "--person", "L1:lead", "--person", "R2:clinician",
    ).strip()  # fmt: skip
    return shell


def test_a_usual_day_is_added_once_and_printed(laptop: Shell, tmp_path: Path) -> None:
    assert "no appointment" in laptop("L1", "visit", "timetable", laptop.visit)
    made = laptop.json("L1", "visit", "timetable", laptop.visit, "--usual", "08:30", "--pdf", tmp_path / "day.pdf")
    assert made[0]["start"] == "08:30" and made[0]["who"] == ["L1", "R2"] and made[0]["room"]
    assert (tmp_path / "day.pdf").read_bytes().startswith(b"%PDF")
    assert laptop.json("L1", "visit", "timetable", laptop.visit, "--usual", "08:30") == made


def test_a_booklet_is_for_somebody_on_the_visit_or_blank(laptop: Shell, tmp_path: Path) -> None:
    for extra in ((), ("--for", "R2")):
        laptop("L1", "visit", "booklet", laptop.visit, tmp_path / "b.pdf", *extra)
        assert (tmp_path / "b.pdf").read_bytes().startswith(b"%PDF")
    laptop("L1", "visit", "booklet", laptop.visit, tmp_path / "c.pdf", "--for", "R9", code=1)
    assert not (tmp_path / "c.pdf").exists()


def test_a_document_seen_is_recorded_as_a_line_and_found(laptop: Shell) -> None:
    laptop.record("L1", '{"kind":"document_seen","id":"D1","title":"Operational policy","standards":["1"]}\n', me="L1")
    found = laptop.json("L1", "visit", "find", laptop.visit, "operational")["found"]
    assert [one["kind"] for one in found] == ["document"]
