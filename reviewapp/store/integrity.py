"""The integrity checks of a store: pages, entries, signatures, derived tables, search index and backups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec

from reviewapp.base.errors import Damaged, ReviewError
from reviewapp.base.i18n import _
from reviewapp.store import (
    backup,
    change_log,
    driver,
    entry,
    forks,
    journal,
    rolling_backups,
    search_index,
    tables,
)
from reviewapp.store.driver import DatabaseError
from reviewapp.store.home import Home
from reviewapp.store.store_file import cannot_copy
from reviewapp.store.visit_store import VisitStore
from reviewapp.visit.forks import path


class Check(msgspec.Struct, frozen=True):
    """The result of one check: what was found, and what to do when it is not `ok`."""

    name: str
    ok: bool
    what: str
    do: str


RESTORE = _("restore the newest backup that is in order: visit restore FILE")


ELSEWHERE = _(
    "there is no backup on this laptop: restore one that was saved elsewhere, or delete the visit and join it again "
    "with its pack"
)


def check_integrity(home: Home, visit: str, store: VisitStore) -> list[Check]:
    """Run every check, in the order in which a fault would matter, on a copy of the store as it is at this moment.

    So nobody who goes on writing has to wait, and nothing that is written meanwhile looks like a fault. Changes
    nothing. Raises ReviewError where there is no room for the copy.
    """
    try:
        with _fresh(store) as reader, reader.scratch_copy() as copy:
            checks = [
                _run("pages", partial(_pages, copy)),
                _run("entries", partial(_entries, copy)),
                _run("laptops", partial(_devices, visit, copy)),
                _run("tables", partial(_derived, copy)),
                _run("words", partial(_words, copy)),
            ]
    except DatabaseError as error:  # of a disk that is full: the checks of the copy take room too
        raise cannot_copy(store.folder, error) from error
    except Damaged:
        checks = _checks_of_damaged(visit, store)
    return [*checks, _log(store.folder), _run("backups", partial(_backups, home, visit))]


def differing(checks: list[Check]) -> set[str]:
    """What is derived from the journal and, by these checks, is not what it should be: `tables`, `words`."""
    return {one.name for one in checks if not one.ok and one.name in ("tables", "words") and one.do != RESTORE}


def make_anew(store: VisitStore, names: set[str]) -> None:
    """Have the tables made anew when the visit is opened next, the index of words when something is looked for."""
    with store.transaction() as db:
        if "tables" in names:
            tables.mark_outdated(db)
        if "words" in names:
            search_index.drop(db)


def not_made_anew(checks: list[Check]) -> list[Check]:
    """These checks with what to do where another program has the visit, so that nothing can be made anew yet."""
    names = differing(checks)
    do = _("close the visit in the other program, then check it again")
    return [msgspec.structs.replace(one, do=do) if one.name in names else one for one in checks]


@contextmanager
def _fresh(store: VisitStore) -> Iterator[VisitStore]:
    """A connection of its own, which reads every page from the disk."""
    reader = store.second(read_only=True)
    try:
        yield reader
    finally:
        reader.db.close()


def _checks_of_damaged(visit: str, store: VisitStore) -> list[Check]:
    """The checks of a store that cannot be copied, each as far as it can be read; a connection is lost at a fault."""
    found = []
    with _fresh(store) as reader:
        faults = len(reader.db.execute("PRAGMA cipher_integrity_check").fetchall())
    found.append(Check("pages", False, _("{n} pages of the store are damaged", n=max(faults, 1)), RESTORE))
    with _fresh(store) as reader:
        found.append(_run("entries", partial(_entries, reader)))
    with _fresh(store) as reader:
        found.append(_run("laptops", partial(_devices, visit, reader)))
    return [*found, _unreadable("tables"), _unreadable("words")]


def check_damaged(home: Home, visit: str, error: Damaged) -> list[Check]:
    """The checks of a visit that cannot be opened: why, and which of its backups open."""
    here = rolling_backups.oldest_first(home.visit_folder(visit))
    return [Check("pages", False, error.what, RESTORE if here else ELSEWHERE), _backups(home, visit)]


def _run(name: str, check: Callable[[], Check]) -> Check:
    """The result of one check; a store too damaged even to be read fails it."""
    try:
        return check()
    except (DatabaseError, msgspec.DecodeError, UnicodeDecodeError) as error:
        if driver.is_disk_fault(error):
            raise
        return _unreadable(name)


def _unreadable(name: str) -> Check:
    return Check(name, False, _("the store is damaged and cannot be read here"), RESTORE)


def _pages(copy: VisitStore) -> Check:
    """Every page was authenticated for the copy; here, whether each is what belongs there."""
    faults = [row for row in copy.db.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok"]
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
    tree = forks.held(store.db)
    moved = journal.held_as(store.db, forks.names_of(tree))
    for device in store.devices().values():
        head = entry.GENESIS
        numbers = journal.of_device(store.db, device.device)
        for _seq, identity in numbers[: device.seq]:
            head = entry.chain(head, identity)
        gap = [seq for seq, __ in numbers] != list(range(1, len(numbers) + 1))
        if gap or moved & {*path(device.device, tree.forks)} or head != device.chain or not device.verifies(visit):
            faults.append(f"{device.person} ({device.device[:8]})")
    what = _("no laptop's entries have a gap, and each signature is valid")
    if faults:
        what = _("entries are missing or not as signed: ") + ", ".join(faults)
    return Check("laptops", not faults, what, _("ask those people for a new work file and import it") if faults else "")


def _derived(store: VisitStore) -> Check:
    """Compare the current tables of a copy with the journal."""
    before = {entity: _rows(store, entity) for entity in tables.COLUMNS}
    db = store.db
    db.execute("SAVEPOINT looking")
    try:
        tables.drop_and_rebuild(db)
        after = {entity: _rows(store, entity) for entity in tables.COLUMNS}
    finally:
        db.execute("ROLLBACK TO looking")
        db.execute("RELEASE looking")
    wrong = sorted(entity for entity in before if before[entity] != after[entity])
    what = _("the tables say what the journal says") if not wrong else _("these tables differ: ") + ", ".join(wrong)
    return Check(
        "tables", not wrong, what, _("open the visit once; they are rebuilt from the journal") if wrong else ""
    )


def _words(store: VisitStore) -> Check:
    """Compare the search index of a copy with one built anew."""
    db, index = store.db, search_index.SearchIndex(store.db)
    db.execute("SAVEPOINT looking")
    try:
        index.catch_up()
        before = search_index.picture(db)
        search_index.clear(db)
        index.catch_up()
        well = before == search_index.picture(db)
    except DatabaseError as error:
        if driver.is_disk_fault(error):
            raise
        well = False
    finally:
        db.execute("ROLLBACK TO looking")
        db.execute("RELEASE looking")
    if well:
        return Check("words", True, _("every word that was written is found"), "")
    what = _("the search index does not match what was written")
    return Check("words", False, what, _("nothing: it is made again at the next search"))


def _rows(store: VisitStore, entity: str) -> list[str]:
    return sorted(msgspec.json.encode(row, order="sorted").decode() for row in store.rows(entity))


def _log(folder: Path) -> Check:
    """Tell of a log that had lost saved changes when the visit was opened, until somebody takes the copy of it away."""
    found = change_log.kept(folder)
    if not found:
        return Check("log", True, _("no log of last changes was damaged"), "")
    what = _(
        "when the visit was opened, its log of the last changes was damaged, so the last words written may be "
        "missing: {names}",
        names=", ".join(path.name for path in found),
    )
    do = _("check that the last things you wrote are there, and write again what is missing; then delete that file in "
        "{folder}",
           folder=folder)  # fmt: skip
    return Check("log", False, what, do)


def _backups(home: Home, visit: str) -> Check:
    folder = home.visit_folder(visit)
    paths = rolling_backups.oldest_first(folder)
    bad, gone = [], 0
    for file in paths:
        try:
            backup.count_entries(file, backup.key_here(home, file), folder)
        except ReviewError:
            if file.exists():
                bad.append(file.name)
            else:
                gone += 1  # the newest twenty are kept, and another was made meanwhile
    earlier = len([path for path in rolling_backups.of_earlier_kind(folder) if path.name not in bad])
    well = _("{n} backups open", n=len(paths) - gone)
    if earlier:
        well = _(
            "{n} backups open; {earlier} of them are older and open with the passphrase of that time",
            n=len(paths) - gone,
            earlier=earlier,
        )
    what = well if not bad else _("these backups do not open: ") + ", ".join(bad)
    return Check("backups", not bad, what, _("write a new one: visit backup FILE") if bad else "")
