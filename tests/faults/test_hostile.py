"""Hostile files: refused with a reason or harmless, within bounds, and never a program error.

In the visit that they are about it was said whose laptops are, and somebody took over (`enrolled_team.py`).
"""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reviewapp.store import entry, journal
from reviewapp.visit import statements
from reviewapp.visit.forks import laptop_of
from tests.core.homes import Team
from tests.faults.enrolled_team import AUTHORS, LEADS, LISTENERS, enrolled_team
from tests.faults.hostile import mutated
from tests.faults.hostile_author import Author
from tests.faults.signed import unsigned

ROOT = Path(__file__).parents[2]
MOST_MEMORY_MB = 250
MOST_SECONDS = 2.0
"""Of the processor's time, as on a quiet machine (`pace.py`), so that a busy or slow one fails nothing."""
GIVEN_TO = {"R2": "L1", "L1": "R3", "R3": "R2", "R2b": "R3", "R4": "L1", "L1b": "R2"}


class Made(NamedTuple):
    """A hostile file: whose, whether spoilt inside, and where it lies."""

    author: Author
    inside: bool
    path: Path


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    return enrolled_team(tmp_path_factory.mktemp("hostile"))


def give_hostile_files(team: Team, folder: Path, count: int, seed: int) -> str:
    """Each is given to one laptop, then those that were taken to two in different orders; returns figures in a line."""
    made = _made(team, folder, count, seed)
    assert sum(one.inside for one in made.values()) >= 0.9 * count
    batches: dict[str, list[list[Path]]] = {}
    for one in made.values():
        batches.setdefault(GIVEN_TO[one.author.name], []).append([one.path])
    told = [one for receiver, files in batches.items() for one in outcomes_on(team, folder, receiver, files)]
    peaks = [one["peak_mb"] for one in told if "peak_mb" in one]
    told = [one for one in told if "files" in one]
    outcomes = [one["files"][0] for one in told]
    assert {one["file"] for one in outcomes} == set(made)
    problems = [problem for one in told for problem in _problems(one, made)]
    assert problems == [], "\n".join(problems[:5])
    assert max(peaks) < MOST_MEMORY_MB
    taken = [made[one["file"]] for one in outcomes if one["changed"]]
    assert taken, "a generator whose files are all refused proves little"
    spoilt_inside = sum(one.inside for one in made.values())
    slowest = max(one["seconds"] for one in outcomes)
    batches_of_two = _given_in_two_orders(team, folder, taken, random.Random(seed))
    return (
        f"{count} hostile files ({spoilt_inside} spoilt inside): {count - len(taken)} refused or nothing new, "
        f"{len(taken)} well formed and taken, none a program error; {batches_of_two} batches of them, the same in "
        f"either order; peak {max(peaks)} MB, slowest {slowest:.2f} s"
    )


def _made(team: Team, folder: Path, count: int, seed: int) -> dict[str, Made]:
    """The files, by their names."""
    made: dict[str, Made] = {}
    (folder / "files").mkdir()
    makers = [Author(team, name) for name in AUTHORS]
    for number, (how, inside, author, data) in enumerate(mutated(random.Random(seed), makers, count)):
        path = folder / "files" / f"{number:05}-{author.name}-{how}.review"
        path.write_bytes(data)
        made[path.name] = Made(author, inside, path)
    return made


