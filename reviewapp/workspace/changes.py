"""What a call changed, and how it is taken back: undo writes compensating entries, history stays whole."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.store.entry import Entry

Place = tuple[str, str, str]


class FieldChange(msgspec.Struct, frozen=True):
    """One field of a change: what stood there before, and the entries that took its place."""

    place: Place
    before: tuple[Entry, ...]
    now: tuple[str, ...]


class Change(msgspec.Struct, frozen=True):
    """What one call changed. `problems` says in plain words what could not be taken from drafts."""

    name: str
    records: frozenset[tuple[str, str]]
    steps: tuple[FieldChange, ...] = ()
    problems: tuple[str, ...] = ()


class HistoryItem(msgspec.Struct, frozen=True):
    """One value a field once had."""

    field: str
    value: Any
    person: str
    device: str
    at: str
    entry: str
    parents: tuple[str, ...]
    withdrawn: bool = False


class LineError(Invalid):
    """A line among several was refused; `line` counts from 1."""

    def __init__(self, error: Invalid, line: int) -> None:
        """What `error` says, about the line with this number."""
        super().__init__(error.what, field=error.field, do=error.do, kept=error.kept)
        self.line = line
