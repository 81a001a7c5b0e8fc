"""Changes returned by every write, with what undo needs: it appends compensating entries, so history stays complete."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.store.entry import Entry
from reviewapp.visit.entities import FieldAddress


class FieldChange(msgspec.Struct, frozen=True):
    """One field of a change: the entries that were its heads before, the ids of its heads afterwards, and the new one.

    What this laptop may not replace still stands afterwards, beside what was written.
    """

    address: FieldAddress
    before: tuple[Entry, ...]
    now: tuple[str, ...]
    entry: str = ""


class Change(msgspec.Struct, frozen=True):
    """The result of one write. `problems`: reasons why some drafts could not be turned into entries."""

    name: str
    records: frozenset[tuple[str, str]]
    steps: tuple[FieldChange, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def apart(self) -> list[FieldAddress]:
        """The fields in which what was written stands apart and counts for nothing."""
        return [step.address for step in self.steps if step.entry and step.entry not in step.now]

    @property
    def beside(self) -> list[FieldAddress]:
        """The fields in which what was written stands beside what another laptop said, until the lead settles it."""
        return [
            step.address
            for step in self.steps
            if step.entry in step.now and any(head.id in step.now for head in step.before)
        ]


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
    counts: bool = True
    """False for what stands apart and counts for nothing."""
    clock_wrong: bool = False
    """True if `at` cannot be right: the clock of that laptop was wrong."""
    hidden: bool = False
    """True while what it says is hidden, because somebody asked for it to be withdrawn; `value` is None then."""


class LineError(Invalid):
    """One of several statements was refused; `line` counts from 1."""

    def __init__(self, error: Invalid, line: int) -> None:
        """The same error as `error`, about the statement with this number."""
        super().__init__(error.what, field=error.field, do=error.do, kept=error.kept)
        self.line = line
