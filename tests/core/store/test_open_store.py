"""An open store: its lock, its other connections, copies to try things out on, and what is said when it is refused."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlcipher3.dbapi2

from reviewapp.base.errors import Busy, Damaged, ReviewError
from reviewapp.store import change_log, driver, journal, schema, written_files
from reviewapp.store.rescue import ReadOnlyPlace
from reviewapp.store.store_file import cannot_copy, cannot_open
from reviewapp.store.visit_lock import VisitLock
from reviewapp.store.visit_store import FieldWrite, VisitStore, WrongConnectionError
from tests.disks import needs_mounting, read_only

KEY = bytes(range(32))
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
NOTE = ("rating", "47/R2", "note")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VisitStore]:
    store = VisitStore.create(tmp_path / "v", KEY, clock=lambda: NOON)
    with store.transaction() as db:
        store.become_new_device(db)
    yield store
    store.close()


def write(store: VisitStore, words: str = "a note", number: int = 47) -> None:
    store.write([FieldWrite("rating", f"{number}/R2", "note", words, ())], person="R2")


def notes(store: VisitStore) -> list[str]:
    return sorted(row["note"] for row in store.rows("rating"))


def log_of(store: VisitStore) -> int:
    path = store.folder / change_log.LOG
    return path.stat().st_size if path.exists() else 0


# The lock ----------------------------------------------------------------------------------------------------


def test_a_lock_that_the_caller_holds_is_used_and_stays_the_callers(store: VisitStore) -> None:
    store.close()
    with VisitLock(store.folder) as lock:
        within = VisitStore(store.folder, KEY, lock=lock)
        write(within)
        within.close()
        with pytest.raises(Busy):
            VisitStore(store.folder, KEY)
    VisitStore(store.folder, KEY).close()


def test_a_store_that_is_closed_or_refused_holds_no_lock(store: VisitStore) -> None:
    store.close()
    with pytest.raises(Damaged) as refused:
        VisitStore(store.folder, bytes(32))
    again = VisitStore(store.folder, KEY)
    again.close()
    VisitStore(store.folder, KEY).close()
    assert refused.value.do


def test_a_store_is_made_in_a_folder_of_its_own(store: VisitStore) -> None:
    with pytest.raises(FileExistsError):
        VisitStore.create(store.folder, KEY)
    assert store.now() == NOON
    assert (store.folder / "visit.db").stat().st_mode & 0o077 == 0


def test_a_laptop_is_the_same_device_whenever_and_through_whatever_the_visit_is_opened(store: VisitStore) -> None:
    device = store.device
    store.close()
    again = VisitStore(store.folder, KEY)
    second = again.second()
    with again.scratch_copy() as copy:
        assert again.device == second.device == copy.device == device and len(device) == 32
    second.close()
    again.close()


# What a crash left -------------------------------------------------------------------------------------------


def killed_with_a_damaged_log(store: VisitStore, folder: Path) -> Path:
    write(store)
    shutil.copytree(store.folder, folder)
    (folder / change_log.LOG).write_bytes(b"")
    return folder


@pytest.mark.parametrize("read_only", [False, True])
def test_a_damaged_log_is_kept_by_whoever_opens_the_visit_first(
    store: VisitStore, tmp_path: Path, read_only: bool
) -> None:
    folder = killed_with_a_damaged_log(store, tmp_path / "killed")
    VisitStore(folder, KEY, read_only=read_only, clock=lambda: NOON).close()
    assert [path.name for path in change_log.kept(folder)] == ["damaged-log-20310506T120000000000.wal"]
    VisitStore(folder, KEY).close()
    assert len(change_log.kept(folder)) == 1


def test_a_log_that_another_program_may_be_writing_is_left_to_it(store: VisitStore, tmp_path: Path) -> None:
    folder = killed_with_a_damaged_log(store, tmp_path / "killed")
    with VisitLock(folder):
        VisitStore(folder, KEY, read_only=True).close()
        assert change_log.kept(folder) == []


def test_a_log_that_is_whole_is_not_kept(store: VisitStore, tmp_path: Path) -> None:
    write(store)
    shutil.copytree(store.folder, tmp_path / "killed")
    again = VisitStore(tmp_path / "killed", KEY)
    assert notes(again) == ["a note"] and change_log.kept(again.folder) == []
    again.close()


def test_scratch_files_of_a_crash_go_when_the_visit_is_opened_for_writing(store: VisitStore) -> None:
    left = store.folder / ".copy-1a2b3c4d"
    left.write_bytes(b"x")
    VisitStore(store.folder, KEY, read_only=True).close()
    assert left.exists()
    store.close()
    VisitStore(store.folder, KEY).close()
    assert not left.exists()


def test_only_the_connection_of_the_screen_writes_its_log_back_when_it_closes(store: VisitStore) -> None:
    write(store)
    for other in (store.second(), store.second(read_only=True), VisitStore(store.folder, KEY, read_only=True)):
        other.close()
        assert log_of(store)
    reader = VisitStore(store.folder, KEY, read_only=True)
    store.close()
    assert not log_of(store), "though another program still reads the visit"
    reader.close()


# Other connections -------------------------------------------------------------------------------------------


def test_a_second_connection_writes_entries_and_no_drafts(store: VisitStore) -> None:
    store.drafts.save("slot", b"typed", NOTE)
    second = store.second()
    assert (store.drafts.kept, store.only_reads, store.read_only) == (True, False, False)
    assert (second.drafts.kept, second.only_reads, second.read_only) == (False, False, False)
    write(second)
    assert notes(store) == ["a note"] and [one.line for one in second.drafts.all()] == [b"typed"]
    with pytest.raises(WrongConnectionError):
        second.drafts.save("slot", b"typed on", NOTE)
    with pytest.raises(WrongConnectionError), second.transaction() as db:
        second.drafts.forget(db, ["slot"])
    second.close()
    assert [one.line for one in store.drafts.all()] == [b"typed"]


def test_on_a_connection_that_only_reads_nothing_can_be_written(store: VisitStore) -> None:
    second = store.second(read_only=True)
    write(store)
    assert notes(second) == ["a note"] and second.only_reads and second.read_only
    with pytest.raises(WrongConnectionError):
        write(second)
    with pytest.raises(driver.OperationalError):
        second.db.execute("DELETE FROM rating")
    second.close()


def test_a_second_connection_of_a_visit_that_is_only_read_only_reads(store: VisitStore) -> None:
    reader = VisitStore(store.folder, KEY, read_only=True)
    for second in (reader.second(), reader.second(read_only=True)):
        assert second.read_only
        with pytest.raises((Busy, WrongConnectionError)):
            write(second)
        with pytest.raises(driver.OperationalError):
            second.db.execute("DELETE FROM rating")
        second.close()
    with pytest.raises(Busy, match="open to read only"):
        write(reader)
    reader.close()


@pytest.mark.parametrize("listening", [0, 1])
def test_what_others_write_is_noticed_on_a_connection_that_has_not_written_yet(
    store: VisitStore, listening: int
) -> None:
    store.close()
    first = VisitStore(store.folder, KEY)
    both = first, first.second()
    one, other = both[listening], both[1 - listening]
    before = one.version_of_others()
    write(other)
    assert one.version_of_others() != before
    both[1].close()
    first.close()


def test_the_version_of_others_is_asked_once_in_a_transaction(store: VisitStore) -> None:
    said: list[str] = []
    store.db.conn.set_trace_callback(said.append)
    with store.transaction():
        assert store.version_of_others() == store.version_of_others()
    store.db.conn.set_trace_callback(None)
    assert said.count("PRAGMA data_version") == 1


def test_what_is_read_in_a_snapshot_is_of_its_first_moment(store: VisitStore) -> None:
    second = store.second()
    with second.snapshot():
        write(store)
        assert notes(second) == []
    assert notes(second) == ["a note"] and not second.db.conn.in_transaction
    second.close()


def test_a_snapshot_within_a_write_is_a_part_of_it(store: VisitStore) -> None:
    with store.transaction() as db:
        store.write_in(db, [FieldWrite(*NOTE, "a note", ())], person="R2")
        with store.snapshot():
            assert notes(store) == ["a note"]
        assert store.db.conn.in_transaction
    assert notes(store) == ["a note"]


# Copies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("read_only", [False, True])
def test_on_a_copy_anything_can_be_tried_out_and_nothing_of_it_stays(store: VisitStore, read_only: bool) -> None:
    write(store)
    files = sorted(path.name for path in store.folder.iterdir())
    reader = store.second(read_only=read_only)
    with reader.scratch_copy() as copy:
        assert not copy.drafts.kept and copy.device == store.device
        write(copy, "tried out", 4)
        assert notes(copy) == ["a note", "tried out"] and notes(store) == ["a note"]
    with pytest.raises(sqlcipher3.dbapi2.ProgrammingError):
        copy.db.execute("SELECT 1")
    reader.close()
    assert sorted(path.name for path in store.folder.iterdir()) == files


def test_a_copy_of_a_store_of_another_version_has_the_tables_of_this_one(store: VisitStore) -> None:
    store.write([FieldWrite("settled", "agreed 47 value", "reason", "kept unread", ())], person="L1")
    store.db.execute("DROP TABLE settled")
    store.db.execute("UPDATE local SET value = 'of an earlier version' WHERE name = 'tables'")
    with store.scratch_copy() as copy:
        assert copy.rows("settled")[0]["reason"] == "kept unread"


# What is refused ---------------------------------------------------------------------------------------------


def test_nothing_is_written_into_a_folder_that_is_no_longer_in_its_place(store: VisitStore) -> None:
    away = store.folder.with_name("away")
    store.folder.rename(away)
    with pytest.raises(ReviewError, match="is missing or has been replaced"):
        write(store)
    shutil.copytree(away, store.folder)
    with pytest.raises(ReviewError, match="is missing or has been replaced"):
        write(store)
    assert journal.count(store.db) == 0
    shutil.rmtree(store.folder)
    away.rename(store.folder)
    write(store)


def test_a_write_that_finds_another_going_on_is_not_told_to_free_some_space(store: VisitStore) -> None:
    second = store.second()
    second.db.execute("BEGIN IMMEDIATE")
    with driver.without_waiting(store.db), pytest.raises(ReviewError, match="saving something large"):
        write(store)
    second.db.execute("ROLLBACK")
    second.close()
    store.db.execute("PRAGMA max_page_count = 1")
    with pytest.raises(ReviewError, match="cannot save: there is no room left") as full:
        write(store, "words " * 5000)
    assert "free some space" in (full.value.do or "")


def test_a_store_whose_log_cannot_be_used_is_not_called_damaged(store: VisitStore) -> None:
    store.close()
    (store.folder / change_log.LOG).mkdir()
    with pytest.raises(ReviewError, match="cannot be opened") as refused:
        VisitStore(store.folder, KEY)
    assert not isinstance(refused.value, Damaged)


def test_a_store_that_cannot_be_brought_to_this_version_is_damaged(store: VisitStore) -> None:
    store.db.execute("DROP TABLE parent")
    store.db.execute("UPDATE local SET value = '' WHERE name = 'tables'")
    store.close()
    with pytest.raises(Damaged):
        VisitStore(store.folder, KEY)


def test_a_disk_that_is_full_while_a_store_is_brought_to_this_version_is_told_as_that(
    store: VisitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.close()

    def fail(db: driver.Database) -> None:
        error = driver.OperationalError("full")
        error.sqlite_errorcode = 13
        raise error

    monkeypatch.setattr(schema, "migrate", fail)
    with pytest.raises(ReviewError, match="cannot be opened: there is no room left") as refused:
        VisitStore(store.folder, KEY)
    assert not isinstance(refused.value, Damaged)


@pytest.mark.parametrize("length", [0, 1, 4095])
def test_a_file_too_short_to_be_a_store_is_damaged_and_stays_as_it_is(store: VisitStore, length: int) -> None:
    store.close()
    path = store.folder / "visit.db"
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(Damaged):
        VisitStore(store.folder, KEY)
    assert path.stat().st_size == length


def test_a_draft_keeps_all_that_its_author_had_before_them(store: VisitStore) -> None:
    store.drafts.save("slot", b"typed", NOTE, lambda db, address: ("one", "two"))
    assert store.drafts.all()[0].parents == ("one", "two")


def test_a_file_that_was_written_elsewhere_is_named_once(store: VisitStore) -> None:
    with store.transaction() as db:
        store.set_local(db, "written", "")
        assert store.written.elsewhere() == []
        for path in ("/a", "/b", "/a"):
            written_files.add_to_store(db, path)
    assert store.written.elsewhere() == written_files.in_store(store.db) == ["/a", "/b"]


def test_what_may_not_be_looked_at_is_not_called_damaged_and_a_folder_in_its_place_is(
    store: VisitStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows says of both that permission is denied."""
    store.close()
    opened = Path.open

    def refuse(self: Path, *args: str, **kwargs: str) -> object:
        if self.name == "visit.db":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReviewError, match="cannot be opened: permission is denied") as refused:
        VisitStore(store.folder, KEY)
    assert not isinstance(refused.value, Damaged)
    (store.folder / "visit.db").unlink()
    (store.folder / "visit.db").mkdir()
    with pytest.raises(Damaged):
        VisitStore(store.folder, KEY)


