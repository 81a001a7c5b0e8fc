"""How every connection to a store is set up, and what an error of the database is told as."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils.plugins
from sqlite_utils import hookimpl

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.store import damage, driver
from reviewapp.store.driver import Database, DatabaseError, OperationalError
from tests.disk_waits import waits_of_the_program

KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with_table(tmp_path / "visit.db").close()
    return tmp_path / "visit.db"


def with_table(path: Path) -> Database:
    db = with_said(driver.connect(path, KEY))
    db.execute("INSERT INTO said VALUES ('planted words')")
    return db


def with_said(db: Database) -> Database:
    db.execute("CREATE TABLE said (words TEXT)")
    return db


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    with waits_of_the_program():
        db = driver.connect(path, KEY)
        yield db
        db.close()


def pragma(db: Database, name: str) -> object:
    return db.execute(f"PRAGMA {name}").fetchone()[0]


SETTINGS = {
    "journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1, "temp_store": 2,
    "busy_timeout": driver.WAIT_MS, "cache_size": -driver.CACHE_KIB, "recursive_triggers": 0,
}  # fmt: skip


def test_a_connection_keeps_what_was_acknowledged_wipes_what_was_deleted_and_waits_for_others(db: Database) -> None:
    assert {name: pragma(db, name) for name in SETTINGS} == SETTINGS
    assert pragma(db, "query_only") == 0
    assert (driver.WAIT_MS, driver.CACHE_KIB) == (5000, 2048)


def test_more_pages_are_kept_only_while_many_entries_are_written(db: Database) -> None:
    with pytest.raises(ZeroDivisionError), driver.wide_cache(db):
        assert pragma(db, "cache_size") == -32768
        raise ZeroDivisionError
    assert pragma(db, "cache_size") == -2048


def test_a_connection_for_reading_writes_nothing(path: Path) -> None:
    with waits_of_the_program():
        db = driver.connect(path, KEY, read_only=True)
    assert {name: pragma(db, name) for name in SETTINGS} == SETTINGS
    with pytest.raises(OperationalError):
        db.execute("DELETE FROM said")
    assert db.execute("SELECT words FROM said").fetchall() == [("planted words",)]
    db.close()


def test_each_statement_stands_by_itself_unless_a_transaction_was_begun(db: Database, path: Path) -> None:
    for one in (db, with_said(driver.in_memory())):
        one.conn.execute("INSERT INTO said VALUES ('more')")
        assert not one.conn.in_transaction
    other = driver.connect(path, KEY, read_only=True)
    assert other.execute("SELECT count(*) FROM said").fetchone()[0] == 2
    other.close()


def test_a_connection_and_a_store_in_memory_serve_the_threads_of_a_program(db: Database) -> None:
    for one in (db, driver.in_memory()):
        found: list[object] = []
        thread = threading.Thread(target=_ask, args=(one, found))
        thread.start()
        thread.join()
        assert found == [1]


def _ask(db: Database, found: list[object]) -> None:
    found.append(db.execute("SELECT 1").fetchone()[0])


def test_a_key_is_32_bytes_and_the_right_ones(path: Path) -> None:
    for key in (b"", KEY[:31], KEY + b"x"):
        with pytest.raises(ValueError, match=r"^a store key has 32 bytes$"):
            driver.connect(path, key)
    for read_only in (False, True):
        with pytest.raises(DatabaseError) as refused:
            driver.connect(path, os.urandom(32), read_only=read_only)
        assert driver.is_damage(refused.value) and not driver.refused_by_place(refused.value)
    assert b"planted" not in path.read_bytes()


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="what a process has open is asked of Linux")
def test_a_file_that_does_not_open_is_let_go_of_at_once(path: Path) -> None:
    """Else Windows would neither put it aside nor restore a backup over it."""

    def opened() -> int:
        return sum(one.is_symlink() and os.readlink(one) == str(path) for one in Path("/proc/self/fd").iterdir())

    with pytest.raises(DatabaseError) as refused:
        driver.connect(path, os.urandom(32))
    assert refused.traceback and opened() == 0
    right = driver.connect(path, KEY)
    assert opened() > 0
    right.close()


def test_sqlcipher_prints_nothing_where_it_is_asked_with_a_wrong_key(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(DatabaseError):
        driver.connect(path, os.urandom(32))
    assert capfd.readouterr() == ("", "")


class Plugin:
    """As another program may install one for sqlite-utils into the same environment."""

    def __init__(self) -> None:
        self.got: list[Any] = []

    @hookimpl
    def prepare_connection(self, conn: Any) -> None:
        self.got.append(conn)


def test_no_plugin_of_another_program_is_given_an_open_store(path: Path) -> None:
    plugin = Plugin()
    sqlite_utils.plugins.pm.register(plugin)
    try:
        driver.connect(path, KEY).close()
        driver.in_memory().close()
        assert plugin.got == []
        Database(memory=True).close()
        assert len(plugin.got) == 1, "as any other program gives it one"
    finally:
        sqlite_utils.plugins.pm.unregister(plugin)


def test_what_another_connection_writes_is_noticed_and_what_this_one_writes_is_not(db: Database, path: Path) -> None:
    before = driver.version_of_others(db)
    db.execute("INSERT INTO said VALUES ('mine')")
    assert driver.version_of_others(db) == before
    other = driver.connect(path, KEY)
    other.execute("INSERT INTO said VALUES ('theirs')")
    other.close()
    assert driver.version_of_others(db) != before


def test_inside_without_waiting_a_busy_store_says_so_at_once(db: Database, path: Path) -> None:
    other = driver.connect(path, KEY)
    other.conn.execute("BEGIN IMMEDIATE")
    with driver.without_waiting(db):
        assert pragma(db, "busy_timeout") == 0
        with pytest.raises(OperationalError) as busy:
            db.execute("INSERT INTO said VALUES ('more')")
    assert pragma(db, "busy_timeout") == driver.WAIT_MS
    other.close()
    assert driver.is_busy(busy.value) and not driver.is_disk_fault(busy.value)
    assert driver.refused_by_place(busy.value) and not driver.is_damage(busy.value)
    assert driver.reason_of(busy.value) == "another program is writing to it"
    with pytest.raises(ZeroDivisionError), driver.without_waiting(db):
        raise ZeroDivisionError
    assert pragma(db, "busy_timeout") == driver.WAIT_MS


def with_code(code: int | None, kind: type[Exception] = OperationalError) -> Exception:
    error = kind("as SQLite says it")
    if code is not None:
        error.sqlite_errorcode = code  # type: ignore[attr-defined]
    return error


@pytest.mark.parametrize(
    ("code", "place", "damaged", "disk"),
    [(None, False, False, False), (1, False, False, False), (3, True, False, False), (5, True, False, False),
     (8, True, False, False), (10, True, False, True), (13, True, False, True), (14, True, False, True),
     (11, False, True, False), (26, False, True, False), (19, False, False, False), (10 | 3 << 8, True, False, True),
     (5 | 1 << 8, True, False, False), (11 | 1 << 8, False, True, False)],
)  # fmt: skip
def test_what_the_place_refused_is_never_called_damage(
    code: int | None, place: bool, damaged: bool, disk: bool
) -> None:
    error = with_code(code)
    assert (driver.refused_by_place(error), driver.is_damage(error), driver.is_disk_fault(error)) == (
        place,
        damaged,
        disk,
    )
    assert driver.is_busy(error) == (code is not None and code & 0xFF == 5)
    assert (driver.reason_of(error) == "as SQLite says it") != place
    for told in (driver.refused_by_place, driver.is_damage, driver.is_busy, driver.is_disk_fault):
        assert told(with_code(code, OSError)) is False


def test_what_escaped_is_told_by_what_it_is() -> None:
    refused = ReviewError("as it was said", do="")
    assert damage.trouble_of(refused) is refused
    assert isinstance(damage.trouble_of(with_code(11)), Damaged)
    full = damage.trouble_of(with_code(13))
    assert full is not None and not isinstance(full, Damaged) and "no room left" in full.what
    assert damage.trouble_of(with_code(1)) is None and damage.trouble_of(ValueError("x")) is None
    for error in (MemoryError(), OSError(28, "full")):
        told = damage.trouble_of(error)
        assert told is not None and told.do
    with pytest.raises(Damaged, match="visit abc is damaged"), damage.told_as_damage("abc"):
        raise with_code(26)
    with pytest.raises(ReviewError, match="no room left") as place, damage.told_as_damage("abc"):
        raise with_code(13)
    assert not isinstance(place.value, Damaged)


def test_a_copy_is_whole_and_opens_with_the_same_key_only(db: Database, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    driver.copy_database(db, copy)
    assert pragma(db, "query_only") == 0
    assert b"planted" not in copy.read_bytes()
    with pytest.raises(DatabaseError):
        driver.connect(copy, os.urandom(32))
    opened = driver.connect(copy, KEY, read_only=True)
    assert opened.execute("SELECT words FROM said").fetchall() == [("planted words",)]
    assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
    again = tmp_path / "again.db"
    driver.copy_database(opened, again)
    assert pragma(opened, "query_only") == 1 and again.exists(), (
        "one that only reads can be copied, and still only reads"
    )
    opened.close()


def test_a_copy_under_a_key_of_its_own_opens_with_that_one_wherever_it_lies(db: Database, tmp_path: Path) -> None:
    folder, own = tmp_path / "50 % of R&D's #1, \N{LATIN SMALL LETTER U WITH DIAERESIS}", os.urandom(32)
    folder.mkdir()
    driver.copy_database(db, folder / "copy.db", own)
    assert [one.name for one in folder.iterdir()] == ["copy.db"]
    with pytest.raises(DatabaseError):
        driver.connect(folder / "copy.db", KEY)
    opened = driver.connect(folder / "copy.db", own, read_only=True)
    assert opened.execute("SELECT words FROM said").fetchall() == [("planted words",)]
    opened.close()
    assert pragma(db, "query_only") == 0 and db.execute("SELECT count(*) FROM said").fetchone()[0] == 1


def test_a_store_in_memory_is_empty_and_stands_by_itself() -> None:
    db = driver.in_memory()
    db.execute("CREATE TABLE said (words TEXT)")
    assert driver.in_memory().table_names() == [] and not db.conn.in_transaction
    assert pragma(db, "recursive_triggers") == 0
    db.close()


def test_a_copy_of_which_one_page_is_not_what_was_written_is_no_copy(path: Path, tmp_path: Path) -> None:
    db = driver.connect(path, KEY)
    db.conn.executemany("INSERT INTO said VALUES (?)", [("words " * 500,) for _ in range(20)])
    copy = tmp_path / "copy"
    driver.copy_database(db, copy, KEY)
    db.close()
    driver.check_copy(copy, KEY)
    raw = bytearray(copy.read_bytes())
    raw[-100] ^= 1
    copy.write_bytes(raw)
    with pytest.raises(DatabaseError, match="does not read back"):
        driver.check_copy(copy, KEY)
