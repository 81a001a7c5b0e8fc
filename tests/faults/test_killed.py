"""Processes that are really killed: what was reported as saved is there, and the store is well."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewapp.store import backup, rolling_backups
from reviewapp.store.home import Home
from tests.faults.prepared_home import (
    QUIET,
    ROOT,
    PreparedHome,
    all_old_or_all_new,
    as_it_was,
    check_nothing_is_lost,
    counted,
    finished_or_taken_back,
    needs_strace,
    points_of,
    prepare,
    strace,
    target,
    whole_lines,
)

MOMENTS = {"typing": 0.25, "join": 0.12, "backup": 0.06, "export": 0.5}
"""For each work, the seconds after it is ready within which it is killed."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedHome:
    return prepare(tmp_path_factory.mktemp("prepared"))


def kill_after(prepared: PreparedHome, folder: Path, what: str, after: float) -> None:
    """Kill -9 so many seconds after the laptop is ready; then everything it reported must hold."""
    folder.mkdir()
    mine = prepared.copy(folder)
    process = subprocess.Popen(
        mine.command(what, target(mine, folder, what)), stdout=subprocess.PIPE, text=True, cwd=ROOT, env=QUIET
    )
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    time.sleep(after)  # the moment is the experiment; nothing is waited for
    process.send_signal(signal.SIGKILL)
    reported = whole_lines(process.stdout.read())
    process.stdout.close()
    process.wait()
    check_nothing_is_lost(mine, reported)


def kill_at_some_moments(prepared: PreparedHome, folder: Path, what: str, count: int) -> None:
    """Kill so many of them, each at another moment."""
    for turn in range(count):
        kill_after(prepared, folder / str(turn), what, random.uniform(0, MOMENTS[what]))


@pytest.mark.parametrize(("what", "count"), [("typing", 8), ("join", 6), ("backup", 5), ("export", 4)])
def test_killed_at_a_random_moment_nothing_that_was_saved_is_lost(
    prepared: PreparedHome, tmp_path: Path, what: str, count: int
) -> None:
    kill_at_some_moments(prepared, tmp_path, what, count)


@pytest.mark.slow
@pytest.mark.parametrize("what", sorted(MOMENTS))
@pytest.mark.parametrize("part", range(10))
def test_killed_at_two_thousand_random_moments_nothing_saved_is_lost(
    prepared: PreparedHome, tmp_path: Path, what: str, part: int
) -> None:
    kill_at_some_moments(prepared, tmp_path, what, 50)


def kill_at_calls(
    prepared: PreparedHome,
    folder: Path,
    what: str,
    *,
    most: int | None,
    settled: Callable[[PreparedHome], PreparedHome] = as_it_was,
) -> Iterator[tuple[PreparedHome, list[str]]]:
    """Kill at each of the calls that change the disk (or `most` of them, spread evenly).

    `settled` starts the laptop once more, where that has something to finish, before it is looked at.
    """
    needs_strace()
    for call, number in points_of(counted(prepared, folder / "counted", what), most):
        place = folder / f"{call}-{number}"
        place.mkdir()
        mine = prepared.copy(place)
        done = strace(
            mine.command(what, target(mine, place, what)), place / "log",
            "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}",
        )  # fmt: skip
        assert done.returncode in (-9, 137), (call, number, done.stderr)
        reported = whole_lines(done.stdout)
        mine = settled(mine)
        check_nothing_is_lost(mine, reported)
        yield mine, reported


@pytest.mark.parametrize("what", ["save", "join", "backup", "export"])
def test_killed_at_a_write_or_sync_nothing_that_was_saved_is_lost(
    prepared: PreparedHome, tmp_path: Path, what: str
) -> None:
    assert list(kill_at_calls(prepared, tmp_path, what, most=5))


@pytest.mark.slow
@pytest.mark.parametrize("what", ["save", "join", "backup", "export"])
def test_killed_at_every_write_and_sync_nothing_saved_is_lost(
    prepared: PreparedHome, tmp_path: Path, what: str
) -> None:
    assert list(kill_at_calls(prepared, tmp_path, what, most=None))


def change_of_passphrase(prepared: PreparedHome, folder: Path, *, most: int | None) -> None:
    for mine, reported in kill_at_calls(prepared, folder, "passphrase", most=most, settled=all_old_or_all_new):
        assert "passphrase" not in reported or mine.key != prepared.key
        home = Home(mine.home, mine.key)
        (kept,) = rolling_backups.oldest_first(home.visit_folder(mine.visit))
        assert backup.count_entries(kept, backup.key_here(home, kept), mine.home) > 0


def test_a_change_of_passphrase_that_is_killed_leaves_all_old_or_all_new(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    change_of_passphrase(prepared, tmp_path, most=8)


@pytest.mark.slow
def test_a_change_of_passphrase_that_is_killed_at_any_write_leaves_all_old_or_all_new(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    change_of_passphrase(prepared, tmp_path, most=None)


def restores(prepared: PreparedHome, folder: Path, *, most: int | None) -> None:
    ends = set()
    for mine, reported in kill_at_calls(prepared, folder, "restore", most=most, settled=finished_or_taken_back):
        aside = list((mine.home / "visits").glob(".before-restore-*"))
        assert aside or "restored" not in reported
        ends.add(bool(aside))
    assert most is not None or ends == {True, False}


def test_a_restore_that_is_killed_is_finished_or_taken_back_at_the_next_start(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    restores(prepared, tmp_path, most=8)


@pytest.mark.slow
def test_a_restore_that_is_killed_at_any_write_is_finished_or_taken_back(
    prepared: PreparedHome, tmp_path: Path
) -> None:
    restores(prepared, tmp_path, most=None)
