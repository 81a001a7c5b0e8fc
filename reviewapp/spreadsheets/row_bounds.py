"""Collecting the rows of a sheet that hold something, within the limits of what is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.spreadsheets.cells import address
from reviewapp.spreadsheets.sheet import CellKind, Limits, SheetRow, place

Cells = Sequence[tuple[int, str, CellKind]]
"""The cells of a row that hold something, in their order: column counted from 0, text, kind."""


class ReadSoFar(msgspec.Struct):
    """What was read of a file's sheets together: cells, also those that hold nothing, and characters."""

    cells: int = 0
    text: int = 0


def bounded_rows(
    raw: Iterable[tuple[int, Cells, bool]], file: str, name: str, limits: Limits, so_far: ReadSoFar | None = None
) -> tuple[SheetRow, ...]:
    """The rows with content (number, cells, whether hidden); raises Invalid as soon as a limit is exceeded."""
    rows: list[SheetRow] = []
    so_far = so_far or ReadSoFar()
    where = place(file, name)
    for number, cells, hidden in raw:
        so_far.cells += len(cells) + 1
        if so_far.cells > limits.cells:
            raise too_far(where)
        cells = [cell for cell in cells if cell[1]]
        so_far.text += sum(len(text) for __, text, __kind in cells)
        if so_far.text > limits.text:
            raise _too_much_text(file, limits)
        if not any(text.strip() for __, text, __kind in cells):
            continue
        if number > limits.blank:
            raise too_far(where)
        if len(rows) == limits.rows:
            raise Invalid(
                _("{where} has more than {rows} rows", where=where, rows=f"{limits.rows:,}"), do=_("split it")
            )
        _check_row(number, cells, where, limits)
        rows.append(_row(number, cells, hidden=hidden))
    return tuple(rows)


def too_far(where: str) -> Invalid:
    """The error for a sheet that has far more rows, columns or cells than words."""
    return Invalid(
        _("{where} goes far beyond its content", where=where), do=_("delete the empty rows and columns at its end")
    )


def _too_much_text(file: str, limits: Limits) -> Invalid:
    most = limits.text // 1_000_000
    return Invalid(_("{file} holds more than {n} million characters", file=file, n=most), do=_("split it"))


def _check_row(number: int, cells: Cells, where: str, limits: Limits) -> None:
    if cells[-1][0] >= limits.columns:
        raise Invalid(
            _(
                "{where}, row {number} has more than {columns} columns",
                where=where,
                number=number,
                columns=limits.columns,
            ),
            do=_("split it"),
        )
    for column, text, __ in cells:
        if len(text) > limits.characters:
            raise Invalid(
                _(
                    "{where}, cell {address} holds more than {characters} characters",
                    where=where,
                    address=address(number, column),
                    characters=f"{limits.characters:,}",
                ),
                do=_("shorten it"),
            )


def _row(number: int, cells: Cells, *, hidden: bool) -> SheetRow:
    width = cells[-1][0] + 1
    texts, kinds = [""] * width, ["text"] * width
    for column, text, kind in cells:
        texts[column], kinds[column] = text, kind
    plain = all(kind == "text" for kind in kinds)
    return SheetRow(number=number, cells=tuple(texts), kinds=() if plain else tuple(kinds), hidden=hidden)  # type: ignore[arg-type]
