"""Guessing a passphrase takes longer and longer; the owner is told how long, and never that anything is damaged."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, TooSoon, WrongPassphrase
from reviewapp.store import unlock_throttle
from reviewapp.store.home import Home

RIGHT = "long enough"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    Home.create(tmp_path, RIGHT)
    return tmp_path


def wrong(home: Path, clock: Clock, times: int = 1) -> None:
    """So many wrong ones, each after the pause that was asked for."""
    for _ in range(times):
        with pytest.raises(WrongPassphrase) as told:
            Home.unlock(home, "something else", clock=clock)
        assert not isinstance(told.value, TooSoon)
        clock.move(unlock_throttle.LONGEST)


def pause(home: Path, clock: Clock) -> int:
    """The pause one is told to make after one more wrong passphrase."""
    with pytest.raises(WrongPassphrase):
        Home.unlock(home, "something else", clock=clock)
    with pytest.raises(TooSoon) as told:
        Home.unlock(home, RIGHT, clock=clock)
    assert f"wait {told.value.seconds} s" in str(told.value) and "damaged" not in str(told.value)
    clock.move(unlock_throttle.LONGEST)
    return told.value.seconds


def test_the_first_two_wrong_ones_cost_nothing(home: Path) -> None:
    clock = Clock()
    for _ in range(2):
        with pytest.raises(WrongPassphrase):
            Home.unlock(home, "something else", clock=clock)
    Home.unlock(home, RIGHT, clock=clock)


def test_from_the_third_on_the_pause_doubles_up_to_a_minute(home: Path) -> None:
    clock = Clock()
    wrong(home, clock, 2)
    assert [pause(home, clock) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_the_right_passphrase_after_the_pause_opens_and_is_forgiven(home: Path) -> None:
    clock = Clock()
    wrong(home, clock, 5)
    Home.unlock(home, RIGHT, clock=clock)
    assert not unlock_throttle.path_of(home).exists()
    wrong(home, clock, 2)
    Home.unlock(home, RIGHT, clock=clock)


def test_a_clock_that_was_put_back_does_not_keep_the_owner_out(home: Path) -> None:
    clock = Clock()
    wrong(home, clock, 4)
    clock.move(-86_400 * 365)
    with pytest.raises(TooSoon):
        Home.unlock(home, RIGHT, clock=clock)
    clock.move(2)
    Home.unlock(home, RIGHT, clock=clock)


@pytest.mark.parametrize("content", [b"", b"nonsense", b'{"wrong": "many"}'])
def test_an_unreadable_count_does_not_keep_the_owner_out(home: Path, content: bytes) -> None:
    unlock_throttle.path_of(home).write_bytes(content)
    Home.unlock(home, RIGHT, clock=Clock())


def test_the_recovery_code_and_a_change_of_passphrase_are_guarded_too(tmp_path: Path) -> None:
    clock = Clock()
    opened, code = Home.create(tmp_path, RIGHT)
    opened.clock = clock
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            opened.change_passphrase("something else", "another one")
    with pytest.raises(TooSoon):
        Home.recover(tmp_path, code, "another one", clock=clock)
    clock.move(1)
    Home.recover(tmp_path, code, "another one", clock=clock)
    Home.unlock(tmp_path, "another one", clock=clock)


@pytest.mark.parametrize("year", [1, 1950, 1970, 9999])
def test_no_clock_keeps_the_owner_out(home: Path, year: int) -> None:
    clock = Clock()
    clock.now = clock.now.replace(year=year)
    Home.unlock(home, RIGHT, clock=clock)
    with pytest.raises(WrongPassphrase):
        Home.unlock(home, "something else", clock=clock)
    Home.unlock(home, RIGHT, clock=clock)


def test_the_count_is_for_its_owner_only_and_no_clock_that_stands_still_lengthens_a_pause(home: Path) -> None:
    clock = Clock()
    for _ in range(3):
        with pytest.raises(WrongPassphrase):
            Home.unlock(home, "something else", clock=clock)
    path = unlock_throttle.path_of(home)
    assert path == home / "attempts.json" and path.stat().st_mode & 0o077 == 0
    before = path.read_bytes(), path.stat().st_ino
    with pytest.raises(TooSoon):
        Home.unlock(home, RIGHT, clock=clock)
    assert (path.read_bytes(), path.stat().st_ino) == before, "it is not even written anew"


@pytest.mark.parametrize("year", [1950, 2026])
def test_what_is_no_wrong_passphrase_is_not_counted(tmp_path: Path, year: int) -> None:
    clock = Clock()
    clock.now = clock.now.replace(year=year)

    def unlock() -> bytes:
        raise Damaged("the key file is damaged", do="")

    with pytest.raises(Damaged):
        unlock_throttle.guarded(tmp_path, clock, unlock)
    assert not unlock_throttle.path_of(tmp_path).exists()