def test_a_store_that_leads_nowhere_is_not_called_damaged_whoever_opens_it(store: VisitStore) -> None:
    store.close()
    path = store.folder / "visit.db"
    path.unlink()
    path.symlink_to(path)
    for read in (False, True):
        with pytest.raises(ReviewError, match="cannot be opened") as refused:
            VisitStore(store.folder, KEY, read_only=read)
        assert not isinstance(refused.value, Damaged)
    path.unlink()


def test_why_a_disk_refused_is_said_in_plain_words_whoever_was_refused(tmp_path: Path) -> None:
    full = sqlcipher3.dbapi2.OperationalError("database or disk is full")
    full.sqlite_errorcode = 13
    for error in (full, OSError(28, "No space left on device")):
        for made in (cannot_open(tmp_path, error), cannot_copy(tmp_path, error)):
            assert "there is no room left" in str(made), error


@pytest.mark.parametrize(("code", "free", "room"), [(10, 0, False), (10, 1 << 30, True), (8, 0, True)])
def test_a_disk_that_fails_is_called_full_only_where_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, free: int, room: bool
) -> None:
    """Code 10 is a disk that fails, 8 a place that is for reading only."""
    error = sqlcipher3.dbapi2.OperationalError("it did not work")
    error.sqlite_errorcode = code
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    assert ("there is no room left" in str(cannot_open(tmp_path, error))) is not room


