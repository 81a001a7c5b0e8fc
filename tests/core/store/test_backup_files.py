"""The small files on which backups hang, and the first line of each: what is read from them, and what is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, ReviewError, WrongPassphrase
from reviewapp.base.files import save_pieces
from reviewapp.store import backup, backup_cover, backup_key, driver, key_wrapping, keys, rolling_backups, schema
from reviewapp.store.backup_cover import BackupCover, RollingCover
from reviewapp.store.home import Home
from tests.core.homes import Team

HOME_KEY, OTHER_KEY, VISIT_KEY = bytes(32), bytes(range(32)), bytes(reversed(range(32)))
VISIT = "0123456789abcdef"


def refusing(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """From now on a file of this name may not be read; so says Windows of a folder too."""
    opened = Path.open

    def open_(self: Path, *args: str, **kwargs: str) -> object:
        if self.name == name:
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", open_)


# The backup key ----------------------------------------------------------------------------------------------


def test_a_backup_key_is_made_once_and_its_files_are_left_alone_while_both_are_whole(tmp_path: Path) -> None:
    assert backup_key.read(HOME_KEY, tmp_path, VISIT) is None
    key = backup_key.read_or_make(HOME_KEY, tmp_path, VISIT)
    assert len(key) == 32 and key not in (HOME_KEY, bytes(32))
    before = [(tmp_path / name).stat().st_ino for name in backup_key.NAMES]
    for _ in range(2):
        assert backup_key.read_or_make(HOME_KEY, tmp_path, VISIT) == backup_key.read(HOME_KEY, tmp_path, VISIT) == key
    assert [(tmp_path / name).stat().st_ino for name in backup_key.NAMES] == before


def test_a_backup_key_is_of_one_visit_and_one_home(tmp_path: Path) -> None:
    backup_key.read_or_make(HOME_KEY, tmp_path, VISIT)
    assert backup_key.read(OTHER_KEY, tmp_path, VISIT) is None
    assert backup_key.read(HOME_KEY, tmp_path, "another") is None


@pytest.mark.parametrize("name", backup_key.NAMES)
def test_one_file_of_a_backup_key_may_be_a_folder_and_may_not_be_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Of a file that cannot be read nothing is known, so no other key is made in its place."""
    key = backup_key.read_or_make(HOME_KEY, tmp_path, VISIT)
    with monkeypatch.context() as patch:
        refusing(patch, name)
        with pytest.raises(ReviewError, match="permission is denied"):
            backup_key.read_or_make(HOME_KEY, tmp_path, VISIT)
    (tmp_path / name).unlink()
    (tmp_path / name).mkdir()
    refusing(monkeypatch, name)
    assert backup_key.read_or_make(HOME_KEY, tmp_path, VISIT) == key
    assert backup_key.read(HOME_KEY, tmp_path, VISIT) == key


# What follows the first line ---------------------------------------------------------------------------------


def on_a_disk_that_spoils(monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]) -> None:
    """From now on the disk takes a backup without a word, and has something else afterwards."""

    def save(path: Path, pieces: Iterable[bytes]) -> None:
        save_pieces(path, [spoil(b"".join(pieces))])

    monkeypatch.setattr(backup, "save_pieces", save)


def test_a_backup_of_which_any_page_was_spoilt_on_its_way_to_the_disk_is_no_backup(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    pages = (path.stat().st_size - 1) // 4096
    for page in range(0, pages, 3):

        def spoil(data: bytes, page: int = page) -> bytes:
            place = len(data) - (pages - page) * 4096 + 100
            return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]

        with monkeypatch.context() as patch:
            on_a_disk_that_spoils(patch, spoil)
            with pytest.raises(Damaged, match="is damaged"):
                visit.backup(path)
    visit.backup(path)


def test_a_backup_whose_pages_are_authentic_and_not_what_belongs_there_is_damaged(tmp_path: Path) -> None:
    db = driver.connect(tmp_path / "plain.db", VISIT_KEY)
    schema.migrate(db)
    db.execute("INSERT INTO local (name, value) VALUES ('visit', 'v')")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    path = written(tmp_path / "one", rolling())

    def follows() -> None:
        path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n" + (tmp_path / "plain.db").read_bytes())

    follows()
    assert backup.count_entries(path, VISIT_KEY, tmp_path) == 0
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = replace(sql, 'value TEXT', 'value TEXT CHECK (value < 0)') "
               "WHERE name = 'local'")  # fmt: skip
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    follows()
    with pytest.raises(Damaged, match="one is damaged"):
        backup.count_entries(path, VISIT_KEY, tmp_path)


