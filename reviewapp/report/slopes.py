"""Draws rounds side by side: a dot for what is certain, a bar for a range, and lines between the dots of one item.

A total gets no line: two totals may differ by chance. Dots and bars differ in shape, and every value is printed beside
its mark, so a black-and-white copy shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Point, SlopeRow, Slopes
from reviewapp.report.escape import one_line
from reviewapp.report.pen import LINE, SIZE, Pen, circle, label_lines

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROWS_A_PIECE = 8
"""The most rows in one piece, so that it fits on a page."""
ROW, ALONE = 71.0, 170.0
"""Height of a row among several that are joined, and of one with totals."""
PAD, AXIS = 19.0, 34.0
LABEL_SHARE, INDENT, ROOM = 0.36, 34.0, 46.0
DOT, BAR = 3.8, 5.0


def pieces(block: Slopes) -> Iterator[Slopes]:
    """The same in pieces that each fit on a page, about equally long, with their own names of the rounds."""
    many = ceil(len(block.rows) / ROWS_A_PIECE) or 1
    size = ceil(len(block.rows) / many)
    for start in range(0, len(block.rows), size or 1):
        yield msgspec.structs.replace(block, rows=block.rows[start : start + size])


def drawing(block: Slopes, width: float) -> Drawing:
    """The rows as a drawing `width` points wide, as high as it needs."""
    plot = _Plot(block, width)
    for place, row in enumerate(block.rows):
        _row(plot, row, plot.bottom + (len(block.rows) - 1 - place) * plot.row)
    _axis(plot)
    return plot.drawing


class _Plot(Pen):
    """Layout of one piece."""

    def __init__(self, block: Slopes, width: float) -> None:
        self.block, self.glyphs = block, fonts.register()
        self.row = ROW if block.joined else ALONE
        self.bottom = AXIS
        super().__init__(width, self.bottom + self.row * len(block.rows) + 2)
        self.left = width * LABEL_SHARE
        self.right = width
        first, last = self.left + INDENT, width - ROOM
        gap = (last - first) / max(len(block.rounds) - 1, 1)
        self.x = [first + gap * n for n in range(len(block.rounds))]
        self.gap = gap

    def y(self, base: float, value: float) -> float:
        """The y coordinate of a value in the row that begins at `base`."""
        lowest, highest = self.block.lowest, self.block.highest
        return base + PAD + (self.row - 2 * PAD) * (value - lowest) / max(highest - lowest, 1)


def _axis(plot: _Plot) -> None:
    for x, name in zip(plot.x, plot.block.rounds, strict=True):
        for n, words in enumerate(label_lines(one_line(name, plot.glyphs), max(plot.gap - 6, 40.0))):
            plot.text(x, plot.bottom - 13 - n * LINE, words, quiet=True, anchor="middle")


def _row(plot: _Plot, row: SlopeRow, base: float) -> None:
    block = plot.block
    plot.line(0, base, plot.right, base, house_style.RULE, 0.8)
    ends = (block.lowest, block.highest)
    levels = [(level.value, level.label) for level in block.levels]
    for value, words in [*((end, f"{end}") for end in ends), *levels]:
        y = plot.y(base, value)
        plot.line(plot.left + 14, y, plot.right, y, house_style.RULE, 0.5)
        plot.text(plot.left + 9, y - SIZE * 0.34, one_line(words, plot.glyphs), quiet=True, anchor="end")
    lines = label_lines(one_line(row.label, plot.glyphs), plot.left - 24)
    baseline = base + plot.row / 2 + (len(lines) - 1) * LINE / 2 - SIZE * 0.34
    for number, words in enumerate(lines):
        plot.text(0, baseline - number * LINE, words)
    if block.joined:
        _joined(plot, row, base)
    for x, point in zip(plot.x, row.points, strict=True):
        if point is not None:
            _mark(plot, x, point, base)


def _joined(plot: _Plot, row: SlopeRow, base: float) -> None:
    """Lines between neighbouring rounds at which the score is certain."""
    for (x1, one), (x2, other) in pairwise(zip(plot.x, row.points, strict=True)):
        if one is not None and other is not None and one.is_certain and other.is_certain:
            plot.line(x1, plot.y(base, one.lowest.value), x2, plot.y(base, other.lowest.value), house_style.ACCENT, 1.6)


def _mark(plot: _Plot, x: float, point: Point, base: float) -> None:
    low, high = plot.y(base, point.lowest.value), plot.y(base, point.highest.value)
    if point.is_certain:
        plot.outline(circle(x, low, DOT), house_style.ACCENT, "#FFFFFF", 1.0)
        plot.text(x, low + 7, point.lowest.text, bold=True, anchor="middle")
        return
    half = BAR / 2
    box = [x - half, low, x + half, low, x + half, high, x - half, high]
    plot.outline(box, house_style.MID, house_style.ACCENT, 0.8)
    plot.text(x + 7, (low + high) / 2 - SIZE * 0.34, f"{point.lowest.text}–{point.highest.text}", bold=True)
