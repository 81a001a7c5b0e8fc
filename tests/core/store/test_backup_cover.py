"""The first line of a backup says what it is of and holds its key, wrapped; nobody else's line opens it."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.store import backup_cover, deletion, key_wrapping, keys, schema
from reviewapp.store.backup_cover import BackupCover, RollingCover

HOME_KEY, HANGS_ON, KEY = (bytes([number]) * 32 for number in (1, 2, 3))
PATH = Path("b.reviewbackup")


@pytest.fixture
def home(tmp_path: Path) -> tuple[keys.KeyFile, bytes, str]:
    """The wrapped keys of a home, its key, and its recovery code."""
    key, code = keys.create(tmp_path, "long enough")
    return keys.read(tmp_path), key, code


def written(folder: Path, cover: BackupCover | RollingCover) -> Path:
    path = folder / PATH
    path.write_bytes(msgspec.json.encode(cover) + b"\nencrypted")
    return path


def test_what_is_written_is_read_and_tells_one_kind_from_the_other(
    tmp_path: Path, home: tuple[keys.KeyFile, bytes, str]
) -> None:
    away = backup_cover.to_take_away(HOME_KEY, home[0], "v1", KEY)
    rolling = backup_cover.rolling(HANGS_ON, "v1", 7, KEY)
    for cover, own in ((away, True), (rolling, False)):
        path = written(tmp_path, cover)
        assert backup_cover.read(path) == cover and backup_cover.carries_own_key(path) is own
        assert backup_cover.number_of(path) == (None if own else 7)
        assert (cover.reviewapp_backup, cover.store, cover.visit) == (backup_cover.FORMAT, schema.VERSION, "v1")
    assert written(tmp_path, rolling).read_bytes().find(KEY) == -1


def test_neither_kind_is_what_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / PATH
    path.write_bytes(b"{}")
    for place in (path, tmp_path / "absent", tmp_path):
        assert backup_cover.number_of(place) is None and backup_cover.carries_own_key(place) is False


def test_a_backup_that_was_taken_away_opens_with_the_secrets_of_its_home_and_no_others(
    home: tuple[keys.KeyFile, bytes, str],
) -> None:
    cover = backup_cover.to_take_away(home[1], home[0], "v1", KEY)
    assert backup_cover.key_with_secret(PATH, cover, "long enough") == KEY
    assert backup_cover.key_with_secret(PATH, cover, home[2]) == KEY
    assert backup_cover.key_with_home_key(PATH, cover, home[1]) == KEY
    with pytest.raises(WrongPassphrase):
        backup_cover.key_with_secret(PATH, cover, "something else")
    with pytest.raises(Damaged, match=r"b\.reviewbackup is damaged"):
        backup_cover.key_with_home_key(PATH, cover, HOME_KEY)


def test_a_backup_that_would_take_all_the_memory_to_open_is_damaged(home: tuple[keys.KeyFile, bytes, str]) -> None:
    hungry = msgspec.structs.replace(home[0].recovery.stretch, memory_kib=1 << 30)
    spoilt = msgspec.structs.replace(home[0], recovery=msgspec.structs.replace(home[0].recovery, stretch=hungry))
    cover = backup_cover.to_take_away(home[1], spoilt, "v1", KEY)
    with pytest.raises(Damaged):
        backup_cover.key_with_secret(PATH, cover, "long enough")


def test_a_rolling_backup_opens_by_its_own_backup_key_visit_and_number(tmp_path: Path) -> None:
    cover = backup_cover.rolling(HANGS_ON, "v1", 7, KEY)
    assert backup_cover.key_with_backup_key(PATH, cover, HANGS_ON) == KEY
    changes: list[dict[str, object]] = [{"visit": "v2"}, {"number": 8}, {"sealed": "no base64!"}, {"sealed": ""}]
    for changed in changes:
        with pytest.raises(Damaged):
            backup_cover.key_with_backup_key(PATH, msgspec.structs.replace(cover, **changed), HANGS_ON)
    with pytest.raises(Damaged):
        backup_cover.key_with_backup_key(PATH, cover, HOME_KEY)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_damage(length: int) -> None:
    cover = backup_cover.rolling(HANGS_ON, "v1", 7, bytes(length))
    with pytest.raises(Damaged):
        backup_cover.key_with_backup_key(PATH, cover, HANGS_ON)


def test_a_rolling_backup_of_a_later_version_is_called_so(tmp_path: Path) -> None:
    cover = backup_cover.rolling(HANGS_ON, "v1", 7, KEY)
    later: list[dict[str, object]] = [{"reviewapp_backup": backup_cover.FORMAT + 1}, {"store": schema.VERSION + 1}]
    for changed in later:
        path = written(tmp_path, msgspec.structs.replace(cover, **changed))
        with pytest.raises(NewerVersion):
            backup_cover.read(path)
        assert backup_cover.number_of(path) is None


def test_a_backup_that_cannot_be_read_is_not_called_foreign(tmp_path: Path) -> None:
    path = tmp_path / PATH
    path.symlink_to(path)
    with pytest.raises(ReviewError, match="cannot be read: ") as refused:
        backup_cover.read(path)
    assert not isinstance(refused.value, Damaged)


def test_no_first_line_is_longer_than_what_is_overwritten_when_a_backup_is_deleted(
    tmp_path: Path, home: tuple[keys.KeyFile, bytes, str]
) -> None:
    """Else the end of the key it holds might stay on the disk."""
    assert backup_cover.LONGEST == deletion.COVER
    cover = backup_cover.to_take_away(HOME_KEY, home[0], "v" * 64, KEY)
    assert len(msgspec.json.encode(cover)) < backup_cover.LONGEST
    padded = msgspec.json.encode(cover).replace(b"{", b"{" + b" " * backup_cover.LONGEST, 1)
    (tmp_path / PATH).write_bytes(padded + b"\n")
    with pytest.raises(Damaged):
        backup_cover.read(tmp_path / PATH)


def test_the_purpose_of_a_wrapped_key_is_part_of_it() -> None:
    cover = backup_cover.rolling(HANGS_ON, "v1", 7, KEY)
    assert key_wrapping.unwrap(HANGS_ON, cover.sealed, "rolling backup 7 of v1") == KEY
    assert key_wrapping.unwrap(HANGS_ON, cover.sealed, "visit key") is None


def test_the_seal_of_a_backup_that_was_taken_away_is_bound_to_its_visit_unless_it_is_of_the_first_format(
    home: tuple[keys.KeyFile, bytes, str],
) -> None:
    cover = backup_cover.to_take_away(home[1], home[0], "v1", KEY)
    bound = f"backup of v1 {schema.VERSION} {home[0].generation}"
    assert key_wrapping.unwrap(home[1], cover.sealed, bound) == KEY
    others: list[dict[str, object]] = [{"visit": "v2"}, {"store": schema.VERSION - 1}]
    for changed in others:
        with pytest.raises(Damaged):
            backup_cover.key_with_home_key(PATH, msgspec.structs.replace(cover, **changed), home[1])
    first = BackupCover(1, 1, "v1", home[0], key_wrapping.wrap(home[1], KEY, "visit key"))
    assert backup_cover.key_with_home_key(PATH, first, home[1]) == KEY


def test_a_backup_whose_keys_are_of_a_later_version_is_not_tried(home: tuple[keys.KeyFile, bytes, str]) -> None:
    later = msgspec.structs.replace(home[0], format=keys.FORMAT + 1)
    cover = backup_cover.to_take_away(home[1], later, "v1", KEY)
    with pytest.raises(Damaged):
        backup_cover.key_with_secret(PATH, cover, "long enough")


# Hung on another backup key ----------------------------------------------------------------------------------------


def resealed(path: Path, line: bytes) -> RollingCover:
    """The cover once its new first line stands where the old one was."""
    path.write_bytes(line + path.read_bytes()[len(line) :])
    return msgspec.json.decode(line, type=RollingCover)


@pytest.mark.parametrize("store", [schema.VERSION - 1, schema.VERSION + 1])
def test_a_rolling_backup_hung_on_another_key_keeps_its_number_its_store_and_its_length(
    tmp_path: Path, store: int
) -> None:
    """Also one of a later version, which only that version opens."""
    path = written(tmp_path, backup_cover.rolling(HANGS_ON, "v1", 7, KEY, store=store))
    length = len(path.read_bytes())
    line = backup_cover.resealed(path, HOME_KEY, HANGS_ON, HOME_KEY)
    assert line is not None
    cover = resealed(path, line)
    assert (cover.store, cover.visit, cover.number) == (store, "v1", 7)
    assert backup_cover.key_with_backup_key(path, cover, HOME_KEY) == KEY
    assert len(path.read_bytes()) == length and path.read_bytes().endswith(b"\nencrypted")


def test_a_backup_from_before_there_were_backup_keys_hangs_on_one_as_the_oldest(
    tmp_path: Path, home: tuple[keys.KeyFile, bytes, str]
) -> None:
    path = written(tmp_path, backup_cover.to_take_away(home[1], home[0], "v1", KEY))
    line = backup_cover.resealed(path, home[1], None, HANGS_ON)
    assert line is not None
    cover = resealed(path, line)
    assert cover.number == 0 and backup_cover.key_with_backup_key(path, cover, HANGS_ON) == KEY


def test_what_cannot_be_opened_or_has_no_room_for_its_new_line_is_left_as_it_is(tmp_path: Path) -> None:
    cover = backup_cover.rolling(HANGS_ON, "v1", 7, KEY)
    path = written(tmp_path, cover)
    assert backup_cover.resealed(path, HOME_KEY, None, HOME_KEY) is None, "there is no key on which it hangs"
    assert backup_cover.resealed(path, HOME_KEY, HOME_KEY, HANGS_ON) is None, "it hangs on another one"
    path.write_bytes(msgspec.json.encode(cover))
    assert backup_cover.resealed(path, HOME_KEY, HANGS_ON, HOME_KEY) is None, "it was cut off behind its line"
