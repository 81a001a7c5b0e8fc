"""Scratch files are gone when they are done with, and nobody takes away one that is in use."""

from __future__ import annotations

from pathlib import Path

from reviewapp.store.scratch import remove_leftovers, scratch_file


def test_a_scratch_file_is_gone_afterwards_with_what_lay_beside_it(tmp_path: Path) -> None:
    with scratch_file(tmp_path, "copy") as path:
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            (tmp_path / name).write_bytes(b"x")
    assert list(tmp_path.iterdir()) == []


def test_what_a_crash_left_is_removed_and_what_is_in_use_stays(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    left = [".copy-1a2b3c4d", ".copy-1a2b3c4d-wal", ".check-1a2b3c4d.lock", ".check-5e6f7a8b", "backups/.x.part"]
    for name in left:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "visit.db").write_bytes(b"x")
    with scratch_file(tmp_path, "check") as path:
        path.write_bytes(b"x")
        remove_leftovers(tmp_path)
        assert path.exists(), "a program that reads the visit uses it"
        assert not [name for name in left if (tmp_path / name).exists()]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backups", "visit.db"]
