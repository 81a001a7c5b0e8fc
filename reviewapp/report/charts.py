"""Charts as reportlab drawings: horizontal bars in per cent, with marks to compare them with.

Bars differ in lightness and outline and marks in shape, so a black-and-white copy shows the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Chart, Group
from reviewapp.report.escape import one_line
from reviewapp.report.pen import LINE, SIZE, Pen, colour, label_lines

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

FILLS = (
    (house_style.ACCENT, house_style.ACCENT, False),
    (house_style.MID, house_style.MID, False),
    ("#FFFFFF", house_style.ACCENT, False),
    (house_style.MID, house_style.ACCENT, True),
    ("#FFFFFF", house_style.ACCENT, True),
)
"""Fill, outline, and whether it is striped, for each series: as many as there are groups of people."""
STRIPE = 5.0
"""Points between two stripes of a striped bar."""
BAR, BAR_GAP, GROUP_GAP = 10.0, 2.5, 11.0
LABEL_SHARE, VALUE_ROOM = 0.36, 50.0
AXIS_HEIGHT, LEGEND_LINE = 20.0, 16.0


class _Plot(Pen):
    """Layout of one chart and the drawing it is painted on; all lengths in points, y from the bottom."""

    def __init__(self, chart: Chart, width: float, glyphs: frozenset[int]) -> None:
        self.chart, self.width, self.glyphs = chart, width, glyphs
        self.left = width * LABEL_SHARE
        self.span = width - self.left - VALUE_ROOM
        self.labels = [label_lines(one_line(g.label, glyphs), self.left - 12) for g in chart.groups]
        self.heights = [
            max(len(g.bars) * (BAR + BAR_GAP), len(lines) * LINE) + GROUP_GAP
            for g, lines in zip(chart.groups, self.labels, strict=True)
        ]
        self.legend = _legend_entries(chart)
        self.bottom = AXIS_HEIGHT + LEGEND_LINE * _legend_rows(self.legend, width)
        super().__init__(width, self.bottom + sum(self.heights) + 2)

    def x(self, percent: float) -> float:
        """The x coordinate of a percentage; below 0 and above 100 it is clamped."""
        return self.left + self.span * min(max(percent, 0.0), 100.0) / 100

    def bar(self, x: float, y: float, width: float, series: int) -> None:
        """Draw a bar of a series, or its sample in the legend, with its lower left corner at `x`, `y`."""
        from reportlab.graphics.shapes import Rect

        fill, stroke, striped = FILLS[series % len(FILLS)]
        self.drawing.add(Rect(x, y, width, BAR, fillColor=colour(fill), strokeColor=colour(stroke), strokeWidth=0.8))
        for stripe in range(1, int(width / STRIPE) + 1 if striped else 0):
            self.line(x + stripe * STRIPE, y, x + stripe * STRIPE, y + BAR, stroke, 0.9)

    def mark(self, x: float, low: float, high: float, shape: str) -> None:
        """Draw a mark centred between `low` and `high`: a vertical line, a diamond or a triangle that points up."""
        if shape == "line":
            self.line(x, low - 3, x, high + 3, "#FFFFFF", 4)
            self.line(x, low - 3, x, high + 3, house_style.INK, 1.8)
            return
        middle, r = (low + high) / 2, 4.6
        points = [x, middle + r, x + r, middle, x, middle - r, x - r, middle]
        if shape == "triangle":
            points = [x, middle + r, x + r, middle - r * 0.8, x - r, middle - r * 0.8]
        self.outline(points, "#FFFFFF", house_style.INK, 1.2)


def drawing(chart: Chart, width: float) -> Drawing:
    """The chart as a drawing `width` points wide, as high as it needs."""
    plot = _Plot(chart, width, fonts.register())
    _axis(plot)
    y = plot.drawing.height - 2
    for group, lines, height in zip(chart.groups, plot.labels, plot.heights, strict=True):
        _group(plot, group, lines, y, height)
        y -= height
    _legend(plot)
    return plot.drawing


def _axis(plot: _Plot) -> None:
    top = plot.drawing.height
    for percent in (0, 25, 50, 75, 100):
        x = plot.x(percent)
        shade = house_style.RULE if percent else house_style.AXIS
        plot.line(x, plot.bottom, x, top, shade, 0.5 if percent else 1.0)
        plot.text(x, plot.bottom - 12, f"{percent}%", quiet=True, anchor="middle")


def _group(plot: _Plot, group: Group, lines: list[str], top: float, height: float) -> None:
    middle = top - height / 2
    baseline = middle + (len(lines) - 1) * LINE / 2 - SIZE * 0.34
    for number, words in enumerate(lines):
        plot.text(0, baseline - number * LINE, words)
    block = len(group.bars) * (BAR + BAR_GAP) - BAR_GAP
    y = middle + block / 2 - BAR
    for series, value in enumerate(group.bars):
        _bar(plot, group, series, value.value if value else None, value.text if value else "", y)
        y -= BAR + BAR_GAP
    for mark in group.marks:
        plot.mark(plot.x(float(mark.value.value)), middle - block / 2, middle + block / 2, mark.shape)


def _bar(plot: _Plot, group: Group, series: int, value: float | None, words: str, y: float) -> None:
    if value is None:
        plot.text(plot.left + 5, y + 1.5, one_line(plot.chart.none, plot.glyphs), quiet=True)
        return
    plot.bar(plot.left, y, max(plot.x(value) - plot.left, 0.5), series)
    plot.text(plot.width, y + 1.4, words, bold=series == 0, anchor="end")


def _legend_entries(chart: Chart) -> list[tuple[str, int, str]]:
    """(label, number of the series, shape of the mark or "" for a bar) of every entry of the legend."""
    entries = [(name, i, "") for i, name in enumerate(chart.series)]
    marks = {mark.name: mark.shape for group in chart.groups for mark in group.marks}
    return [*entries, *((name, 0, shape) for name, shape in marks.items())]


def _legend_width(words: str) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return 26 + float(stringWidth(words, fonts.REGULAR, SIZE)) + 22


def _legend_rows(entries: list[tuple[str, int, str]], width: float) -> int:
    rows, x = 1, 0.0
    for words, _, _ in entries:
        if x and x + _legend_width(words) > width:
            rows, x = rows + 1, 0.0
        x += _legend_width(words)
    return rows


def _legend(plot: _Plot) -> None:
    x, y = 0.0, plot.bottom - AXIS_HEIGHT - LEGEND_LINE + 3
    for words, series, shape in plot.legend:
        if x and x + _legend_width(words) > plot.width:
            x, y = 0.0, y - LEGEND_LINE
        if shape:
            plot.mark(x + 9, y - 1, y + 9, shape)
        else:
            plot.bar(x, y - 1, 18, series)
        plot.text(x + 25, y + 0.5, words)
        x += _legend_width(words)
