"""The integrity checks of a store: pages, entries, signatures, derived tables, search index and backups."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import msgspec

from reviewapp.base.errors import Damaged
from reviewapp.base.i18n import _
from reviewapp.store import backup, entry, journal, search_index, tables
from reviewapp.store.driver import DatabaseError
from reviewapp.store.home import Home
from reviewapp.store.visit_store import VisitStore


class Check(msgspec.Struct, frozen=True):
    """The result of one check: what was found, and what to do when it is not `ok`."""

    name: str
    ok: bool
    what: str
    do: str


RESTORE = _("restore the newest backup that is well: visit restore FILE")


def check_integrity(home: Home, visit: str, store: VisitStore) -> list[Check]:
    """Run every check, in the order in which a fault would matter.

    Changes nothing, but for a search index that differs from the texts: it is dropped, and made anew at the next
    search.
    """
    checks: tuple[tuple[str, Callable[[], Check]], ...] = (
        ("pages", partial(_pages, store)),
        ("entries", partial(_entries, store)),
        ("laptops", partial(_devices, visit, store)),
        ("tables", partial(_derived, store)),
        ("words", partial(_words, store)),
        ("backups", partial(_backups, home, visit, store)),
    )
    return [_run(name, check) for name, check in checks]


def _run(name: str, check: Callable[[], Check]) -> Check:
    """The result of one check; a store too damaged even to be read fails it."""
    try:
        return check()
    except (DatabaseError, msgspec.DecodeError):
        return Check(name, False, _("the store is damaged and cannot be read here"), RESTORE)


def _pages(store: VisitStore) -> Check:
    """Check every page, through the log: a page left half written in the file by a power cut is whole in the log."""
    faults = [] if store.has_log() else store.db.execute("PRAGMA cipher_integrity_check").fetchall()
    faults += [row for row in store.db.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
    what = (
        _("every page of the store is authentic")
        if not faults
        else _("{n} pages of the store are damaged", n=len(faults))
    )
    return Check("pages", not faults, what, RESTORE if faults else "")


def _entries(store: VisitStore) -> Check:
    wrong = total = 0
    for one in journal.everything(store.db):
        total += 1
        try:
            entry.check(one)
        except Damaged:
            wrong += 1
    what = (
        _("{total} entries are what their ids say", total=total)
        if not wrong
        else _("{wrong} of {total} entries were altered", wrong=wrong, total=total)
    )
    return Check("entries", not wrong, what, RESTORE if wrong else "")


def _devices(visit: str, store: VisitStore) -> Check:
    faults = []
    for device in store.devices().values():
        head = entry.GENESIS
        numbers = journal.of_device(store.db, device.device)
        for seq, identity in numbers[: device.seq]:
            head = entry.chain(head, identity)
            if seq > device.seq:
                break
        gap = [seq for seq, __ in numbers] != list(range(1, len(numbers) + 1))
        if gap or head != device.chain or not device.verifies(visit):
            faults.append(f"{device.person} ({device.device[:8]})")
    what = _("no laptop's entries have a gap, and each signature holds")
    if faults:
        what = _("entries are missing or not as signed: ") + ", ".join(faults)
    return Check("laptops", not faults, what, _("ask those people for a new return and join it") if faults else "")


def _derived(store: VisitStore) -> Check:
    before = {entity: _rows(store, entity) for entity in tables.COLUMNS}
    db = store.db
    db.execute("SAVEPOINT looking")
    try:
        if store.read_only:
            return Check("tables", True, _("not compared: the visit is open for reading only"), "")
        tables.drop_and_rebuild(db)
        after = {entity: _rows(store, entity) for entity in tables.COLUMNS}
    finally:
        db.execute("ROLLBACK TO looking")
        db.execute("RELEASE looking")
    wrong = sorted(entity for entity in before if before[entity] != after[entity])
    what = _("the tables say what the journal says") if not wrong else _("these tables differ: ") + ", ".join(wrong)
    return Check(
        "tables", not wrong, what, _("open the visit once; they are built anew from the journal") if wrong else ""
    )


def _words(store: VisitStore) -> Check:
    """Compare the search index with one built anew; an index that differs is dropped."""
    if store.read_only:
        return Check("words", True, _("not compared: the visit is open for reading only"), "")
    db, index = store.db, search_index.SearchIndex(store.db)
    db.execute("SAVEPOINT looking")
    try:
        index.catch_up()
        before = search_index.picture(db)
        search_index.clear(db)
        index.catch_up()
        well = before == search_index.picture(db)
    finally:
        db.execute("ROLLBACK TO looking")
        db.execute("RELEASE looking")
    if well:
        return Check("words", True, _("every word that was written is found"), "")
    with store.transaction():
        search_index.drop(db)
    what = _("the index of words was not what was written; it was taken away")
    return Check("words", False, what, _("nothing: it is made anew when something is looked for"))


def _rows(store: VisitStore, entity: str) -> list[str]:
    return sorted(msgspec.json.encode(row, order="sorted").decode() for row in store.rows(entity))


def _backups(home: Home, visit: str, store: VisitStore) -> Check:
    key = home.visit_key(visit)
    paths = backup.rolling(store.folder)
    bad = []
    for path in paths:
        try:
            backup.count_entries(path, key, store.folder)
        except Damaged:
            bad.append(path.name)
    what = _("{n} backups open", n=len(paths)) if not bad else _("these backups do not open: ") + ", ".join(bad)
    return Check("backups", not bad, what, _("write a new one: visit backup FILE") if bad else "")
