"""Draws what two sides say of the same things: a ring and a dot on a line, joined, with both values printed.

Ring and dot differ in shape and fill, so a black-and-white copy shows the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Dumbbell, Dumbbells
from reviewapp.report.escape import one_line
from reviewapp.report.pen import LINE, SIZE, Pen, circle, label_lines, words_width

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROWS_A_PIECE = 20
"""The most rows in one piece, so that it fits on a page."""
ROW, KEY = 26.0, 24.0
RADIUS = 4.6
LABEL_SHARE = 0.42
ROOM = 14.0
"""Points beyond the ends of the axis, for the values beside the marks."""


def pieces(block: Dumbbells) -> Iterator[Dumbbells]:
    """The same in pieces that each fit on a page, about equally long."""
    many = ceil(len(block.rows) / ROWS_A_PIECE) or 1
    size = ceil(len(block.rows) / many)
    for start in range(0, len(block.rows), size or 1):
        yield msgspec.structs.replace(block, rows=block.rows[start : start + size])


def drawing(block: Dumbbells, width: float) -> Drawing:
    """The rows as a drawing `width` points wide, as high as it needs."""
    plot = _Plot(block, width)
    for place, row in enumerate(block.rows):
        _row(plot, row, plot.drawing.height - (place + 0.5) * ROW)
    _key(plot)
    return plot.drawing


class _Plot(Pen):
    """Layout of one piece; all lengths in points, y from the bottom."""

    def __init__(self, block: Dumbbells, width: float) -> None:
        self.block, self.width, self.glyphs = block, width, fonts.register()
        self.left = width * LABEL_SHARE
        self.ends = max((words_width(_end(row)) for row in block.rows), default=0.0)
        self.first, self.last = self.left + 2 * ROOM, width - self.ends - 2 * ROOM - 8
        super().__init__(width, len(block.rows) * ROW + KEY)

    def x(self, value: float) -> float:
        """The x coordinate of a value; outside the axis it is clamped."""
        low, high = self.block.lowest, max(self.block.highest, self.block.lowest + 1)
        return self.first + (self.last - self.first) * (min(max(value, low), high) - low) / (high - low)

    def value(self, x: float, y: float, words: str, *, bold: bool, anchor: str = "start") -> None:
        """Draw a value on a ground of its own, so that no line strikes it through."""
        wide = words_width(words, bold=bold)
        left = x - wide if anchor == "end" else x
        self.box(left - 2, y - 3, wide + 4, SIZE + 3, house_style.PAPER, house_style.PAPER, 0.1)
        self.text(x, y, words, bold=bold, anchor=anchor)

    def ring(self, x: float, y: float) -> None:
        """Draw the mark of the first side."""
        self.outline(circle(x, y, RADIUS), house_style.PAPER, house_style.ACCENT, 1.6)

    def dot(self, x: float, y: float) -> None:
        """Draw the mark of the second side, a little smaller than a ring, so that both show where they are one."""
        self.outline(circle(x, y, RADIUS - 1.7), house_style.ACCENT, house_style.ACCENT, 0.4)


def _end(row: Dumbbell) -> str:
    return "" if row.of is None else f"of {row.of.text}"


def _row(plot: _Plot, row: Dumbbell, middle: float) -> None:
    lines = label_lines(one_line(row.label, plot.glyphs), plot.left - 8)
    baseline = middle + (len(lines) - 1) * LINE / 2 - SIZE * 0.34
    for number, words in enumerate(lines):
        plot.text(0, baseline - number * LINE, words)
    ours, theirs = plot.x(float(row.first.value)), plot.x(float(row.second.value))
    end = plot.last if row.of is None else plot.x(float(row.of.value))
    plot.line(plot.first, middle, end, middle, house_style.AXIS, 0.8)
    plot.line(end, middle - 4, end, middle + 4, house_style.AXIS, 0.8)
    plot.text(plot.width, middle - SIZE * 0.34, _end(row), quiet=True, anchor="end")
    if ours != theirs:
        plot.line(ours, middle, theirs, middle, house_style.ACCENT, 2.6)
    plot.ring(ours, middle)
    plot.dot(theirs, middle)
    _values(plot, row, ours, theirs, middle - SIZE * 0.34)


def _values(plot: _Plot, row: Dumbbell, ours: float, theirs: float, base: float) -> None:
    """Both values outside their marks, on the left of one mark where they are the same; the axis leaves them room."""
    away = RADIUS + 4
    if ours == theirs:
        plot.value(ours - away, base, row.first.text, bold=True, anchor="end")
        return
    left, right = (row.first, row.second) if ours < theirs else (row.second, row.first)
    plot.value(min(ours, theirs) - away, base, left.text, bold=left is row.second, anchor="end")
    plot.value(max(ours, theirs) + away, base, right.text, bold=right is row.second)


def _key(plot: _Plot) -> None:
    y, x = KEY / 2 - 4, RADIUS + 1
    for place, name in enumerate(plot.block.names):
        (plot.dot if place else plot.ring)(x, y + SIZE * 0.34)
        plot.text(x + 10, y, one_line(name, plot.glyphs), bold=place == 1)
        x += words_width(name, bold=place == 1) + 38
