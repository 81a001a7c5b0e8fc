"""Deleting for good: the key first and on the same place of the disk, then every file that nobody holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import backup_key, deletion


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "visits" / "v"
    (folder / "backups").mkdir(parents=True)
    for name in (deletion.KEY, "visit.db", "backups/one.reviewbackup", "backups/two.reviewbackup", *backup_key.NAMES):
        (folder / name).write_bytes(name.encode() * 4000)
    return folder


def held_elsewhere(path: Path, folder: Path) -> Path:
    """Another name of the same file: what is still on the disk once the first is gone."""
    other = folder / f"held-{path.name}"
    os.link(path, other)
    return other


def test_a_key_is_overwritten_where_it_lies(folder: Path, tmp_path: Path) -> None:
    path = folder / deletion.KEY
    before, disk = path.read_bytes(), held_elsewhere(path, tmp_path)
    deletion.destroy_key(folder)
    after = disk.read_bytes()
    assert len(after) == len(before) and b"key.json" not in after
    assert sum(one == other for one, other in zip(before, after, strict=True)) < len(before) / 50


def test_a_short_key_is_overwritten_with_no_less_than_any_key_is_long(folder: Path) -> None:
    path = folder / deletion.KEY
    path.write_bytes(b"short")
    deletion.destroy_key(folder)
    assert path.stat().st_size == 64 and b"short" not in path.read_bytes()


def test_where_there_is_no_key_there_is_nothing_to_destroy(folder: Path) -> None:
    (folder / deletion.KEY).unlink()
    deletion.destroy_key(folder)
    (folder / deletion.KEY).mkdir()
    deletion.destroy_key(folder)
    assert (folder / deletion.KEY).is_dir()


def test_of_a_backup_the_beginning_that_holds_its_key_is_overwritten_and_no_more(folder: Path) -> None:
    path = folder / "backups" / "one.reviewbackup"
    before = path.read_bytes()
    deletion.destroy_cover(path)
    after = path.read_bytes()
    assert after[deletion.COVER :] == before[deletion.COVER :] and len(before) > deletion.COVER
    assert b"backups" not in after[: deletion.COVER]


def test_with_a_visit_go_the_keys_of_all_its_backups(folder: Path) -> None:
    assert deletion.destroy_keys_of_backups(folder) == []
    for name in (*backup_key.NAMES, "backups/one.reviewbackup", "backups/two.reviewbackup"):
        assert name.encode() not in (folder / name).read_bytes()[: deletion.COVER]
    assert (folder / "visit.db").read_bytes().startswith(b"visit.db")


def test_a_folder_goes_with_all_that_is_in_it_and_nothing_that_is_only_named_there(
    folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "file").write_bytes(b"x")
    (folder / "link").symlink_to(elsewhere)
    (folder / "backups" / "deep").mkdir()
    assert deletion.delete(folder) == [] and not os.path.lexists(folder)
    assert (elsewhere / "file").read_bytes() == b"x"
    assert deletion.delete(folder) == [] and not os.path.lexists(folder), "once more is no error"


def holding(monkeypatch: pytest.MonkeyPatch, held: set[str]) -> None:
    """Files of these names are open in another program, as Windows knows it."""
    remove = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if self.name in held:
            raise PermissionError(13, "the file is in use", str(self))
        remove(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)


def test_what_is_held_is_told_and_marked_and_goes_when_it_is_free(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = {"one.reviewbackup"}
    holding(monkeypatch, held)
    waited = []

    def without_waiting(work: Callable[[], None]) -> None:
        waited.append(work)
        work()

    monkeypatch.setattr(deletion, "when_free", without_waiting)
    assert deletion.delete(folder) == [folder / "backups" / "one.reviewbackup"]
    assert deletion.is_marked(folder)
    rest = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    assert rest == ["backups/one.reviewbackup", deletion.MARK], "all else is gone"
    assert waited, "somebody waits for a visit to be deleted"
    waited.clear()
    deletion.finish(folder.parent)
    assert deletion.is_marked(folder) and (folder / "backups" / "one.reviewbackup").exists()
    assert not waited, "nobody waits for what is left of it"
    held.clear()
    deletion.finish(folder.parent)
    assert not folder.exists() and folder.parent.exists()


def test_a_backup_whose_key_cannot_be_destroyed_is_told_and_all_others_go(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, held = Path.open, folder / "backups" / "one.reviewbackup"

    def open_(self: Path, *args: str, **kwargs: str) -> object:
        if self == held:
            raise PermissionError(13, "the file is in use", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)
    assert deletion.destroy_keys_of_backups(folder) == [held]
    assert b"two" not in (folder / "backups" / "two.reviewbackup").read_bytes()[: deletion.COVER]


def test_what_another_program_deletes_meanwhile_is_no_hindrance(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    remove = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        remove(self, missing_ok=missing_ok)
        if self.suffix == ".reviewbackup":
            remove(self)  # it is gone already

    monkeypatch.setattr(Path, "unlink", unlink)
    assert deletion.delete(folder) == [] and not folder.exists()


def test_what_is_not_marked_stays(folder: Path) -> None:
    assert not deletion.is_marked(folder)
    deletion.finish(folder.parent)
    deletion.finish(folder.parent / "absent")
    assert (folder / "visit.db").exists()


def test_a_key_file_that_is_replaced_is_overwritten_where_it_lay(folder: Path, tmp_path: Path) -> None:
    path = folder / deletion.KEY
    before, disk = path.read_bytes(), held_elsewhere(path, tmp_path)
    deletion.replace_key_file(path, b"the new one")
    assert path.read_bytes() == b"the new one" and b"key.json" not in disk.read_bytes()
    assert disk.stat().st_size == len(before) and disk.stat().st_nlink == 1, "no other name of it is left"
    (folder / "fresh").mkdir()
    deletion.replace_key_file(folder / "fresh" / deletion.KEY, b"the first one")
    assert [one.read_bytes() for one in (folder / "fresh").iterdir()] == [b"the first one"]


def test_a_key_file_that_cannot_be_replaced_stays_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / deletion.KEY
    before = path.read_bytes(), sorted(folder.iterdir())

    def full(*_: object) -> None:
        raise ReviewError("there is no room left on it", do="free some space")

    monkeypatch.setattr(deletion, "save_file", full)
    with pytest.raises(ReviewError, match="no room"):
        deletion.replace_key_file(path, b"the new one")
    assert (path.read_bytes(), sorted(folder.iterdir())) == before


def test_every_key_below_a_folder_is_destroyed_whatever_folder_it_is_in(folder: Path, tmp_path: Path) -> None:
    inner = folder / ".renewing"
    (inner / "deep").mkdir(parents=True)
    paths = [folder / deletion.KEY, inner / deletion.KEY, inner / "deep" / deletion.KEY, folder / backup_key.NAMES[1]]
    for path in paths[1:3]:
        path.write_bytes(b"key.json" * 100)
    (inner / backup_key.NAMES[0]).mkdir()
    assert deletion.key_files(folder) == sorted([*paths, folder / backup_key.NAMES[0]])
    disks = [path.with_name(f"held {path.name}") for path in paths]
    for path, disk in zip(paths, disks, strict=True):
        os.link(path, disk)
    assert deletion.destroy_keys(folder) == []
    for path, disk in zip(paths, disks, strict=True):
        assert path.name.encode() not in disk.read_bytes()[: deletion.COVER]
    assert (folder / "visit.db").read_bytes().startswith(b"visit.db")


def test_of_what_is_left_of_a_visit_the_keys_are_destroyed_before_it_goes(folder: Path, tmp_path: Path) -> None:
    disk = held_elsewhere(folder / deletion.KEY, tmp_path)
    deletion.mark(folder)
    deletion.finish(folder.parent)
    assert not folder.exists() and b"key.json" not in disk.read_bytes()[: deletion.COVER]
