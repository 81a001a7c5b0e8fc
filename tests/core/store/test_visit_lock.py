"""The lock of a visit's folder: held by one program, told to all others, and kept while a folder is moved."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviewapp.base.errors import Busy, Invalid, ReviewError
from reviewapp.store import visit_lock
from reviewapp.store.visit_lock import VisitLock


def is_free(folder: Path) -> bool:
    try:
        VisitLock(folder).release()
    except Busy:
        return False
    return True


def test_a_lock_is_held_from_its_making_until_it_is_released(tmp_path: Path) -> None:
    lock = VisitLock(tmp_path)
    assert not is_free(tmp_path)
    for _ in range(2):
        lock.release()
    assert is_free(tmp_path)
    with VisitLock(tmp_path):
        assert not is_free(tmp_path)
    assert is_free(tmp_path)


def test_who_finds_it_held_is_told_what_to_do(tmp_path: Path) -> None:
    with VisitLock(tmp_path):
        for do, told in (("wait a while", "wait a while"), ("", "close it there, or open the visit to read only")):
            with pytest.raises(Busy, match="another window or program") as error:
                VisitLock(tmp_path, do=do)
            assert error.value.do == told


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")
def test_the_file_of_a_lock_is_its_owners_alone(tmp_path: Path) -> None:
    with VisitLock(tmp_path):
        assert (tmp_path / "lock").stat().st_mode & 0o077 == 0


def test_a_folder_that_is_not_there_or_takes_no_lock_is_told(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="there is no visit absent"):
        VisitLock(tmp_path / "absent")
    assert not (tmp_path / "absent").exists()
    (tmp_path / "lock").mkdir()
    with pytest.raises(ReviewError, match="cannot be opened") as error:
        VisitLock(tmp_path)
    assert not isinstance(error.value, Busy)


@pytest.mark.skipif(os.name == "nt", reason="there it is released")
def test_while_a_folder_is_moved_the_lock_is_kept_where_an_open_file_does_not_hold_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = VisitLock(tmp_path)
    lock.release_to_move()
    assert not is_free(tmp_path)
    monkeypatch.setattr(visit_lock, "os", SimpleNamespace(name="nt"))
    lock.release_to_move()
    assert is_free(tmp_path)
