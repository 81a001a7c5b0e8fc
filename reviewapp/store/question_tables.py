"""The tables that the questions asked of a set of visits read: whole numbers, short codes, nothing that names anybody.

The same names and types in every engine. Here they lie in the encrypted store of the set, beside what was received, and
follow from it: they can be emptied and filled again at any time. What a number means: `national.tables`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from reviewapp.store.driver import Database

Type = Literal["INTEGER", "TEXT", "DOUBLE"]
Cell = int | float | str
Row = tuple[Cell, ...]
Rows = Mapping[str, list[Row]]
"""Rows by the name of their table."""


class Table(NamedTuple):
    """A table: its columns with their types, and how many of the first of them name a row."""

    columns: dict[str, Type]
    keys: int


TABLES: Mapping[str, Table] = {
    "visits": Table(
        {
            "visit": "INTEGER",
            "team": "INTEGER",
            "cycle": "TEXT",
            "month": "TEXT",
            "kind": "TEXT",
            "status": "TEXT",
            "revision": "INTEGER",
        },
        1,
    ),
    "ratings": Table(
        {
            "visit": "INTEGER",
            "part": "INTEGER",
            "standard": "INTEGER",
            "counts": "INTEGER",
            "basis": "INTEGER",
            "score": "INTEGER",
        },
        3,
    ),
    "survey_answers": Table(
        {
            "visit": "INTEGER",
            "grp": "TEXT",
            "standard": "INTEGER",
            "yes": "INTEGER",
            "no": "INTEGER",
            "na": "INTEGER",
        },
        3,
    ),
    "audit_answers": Table(
        {
            "visit": "INTEGER",
            "item": "TEXT",
            "yes": "INTEGER",
            "no": "INTEGER",
            "na": "INTEGER",
            "not_recorded": "INTEGER",
        },
        2,
    ),
    "action_counts": Table({"visit": "INTEGER", "standard": "TEXT", "state": "TEXT", "n": "INTEGER"}, 3),
    "facts": Table({"visit": "INTEGER", "field": "TEXT", "value": "DOUBLE", "yesno": "INTEGER"}, 2),
    "people": Table({"visit": "INTEGER", "what": "TEXT", "name": "TEXT", "n": "INTEGER"}, 3),
}


def create(db: Database) -> None:
    """Make the tables where they are not yet, inside the caller's transaction."""
    for name, table in TABLES.items():
        keys = ", ".join(list(table.columns)[: table.keys])
        db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({_columns(table)}, PRIMARY KEY ({keys})) WITHOUT ROWID")


def insert(db: Database, rows: Rows) -> None:
    """Add the rows of one visit, inside the caller's transaction; it must have none here yet."""
    for name, found in rows.items():
        db.conn.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(TABLES[name].columns))})", found)


def delete(db: Database, visit: int) -> None:
    """Remove every row of one visit, inside the caller's transaction."""
    for name in TABLES:
        db.execute(f"DELETE FROM {name} WHERE visit = ?", (visit,))


def clear(db: Database) -> None:
    """Remove every row, inside the caller's transaction."""
    for name in TABLES:
        db.execute(f"DELETE FROM {name}")


def rows(db: Database, sql: str) -> list[Row]:
    """The answer to a question."""
    return [tuple(row) for row in db.execute(sql)]


def visits(db: Database) -> list[int]:
    """The numbers of the visits that have rows, in order."""
    return [int(row[0]) for row in db.execute("SELECT visit FROM visits ORDER BY visit")]


def of_visit(db: Database, visit: int) -> dict[str, list[Row]]:
    """Every row of one visit, by table, sorted."""
    return {
        name: sorted(tuple(row) for row in db.execute(f"SELECT * FROM {name} WHERE visit = ?", (visit,)))
        for name in TABLES
    }


def batches(db: Database, name: str, size: int) -> Iterable[list[Row]]:
    """Everything that a table holds, so many rows at a time, in the order of its keys."""
    keys = ", ".join(list(TABLES[name].columns)[: TABLES[name].keys])
    found = db.execute(f"SELECT {', '.join(TABLES[name].columns)} FROM {name} ORDER BY {keys}")
    while batch := found.fetchmany(size):
        yield [tuple(row) for row in batch]


def columns_as_json(db: Database, name: str, size: int) -> Iterable[list[str]]:
    """Everything that a table holds as JSON lists, one for each column, of so many visits at a time.

    SQLite writes them itself: for DuckDB that is twice as fast as rows that pass through Python.
    """
    columns = ", ".join(f"json_group_array({_as_json(*one)})" for one in TABLES[name].columns.items())
    numbers = visits(db)
    for first in range(0, len(numbers), size):
        ends = numbers[first], numbers[min(first + size, len(numbers)) - 1]
        found = db.execute(f"SELECT {columns} FROM {name} WHERE visit BETWEEN ? AND ?", ends).fetchone()
        yield [str(column) for column in found]


def _as_json(column: str, kind: Type) -> str:
    """A value as JSON; 17 digits tell every decimal number from every other."""
    return f"json(printf('%!.17g', {column}))" if kind == "DOUBLE" else column


def to_create(name: str, columns: Mapping[str, Type]) -> str:
    """The statement that makes a table in DuckDB."""
    return f"CREATE TABLE {name} ({_listed(columns)})"


def to_load(name: str, columns: Mapping[str, Type]) -> str:
    """The statement by which DuckDB takes rows: a parameter for each column, its values as a JSON list."""
    values = ", ".join(f"unnest(from_json(?, '[\"{_VALUES[kind]}\"]'))" for kind in columns.values())
    return f"INSERT INTO {name} SELECT {values}"


def to_write(name: str, path: Path) -> str:
    """The statement by which DuckDB writes a table as Parquet, sorted, so that the order tells nothing."""
    file = str(path).replace("'", "''")
    return f"COPY (SELECT * FROM {name} ORDER BY ALL) TO '{file}' (FORMAT parquet, COMPRESSION zstd)"


_VALUES: Mapping[Type, str] = {"INTEGER": "INTEGER", "TEXT": "VARCHAR", "DOUBLE": "DOUBLE"}


def _columns(table: Table) -> str:
    return _listed(table.columns)


def _listed(columns: Mapping[str, Type]) -> str:
    return ", ".join(f"{column} {kind}" for column, kind in columns.items())
