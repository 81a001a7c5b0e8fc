"""Joining a file to a store of the visit, and the receipt that says what came of it."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.errors import Damaged, NewerVersion
from reviewapp.base.names import as_text
from reviewapp.exchange import join, returns
from reviewapp.exchange.returns import JoinResult, Receipt
from reviewapp.figures.status import status
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.state import VisitState
from reviewapp.workspace.state_cache import StateCache


def preview(store: VisitStore, path: Path, state: VisitState) -> Receipt:
    """What joining a file would do: it is joined to a copy, so nothing is changed and nobody has to wait."""
    with store.scratch_copy() as copy:
        joined = join_to(copy, path, state)
        return joined if isinstance(joined, Receipt) else receipt_of(path, copy, StateCache(copy).state, joined)


def join_to(store: VisitStore, path: Path, state: VisitState) -> JoinResult | Receipt:
    """Join a file to this store, whose state was this; or the receipt of its refusal."""
    lead = state.lead()
    try:
        return join.join(store, path, lead=lead.key if lead else "", instrument=state.instrument, also=state.also)
    except (Damaged, NewerVersion) as error:
        return returns.receipt_of_refusal(path, store.local("visit"), error, store.digest())


def receipt_of(path: Path, store: VisitStore, state: VisitState, joined: JoinResult) -> Receipt:
    """The receipt for a file that was joined to this store, whose state is now this."""
    open_matters = status(state)
    also = open_matters.get("also", {"disagreements": [], "late": [], "late_criteria": []})
    late = [key for part in (open_matters, also) for name in ("late", "late_criteria") for key in part[name]]
    return Receipt(
        file=as_text(path.name), visit=store.local("visit"), from_=joined.who, entries=joined.counts,
        reason=joined.reason, conflicts=open_matters["conflicts"],
        disagreements=len(open_matters["disagreements"]) + len(also["disagreements"]),
        digest=store.digest(), kinds=joined.kinds, late=late,
        apart=joined.apart, refused_parts=joined.refused, part=joined.part, hidden=open_matters["hidden"],
        forks=joined.forks,
    )  # fmt: skip
