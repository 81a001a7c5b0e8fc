"""The key on which rolling backups hang lies in two files: one spoilt costs nothing, and nothing else opens either."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import ReviewError
from reviewapp.store import backup_key, key_wrapping

HOME_KEY, OTHER = bytes([1]) * 32, bytes([2]) * 32
FIRST, SPARE = backup_key.NAMES


def read(folder: Path) -> bytes | None:
    return backup_key.read(HOME_KEY, folder, "v1")


def test_a_new_key_is_random_and_stays(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    key = backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    assert len(key) == 32 and read(tmp_path) == key == backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    (tmp_path / "other").mkdir()
    assert backup_key.read_or_make(HOME_KEY, tmp_path / "other", "v1") != key
    assert (tmp_path / FIRST).read_bytes() == (tmp_path / SPARE).read_bytes()
    stored = msgspec.json.decode((tmp_path / FIRST).read_bytes())
    assert stored["backup_key"] == 1 and set(stored) == {"backup_key", "sealed"}
    assert key_wrapping.unwrap(HOME_KEY, stored["sealed"], "backup key of v1") == key


def test_it_opens_with_its_home_key_for_its_visit_alone(tmp_path: Path) -> None:
    backup_key.write(HOME_KEY, tmp_path, "v1", OTHER)
    assert read(tmp_path) == OTHER
    assert backup_key.read(OTHER, tmp_path, "v1") is None and backup_key.read(HOME_KEY, tmp_path, "v2") is None


def test_a_new_home_key_needs_the_two_files_alone(tmp_path: Path) -> None:
    key = backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    backup_key.write(OTHER, tmp_path, "v1", key)
    assert read(tmp_path) is None and backup_key.read(OTHER, tmp_path, "v1") == key


@pytest.mark.parametrize("spoilt", backup_key.NAMES)
@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b"[" * 9000, b'{"backup_key":1,"sealed":"no base64!"}'])
def test_one_spoilt_file_is_read_and_written_anew_from_the_other(tmp_path: Path, spoilt: str, content: bytes) -> None:
    key = backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    whole = (tmp_path / spoilt).read_bytes()
    (tmp_path / spoilt).write_bytes(content)
    assert read(tmp_path) == key == backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    healed = [(tmp_path / name).read_bytes() for name in backup_key.NAMES]
    assert healed[0] == healed[1] and len(healed[0]) == len(whole)


def test_what_is_well_is_not_written_anew(tmp_path: Path) -> None:
    backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    before = [(tmp_path / name).read_bytes() for name in backup_key.NAMES]
    backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    assert [(tmp_path / name).read_bytes() for name in backup_key.NAMES] == before


@pytest.mark.parametrize("spoilt", backup_key.NAMES)
def test_a_folder_in_the_place_of_one_file_costs_nothing_though_it_cannot_be_mended(
    tmp_path: Path, spoilt: str
) -> None:
    key = backup_key.read_or_make(HOME_KEY, tmp_path, "v1")
    (tmp_path / spoilt).unlink()
    (tmp_path / spoilt).mkdir()
    assert read(tmp_path) == key == backup_key.read_or_make(HOME_KEY, tmp_path, "v1")


def test_a_folder_that_is_a_file_holds_no_key(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert read(tmp_path / "file") is None


def test_a_file_that_cannot_be_read_is_not_taken_for_none_and_no_new_key_is_made(tmp_path: Path) -> None:
    """A new one would make every backup that hangs on the old one useless."""
    (tmp_path / FIRST).symlink_to(tmp_path / FIRST)
    for call in (backup_key.read, backup_key.read_or_make):
        with pytest.raises(ReviewError, match=r"backup-key\.json cannot be read: ") as refused:
            call(HOME_KEY, tmp_path, "v1")
        assert refused.value.kept
    assert not (tmp_path / SPARE).exists()
