"""Draws a dot plot: a row for each team or standard, in the order given, with the middle half of the dots shaded.

Rows are never sorted by value and nothing is called best or worst. The reader's own dot is filled and its label bold,
the others are rings, so a black-and-white copy shows the same; every value is printed at the end of its row.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING

import msgspec

from reviewapp.base.i18n import _
from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Dot, Dots
from reviewapp.report.escape import one_line
from reviewapp.report.measure import elide_to_width
from reviewapp.report.pen import LINE, SIZE, Pen, circle, label_lines, words_width
from reviewapp.report.runs import plain_text

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

ROWS_A_PIECE = 34
"""The most rows in one piece, so that it fits on a page."""
ROW = 16.0
AXIS, LEGEND = 20.0, 20.0
RADIUS = 3.8
STEPS = 4
SHORT, LONG = 0.16, 0.42
"""Share of the width for the labels: codes of teams, or titles of standards."""


def pieces(block: Dots) -> Iterator[Dots]:
    """The same in pieces that each fit on a page, about equally long, each with its own axis."""
    many = ceil(len(block.rows) / ROWS_A_PIECE) or 1
    size = ceil(len(block.rows) / many)
    for start in range(0, len(block.rows), size or 1):
        yield msgspec.structs.replace(block, rows=block.rows[start : start + size])


def drawing(block: Dots, width: float) -> Drawing:
    """The rows as a drawing `width` points wide, as high as it needs."""
    plot = _Plot(block, width)
    _axis(plot)
    _middle(plot)
    top = plot.drawing.height - 2
    for row, lines, height in zip(block.rows, plot.labels, plot.heights, strict=True):
        _row(plot, row, lines, top - height / 2)
        top -= height
    _legend(plot)
    return plot.drawing


class _Plot(Pen):
    """Layout of one piece; all lengths in points, y from the bottom."""

    def __init__(self, block: Dots, width: float) -> None:
        self.block, self.width, self.glyphs = block, width, fonts.register()
        shown = [one_line(row.label, self.glyphs) for row in block.rows]
        self.left = width * (SHORT if max(map(len, shown), default=0) <= 12 else LONG)
        self.labels = [label_lines(words, self.left - 10) for words in shown]
        self.heights = [ROW + (len(lines) - 1) * LINE for lines in self.labels]
        self.notes = max((words_width(plain_text(row.note)) for row in block.rows), default=0.0) + 12
        self.span = width - self.left - self.notes - RADIUS
        self.bottom = AXIS + (LEGEND if block.middle is not None else 0.0)
        super().__init__(width, self.bottom + sum(self.heights) + 2)

    def x(self, value: float) -> float:
        """The x coordinate of a value; outside the axis it is clamped."""
        low, high = self.block.lowest, self.block.highest
        return self.left + self.span * (min(max(value, low), high) - low) / (high - low)

    def shaded(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a shaded box without an outline."""
        self.box(x, y, width, height, house_style.TINT, house_style.TINT, 0.1)

    def ring(self, x: float, y: float, *, filled: bool) -> None:
        """Draw a dot: a ring, or filled for the reader's own."""
        fill = house_style.ACCENT if filled else "#FFFFFF"
        self.outline(circle(x, y, RADIUS + 1 if filled else RADIUS), fill, house_style.ACCENT, 1.3)


def _axis(plot: _Plot) -> None:
    low, high = plot.block.lowest, plot.block.highest
    for step in range(STEPS + 1):
        value = low + (high - low) * step / STEPS
        x = plot.x(value)
        shade = house_style.RULE if step else house_style.AXIS
        plot.line(x, plot.bottom, x, plot.drawing.height, shade, 0.5 if step else 1.0)
        plot.text(x, plot.bottom - 12, f"{value:g}{plot.block.unit}", quiet=True, anchor="middle")


def _middle(plot: _Plot) -> None:
    found = plot.block.middle
    if found is None:
        return
    left, right, top = plot.x(float(found.q1.value)), plot.x(float(found.q3.value)), plot.drawing.height
    plot.shaded(left, plot.bottom, max(right - left, 1.0), top - plot.bottom)
    for end in (left, right):
        plot.line(end, plot.bottom, end, top, house_style.AXIS, 0.6)
    x = plot.x(float(found.median.value))
    plot.line(x, plot.bottom, x, top, house_style.INK, 1.4)


def _row(plot: _Plot, row: Dot, lines: list[str], middle: float) -> None:
    baseline = middle + (len(lines) - 1) * LINE / 2 - SIZE * 0.34
    for number, words in enumerate(lines):
        plot.text(0, baseline - number * LINE, words, bold=row.own)
    note = elide_to_width(one_line(plain_text(row.note), plot.glyphs), fonts.REGULAR, SIZE, plot.notes)
    plot.text(plot.width, middle - SIZE * 0.34, note, bold=row.own, anchor="end")
    if row.value is None:
        plot.text(plot.left + 5, middle - SIZE * 0.34, one_line(plot.block.none, plot.glyphs), quiet=True)
        return
    plot.line(plot.left, middle, plot.left + plot.span, middle, house_style.RULE, 0.3)
    plot.ring(plot.x(float(row.value.value)), middle, filled=row.own)


def _legend(plot: _Plot) -> None:
    if plot.block.middle is None:
        return
    plot.shaded(plot.left, 2, 18, 9)
    for end in (plot.left, plot.left + 18):
        plot.line(end, 2, end, 11, house_style.AXIS, 0.6)
    words = _("the middle half")
    plot.text(plot.left + 24, 3, words)
    x = plot.left + 24 + words_width(words) + 20
    plot.line(x, 1, x, 12, house_style.INK, 1.4)
    plot.text(x + 8, 3, _("the median"))
    if any(row.own for row in plot.block.rows):
        x += 8 + words_width(_("the median")) + 24
        plot.ring(x, 6.5, filled=True)
        plot.text(x + 9, 3, _("your team"))
