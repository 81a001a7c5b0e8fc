"""Words that stand outside the cells which are read: comments, columns and sheets of the team's own, overwritten cells.

Whoever reads a sheet shows them, so that nothing of it is lost and nothing is kept without being asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.row_marks import is_mark_heading, normalised_cell
from reviewapp.spreadsheets.sheet import Sheet, SheetRow
from reviewapp.spreadsheets.table import Table

WordsKind = Literal["comment", "column", "given", "above", "row", "sheet"]
"""`given`: typed over a cell that is not to be filled in; `row`: a row that could not be recognised."""

_LONG_ENOUGH = 20
"""A text of ours of this many characters does not stand in another by chance."""
_PIECE = 20_000
"""About how many characters of a whole sheet are one piece of words."""


class OutsideWords(msgspec.Struct, frozen=True, kw_only=True):
    """Words and where they stand: `cell` is the (first) cell, `by` the author of a comment.

    `standard` and `about` (the id of a row) are what they are about, as far as that is known.
    """

    sheet: str
    cell: str
    kind: WordsKind
    text: str
    by: str = ""
    standard: str = ""
    about: str = ""

    def place(self) -> str:
        """Where the words stand, for a person: `sheet "Action plan", cell D2 (comment by Team)`."""
        what = {
            "comment": _("comment by {who}", who=self.by) if self.by else _("comment"),
            "column": _("outside the table"),
            "given": _("typed over one of our cells"),
            "above": _("above the table"),
            "row": _("a separate row"),
            "sheet": _("a separate sheet"),
        }[self.kind]
        if not self.sheet:
            return _("cell {cell} ({what})", cell=self.cell, what=what)
        return _("sheet “{sheet}”, cell {cell} ({what})", sheet=self.sheet, cell=self.cell, what=what)

    def as_json(self) -> dict[str, Any]:
        """The words as plain values; what is not known is left out."""
        named = {"standard": self.standard, "id": self.about, "by": self.by}
        found = {"sheet": self.sheet, "cell": self.cell, "kind": self.kind, "text": self.text}
        return {**found, **{name: value for name, value in named.items() if value}}


def comments_of(sheet: Sheet) -> Iterator[OutsideWords]:
    """Every comment at a cell of the sheet, answers in a thread included."""
    for one in sheet.comments:
        cell = address(one.row, one.column)
        yield OutsideWords(sheet=sheet.name, cell=cell, kind="comment", text=one.text, by=one.author.strip())


def words_above(table: Table) -> Iterator[OutsideWords]:
    """The words above the heading row of a table, and headings of columns of their own under which nothing stands."""
    for row in table.sheet.rows:
        if row.number >= table.head.number:
            break
        yield from words_in(table.sheet, row, range(len(row.cells)), "above")
    bare = [
        column
        for column, text in table.others()
        if not is_mark_heading(text) and not any(row.cell(column).strip() for row in table.rows())
    ]
    yield from words_in(table.sheet, table.head, bare, "column")


def words_beside(table: Table, row: SheetRow, *, ours: Callable[[str], bool] | None = None) -> Iterator[OutsideWords]:
    """The words of one row in columns that are not the table's, each with the heading it stands under.

    `ours` tells texts that this program wrote, which are no words of the team.
    """
    taken = set(table.columns.values())
    for column in range(len(row.cells)):
        if column not in taken and not (ours is not None and ours(normalised_cell(row.cell(column)))):
            yield from words_under(table, row, column, "column")


def words_under(table: Table, row: SheetRow, column: int, kind: WordsKind) -> Iterator[OutsideWords]:
    """The words in one column of a row, with the heading they stand under."""
    heading = table.head.cell(column).strip()
    for one in words_in(table.sheet, row, (column,), kind):
        named = heading and not is_mark_heading(heading)
        yield msgspec.structs.replace(one, text=f"{heading}: {one.text}") if named else one


def without_ours(text: str, ours: Iterable[str]) -> str:
    """What somebody added to a text of ours; the whole text where it is not clear what is added."""
    heading, colon, said = text.partition(": ")
    for one in sorted({normalised_cell(own) for own in ours}, key=len, reverse=True):
        if len(one) > _LONG_ENOUGH and one in said:
            parts = (part.strip().lstrip(".,;:- ") for part in said.split(one))
            return f"{heading}{colon}" + _("{added} (added to ours)", added=" … ".join(filter(None, parts)))
    return text


def words_of_sheet(sheet: Sheet) -> Iterator[OutsideWords]:
    """All the words of a sheet that is no table of ours, in pieces that can be kept; then its comments."""
    lines: list[str] = []
    first = ""
    for number, row in enumerate(sheet.rows, 1):
        first = first or address(row.number, next(n for n, cell in enumerate(row.cells) if cell.strip()))
        lines.append(" | ".join(text for cell in row.cells if (text := normalised_cell(cell))))
        if sum(map(len, lines)) > _PIECE or number == len(sheet.rows):
            text = "\n".join(lines)
            for start in range(0, len(text), 2 * _PIECE):
                piece = text[start : start + 2 * _PIECE].strip()
                yield OutsideWords(sheet=sheet.name, cell=first, kind="sheet", text=piece)
            lines, first = [], ""
    yield from comments_of(sheet)


def words_in(sheet: Sheet, row: SheetRow, columns: Iterable[int], kind: WordsKind) -> Iterator[OutsideWords]:
    """The words in these columns of a row, cell by cell."""
    for column in columns:
        text = normalised_cell(row.cell(column))
        if text:
            yield OutsideWords(sheet=sheet.name, cell=address(row.number, column), kind=kind, text=text)
