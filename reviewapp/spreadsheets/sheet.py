"""What was read of a spreadsheet: sheets, rows, cells and what each cell is, comments, and how much is read at most."""

from __future__ import annotations

from typing import Literal

import msgspec

from reviewapp.spreadsheets.cells import address

CellKind = Literal["text", "number", "rounded", "percent", "date", "boolean", "formula", "error", "struck", "unseen"]
"""What a cell holds beside the text it shows.

`number` holds exactly what it shows, `rounded` more digits than it shows, `percent` shows a hundred times what it
holds. `formula` has the formula as its text, `error` the error it left; `struck` is crossed out, and `unseen` shows
nothing although it holds something, which is its text.
"""

Hidden = Literal["", "hidden", "veryHidden"]
"""Whether a sheet is hidden, and if so whether a spreadsheet program can show it again from its menus."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The most that is read of a file.

    `unpacked` is the size in bytes of an inflated XLSX, `commented` that of its comments; `blank` is the highest number
    that a row with content may have. Of a whole file: `comments`, `sheets`, `cells` (also empty ones), `text`
    (characters in all cells together), `tags` (what an XLSX consists of), `formulas` (pieces of formulas that others
    are made of), `formats` (characters of the formats of numbers that differ). `run` is the longest piece of an XLSX
    without a tag, in bytes.
    """

    file: int = 20_000_000
    unpacked: int = 50_000_000
    rows: int = 5_000
    columns: int = 500
    characters: int = 20_000
    blank: int = 100_000
    cells: int = 600_000
    commented: int = 5_000_000
    comments: int = 5_000
    sheets: int = 250
    text: int = 10_000_000
    tags: int = 600_000
    run: int = 1_000_000
    formulas: int = 500_000
    formats: int = 3_000_000


LIMITS = Limits()
"""The limits for every file that a team or a network sends."""


class SheetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row with content. `number` is the one a spreadsheet program shows; columns count from 0.

    `kinds` is as long as `cells`, or empty where all cells are text; `hidden` rows are shown to nobody.
    """

    number: int
    cells: tuple[str, ...]
    kinds: tuple[CellKind, ...] = ()
    hidden: bool = False

    def cell(self, column: int) -> str:
        """The text of a cell; empty beyond the last one."""
        return self.cells[column] if column < len(self.cells) else ""

    def kind(self, column: int) -> CellKind:
        """What a cell is; text beyond the last one."""
        return self.kinds[column] if column < len(self.kinds) else "text"


class CellComment(msgspec.Struct, frozen=True, kw_only=True):
    """A comment or note at a cell (`column` counts from 0); an answer in a thread is a comment at the same cell.

    So are the words in a box that lies over the cells.
    """

    row: int
    column: int
    author: str
    text: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The rows of one sheet. `name` is empty for CSV; `note` is set when the encoding had to be guessed.

    A sheet without rows is empty, or `chart`: a sheet that holds a picture of figures and no cells.
    """

    file: str
    name: str = ""
    rows: tuple[SheetRow, ...] = ()
    note: str = ""
    hidden: Hidden = ""
    comments: tuple[CellComment, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    chart: bool = False

    def sheet_location(self, row: int, column: int) -> str:
        """The location of a cell for a message: file, sheet and address such as B7 (`column` counts from 0)."""
        return f"{place(self.file, self.name)}, cell {address(row, column)}"


def place(file: str, name: str) -> str:
    """The location of a sheet for a message: `plan.xlsx, sheet "Action plan"`, or the file alone."""
    return f'{file}, sheet "{name}"' if name else file
