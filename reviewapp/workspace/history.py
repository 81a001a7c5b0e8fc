"""What a record was before: every value that each of its fields has had, and whose."""

from __future__ import annotations

from reviewapp.store import field_heads, journal
from reviewapp.store.clock import was_wrong
from reviewapp.store.visit_store import VisitStore
from reviewapp.workspace.changes import HistoryItem


def history(store: VisitStore, entity: str, key: str, *, hidden: bool = False) -> list[HistoryItem]:
    """Every value that each field of a record has had, oldest first, whatever the clocks of the laptops said.

    Of one that is `hidden` now only when, by whom and on which laptop it was said.
    """
    latest, standings = store.latest_right(), store.standings()
    return [
        HistoryItem(
            one.field, None if hidden else one.value, one.person, one.device, one.at, one.id, one.parents,
            one.withdrawn,
            standings.counts(one.address, field_heads.without_value(one)), was_wrong(one.at, latest),
            hidden,
        )
        for one in journal.history(store.db, entity, key, latest=latest)
    ]  # fmt: skip
