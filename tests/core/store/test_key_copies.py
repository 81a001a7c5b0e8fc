"""Which of an installation's key files counts, what is told of the others, and how they are put right."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, TooSoon, WrongPassphrase
from reviewapp.base.paths import spare_key_files
from reviewapp.store import backup_cover, deletion, key_copies, key_wrapping, keys
from reviewapp.store.key_copies import OUTDATED, Found
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.keys import KeyFile, Wrapped
from reviewapp.store.visit_key import VisitKey

HOME_KEY, OTHER_KEY, STORE = (bytes([number]) * 32 for number in (1, 2, 3))


def key_file(generation: int, format_: int = keys.FORMAT) -> KeyFile:
    """A key file of this generation; nothing here opens it."""
    stretch = Argon2Params(key_wrapping.encode(bytes(16)))
    return KeyFile(format_, Wrapped(stretch, "sealed"), Wrapped(stretch, "sealed", "public"), generation)


def put(path: Path, generation: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(keys.encoded(key_file(generation)))


def of(path: Path) -> int:
    return keys.read_file(path).generation


def visit(home: Path, name: str, generation: int, home_key: bytes = HOME_KEY) -> Path:
    folder = home / "visits" / name
    (folder / "backups").mkdir(parents=True, exist_ok=True)
    VisitKey.sealed_for(name, STORE, home_key, generation).write(folder)
    return folder


def backup(path: Path, generation: int, format_: int = keys.FORMAT) -> Path:
    cover = backup_cover.to_take_away(HOME_KEY, key_file(generation, format_), "v", STORE)
    path.write_bytes(msgspec.json.encode(cover) + b"\nthe rest")
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


# Which one counts --------------------------------------------------------------------------------------------


def test_the_key_file_itself_counts_unless_a_copy_is_newer(home: Path) -> None:
    put(keys.path_of(home), 2)
    assert key_copies.find(home) == Found(key_file(2))
    for path in spare_key_files(home):
        put(path, 1)
        assert key_copies.find(home) == Found(key_file(2))
        put(path, 2)
        assert key_copies.find(home) == Found(key_file(2))
        put(path, 3)
        assert key_copies.find(home) == Found(key_file(3), OUTDATED)
        path.unlink()


def test_where_the_key_file_is_gone_or_spoilt_the_newest_copy_counts_and_it_is_told_why(home: Path) -> None:
    first, second = spare_key_files(home)
    put(first, 1)
    put(second, 2)
    found = key_copies.find(home)
    assert found.keys == key_file(2) and "is missing" in found.wrong
    keys.path_of(home).write_bytes(b"spoilt")
    second.write_bytes(b"spoilt")
    found = key_copies.find(home)
    assert found.keys == key_file(1) and "is damaged" in found.wrong


def test_without_any_copy_it_is_told_what_is_wrong_with_the_key_file(home: Path) -> None:
    with pytest.raises(Damaged, match="is missing"):
        key_copies.find(home)
    keys.path_of(home).write_bytes(b"spoilt")
    with pytest.raises(Damaged, match="is damaged"):
        key_copies.find(home)


@pytest.mark.parametrize("which", [0, 1, 2])
def test_a_key_file_of_a_later_version_counts_wherever_it_lies(home: Path, which: int) -> None:
    paths = (keys.path_of(home), *spare_key_files(home))
    for path in paths:
        put(path, 1)
    later = msgspec.json.decode(paths[which].read_bytes()) | {"format": keys.FORMAT + 1}
    paths[which].write_bytes(msgspec.json.encode(later))
    with pytest.raises(NewerVersion):
        key_copies.find(home)


def test_backups_are_asked_where_every_copy_is_gone_or_older_than_the_visits(home: Path) -> None:
    folder = visit(home, "v", 3)
    visit(home, "w", 1)
    for name, generation in (("a", 3), ("b", 2)):
        backup(folder / "backups" / f"{name}.reviewbackup", generation)
    (folder / "backups" / "c.reviewbackup").write_bytes(b"no backup")
    assert key_copies.find(home).keys == key_file(3), "every copy is gone"
    put(keys.path_of(home), 2)
    assert key_copies.find(home) == Found(key_file(3), OUTDATED)
    backup(folder / "backups" / "d.reviewbackup", 9)
    put(keys.path_of(home), 3)
    assert key_copies.find(home) == Found(key_file(3)), "it is as new as the visits: no backup is looked at"
    put(keys.path_of(home), 2)
    put(spare_key_files(home)[0], 3)
    assert key_copies.find(home) == Found(key_file(3), OUTDATED)


def test_only_a_backup_with_keys_that_can_be_used_is_a_copy(home: Path, tmp_path: Path) -> None:
    assert key_copies.of_backup(backup(tmp_path / "one", 2)) == key_file(2)
    assert key_copies.of_backup(backup(tmp_path / "later", 2, keys.FORMAT + 1)) is None
    assert key_copies.of_backup(tmp_path / "absent") is None
    (tmp_path / "rolling").write_bytes(msgspec.json.encode(backup_cover.rolling(HOME_KEY, "v", 1, STORE)) + b"\n")
    assert key_copies.of_backup(tmp_path / "rolling") is None
    greedy = msgspec.json.decode((tmp_path / "one").read_bytes().partition(b"\n")[0])
    greedy["keys"]["passphrase"]["stretch"] |= {
        name: 2**31 for name, one in greedy["keys"]["passphrase"]["stretch"].items() if isinstance(one, int)
    }
    (tmp_path / "greedy").write_bytes(msgspec.json.encode(greedy) + b"\n")
    assert key_copies.of_backup(tmp_path / "greedy") is None


def test_keys_are_outdated_where_every_visit_is_newer(home: Path) -> None:
    assert not key_copies.is_outdated(home, key_file(1))
    visit(home, "v", 3)
    (visit(home, "x", 1) / deletion.KEY).write_bytes(b"spoilt")
    assert key_copies.visit_generations(home) == [3]
    assert key_copies.is_outdated(home, key_file(2)) and not key_copies.is_outdated(home, key_file(3))
    visit(home, "w", 2)
    assert not key_copies.is_outdated(home, key_file(2)) and key_copies.is_outdated(home, key_file(1))


# Putting them right ------------------------------------------------------------------------------------------


def test_what_is_wrong_is_put_right_from_what_counts(home: Path) -> None:
    put(keys.path_of(home), 1)
    assert key_copies.repair(home, Found(key_file(2), "why")) == "why; it was repaired from a copy"
    assert [of(path) for path in (keys.path_of(home), *spare_key_files(home))] == [2, 2, 2]
    before = [path.stat().st_ino for path in (keys.path_of(home), *spare_key_files(home))]
    assert key_copies.repair(home, Found(key_file(2))) == ""
    assert [path.stat().st_ino for path in (keys.path_of(home), *spare_key_files(home))] == before
    for path in spare_key_files(home):
        path.write_bytes(b"spoilt")
    assert key_copies.repair(home, Found(key_file(2))) == ""
    assert [of(path) for path in spare_key_files(home)] == [2, 2]


def test_an_empty_folder_in_the_way_goes_and_one_with_something_in_it_stays(home: Path) -> None:
    paths = (keys.path_of(home), *spare_key_files(home))
    for path in paths:
        path.mkdir(parents=True)
    assert key_copies.repair(home, Found(key_file(2), "why")).startswith("why; it was repaired")
    assert [of(path) for path in paths] == [2, 2, 2]
    for path in paths:
        path.unlink()
        path.mkdir()
        (path / "somebody's").write_bytes(b"x")
    assert key_copies.repair(home, Found(key_file(2), "why")) == (
        "why; a copy of it was used, because it cannot be repaired here"
    )
    assert key_copies.repair(home, Found(key_file(2))) == ""
    assert [[one.name for one in path.iterdir()] for path in paths] == [["somebody's"]] * 3


def test_the_key_file_and_its_copies_are_written_together_for_their_owner_only(home: Path) -> None:
    key_copies.write(home, key_file(4))
    paths = (keys.path_of(home), *spare_key_files(home))
    assert [of(path) for path in paths] == [4, 4, 4]
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths)
    assert paths[2].parent.stat().st_mode & 0o077 == 0


# What is told ------------------------------------------------------------------------------------------------


def test_for_a_wrong_passphrase_it_is_told_where_another_key_file_counts(home: Path) -> None:
    error = WrongPassphrase("the passphrase is wrong", do="try again", kept="all")
    assert key_copies.refused(home, error, Found(key_file(1))) is error
    told = key_copies.refused(home, error, Found(key_file(1), "this is wrong"))
    assert told.what == "the passphrase is wrong (this is wrong, and a newer copy of it counts)"
    assert (told.do, told.kept) == ("try again", "all")
    visit(home, "v", 2)
    assert key_copies.refused(home, error, Found(key_file(1))).what == f"the passphrase is wrong ({OUTDATED})"
    soon = TooSoon("too soon", do="wait", seconds=5)
    assert key_copies.refused(home, soon, Found(key_file(1), "this is wrong")) is soon


# From a backup that was taken away ---------------------------------------------------------------------------


def test_a_backup_with_keys_as_new_as_any_here_puts_them_back(home: Path, tmp_path: Path) -> None:
    path = backup(tmp_path / "away", 2)
    assert key_copies.from_backup(home, path) == key_file(2)
    visit(home, "v", 2)
    for place in (keys.path_of(home), *spare_key_files(home)):
        put(place, 2)
        assert key_copies.from_backup(home, path) == key_file(2)
        put(place, 3)
        with pytest.raises(Damaged, match="away is from before the last change"):
            key_copies.from_backup(home, path)
        place.write_bytes(b"spoilt")
    assert key_copies.from_backup(home, path) == key_file(2)
    visit(home, "v", 3)
    with pytest.raises(Damaged, match="away is from before the last change"):
        key_copies.from_backup(home, path)


def test_a_backup_without_keys_that_can_be_used_puts_nothing_back_and_says_why(home: Path, tmp_path: Path) -> None:
    (tmp_path / "rolling").write_bytes(msgspec.json.encode(backup_cover.rolling(HOME_KEY, "v", 1, STORE)) + b"\n")
    with pytest.raises(Damaged, match="rolling is a backup that this laptop made automatically"):
        key_copies.from_backup(home, tmp_path / "rolling")
    with pytest.raises(Damaged, match="later is damaged"):
        key_copies.from_backup(home, backup(tmp_path / "later", 2, keys.FORMAT + 1))


def test_a_backup_of_another_laptop_fits_nothing_here(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "away"
    key_copies.check_fits(home, OTHER_KEY, path)
    visit(home, "v", 2)
    with pytest.raises(Invalid, match="away was made on another laptop"):
        key_copies.check_fits(home, OTHER_KEY, path)
    key_copies.check_fits(home, HOME_KEY, path)
    visit(home, "w", 2, OTHER_KEY)
    key_copies.check_fits(home, OTHER_KEY, path)
    (home / "visits" / "w" / deletion.KEY).write_bytes(b"spoilt")
    with pytest.raises(Invalid):
        key_copies.check_fits(home, OTHER_KEY, path)
    shutil.rmtree(home / "visits" / "v")
    key_copies.check_fits(home, OTHER_KEY, path)


def test_the_key_file_that_opens_nothing_is_named_by_its_path(home: Path) -> None:
    assert str(keys.path_of(home)) in key_copies.outdated(home).what
