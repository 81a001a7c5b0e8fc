"""What stands in a returned plan beside the cells that the team was to fill in, and the rows that are not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from reviewapp.base.i18n import _
from reviewapp.plan.compare import PlanNotice, ReturnedRow
from reviewapp.plan.export_sheet import LOG_SHEET, given_texts
from reviewapp.plan.rows import plan_rows
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

_GIVEN = ("type", "asked")
"""The locked columns that hold words of ours; the locked number of a standard is part of the row's mark."""
_GONE = _("its row was deleted from the sheet; the action itself is unchanged")
_PERHAPS_NEWER = _("it is not on the sheet: the row was deleted, or the action is newer than the sheet")


class OutsideCells:
    """Collects the words outside the cells of one returned plan, with what each is about."""

    def __init__(self, state: VisitState, tables: Sequence[Table]) -> None:
        self._state = state
        self.sent = next((sent for table in tables if (sent := sent_with(table)) is not None), None)
        says_texts = self.sent is not None and self.sent.texts is not None
        self._known = self.sent if self.sent and says_texts else SentWith.of_texts(given_texts(state))
        self.words: list[OutsideWords] = []

    def table(self, table: Table) -> None:
        """The words above a table and beside its headings; those at its rows follow with `row`."""
        self.words += words_above(table)

    def row(self, table: Table, row: SheetRow, back: ReturnedRow | None, number: str) -> None:
        """The words beside a row and typed over what it says; `number` is what it says of its standard."""
        found = [*words_beside(table, row)]
        if back is not None:
            found += self._typed_over(table, row)
            found += self._crossed_out(table, row, back)
        self.words += [self._about(one, back, number) for one in found]

    def unknown_row(self, notice: PlanNotice, sheet: Sheet) -> None:
        """The words of a row that was not recognised."""
        text = "\n".join(f"{title}: {text}" for title, text in notice["values"].items())
        if text:
            one = OutsideWords(sheet=sheet.name, cell=notice["cell"], kind="row", text=text)
            self.words.append(msgspec.structs.replace(one, standard=notice["standard"]))

    def comments(self, sheet: Sheet, backs: dict[int, ReturnedRow]) -> None:
        """The comments at the cells of a plan; `backs` are its recognised rows by their number."""
        rows = {comment.row for comment in sheet.comments}
        for number in sorted(rows):
            at_row = msgspec.structs.replace(sheet, comments=tuple(c for c in sheet.comments if c.row == number))
            self.words += [self._about(one, backs.get(number), "") for one in comments_of(at_row)]

    def other_sheets(self, sheets: Iterable[Sheet]) -> None:
        """The words of the sheets that are no plan: the team's own whole, ours where something else was written."""
        for sheet in sheets:
            ours = is_own_sheet(sheet) or sheet.name.strip() in (FIRST_SHEET, LOG_SHEET)
            if not ours:
                self.words += words_of_sheet(sheet)
                continue
            if not sheet.hidden:
                self.words += words_typed_over(sheet, self.sent)
            self.words += comments_of(sheet)

    def missing(self, there: set[str]) -> list[PlanNotice]:
        """The actions and gaps without a row that were on the sheet, or may have been where it does not say."""
        found: list[PlanNotice] = []
        for row in plan_rows(self._state):
            if row.spare or row.id in there or (self.sent is not None and not self.sent.has_row(row.id)):
                continue
            if self.sent is None and row.id not in self._state.actions:
                continue
            why = _GONE if self.sent is not None else _PERHAPS_NEWER
            words = row.values["action"] or (row.standard.title if row.standard else "")
            found.append({"id": row.id, "standard": row.number, "action": words, "why": why})
        return found

    def _typed_over(self, table: Table, row: SheetRow) -> Iterator[OutsideWords]:
        for name in _GIVEN:
            if not self._known.given(normalised_cell(table.get(row, name))):
                for one in words_under(table, row, table.columns[name], "given"):
                    yield msgspec.structs.replace(one, text=without_ours(one.text, given_texts(self._state)))

    def _crossed_out(self, table: Table, row: SheetRow, back: ReturnedRow) -> Iterator[OutsideWords]:
        """Cells that were crossed out but otherwise left as they were sent."""
        for name in back.fields():
            column = table.columns[name]
            if row.kind(column) == "struck" and back.kept(name, normalised_cell(row.cell(column))):
                for one in words_under(table, row, column, "given"):
                    yield msgspec.structs.replace(one, text=_("{text} (crossed out)", text=one.text))

    def _about(self, words: OutsideWords, back: ReturnedRow | None, number: str) -> OutsideWords:
        if back is None:
            return msgspec.structs.replace(words, standard=number)
        return msgspec.structs.replace(words, standard=back.number or number, about=back.id)
