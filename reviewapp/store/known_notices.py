"""Withdrawals that a home knows of, put in force in a store that does not: one restored from an older backup.

A notice is found in the visit that is being replaced, in those that earlier restores moved aside, and in the rolling
backups. It must not only blank the words here but reach every other laptop, so it has to be an entry that others
believe. One of this laptop's own person is written anew, by the device that goes on. One of somebody else cannot be:
its device's entries are taken over up to the head which that device signed; and where that device has its right only by
what was said of laptops since, also those of the laptops that said so. Nothing of anybody else comes with it.

A notice without the right, which hides words until somebody decides, stays one: where it cannot be taken over it is
written anew as a request, never as a withdrawal.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from reviewapp.base.errors import ReviewError
from reviewapp.store import (
    backup,
    change_log,
    driver,
    forks,
    joining,
    journal,
    marks,
    requests,
    rolling_backups,
    scratch,
    written_files,
)
from reviewapp.store.driver import Database, DatabaseError
from reviewapp.store.entry import Entry
from reviewapp.store.forks import Story
from reviewapp.store.home import Home
from reviewapp.store.signing import Device
from reviewapp.store.visit_store import FieldWrite, VisitStore
from reviewapp.visit.entities import ASK_WITHDRAW, WITHDRAW, FieldAddress
from reviewapp.visit.forks import laptop_of, path


class Source(msgspec.Struct, frozen=True):
    """What one store of the visit says of withdrawals. `journals`: of each device that wrote one, what it signed.

    `blank`: the ids of what is blank there; `vouching`: the journals of devices that said whose laptops are.
    """

    notices: list[Entry]
    devices: dict[str, Device]
    journals: dict[str, list[Entry]]
    written: list[str]
    """The files that were written elsewhere, as that store knows them."""
    blank: tuple[str, ...] = ()
    vouching: dict[str, list[Entry]] = {}
    from_before: list[str] = []
    """Of these the ones from before a withdrawal."""
    asked: frozenset[str] = frozenset()
    """The ids of the notices that have no right, and hide words until somebody decides."""


def sources(home: Home, visit: str) -> list[Source]:
    """What the stores and rolling backups of a visit in this home know; what cannot be read says nothing."""
    folder = home.visit_folder(visit)
    found = [_read(home, one) for one in (folder, *aside(home, visit))]
    here = [one for one in found if one is not None]
    for file in reversed(rolling_backups.oldest_first(folder)):
        inside = _read_backup(home, file, folder)
        if inside is not None:
            here.append(inside)
            if found[0] is not None:
                break  # each holds every withdrawal that was made here before it
    return here


def aside(home: Home, visit: str) -> list[Path]:
    """The folders that restores of this visit have replaced, oldest first."""
    return sorted((home.folder / "visits").glob(f".before-restore-{visit}-*"))


def apply(store: VisitStore, found: Iterable[Source]) -> None:
    """Put the notices in force that this store does not hold; the files that were written elsewhere stay known too."""
    found = list(found)
    for source in found:
        with store.transaction() as db:
            _take(store, db, source)
            for path in source.written:
                written_files.add_to_store(db, path)
    if found:  # the first knows best: what was written anew since is in it no more
        with store.transaction() as db:
            written_files.replace_from_before(db, found[0].from_before)


def _take(store: VisitStore, db: Database, source: Source) -> None:
    known = {_said(one) for one in _notices(db)}
    me = store.local("me")
    anew: dict[FieldAddress, Any] = {}
    for notice in source.notices:
        if _said(notice) in known:
            continue
        signed = source.journals.get(notice.device, [])
        if notice.person != me and any(one.id == notice.id for one in signed):
            joining.take(store, db, [_story(source, notice.device, signed)])
        else:
            entity = ASK_WITHDRAW if notice.id in source.asked else WITHDRAW  # whoever says it anew has a right
            anew[entity, notice.key, notice.field] = notice.value
    _say_anew(store, db, anew)
    if not journal.not_blank(db, source.blank):
        return
    if store.standings().lead_code == me:  # who may withdraw anybody's words
        rightful = [one for one in source.notices if one.id not in source.asked]
        _say_anew(store, db, {(WITHDRAW, one.key, one.field): one.value for one in rightful})
        return
    for device, signed in source.vouching.items():
        joining.take(store, db, [_story(source, device, signed)])
    journal.apply_notices(db)


def _say_anew(store: VisitStore, db: Database, notices: dict[FieldAddress, Any]) -> None:
    for address, value in notices.items():
        said = FieldWrite(*address, value, journal.head_ids(db, address))
        store.write_in(db, [said], person=store.local("me"))


def _said(one: Entry) -> tuple[str, str, bytes]:
    return one.key, one.field, msgspec.json.encode(one.value)


def _story(source: Source, device: str, signed: Iterable[Entry]) -> Story:
    """What a laptop signed, as a file would bring it."""
    laptop = laptop_of(device)
    head = msgspec.structs.replace(source.devices[device], device=laptop)
    return Story(head, [msgspec.structs.replace(one, device=laptop) for one in signed])


def _notices(db: Database) -> list[Entry]:
    return [*journal.of_entity(db, WITHDRAW), *journal.of_entity(db, ASK_WITHDRAW)]


def _in_force(db: Database) -> tuple[list[Entry], frozenset[str]]:
    """The entries of notices that blank or hide something, each with its reason, and the ids of those that only hide.

    Not those of a laptop that was set aside, and not what somebody decided to show again.
    """
    every = _notices(db)
    if not every:
        return [], frozenset()
    notices = requests.read(db)
    blanking = {
        (one.request.said.device, one.request.record)
        for one in notices.all
        if notices.is_rightful(one) and not notices.was_answered(one)
    }
    asking = {(one.device, requests.split(one.record)) for one in requests.open_requests(db)}
    force = {one.id: (one.device, requests.split(one.key)) for one in every}
    asked = frozenset(identity for identity, place in force.items() if place in asking - blanking)
    return [one for one in every if force[one.id] in blanking | asking], asked


def _read(home: Home, folder: Path) -> Source | None:
    """What the store in a folder knows; None where it cannot be opened."""
    try:
        key = home.key_in(folder)
        if change_log.has_lost_changes(folder):
            change_log.keep_damaged(folder, home.clock())  # opening it throws the log away
        if not (folder / "visit.db").stat().st_size:
            return None
        with _connected(folder / "visit.db", key) as db:
            found = source_of(db)
        beside = written_files.beside(folder, key)
        return msgspec.structs.replace(found, written=[*found.written, *beside])
    except (ReviewError, DatabaseError, OSError, msgspec.DecodeError):
        return None


def _read_backup(home: Home, path: Path, beside: Path) -> Source | None:
    try:
        key = backup.key_here(home, path)
        with scratch.scratch_file(beside, "check") as copy:
            backup.copy_out(path, copy)
            with _connected(copy, key) as db:
                return source_of(db)
    except (ReviewError, DatabaseError, OSError, msgspec.DecodeError):
        return None


@contextmanager
def _connected(path: Path, key: bytes) -> Iterator[Database]:
    db = driver.connect(path, key, read_only=True)
    try:
        yield db
    finally:
        with contextlib.suppress(DatabaseError):
            db.close()


def source_of(db: Database) -> Source:
    """What an open store knows."""
    notices, asked = _in_force(db)
    rows = db.execute("SELECT device, person, public_key, seq, chain, signature FROM device").fetchall()
    devices = {str(row[0]): Device(*row) for row in rows}
    tree = forks.held(db)
    for one in notices:  # what was written before a laptop forked, one of its branches signed
        if one.device not in devices and one.device in tree.segments:
            leaf = next(leaf for leaf in tree.leaves(laptop_of(one.device)) if one.device in path(leaf, tree.forks))
            devices[one.device] = devices[leaf]
    journals = {one.device: _signed(db, devices[one.device]) for one in notices if one.device in devices}
    if not notices:
        return Source([], devices, {}, written_files.in_store(db))
    vouching = {
        device: _signed(db, devices[device])
        for device in {one.device for one in marks.held(db)} & devices.keys() - journals.keys()
    }
    return Source(
        notices, devices, journals, written_files.in_store(db),
        blank=journal.blank_ids(db), vouching=vouching,
        from_before=written_files.from_before_withdrawal(db), asked=asked,
    )  # fmt: skip


def _signed(db: Database, device: Device) -> list[Entry]:
    """The entries of a device up to the head that it signed last."""
    ids = [identity for seq, identity in journal.of_device(db, device.device) if seq <= device.seq]
    return list(journal.in_order(db, ids))
