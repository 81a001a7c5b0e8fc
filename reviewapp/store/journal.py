"""Reading and writing the entries of a visit: plain SQL, because every keystroke and every join goes through here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from reviewapp.store import clock, field_heads, forks, jottings, ordering, search_index, tables, withdrawal
from reviewapp.store.driver import Database, OperationalError
from reviewapp.store.entry import GENESIS, Entry, chain
from reviewapp.visit.entities import FieldAddress, RecordId

COLUMNS = "id, person, device, seq, at, entity, key, field, seal, parents, salt, value, withdrawn"
_OF_ENTRY = ", ".join(f"entry.{name}" for name in COLUMNS.split(", "))
_UNBLANK = "UPDATE entry SET value = ?, salt = ?, withdrawn = 0 WHERE id = ?"
_INSERT = f"INSERT OR IGNORE INTO entry ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def add(db: Database, entries: Sequence[Entry]) -> list[Entry]:
    """Insert the entries that are missing and update everything derived from them; returns the new ones.

    Runs inside the caller's transaction. Entries may come in any order and any number of times. An entry that is here
    only as a blank, though no notice covers it, gets its value back.
    """
    unique = {entry.id: entry for entry in entries}
    known = _known(db, unique)
    fresh = [entry for entry in unique.values() if entry.id not in known]
    blank = [e for e in unique.values() if known.get(e.id) and not e.withdrawn]
    return _insert(db, fresh, blank, unique.values()) if fresh or blank else []


def append(db: Database, made: Sequence[Entry]) -> list[Entry]:
    """Insert entries created here a moment ago, which no other laptop can hold or name yet; returns them.

    Their parents are all here, so which entries they name is put into the table `parent` by the next rebuild.
    """
    return _insert(db, list(made), [], made, made_here=True) if made else []


def _insert(
    db: Database, fresh: list[Entry], blank: list[Entry], entries: Iterable[Entry], *, made_here: bool = False
) -> list[Entry]:
    notices = withdrawal.WithdrawalNotices(db, fresh)
    if notices:
        notices.learn(db, entries)
        fresh = [blanked(e) if notices.takes(e) else e for e in fresh]
        blank = [e for e in blank if not notices.takes(e)]
    db.conn.executemany(_INSERT, map(_row, fresh))
    if blank:
        db.conn.executemany(_UNBLANK, [(_value(e), e.salt, e.id) for e in blank])
    touched = {(entry.entity, entry.key) for entry in (*fresh, *blank)}
    touched |= field_heads.append(db, fresh) if made_here else field_heads.add(db, fresh)
    withdrawn = set[RecordId]()
    if notices:
        withdrawn = _blank(db, notices)
    if withdrawn or blank:
        search_index.clear(db)
    tables.refresh(db, sorted(touched | withdrawn))
    return fresh


def apply_notices(db: Database) -> None:
    """Blank what the notices in the store cover, inside the caller's transaction: an earlier version covered less."""
    notices = withdrawal.WithdrawalNotices(db)
    if notices:
        withdrawn = _blank(db, notices)
        withdrawal.strip_receipts(db)
        withdrawal.mark_to_scrub(db)
        search_index.clear(db)
        tables.refresh(db, sorted(withdrawn))


def _blank(db: Database, notices: withdrawal.WithdrawalNotices) -> set[RecordId]:
    withdrawn = withdrawal.apply(db, notices)
    if jottings.blank(db, notices):
        withdrawal.mark_to_scrub(db)
    return withdrawn


def blanked(entry: Entry) -> Entry:
    """The entry without its value and salt, marked as withdrawn: id, author and time stay."""
    return msgspec.structs.replace(entry, value=None, salt="", withdrawn=True)


def heads(db: Database, address: FieldAddress) -> list[Entry]:
    """The current entries of a field; more than one when two laptops wrote it without knowing of each other."""
    query = f"""SELECT {_OF_ENTRY} FROM head CROSS JOIN entry ON entry.id = head.id
                WHERE head.entity = ? AND head.key = ? AND head.field = ? ORDER BY head.id"""
    return [_entry(row) for row in db.conn.execute(query, address)]


def head_ids(db: Database, address: FieldAddress) -> tuple[str, ...]:
    """The ids of the current entries of a field."""
    query = "SELECT id FROM head WHERE entity = ? AND key = ? AND field = ? ORDER BY id"
    return tuple(str(row[0]) for row in db.execute(query, address))


