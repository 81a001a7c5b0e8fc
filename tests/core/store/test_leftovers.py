"""What a kill left is finished where all of it had been written, else taken back, and never half."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from reviewapp.base.errors import Busy, ReviewError
from reviewapp.store import deletion, key_copies, leftovers, rotation
from reviewapp.store import home_lock as home_lock_module
from reviewapp.store.home_lock import LOCK, home_lock
from reviewapp.store.visit_lock import VisitLock
from tests.core.store.on_disk import OnDisk, identity
from tests.core.store.test_new_keys import committed, key_file, says
from tests.core.store.test_new_keys import visit as visit_in

VISIT = "0123456789abcdef"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "visits").mkdir(parents=True)
    key_copies.write(folder, key_file(1))
    return folder


def left(home: Path, name: str, *, key: bool = True) -> Path:
    """A folder that a kill left, with a store and perhaps its key."""
    folder = home / "visits" / name
    folder.mkdir()
    (folder / "visit.db").write_bytes(b"a store")
    if key:
        (folder / deletion.KEY).write_bytes(b"the key of a store")
    return folder


def names(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "visits").iterdir())


def test_where_nothing_was_left_nothing_is_done(home: Path) -> None:
    left(home, VISIT)
    left(home, f".before-restore-{VISIT}-20261117T090000000000")
    for name in (leftovers.MAKING, leftovers.RESTORING):
        (home / "visits" / f"{name}file").write_bytes(b"no folder")
    before = names(home)
    leftovers.finish(home)
    assert not (home / LOCK).exists(), "nobody has to wait for it"
    with home_lock(home):
        leftovers.finish(home)
    leftovers.finish(home / "nowhere")
    assert names(home) == before and not (home / "nowhere").exists()
    leftovers.finish_locked(home)
    assert names(home) == before


def test_a_visit_that_was_being_made_is_taken_back_with_its_key(home: Path) -> None:
    folder = left(home, f"{leftovers.MAKING}0a1b2c3d")
    disk = home / "its blocks"
    disk.hardlink_to(folder / deletion.KEY)
    leftovers.finish(home)
    assert names(home) == [] and b"the key" not in disk.read_bytes()


def test_a_restore_that_was_whole_gets_its_place_where_that_is_free(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left(home, f"{leftovers.RESTORING}{VISIT}-0a1b2c3d")
    disk = OnDisk(monkeypatch)
    leftovers.finish(home)
    assert names(home) == [VISIT] and (home / "visits" / VISIT / "visit.db").read_bytes() == b"a store"
    assert identity(home / "visits") in disk.synced


@pytest.mark.parametrize(("key", "there"), [(True, True), (False, True), (False, False)])
def test_a_restore_that_was_not_whole_or_whose_place_is_taken_is_taken_back(home: Path, key: bool, there: bool) -> None:
    folder = left(home, f"{leftovers.RESTORING}{VISIT}-0a1b2c3d", key=key)
    disk = home / "its blocks"
    if key:
        disk.hardlink_to(folder / deletion.KEY)
    if there:
        (left(home, VISIT) / "visit.db").write_bytes(b"the one that is there")
    leftovers.finish(home)
    assert names(home) == ([VISIT] if there else [])
    if there:
        assert (home / "visits" / VISIT / "visit.db").read_bytes() == b"the one that is there"
    assert not key or b"the key" not in disk.read_bytes()


def test_a_folder_of_an_earlier_version_that_does_not_name_its_visit_stays_while_it_has_a_key(home: Path) -> None:
    """Nobody knows whose it is; it is listed with what restores left."""
    left(home, f"{leftovers.RESTORING}0a1b2c3d")
    left(home, f"{leftovers.RESTORING}1b2c3d4e", key=False)
    leftovers.finish(home)
    assert names(home) == [f"{leftovers.RESTORING}0a1b2c3d"]


def test_while_somebody_may_be_at_it_all_is_left_for_another_time(home: Path) -> None:
    left(home, f"{leftovers.MAKING}0a1b2c3d")
    with home_lock(home):
        leftovers.finish(home)
        assert names(home) == [f"{leftovers.MAKING}0a1b2c3d"]
    leftovers.finish(home)
    assert names(home) == []


def test_new_keys_that_count_are_put_in_place_and_who_cannot_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = visit_in(home, "v")
    committed(home, monkeypatch)
    monkeypatch.setattr(leftovers, "WAIT", 0)
    with home_lock(home), pytest.raises(Busy):
        leftovers.finish(home)
    with monkeypatch.context() as patch:

        def held(*_: object) -> None:
            raise PermissionError(13, "the file is in use")

        patch.setattr(rotation, "when_free", held)
        with pytest.raises(ReviewError, match="not in place yet"):
            leftovers.finish(home)
    leftovers.finish(home)
    assert says(folder) == "v" and not rotation.is_interrupted(home)


def test_only_new_keys_that_count_are_waited_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []

    class Lock(FileLock):
        def acquire(self, *args: Any, **kwargs: Any) -> Any:
            waits.append(self.timeout)
            return super().acquire(*args, **kwargs)

    monkeypatch.setattr(home_lock_module, "FileLock", Lock)
    left(home, f"{leftovers.MAKING}0a1b2c3d")
    leftovers.finish(home)
    visit_in(home, "v")
    committed(home, monkeypatch)
    waits_before = len(waits)
    leftovers.finish(home)
    assert (waits[0], waits[waits_before:]) == (0, [home_lock_module.WAIT])


def test_what_cannot_be_deleted_yet_keeps_nothing_else_from_its_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, other = left(home, f"{leftovers.MAKING}0a1b2c3d"), left(home, f"{leftovers.MAKING}1b2c3d4e")
    left(home, f"{leftovers.RESTORING}{VISIT}-0a1b2c3d")
    (held / "in use").touch()
    unlink = os.unlink

    def unlink_(path: Any, *, dir_fd: int | None = None) -> None:
        if Path(path).name == "in use":
            raise PermissionError(13, "the file is in use", str(path))
        unlink(path, dir_fd=dir_fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", unlink_)
        leftovers.finish(home)
    assert names(home) == sorted([held.name, VISIT]) and not other.exists()
    leftovers.finish(home)
    assert names(home) == [VISIT]


def test_what_was_staged_only_goes_and_nobody_waits_for_it(home: Path) -> None:
    (home / rotation.STAGED / "v").mkdir(parents=True)
    with home_lock(home):
        leftovers.finish(home)
        assert rotation.is_interrupted(home)
    leftovers.finish(home)
    assert not rotation.is_interrupted(home)


def test_a_store_that_was_given_a_new_key_gets_it_once_nobody_has_the_visit(home: Path) -> None:
    one, other = left(home, "v"), left(home, "w")
    for folder in (one, other):
        (folder / leftovers.RENEWED).mkdir()
        (folder / leftovers.RENEWED / "visit.db").write_bytes(b"under a new key")
        (folder / leftovers.RENEWED / deletion.KEY).write_bytes(b"that key")
    (other / leftovers.DUE).touch()
    with VisitLock(one):
        leftovers.finish(home)
    assert (one / "visit.db").read_bytes() == b"a store" and (one / leftovers.RENEWED).exists()
    for folder in (one, other):
        leftovers.finish(home)
        assert (folder / "visit.db").read_bytes() == b"under a new key"
        assert (folder / deletion.KEY).read_bytes() == b"that key"
        assert not (folder / leftovers.RENEWED).exists() and not (folder / leftovers.DUE).exists()
    assert (home / LOCK).exists()
