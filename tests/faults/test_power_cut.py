"""The power fails at some point of a day: with only what was synced (and some of the rest) nothing saved is lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import msgspec
import pytest

from tests.faults.disk import SYNCS, TRACED, Disk
from tests.faults.prepared_home import PreparedHome, check_nothing_is_lost, needs_strace, prepare, strace, whole_lines


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedHome:
    return prepare(tmp_path_factory.mktemp("prepared"))


def cut_power(prepared: PreparedHome, folder: Path, *, every: int, trials: int) -> int:
    """Cut the power after one of `every` calls that change the disk, `trials` times each; returns how many cuts."""
    needs_strace()
    mine = prepared.copy(folder)
    shutil.copy(prepared.file, mine.home / "R2.review")
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
            _check_after_cut(mine, before, disk.after_cut(rng if trial else None), disk.reported)
            count += 1
    assert synced and disk.reported == whole_lines(done.stdout), "the log was read to its end"
    assert {name: file.after_cut(None) for name, file in disk.safe_names.items()}
    return count


def _check_after_cut(mine: PreparedHome, before: Path, files: dict[str, bytes], reported: list[str]) -> None:
    """The laptop with the files that a power cut left; everything reported until then must hold."""
    shutil.rmtree(mine.home)
    shutil.copytree(before, mine.home, ignore=shutil.ignore_patterns("*.db", "*.db-wal", "*.db-shm"))
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    check_nothing_is_lost(mine, reported)


def test_a_power_cut_costs_nothing_that_was_reported_as_saved(prepared: PreparedHome, tmp_path: Path) -> None:
    assert cut_power(prepared, tmp_path, every=9, trials=3) >= 30


@pytest.mark.slow
def test_a_power_cut_after_any_call_costs_nothing_that_was_reported_as_saved(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    assert cut_power(prepared, tmp_path, every=1, trials=8)