def outcomes_on(team: Team, folder: Path, receiver: str, batches: list[list[Path]]) -> list[dict[str, Any]]:
    """What a laptop in a process of its own makes of these files, batch by batch."""
    home, listed = folder / f"home-{receiver}", folder / f"{receiver}.json"
    shutil.copytree(team.folder / receiver, home)
    listed.write_text(json.dumps([[str(path) for path in batch] for batch in batches]), "utf-8")
    command = [sys.executable, "-m", "tests.faults.receiver", str(home), team.visit_id, str(listed)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def _problems(told: dict[str, Any], made: dict[str, Made]) -> list[str]:
    (one,) = told["files"]
    name, reason, held = one["file"], one["reason"], told["held"]
    found = [f"{name}: {error}" for error in (one["error"], told["error"]) if error]
    if one["seconds"] > MOST_SECONDS:
        found.append(f"{name}: {one['seconds']:.1f} s")
    if reason is not None and ("\n" in reason or len(reason) > 600 or not reason.isprintable()):
        found.append(f"{name}: {reason!r}")
    if "counts" in one and one["counts"][0] != sum(one["counts"][1:]):
        found.append(f"{name}: the counts do not add up")
    if held:
        found += [f"{name}: {what}" for what in held["unsigned"]]
        author = made[name].author
        others = {one for one in held["moved"] if laptop_of(one) != author.device}  # two stories are two branches
        if author.name != LEADS and (others or not held["leads_as_before"]):
            found.append(f"{name}: moved {sorted(others)}, the same lead: {held['leads_as_before']}")
    return found


def _given_in_two_orders(team: Team, folder: Path, taken: list[Made], rng: random.Random) -> int:
    """Two laptops are given the same files, one of each author, in different orders: they must hold the same."""
    batches: list[dict[str, Path]] = []
    for one in taken:
        open_ = next((batch for batch in batches if one.author.name not in batch), None)
        if open_ is None:
            batches.append(open_ := {})
        open_[one.author.name] = one.path
    forward = [list(batch.values()) for batch in batches]
    other = [rng.sample(batch[::-1], len(batch)) if len(batch) > 2 else batch[::-1] for batch in forward]
    one_told, other_told = (
        [one for one in outcomes_on(team, folder, name, files) if "files" in one]
        for name, files in zip(LISTENERS, (forward, other), strict=True)
    )
    for batch, here, there in zip(forward, one_told, other_told, strict=True):
        errors = [told["error"] for told in (here, there, *here["files"], *there["files"]) if told["error"]]
        assert not errors, (batch, errors)
        assert here["held"]["unsigned"] == there["held"]["unsigned"] == []
        for what in here["held"]:
            assert here["held"][what] == there["held"][what], (what, batch)
    return len(batches)


def test_hostile_files_are_refused_with_a_reason_or_harmless_in_any_order(team: Team, tmp_path: Path) -> None:
    give_hostile_files(team, tmp_path, 120, seed=1)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_five_thousand_hostile_files_are_refused_or_harmless_in_any_order(
    team: Team, tmp_path: Path, part: int
) -> None:
    print(give_hostile_files(team, tmp_path, 500, seed=100 + part))


def test_what_nobody_signed_is_noticed(tmp_path: Path) -> None:
    """An entry in another laptop's name, one of a laptop with no key, and one that was changed."""
    team = Team(tmp_path)
    lead, other = team.visit("L1"), team.visit("R2")
    other.record(statements.Rating(standard="47", value="met"))
    team.tell("R2", "L1")
    assert unsigned(lead._store) == []
    address = ("rating", "4/R2", "value")
    for device, seq, told in ((other.device, 2, "signed 1 entries"), ("d" * 32, 1, "no key")):
        forged = entry.make(
            person="R2", device=device, seq=seq, at="2026-11-17T10:00:00.000000Z", address=address, value="met",
            parents=(),
        )  # fmt: skip
        with pytest.raises(ZeroDivisionError), lead._store.transaction() as db:
            journal.append(db, [forged])
            assert [one for one in unsigned(lead._store) if told in one]
            raise ZeroDivisionError
    with pytest.raises(ZeroDivisionError), lead._store.transaction() as db:
        db.execute("UPDATE entry SET value = ? WHERE device = ?", ('"na"', other.device))
        assert [one for one in unsigned(lead._store) if "not what its id says" in one]
        raise ZeroDivisionError
    assert unsigned(lead._store) == []
