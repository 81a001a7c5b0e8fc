"""Which of a visit's own backups is older, when each was made and what it is called: from their files alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from reviewapp.store import backup_cover, rolling_backups
from reviewapp.store.clock import AHEAD
from tests.core.store.test_backup_key import HOME_KEY

NOW = datetime(2026, 11, 17, 10, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "backups").mkdir()
    return tmp_path


def named(folder: Path, name: str, number: int | None = None) -> Path:
    path = folder / "backups" / f"{name}.reviewbackup"
    line = b"" if number is None else msgspec.json.encode(backup_cover.rolling(HOME_KEY, "v1", number, HOME_KEY))
    path.write_bytes(line + b"\nencrypted")
    return path


def at(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%S%f")


def test_numbers_come_before_names_and_names_before_those_of_a_clock_that_ran_ahead(folder: Path) -> None:
    made = [
        named(folder, at(NOW + AHEAD + timedelta(seconds=1))), named(folder, "somebody's"),
        named(folder, at(NOW)), named(folder, at(NOW + AHEAD)),
        named(folder, "b", 1), named(folder, "a", 2), named(folder, at(NOW + 2 * AHEAD), 3),
        named(folder, at(NOW - AHEAD), 10),
    ]  # fmt: skip
    (folder / "backups" / "notes.txt").write_bytes(b"")
    assert rolling_backups.oldest_first(folder, NOW) == made
    assert [rolling_backups.is_numbered(path) for path in made] == [False] * 4 + [True] * 4
    assert rolling_backups.oldest_first(folder / "nowhere") == [] == rolling_backups.of_earlier_kind(folder)


def test_the_present_time_is_asked_where_none_is_given(folder: Path) -> None:
    long_ahead, long_ago = named(folder, "99990101T000000000000"), named(folder, "20010101T000000000000")
    assert rolling_backups.oldest_first(folder) == [long_ahead, long_ago]
    assert rolling_backups.oldest_first(folder, datetime.max.replace(tzinfo=UTC))


def test_no_two_backups_have_one_name_and_each_says_when_it_was_made(folder: Path) -> None:
    names = []
    for _ in range(3):
        names.append(rolling_backups.name_for(folder, NOW))
        path = named(folder, names[-1])
        assert rolling_backups.made_at(path) == NOW + timedelta(microseconds=len(names) - 1)
    assert names == ["20261117T100000000000", "20261117T100000000001", "20261117T100000000002"]
    assert rolling_backups.made_at(named(folder, "somebody's")) is None


def test_what_cannot_be_deleted_is_told_and_keeps_no_other_from_being_deleted(folder: Path) -> None:
    held = folder / "backups" / "held.reviewbackup"
    held.mkdir()
    gone = [named(folder, "a", 1), named(folder, "b", 2)]
    absent = folder / "backups" / "absent.reviewbackup"
    assert rolling_backups.delete([gone[0], held, absent, gone[1]]) == [held]
    assert [path.name for path in (folder / "backups").iterdir()] == ["held.reviewbackup"]
