"""What answers the questions about a set: SQLCipher always, DuckDB or a Spark server where the office has them.

All give equal rows (`tests/core/national/test_engines.py`). DuckDB works in memory alone: its wheel cannot write an
encrypted file, so nothing of it may touch the disk. A Spark server is another machine: it is given ratings of services
by number, and nothing else; whatever counts people is asked of the laptop (`questions.RATINGS_ONLY`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.national.questions import RATINGS_ONLY, questions
from reviewapp.store import question_tables
from reviewapp.store.driver import Database
from reviewapp.store.question_tables import TABLES, Cell, Row, Type

SQLITE, DUCKDB, SPARK = "sqlite", "duckdb", "sc://"
"""How `--engine` names them; a Spark server by its address, which begins like this."""

BATCH = 50_000
"""Rows that are handed on at a time."""
VISITS_AT_A_TIME = 250
"""The same, where whole visits are."""

Batches = Callable[[str, int], Iterable[list[Row]]]
"""Everything that a table holds, so many rows at a time, by the name of the table."""


class Engine(Protocol):
    """Something that answers a question in plain SQL."""

    def rows(self, sql: str) -> list[Row]:
        """The answer, a tuple for each row."""


class SqlCipher:
    """The encrypted store of the set itself; its connection belongs to whoever opened it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def rows(self, sql: str) -> list[Row]:
        """The answer, a tuple for each row."""
        return question_tables.rows(self._db, sql)


class DuckDb:
    """All tables in the memory of this program; `close` gives it back."""

    def __init__(self, db: Database) -> None:
        """Read everything in. Raises ReviewError where DuckDB is not installed."""
        self._connection = _in_memory()
        for name, table in TABLES.items():
            self._connection.execute(question_tables.to_create(name, table.columns))
            load = question_tables.to_load(name, table.columns)
            for columns in question_tables.columns_as_json(db, name, VISITS_AT_A_TIME):
                self._connection.execute(load, columns)

    def rows(self, sql: str) -> list[Row]:
        """The answer, a tuple for each row."""
        found: list[Row] = self._connection.execute(sql).fetchall()
        return found

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()


class ParquetWriter:
    """Tables in memory that are written as Parquet into one folder, and nowhere else; use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        """Raises ReviewError where DuckDB is not installed."""
        self._connection = _in_memory(folder)
        self._columns: dict[str, Mapping[str, Type]] = {}

    def __enter__(self) -> ParquetWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def add(self, name: str, columns: Mapping[str, Type], rows: Sequence[Sequence[Cell | None]]) -> None:
        """Add rows to a table, which is made with the first of them."""
        if name not in self._columns:
            self._connection.execute(question_tables.to_create(name, columns))
            self._columns[name] = columns
        if rows:
            _load(self._connection, name, columns, rows)

    def write(self, name: str, path: Path) -> None:
        """Write a table."""
        self._connection.execute(question_tables.to_write(name, path))


def _in_memory(writable: Path | None = None) -> Any:
    """A DuckDB that reads and writes no file, or only in one folder, and stays so."""
    duckdb = _imported("duckdb", extra="national", name="DuckDB")
    connection = duckdb.connect(":memory:", config=_NOTHING_ON_DISK)
    if writable is not None:
        connection.execute("SET allowed_directories = [?]", [str(writable)])
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def _load(connection: Any, name: str, columns: Mapping[str, Type], rows: Sequence[Sequence[Cell | None]]) -> None:
    values = [msgspec.json.encode(column).decode() for column in zip(*rows, strict=True)]
    connection.execute(question_tables.to_load(name, columns), values)


_NOTHING_ON_DISK = {
    "temp_directory": "",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Spark:
    """Tables on a server that speaks Spark Connect, for as long as the session lasts."""

    def __init__(self, url: str, batches: Batches, tables: Sequence[str] = ("visits", "ratings")) -> None:
        """Send the rows of these tables there. Raises ReviewError where the client or the server is missing."""
        sql = _imported("pyspark.sql", extra="spark", name="Spark Connect")
        types = _imported("pyspark.sql.types", extra="spark", name="Spark Connect")
        kinds = {"INTEGER": types.IntegerType(), "TEXT": types.StringType(), "DOUBLE": types.DoubleType()}
        with _told(url):
            _check_reachable(url)
            self._session = sql.SparkSession.builder.remote(url).getOrCreate()
            for name in tables:
                fields = [types.StructField(column, kinds[kind]) for column, kind in TABLES[name].columns.items()]
                rows = [row for batch in batches(name, BATCH) for row in batch]
                frame = self._session.createDataFrame(rows, types.StructType(fields))
                frame.createOrReplaceTempView(name)
        self._url = url

    def rows(self, sql: str) -> list[Row]:
        """The answer, a tuple for each row."""
        with _told(self._url):
            return [tuple(row) for row in self._session.sql(sql).collect()]

    def close(self) -> None:
        """End the session, and with it what was sent."""
        self._session.stop()


class Split:
    """Ratings asked of one engine, everything that counts people of the store on the laptop."""

    def __init__(self, far: Engine, near: Engine) -> None:
        self._far, self._near = far, near
        self._sent = {questions()[name] for name in RATINGS_ONLY}

    def rows(self, sql: str) -> list[Row]:
        """The answer, a tuple for each row."""
        return (self._far if sql in self._sent else self._near).rows(sql)


@contextmanager
def opened(name: str, db: Database) -> Iterator[Engine]:
    """The engine that `--engine` names, with what the store of a set holds; closed at the end of the block.

    Raises Invalid for an unknown name, ReviewError for one that is not installed or does not answer.
    """
    near = SqlCipher(db)
    if name == SQLITE:
        yield near
        return

    def batches(table: str, size: int) -> Iterable[list[Row]]:
        return question_tables.batches(db, table, size)

    if name == DUCKDB:
        memory = DuckDb(db)
        try:
            yield memory
        finally:
            memory.close()
    elif name.startswith(SPARK):
        server = Spark(name, batches)
        try:
            yield Split(server, near)
        finally:
            server.close()
    else:
        raise Invalid(
            _("there is no engine {name}", name=f"{name!r}"),
            field="engine",
            do=_("give sqlite, duckdb, or the address of a Spark server (sc://host:15002)"),
        )


def _check_reachable(url: str) -> None:
    """Raise OSError where nothing listens there: the client itself would go on trying for ten minutes."""
    import socket
    from urllib.parse import urlsplit

    try:
        place = urlsplit(url)
        address = place.hostname or "", place.port or _SPARK_PORT
    except ValueError as error:
        raise OSError(str(error)) from error
    socket.create_connection(address, timeout=_PATIENCE_S).close()


_SPARK_PORT, _PATIENCE_S = 15002, 10


def _imported(module: str, *, extra: str, name: str) -> Any:
    """A module of an extra. Raises ReviewError naming the extra where it is not installed."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError as error:
        raise ReviewError(
            _("{name} is not installed here", name=name),
            do=_("install reviewapp[{extra}], or leave --engine out", extra=extra),
        ) from error


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Say in one line what a server answered, or that none did."""
    errors = _imported("pyspark.errors", extra="spark", name="Spark Connect")
    grpc = _imported("grpc", extra="spark", name="Spark Connect")
    try:
        yield
    except (errors.PySparkException, grpc.RpcError, OSError) as error:
        said = " ".join(str(error).split())[:_LONGEST_ANSWER]
        raise ReviewError(
            _("the Spark server {url} did not answer as it should: {said}", url=url, said=said),
            do=_("check the address and that it runs, or leave --engine out"),
        ) from error


_LONGEST_ANSWER = 200
