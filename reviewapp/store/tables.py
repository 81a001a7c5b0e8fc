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

from reviewapp.store.driver import Database
from reviewapp.visit.catalogue import ENTITIES, FIRST_STANDS, HEADER, HEADER_FIELDS, VALUE_FIELDS

Place = tuple[str, str]
Row = dict[str, Any]

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
    rows: dict[str, list[Row]] = {}
    for entity, key in places:
        heads = _heads(db, entity, key)
        db.execute("DELETE FROM conflict WHERE entity = ? AND key = ?", (entity, key))
        for field, values in heads.items():
            if len(set(values)) > 1:
                db.execute("INSERT INTO conflict (entity, key, field) VALUES (?, ?, ?)", (entity, key, field))
        if entity not in COLUMNS:
            continue
        if all(value == "null" for values in heads.values() for value in values):
            db.execute(f'DELETE FROM "{entity}" WHERE key = ?', (key,))
            continue
        rows.setdefault(entity, []).append({"key": key, **{f: _shown(f, values) for f, values in heads.items()}})
    for entity, found in rows.items():
        columns = ("key", *COLUMNS[entity])
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        cells = [tuple(row.get(name) for name in columns) for row in found]
        db.conn.executemany(f'INSERT OR REPLACE INTO "{entity}" ({names}) VALUES ({marks})', cells)


def read_rows(db: Database, entity: str, keys: Iterable[str] | None = None) -> list[Row]:
    """Rows of one kind, values decoded; all of them, or those with the given keys."""
    table = db.table(entity)
    if not table.exists():
        return []  # a store of an earlier version, open for reading only
    found = table.rows if keys is None else table.rows_where(f"key IN ({_quoted(keys)})")
    return [
        {name: value if name == "key" or value is None else msgspec.json.decode(value) for name, value in row.items()}
        for row in found
    ]


def _quoted(keys: Iterable[str]) -> str:
    return ", ".join("'" + key.replace("'", "''") + "'" for key in keys)


def _heads(db: Database, entity: str, key: str) -> dict[str, list[str]]:
    """The JSON values of the heads of each field of a record."""
    heads: dict[str, list[str]] = {}
    query = """SELECT head.field, entry.value FROM head JOIN entry ON entry.id = head.id
               WHERE head.entity = ? AND head.key = ? ORDER BY head.field, head.id"""
    for field, value in db.execute(query, (entity, key)):
        heads.setdefault(field, []).append(value)
    return heads


def _shown(field: str, values: list[str]) -> str | None:
    """The one value; in a conflict nothing for a value, and every version of a text."""
    if len(set(values)) == 1:
        return None if values[0] == "null" else values[0]
    if field in FIRST_STANDS:
        return next((value for value in values if value != "null"), None)
    decoded = [msgspec.json.decode(value) for value in values]
    if field in VALUE_FIELDS or not all(isinstance(value, str) for value in decoded):
        return None
    return msgspec.json.encode("\n\n[other version] ".join(decoded)).decode()
