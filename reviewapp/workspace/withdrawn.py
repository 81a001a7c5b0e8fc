"""How withdrawn words leave this laptop: written into the journal, and taken out of every file kept of the visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reviewapp.store import journal, requests, withdrawal
from reviewapp.store.driver import Database
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import (
    ANSWERED_FIELD,
    ASK_WITHDRAW,
    CONCERNS_FIELD,
    SHOW_AGAIN,
    WITHDRAW,
    WITHDRAW_FIELD,
)
from reviewapp.visit.hiding import ShownAgain
from reviewapp.visit.standing import NEVER_APART, Said
from reviewapp.visit.state import VisitState


def write_notice(
    store: VisitStore,
    state: VisitState,
    person: str,
    name: str,
    records: Sequence[str],
    concerns: Sequence[str],
    reason: str,
    *,
    asks: bool,
) -> bool:
    """Write that a record is withdrawn with those that belong to it (`quote/Q1/R2`), or that somebody `asks` for it.

    The immediate concerns in `concerns` go too; others of which that was asked are shown again, as they were not
    chosen. False where words are hidden by it and none are blank.
    """
    said: list[tuple[str, Any]] = [(WITHDRAW_FIELD, list(records))]
    said += [(CONCERNS_FIELD, list(concerns))] if concerns else []
    asked = [one for one in state.hidden.values() if name in one.requested and one.key.startswith(f"{NEVER_APART}/")]
    kept = sorted({identity for one in asked if one.key not in concerns for identity in one.requests})
    with store.transaction() as db:
        _write(store, db, person, ASK_WITHDRAW if asks else WITHDRAW, name, [*said, ("reason", reason)])
        if kept and not asks:
            _write(store, db, person, SHOW_AGAIN, name, [(ANSWERED_FIELD, kept), ("reason", reason)])
        return withdrawal.is_to_scrub(db) or name not in requests.hidden_records(db)


def write_shown_again(store: VisitStore, state: VisitState, person: str, name: str, reason: str) -> bool:
    """Write that what was asked for of a record (`interview/P1/R2`) hides no more; False where this laptop may not."""
    hidden = [one for one in state.hidden.values() if name in one.requested]
    answered = sorted({identity for one in hidden for identity in one.requests})
    with store.transaction() as db:
        number = 1 + journal.entries_per_device(db).get(store.device, 0)
        ours = ShownAgain(requests.split(name), frozenset(answered), Said("", store.device, person, number, ()))
        if requests.hidden_records(db, also=ours) == requests.hidden_records(db):
            return False
        _write(store, db, person, SHOW_AGAIN, name, [(ANSWERED_FIELD, answered), ("reason", reason)])
    return True


def _write(
    store: VisitStore, db: Database, person: str, entity: str, key: str, values: Sequence[tuple[str, Any]]
) -> None:
    said = [
        FieldWrite(entity, key, field, value, journal.head_ids(db, (entity, key, field))) for field, value in values
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
