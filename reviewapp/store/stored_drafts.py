"""Typing that is not in the journal yet: a row for each field that somebody is typing in, changed at every pause."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import msgspec

from reviewapp.store import journal
from reviewapp.store.clock import Clock, stamp
from reviewapp.store.driver import Database
from reviewapp.store.last_entries import LastEntries
from reviewapp.visit.entities import FieldAddress

HeadsSeen = Callable[[Database, FieldAddress], tuple[str, ...]]
"""The entries that stand for a field, as far as the author of a draft has seen them."""


class WrongConnectionError(RuntimeError):
    """A worker's connection was used for a purpose it was not opened for: a fault of the program, not of a person."""


class StoredDraft(msgspec.Struct, frozen=True):
    """Typing not yet in the journal: a statement as JSON, and the heads of its field when the typing began."""

    slot: str
    line: bytes
    parents: tuple[str, ...]


class StoredDrafts:
    """The drafts of one connection. `kept`: they are saved and made entries here; elsewhere they are only read."""

    def __init__(
        self,
        db: Database,
        transaction: Callable[[], AbstractContextManager[Database]],
        last: LastEntries,
        clock: Clock,
        *,
        kept: bool,
    ) -> None:
        self._db, self._transaction, self._last, self._clock, self.kept = db, transaction, last, clock, kept

    def check_kept(self) -> None:
        """Raise WrongConnectionError on a second connection."""
        if not self.kept:
            raise WrongConnectionError("drafts are saved and made entries by the connection of the screen only")

    def save(self, slot: str, line: bytes, address: FieldAddress, heads_seen: HeadsSeen = journal.head_ids) -> None:
        """Save typing durably; the heads stored with a draft are those its author saw when the typing began."""
        self.check_kept()
        with self._transaction() as db:
            rows, parents = db.conn.total_changes, " ".join(heads_seen(db, address))
            db.execute(
                """INSERT INTO draft (slot, line, parents, at) VALUES (?, ?, ?, ?)
                   ON CONFLICT (slot) DO UPDATE SET line = excluded.line, at = excluded.at""",
                (slot, line.decode(), parents, stamp(self._clock())),
            )
            self._last.no_entry_since(db, rows)

    def all(self) -> list[StoredDraft]:
        """All drafts, oldest first."""
        rows = self._db.execute("SELECT slot, line, parents FROM draft ORDER BY at, slot").fetchall()
        return [StoredDraft(slot, line.encode(), tuple(parents.split())) for slot, line, parents in rows]

    def has(self, slot: str) -> bool:
        """True if this slot holds typing that is not an entry yet."""
        return self._db.conn.execute("SELECT 1 FROM draft WHERE slot = ?", (slot,)).fetchone() is not None

    def forget(self, db: Database, slots: Sequence[str]) -> None:
        """Delete drafts that have become entries, inside the caller's transaction."""
        self.check_kept()
        rows = db.conn.total_changes
        db.conn.executemany("DELETE FROM draft WHERE slot = ?", [(slot,) for slot in slots])
        self._last.no_entry_since(db, rows)