def newest(db: Database) -> int | None:
    """The place of the newest entry in the order in which entries came; None in a store that keeps no such order."""
    try:
        return int(_one(db, "SELECT coalesce(max(rowid), 0) FROM entry"))
    except OperationalError:  # the first stores
        return None


def head_ids_among(db: Database, address: FieldAddress, *, newest: int | None, also: Container[str]) -> tuple[str, ...]:
    """The ids of the entries that would be current if only those up to `newest` were here, and those in `also`."""
    if newest is None:
        return head_ids(db, address)
    query = "SELECT rowid, id, parents FROM entry WHERE entity = ? AND key = ? AND field = ? ORDER BY id"
    rows = [row for row in db.conn.execute(query, address) if row[0] <= newest or row[1] in also]
    replaced = {parent for __, __, parents in rows for parent in parents.split()}
    return tuple(str(identity) for __, identity, __ in rows if identity not in replaced)


def history(db: Database, entity: str, key: str, *, latest: str = clock.stamp(clock.LATEST)) -> list[Entry]:
    """Every value each field of a record ever had, in the order in which they were written, as far as one can tell.

    An entry comes after those it names as its parents and after those of its device before it, whatever the clocks
    said; else by time. A time after `latest`, or one that cannot be, counts for nothing where anything else tells.
    """
    query = f"SELECT {COLUMNS} FROM entry WHERE entity = ? AND key = ? ORDER BY at, device, seq"
    return ordering.in_order_of_writing([_entry(row) for row in db.execute(query, (entity, key))], latest)


def everything(db: Database) -> Iterator[Entry]:
    """All entries, device by device, in the order each was written."""
    for row in db.execute(f"SELECT {COLUMNS} FROM entry ORDER BY device, seq"):
        yield _entry(row)


def of_devices(db: Database, devices: Sequence[str]) -> Iterator[Entry]:
    """All entries of these devices, device by device, in the order each was written."""
    for device in devices:
        for row in db.execute(f"SELECT {COLUMNS} FROM entry WHERE device = ? ORDER BY seq", (device,)):
            yield _entry(row)


def times_of(db: Database, device: str) -> list[tuple[int, str]]:
    """Number and time of each entry of a device, in order; the time is what that laptop's clock said."""
    query = "SELECT seq, at FROM entry WHERE device = ? ORDER BY seq"
    return [(int(seq), str(at)) for seq, at in db.execute(query, (device,))]


def count_of(db: Database, devices: Sequence[str]) -> int:
    """Number of entries of these devices."""
    query = "SELECT count(*) FROM entry WHERE device IN (SELECT value FROM json_each(?))"
    return int(db.execute(query, (msgspec.json.encode(devices).decode(),)).fetchone()[0])


_SIZE = """500 + length(CAST(value AS BLOB)) + length(parents) * 67 / 65 + 6 * length(key) + length(entity)
           + length(field) + length(person) + length(salt)"""
"""The bytes that an entry takes in a file, or somewhat more."""


def loads(db: Database) -> list[tuple[str, int, int]]:
    """Of each device the bytes that its entries take in a file, or somewhat more, and their number."""
    query = f"SELECT device, sum({_SIZE}), count(*) FROM entry GROUP BY device"
    return [(str(device), int(size), int(many)) for device, size, many in db.execute(query)]


def size_of(db: Database, device: str, after: int = 0) -> int:
    """The bytes that a device's entries beyond the number `after` take in a file, or somewhat more."""
    query = f"SELECT coalesce(sum({_SIZE}), 0) FROM entry WHERE device = ? AND seq > ?"
    return int(db.execute(query, (device, after)).fetchone()[0])


def of_device(db: Database, device: str, after: int = 0) -> list[tuple[int, str]]:
    """Sequence number and id of a device's entries beyond the number `after`, in order.

    Of a branch of a laptop that forked, from the laptop's first entry on.
    """
    known = forks.held(db)
    if device in known.segments:
        return list(enumerate(known.chain(device), start=1))[after:]
    query = "SELECT seq, id FROM entry WHERE device = ? AND seq > ? ORDER BY seq"
    return [(int(seq), str(identity)) for seq, identity in db.execute(query, (device, after))]


def in_order(db: Database, identities: Sequence[str]) -> Iterator[Entry]:
    """The entries with these ids, in this order."""
    found = {one.id: one for one in of_ids(db, identities)}
    for identity in identities:
        yield found[identity]


