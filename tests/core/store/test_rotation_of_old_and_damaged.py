"""A new key where not everything is whole: damaged visits, homes of before, what was put aside, lost key files."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Damaged, Invalid, NewerVersion, ReviewError, WrongPassphrase
from reviewapp.base.paths import spare_key_files
from reviewapp.store import (
    backup,
    backup_cover,
    backup_key,
    key_copies,
    key_wrapping,
    keys,
    rolling_backups,
    visit_key,
)
from reviewapp.store.home import Home
from reviewapp.workspace.laptop import Laptop, NewPerson
from tests.core.homes import PASSPHRASE
from tests.core.store.rotating import NEW, Prepared, check_well, raw_keys

# What is damaged, aside or old goes along -------------------------------------------------------------------------


def test_a_visit_that_cannot_be_read_bars_nothing_and_keeps_what_it_has(mine: Prepared) -> None:
    spoilt = mine.folder / "visits" / mine.other / "visit.db"
    content = bytearray(spoilt.read_bytes())
    content[5000:5100] = bytes(100)
    spoilt.write_bytes(content)
    before = raw_keys(mine.laptop())[mine.other]
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    laptop = mine.laptop(NEW)
    assert spoilt.read_bytes() == content and laptop.home.visit_key(mine.other) == before
    with closing(laptop.open_visit(mine.visit)):
        pass
    (mine.folder / "visits" / mine.other / "key.json").write_bytes(b"")
    laptop.change_passphrase(NEW, "a third one")
    assert {one.id: bool(one.problem) for one in laptop.visits()} == {mine.visit: False, mine.other: True}


@pytest.mark.parametrize("content", [None, b"", b"short"])
def test_a_visit_without_a_store_stays_as_it_is(mine: Prepared, content: bytes | None) -> None:
    store = mine.folder / "visits" / mine.other / "visit.db"
    if content is None:
        store.unlink()
    else:
        store.write_bytes(content)
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    assert (store.read_bytes() if store.exists() else None) == content
    with closing(mine.laptop(NEW).open_visit(mine.visit)):
        pass
    assert len(mine.laptop(NEW).home.visit_key(mine.other)) == 32


def test_what_a_later_version_wrote_goes_along_or_stops_it(mine: Prepared) -> None:
    """Sealed under the old home key alone it would be lost."""
    key = mine.laptop().home.visit_key(mine.other)
    path = mine.folder / "visits" / mine.other / "key.json"
    found = json.loads(path.read_text())
    path.write_text(json.dumps(found | {"store": 99}))
    (newest, other) = (mine.backups()[-1], mine.backups()[0])
    line, _, rest = newest.read_bytes().partition(b"\n")
    newest.write_bytes(json.dumps(json.loads(line) | {"store": 99}).encode() + b"\n" + rest)
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    kept = visit_key.read(path.parent)
    assert kept is not None and kept.store == 99 and kept.opened(mine.laptop(NEW).home.key) == key
    hung_on = backup_key.read(mine.laptop(NEW).home.key, mine.folder / "visits" / mine.visit, mine.visit)
    assert hung_on is not None and backup_cover.resealed(newest, b"", hung_on, bytes(32)) is not None
    before = {one: one.read_bytes() for one in mine.folder.rglob("*.json")}
    unknown = json.loads(path.read_text()) | {"of later": 1}
    for spoilt, content in (
        (path, json.dumps(unknown).encode()),
        (other, b'{"reviewapp_backup":99,"store":1}\n'),
    ):
        whole = spoilt.read_bytes()
        spoilt.write_bytes(content)
        with pytest.raises(NewerVersion):
            mine.laptop(NEW).change_passphrase(NEW, "a third one")
        spoilt.write_bytes(whole)
    assert {one: one.read_bytes() for one in mine.folder.rglob("*.json")} == before
    assert not [one for one in mine.folder.iterdir() if one.name.startswith(".")]


def test_what_cannot_be_read_for_now_stops_it_and_is_not_lost(mine: Prepared) -> None:
    for path in (mine.backups()[0], mine.folder / "visits" / mine.other / "key.json"):
        whole = path.read_bytes()
        path.unlink()
        path.symlink_to(path)  # it cannot be opened, and that says nothing of what is in it
        with pytest.raises(ReviewError) as refused:
            mine.laptop().change_passphrase(PASSPHRASE, NEW)
        assert not isinstance(refused.value, Damaged)
        path.unlink()
        path.write_bytes(whole)
    check_well(mine.laptop(), mine)


def test_what_a_restore_put_aside_goes_along(mine: Prepared) -> None:
    laptop = mine.laptop()
    laptop.restore(mine.away, PASSPHRASE)
    laptop.change_passphrase(PASSPHRASE, NEW)
    (aside,) = laptop.moved_aside()
    laptop.restore(rolling_backups.oldest_first(aside)[-1], "")
    shutil.rmtree(mine.folder / "visits" / mine.visit)
    aside.rename(mine.folder / "visits" / mine.visit)
    for path in laptop.moved_aside():
        shutil.rmtree(path)
    check_well(mine.laptop(NEW), mine)


def as_of_before(mine: Prepared) -> None:
    """Write the key files and first lines of this home as they were before a home key was ever made anew."""
    home = mine.laptop().home
    key, found = home.key, keys.read(mine.folder)
    recovery = keys.Wrapped(found.recovery.stretch, "")
    old = keys.KeyFile(
        1,
        keys.Wrapped(
            found.passphrase.stretch, key_wrapping.wrap(found.passphrase.stretch.derive(PASSPHRASE), key, "home key")
        ),
        msgspec.structs.replace(
            recovery,
            sealed=key_wrapping.wrap(recovery.stretch.derive(keys.plain_code(mine.code)), key, "home key"),
        ),
    )
    stored = {"format": 1, "keys": msgspec.to_builtins(old), "checksum": old.checksum()}
    keys.path_of(mine.folder).write_text(json.dumps(stored))
    for path in spare_key_files(mine.folder):
        path.unlink()
    for path in mine.folder.glob("visits/*/key.json"):
        opened = home.key_in(path.parent)
        path.write_text(json.dumps({"store": 1, "sealed": key_wrapping.wrap(key, opened, "visit key")}))
    for path in mine.backups():
        own, whole = backup.key_here(home, path), path.read_bytes()
        line = {
            "reviewapp_backup": 1, "store": 1, "visit": mine.visit, "keys": msgspec.to_builtins(old),
            "sealed": key_wrapping.wrap(key, own, "visit key"),
        }  # fmt: skip
        path.write_bytes(json.dumps(line).encode() + b"\n" + whole.partition(b"\n")[2])
    for name in backup_key.NAMES:
        (mine.folder / "visits" / mine.visit / name).unlink()


def test_a_home_of_before_opens_and_a_new_passphrase_brings_a_new_code(mine: Prepared) -> None:
    as_of_before(mine)
    check_well(mine.laptop(), mine)
    assert key_copies.find(mine.folder).keys.generation == 0
    assert [backup_cover.carries_own_key(path) for path in mine.backups()] == [True, True]
    code = mine.laptop().change_passphrase(PASSPHRASE, NEW)
    assert code and [backup_cover.carries_own_key(path) for path in mine.backups()] == [False, False]
    with pytest.raises(WrongPassphrase):
        Laptop.recover(mine.folder, mine.code, "a third one")
    check_well(Laptop.recover(mine.folder, code, "a third one"), mine)
    assert mine.laptop("a third one").change_passphrase("a third one", NEW) == ""


def test_a_home_of_before_that_is_recovered_keeps_its_code(mine: Prepared) -> None:
    as_of_before(mine)
    check_well(Laptop.recover(mine.folder, mine.code, NEW), mine)
    check_well(Laptop.recover(mine.folder, mine.code, "a third one"), mine)
    assert mine.laptop("a third one").change_passphrase("a third one", NEW) == ""


def test_the_first_line_of_one_visits_backup_is_refused_on_anothers(mine: Prepared) -> None:
    laptop = mine.laptop()
    own, theirs = mine.folder.with_name("own.reviewbackup"), mine.folder.with_name("theirs.reviewbackup")
    for visit, path in ((mine.visit, own), (mine.other, theirs)):
        with closing(laptop.open_visit(visit)) as opened:
            opened.backup(path)
    own_line = own.read_bytes().partition(b"\n")[0]
    line, _, rest = theirs.read_bytes().partition(b"\n")
    cover = backup_cover.read(theirs)
    assert isinstance(cover, backup_cover.BackupCover)
    key = backup_cover.key_with_home_key(theirs, cover, laptop.home.key)
    # The last one is sealed as it should be: only what the database says of itself tells.
    lying = backup_cover.to_take_away(laptop.home.key, laptop.home.key_file(), mine.visit, key)
    for spoilt in (own_line, line.replace(mine.other.encode(), mine.visit.encode()), msgspec.json.encode(lying)):
        theirs.write_bytes(spoilt + b"\n" + rest)
        with pytest.raises(Damaged):
            laptop.restore(theirs, PASSPHRASE)
    check_well(laptop, mine)


def test_nothing_of_one_visits_key_file_serves_another(mine: Prepared) -> None:
    laptop = mine.laptop()
    first, second = (mine.folder / "visits" / visit / "key.json" for visit in (mine.visit, mine.other))
    found = json.loads(second.read_text())
    for spoilt in (found, found | {"visit": mine.visit}, found | {"generation": 0, "visit": ""}):
        first.write_text(json.dumps(spoilt))
        with pytest.raises(Damaged):
            laptop.home.visit_key(mine.visit)


def test_a_home_that_is_only_a_home(tmp_path: Path) -> None:
    home, code = Home.create(tmp_path / "h", PASSPHRASE)
    home.change_passphrase(PASSPHRASE, NEW)
    assert Home.unlock(tmp_path / "h", NEW).key == home.key
    assert Home.recover(tmp_path / "h", code, PASSPHRASE).generation == 3


# A key file taken from a backup -----------------------------------------------------------------------------------


def without_key_files(mine: Prepared) -> None:
    for path in (keys.path_of(mine.folder), *spare_key_files(mine.folder)):
        path.unlink()


@pytest.mark.parametrize("secret", ["passphrase", "code"])
def test_a_key_file_is_put_back_from_a_backup_that_was_taken_away(mine: Prepared, secret: str) -> None:
    without_key_files(mine)
    with pytest.raises(Damaged, match="is missing"):
        mine.laptop()
    with pytest.raises(WrongPassphrase):
        Laptop.repair(mine.folder, mine.away, "something else")
    check_well(Laptop.repair(mine.folder, mine.away, PASSPHRASE if secret == "passphrase" else mine.code), mine)
    check_well(mine.laptop(), mine)
    assert len({path.read_bytes() for path in (keys.path_of(mine.folder), *spare_key_files(mine.folder))}) == 1


def test_a_backup_of_before_a_change_puts_nothing_back(mine: Prepared) -> None:
    mine.laptop().change_passphrase(PASSPHRASE, NEW)
    before = keys.path_of(mine.folder).read_bytes()
    for gone in (False, True):
        if gone:
            without_key_files(mine)
        with pytest.raises(Damaged, match="from before the last change"):
            Laptop.repair(mine.folder, mine.away, PASSPHRASE)
    assert not keys.path_of(mine.folder).exists()
    keys.path_of(mine.folder).write_bytes(before)
    check_well(mine.laptop(NEW), mine)


def test_neither_another_laptops_backup_nor_one_without_keys_puts_anything_back(mine: Prepared, tmp_path: Path) -> None:
    other, _ = Laptop.create(tmp_path / "other", PASSPHRASE)
    visit = other.new_visit(
        instrument="qn-crhtt-4-pc", service="S", organisation="O", date="2026-11-17", people=[NewPerson("L1", "lead")]
    )
    with closing(other.open_visit(visit)) as opened:
        opened.backup(tmp_path / "theirs.reviewbackup")
    without_key_files(mine)
    with pytest.raises(Invalid, match="another laptop"):
        Laptop.repair(mine.folder, tmp_path / "theirs.reviewbackup", PASSPHRASE)
    with pytest.raises(Damaged, match="has no key file"):
        Laptop.repair(mine.folder, mine.backups()[0], PASSPHRASE)
    (tmp_path / "no backup").write_bytes(b"something")
    with pytest.raises(Damaged, match="not a backup"):
        Laptop.repair(mine.folder, tmp_path / "no backup", PASSPHRASE)
    assert not keys.path_of(mine.folder).exists()
