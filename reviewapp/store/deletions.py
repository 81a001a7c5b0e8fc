"""Deleting on one laptop against changing on another: a deletion lists the entries its author saw.

The parents of an entry are of its own field, so the entry `deleted: true` alone does not show whether its author knew
the newest text of the record. Beside it therefore, in the field `deleted_seeing`, stands the list of the entries that
were current when the record was deleted: its own, and for an interview or a case note also those of the notes, quotes
and cells that disappear with it. A current entry whose value differs from the one seen in its field is a change the
deleter did not know of: the field `deleted` is then a conflict, the record stays visible, and the change stands beside
the deletion as "kept". Deleting again, or choosing the deletion, writes the list anew; writing any other value takes
the deletion back.

Values are compared, not entries, so undoing and doing again on one laptop is no conflict. All follows from entries, in
whatever order they arrive; no clock is asked. A deletion without such a list (written by an earlier version) is taken
to have seen everything.

Deleting is no way round who may replace whose words (`visit.standing`): what another laptop said, and the deleter may
not replace, stays in sight in the same way until somebody who may has decided.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from reviewapp.store import marks
from reviewapp.store.driver import Database
from reviewapp.visit.entities import FieldAddress, RecordId
from reviewapp.visit.standing import Said

DELETED = "deleted"
SEEING = "deleted_seeing"

_HOLDERS = {"answer": "interview", "quote": "interview", "audit": "case_note"}
"""The kinds of record that disappear with an interview or a case note."""


def current_entry_ids(db: Database, entity: str, key: str) -> list[str]:
    """The ids for the list of a deletion made now: the current entries of a record and of what disappears with it."""
    return sorted(one.said.id for one in _current(db, entity, key))


def unseen_entry_ids(db: Database, entity: str, key: str) -> list[str]:
    """The ids of the current entries that no deletion of this record was written knowing, or may take away."""
    current = _current(db, entity, key)
    return sorted({*_unseen(db, entity, key, current), *_untouchable(db, entity, key, current)})


def _unseen(db: Database, entity: str, key: str, current: list[_CurrentEntry]) -> list[str]:
    query = "SELECT value FROM entry JOIN head USING (id) WHERE head.entity = ? AND head.key = ? AND head.field = ?"
    values = [msgspec.json.decode(row[0]) for row in db.execute(query, (entity, key, SEEING))]
    lists = [ids for ids in values if isinstance(ids, list)]
    if not lists:
        return []
    query = "SELECT entity, key, field, value FROM entry WHERE id IN (SELECT value FROM json_each(?))"
    wanted = msgspec.json.encode([identity for ids in lists for identity in ids]).decode()
    known: dict[FieldAddress, set[str]] = {}
    for *address, value in db.execute(query, (wanted,)):
        known.setdefault((address[0], address[1], address[2]), set()).add(value)
    return [one.said.id for one in current if one.value not in known.get(one.address, {"null"})]


def _untouchable(db: Database, entity: str, key: str, current: list[_CurrentEntry]) -> list[str]:
    """What another laptop said and no deleter may replace."""
    query = """SELECT entry.id, device, person, seq FROM entry JOIN head USING (id)
               WHERE head.entity = ? AND head.key = ? AND head.field = ? AND value = 'true'"""
    rows = db.conn.execute(query, (entity, key, DELETED))
    deleters = [Said(identity, device, person, seq, ()) for identity, device, person, seq in rows]
    devices = {one.device for one in deleters}
    others = [one for one in current if one.value != "null" and one.said.device not in devices]
    if not others or not deleters:
        return []
    standings = marks.load(db)
    return [
        one.said.id
        for one in others
        if not any(standings.may_replace(one.address, deleter, one.said) for deleter in deleters)
    ]


def hiding(db: Database, records: Iterable[RecordId]) -> set[RecordId]:
    """The deleted interviews and case notes that some of these records may belong to."""
    holders = {_HOLDERS[entity] for entity, _ in records if entity in _HOLDERS}
    query = """SELECT head.entity, head.key FROM head JOIN entry ON entry.id = head.id
               WHERE head.entity = ? AND head.field = ? AND entry.value = 'true'"""
    return {(entity, str(key)) for holder in holders for entity, key in db.execute(query, (holder, DELETED))}


class _CurrentEntry(NamedTuple):
    """A current entry, and its value in JSON."""

    address: FieldAddress
    said: Said
    value: str


def _current(db: Database, entity: str, key: str) -> list[_CurrentEntry]:
    """The current entries, without withdrawn ones and those about the deletion."""
    query = """SELECT head.entity, head.key, head.field, head.id, device, person, seq, entry.value
               FROM json_each(?) AS place
               CROSS JOIN head ON head.entity = place.value ->> 0 AND head.key = place.value ->> 1
               CROSS JOIN entry ON entry.id = head.id
               WHERE entry.withdrawn = 0 AND head.field NOT IN (?, ?) ORDER BY head.id"""
    records = msgspec.json.encode([(entity, key), *_belonging(db, entity, key)]).decode()
    return [
        _CurrentEntry((e, k, f), Said(identity, device, person, seq, ()), value)
        for e, k, f, identity, device, person, seq, value in db.conn.execute(query, (records, DELETED, SEEING))
    ]


def _belonging(db: Database, entity: str, key: str) -> list[RecordId]:
    identity, _, author = key.rpartition("/")
    kinds = [kind for kind in ("answer", "audit") if _HOLDERS[kind] == entity]
    found: list[RecordId] = []
    for kind in kinds:  # their keys begin with the id, "P1/...", which lie between "P1/" and "P10"
        rows = db.execute(
            "SELECT DISTINCT key FROM head WHERE entity = ? AND key > ? AND key < ?",
            (kind, f"{identity}/", f"{identity}0"),
        )
        found += [(kind, str(row[0])) for row in rows]
    if entity == "interview":
        rows = db.execute(
            """SELECT head.key FROM head JOIN entry ON entry.id = head.id
               WHERE head.entity = 'quote' AND head.field = 'interview' AND entry.value = ?""",
            (msgspec.json.encode(identity).decode(),),
        )
        found += [("quote", str(row[0])) for row in rows]
    return [record for record in found if record[1].endswith(f"/{author}")]
