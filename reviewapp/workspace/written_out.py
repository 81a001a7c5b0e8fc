"""What this laptop writes of a visit for others: packs, returns, receipts, documents, backups that are taken away.

Where each was written is kept in mind, so that a withdrawal and a purge list it among what they cannot reach.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file
from reviewapp.exchange import carry_over, held_elsewhere, receipts, returns, visit_pack
from reviewapp.exchange.carry_over import CarryOver
from reviewapp.store import backup, handing_on, journal, marks, signing
from reviewapp.store.handing_on import Signer
from reviewapp.store.home import Home
from reviewapp.store.visit_store import VisitStore


class WrittenOut:
    """The files of one visit that leave its folder."""

    def __init__(self, home: Home, store: VisitStore, visit: str, commit_drafts: Callable[[], object]) -> None:
        """`commit_drafts`: makes entries of what is being typed, where that is this connection's to do."""
        self._home, self._store, self._visit, self._commit_drafts = home, store, visit, commit_drafts
        self.not_noted: list[Path] = []
        """Files that were written, of which the disk takes no note: a withdrawal or purge will not list them."""
        self.left_out = 0
        """Texts being typed that the last return does not hold, as the disk takes no write."""

    def visit_pack(self, path: Path, phrase: str, *, leads: bool) -> tuple[Path, ...]:
        """Write the visit pack from which the other laptops start, encrypted with the phrase; returns its files.

        On a laptop that does not lead: with what the lead said, and nobody else's words.
        """
        if not leads:
            return self._remembered(visit_pack.write_leads_pack(self._store, path, phrase))
        self._commit_drafts()
        return self._remembered(visit_pack.write_visit_pack(self._store, path, phrase))

    def work_return(self, path: Path) -> tuple[Path, ...]:
        """Write a return with every entry this laptop holds; where the disk is full, what is saved gets away.

        Returns its files.
        """
        try:
            self._commit_drafts()
        except ReviewError:
            if not self._store.drafts.all():
                raise
        self.left_out = len(self._store.drafts.all())
        return self._remembered(returns.write_return(self._store, path))

    def receipt(self, path: Path) -> None:
        """Write a signed receipt of the entries held of every laptop; the lead's laptop only."""
        receipts.write_receipt(self._store, path)
        self._remember(path)

    def carry_over(self, path: Path, carried: CarryOver, phrase: str, person: str) -> None:
        """Write what the next visit of this team begins with, signed as this laptop's and opened by the phrase."""
        self._store.check_hands_out()
        private = bytes.fromhex(self._store.local("device_key"))
        carry_over.write(path, carried, phrase, person=person, private=private)
        self._remember(path)

    def signer(self) -> Signer:
        """The keys with which this laptop signs what leaves the visit; on the lead's laptop also the lead's key."""
        self._store.check_hands_out()
        authority = bytes.fromhex(self._store.local(marks.AUTHORITY_KEY))
        public = signing.public_of(authority).hex() if authority else ""
        handed = handing_on.chain_to(self._store.db, public) if authority else ()
        return Signer(private=bytes.fromhex(self._store.local("device_key")), authority=authority, handed=handed)

    def document(self, path: Path, data: bytes) -> None:
        """Save a document made of this visit, verified by reading it back. Raises ReviewError."""
        save_file(path, data)
        self._remember(path)

    def backup(self, path: Path) -> None:
        """Write an encrypted copy and verify it by opening it; drafts are included as drafts."""
        self._store.check_hands_out()  # where it is written is remembered
        held = journal.entries_per_device(self._store.db)  # what is written meanwhile may not be in it
        backup.write(self._home, self._visit, self._store, path)
        self._remember(path)
        with contextlib.suppress(ReviewError):  # not known to be held elsewhere: deleting asks once more
            held_elsewhere.backed_up(self._store, held)

    def elsewhere(self) -> tuple[str, ...]:
        """The files of this visit that this laptop wrote outside its own folder, oldest first."""
        return tuple(self._store.written.elsewhere())

    def may_hold_withdrawn(self) -> tuple[str, ...]:
        """Of the files that this laptop wrote elsewhere those that may still hold what was withdrawn, oldest first."""
        return tuple(self._store.written.may_hold_withdrawn())

    def _remembered(self, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        for one in paths:
            self._remember(one)
        return paths

    def _remember(self, path: Path) -> None:
        """Keep in mind where a file was written; it is whole, so a disk that takes no note of it is only told."""
        try:
            self._store.written.remember(path.resolve())
        except ReviewError:
            self.not_noted.append(path)
        else:
            self.not_noted += [path] if self._store.place_is_read_only else []
