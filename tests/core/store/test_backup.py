"""A backup is believed once it has been read back: what is on the disk is opened and counted, not what was meant."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.files import save_pieces
from reviewapp.store import backup
from reviewapp.visit import statements
from tests.core.homes import Team


def on_a_disk_that_keeps(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """From now on the disk takes every backup without a word, and has this afterwards."""

    def save(path: Path, pieces: Iterable[bytes], *, private: bool = False) -> None:
        for _ in pieces:
            pass
        save_pieces(path, [content], private=private)

    monkeypatch.setattr(backup, "save_pieces", save)


def test_a_backup_that_holds_less_than_the_visit_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    visit.record(statements.Rating(standard="47", value="met"))
    on_a_disk_that_keeps(monkeypatch, path.read_bytes())
    with pytest.raises(ReviewError, match="does not hold everything"):
        visit.backup(path)


@pytest.mark.parametrize("where", [0.3, 0.6, 0.99])
def test_a_backup_with_one_byte_changed_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch, where: float) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    raw = bytearray(path.read_bytes())
    raw[int(len(raw) * where)] ^= 1
    on_a_disk_that_keeps(monkeypatch, bytes(raw))
    with pytest.raises(Damaged, match="is damaged"):
        visit.backup(path)


def test_a_backup_that_was_cut_short_is_no_backup(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    visit.backup(path)
    whole = path.read_bytes()
    for length in (0, 100, len(whole) // 2, len(whole) - 4096):
        with monkeypatch.context() as patch:
            on_a_disk_that_keeps(patch, whole[:length])
            with pytest.raises(ReviewError):
                visit.backup(path)


def test_no_copy_of_the_visit_is_left_beside_it_whether_the_backup_went_well_or_not(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit, path = team.visit("L1"), team.folder / "b.reviewbackup"
    folder = team.laptops["L1"].home.visit_folder(team.visit_id)
    visit.backup(path)
    on_a_disk_that_keeps(monkeypatch, b"nothing of it")
    with pytest.raises(ReviewError):
        visit.backup(path)
    assert [found.name for found in folder.iterdir() if found.name.startswith(".")] == []
