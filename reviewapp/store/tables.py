"""The current tables: the present value of every field of every record, one table a kind, derived from the journal.

They can be dropped and rebuilt at any time. A field whose heads differ is a conflict: a value among them
(`VALUE_FIELDS`) is then empty, a text shows every version, a field that its record cannot be without keeps one of its
values (`FIRST_STANDS`), and the field is listed in the table `conflict`. Two laptops that wrote the same value without
knowing of each other agree; that is not a conflict. A record deleted by somebody who did not know its newest text is
one too (`deletions`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import msgspec

from reviewapp.base import limits
from reviewapp.store import deletions, field_heads, search_index, versions
from reviewapp.store.driver import Database, OperationalError
from reviewapp.visit.entities import (
    BEGUN,
    DERIVED,
    ENTITIES,
    FIRST_STANDS,
    HEADER,
    HEADER_FIELDS,
    HEADER_SECOND,
    IDENTIFYING,
    VALUE_FIELDS,
    FieldAddress,
    RecordId,
    record_identity,
)
from reviewapp.visit.sorting import sort_text

TableRow = dict[str, Any]

_BATCH_SIZE = 5000
"""Number of records brought up to date with one query."""

COLUMNS: dict[str, tuple[str, ...]] = {HEADER: (*HEADER_FIELDS, *HEADER_SECOND)} | {
    name: tuple(info.fields) for name, info in ENTITIES.items()
}

_LAYOUT = 7
"""Version of the tables' layout: raised whenever it changes."""


def create_current_tables(db: Database) -> None:
    """Create one table for each kind of record, in the order of `place`, which sorts keys naturally (2 before 10).

    `own` is the end of the record's JSON, with what follows from its key (NULL for a record that does not exist or was
    deleted); then a JSON text for each field (NULL when it was never written).
    """
    for entity, fields in COLUMNS.items():
        columns = "".join(f', "{field}" TEXT' for field in fields)
        db.execute(
            f'CREATE TABLE "{entity}" (place TEXT PRIMARY KEY, key TEXT NOT NULL, own TEXT{columns}) WITHOUT ROWID'
        )


def shape() -> str:
    """Hash of this version's tables and its rules for conflicts; kept in the store, so that a change is noticed."""
    meaning = [_LAYOUT, COLUMNS, sorted(VALUE_FIELDS), sorted(FIRST_STANDS), sorted(map(str, DERIVED.items()))]
    return hashlib.sha256(msgspec.json.encode(meaning, order="sorted")).hexdigest()


def rebuild_if_outdated(db: Database) -> None:
    """Rebuild the tables of a store that another version wrote; entries which that one could not use are now used."""
    if _is_current(db):
        return
    with db.atomic():
        for entity in COLUMNS:
            db.execute(f'DROP TABLE IF EXISTS "{entity}"')
        create_current_tables(db)
        field_heads.drop_tables(db)
        field_heads.create_tables(db)
        drop_and_rebuild(db)
        db.execute("INSERT OR REPLACE INTO local (name, value) VALUES ('tables', ?)", (shape(),))


def mark_outdated(db: Database) -> None:
    """Have the tables rebuilt when the store is opened next, inside the caller's transaction."""
    db.execute("INSERT OR REPLACE INTO local (name, value) VALUES ('tables', '')")


def drop_and_rebuild(db: Database) -> None:
    """Rebuild every current table from the journal, inside the caller's transaction.

    The search index is emptied, and fills again at the next search.
    """
    search_index.clear(db)
    for entity in COLUMNS:
        db.execute(f'DELETE FROM "{entity}"')
    db.execute("DELETE FROM conflict")
    field_heads.rebuild(db)
    places = db.execute("SELECT DISTINCT entity, key FROM head").fetchall()
    refresh(db, [(str(entity), str(key)) for entity, key in places])


def refresh(db: Database, places: Iterable[RecordId]) -> None:
    """Update the rows of these records from the heads, inside the caller's transaction.

    A record whose fields are all empty again has no row.
    """
    todo = list(places)
    todo += sorted(deletions.hiding(db, todo) - set(todo))
    for start in range(0, len(todo), _BATCH_SIZE):
        _refresh(db, todo[start : start + _BATCH_SIZE])


