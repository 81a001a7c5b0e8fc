"""The lock of an installation: one at a time, for its owner only, and free again whatever happened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from reviewapp.base.errors import Busy, ReviewError
from reviewapp.store import home_lock as module
from reviewapp.store.home_lock import LOCK, home_lock


def test_one_program_at_a_time_holds_it_and_it_is_free_afterwards(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), home_lock(tmp_path, wait=0):
            with pytest.raises(Busy, match="creating a visit here"), home_lock(tmp_path, wait=0):
                pass
            raise ZeroDivisionError
    assert (tmp_path / LOCK).stat().st_mode & 0o077 == 0


def test_it_is_waited_for_only_as_long_as_was_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waits = []

    class Lock(FileLock):
        def acquire(self, *args: Any, **kwargs: Any) -> Any:
            waits.append(self.timeout)
            return super().acquire(*args, **kwargs)

    monkeypatch.setattr(module, "FileLock", Lock)
    with home_lock(tmp_path), pytest.raises(Busy), home_lock(tmp_path, wait=0):
        pass
    assert waits == [module.WAIT, 0]


def test_where_nothing_can_be_written_it_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReviewError, match="cannot be written to"), home_lock(tmp_path / "file", wait=0):
        pass
