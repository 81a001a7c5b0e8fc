"""Disks that are full or broken: refused in words, nothing that was saved is lost, and the store is well."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.prepared_home import (
    QUIET,
    ROOT,
    PreparedHome,
    check_nothing_is_lost,
    counted,
    needs_strace,
    points_of,
    prepare,
    strace,
    target,
    whole_lines,
)  # fmt: skip

FAULTS = {"EIO": "error=EIO:when={number}", "ENOSPC": "error=ENOSPC:when={number}+"}
"""A call fails once; or the disk is full from then on."""
CAN_BE_FULL = ("pwrite64", "write", "ftruncate")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> PreparedHome:
    return prepare(tmp_path_factory.mktemp("prepared"))


def failing_calls(prepared: PreparedHome, folder: Path, what: str, fault: str, *, most: int | None) -> int:
    """Let each of the calls fail (or `most` of them, spread evenly); returns how many."""
    needs_strace()
    counts = counted(prepared, folder / "counted", what)
    chosen = points_of({call: n for call, n in counts.items() if fault == "EIO" or call in CAN_BE_FULL}, most)
    for call, number in chosen:
        place = folder / f"{call}-{number}"
        place.mkdir()
        mine = prepared.copy(place)
        set_of = ",".join(CAN_BE_FULL) if fault == "ENOSPC" and call == "pwrite64" else call
        done = strace(
            mine.command(what, target(mine, place, what)), place / "log", "--seccomp-bpf",
            "-e", f"trace={set_of}", "-e", f"inject={call}:" + FAULTS[fault].format(number=number),
        )  # fmt: skip
        answered(done, f"{what}: {call} {number} {fault}")
        check_nothing_is_lost(mine, whole_lines(done.stdout))
    return len(chosen)


def answered(done: subprocess.CompletedProcess[str], where: str) -> None:
    """Done, or refused in one line that does not call a full disk damage."""
    assert done.returncode in (0, 1), f"{where}: {done.stderr}"
    assert len(done.stderr.splitlines()) == done.returncode, f"{where}: {done.stderr}"
    assert "damaged" not in done.stderr, f"{where}: {done.stderr}"


@pytest.mark.parametrize("fault", sorted(FAULTS))
@pytest.mark.parametrize("what", ["save", "join", "backup", "export"])
def test_a_call_that_fails_is_told_and_costs_nothing(
    prepared: PreparedHome, tmp_path: Path, what: str, fault: str
) -> None:
    assert failing_calls(prepared, tmp_path, what, fault, most=4)


@pytest.mark.slow
@pytest.mark.parametrize("fault", sorted(FAULTS))
@pytest.mark.parametrize("what", ["save", "join", "backup", "export"])
def test_every_call_that_fails_is_told_and_costs_nothing(
    prepared: PreparedHome, tmp_path: Path, what: str, fault: str
) -> None:
    assert failing_calls(prepared, tmp_path, what, fault, most=None)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    if os.name == "nt" or os.geteuid() != 0:
        pytest.skip("only root can mount a file system of 1 MB")
    place = tmp_path / "small"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"a file system cannot be mounted here: {mounted.stderr.strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.parametrize("what", ["typing", "join", "backup", "export"])
@pytest.mark.parametrize("left", [0, 20_000, 120_000])
def test_a_full_disk_loses_nothing_that_was_saved(
    prepared: PreparedHome, small_disk: Path, what: str, left: int
) -> None:
    mine = prepared.copy(small_disk)
    free = os.statvfs(small_disk)
    (small_disk / "filler").write_bytes(bytes(max(0, free.f_bavail * free.f_frsize - left)))
    done = subprocess.run(
        mine.command(what, target(mine, small_disk, what)), capture_output=True, text=True, cwd=ROOT, env=QUIET,
        check=False, timeout=600,
    )  # fmt: skip
    answered(done, f"{what} with {left} bytes left")
    assert what != "typing" or done.returncode == 1
    (small_disk / "filler").unlink()
    check_nothing_is_lost(mine, whole_lines(done.stdout))
