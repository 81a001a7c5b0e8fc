"""Where files of a visit were written outside its folder: packs, returns, backups, documents.

They may survive a withdrawal or a purge, so both list them. Known are those in the store, and those in a file beside
it, as a document may be saved while another program has the visit, on a connection that writes nothing into the store.
Each line of that file is encrypted with the key of the store; who next opens the visit to write takes it over.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from reviewapp.base import private_files
from reviewapp.base.names import as_text
from reviewapp.store import key_wrapping
from reviewapp.store.driver import Database

NAME = "written.log"
_PURPOSE = "written elsewhere"


_WRITTEN, _FROM_BEFORE = "written", "written_before_withdrawal"


def in_store(db: Database) -> list[str]:
    """The files that a store knows of, oldest first."""
    return _read(db, _WRITTEN)


def add_to_store(db: Database, path: str) -> None:
    """A file was written now: the store knows of it from then on, inside the caller's transaction.

    What it holds is from after every withdrawal so far.
    """
    known, before = in_store(db), from_before_withdrawal(db)
    if path not in known:
        _write(db, _WRITTEN, [*known, path])
    if path in before:
        _write(db, _FROM_BEFORE, [one for one in before if one != path])


def from_before_withdrawal(db: Database) -> list[str]:
    """The files that may still hold what was withdrawn, as they were written before that."""
    return _read(db, _FROM_BEFORE)


def note_withdrawal(db: Database, written: list[str]) -> None:
    """Something was withdrawn when these had been written, inside the caller's transaction."""
    _write(db, _FROM_BEFORE, list(dict.fromkeys([*from_before_withdrawal(db), *written])))


def replace_from_before(db: Database, paths: list[str]) -> None:
    """Exactly these may still hold what was withdrawn, inside the caller's transaction."""
    _write(db, _FROM_BEFORE, paths)


def _read(db: Database, name: str) -> list[str]:
    row = db.conn.execute("SELECT value FROM local WHERE name = ?", (name,)).fetchone()
    return [line for line in str(row[0]).split("\n") if line] if row else []


def _write(db: Database, name: str, paths: list[str]) -> None:
    db.execute("INSERT OR REPLACE INTO local (name, value) VALUES (?, ?)", (name, "\n".join(paths)))


def beside(folder: Path, key: bytes) -> list[str]:
    """The files that were noted beside the store, oldest first; a line that this key does not open says nothing."""
    found = []
    with contextlib.suppress(OSError, UnicodeDecodeError):
        for line in (folder / NAME).read_text("ascii").splitlines():
            with contextlib.suppress(ValueError):
                path = key_wrapping.unwrap(key, line, _PURPOSE)
                found += [path.decode("utf-8", "surrogateescape")] if path is not None else []
    return list(dict.fromkeys(found))


def add_beside(folder: Path, key: bytes, path: str) -> None:
    """Note a file beside the store, durably; where the folder takes nothing it stays unknown."""
    if path in beside(folder, key):
        return
    line = key_wrapping.wrap(key, path.encode("utf-8", "surrogateescape"), _PURPOSE)
    with contextlib.suppress(OSError):
        private_files.make_file(folder / NAME)
        with (folder / NAME).open("a", encoding="ascii") as stream:
            stream.write(line + "\n")
            stream.flush()
            os.fsync(stream.fileno())


def forget_beside(folder: Path) -> None:
    """Delete the file beside the store, once the store has taken it over."""
    with contextlib.suppress(OSError):
        (folder / NAME).unlink(missing_ok=True)


class WrittenFiles:
    """The files that were written outside the folder of an open store, as one connection to it knows them."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        db: Database,
        transaction: Callable[[], AbstractContextManager[Database]],
        *,
        only_beside: bool,
    ) -> None:
        """`only_beside`: on this connection nothing is written into the store."""
        self._folder, self._key, self._db, self._transaction = folder, key, db, transaction
        self._only_beside = only_beside

    def remember(self, path: Path) -> None:
        """Record where a pack, return, backup or document was written: such files may survive a withdrawal or purge.

        Also on a connection that only reads. Where the place takes no write, nothing is recorded.
        """
        name = as_text(path)
        if self._only_beside:
            if name not in self.elsewhere():
                add_beside(self._folder, self._key, name)
        elif name not in in_store(self._db) or name in self.may_hold_withdrawn():
            with self._transaction() as db:
                add_to_store(db, name)

    def may_hold_withdrawn(self) -> list[str]:
        """Of the files that this laptop wrote elsewhere those that may still hold what was withdrawn."""
        return from_before_withdrawal(self._db)

    def take_over(self) -> None:
        """Take the files into the store that were recorded while it was only read."""
        noted = beside(self._folder, self._key)
        if noted:
            with self._transaction() as db:
                for path in noted:
                    add_to_store(db, path)
            forget_beside(self._folder)

    def elsewhere(self) -> list[str]:
        """The files of this visit that this laptop wrote outside its own folder, oldest first."""
        return list(dict.fromkeys([*in_store(self._db), *beside(self._folder, self._key)]))
