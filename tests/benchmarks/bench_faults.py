#!/usr/bin/env python3
"""How the program bears faults, in figures: hostile files, kills, failing disks, power cuts, memory.

The tests in `tests/faults` hold all of this; here a larger sample is counted and printed. A figure that does not hold
ends with the assertion that says why.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewapp.visit import statements
from tests.core.homes import Team
from tests.faults import prepared_home as shared
from tests.faults.enrolled_team import enrolled_team
from tests.faults.prepared_home import PreparedHome
from tests.faults.test_disk_fails import FAULTS, failing_calls
from tests.faults.test_hostile import give_hostile_files
from tests.faults.test_killed import MOMENTS, kill_at_calls, kill_at_some_moments
from tests.faults.test_power_cut import cut_power

RETURNS = 8
WORKS = ("save", "join", "backup", "export")


def main() -> None:
    """Print the figures, most telling first."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in (power_cuts, failing_disks, kills, hostile, memory):
            place = folder / part.__name__
            place.mkdir()
            try:
                print(part(place), flush=True)
            except pytest.skip.Exception as reason:
                print(f"{part.__name__}: skipped, {reason}", flush=True)


def power_cuts(folder: Path) -> str:
    """Images of a disk after the power failed."""
    count = cut_power(shared.prepare(folder / "prepared"), folder / "cuts", every=3, trials=3)
    return f"{count} simulated power cuts: 0 acknowledged entries lost, 0 stores damaged"


def failing_disks(folder: Path) -> str:
    """Calls that fail with EIO or ENOSPC."""
    prepared = shared.prepare(folder / "prepared")
    count = 0
    for what in WORKS:
        for fault in FAULTS:
            count += failing_calls(prepared, _new(folder / f"{what}-{fault}"), what, fault, most=12)
    return f"{count} failing writes and syncs (EIO, ENOSPC): each answered in words, 0 acknowledged entries lost"


def kills(folder: Path) -> str:
    """Processes killed at calls and at random moments."""
    prepared = shared.prepare(folder / "prepared")
    at_calls = sum(len(list(kill_at_calls(prepared, _new(folder / what), what, most=12))) for what in WORKS)
    for what in MOMENTS:
        kill_at_some_moments(prepared, _new(folder / f"moments-{what}"), what, 50)
    return (
        f"{at_calls} processes killed at a write or sync, {50 * len(MOMENTS)} at random moments:"
        " 0 acknowledged entries lost, 0 stores damaged"
    )


def hostile(folder: Path) -> str:
    """Hostile files."""
    return give_hostile_files(enrolled_team(folder / "team"), _new(folder / "files"), 1000, seed=2026)


def memory(folder: Path) -> str:
    """Joining eight returns of one size, one after the other."""
    team = Team(folder / "team")
    for number in range(2, 2 + RETURNS):
        team.visits["L1"].record(statements.Person(code=f"X{number}", role="clinician"))
    (folder / "returns").mkdir()
    for number in range(2, 2 + RETURNS):
        _fill(team, f"X{number}", folder / "returns" / f"{number}")
    team.close()
    prepared = PreparedHome(team.folder / "L1", team.laptops["L1"].home.key, team.visit_id, folder)
    command = prepared.copy(_new(folder / "joins")).command("join_all", folder / "returns")
    done = subprocess.run(command, capture_output=True, text=True, cwd=shared.ROOT, check=True)
    reported = [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("memory")]
    took = [int(more) for _, more in reported]
    return (
        f"memory of joining returns of 5,000 entries: {took[0]} MB for the first, at most {max(took[1:])} MB for each"
        f" of the {RETURNS - 1} after it; the visit itself and the store's cache, open all the while, grew from"
        f" {reported[0][0]} to {reported[-1][0]} MB"
    )


def _fill(team: Team, code: str, file: Path) -> None:
    visit = team.visit(code)
    talk = statements.Interview(id="P1", group="patient", consent_notes=True, consent_quotes=True)
    words: Callable[[int], str] = "words number {} ".format
    quotes = [
        statements.Quote(id=f"Q{n}", interview="P1", text=words(n) * 5, standards=["47"], tone="mixed")
        for n in range(1250)
    ]
    visit.record(talk, *quotes)
    visit.write_return(file)


def _new(folder: Path) -> Path:
    folder.mkdir()
    return folder


if __name__ == "__main__":
    main()
