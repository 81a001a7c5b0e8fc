"""Changes returned by every write, with what undo needs: it appends compensating entries, so history stays complete."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import FieldAddress


class FieldChange(msgspec.Struct, frozen=True):
    """One field of a change: the entries that were its heads before, and the ids of its heads afterwards."""

    address: FieldAddress
    before: tuple[Entry, ...]
    now: tuple[str, ...]


class Change(msgspec.Struct, frozen=True):
    """The result of one write. `problems`: reasons why some drafts could not be turned into entries."""

    name: str
    records: frozenset[tuple[str, str]]
    steps: tuple[FieldChange, ...] = ()
    problems: tuple[str, ...] = ()


class HistoryItem(msgspec.Struct, frozen=True):
    """One value that a field once had, from one entry of the journal."""

    field: str
    value: Any
    person: str
    device: str
    at: str
    entry: str
    parents: tuple[str, ...]
    withdrawn: bool = False
    clock_wrong: bool = False
    """True if `at` cannot be right: the clock of that laptop was wrong."""


class LineError(Invalid):
    """One of several statements was refused; `line` counts from 1."""

    def __init__(self, error: Invalid, line: int) -> None:
        """The same error as `error`, about the statement with this number."""
        super().__init__(error.what, field=error.field, do=error.do, kept=error.kept)
        self.line = line
