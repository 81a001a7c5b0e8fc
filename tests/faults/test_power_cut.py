"""The power fails at some point of a day: with only what was synced (and some of the rest) nothing saved is lost."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.faults.disk import SYNCS, TRACED, Disk
from tests.faults.prepared_home import (
    PreparedHome,
    all_old_or_all_new,
    as_it_was,
    check_nothing_is_lost,
    finished_or_taken_back,
    needs_strace,
    prepare,
    strace,
    whole_lines,
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedHome:
    return prepare(tmp_path_factory.mktemp("prepared"))


def cut_power(
    prepared: PreparedHome,
    folder: Path,
    *,
    every: int,
    trials: int,
    what: str = "day",
    settled: Callable[[PreparedHome], PreparedHome] = as_it_was,
) -> int:
    """Cut the power after one of `every` calls that change the disk, `trials` times each; returns how many cuts.

    `settled` starts the laptop once more, where that has something to finish, before it is looked at.
    """
    needs_strace()
    mine = prepared.copy(folder)
    shutil.copy(prepared.file, mine.home / "R2.review")
    mine = msgspec.structs.replace(mine, file=mine.home / "R2.review")
    disk = Disk(mine.home)
    command = mine.command(what, mine.file if what == "day" else folder / "made")
    done = strace(command, folder / "log", "-e", f"trace={TRACED}", "-xx", "-s", "1000000")
    assert done.returncode == 0, done.stderr
    rng = random.Random(every)
    count = synced = 0
    for number, call in enumerate(disk.play(folder / "log")):
        synced += call in SYNCS
        if (number + rng.randrange(every)) % every:
            continue
        for trial in range(trials):
            _check_after_cut(mine, disk.after_cut(rng if trial else None), disk.reported, settled)
            count += 1
    assert synced and disk.reported == whole_lines(done.stdout), "the log was read to its end"
    assert {name: file.after_cut(None) for name, file in disk.safe_names.items()}
    return count


def _check_after_cut(
    mine: PreparedHome,
    files: dict[str, bytes],
    reported: list[str],
    settled: Callable[[PreparedHome], PreparedHome],
) -> None:
    """The laptop with the files that a power cut left; everything reported until then must hold."""
    shutil.rmtree(mine.home)
    for name, data in files.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(data)
    check_nothing_is_lost(settled(mine), reported)


def test_a_power_cut_costs_nothing_that_was_reported_as_saved(prepared: PreparedHome, tmp_path: Path) -> None:
    assert cut_power(prepared, tmp_path, every=9, trials=2) >= 20


@pytest.mark.slow
def test_a_power_cut_after_any_call_costs_nothing_that_was_reported_as_saved(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    assert cut_power(prepared, tmp_path, every=1, trials=8)


SETTLED = {"passphrase": all_old_or_all_new, "restore": finished_or_taken_back}


@pytest.mark.parametrize("what", SETTLED)
def test_a_power_cut_leaves_keys_all_old_or_all_new_and_a_visit_as_it_was_or_restored(
    prepared: PreparedHome, tmp_path: Path, what: str
) -> None:
    assert cut_power(prepared, tmp_path, every=9, trials=2, what=what, settled=SETTLED[what]) >= 10


@pytest.mark.slow
@pytest.mark.parametrize("what", SETTLED)
def test_a_power_cut_after_any_call_leaves_keys_all_old_or_all_new_and_a_visit_as_it_was_or_restored(
    prepared: PreparedHome, tmp_path: Path, what: str
) -> None:
    assert cut_power(prepared, tmp_path, every=1, trials=6, what=what, settled=SETTLED[what])
