"""The schema of a visit's database as migration steps, each applied once in one transaction with its record."""

from __future__ import annotations

from typing import Any

from reviewapp.store.driver import Database
from reviewapp.store.tables import rebuild_if_outdated

from sqlite_utils.migrations import Migrations  # isort: skip  (after the driver, which puts SQLCipher under it)

VERSION = 2
"""The newest schema this program understands; kept in `user_version` and in the key file beside the store."""

steps = Migrations("reviewapp")


def migrate(db: Database) -> None:
    """Bring a store to VERSION (each step and its record in one transaction) and its current tables to this version."""
    if version(db) != VERSION:
        steps.apply(db)
        db.execute(f"PRAGMA user_version = {VERSION}")
    rebuild_if_outdated(db)


def version(db: Database) -> int:
    """The schema version a store was written with; 0 for a new one."""
    row: Any = db.execute("PRAGMA user_version").fetchone()
    return int(row[0])


@steps(name="1_journal")
def _journal(db: Database) -> None:
    """Create the journal, the tables derived from it, and those that belong to this laptop alone."""
    statements = (
        # In the order of writing, so that saving an entry appends to the last page instead of splitting an inner one.
        """CREATE TABLE entry (
             id TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, device TEXT NOT NULL, seq INTEGER NOT NULL,
             at TEXT NOT NULL, entity TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, seal TEXT NOT NULL,
             parents TEXT NOT NULL, salt TEXT NOT NULL, value TEXT NOT NULL, withdrawn INTEGER NOT NULL DEFAULT 0
           )""",
        "CREATE UNIQUE INDEX entry_of_device ON entry (device, seq)",
        "CREATE INDEX entry_of_field ON entry (entity, key, field)",
        "CREATE TABLE parent (parent TEXT NOT NULL, child TEXT NOT NULL, PRIMARY KEY (parent, child)) WITHOUT ROWID",
        """CREATE TABLE head (
             entity TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, id TEXT NOT NULL,
             PRIMARY KEY (entity, key, field, id)
           ) WITHOUT ROWID""",
        """CREATE TABLE conflict (
             entity TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, PRIMARY KEY (entity, key, field)
           ) WITHOUT ROWID""",
        """CREATE TABLE device (
             device TEXT PRIMARY KEY, person TEXT NOT NULL, public_key TEXT NOT NULL, seq INTEGER NOT NULL,
             chain TEXT NOT NULL, signature TEXT NOT NULL, first_seen TEXT NOT NULL
           ) WITHOUT ROWID""",
        """CREATE TABLE draft (
             slot TEXT PRIMARY KEY, line TEXT NOT NULL, parents TEXT NOT NULL, at TEXT NOT NULL
           ) WITHOUT ROWID""",
        "CREATE TABLE local (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE joined (
             number INTEGER PRIMARY KEY, at TEXT NOT NULL, person TEXT NOT NULL, device TEXT NOT NULL,
             receipt TEXT NOT NULL
           )""",
    )
    for statement in statements:
        db.execute(statement)


@steps(name="2_forks")
def _forks(db: Database) -> None:
    """Create the tables of laptops that were copied and went on twice (`forks`); both are empty nearly always."""
    db.execute(
        """CREATE TABLE fork (
             device TEXT PRIMARY KEY, trunk TEXT NOT NULL, first INTEGER NOT NULL, before TEXT NOT NULL
           ) WITHOUT ROWID"""
    )
    db.execute(
        """CREATE TABLE fork_entry (
             device TEXT NOT NULL, seq INTEGER NOT NULL, id TEXT NOT NULL, PRIMARY KEY (device, seq)
           ) WITHOUT ROWID"""
    )
