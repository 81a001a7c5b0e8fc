"""A backup is believed once it has been read back: what is on the disk is opened and counted, not what was meant."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewapp.base.errors import Damaged, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.base.files import save_pieces
from reviewapp.store import backup, keys
from reviewapp.store.home import Home
from reviewapp.visit import statements
from tests.core.homes import PASSPHRASE, Team


def on_a_disk_that_keeps(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """From now on the disk takes every backup without a word, and has this afterwards."""

    def save(path: Path, pieces: Iterable[bytes]) -> None:
        for _ in pieces:
            pass
        save_pieces(path, [content])

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


# Restoring --------------------------------------------------------------------------------------------------------


def state_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, but for the count of wrong passphrases."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name not in ("attempts.json", "lock")]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_backup_comes_back_with_its_backups_as_a_new_laptop_beside_what_was_there(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = team.folder / "b.reviewbackup"
    visit.record(statements.Rating(standard="47", value="met"))
    older = visit.back_up_now()
    visit.backup(path)
    digest, device = visit._store.digest(), visit._store.device
    visit.record(statements.Rating(standard="47", value="na"))
    visit.close()
    assert backup.restore(home, path, PASSPHRASE, moved_aside="aside") == team.visit_id
    store = home.open_store(team.visit_id)
    assert store.digest() == digest and store.device != device
    assert store.devices()[device].verifies(team.visit_id)
    assert [one.name for one in backup.rolling(store.folder)] == [older.name]
    store.close()
    aside = home.folder / "visits" / "aside"
    assert (aside / "visit.db").exists() and [one.name for one in backup.rolling(aside)] == [older.name]
    assert not [one for one in (home.folder / "visits").iterdir() if one.name.startswith(".")]


def test_a_backup_opens_in_an_empty_installation_with_either_secret_of_the_one_that_made_it(team: Team) -> None:
    path, lead = team.folder / "b.reviewbackup", team.laptops["L1"].home
    code = keys.renew_recovery_code(lead.folder, lead.key)
    team.visit("L1").backup(path)
    for name, secret in (("one", PASSPHRASE), ("two", code.lower())):
        home = Home.create(team.folder / name, "another passphrase")[0]
        assert backup.restore(home, path, secret, moved_aside="aside") == team.visit_id
        home.open_store(team.visit_id).close()
    later = keys.renew_recovery_code(lead.folder, lead.key)
    with pytest.raises(WrongPassphrase):
        backup.restore(Home.create(team.folder / "three", PASSPHRASE)[0], path, later, moved_aside="aside")


def test_a_backup_that_is_not_restored_changes_nothing(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    path = team.folder / "b.reviewbackup"
    visit.backup(path)
    visit.close()
    before, whole = state_of(home.folder), path.read_bytes()
    line, _, rest = whole.partition(b"\n")
    page = bytearray(rest)
    page[len(page) // 2] ^= 1
    cover = json.loads(line)
    spoilt = [
        line + b"\n" + bytes(page), line + b"\n" + rest[:4096], line + b"\n",
        json.dumps(cover | {"sealed": cover["keys"]["passphrase"]["sealed"]}).encode() + b"\n" + rest,
        json.dumps(cover | {"sealed": "no base64!"}).encode() + b"\n" + rest,
    ]  # fmt: skip
    for content in spoilt:
        path.write_bytes(content)
        with pytest.raises(Damaged):
            backup.restore(home, path, PASSPHRASE, moved_aside="aside")
        assert state_of(home.folder) == before
    path.write_bytes(whole)
    with pytest.raises(WrongPassphrase):
        backup.restore(home, path, "something else", moved_aside="aside")
    monkeypatch.setattr(backup, "LARGEST", len(whole) - 1)
    with pytest.raises(Damaged, match="larger than any backup"):
        backup.restore(home, path, PASSPHRASE, moved_aside="aside")
    assert state_of(home.folder) == before
    monkeypatch.setattr(backup, "LARGEST", len(whole))
    backup.restore(home, path, PASSPHRASE, moved_aside="aside")


def test_the_first_line_of_a_backup_is_ours_and_of_this_version(team: Team) -> None:
    path = team.folder / "b.reviewbackup"
    team.visit("L1").backup(path)
    line, _, rest = path.read_bytes().partition(b"\n")
    cover = json.loads(line)
    assert backup.read_cover(path).visit == team.visit_id and cover["reviewapp_backup"] == backup.FORMAT
    for later in ({"reviewapp_backup": 2}, {"store": cover["store"] + 1}):
        path.write_bytes(json.dumps(cover | later | {"of later": 1}).encode() + b"\n" + rest)
        with pytest.raises(NewerVersion):
            backup.read_cover(path)
    for foreign in (b"", b"\n", b"{}\n", b"\xff\n", json.dumps(cover | {"more": 1}).encode() + b"\n", b"[" * 9000):
        path.write_bytes(foreign)
        with pytest.raises(Damaged, match="not a backup of this program"):
            backup.read_cover(path)
    for place in (team.folder / "absent", team.folder):
        with pytest.raises(Damaged, match="not a backup of this program"):
            backup.read_cover(place)


def test_the_last_twenty_are_kept_and_two_of_one_moment_are_two(team: Team) -> None:
    visit, home = team.visit("L1"), team.laptops["L1"].home
    store = visit._store
    folder = store.folder / "backups"
    folder.mkdir(exist_ok=True)
    names = [f"20261117T0900{number:02}000000" for number in range(25)]
    for name in names:
        (folder / f"{name}{backup.SUFFIX}").write_bytes(b"")
    (folder / "notes.txt").write_bytes(b"")
    made = backup.write_rolling(home, team.visit_id, store, "20261117T100000000000")
    kept = backup.rolling(store.folder)
    assert [one.stem for one in kept] == [*names[-19:], made.stem] and backup.ROLLING == 20
    assert (folder / "notes.txt").exists()
    moment = datetime(2026, 11, 17, 10, tzinfo=UTC)
    assert backup.rolling_name(store.folder, moment) == "20261117T100000000001"
    assert backup.rolling_name(store.folder, moment + timedelta(seconds=1)) == "20261117T100001000000"


def test_the_first_line_of_a_backup_made_here_leads_to_the_visits_key(team: Team) -> None:
    path, home = team.folder / "b.reviewbackup", team.laptops["L1"].home
    team.visit("L1").backup(path)
    key = home.visit_key(team.visit_id)
    backup.check_cover(home, path, key)
    with pytest.raises(Damaged):
        backup.check_cover(home, path, bytes(32))
    line, _, rest = path.read_bytes().partition(b"\n")
    for sealed in ("no base64!", json.loads(line)["keys"]["recovery"]["sealed"]):
        path.write_bytes(json.dumps(json.loads(line) | {"sealed": sealed}).encode() + b"\n" + rest)
        with pytest.raises(Damaged):
            backup.check_cover(home, path, key)
