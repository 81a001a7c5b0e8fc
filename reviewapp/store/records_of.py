"""The records that a number of entries say, worked out as a store would once it held them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.store import driver, forks, journal, schema, tables
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Tree
from reviewapp.visit.entities import HEADER, MARKS


def records_of(entries: Iterable[Entry], entity: str, tree: Tree = forks.NONE) -> list[dict[str, Any]]:
    """The records of one kind that are there, with the fields that have a value; nothing touches the disk.

    What was replaced, deleted or is in conflict is judged as everywhere else. `tree`: the laptops that forked.
    """
    db = driver.in_memory()
    try:
        schema.migrate(db)
        for laptop in tree.laptops():
            forks.store(db, laptop, tree)
        needed = {entity, HEADER, *MARKS}  # who the lead is decides what counts
        journal.add(db, [one for one in entries if one.entity in needed])
        found: list[dict[str, Any]] = msgspec.json.decode(tables.read_records(db, entity))
        return found
    finally:
        db.close()