def _refresh(db: Database, places: list[RecordId]) -> None:
    rows: dict[str, list[TableRow]] = {}
    gone: list[RecordId] = []
    said = _heads(db, places)
    in_conflict = []
    for entity, key in places:
        fields = said.get((entity, key), {})
        begun_twice = _is_begun_twice(db, (entity, key), fields)
        fields_in_conflict = _fields_in_conflict(db, (entity, key), fields)
        if begun_twice and BEGUN[entity] not in fields_in_conflict:
            fields_in_conflict.append(BEGUN[entity])
        in_conflict += [(entity, key, field) for field in fields_in_conflict]
        if entity not in COLUMNS:
            continue
        if all(value == "null" for values in fields.values() for value in values):
            gone.append((entity, key))
            continue
        shown = {field: _shown(db, (entity, key, field), values) for field, values in fields.items()}
        if deletions.DELETED in fields_in_conflict:
            shown[deletions.DELETED] = None
        own = None if begun_twice else _own(entity, key, shown)
        rows.setdefault(entity, []).append({"place": sort_text(key), "key": key, "own": own} | shown)
    _write_conflicts(db, places, in_conflict)
    for entity, key in gone:
        db.execute(f'DELETE FROM "{entity}" WHERE place = ?', (sort_text(key),))
    for entity, found in rows.items():
        columns = ("place", "key", "own", *COLUMNS[entity])
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        cells = [tuple(map(row.get, columns)) for row in found]
        db.conn.executemany(f'INSERT OR REPLACE INTO "{entity}" ({names}) VALUES ({marks})', cells)


def _is_begun_twice(db: Database, record: RecordId, fields: dict[str, list[str]]) -> bool:
    """Whether two laptops began a record of somebody without one having known: until settled it is nobody's."""
    field = BEGUN.get(record[0], "")
    return len(fields.get(field, ())) > 1 and field_heads.begun_twice(db, (*record, field))


def _fields_in_conflict(db: Database, record: RecordId, fields: dict[str, list[str]]) -> list[str]:
    """The fields of a record that are in conflict."""
    in_conflict = [field for field, values in fields.items() if len(set(values)) > 1 and field != deletions.SEEING]
    deleted = "true" in fields.get(deletions.DELETED, ())
    if deleted and deletions.DELETED not in in_conflict and deletions.unseen_entry_ids(db, *record):
        in_conflict.append(deletions.DELETED)
    return in_conflict


def _write_conflicts(db: Database, places: list[RecordId], in_conflict: list[FieldAddress]) -> None:
    """Replace the list of conflicts of these records; conflicts are rare, so one query first asks whether any exist."""
    if db.conn.execute("SELECT 1 FROM conflict LIMIT 1").fetchone():
        db.conn.executemany("DELETE FROM conflict WHERE entity = ? AND key = ?", places)
    if in_conflict:
        db.conn.executemany("INSERT INTO conflict (entity, key, field) VALUES (?, ?, ?)", in_conflict)


def read_rows(db: Database, entity: str) -> list[TableRow]:
    """All rows of one kind with decoded values, key and fields; deleted records too."""
    names = COLUMNS[entity]
    return [
        {"key": key} | {name: msgspec.json.decode(cell or "null") for name, cell in zip(names, cells, strict=True)}
        for key, *cells in _cells(db, entity)
    ]


def read_records(db: Database, entity: str, keys: Iterable[str] | None = None) -> str:
    """The existing records of one kind, as one JSON array in the order of their keys; with `keys` only those.

    The database concatenates the text, so a large visit costs one call of the decoder for each kind.
    """
    try:
        if keys is None:
            row = db.conn.execute(_records_query(entity)).fetchone()
        else:
            places = [sort_text(key) for key in keys]
            one = len(places) == 1  # nearly always, and then it takes half as long
            wanted = places[0] if one else msgspec.json.encode(places).decode()
            row = db.conn.execute(_records_query(entity, "one" if one else "some"), (wanted,)).fetchone()
    except OperationalError:
        if _is_current(db):
            raise
        return _records_of_earlier_version(db, entity, keys)
    return f"[{row[0] or ''}]"


@lru_cache
def _records_query(entity: str, which: Literal["all", "some", "one"] = "all") -> str:
    """The query for records of one kind: all, some (a JSON array of places), or one (its place).

    Cached, because building it takes longer than one record.

    SQLite keeps the order of a query that an aggregate reads from.
    """
    parts = "".join(f"""coalesce('"{name}":' || {_quoted(name)} || ',', '') || """ for name in _held(entity))
    wanted = {"all": "", "some": "AND place IN (SELECT value FROM json_each(?))", "one": "AND place = ?"}[which]
    return f"""SELECT group_concat(record, ',') FROM (
                 SELECT '{{' || {parts} own AS record FROM "{entity}" WHERE own IS NOT NULL {wanted} ORDER BY place
               )"""


def deleted(db: Database, entity: str) -> set[str]:
    """The keys of the records of one kind that were deleted, or were begun on two laptops and wait to be settled."""
    if "deleted" not in COLUMNS[entity]:
        return set()
    found = {key for key, cell in _cells(db, entity, ("deleted",)) if cell == "true"}
    waiting = {str(key) for (key,) in db.conn.execute(_IN_CONFLICT, (entity, BEGUN.get(entity, "")))}
    if waiting:
        there = db.conn.execute(f'SELECT key FROM "{entity}" WHERE own IS NULL')
        found |= waiting & {str(key) for (key,) in there}
    return found


