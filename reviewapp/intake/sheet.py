"""What a kind of sheet from the team is: how it is read, how an empty one is made, what is here of it.

Each kind is one module of this package (`self_review`, `survey`, `audit`, `answers`) that ends in its `SHEET`; the
register of them all is in `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from reviewapp.instruments.model import Group, Instrument
from reviewapp.intake.earlier import HeldPart
from reviewapp.spreadsheets.account import SheetAccount
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.outside import OutsideWords
from reviewapp.spreadsheets.problems import Problems
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.spreadsheets.table import TableRule
from reviewapp.visit.entities import FieldAddress
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement

FOR = "For"
"""What stands before the name of the standards on the instructions of an empty sheet."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """A heading and what its column was taken for; `standard` (or the audit item) where it names one."""

    sheet: str
    cell: str
    heading: str
    meaning: str
    standard: str = ""

    def sentence(self) -> str:
        """The heading and what it went to in one line."""
        where = f'"{self.sheet}", {self.cell}' if self.sheet else self.cell
        return " ".join(f"{where}: “{self.heading}” → {self.meaning}".split())


class SkippedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that is no record (an example, a total, a target) and was not counted, with the word that says so."""

    sheet: str
    row: int
    label: str


class OpenColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A heading, in how many rows something stands below it, and what it may be (`47`, `comment`, `ignore`).

    `proposed` is what it is most likely, empty where nobody can tell; `candidates` are the standards that it may be,
    the likeliest first. `said`: somebody decided it before. `must`: nothing is taken until it is said.
    """

    heading: str
    filled: int
    proposed: str = ""
    candidates: tuple[str, ...] = ()
    said: bool = False
    must: bool = False


class Reading(NamedTuple):
    """The statements that a file makes, one sentence about them, and the people who answered a survey by group.

    `headings` tells what every column was taken for, `skipped` which rows are no records, `words` what stands
    outside the expected cells, `stands` which fields are in the sheet as they are in the visit. `problems` has the
    cells that were not understood; whoever asked for the reading decides whether they refuse the file. `doubtful`: a
    person should look at the account before it is taken in. `about`: the groups that the file is about, of which alone
    it can replace anything; None for a file about everybody. `columns`: those of which somebody may say what they are.
    """

    lines: Sequence[AnyStatement]
    summary: str
    people: dict[str, int] | None = None
    headings: Sequence[Heading] = ()
    skipped: Sequence[SkippedRow] = ()
    words: Sequence[OutsideWords] = ()
    stands: Sequence[FieldAddress] = ()
    problems: Problems | None = None
    accounts: Sequence[SheetAccount] = ()
    doubtful: bool = False
    about: frozenset[str] | None = None
    columns: Sequence[OpenColumn] = ()


class Legend(NamedTuple):
    """A further sheet of an empty one, with the full wording behind short headings: columns with widths, and rows."""

    sheet: str
    columns: tuple[tuple[str, float], ...]
    rows: Sequence[tuple[Any, ...]]


class TemplateSpec(msgspec.Struct, frozen=True):
    """An empty sheet: its columns, a row of values for every line to be filled in, and how to fill it in.

    `lists`: the choices offered in a column, by its title; those under "" in every other column that is not locked.
    """

    title: str
    sheet: str
    columns: tuple[Column, ...]
    rows: list[list[str]]
    how: list[tuple[str, str]]
    lists: dict[str, tuple[str, ...]]
    head_height: float = 32
    freeze: int = 1
    legend: Legend | None = None


class Reader(NamedTuple):
    """What a sheet is read with: the instrument, and where the cells go that are not understood."""

    instrument: Instrument
    problems: Problems


class ExportChoices(NamedTuple):
    """What somebody decided about an export: the sheets to read, the group of everybody, what columns are.

    `decided`: it is known whether its people were counted before, so that nothing of it is asked.
    """

    sheets: Sequence[str] = ()
    group: Group | None = None
    columns: Mapping[str, str] = {}
    decided: bool = False


ReadExport = Callable[[Sequence[Sheet], Instrument, VisitState | None, ExportChoices], Reading | None]
"""None: no export of another program."""


class SheetKind(NamedTuple):
    """One kind of sheet that a team sends in.

    `read` collects what it does not understand in the problems of the reading, and raises `Invalid` where nothing can
    be read; it is given the visit's state where there is a visit. `taken` says in one line what is here of this kind.
    `prepares`: sent before the visit (False: after it). `table` says by which headings its table is known, so that
    other sheets of a file are asked about. `held` tells what is here of earlier sheets, as a person's (by code).
    `choose`: in place of `table` and `read`, for a kind that decides about the sheets of a file itself; it is given the
    names that somebody chose and tells in the reading what was done with each sheet. `exported` reads a file that
    another program wrote for this kind, given besides what somebody decided of it; None for any other file. `allow`
    raises where the lines of a sheet cannot be taken in beside what the visit holds.
    """

    kind: str
    title: str
    file_name: str
    read: Callable[[Sequence[Sheet], Instrument, VisitState | None], Reading]
    template: Callable[[Instrument], TemplateSpec]
    taken: Callable[[VisitState], str]
    prepares: bool = True
    table: Callable[[Instrument], TableRule] | None = None
    held: Callable[[VisitState, str], Sequence[HeldPart]] | None = None
    choose: Callable[[Sequence[Sheet], Instrument, VisitState | None, Sequence[str]], Reading] | None = None
    exported: ReadExport | None = None
    allow: Callable[[Sequence[AnyStatement], VisitState, str], None] | None = None
