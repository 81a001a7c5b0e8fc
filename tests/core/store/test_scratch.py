"""Scratch files are gone when they are done with, and nobody takes away one that is in use."""

from __future__ import annotations

from pathlib import Path

from reviewapp.store.scratch import remove_leftovers, scratch_file
from tests.disks import needs_mounting, read_only


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
        beside = path.with_name(path.name + "-wal")
        for used in (path, beside):
            used.write_bytes(b"x")
        remove_leftovers(tmp_path)
        assert path.exists() and beside.exists(), "a program that reads the visit uses them"
        assert not [name for name in left if (tmp_path / name).exists()]
    assert sorted(one.name for one in tmp_path.iterdir()) == ["backups", "visit.db"]


def test_a_scratch_file_and_its_lock_are_their_owners_alone_before_anything_is_in_them(tmp_path: Path) -> None:
    with scratch_file(tmp_path, "copy") as path:
        found = sorted(tmp_path.iterdir())
        assert found == [path, path.with_name(path.name + ".lock")]
        assert not [one for one in found if one.stat().st_mode & 0o077]


def test_the_key_in_a_backup_that_was_half_written_is_destroyed_with_it(tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    half, disk = tmp_path / "backups" / ".x.part", tmp_path / "its blocks"
    half.write_bytes(b"the cover with its key\nencrypted")
    disk.hardlink_to(half)
    remove_leftovers(tmp_path)
    assert not half.exists() and b"with its key" not in disk.read_bytes()


@needs_mounting
def test_where_the_folder_takes_no_write_a_scratch_file_lies_in_the_systems(tmp_path: Path) -> None:
    with read_only(tmp_path):
        with scratch_file(tmp_path, "copy") as path:
            path.write_bytes(b"x")
            assert tmp_path not in path.parents and path.stat().st_mode & 0o077 == 0
        assert not path.exists()