def held_as(db: Database, names: Mapping[str, str]) -> set[str]:
    """The laptops and branches by whose names these entries should go, of which one does not, or is not here."""
    if not names:
        return set()
    query = "SELECT id, device FROM entry WHERE id IN (SELECT value FROM json_each(?))"
    wanted = msgspec.json.encode(list(names)).decode()
    here = {str(identity): str(device) for identity, device in db.conn.execute(query, (wanted,))}
    return {name for identity, name in names.items() if here.get(identity) != name}


def chain_at(db: Database, device: str, seq: int) -> str | None:
    """The head of the chain over a device's first `seq` entries; None when there are not so many here."""
    own = [identity for __, identity in of_device(db, device)][:seq]
    head = GENESIS
    for identity in own:
        head = chain(head, identity)
    return head if len(own) == seq else None


def ids_among(db: Database, identities: Iterable[str]) -> set[str]:
    """Those of these entries that are here."""
    return set(_known(db, identities))


def ids_after(db: Database, device: str, after: int, *, but_for: Iterable[str]) -> set[str]:
    """The ids of a device's entries beyond the number `after`, but for those about some kinds of record."""
    query = """SELECT id FROM entry WHERE device = ? AND seq > ?
               AND entity NOT IN (SELECT value FROM json_each(?))"""
    without = msgspec.json.encode(sorted(but_for)).decode()
    return {str(identity) for (identity,) in db.execute(query, (device, after, without))}


def of_entity(db: Database, entity: str) -> list[Entry]:
    """The entries about one kind of record, in the order of their times."""
    query = f"SELECT {COLUMNS} FROM entry WHERE entity = ? ORDER BY at, id"
    return [_entry(row) for row in db.conn.execute(query, (entity,))]


def blank_ids(db: Database) -> tuple[str, ...]:
    """The ids of the entries that are blank, as somebody took them back."""
    return tuple(str(row[0]) for row in db.conn.execute("SELECT id FROM entry WHERE withdrawn = 1 ORDER BY id"))


def not_blank(db: Database, identities: Sequence[str]) -> list[str]:
    """Those of these entries that are here and are not blank."""
    query = "SELECT id FROM entry WHERE withdrawn = 0 AND id IN (SELECT value FROM json_each(?)) ORDER BY id"
    wanted = msgspec.json.encode(identities).decode()
    return [str(row[0]) for row in db.conn.execute(query, (wanted,))]


def of_ids(db: Database, identities: Sequence[str]) -> list[Entry]:
    """The entries with these ids, in the order of their ids."""
    query = f"SELECT {COLUMNS} FROM entry WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [_entry(row) for row in db.conn.execute(query, (msgspec.json.encode(identities).decode(),))]


def address_of(db: Database, identity: str) -> FieldAddress | None:
    """Entity, key and field of the entry with this id, or None when it is not here."""
    row = db.execute("SELECT entity, key, field FROM entry WHERE id = ?", (identity,)).fetchone()
    return (str(row[0]), str(row[1]), str(row[2])) if row else None


def keys(db: Database, entity: str) -> list[str]:
    """The keys ever used for a kind of record, deleted records too."""
    rows = db.execute("SELECT DISTINCT key FROM head WHERE entity = ?", (entity,))
    return [str(row[0]) for row in rows]


def ids(db: Database) -> str:
    """The ids of all entries, sorted, one a line; joined by the database, because every join asks for them."""
    return str(_one(db, "SELECT coalesce(group_concat(id, char(10)), '') FROM (SELECT id FROM entry ORDER BY id)"))


def count(db: Database) -> int:
    """Number of entries in the journal."""
    return int(_one(db, "SELECT count(*) FROM entry"))


class LastEntry(NamedTuple):
    """The last entry of a device: number, time by its clock, and its place in the order of arrival on this laptop."""

    device: str
    seq: int
    at: str
    arrival: int


_DEVICES = """WITH RECURSIVE known (device) AS (
                SELECT min(device) FROM entry
                UNION ALL
                SELECT (SELECT min(device) FROM entry WHERE device > known.device) FROM known
                 WHERE known.device IS NOT NULL)"""
"""Every device, found without reading every entry, and NULL after the last."""


