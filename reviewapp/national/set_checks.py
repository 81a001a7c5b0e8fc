"""Checking a set: every page of its store, every extract, the tables that are asked, and the backups beside it."""

from __future__ import annotations

import msgspec

from reviewapp.base.i18n import _
from reviewapp.national.model import Extract
from reviewapp.national.network_set import NetworkSet
from reviewapp.store import integrity, received_extracts
from reviewapp.store.home import Home
from reviewapp.store.integrity import Check
from reviewapp.store.visit_store import VisitStore

RESTORE = _("restore the newest backup that is in order: national restore FILE")
_OF_ANY_STORE = ("pages", "log", "backups")


def check_set(home: Home, set_id: str, store: VisitStore) -> list[Check]:
    """Run every check; nothing is changed. A set of which pages are damaged is told as that alone."""
    general = integrity.check_integrity(home, set_id, store)
    kept = [one if one.ok else msgspec.structs.replace(one, do=RESTORE) for one in general if one.name in _OF_ANY_STORE]
    if not all(one.ok for one in kept if one.name == "pages"):
        return kept
    network = NetworkSet(home, store)
    return [kept[0], _extracts(store), _tables(network), *kept[1:]]


def _extracts(store: VisitStore) -> Check:
    """What lies beside each extract is what the extract itself says."""
    wrong, held = [], received_extracts.received(store.db)
    for one in held:
        try:
            said = msgspec.json.decode(received_extracts.content(store.db, one.n), type=Extract)
        except msgspec.DecodeError:
            wrong.append(one.visit)
            continue
        if (said.visit, said.revision, said.cycle) != (one.visit, one.revision, one.cycle):
            wrong.append(one.visit)
    what = (
        _("{n} extracts are what is noted beside them", n=len(held))
        if not wrong
        else _("these extracts are not what is noted beside them: {visits}", visits=", ".join(sorted(set(wrong))))
    )
    return Check("extracts", not wrong, what, RESTORE if wrong else "")


def _tables(network: NetworkSet) -> Check:
    """The tables that questions are asked of hold exactly what counts."""
    wrong = network.stale()
    what = (
        _("the figures are asked of exactly what counts")
        if not wrong
        else _("the tables differ from the extracts of {n} visits", n=len(wrong))
    )
    return Check("tables", not wrong, what, "" if not wrong else _("add any extract once: they are made again"))