def test_a_copy_that_a_crash_leaves_is_known_by_its_name(store: VisitStore) -> None:
    with store.scratch_copy():
        names = [path.name for path in store.folder.iterdir() if path.name.startswith(".")]
        assert names and all(name.startswith(".copy-") for name in names)


@needs_mounting
def test_a_store_in_a_place_that_takes_no_write_is_read_from_a_copy_and_its_work_gets_away(
    store: VisitStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(store)
    store.close()
    copies = tmp_path / "copies"
    copies.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(copies))
    with read_only(store.folder):
        with pytest.raises(ReadOnlyPlace):
            VisitStore(store.folder, KEY)
        reader = VisitStore(store.folder, KEY, read_only=True)
        for one in (reader, reader.second()):
            assert one.place_is_read_only and notes(one) == ["a note"] and len(list(copies.iterdir())) == 1
            one.check_hands_out()
            with pytest.raises(ReadOnlyPlace):
                one.check_writable()
        one.close()
        with reader.scratch_copy() as copy:
            write(copy, "tried out", 4)
            assert notes(copy) == ["a note", "tried out"]
        reader.close()
    assert list(copies.iterdir()) == []


def test_what_another_program_has_open_hands_nothing_out_from_where_it_is_only_read(store: VisitStore) -> None:
    reader = VisitStore(store.folder, KEY, read_only=True)
    assert not reader.place_is_read_only
    with pytest.raises(Busy, match="open to read only"):
        reader.check_hands_out()
    reader.close()
    store.check_hands_out()
