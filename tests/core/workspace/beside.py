"""Another connection of the same visit that writes between any two statements of one that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from reviewapp.base.errors import ReviewError
from reviewapp.store import driver
from reviewapp.workspace.open_visit import OpenVisit

Write = Callable[[], object]


@dataclass
class Beside:
    """How often was written beside the reader, and how often that had to wait because it wrote itself."""

    written: int = 0
    waited: int = 0


@contextmanager
def writing_beside(reader: OpenVisit, writer: OpenVisit, write: Write) -> Iterator[Beside]:
    """While the block runs, `write` is called before each statement of `reader`, and of each connection that is opened.

    The writer waits for nobody: where it would have to, it goes on without having written.
    """
    told = Beside()
    failed: list[BaseException] = []
    inside = False

    def between(_statement: str) -> None:
        nonlocal inside
        if inside or failed:
            return
        inside = True
        try:
            write()
            told.written += 1
        except ReviewError as error:
            if error.__cause__ is not None and driver.is_busy(error.__cause__):
                told.waited += 1
            else:
                failed.append(error)
        except BaseException as error:  # SQLite would swallow it
            failed.append(error)
        finally:
            inside = False

    def connect(*args: Any, **kwargs: Any) -> driver.Database:
        db = plain(*args, **kwargs)
        if args[0].name == "visit.db":
            db.conn.set_trace_callback(between)
        return db

    plain = driver.connect
    reader._store.db.conn.set_trace_callback(between)
    driver.connect = connect
    try:
        with driver.without_waiting(writer._store.db):
            yield told
    finally:
        driver.connect = plain
        reader._store.db.conn.set_trace_callback(None)
    if failed:
        raise failed[0]
