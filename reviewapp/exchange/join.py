"""Joining a file of any kind: a return, a visit pack that was given out anew, or the lead's receipt."""

from __future__ import annotations

from pathlib import Path

from reviewapp.base.i18n import _
from reviewapp.exchange import entry_checks, pack, receipts, returns
from reviewapp.exchange.returns import EntryCounts, JoinResult
from reviewapp.instruments.model import Instrument
from reviewapp.store.visit_store import VisitStore


def join(
    store: VisitStore, path: Path, *, lead: str, instrument: Instrument, also: Instrument | None = None
) -> JoinResult:
    """Join one file in one transaction that begins when everything has been read and checked.

    Raises Damaged or NewerVersion with the reason when the file is refused; the store is then untouched.
    """
    cover, sealed = pack.read_file(path)
    if cover.reviewapp == "carry-over":
        raise entry_checks.refused(path.name, _("it is a carry-over, from which the next visit begins"))
    if cover.visit != store.local("visit"):
        raise entry_checks.refused(path.name, _("it belongs to another visit"))
    contents = pack.open_sealed(path.name, sealed, store.local("identity"))
    if cover.reviewapp == "receipt":
        return JoinResult(receipts.join_receipt(store, path.name, contents), EntryCounts())
    return returns.join_entries(store, path.name, contents, lead=lead, instrument=instrument, also=also)
