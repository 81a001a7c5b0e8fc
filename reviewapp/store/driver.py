"""SQLCipher connections under sqlite-utils, always opened so that an acknowledged commit survives a power cut.

sqlite-utils prefers a module named `pysqlite3`; SQLCipher's is registered under that name before its first import, so
that both use the same connection and exception classes (design, section 3).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3
import sqlcipher3.dbapi2

sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

from sqlite_utils import Database  # noqa: E402

__all__ = [
    "Connection",
    "Database",
    "DatabaseError",
    "OperationalError",
    "check_copy",
    "connect",
    "copy_database",
    "copy_with_new_key",
    "in_memory",
    "is_busy",
    "is_damage",
    "is_disk_fault",
    "reason_of",
    "refused_by_place",
    "version_of_others",
    "without_waiting",
]

Connection = Any
DatabaseError = sqlcipher3.dbapi2.DatabaseError
OperationalError = sqlcipher3.dbapi2.OperationalError

KEY_BYTES = 32

_SQLITE_BUSY = 5
_DISK_FAULTS = (10, 13, 14)
"""SQLITE_IOERR, SQLITE_FULL, SQLITE_CANTOPEN."""

WAIT_MS = 5000
"""Milliseconds a connection waits while another one is writing."""

CACHE_KIB, WIDE_CACHE_KIB = 2048, 32768
"""Pages kept in memory once decrypted, always and in `wide_cache`."""

SYNCHRONOUS = "FULL"
"""What a commit waits for: WAL with NORMAL lost acknowledged commits in simulated power cuts, FULL in none."""

NO_ROOM = "there is no room left on it"
_PLACE = {
    3: "permission is denied",
    5: "another program is writing to it",
    6: "another program is writing to it",
    7: "there is not enough memory",
    8: "it is read-only",
    10: "the disk or stick does not work properly",
    13: NO_ROOM,
    14: "its folder is gone, may not be used or has too long a path, or too many files are open",
    15: "another program is writing to it",
    22: "the file is too large for that disk or stick",
    23: "permission is denied",
}
"""SQLite's primary result codes for what is wrong with the place of a file and not with what is in it."""


def refused_by_place(error: BaseException) -> bool:
    """True if the disk, the folder or another program is the reason, so that nothing is known of the content."""
    return isinstance(error, DatabaseError) and _code(error) in _PLACE


def is_damage(error: BaseException) -> bool:
    """True if what is in the file is not what was written, or no database at all."""
    return isinstance(error, DatabaseError) and _code(error) in (11, 26)


def reason_of(error: BaseException) -> str:
    """Why the database was refused, in plain language."""
    return _PLACE.get(_code(error), str(error))


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Database:
    """The database at `path`, opened with a raw 256-bit key (no second key derivation).

    Every connection runs with WAL and synchronous=FULL (SYNCHRONOUS). Temporary tables stay in memory. Raises
    ValueError when the key has not 32 bytes, DatabaseError when it is the wrong one or the file is not a database.
    """
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    # uri: so that a copy can be written under a key of its own (`copy_database`).
    connection = sqlcipher3.dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, uri=True)
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA busy_timeout = {WAIT_MS}")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if read_only:
            connection.execute("PRAGMA query_only = ON")
        else:
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
    except Exception:
        connection.close()
        raise
    return Database(connection, execute_plugins=False, recursive_triggers=False)


@contextmanager
def without_waiting(db: Database) -> Iterator[None]:
    """Inside, a write that finds another connection writing fails at once, instead of after WAIT_MS."""
    db.conn.execute("PRAGMA busy_timeout = 0")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {WAIT_MS}")


def is_busy(error: BaseException) -> bool:
    """Whether a statement failed because another connection was writing for longer than WAIT_MS."""
    return isinstance(error, OperationalError) and _code(error) == _SQLITE_BUSY


def is_disk_fault(error: BaseException) -> bool:
    """Whether a statement failed because the disk is full, gone, or takes no file."""
    return isinstance(error, DatabaseError) and _code(error) in _DISK_FAULTS


@contextmanager
def wide_cache(db: Database) -> Iterator[None]:
    """Keeps more pages in memory while the block runs: with few, joining 40,000 entries decrypts them many times."""
    db.conn.execute(f"PRAGMA cache_size = -{WIDE_CACHE_KIB}")
    try:
        yield
    finally:
        db.conn.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        db.conn.execute("PRAGMA shrink_memory")


def version_of_others(db: Database) -> int:
    """A number that changes when another connection has written."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])


def in_memory() -> Database:
    """An empty database that never touches the disk."""
    connection = sqlcipher3.dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    return Database(connection, execute_plugins=False, recursive_triggers=False)


def copy_database(source: Database, path: Path, key: bytes | None = None) -> None:
    """Write what an open database holds at this moment to a new file at `path`, under `key` or else the same key.

    Nobody who writes meanwhile has to wait. Raises DatabaseError when a page cannot be authenticated: the copying page
    by page that SQLite offers too goes on with an empty page there, and says nothing. `source` is in no transaction.
    """
    (restricted,) = source.execute("PRAGMA query_only").fetchone()
    source.execute("PRAGMA query_only = OFF")  # it forbids writing any file; the database itself is only read
    try:
        under = f"?key=x%27{key.hex()}%27" if key is not None else ""
        source.execute("VACUUM INTO ?", (path.absolute().as_uri() + under,))
    finally:
        source.execute(f"PRAGMA query_only = {int(restricted)}")


def copy_with_new_key(path: Path, key: bytes, to: Path, new_key: bytes) -> None:
    """Write what a database holds to a new file, encrypted with a new key, and sync it; the first is only read.

    Raises DatabaseError when there is no database, a page cannot be authenticated, or the disk takes no more; OSError
    when it is not synced.
    """
    if not path.is_file() or not path.stat().st_size:
        raise DatabaseError  # SQLite would make one
    source = connect(path, key, read_only=True)
    try:
        copy_database(source, to, new_key)
    finally:
        source.close()
    check_copy(to, new_key)


def check_copy(path: Path, key: bytes) -> None:
    """Sync a copy that was written a moment ago, and authenticate every page of it. Raises DatabaseError or OSError."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())
    made = connect(path, key, read_only=True)
    try:
        faults = made.execute("PRAGMA cipher_integrity_check").fetchall()
    finally:
        made.close()
    if faults:
        raise DatabaseError("the copy does not read back as it was written")
