"""Making keys anew, on bare folders: what is written beside what is there, when it counts, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from reviewapp.base.errors import Busy, Damaged, ReviewError
from reviewapp.base.paths import spare_key_files
from reviewapp.store import (
    backup_cover,
    backup_key,
    change_log,
    deletion,
    driver,
    key_copies,
    key_wrapping,
    keys,
    rotation,
    schema,
    written_files,
)
from reviewapp.store.backup_cover import RollingCover
from reviewapp.store.key_wrapping import Argon2Params
from reviewapp.store.keys import KeyFile, Wrapped
from reviewapp.store.visit_key import VisitKey, read
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import VisitStore

OLD, NEW, OTHER = (bytes([number]) * 32 for number in (1, 2, 3))
LOG = b"a log of last changes that is damaged"
STORE, HUNG_ON = bytes(range(32)), bytes(reversed(range(32)))


def key_file(generation: int) -> KeyFile:
    """A key file of this generation; nothing here opens it."""
    stretch = Argon2Params.fresh(key_wrapping.RECOVERY_COST)
    return KeyFile(keys.FORMAT, Wrapped(stretch, "sealed"), Wrapped(stretch, "sealed", "public"), generation)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    (folder / "visits").mkdir(parents=True)
    key_copies.write(folder, key_file(1))
    return folder


def visit(home: Path, name: str = "v", **of: str | int) -> Path:
    """The folder of a visit with something in its store."""
    folder = home / "visits" / name
    with_key = VisitKey.sealed_for("v" if name.startswith(".") else name, STORE, OLD, 1)
    store = VisitStore.create(folder, STORE)
    with store.transaction() as db:
        store.set_local(db, "visit", name)
    store.close()
    msgspec.structs.replace(with_key, **of).write(folder)
    return folder


def rotate(home: Path, told: rotation.Told = rotation.quiet) -> None:
    rotation.rotate(home, OLD, key_file(2), NEW, told)


def key_of(folder: Path, home_key: bytes = NEW) -> bytes | None:
    found = read(folder)
    return found.opened(home_key) if found is not None else None


def says(folder: Path) -> str:
    """The visit that the store in a folder says it is of."""
    key = key_of(folder)
    assert key is not None
    store = VisitStore(folder, key)
    try:
        return store.local("visit")
    finally:
        store.close()


def content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


# What is made anew -------------------------------------------------------------------------------------------


def test_every_store_gets_a_key_of_its_own_and_every_copy_of_the_key_file_is_the_new_one(home: Path) -> None:
    one, other = visit(home, "v"), visit(home, "w")
    told: list[tuple[int, int]] = []
    rotate(home, lambda number, of: told.append((number, of)))
    assert told == [(1, 2), (2, 2)]
    assert (says(one), says(other)) == ("v", "w")
    assert len({STORE, key_of(one), key_of(other)}) == 3 and key_of(one, OLD) is None
    for path in (keys.path_of(home), *spare_key_files(home)):
        assert keys.read_file(path).generation == 2
    assert not list(home.glob(".keys*")) and not rotation.is_interrupted(home)


def test_what_holds_neither_store_nor_key_is_not_looked_at(home: Path) -> None:
    visit(home)
    (home / "visits" / "empty").mkdir()
    (home / "visits" / "a file").write_bytes(b"somebody's")
    gone = visit(home, "gone")
    deletion.mark(gone)
    before = content(gone)
    told: list[tuple[int, int]] = []
    rotate(home, lambda number, of: told.append((number, of)))
    assert told == [(1, 1)] and content(gone) == before
    assert not (home / "visits" / "empty" / "lock").exists()


def test_a_folder_of_backups_alone_is_one_whose_backups_get_a_new_key(home: Path) -> None:
    folder = home / "visits" / "v"
    (folder / "backups").mkdir(parents=True)
    line = msgspec.json.encode(backup_cover.rolling(HUNG_ON, "v", 7, STORE)) + b"\n"
    backup_key.write(OLD, folder, "v", HUNG_ON)
    backups = [folder / "backups" / f"{name}.reviewbackup" for name in ("one", "two")]
    for path in backups:
        path.write_bytes(line + b"what follows")
    (folder / "backups" / "three.reviewbackup").write_bytes(b"no backup")
    (folder / "backups" / "a folder").mkdir()
    rotate(home)
    hangs_on = backup_key.read(NEW, folder, "v")
    assert hangs_on not in (None, HUNG_ON) and backup_key.read(OLD, folder, "v") is None
    for path in backups:
        cover = backup_cover.read(path)
        assert isinstance(cover, RollingCover) and cover.number == 7 and path.read_bytes().endswith(b"\nwhat follows")
        assert len(path.read_bytes()) == len(line + b"what follows")
        assert backup_cover.key_with_backup_key(path, cover, hangs_on or b"") == STORE
        with pytest.raises(Damaged):
            backup_cover.key_with_backup_key(path, cover, HUNG_ON)
    assert (folder / "backups" / "three.reviewbackup").read_bytes() == b"no backup"
    assert read(folder) is None and not (folder / "covers").exists()


def test_where_there_are_no_backups_no_key_for_them_is_made_and_one_that_is_there_is_kept(home: Path) -> None:
    folder, other = visit(home, "v"), visit(home, "w")
    backup_key.write(OLD, other, "w", HUNG_ON)
    rotate(home)
    assert backup_key.read(NEW, folder, "v") is None and not (folder / backup_key.NAMES[0]).exists()
    assert backup_key.read(NEW, other, "w") is not None


def test_files_that_were_noted_beside_a_store_are_known_under_its_new_key(home: Path) -> None:
    folder = visit(home)
    for path in ("/a", "/b"):
        written_files.add_beside(folder, STORE, path)
    rotate(home)
    assert written_files.beside(folder, key_of(folder) or b"") == ["/a", "/b"]
    assert written_files.beside(folder, STORE) == []


def test_a_log_that_had_lost_changes_is_kept_when_opening_the_store_throws_it_away(home: Path) -> None:
    folder, other = visit(home, "v"), visit(home, "w")
    (folder / change_log.LOG).write_bytes(LOG)
    rotate(home)
    assert [path.read_bytes() for path in change_log.kept(folder)] == [LOG] and says(folder) == "v"
    assert change_log.kept(other) == []


@pytest.mark.parametrize(
    ("name", "of", "expected"),
    [("v", "v", "v"), ("w", "v", "v"), (".before-restore-v-20261117T090000000000", "v", "v")],
)
def test_a_key_is_sealed_to_the_visit_it_was_sealed_to(home: Path, name: str, of: str, expected: str) -> None:
    folder = visit(home, name)
    VisitKey.sealed_for(of, STORE, OLD, 1).write(folder)
    rotate(home)
    found = read(folder)
    assert found is not None and (found.visit, found.generation, found.store) == (expected, 2, schema.VERSION)
    assert key_of(folder) not in (None, STORE)


@pytest.mark.parametrize("name", ["v", ".before-restore-v-20261117T090000000000"])
def test_a_key_that_was_sealed_to_no_visit_is_sealed_to_that_of_its_folder(home: Path, name: str) -> None:
    folder = visit(home, name)
    VisitKey.sealed_for("", STORE, OLD, 0).write(folder)
    rotate(home)
    found = read(folder)
    assert found is not None and (found.visit, found.generation) == ("v", 2)


# What cannot be read -----------------------------------------------------------------------------------------


def test_a_key_that_does_not_open_is_left_as_it_is(home: Path) -> None:
    folder, spoilt = visit(home, "v"), visit(home, "w")
    VisitKey.sealed_for("v", STORE, OTHER, 1).write(folder)
    (spoilt / deletion.KEY).write_bytes(b"spoilt")
    before = content(folder), content(spoilt)
    rotate(home)
    assert (content(folder), content(spoilt)) == before


@pytest.mark.parametrize("why", ["gone", "empty", "a folder", "damaged", "later"])
def test_a_store_that_cannot_be_read_keeps_its_key_under_the_new_one(home: Path, why: str) -> None:
    folder = visit(home, store=schema.VERSION + 1 if why == "later" else schema.VERSION)
    database = folder / "visit.db"
    if why in ("gone", "a folder"):
        database.unlink()
        if why == "a folder":
            database.mkdir()
    elif why != "later":
        database.write_bytes(b"damaged" * 2000 if why == "damaged" else b"")
    written_files.add_beside(folder, STORE, "/a")
    (folder / "visit.db-wal").write_bytes(LOG)
    before = database.read_bytes() if database.is_file() else None
    rotate(home)
    logs = [*change_log.kept(folder), folder / "visit.db-wal"]
    assert LOG in [log.read_bytes() for log in logs if log.exists()], "opening the store throws its log away"
    assert key_of(folder) == STORE and key_of(folder, OLD) is None, "where the store is found again it opens"
    assert (database.read_bytes() if database.is_file() else None) == before
    found = read(folder)
    assert found is not None and found.store == schema.VERSION + (why == "later")
    assert written_files.beside(folder, STORE) == ["/a"]


# When nothing has changed ------------------------------------------------------------------------------------


def fails_without_a_trace(
    home: Path, error: type[BaseException], match: str, told: rotation.Told = rotation.quiet
) -> None:
    before = content(home)
    with pytest.raises(error, match=match):
        rotate(home, told)
    assert content(home) == before and not list(home.glob(".keys*")) and not rotation.is_interrupted(home)


def test_keys_that_were_changed_meanwhile_are_not_made_anew(home: Path) -> None:
    visit(home)
    key_copies.write(home, key_file(2))
    fails_without_a_trace(home, Damaged, "changed in another window")
    key_copies.write(home, key_file(1))
    rotate(home)


def test_while_another_program_has_a_visit_nothing_changes(home: Path) -> None:
    with VisitLock(visit(home)):
        fails_without_a_trace(home, Busy, "another")


class StoppedError(Exception):
    """Somebody stops it."""


def test_who_stops_it_before_a_visit_has_all_as_it_was(home: Path) -> None:
    for name in "vw":
        visit(home, name)

    def stop(number: int, _of: int) -> None:
        if number == 2:
            raise StoppedError("stopped")

    fails_without_a_trace(home, StoppedError, "stopped", stop)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), driver.OperationalError("disk is full")])
def test_without_room_nothing_changes_and_it_is_said_so(
    home: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    visit(home)
    if isinstance(error, driver.OperationalError):
        error.sqlite_errorcode = 13  # SQLITE_FULL

    def full(*_: object) -> None:
        raise error

    monkeypatch.setattr(driver, "copy_with_new_key", full)
    fails_without_a_trace(home, ReviewError, "the keys cannot be changed: .*(full|space)")


# From the rename on ------------------------------------------------------------------------------------------


def committed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a program leaves it that was killed when all had been written and nothing was in place."""

    def killed(_: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_roll_forward", killed)
        with pytest.raises(KeyboardInterrupt):
            rotate(home)
    assert rotation.is_committed(home) and rotation.is_interrupted(home)


def test_what_was_staged_only_is_thrown_away_and_what_counts_is_put_in_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = visit(home)
    (home / rotation.STAGED / "v").mkdir(parents=True)
    assert rotation.is_interrupted(home) and not rotation.is_committed(home)
    rotation.finish(home)
    assert not rotation.is_interrupted(home) and key_of(folder, OLD) == STORE
    committed(home, monkeypatch)
    (folder / "visit.db-wal").write_bytes(b"the log of the old store")
    (folder / "visit.db-shm").write_bytes(b"and its index")
    for _ in range(2):
        rotation.finish(home)
        assert not list(folder.glob("visit.db-*"))
        assert not rotation.is_interrupted(home) and says(folder) == "v"
        assert keys.read(home).generation == 2


def test_of_a_visit_that_was_deleted_meanwhile_nothing_comes_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, other = visit(home, "v"), visit(home, "w")
    committed(home, monkeypatch)
    for path in sorted(folder.rglob("*"), reverse=True):
        path.unlink()
    folder.rmdir()
    rotation.finish(home)
    assert not folder.exists() and says(other) == "w"


def test_a_backup_that_was_deleted_meanwhile_does_not_come_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = visit(home)
    (folder / "backups").mkdir()
    line = msgspec.json.encode(backup_cover.rolling(HUNG_ON, "v", 1, STORE)) + b"\n"
    backup_key.write(OLD, folder, "v", HUNG_ON)
    one, two, three = (folder / "backups" / f"{name}.reviewbackup" for name in ("one", "two", "three"))
    for path in (one, two, three):
        path.write_bytes(line)
    committed(home, monkeypatch)
    one.unlink()
    two.unlink()
    two.mkdir()
    rotation.finish(home)
    assert not one.exists() and two.is_dir()
    assert three.read_bytes() != line and len(three.read_bytes()) == len(line)


def test_a_file_that_is_held_is_put_in_place_at_the_next_start(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = visit(home)
    committed(home, monkeypatch)
    with monkeypatch.context() as patch:

        def held(*_: object) -> None:
            raise PermissionError(13, "the file is in use")

        patch.setattr(rotation, "when_free", held)
        with pytest.raises(ReviewError, match="the new keys are not in place yet"):
            rotation.finish(home)
    assert rotation.is_committed(home)
    rotation.finish(home)
    assert says(folder) == "v" and not rotation.is_interrupted(home)


def test_an_empty_folder_where_a_key_file_belongs_gives_way(home: Path) -> None:
    visit(home)
    first, second = spare_key_files(home)
    first.unlink()
    first.mkdir()
    second.unlink()
    second.parent.rmdir()
    rotate(home)
    assert keys.read_file(first).generation == keys.read_file(second).generation == 2


def test_an_old_key_is_overwritten_where_it_lies_with_no_less_than_it_was(home: Path) -> None:
    folder = visit(home)
    paths = [folder / deletion.KEY, keys.path_of(home), *spare_key_files(home)]
    blocks = [home / f"blocks {number}" for number in range(len(paths))]
    for path, block in zip(paths, blocks, strict=True):
        block.hardlink_to(path)
    before = [block.read_bytes() for block in blocks]
    rotate(home)
    for block, was in zip(blocks, before, strict=True):
        now = block.read_bytes()
        assert len(now) == len(was) and sum(x == y for x, y in zip(now, was, strict=True)) < len(was) / 10
