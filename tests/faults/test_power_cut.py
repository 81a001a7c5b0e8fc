"""The power fails at some point of a day: with only what was synced (and some of the rest) nothing saved is lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest

from tests.faults.disk import SYNCS, TRACED, Disk
from tests.faults.ground import Ground, check, needs_strace, prepare, strace, whole_lines


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return prepare(tmp_path_factory.mktemp("ground"))


def cuts(ground: Ground, folder: Path, *, every: int, trials: int) -> int:
    """Cut the power after every so-manieth call that changes the disk, so many times each; returns how many."""
    needs_strace()
    mine = ground.copy(folder)
    shutil.copy(ground.file, mine.home / "R2.review")
    mine = msgspec.structs.replace(mine, file=mine.home / "R2.review")
    before = folder / "before"
    shutil.copytree(mine.home, before)
    disk = Disk(mine.home)
    done = strace(
        mine.command("day", mine.file), folder / "log", "-e", f"trace={TRACED}", "-xx", "-s", "1000000",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    rng = random.Random(every)
    count = synced = 0
    for number, call in enumerate(disk.play(folder / "log")):
        synced += call in SYNCS
        if (number + rng.randrange(every)) % every:
            continue
        for trial in range(trials):
            _back_again(mine, before, disk.after_cut(rng if trial else None), disk.told)
            count += 1
    assert synced and disk.told == whole_lines(done.stdout), "the log was read to its end"
    assert {name: file.after_cut(None) for name, file in disk.safe_names.items()}
    return count


def _back_again(mine: Ground, before: Path, files: dict[str, bytes], told: list[str]) -> None:
    """The laptop with the files that a power cut left; everything told until then must hold."""
    shutil.rmtree(mine.home)
    shutil.copytree(before, mine.home, ignore=shutil.ignore_patterns("*.db", "*.db-wal", "*.db-shm"))
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    check(mine, told)


def test_a_power_cut_costs_nothing_that_was_reported_as_saved(ground: Ground, tmp_path: Path) -> None:
    assert cuts(ground, tmp_path, every=9, trials=3) >= 30


@pytest.mark.slow
def test_power_cuts_after_every_call(ground: Ground, tmp_path: Path) -> None:
    assert cuts(ground, tmp_path, every=1, trials=8)
