"""A journal in memory, and entries to put into it: for tests of what follows from entries, without a disk or a key."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from reviewapp.store import driver, entry, journal, schema
from reviewapp.store.deletions import DELETED, SEEING
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import FieldAddress


def empty() -> Database:
    """A journal without entries."""
    db = driver.in_memory()
    schema.migrate(db)
    return db


class Author:
    """Somebody on one device, who says one thing after the other."""

    def __init__(self, person: str, *, device: str = "", day: int = 17) -> None:
        self.person, self.day = person, day
        self.device = hashlib.sha256(f"{person}{device}".encode()).hexdigest()[:32]
        self.said: list[Entry] = []

    def says(self, entity: str, key: str, field: str, value: Any, *parents: Entry) -> Entry:
        """One more entry, which replaces these."""
        seq = len(self.said) + 1
        made = entry.make(
            person=self.person, device=self.device, seq=seq, at=f"2026-11-{self.day:02}T10:00:00.{seq:06}Z",
            address=(entity, key, field), value=value, parents=[one.id for one in parents],
        )  # fmt: skip
        self.said.append(made)
        return made


def holding(*entries: Entry) -> Database:
    """A journal that was given these, in this order and one by one."""
    db = empty()
    for one in entries:
        journal.add(db, [one])
    return db


def values(db: Database, address: FieldAddress) -> list[Any]:
    """What the current entries of a field say, sorted."""
    return sorted((one.value for one in journal.heads(db, address)), key=str)


def row(db: Database, entity: str, key: str) -> dict[str, Any]:
    """The current row of a record, without fields that say nothing; empty where there is none."""
    from reviewapp.store import tables

    found = [one for one in tables.read_rows(db, entity) if one["key"] == key]
    return {name: value for one in found for name, value in one.items() if value is not None}


def picture(db: Database) -> tuple[Any, ...]:
    """All that follows from the entries: heads, conflicts and every current table."""
    from reviewapp.store import tables

    heads = sorted(map(str, db.execute("SELECT entity, key, field, id FROM head").fetchall()))
    shown = {
        entity: msgspec.json.decode(tables.read_records(db, entity)) for entity in tables.COLUMNS if entity != "visit"
    }
    return journal.ids(db), heads, journal.conflicts(db), shown


def deletion(author: Author, *seen: Entry) -> list[Entry]:
    """The action AP1 is deleted by somebody who saw these entries."""
    return [
        author.says("action", "AP1", DELETED, True),
        author.says("action", "AP1", SEEING, sorted(held(seen))),
    ]


@contextmanager
def asked(db: Database) -> Iterator[list[str]]:
    """The statements that the database is given within, in order."""
    found: list[str] = []
    db.conn.set_trace_callback(found.append)
    try:
        yield found
    finally:
        db.conn.set_trace_callback(None)


def held(entries: Iterable[Entry]) -> set[str]:
    """Their ids."""
    return {one.id for one in entries}