_IN_CONFLICT = "SELECT key FROM conflict WHERE entity = ? AND field = ?"


def _held(entity: str) -> list[str]:
    """The fields that a record holds as they were written: not `deleted`, and not those derived from its key."""
    return [name for name in COLUMNS[entity] if name != "deleted" and name not in DERIVED.get(entity, ())]


def _own(entity: str, key: str, shown: dict[str, str | None]) -> str | None:
    """The end of the record's JSON, which follows its fields; None when the record does not exist."""
    values = {name: msgspec.json.decode(shown.get(name) or "null") for name in IDENTIFYING & shown.keys()}
    own = record_identity(entity, key, values)
    return None if own is None else msgspec.json.encode(own).decode()[1:]


def _cells(db: Database, entity: str, names: tuple[str, ...] | None = None) -> list[tuple[Any, ...]]:
    """Key and the JSON texts of these fields, or of all; also from a store that another version wrote."""
    wanted = ("key", *(COLUMNS[entity] if names is None else names))
    try:
        return db.execute(f'SELECT {", ".join(map(_quoted, wanted))} FROM "{entity}"').fetchall()
    except OperationalError:
        if _is_current(db):
            raise
    return [tuple(row.get(name) for name in wanted) for row in db.table(entity).rows]


def _is_current(db: Database) -> bool:
    row = db.execute("SELECT value FROM local WHERE name = 'tables'").fetchone()
    return bool(row) and row[0] == shape()


def _records_of_earlier_version(db: Database, entity: str, keys: Iterable[str] | None) -> str:
    """As `read_records`, from a store of another version that is open for reading only and cannot be rebuilt."""
    wanted = None if keys is None else set(keys)
    found = []
    for key, *cells in sorted(_cells(db, entity), key=_by_place):
        shown = dict(zip(COLUMNS[entity], cells, strict=True))
        own = _own(entity, key, shown)
        if own is not None and (wanted is None or key in wanted):
            fields = "".join(f'"{name}":{shown[name]},' for name in _held(entity) if shown[name] is not None)
            found.append(f"{{{fields}{own}")
    return f"[{','.join(found)}]"


def _by_place(row: tuple[Any, ...]) -> str:
    return sort_text(row[0])


def _quoted(name: str) -> str:
    """The column in brackets: SQLite reads a name in double quotes that is no column as a string."""
    return f"[{name}]"


_HEADS_OF_ONE = """SELECT head.entity, head.key, head.field, entry.value
                   FROM head CROSS JOIN entry ON entry.id = head.id
                   WHERE head.entity = ? AND head.key = ? ORDER BY head.field, head.id"""
_HEADS_OF_MANY = """SELECT head.entity, head.key, head.field, entry.value
                    FROM json_each(?) AS place
                    CROSS JOIN head ON head.entity = place.value ->> 0 AND head.key = place.value ->> 1
                    CROSS JOIN entry ON entry.id = head.id ORDER BY place.key, head.field, head.id"""


def _heads(db: Database, places: list[RecordId]) -> dict[RecordId, dict[str, list[str]]]:
    """The JSON values of the heads of each field of these records."""
    found: dict[RecordId, dict[str, list[str]]] = {}
    wanted: tuple[str, ...]
    if len(places) == 1:  # as when somebody rates; it takes half as long
        query, wanted = _HEADS_OF_ONE, places[0]
    else:
        query, wanted = _HEADS_OF_MANY, (msgspec.json.encode(places).decode(),)
    for entity, key, field, value in db.conn.execute(query, wanted):
        found.setdefault((entity, key), {}).setdefault(field, []).append(value)
    return found


def _shown(db: Database, address: FieldAddress, values: list[str]) -> str | None:
    """The value a field shows: its one value; in a conflict nothing for a value, and every version of a text.

    Of very many versions some are shown (`versions`).
    """
    field = address[2]
    if len(set(values)) == 1:
        return None if values[0] == "null" else values[0]
    if field in FIRST_STANDS:
        return next((value for value in values if value != "null"), None)
    decoded = [msgspec.json.decode(value) for value in values]
    if field in VALUE_FIELDS or not all(isinstance(value, str) for value in decoded):
        return None
    more = 0
    if len(decoded) > limits.MOST_VERSIONS:
        some, more = versions.shown(db, address)
        query = "SELECT value FROM entry WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
        decoded = [msgspec.json.decode(row[0]) for row in db.conn.execute(query, (msgspec.json.encode(some).decode(),))]
    return msgspec.json.encode(versions.joined(decoded, more)).decode()
