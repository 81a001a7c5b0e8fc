"""What a sheet was sent with: its rows and the texts of ours in it, as digests in a hidden heading.

So a row that was deleted is missed when the sheet comes back, and words typed over ours are told from ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from reviewapp.spreadsheets.layout import LEGENDS
from reviewapp.spreadsheets.outside import OutsideWords, words_in
from reviewapp.spreadsheets.row_marks import SENT_WITH, digest_of_field, fitted_cell, is_mark_heading
from reviewapp.spreadsheets.sheet import Sheet
from reviewapp.spreadsheets.table import Table
from reviewapp.spreadsheets.writer import CELL_MOST, put_text

_TEXTS = " and "


class SentWith(msgspec.Struct, frozen=True, kw_only=True):
    """Digests of the ids of the rows and of the given texts. `texts` is None where a sheet does not say them."""

    rows: frozenset[str] = frozenset()
    texts: frozenset[str] | None = None

    @classmethod
    def of_texts(cls, texts: Iterable[str]) -> SentWith:
        """For a sheet that does not say it: these texts, as far as they are known."""
        return cls(texts=frozenset(_digest(text) for text in texts))

    def has_row(self, row_id: str) -> bool:
        """True if a row with this id was on the sheet."""
        return _digest(row_id) in self.rows

    def given(self, text: str) -> bool:
        """True if this text of a cell is one of ours, or empty."""
        return not text.strip() or self.texts is None or _digest(text) in self.texts


def put_heading(sheet: Any, rows: Iterable[str], texts: Iterable[str]) -> None:
    """Write the hidden heading beside the last column of an openpyxl sheet."""
    cell = sheet.cell(1, sheet.max_column + 1)
    put_text(cell, heading(rows, texts))
    sheet.column_dimensions[cell.column_letter].hidden = True


def texts_on(sheet: Any, columns: Sequence[int] = ()) -> Iterator[str]:
    """The texts of an openpyxl sheet as they are read again; in these columns (from 1), or in all."""
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and (not columns or cell.column in columns):
                yield str(cell.value)


def heading(rows: Iterable[str], texts: Iterable[str]) -> str:
    """The heading of the hidden column; where there are too many texts for a cell it names the rows only."""
    listed = SENT_WITH + ".".join(_digest(row) for row in rows)
    whole = listed + _TEXTS + ".".join(sorted({_digest(text) for text in texts if text.strip()}))
    return next((text for text in (whole, listed) if len(text) <= CELL_MOST), "")


def sent_with(table: Table) -> SentWith | None:
    """What the table's sheet was sent with; None if it does not say, as those of an older version."""
    found = next((text.strip() for text in table.head.cells if is_mark_heading(text.strip())), None)
    if found is None:
        return None
    rows, says_texts, texts = found.removeprefix(SENT_WITH).partition(_TEXTS)
    return SentWith(rows=frozenset(rows.split(".")), texts=frozenset(texts.split(".")) if says_texts else None)


def words_typed_over(sheet: Sheet, sent: SentWith | None) -> Iterator[OutsideWords]:
    """The cells of one of our own sheets (instructions, a log) that hold other words than ours.

    Where the file does not say which texts are ours, as those of an older version, the cells beside our columns.
    """
    told = sent is not None and sent.texts is not None
    ours = len(LEGENDS.get(sheet.name.strip(), ("subject", "text")))
    for row in sheet.rows:
        columns = range(len(row.cells)) if told else range(ours, len(row.cells))
        yield from words_in(
            sheet, row, (n for n in columns if sent is None or not told or not sent.given(row.cell(n))), "given"
        )


def _digest(text: str) -> str:
    return digest_of_field("", fitted_cell(text))
