"""What stands in a returned response sheet beside the cells for answers, and the rows that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.factcheck.rows import given_texts
from reviewapp.spreadsheets.layout import FIRST_SHEET, is_own_sheet
from reviewapp.spreadsheets.outside import (
    OutsideWords,
    comments_of,
    without_ours,
    words_above,
    words_beside,
    words_of_sheet,
    words_under,
)
from reviewapp.spreadsheets.row_marks import normalised_cell
from reviewapp.spreadsheets.sent_with import SentWith, sent_with, words_typed_over
from reviewapp.spreadsheets.sheet import Sheet, SheetRow
from reviewapp.spreadsheets.table import Table
from reviewapp.visit.state import VisitState

_GIVEN = ("type", "asked", "rating", "reason")
"""The locked columns that hold words of ours; the locked number of a standard is checked with the row's mark."""


class OutsideCells:
    """Collects the words outside the cells of one returned sheet, each with the standard that it is about."""

    def __init__(self, state: VisitState, tables: Sequence[Table]) -> None:
        self._sent = next((sent for table in tables if (sent := sent_with(table)) is not None), None)
        self._ours = given_texts(state)
        says_texts = self._sent is not None and self._sent.texts is not None
        self._known = self._sent if self._sent and says_texts else SentWith.of_texts(self._ours)
        standards = state.instrument.standards
        self._printed = SentWith.of_texts([*self._ours, *(t for s in standards for t in (s.title, s.statement))])
        self.words: list[OutsideWords] = []

    def table(self, table: Table) -> None:
        """The words above a table and beside its headings; those at its rows follow with `row`."""
        self.words += words_above(table)

    def row(self, table: Table, row: SheetRow, number: str, *, marked: bool) -> None:
        """The words beside a row and typed over what it says; `number` is its standard, as far as it is known."""
        known = self._known if marked else self._printed
        found = [*words_beside(table, row, ours=None if marked else known.given)]
        for name in _GIVEN if table.get(row, "id") or not marked else ():
            if not known.given(normalised_cell(table.get(row, name))):
                for one in words_under(table, row, table.columns[name], "given"):
                    found.append(msgspec.structs.replace(one, text=without_ours(one.text, self._ours)))
        self.words += [msgspec.structs.replace(one, standard=number) for one in found]

    def own_row(self, table: Table, row: SheetRow, number: str) -> None:
        """The words of a row that the team wrote below ours, in columns of ours that are not for answers."""
        for column in sorted(table.columns.values()):
            for one in words_under(table, row, column, "row"):
                self.words.append(msgspec.structs.replace(one, standard=number))

    def untaken_row(self, table: Table, row: SheetRow, number: str, names: Sequence[str]) -> None:
        """The words in these columns of a row of which nothing is taken."""
        for name in names:
            if name in table.columns:  # a plain table need not have all
                for one in words_under(table, row, table.columns[name], "row"):
                    self.words.append(msgspec.structs.replace(one, standard=number))

    def comments(self, sheet: Sheet, standards: dict[int, str]) -> None:
        """The comments at the cells of a sheet; `standards` are those of its rows by their number."""
        for comment in sheet.comments:
            at_cell = msgspec.structs.replace(sheet, comments=(comment,))
            for one in comments_of(at_cell):
                self.words.append(msgspec.structs.replace(one, standard=standards.get(comment.row, "")))

    def other_sheets(self, sheets: Iterable[Sheet]) -> None:
        """The words of the sheets without answers: the team's own whole, ours where something else was written."""
        for sheet in sheets:
            if not is_own_sheet(sheet) and sheet.name.strip() != FIRST_SHEET:
                self.words += words_of_sheet(sheet)
                continue
            if not sheet.hidden:
                self.words += words_typed_over(sheet, self._sent)
            self.words += comments_of(sheet)
