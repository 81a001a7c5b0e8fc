"""What this laptop says of itself, and as the lead's of others: certificates, setting aside, going on after a restore.

The values are made and signed in `marks`; here stands which key signs, for which turn, and what waits to be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import msgspec

from reviewapp.store import journal, mark_values, marks, signing
from reviewapp.store.driver import Database
from reviewapp.store.entry import Entry
from reviewapp.store.field_write import FieldWrite
from reviewapp.visit.entities import ASIDE, CERTIFY, CONTINUES, HEARD, PROOF, FieldAddress


class OwnStore(Protocol):
    """What of an open store is needed to say something of a laptop."""

    @property
    def device(self) -> str:
        """This laptop's device id in this visit."""

    def local(self, name: str) -> str:
        """A value kept on this laptop only."""

    def set_local(self, db: Database, name: str, value: str) -> None:
        """Set a value kept on this laptop only."""

    def write_in(self, db: Database, writes: Sequence[FieldWrite], *, person: str) -> list[Entry]:
        """Write values to the journal, inside the caller's transaction."""

    def become_new_device(self, db: Database) -> None:
        """Store a new signing key."""

    def sign(self, db: Database) -> None:
        """Sign the head of this device's journal and store it."""


class OwnMarks:
    """Entries about laptops, to be written on this one; all within the caller's transaction."""

    def __init__(self, store: OwnStore) -> None:
        self._store = store

    def go_on_as_new_device(self, db: Database) -> None:
        """As `become_new_device`, with a statement, signed by the old key, that the new one goes on for it.

        With the lead's key of authority the new one is certified too. It is said with the first entry that the new one
        writes, so that a visit that was only brought back is what it was.
        """
        self.write_pending(db)
        self._store.sign(db)
        store = self._store
        old, old_device, visit = store.local("device_key"), store.device, store.local("visit")
        seq = journal.entries_per_device(db).get(self._store.device, 0)
        chain = journal.chain_at(db, self._store.device, seq) or ""
        self._store.become_new_device(db)
        said = [
            FieldWrite(
                CONTINUES, self._store.device, PROOF, mark_values.go_on(old, visit, self._store.device, seq, chain), ()
            )
        ]
        if self._store.local(marks.AUTHORITY_KEY):
            said.append(self.certificate(db, self._store.device, self._store.local("me")))
        standings = marks.load(db)
        if standings.of(old_device).led and not standings.of(old_device).lead:  # what the old one knew, this one does
            said.append(FieldWrite(HEARD, self._store.device, PROOF, mark_values.of_itself(standings.epoch), ()))
        self._store.set_local(db, marks.PENDING_MARKS, msgspec.json.encode(said).decode())

    def write_pending(self, db: Database) -> None:
        """Write what this device has to say of itself before anything else, inside the caller's transaction."""
        said = self.pending()
        if said:
            self._store.set_local(db, marks.PENDING_MARKS, "")
            self._store.write_in(db, said, person=self._store.local("me"))

    def pending(self) -> list[FieldWrite]:
        """What a restored laptop has yet to say of itself."""
        return msgspec.json.decode(self._store.local(marks.PENDING_MARKS) or "[]", type=list[FieldWrite])

    def authority(self, db: Database) -> tuple[str, int]:
        """The key of authority of this laptop, in hex, and the epoch in which it holds; empty for none."""
        private = self._store.local(marks.AUTHORITY_KEY)
        if not private:
            return "", 0
        return private, marks.load(db).epoch_of(signing.public_of(bytes.fromhex(private)).hex())

    def certificate(self, db: Database, device: str, code: str) -> FieldWrite:
        """What certifies a laptop for a code (none: nobody's any more), to be written on a laptop of the lead's."""
        address = (CERTIFY, device, PROOF)
        turn = marks.load(db).next_turn(device)
        private, epoch = self.authority(db)
        value = mark_values.certify(private, self._store.local("visit"), device, code, turn, epoch)
        return FieldWrite(*address, value, journal.head_ids(db, address))

    def setting_aside(self, db: Database, device: str, from_: int | None, reason: str) -> FieldWrite:
        """What sets a laptop aside from its entry `from_` on (None: no longer), to be written on one of the lead's."""
        address = (ASIDE, device, PROOF)
        turn = marks.load(db).next_turn(device)
        private, epoch = self.authority(db)
        value = mark_values.set_aside(private, self._store.local("visit"), device, from_, reason, turn, epoch)
        return FieldWrite(*address, value, journal.head_ids(db, address))

    def write_heard(self, db: Database, epoch: int) -> None:
        """Write that this laptop, which led, knows who leads in this epoch, inside the caller's transaction."""
        address = (HEARD, self._store.device, PROOF)
        said = FieldWrite(*address, mark_values.of_itself(epoch), journal.head_ids(db, address))
        self._store.write_in(db, [said], person=self._store.local("me"))

    def renewed(self, db: Database, address: FieldAddress, value: Any) -> FieldWrite:
        """What says of a laptop again what an earlier mark said; None: nothing, as before there was one."""
        entity, device, _field = address
        said = value if isinstance(value, dict) else {}
        if entity == CERTIFY:
            return self.certificate(db, device, str(said.get("code") or ""))
        return self.setting_aside(db, device, said.get("from"), str(said.get("reason") or ""))
