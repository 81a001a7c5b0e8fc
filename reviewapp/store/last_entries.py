"""The last entry of each device, remembered between writes, because every write must follow it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from reviewapp.store import journal
from reviewapp.store.driver import Database


class LastWritten(NamedTuple):
    """Number and time of the last entry of a device."""

    seq: int
    at: datetime


class LastEntries:
    """What one connection knows of the last entries; read anew when anybody else has written, or it anything else.

    Another connection's writing shows in `driver.version_of_others`, that of this one in the number of rows it has
    changed. What is rolled back lowers neither, so it has to be told (`forget`).
    """

    def __init__(self) -> None:
        self._moment: tuple[int, int] | None = None
        self._entries: dict[str, LastWritten] = {}

    def read(self, db: Database, version: int) -> dict[str, LastWritten]:
        """The last entry of each device, by its id; `version` is that of the others now."""
        moment = version, int(db.conn.total_changes)
        if moment != self._moment:
            last = journal.last_entries(db)
            self._entries = {one.device: LastWritten(one.seq, datetime.fromisoformat(one.at)) for one in last}
            self._moment = moment
        return self._entries

    def add(self, db: Database, device: str, last: LastWritten) -> None:
        """This is the last entry of a device, written just now, after `read` in the same transaction."""
        if self._moment is not None:
            self._entries[device] = last
            self._moment = self._moment[0], int(db.conn.total_changes)

    def no_entry_since(self, db: Database, rows: int) -> None:
        """What this connection has written since it had changed so many rows was no entry: drafts, say."""
        if self._moment is not None and self._moment[1] == rows:
            self._moment = self._moment[0], int(db.conn.total_changes)

    def forget(self) -> None:
        """What was written last may be gone again."""
        self._moment = None
