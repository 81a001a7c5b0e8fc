"""Hostile files: refused with a reason or harmless, within bounds, and never a program error."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reviewapp.visit import statements
from tests.core.homes import Team
from tests.faults.hostile import Author, mutated

ROOT = Path(__file__).parents[2]
MOST_MEMORY_MB = 250
MOST_SECONDS = 2.0
"""Of the processor's time, as on a quiet machine (`pace.py`), so that a busy or slow one fails nothing."""


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return busy_team(tmp_path_factory.mktemp("hostile"))


def busy_team(folder: Path) -> Team:
    """L1, R2 and R3 with work of every kind, each knowing the others' mornings and not their afternoons."""
    team = Team(folder)
    for code in ("R2", "R3", "L1"):
        visit = team.visit(code)
        visit.record(
            statements.Rating(standard="47", value="met", note=f"of {code}"),
            statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True, people=1),
            statements.Answer(interview="P1", prompt="P01", text=f"told {code}"),
            statements.Quote(id="Q1", interview="P1", text=f"words to {code}", standards=["47"], tone="mixed"),
        )
    lead = team.visit("L1")
    for code in ("R2", "R3"):
        lead.merge(team.return_of(code))
        team.visit(code).merge(team.return_of("L1"))
    for code in ("R2", "R3", "L1"):
        visit = team.visit(code)
        visit.record(
            statements.CaseNote(id="3"),
            statements.Audit(case_note="3", item="A1", value="yes", note="seen"),
            statements.Concern(id="IC1", text="somebody may be at risk", told="manager", at="2026-11-17T14:05:00Z"),
            statements.LocalContext(standard="54", text="not commissioned"),
            statements.Passage(place="summary", text=f"by {code}"),
        )
    lead.record(
        statements.Agreed(standard="47", value="met", reason="seen"),
        statements.Slot(id="T1", start="09:30", end="10:15", title="Meeting", who=["L1", "R2"]),
        statements.Action(id="AP1", standard="47", action="do it", due="2026-12-01", priority=1),
    )
    return team


def give_hostile_files(team: Team, folder: Path, count: int, seed: int) -> str:
    """L1 is given what R2 made, R3 what L1 made; all of it must hold. Returns the figures in a line."""
    rng = random.Random(seed)
    authors = {"R2": "L1", "L1": "R3"}
    made: dict[str, tuple[str, bool]] = {}
    makers = [Author(team, code) for code in authors]
    for number, (how, inside, author, data) in enumerate(mutated(rng, makers, count)):
        receiver = authors[author.person]
        path = folder / receiver / f"{number:05}-{how}.review"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        made[path.name] = (how, inside)
    assert sum(inside for _, inside in made.values()) >= 0.9 * count
    outcomes = [one for receiver in authors.values() for one in outcomes_on(team, folder, receiver)]
    peaks = [one.pop("peak_mb") for one in outcomes if "peak_mb" in one]
    outcomes = [one for one in outcomes if one]
    assert {one["file"] for one in outcomes} == set(made)
    problems = [problem for one in outcomes for problem in _problems(one)]
    assert problems == [], "\n".join(problems[:5])
    taken = sum(one["changed"] for one in outcomes)
    assert max(peaks) < MOST_MEMORY_MB
    assert taken, "a generator whose files are all refused proves little"
    spoilt_inside = sum(inside for _, inside in made.values())
    slowest = max(one["seconds"] for one in outcomes)
    return (
        f"{count} hostile files ({spoilt_inside} spoilt inside): {count - taken} refused or nothing new, "
        f"{taken} well formed and taken, none a program error; peak {max(peaks)} MB, slowest {slowest:.2f} s"
    )


def outcomes_on(team: Team, folder: Path, receiver: str) -> list[dict[str, Any]]:
    """What a laptop in a process of its own makes of the files in a folder."""
    home = folder / f"home-{receiver}"
    shutil.copytree(team.folder / receiver, home)
    command = [sys.executable, "-m", "tests.faults.receiver", str(home), team.visit_id, str(folder / receiver)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _problems(one: dict[str, Any]) -> list[str]:
    found = []
    if one["error"]:
        found.append(f"{one['file']}: {one['error']}")
    if one["seconds"] > MOST_SECONDS:
        found.append(f"{one['file']}: {one['seconds']:.1f} s")
    reason = one["reason"]
    if reason is not None and (one["changed"] or "\n" in reason or len(reason) > 600 or not reason.isprintable()):
        found.append(f"{one['file']}: {reason!r}, changed: {one['changed']}")
    if "counts" in one and one["counts"][0] != sum(one["counts"][1:]):
        found.append(f"{one['file']}: the counts do not add up")
    return found


def test_hostile_files_are_refused_with_a_reason_or_harmless(team: Team, tmp_path: Path) -> None:
    give_hostile_files(team, tmp_path, 300, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_five_thousand_hostile_files_are_refused_or_harmless(team: Team, tmp_path: Path, part: int) -> None:
    give_hostile_files(team, tmp_path, 500, seed=100 + part)
