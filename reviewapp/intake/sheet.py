"""What a kind of sheet from the team is: how it is read, how an empty one is made, what is here of it.

Each kind is one module of this package (`self_review`, `survey`, `audit`, `answers`) that ends in its `SHEET`; the
register of them all is in `read`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets.layout import Column
from reviewapp.spreadsheets.reader import Sheet
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import AnyStatement


class Reading(NamedTuple):
    """The statements that a file makes, one sentence about them, and the people who answered a survey by group."""

    lines: Sequence[AnyStatement]
    summary: str
    people: dict[str, int] | None = None


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


class SheetKind(NamedTuple):
    """One kind of sheet that a team sends in.

    `read` raises `Invalid` for the whole file, naming sheet and cell; it is given the visit's state where there is a
    visit. `taken` says in one line what is here of this kind. `prepares`: sent before the visit (False: after it).
    """

    kind: str
    title: str
    file_name: str
    read: Callable[[Sequence[Sheet], Instrument, VisitState | None], Reading]
    template: Callable[[Instrument], TemplateSpec]
    taken: Callable[[VisitState], str]
    prepares: bool = True
