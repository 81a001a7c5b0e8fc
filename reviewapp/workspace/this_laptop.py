"""What one laptop knows of a visit beside what the visit says: its clock, its files, notes, what nobody else has."""

from __future__ import annotations

from collections.abc import Callable

from reviewapp.exchange import held_elsewhere, receipts
from reviewapp.exchange.held_elsewhere import NotCounted
from reviewapp.store import change_log
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.state import VisitState
from reviewapp.workspace import clocks, holdings
from reviewapp.workspace.clocks import WrongClock
from reviewapp.workspace.holdings import Holdings, JoinedFile


class ThisLaptop:
    """An open visit as it lies on this laptop."""

    def __init__(self, store: VisitStore, state: Callable[[], VisitState], leads: Callable[[], bool]) -> None:
        """`leads`: whether this laptop speaks for the lead, as it is when asked."""
        self._store, self._state, self._leads = store, state, leads

    def clock_warning(self) -> str:
        """One sentence if this laptop's clock is or may be wrong, else empty; recording goes on all the same."""
        return clocks.clock_warning(self._store, self._state().info.date)

    def wrong_clocks(self) -> list[WrongClock]:
        """The other laptops whose newest entry here has a time that cannot be right."""
        return clocks.wrong_clocks(self._store)

    def joined_files(self) -> list[JoinedFile]:
        """The files that were joined here, oldest first."""
        return holdings.joined_files(self._store)

    def holdings(self) -> Holdings:
        """Where the visit lies on this laptop, how much of it is here, and what was written elsewhere."""
        return holdings.holdings(self._store)

    def local_note(self, name: str) -> str:
        """What was noted under this name on this laptop; empty when nothing was. It goes into no return or pack."""
        return self._store.local(name)

    def set_local_note(self, name: str, text: str) -> None:
        """Note something on this laptop only, durably; it is no entry, tells no listener and is not undone."""
        with self._store.transaction() as db:
            self._store.set_local(db, name, text)

    def unreceipted(self) -> int:
        """Number of entries written here that no receipt of the lead covers; 0 on the lead's laptop."""
        return 0 if self._leads() else receipts.unreceipted(self._store)

    def held_nowhere_else(self) -> int:
        """Number of entries here that nobody else is known to hold; of a reviewer those that no receipt covers."""
        return held_elsewhere.held_nowhere_else(self._store) if self._leads() else self.unreceipted()

    def not_counted_as_held(self) -> list[NotCounted]:
        """Of whom it is not counted, and why, that they say they hold some of that; none on a reviewer's laptop."""
        return held_elsewhere.not_counted(self._store) if self._leads() else []

    def held_only_in(self, other: VisitStore) -> int:
        """Number of entries in another store of this visit that are neither here nor known to be anywhere else."""
        held = held_elsewhere.held_nowhere_else if self._leads() else receipts.unreceipted
        return held(self._store, beyond=other)

    def lost_changes(self) -> bool:
        """Whether saved changes went with a damaged log, of which the copy is still in the visit's folder."""
        return bool(change_log.kept(self._store.folder))
