"""After a withdrawal every file of a home is cleaned, and what cannot be now is kept in mind, on bare stores."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from reviewapp.base.errors import ReviewError
from reviewapp.store import (
    change_log,
    cleaning,
    deletion,
    driver,
    journal,
    key_copies,
    renewing,
    rolling_backups,
    withdrawal,
)
from reviewapp.store import home_lock as home_lock_module
from reviewapp.store.driver import Database
from reviewapp.store.home import Home
from reviewapp.store.home_lock import home_lock
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import WITHDRAW
from tests.core.every_byte import pages_of
from tests.core.store.test_home import V1, content
from tests.core.store.test_new_keys import OLD, key_file


@pytest.fixture
def home(tmp_path: Path) -> Home:
    key_copies.write(tmp_path, key_file(1))
    home = Home(tmp_path, OLD)

    def fill(store: VisitStore) -> None:
        content(V1)(store)
        with store.transaction() as db:
            store.set_local(db, "me", "L1")
            store.write_in(db, [FieldWrite("quote", "Q1/L1", "text", "plantedword", ())], person="L1")

    home.new_store(V1, fill)
    return home


@pytest.fixture
def aside(home: Home) -> Path:
    """What a restore moved aside: a copy from before the withdrawal, with a backup and a damaged log."""
    folder = home.visit_folder(V1)
    store = home.open_store(V1)
    rolling_backups.write(home, V1, store)
    store.close()
    damaged_log(folder)
    moved = folder.with_name(f".before-restore-{V1}-20261117T090000000000")
    shutil.copytree(folder, moved)
    return moved


def damaged_log(folder: Path) -> Path:
    path = folder / change_log.KEPT.replace("*", "20261117T090000000000")
    path.write_bytes(b"plantedword")
    return path


def withdrawn(home: Home) -> VisitStore:
    store = home.open_store(V1)
    with store.transaction() as db:
        store.write_in(db, [FieldWrite(WITHDRAW, "quote/Q1/L1", "records", ["quote/Q1/L1"], ())], person="L1")
    assert withdrawal.is_to_scrub(store.db)
    return store


def test_everything_a_home_keeps_of_a_visit_is_cleaned(home: Home, aside: Path) -> None:
    store = withdrawn(home)
    rolling_backups.write(home, V1, store)
    before, key = rolling_backups.oldest_first(store.folder), home.key_in(aside)
    assert len(before) == 2
    assert cleaning.clean(home, V1, store) == []
    assert not withdrawal.is_to_scrub(store.db) and renewing.is_due(store.folder)
    (fresh,) = rolling_backups.oldest_first(store.folder)
    assert fresh not in before and rolling_backups.oldest_first(aside) == []
    for folder in (store.folder, aside):
        (log,) = change_log.kept(folder)
        assert log.read_bytes() == b"", "that there was one stays"
    store.close()
    assert home.key_in(aside) != key and not renewing.is_due(aside)
    old = VisitStore(aside, home.key_in(aside))
    assert [one.key for one in journal.everything(old.db) if one.withdrawn] == ["Q1/L1"]
    assert not (aside / "visit.db-wal").exists() or (aside / "visit.db-wal").stat().st_size == 0
    old.close()


def test_an_old_folder_for_which_there_is_no_room_for_a_new_key_holds_no_words_either(
    home: Home, aside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, key, copied = withdrawn(home), home.key_in(aside), driver.copy_database

    def words() -> bool:
        files = [path for path in aside.iterdir() if path.name.startswith("visit.db")]
        return b"plantedword" in b"".join(page for file in files for page in pages_of(file.read_bytes(), {key}))

    def full(source: Database, path: Path, key: bytes | None = None) -> None:
        if aside in path.parents:
            raise OSError(28, "No space left on device")
        copied(source, path, key)

    assert words()
    monkeypatch.setattr(driver, "copy_database", full)
    cleaning.clean(home, V1, store)
    store.close()
    assert home.key_in(aside) == key and renewing.is_due(aside) and not words()


def test_what_is_put_in_force_in_an_old_folder_is_of_the_time_of_the_home(home: Home, aside: Path) -> None:
    store = withdrawn(home)
    home.clock = lambda: datetime(2031, 1, 1, tzinfo=UTC)
    cleaning.clean(home, V1, store)
    store.close()
    old = VisitStore(aside, home.key_in(aside))
    assert [one.at[:4] for one in journal.of_entity(old.db, WITHDRAW)] == ["2031"]
    old.close()


def test_an_old_folder_that_does_not_open_is_destroyed_and_named(home: Home, aside: Path, tmp_path: Path) -> None:
    (aside / "visit.db").write_bytes(b"damaged" * 2000)
    store = withdrawn(home)
    assert cleaning.clean(home, V1, store) == [aside]
    assert not aside.exists() and not withdrawal.is_to_scrub(store.db)
    store.close()


def test_what_another_program_holds_is_cleaned_another_time(home: Home, aside: Path) -> None:
    store = withdrawn(home)
    with VisitLock(aside):
        assert cleaning.clean(home, V1, store) == []
        assert withdrawal.is_to_scrub(store.db) and aside.exists()
    cleaning.clean(home, V1, store)
    assert not withdrawal.is_to_scrub(store.db) and len(change_log.kept(aside)) == 1
    store.close()


@pytest.mark.parametrize("held", ["a backup", "a backup beside", "an old backup", "the unfinished"])
def test_what_cannot_be_deleted_is_kept_in_mind(
    home: Home, aside: Path, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    store = withdrawn(home)
    unfinished = aside.with_name(".making-0a1b2c3d")
    unfinished.mkdir()
    (unfinished / "visit.db").write_bytes(b"plantedword")
    if held in ("a backup beside", "an old backup"):  # then the old folder is destroyed as a whole
        (aside / "visit.db").write_bytes(b"damaged" * 2000)
    names = {
        "a backup": rolling_backups.oldest_first(store.folder)[0],
        "a backup beside": rolling_backups.oldest_first(store.folder)[0],
        "an old backup": rolling_backups.oldest_first(aside)[0],
        "the unfinished": unfinished / "visit.db",
    }
    unlink = Path.unlink

    def unlink_(self: Path, missing_ok: bool = False) -> None:
        if self == names[held]:
            raise PermissionError(13, "the file is in use", str(self))
        unlink(self, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", unlink_)
        patch.setattr(deletion, "when_free", lambda work: work())
        cleaning.clean(home, V1, store)
        assert withdrawal.is_to_scrub(store.db), held
    cleaning.clean(home, V1, store)
    assert not withdrawal.is_to_scrub(store.db) and not unfinished.exists() and not names[held].exists()
    store.close()


def test_what_a_kill_left_is_destroyed_unless_somebody_is_still_at_it(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_lock_module, "FileLock", lambda path, **how: FileLock(path, **how | {"timeout": 0}))
    visits = home.folder / "visits"
    left = [visits / ".making-0a1b2c3d", visits / f".restoring-{V1}-0a1b2c3d"]
    for folder in left:
        folder.mkdir()
        (folder / "visit.db").write_bytes(b"plantedword")
    (visits / ".making-a-file").write_bytes(b"no folder")
    with home_lock(home.folder):
        with cleaning.unfinished(home) as found:
            assert found == {}
        assert cleaning.destroy_unfinished(home) == []
    with VisitLock(left[1]):
        with cleaning.unfinished(home) as found:
            assert list(found) == [left[0]]
            with pytest.raises(ReviewError):
                VisitLock(left[0])
        assert cleaning.destroy_unfinished(home) == []
        assert not left[0].exists() and left[1].exists()
    assert cleaning.destroy_unfinished(home) == []
    assert not left[1].exists() and home.visit_ids() == [V1]
    with home.lock():
        pass


def test_what_cannot_be_destroyed_is_named_once_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "v"
    (folder / "backups").mkdir(parents=True)
    for name in (deletion.KEY, "visit.db", "backups/one.reviewbackup"):
        (folder / name).write_bytes(name.encode() * 100)
    held = {folder / deletion.KEY, folder / "visit.db"}
    unlink, opened = Path.unlink, Path.open

    def unlink_(self: Path, missing_ok: bool = False) -> None:
        assert deletion.is_marked(folder), "it is marked before anything goes"
        if self in held:
            raise PermissionError(13, "the file is in use", str(self))
        unlink(self, missing_ok=missing_ok)

    def open_(self: Path, *args: str, **kwargs: str) -> object:
        if self == folder / deletion.KEY:
            raise PermissionError(13, "the file is in use", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "unlink", unlink_)
    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(deletion, "when_free", lambda work: work())
    assert cleaning.destroy(folder) == [folder / deletion.KEY, folder / "visit.db"]
    held.clear()
    assert cleaning.destroy(folder) == [folder / deletion.KEY] and not folder.exists()
