"""The current tables: what every record says now, one table a kind, derived from the journal.

They can be dropped and rebuilt at any time. A field whose heads differ is a conflict: a value among them
(`VALUE_FIELDS`) is then empty, a text shows every version, what a record cannot be without keeps one of its values
(`FIRST_STANDS`), and the field is listed in the table `conflict`. Two laptops that said the same without knowing of
each other agree; that is not a conflict.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.store.driver import Database, OperationalError
from reviewapp.visit.catalogue import ENTITIES, FIRST_STANDS, HEADER, HEADER_FIELDS, VALUE_FIELDS

Place = tuple[str, str]
Row = dict[str, Any]
Columns = dict[str, list[Any]]

_AT_ONCE = 5000
"""Records brought up to date with one question to the store."""

COLUMNS: dict[str, tuple[str, ...]] = {HEADER: HEADER_FIELDS} | {
    name: tuple(info.fields) for name, info in ENTITIES.items()
}


def create_current_tables(db: Database) -> None:
    """One table a kind of record: its key and a JSON text for each field (NULL when nobody has said it)."""
    for entity, fields in COLUMNS.items():
        db.table(entity).create({"key": str, **dict.fromkeys(fields, str)}, pk="key")


def shape() -> str:
    """What tables this version has and how it reads conflicts; kept in the store, so that a change is noticed."""
    meaning = [COLUMNS, sorted(VALUE_FIELDS), sorted(FIRST_STANDS)]
    return hashlib.sha256(msgspec.json.encode(meaning, order="sorted")).hexdigest()


def bring_up_to_date(db: Database) -> None:
    """Make the tables anew when the store's are those of another version; what that one kept unread is read now."""
    row = db.execute("SELECT value FROM local WHERE name = 'tables'").fetchone()
    if row and row[0] == shape():
        return
    with db.atomic():
        for entity in COLUMNS:
            db.execute(f'DROP TABLE IF EXISTS "{entity}"')
        create_current_tables(db)
        drop_and_rebuild(db)
        db.execute("INSERT OR REPLACE INTO local (name, value) VALUES ('tables', ?)", (shape(),))


def drop_and_rebuild(db: Database) -> None:
    """Make every current table anew from the journal, inside the caller's transaction."""
    for entity in COLUMNS:
        db.execute(f'DELETE FROM "{entity}"')
    db.execute("DELETE FROM conflict")
    db.execute("DELETE FROM head")
    db.execute(
        """INSERT INTO head (entity, key, field, id) SELECT entity, key, field, id FROM entry
           WHERE NOT EXISTS (SELECT 1 FROM parent WHERE parent.parent = entry.id)"""
    )
    places = db.execute("SELECT DISTINCT entity, key FROM head").fetchall()
    refresh(db, [(str(entity), str(key)) for entity, key in places])


def refresh(db: Database, places: Iterable[Place]) -> None:
    """Bring the rows of these records up to date with the heads, inside the caller's transaction.

    A record of which everything was taken back again has no row.
    """
    todo = list(places)
    for start in range(0, len(todo), _AT_ONCE):
        _refresh(db, todo[start : start + _AT_ONCE])


def _refresh(db: Database, places: list[Place]) -> None:
    rows: dict[str, list[Row]] = {}
    gone: list[Place] = []
    heads = _heads(db, places)
    torn = []
    for entity, key in places:
        fields = heads.get((entity, key), {})
        torn += [(entity, key, field) for field, values in fields.items() if len(values) > 1 and len(set(values)) > 1]
        if entity not in COLUMNS:
            continue
        if all(value == "null" for values in fields.values() for value in values):
            gone.append((entity, key))
            continue
        shown = {field: _shown(field, values) for field, values in fields.items()}
        rows.setdefault(entity, []).append({"key": key, **shown})
    _write_conflicts(db, places, torn)
    for entity, key in gone:
        db.execute(f'DELETE FROM "{entity}" WHERE key = ?', (key,))
    for entity, found in rows.items():
        columns = ("key", *COLUMNS[entity])
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        cells = [tuple(map(row.get, columns)) for row in found]
        db.conn.executemany(f'INSERT OR REPLACE INTO "{entity}" ({names}) VALUES ({marks})', cells)