def last_entries(db: Database) -> list[LastEntry]:
    """The last entry of each device; only these are read, however long the journal is.

    The first stores keep no order of arrival: there all came at once.
    """
    query = """SELECT device, seq, at, {arrival} FROM entry WHERE id IN (
                 SELECT (SELECT id FROM entry WHERE entry.device = known.device ORDER BY seq DESC LIMIT 1)
                   FROM known)"""
    try:
        rows = db.conn.execute(_DEVICES + query.format(arrival="rowid"))
    except OperationalError:
        rows = db.conn.execute(_DEVICES + query.format(arrival="0"))
    return [LastEntry(str(device), int(seq), str(at), int(row)) for device, seq, at, row in rows]


def heads_of(
    db: Database, entity: str, fields: Sequence[str], keys: Iterable[str] | None = None
) -> list[tuple[str, str, str, int]]:
    """Key, entry id, device and sequence number of the current entries of these fields, of a kind of record.

    `keys`: of these records only.
    """
    wanted = "" if keys is None else "AND head.key IN (SELECT value FROM json_each(?))"
    query = f"""SELECT head.key, entry.id, entry.device, entry.seq FROM head JOIN entry ON entry.id = head.id
                WHERE head.entity = ? AND head.field IN (SELECT value FROM json_each(?)) {wanted}
                ORDER BY head.key, entry.id"""
    given = [entity, *(msgspec.json.encode(list(one)).decode() for one in (fields, keys) if one is not None)]
    return [(str(key), str(i), str(device), int(seq)) for key, i, device, seq in db.execute(query, tuple(given))]


def entries_per_device(db: Database) -> dict[str, int]:
    """The highest sequence number held of each device; read from the index, however long the journal is."""
    query = """SELECT device, (SELECT max(seq) FROM entry WHERE entry.device = known.device) FROM known
                WHERE device IS NOT NULL"""
    return {str(device): int(seq) for device, seq in db.execute(_DEVICES + query)}


def recorded(db: Database, entity: str) -> list[tuple[str, int]]:
    """Device and sequence number of every entry of one kind of record."""
    rows = db.conn.execute("SELECT device, seq FROM entry WHERE entity = ?", (entity,))
    return [(str(device), int(seq)) for device, seq in rows]


def limited(db: Database) -> list[Entry]:
    """The entries of the fields in which something stands apart, or in no other laptop's place."""
    # CROSS: the few limited fields first, as otherwise every entry may be read to look for them.
    query = f"SELECT {COLUMNS} FROM limited CROSS JOIN entry USING (entity, key, field) ORDER BY device, seq"
    return [_entry(row) for row in db.conn.execute(query)]


def write_as_if_by(db: Database, entries: Iterable[Entry], person: str) -> None:
    """In a copy on which anything can be tried: these entries are as if by somebody else."""
    db.conn.executemany("UPDATE entry SET person = ? WHERE id = ?", [(person, one.id) for one in entries])


def conflicts(db: Database) -> list[FieldAddress]:
    """The fields in conflict (entity, key, field), sorted."""
    rows = db.conn.execute("SELECT entity, key, field FROM conflict ORDER BY entity, key, field")
    return [(str(entity), str(key), str(field)) for entity, key, field in rows]


def _one(db: Database, query: str) -> Any:
    return db.execute(query).fetchone()[0]


def _known(db: Database, identities: Iterable[str]) -> dict[str, bool]:
    """The ids that are in the store, each with whether its entry is a blank."""
    query = "SELECT id, withdrawn FROM entry WHERE id IN (SELECT value FROM json_each(?))"
    wanted = msgspec.json.encode(list(identities)).decode()
    return {str(identity): bool(withdrawn) for identity, withdrawn in db.execute(query, (wanted,))}


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.id, entry.person, entry.device, entry.seq, entry.at, entry.entity, entry.key, entry.field, entry.seal,
        " ".join(entry.parents), entry.salt, _value(entry), int(entry.withdrawn),
    )  # fmt: skip


def _value(entry: Entry) -> str:
    return msgspec.json.encode(entry.value).decode()


def _entry(row: Sequence[Any]) -> Entry:
    identity, person, device, seq, at, entity, key, field, seal, parents, salt, value, withdrawn = row
    return Entry(
        identity, person, device, seq, at, entity, key, field, seal, tuple(parents.split()), salt,
        msgspec.json.decode(value), bool(withdrawn),
    )  # fmt: skip
