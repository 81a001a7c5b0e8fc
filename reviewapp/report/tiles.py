"""Draws every standard as a tile, by section and type: number and sign, filled where met, thickly outlined where not.

Fill, outline and sign each tell the rating, so a black-and-white copy shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Tile, TileColumn, TileRow, Tiles, Verdict
from reviewapp.report.escape import one_line
from reviewapp.report.measure import elide_to_width
from reviewapp.report.pen import LINE, SIZE, Pen, label_lines, words_width
from reviewapp.report.runs import plain_text

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing


class Look(NamedTuple):
    """Fill and outline of a tile, the width of the outline in points, and the colour of its number and sign."""

    fill: str
    outline: str
    thick: float
    ink: str


LOOKS: dict[Verdict, Look] = {
    "strength": Look(house_style.ACCENT, house_style.ACCENT, 0.8, house_style.PAPER),
    "gap": Look(house_style.PAPER, house_style.ALERT, 2.4, house_style.ALERT),
    "neither": Look(house_style.TINT, house_style.ACCENT, 0.8, house_style.INK),
    "na": Look(house_style.PAPER, house_style.MUTED, 0.5, house_style.MUTED),
    "unrated": Look(house_style.WARM, house_style.MUTED, 0.5, house_style.MUTED),
}
"""What tells the ratings apart beside their signs."""

HEIGHT, GAP, PAD = 17.0, 4.0, 5.0
GROUP_GAP = 14.0
WIDEST_TITLE = 92.0
"""The most points that a column is wide for its title alone."""
ROW_GAP, LABEL = 9.0, 16.0
KEY = 26.0
HIGHEST = 0.82 * house_style.TEXT_HEIGHT
"""The most points of one piece, so that it fits on a page with its caption."""


def pieces(block: Tiles) -> Iterator[Tiles]:
    """The same in pieces that each fit on a page; a section too long for one goes on in the next."""
    grid = _Grid(block, house_style.TEXT_WIDTH)
    taken: list[TileRow] = []
    used = fixed = grid.head + KEY
    for row in _short_rows(block, grid, HIGHEST - fixed):
        high = grid.row_height(row)
        if taken and used + high > HIGHEST:
            yield msgspec.structs.replace(block, rows=tuple(taken))
            taken, used = [], fixed
        taken.append(row)
        used += high
    yield msgspec.structs.replace(block, rows=tuple(taken))


def _short_rows(block: Tiles, grid: _Grid, room: float) -> Iterator[TileRow]:
    """The rows, those higher than a page cut into several."""
    lines = int((room - LABEL - ROW_GAP) // (HEIGHT + GAP))
    for row in block.rows:
        cells = [_cut(cell, lines * across) for cell, across in zip(row.cells, grid.across, strict=True)]
        for place in range(max(map(len, cells), default=1)):
            held = tuple(cell[place] if place < len(cell) else () for cell in cells)
            yield msgspec.structs.replace(row, cells=held)


def _cut(cell: tuple[Tile, ...], many: int) -> list[tuple[Tile, ...]]:
    return [cell[start : start + many] for start in range(0, len(cell), many)]


def drawing(block: Tiles, width: float) -> Drawing:
    """The tiles as a drawing `width` points wide, as high as they need."""
    plot = _Plot(block, width)
    _heads(plot)
    top = plot.drawing.height - plot.grid.head
    for row in block.rows:
        _row(plot, row, top)
        top -= plot.grid.row_height(row)
    _key(plot)
    return plot.drawing


class _Grid:
    """How wide tiles and columns are, and how many tiles stand side by side in each column."""

    def __init__(self, block: Tiles, width: float) -> None:
        self.glyphs = fonts.register()
        tiles = [tile for row in block.rows for cell in row.cells for tile in cell]
        self.number = max((words_width(one_line(t.label, self.glyphs)) for t in tiles), default=0.0)
        self.number = min(self.number, 60.0)
        self.sign = max((words_width(t.sign, bold=True) for t in tiles), default=0.0)
        self.tile = self.number + self.sign + 2 * PAD + 4
        self.widths = _column_widths(block, width, self.tile, self.glyphs)
        self.across = [_across(wide, self.tile) for wide in self.widths]
        lines = max((1 + len(column.notes) for column in block.columns if column.title), default=0)
        self.head = lines * LINE + 4

    def row_height(self, row: TileRow) -> float:
        """The height of a row with its label and the gap below it."""
        many = max((ceil(len(cell) / n) for cell, n in zip(row.cells, self.across, strict=True)), default=0)
        return LABEL + many * (HEIGHT + GAP) + ROW_GAP


def _column_widths(block: Tiles, width: float, tile: float, glyphs: frozenset[int]) -> list[float]:
    """Columns as wide as their titles; then wider, step by step, where that saves a line of those with the most."""
    room = width - GROUP_GAP * (len(block.columns) - 1)
    fullest = [max((len(row.cells[n]) for row in block.rows), default=0) for n in range(len(block.columns))]
    widths = [max(tile, min(WIDEST_TITLE, _title_width(column, glyphs))) for column in block.columns]
    if sum(widths) >= room:
        return [room / len(widths)] * len(widths)
    while True:
        steps = [
            (-lines, wider - widths[n], n)
            for n, many in enumerate(fullest)
            if (lines := ceil(many / _across(widths[n], tile))) > 1
            and sum(widths) - widths[n] + (wider := ceil(many / (lines - 1)) * (tile + GAP) - GAP) <= room
        ]
        if not steps:
            return [*widths[:-1], room - sum(widths[:-1])]
        _, step, chosen = min(steps)
        widths[chosen] += step


def _across(width: float, tile: float) -> int:
    """How many tiles stand side by side in a column; rounding must not cost one."""
    return max(1, int((width + GAP + 0.01) // (tile + GAP)))


def _title_width(column: TileColumn, glyphs: frozenset[int]) -> float:
    notes = [words_width(one_line(plain_text(note), glyphs)) for note in column.notes]
    return max(words_width(one_line(column.title, glyphs), bold=True), *notes, 0.0) + 1


class _Plot(Pen):
    """Layout of one piece; all lengths in points, y from the bottom."""

    def __init__(self, block: Tiles, width: float) -> None:
        self.block, self.width, self.grid = block, width, _Grid(block, width)
        self.glyphs = self.grid.glyphs
        self.left = [
            sum(self.grid.widths[:n]) + GROUP_GAP * n for n in range(len(self.grid.widths))
        ]  # fmt: skip
        super().__init__(width, self.grid.head + sum(map(self.grid.row_height, block.rows)) + KEY)

    def tile(self, x: float, y: float, tile: Tile) -> None:
        """Draw a tile with its lower left corner at `x`, `y`; without a number it is as wide as its sign."""
        look = LOOKS[tile.verdict]
        wide = self.grid.tile if tile.label else self.grid.sign + 2 * PAD
        inset = look.thick / 2
        self.box(x + inset, y + inset, wide - 2 * inset, HEIGHT - 2 * inset, look.fill, look.outline, look.thick)
        base = y + HEIGHT / 2 - SIZE * 0.34
        label = elide_to_width(one_line(tile.label, self.glyphs), fonts.REGULAR, SIZE, self.grid.number)
        self.text(x + PAD, base, label, shade=look.ink)
        self.text(x + wide - PAD, base, tile.sign, bold=True, anchor="end", shade=look.ink)


def _heads(plot: _Plot) -> None:
    for x, wide, column in zip(plot.left, plot.grid.widths, plot.block.columns, strict=True):
        y = plot.drawing.height - SIZE
        title = label_lines(one_line(column.title, plot.glyphs), wide)[0]
        for number, words in enumerate((title, *(plain_text(note) for note in column.notes))):
            shown = elide_to_width(one_line(words, plot.glyphs), fonts.REGULAR, SIZE, wide)
            plot.text(x, y - number * LINE, shown, bold=number == 0)


def _row(plot: _Plot, row: TileRow, top: float) -> None:
    note = one_line(plain_text(row.note), plot.glyphs)
    room = plot.width - words_width(note) - 12
    plot.line(0, top, plot.width, top, house_style.RULE, 0.6)
    plot.text(0, top - SIZE - 2, label_lines(one_line(row.label, plot.glyphs), room)[0], bold=True)
    plot.text(plot.width, top - SIZE - 2, note, anchor="end")
    for x, across, cell in zip(plot.left, plot.grid.across, row.cells, strict=True):
        for place, tile in enumerate(cell):
            at, down = place % across, place // across
            plot.tile(x + at * (plot.grid.tile + GAP), top - LABEL - HEIGHT - down * (HEIGHT + GAP), tile)


def _key(plot: _Plot) -> None:
    x, y = 0.0, 2.0
    for one in plot.block.key:
        plot.tile(x, y, Tile(label="", sign=one.sign, verdict=one.verdict))
        x += plot.grid.sign + 2 * PAD + 6
        plot.text(x, y + HEIGHT / 2 - SIZE * 0.34, one.words)
        x += words_width(one.words) + 18
