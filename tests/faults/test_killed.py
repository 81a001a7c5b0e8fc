"""Processes that are really killed: what was reported as saved is there, and the store is well."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from reviewapp.desk import Desk
from reviewapp.visit import lines as say
from tests.core.homes import Team

ROOT = Path(__file__).parents[2]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def start(team: Team, what: str, *more: Path) -> subprocess.Popen[str]:
    """A laptop of L1 in a process of its own, open and ready."""
    command = [sys.executable, "-m", "tests.faults.worker", what, str(team.folder / "L1"), team.visit, *map(str, more)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def kill_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kill -9 after so many reports; returns all that were made."""
    assert process.stdout is not None
    reports = [process.stdout.readline() for _ in range(lines)]
    process.kill()
    rest = process.stdout.read()
    process.stdout.close()
    process.wait()
    complete = [line for line in rest.splitlines(keepends=True) if line.endswith("\n")]
    return [line.strip() for line in reports + complete]


def reopened(team: Team) -> Desk:
    """L1's desk after the crash, with its store looked over."""
    desk = team.laptops["L1"].open_visit(team.visit)
    assert [check for check in desk.verify() if not check.ok] == []
    return desk


@pytest.mark.parametrize("turn", range(6))
def test_no_rating_that_was_reported_as_saved_is_lost(team: Team, turn: int) -> None:
    team.close()
    reports = kill_after(start(team, "rate"), random.randint(1, 60))
    desk = reopened(team)
    for report in reports:
        number, count = report.split()
        said = {item.value for item in desk.history("rating", f"{number}/L1")}
        assert f"note {count}" in said
    desk.close()


@pytest.mark.parametrize("turn", range(4))
def test_what_was_being_typed_is_found_again(team: Team, turn: int) -> None:
    team.close()
    reports = kill_after(start(team, "type"), random.randint(1, 60))
    newest = dict(report.split() for report in reports)
    desk = reopened(team)
    drafts = {line.standard: line.note for line in desk.drafts() if isinstance(line, say.Rating)}
    for number, count in newest.items():
        found = drafts[number]
        assert isinstance(found, str) and int(found.split()[1]) >= int(count)
    desk.close()


@pytest.mark.parametrize("turn", range(6))
def test_a_join_that_was_killed_happened_whole_or_not_at_all(team: Team, turn: int) -> None:
    reviewer = team.desk("R2")
    reviewer.record(
        *(say.Rating(standard=s.number, value="met", note="n") for s in reviewer.state.instrument.standards)
    )
    file = team.return_of("R2")
    team.close()
    process = start(team, "join", file)
    try:
        process.wait(timeout=random.uniform(0.0, 0.08))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    assert process.stdout is not None
    done = "joined" in process.stdout.read()
    process.stdout.close()
    desk = reopened(team)
    held = len(desk.state.ratings)
    assert held in (0, 44) and (held == 44 or not done)
    assert desk.merge(file).reason is None and len(desk.state.ratings) == 44
    desk.close()
