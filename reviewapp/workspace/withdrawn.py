"""How withdrawn words leave this laptop: written into the journal, and taken out of every file kept of the visit."""

from __future__ import annotations

from reviewapp.store import journal, withdrawal
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import WITHDRAW, WITHDRAW_FIELD


def write_notice(store: VisitStore, person: str, entity: str, key: str, records: list[str], reason: str) -> None:
    """Write that a record is withdrawn with those that belong to it (`quote/Q1/R2`)."""
    name = f"{entity}/{key}"
    address, because = (WITHDRAW, name, WITHDRAW_FIELD), (WITHDRAW, name, "reason")
    with store.transaction() as db:
        said = [
            FieldWrite(*address, records, journal.head_ids(db, address)),
            FieldWrite(*because, reason, journal.head_ids(db, because)),
        ]
        store.write_in(db, said, person=person)


def take_up(store: VisitStore) -> bool:
    """Take up what a kill, a full disk or an earlier version left undone; whether files are still to be cleaned."""
    store.written.take_over()
    if not withdrawal.follows_rule(store.db):
        with store.transaction() as db:
            journal.apply_notices(db)
            withdrawal.remember_rule(db)
    return withdrawal.is_to_scrub(store.db)
