"""A new passphrase or recovery code is a new key for everything: what was valid before opens nothing written since."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reviewapp.base import files
from reviewapp.base.errors import Busy, Damaged, ReviewError, WrongPassphrase
from reviewapp.base.paths import spare_key_files
from reviewapp.store import (
    backup_cover,
    backup_key,
    driver,
    keys,
    leftovers,
    rotation,
)
from reviewapp.workspace.laptop import Laptop
from tests.core.homes import PASSPHRASE
from tests.core.store.rotating import CHANGES, NEW, Prepared, check_well, opened_with, raw_keys


@pytest.mark.parametrize("change", CHANGES)
def test_every_key_is_another_afterwards_and_all_that_was_written_is_there(mine: Prepared, change: str) -> None:
    before, old = raw_keys(mine.laptop()), mine.laptop().home.key
    assert opened_with(old, mine) == ["key.json", "key.json", "the backup key"]
    hung_on = backup_key.read(old, mine.folder / "visits" / mine.visit, mine.visit)
    passphrase, code = CHANGES[change](mine)
    laptop = mine.laptop(passphrase)
    check_well(laptop, mine)
    after = raw_keys(laptop)
    assert laptop.home.key != old and not set(before.values()) & set(after.values())
    for visit, key in before.items():
        with pytest.raises(driver.DatabaseError):
            driver.connect(mine.folder / "visits" / visit / "visit.db", key)
    assert opened_with(old, mine) == [] and hung_on is not None
    for path in mine.backups():
        cover = backup_cover.read(path)
        assert isinstance(cover, backup_cover.RollingCover)
        with pytest.raises(Damaged):
            backup_cover.key_with_backup_key(path, cover, hung_on)
    assert keys.unlock_with_code(keys.read(mine.folder), code) == laptop.home.key


def test_the_old_passphrase_and_the_old_code_open_nothing_and_what_is_kept_does(mine: Prepared) -> None:
    assert mine.laptop().change_passphrase(PASSPHRASE, NEW) == ""
    with pytest.raises(WrongPassphrase):
        mine.laptop()
    renewed = mine.laptop(NEW).renew_recovery_code(NEW)
    with pytest.raises(WrongPassphrase):
        Laptop.recover(mine.folder, mine.code, "a third one")
    Laptop.recover(mine.folder, renewed, "a third one")
    check_well(mine.laptop("a third one"), mine)
    assert keys.read(mine.folder).generation == 4
    assert mine.laptop("a third one").restore(mine.backups()[0], "") == mine.visit


def put_back(mine: Prepared, old: bytes, *, copies: bool) -> None:
    for path in [keys.path_of(mine.folder), *(spare_key_files(mine.folder) if copies else ())]:
        path.write_bytes(old)


def test_an_old_key_file_that_is_put_back_opens_nothing_and_is_told(mine: Prepared) -> None:
    old = keys.path_of(mine.folder).read_bytes()
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    put_back(mine, old, copies=False)
    with pytest.raises(WrongPassphrase, match=r"home\.json is from before"):
        mine.laptop()
    laptop = mine.laptop(NEW)
    assert "home.json is from before" in laptop.home.told
    assert keys.read(mine.folder).generation == 2 and mine.laptop(NEW).home.told == ""
    check_well(laptop, mine)


def test_old_key_files_in_every_place_are_told_by_the_visits(mine: Prepared) -> None:
    old = keys.path_of(mine.folder).read_bytes()
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    put_back(mine, old, copies=True)
    with pytest.raises(Damaged, match="opens nothing that was written since"):
        mine.laptop()
    with pytest.raises(WrongPassphrase, match=r"home\.json is from before"):
        mine.laptop(NEW)


def test_an_old_home_key_opens_no_visit_where_others_are_older(mine: Prepared) -> None:
    """One old visit put back with an old key file opens, as what it says is old; the others are told."""
    whole = mine.copy(mine.folder.with_name("whole"))
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    put_back(mine, keys.path_of(whole.folder).read_bytes(), copies=True)
    shutil.rmtree(mine.folder / "visits" / mine.other)
    shutil.copytree(whole.folder / "visits" / mine.other, mine.folder / "visits" / mine.other)
    listed = {one.id: one.problem for one in mine.laptop().visits()}
    assert listed[mine.other] == "" and "opens nothing that was written since" in listed[mine.visit]


def test_a_backup_of_before_opens_with_what_was_valid_then_and_leads_to_nothing_else(
    mine: Prepared, tmp_path: Path
) -> None:
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    laptop, _ = Laptop.create(tmp_path / "elsewhere", "a passphrase of its own")
    with pytest.raises(WrongPassphrase):
        laptop.restore(mine.away, NEW)
    assert laptop.restore(mine.away, PASSPHRASE) == mine.visit
    cover = backup_cover.read(mine.away)
    assert isinstance(cover, backup_cover.BackupCover)
    old = keys.unlock(cover.keys, PASSPHRASE)
    assert backup_cover.key_with_home_key(mine.away, cover, old) and opened_with(old, mine) == []
    assert mine.laptop(NEW).restore(mine.away, PASSPHRASE) == mine.visit


# Killed: all old or all new ---------------------------------------------------------------------------------------


class Killed(BaseException):
    """The end of the program, with nothing of it run any more."""


def killed_at_the_rename(mine: Prepared, monkeypatch: pytest.MonkeyPatch, *, after: bool) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_roll_forward" if after else "sync_folder", die)
        patch.setattr(shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            mine.laptop().change_passphrase(PASSPHRASE, NEW)


def test_what_was_not_all_written_is_thrown_away_at_the_next_start(
    mine: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at_the_rename(mine, monkeypatch, after=False)
    assert (mine.folder / rotation.STAGED).exists()
    with pytest.raises(WrongPassphrase):
        mine.laptop(NEW)
    check_well(mine.laptop(), mine)


def test_what_was_all_written_is_put_in_place_at_the_next_start(
    mine: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed_at_the_rename(mine, monkeypatch, after=True)
    assert (mine.folder / rotation.COMMITTED).exists()
    with pytest.raises(WrongPassphrase):
        mine.laptop()
    check_well(mine.laptop(NEW), mine)
    assert keys.unlock_with_code(keys.read(mine.folder), mine.code)


def test_putting_in_place_can_be_done_again_from_anywhere(mine: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    killed_at_the_rename(mine, monkeypatch, after=True)
    steps = 0
    real = files.when_free

    def counting(change: Callable[[], object]) -> None:
        nonlocal steps
        steps += 1
        real(change)

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "when_free", counting)
        whole = mine.copy(mine.folder.with_name("counted"))
        leftovers.finish(whole.folder)
    for stop in range(1, steps + 1):
        again = mine.copy(mine.folder.with_name(f"stop{stop}"))
        left = iter([True] * (stop - 1))

        def stopped(change: Callable[[], object], left: Iterator[bool] = left) -> None:
            if not next(left, False):
                raise Killed
            real(change)

        with monkeypatch.context() as patch:
            patch.setattr(rotation, "when_free", stopped)
            with pytest.raises(Killed):
                leftovers.finish(again.folder)
        check_well(again.laptop(NEW), again)


# Refused, with nothing changed ------------------------------------------------------------------------------------


def test_while_a_visit_is_open_nothing_is_changed(mine: Prepared) -> None:
    with closing(mine.laptop().open_visit(mine.other)), pytest.raises(Busy, match="open"):
        mine.laptop().change_passphrase(PASSPHRASE, NEW)
    check_well(mine.laptop(), mine)


def test_a_full_disk_changes_nothing_and_is_told(mine: Prepared, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(driver, "copy_with_new_key", full)
        with pytest.raises(ReviewError, match="no room left"):
            mine.laptop().change_passphrase(PASSPHRASE, NEW)
    check_well(mine.laptop(), mine)


def test_it_can_be_stopped_before_anything_counts(mine: Prepared) -> None:
    seen: list[tuple[int, int]] = []

    def told(number: int, of: int) -> None:
        seen.append((number, of))
        if number == 2:
            raise Killed

    with pytest.raises(Killed):
        mine.laptop().change_passphrase(PASSPHRASE, NEW, told=told)
    assert seen == [(1, 2), (2, 2)]
    check_well(mine.laptop(), mine)


def test_who_was_unlocked_before_is_told_that_the_key_is_another_one(mine: Prepared) -> None:
    before = mine.laptop()
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    with pytest.raises(Damaged, match="written since"):
        before.open_visit(mine.visit)
    with pytest.raises(Damaged, match="changed in another window"):
        before.restore(mine.away, PASSPHRASE)
    with pytest.raises(WrongPassphrase):
        before.change_passphrase(PASSPHRASE, "a third one")
    before.change_passphrase(NEW, "a third one")
    check_well(before, mine)