def _write_conflicts(db: Database, places: list[Place], torn: list[tuple[str, str, str]]) -> None:
    """There are seldom any, so what is there is looked at once and not record by record."""
    if db.execute("SELECT 1 FROM conflict LIMIT 1").fetchone():
        db.conn.executemany("DELETE FROM conflict WHERE entity = ? AND key = ?", places)
    if torn:
        db.conn.executemany("INSERT INTO conflict (entity, key, field) VALUES (?, ?, ?)", torn)


def read_rows(db: Database, entity: str, keys: Iterable[str] | None = None) -> list[Row]:
    """Rows of one kind, values decoded; all of them, or those with the given keys."""
    columns = read_columns(db, entity, keys)
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def read_columns(db: Database, entity: str, keys: Iterable[str] | None = None) -> Columns:
    """The same column by column, `key` first: a visit is opened with one call of the decoder a column."""
    names = ("key", *COLUMNS[entity])
    quoted = ", ".join(f'"{name}"' for name in names)
    query = f'SELECT {quoted} FROM "{entity}"'
    try:
        if keys is None:
            found = db.execute(query).fetchall()
        else:
            wanted = msgspec.json.encode(list(keys)).decode()
            found = db.execute(f"{query} WHERE key IN (SELECT value FROM json_each(?))", (wanted,)).fetchall()
    except OperationalError:
        if db.table(entity).exists() and set(names) <= set(db.table(entity).columns_dict):
            raise
        found = _rows_of_earlier_version(db, entity, names, keys)
    if not found:
        return {name: [] for name in names}
    own, *cells = zip(*found, strict=True)
    decoded = [msgspec.json.decode("[" + ",".join([cell or "null" for cell in column]) + "]") for column in cells]
    return dict(zip(names, (list(own), *decoded), strict=True))


def _rows_of_earlier_version(
    db: Database, entity: str, names: tuple[str, ...], keys: Iterable[str] | None
) -> list[tuple[Any, ...]]:
    """From a store that is open for reading only, so that its tables could not be made anew."""
    if not db.table(entity).exists():
        return []
    wanted = None if keys is None else set(keys)
    rows = [row for row in db.table(entity).rows if wanted is None or row["key"] in wanted]
    return [tuple(row.get(name) for name in names) for row in rows]


def _heads(db: Database, places: list[Place]) -> dict[Place, dict[str, list[str]]]:
    """The JSON values of the heads of each field of these records."""
    heads: dict[Place, dict[str, list[str]]] = {}
    query = """SELECT head.entity, head.key, head.field, entry.value
               FROM json_each(?) AS place
               CROSS JOIN head ON head.entity = place.value ->> 0 AND head.key = place.value ->> 1
               CROSS JOIN entry ON entry.id = head.id ORDER BY place.key, head.field, head.id"""
    for entity, key, field, value in db.execute(query, (msgspec.json.encode(places).decode(),)):
        heads.setdefault((entity, key), {}).setdefault(field, []).append(value)
    return heads


def _shown(field: str, values: list[str]) -> str | None:
    """The one value; in a conflict nothing for a value, and every version of a text."""
    if len(values) == 1 or len(set(values)) == 1:
        return None if values[0] == "null" else values[0]
    if field in FIRST_STANDS:
        return next((value for value in values if value != "null"), None)
    decoded = [msgspec.json.decode(value) for value in values]
    if field in VALUE_FIELDS or not all(isinstance(value, str) for value in decoded):
        return None
    return msgspec.json.encode("\n\n[other version] ".join(decoded)).decode()
