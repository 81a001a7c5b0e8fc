"""What gets its name is on the disk before, and its name after it: a power cut leaves all as it was, or all new."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import deletion, driver, renewing, written_files
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.statements import Rating
from tests.core.homes import PASSPHRASE, Team
from tests.core.store.on_disk import OnDisk, identity

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what is open is seen in /proc")


def test_a_new_visit_is_on_the_disk_under_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    team = Team(tmp_path)
    disk = OnDisk(monkeypatch, by_sqlite=["visit.db"])
    team.laptops["L1"].home.new_store("another", lambda _: None)
    disk.check()
    assert identity(team.laptops["L1"].home.folder / "visits") in disk.synced
    team.close()


def test_a_visit_that_fails_while_it_is_made_leaves_nothing(team: Team) -> None:
    visits = team.laptops["L1"].home.folder / "visits"
    before = sorted(visits.iterdir())

    def fill(_: VisitStore) -> None:
        raise ReviewError("it cannot be filled", do="try again")

    with pytest.raises(ReviewError, match="cannot be filled"):
        team.laptops["L1"].home.new_store("another", fill)
    assert sorted(visits.iterdir()) == before


@pytest.mark.parametrize("there", [True, False])
def test_a_restored_visit_is_on_the_disk_before_it_takes_the_place_of_another(
    team: Team, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    laptop, away = team.laptops["L1"], team.folder / "away"
    folder = laptop.home.visit_folder(team.visit_id)
    visit = team.visits.pop("L1")
    visit.backup(away)
    visit.close()
    if not there:
        folder.rename(team.folder / "gone")
    disk = OnDisk(monkeypatch)
    disk.take_as_it_is(team.folder)
    laptop.restore(away, PASSPHRASE)
    disk.check()
    assert disk.holds(folder / "visit.db") and disk.holds(folder / deletion.KEY)
    assert (folder / "visit.db").stat().st_mode & 0o077 == 0


def test_new_keys_are_on_the_disk_before_they_count_and_the_old_ones_are_gone_from_it(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop = team.laptops["L1"]
    folder = laptop.home.visit_folder(team.visit_id)
    visit = team.visit("L1")
    visit.back_up_now()
    team.visits.pop("L1").close()
    old = [(path, path.read_bytes(), identity(path)) for path in deletion.key_files(folder)]
    disk = OnDisk(monkeypatch)
    laptop.change_passphrase(PASSPHRASE, "another passphrase")
    disk.check()
    assert len(old) == 3
    for path, before, which in old:
        assert which in disk.synced and before not in disk.synced[which], path.name
        assert all(len(now or b"") >= len(before) for now in disk.synced[which])
        assert disk.holds(path)
    assert disk.holds(folder / "visit.db")


def test_the_new_key_after_a_withdrawal_is_on_the_disk_before_it_counts(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = team.laptops["L1"].home
    folder = home.visit_folder(team.visit_id)
    team.visit("L1").record(Rating(standard="47", value="met"))
    team.visits.pop("L1").close()
    disk = OnDisk(monkeypatch)
    renewing.mark(folder)
    assert identity(folder) in disk.synced, "that it is due is not forgotten"
    disk.synced.clear()
    assert renewing.renew(home, team.visit_id)
    disk.check()
    assert disk.holds(folder / "visit.db") and disk.holds(folder / deletion.KEY)
    assert identity(folder) in disk.synced


def test_a_key_that_was_destroyed_is_so_on_the_disk_and_so_is_the_folder_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "visits" / "v"
    folder.mkdir(parents=True)
    key = folder / deletion.KEY
    key.write_bytes(b"the key of a store" * 10)
    before, which = key.read_bytes(), identity(key)
    disk = OnDisk(monkeypatch)
    assert deletion.destroy_keys(folder) == []
    (left,) = disk.synced[which]
    assert left == key.read_bytes() != before and len(left) == len(before)
    assert deletion.delete(folder) == [] and identity(folder.parent) in disk.synced


def test_a_copy_is_on_the_disk_before_it_is_said_to_be_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = os.urandom(driver.KEY_BYTES), os.urandom(driver.KEY_BYTES)
    driver.connect(tmp_path / "one.db", old).close()
    disk = OnDisk(monkeypatch)
    driver.copy_with_new_key(tmp_path / "one.db", old, tmp_path / "two.db", new)
    assert disk.holds(tmp_path / "two.db")


def test_that_a_file_was_written_elsewhere_is_on_the_disk_once_it_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = OnDisk(monkeypatch)
    written_files.add_beside(tmp_path, bytes(driver.KEY_BYTES), "/a")
    assert disk.holds(tmp_path / written_files.NAME)
