"""What the author of an open visit has seen, so that what another connection wrote meanwhile is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable

from reviewapp.store import driver, journal
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.entities import FieldAddress


class SeenEntries:
    """The entries that were there when the state was last reread, and those written through this open visit since.

    A join of the worker is on the disk before the screen shows it. What is recorded in between follows the entries that
    its author saw, so it stands beside what came in, as a conflict, instead of in its place.
    """

    def __init__(self, store: VisitStore) -> None:
        """Everything that is there now."""
        self._store = store
        self.mark()

    def mark(self) -> None:
        """Everything that is there now is seen; called within the snapshot in which the state is reread."""
        with self._store.snapshot() as db:
            self._version = driver.version_of_others(db)
            self._newest = journal.newest(db)
        self._own: set[str] = set()

    def add(self, own: Iterable[str]) -> None:
        """Entries with these ids were written through this open visit."""
        self._own.update(own)

    def head_ids(self, db: Database, address: FieldAddress) -> tuple[str, ...]:
        """The entries that stand for a field as far as they were seen; all, if no other connection wrote since."""
        if self.saw_all():
            return journal.head_ids(db, address)
        return self._among(db, address)

    def of_heads(self, db: Database, address: FieldAddress, heads: Iterable[Entry]) -> tuple[str, ...]:
        """As `head_ids`, where the entries that stand for the field now are known already."""
        return tuple(one.id for one in heads) if self.saw_all() else self._among(db, address)

    def saw_all(self) -> bool:
        """Whether no other connection has written since: the state shows all that is there."""
        return self._store.version_of_others() == self._version

    def _among(self, db: Database, address: FieldAddress) -> tuple[str, ...]:
        return journal.head_ids_among(db, address, newest=self._newest, also=self._own)