def test_the_largest_backup_is_copied_whole_and_for_its_owner_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"cover\n" + bytes(range(256)) * 100)
    monkeypatch.setattr(backup, "LARGEST", path.stat().st_size)
    backup.copy_out(path, tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == bytes(range(256)) * 100
    assert (tmp_path / "copy").stat().st_mode & 0o077 == 0
    monkeypatch.setattr(backup, "LARGEST", path.stat().st_size - 1)
    with pytest.raises(Damaged, match="larger than any backup"):
        backup.copy_out(path, tmp_path / "another")
    assert not (tmp_path / "another").exists()


# The first line ----------------------------------------------------------------------------------------------


def rolling(number: int = 1, content: bytes = VISIT_KEY) -> RollingCover:
    cover = backup_cover.rolling(OTHER_KEY, VISIT, number, content)
    assert cover.number == number
    return cover


def written(path: Path, cover: BackupCover | RollingCover) -> Path:
    path.write_bytes(msgspec.json.encode(cover) + b"\nthe rest")
    return path


def test_the_key_of_a_rolling_backup_is_that_of_its_visit_and_its_number(tmp_path: Path) -> None:
    path, cover = tmp_path / "one", rolling(7)
    assert backup_cover.read(written(path, cover)) == cover and backup_cover.number_of(path) == 7
    assert not backup_cover.carries_own_key(path) and rolling_backups.is_numbered(path)
    assert backup_cover.key_with_backup_key(path, cover, OTHER_KEY) == VISIT_KEY
    wrong = [
        (cover, HOME_KEY),
        (msgspec.structs.replace(cover, number=8), OTHER_KEY),
        (msgspec.structs.replace(cover, visit="another"), OTHER_KEY),
        (msgspec.structs.replace(cover, sealed="no base64!"), OTHER_KEY),
        (rolling(content=VISIT_KEY[:-1]), OTHER_KEY),
    ]
    for other, key in wrong:
        with pytest.raises(Damaged, match="one is damaged"):
            backup_cover.key_with_backup_key(path, other, key)


def test_a_backup_that_was_taken_away_opens_with_the_secrets_of_its_home(tmp_path: Path) -> None:
    home, code = Home.create(tmp_path / "home", "long enough")
    path = tmp_path / "away"
    cover = backup_cover.to_take_away(home.key, keys.read(home.folder), VISIT, VISIT_KEY)
    assert backup_cover.read(written(path, cover)) == cover
    assert backup_cover.carries_own_key(path) and backup_cover.number_of(path) is None
    assert not rolling_backups.is_numbered(path)
    for secret in ("long enough", code):
        assert backup_cover.key_with_secret(path, cover, secret) == VISIT_KEY
    assert backup_cover.key_with_home_key(path, cover, home.key) == VISIT_KEY
    with pytest.raises(WrongPassphrase):
        backup_cover.key_with_secret(path, cover, "something else")
    greedy = json.loads(msgspec.json.encode(cover))
    for which in ("passphrase", "recovery"):
        stretch = greedy["keys"][which]["stretch"]
        greedy["keys"][which]["stretch"] = {name: 2**31 if isinstance(n, int) else n for name, n in stretch.items()}
        spoilt = msgspec.convert(greedy, BackupCover)
        with pytest.raises(Damaged):
            backup_cover.key_with_secret(path, spoilt, "long enough")


def test_a_backup_that_may_not_be_read_is_not_called_foreign_and_a_folder_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "one", rolling())
    refusing(monkeypatch, "one")
    with pytest.raises(ReviewError, match="cannot be read: permission is denied") as told:
        backup_cover.read(path)
    assert not isinstance(told.value, Damaged)
    assert backup_cover.number_of(path) is None and not backup_cover.carries_own_key(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(Damaged, match="not a backup of this program"):
        backup_cover.read(path)


# Those that a visit keeps by itself --------------------------------------------------------------------------


def test_rolling_backups_are_numbered_as_they_are_made_and_named_by_when(team: Team) -> None:
    store, home = team.visit("L1")._store, team.laptops["L1"].home
    made = [rolling_backups.write(home, team.visit_id, store, f"2026111{day}T100000000042") for day in (9, 8, 7)]
    (made[0].parent / f"theirs{backup.SUFFIX}").write_bytes(b"no backup")
    made.append(rolling_backups.write(home, team.visit_id, store))
    assert [backup_cover.number_of(path) for path in made] == [1, 2, 3, 4]
    assert rolling_backups.oldest_first(store.folder)[1:] == made
    assert rolling_backups.made_at(made[0]) == datetime(2026, 11, 19, 10, 0, 0, 42, tzinfo=UTC)
    assert rolling_backups.made_at(made[0].with_stem("theirs")) is None


def test_a_rolling_backup_that_is_held_is_told_and_all_others_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [written(tmp_path / name, rolling()) for name in ("one", "two", "three")]
    with monkeypatch.context() as patch:
        refusing(patch, "two")
        assert rolling_backups.delete(paths) == [paths[1]]
    assert list(tmp_path.iterdir()) == [paths[1]]
    assert rolling_backups.delete([paths[1], tmp_path / "absent"]) == [] and list(tmp_path.iterdir()) == []


def test_a_backup_is_sealed_for_one_purpose(tmp_path: Path) -> None:
    sealed = key_wrapping.wrap(HOME_KEY, VISIT_KEY, "another purpose")
    cover = backup_cover.to_take_away(HOME_KEY, _some_keys(tmp_path), VISIT, VISIT_KEY)
    with pytest.raises(Damaged):
        backup_cover.key_with_home_key(tmp_path, msgspec.structs.replace(cover, sealed=sealed), HOME_KEY)


def _some_keys(folder: Path) -> keys.KeyFile:
    return keys.read(Home.create(folder / "home", "long enough")[0].folder)
