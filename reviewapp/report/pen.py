"""Draws text, lines and outlines for charts: reportlab shapes in the house's fonts and colours, lengths in points."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin
from typing import TYPE_CHECKING

from reviewapp.report import fonts, house_style
from reviewapp.report.measure import elide_to_width

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

SIZE = 10.0
"""Points of all words in a chart."""
LINE = SIZE + 2.5
"""Points from one line of a label to the next."""


class Pen:
    """A drawing of this size, with y from the bottom."""

    def __init__(self, width: float, height: float) -> None:
        from reportlab.graphics.shapes import Drawing

        self.drawing: Drawing = Drawing(width, height)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        quiet: bool = False,
        bold: bool = False,
        anchor: str = "start",
        shade: str = "",
    ) -> None:
        """Draw a line of text with its baseline at `y`, in a colour if one is given."""
        from reportlab.graphics.shapes import String

        font = fonts.BOLD if bold else fonts.REGULAR
        shade = shade or (house_style.MUTED if quiet else house_style.INK)
        self.drawing.add(String(x, y, words, fontName=font, fontSize=SIZE, fillColor=colour(shade), textAnchor=anchor))

    def line(self, x1: float, y1: float, x2: float, y2: float, shade: str, width: float) -> None:
        """Draw a straight line of this colour and width."""
        from reportlab.graphics.shapes import Line

        self.drawing.add(Line(x1, y1, x2, y2, strokeColor=colour(shade), strokeWidth=width))

    def box(self, x: float, y: float, width: float, height: float, fill: str, shade: str, thick: float) -> None:
        """Draw a box with its lower left corner at `x`, `y`."""
        self.outline([x, y, x + width, y, x + width, y + height, x, y + height], fill, shade, thick)

    def outline(self, points: Sequence[float], fill: str, shade: str, width: float) -> None:
        """Draw a closed outline through these points (x, y, x, y, ...), filled."""
        from reportlab.graphics.shapes import Polygon

        self.drawing.add(Polygon([*points], fillColor=colour(fill), strokeColor=colour(shade), strokeWidth=width))


def words_width(words: str, *, bold: bool = False) -> float:
    """How wide a line of text is drawn, in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(words, fonts.BOLD if bold else fonts.REGULAR, SIZE))


def label_lines(words: str, width: float) -> list[str]:
    """A label in at most two lines, cut to `width`; the full text is in the table beside the chart."""
    from reportlab.lib.utils import simpleSplit

    lines = [str(line) for line in simpleSplit(words[:400], fonts.REGULAR, SIZE, width)] or [""]
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [elide_to_width(line, fonts.REGULAR, SIZE, width) for line in lines]


def circle(x: float, y: float, radius: float) -> list[float]:
    """The points of a circle, for `Pen.outline`."""
    return [at for n in range(16) for at in (x + radius * cos(n * pi / 8), y + radius * sin(n * pi / 8))]


def colour(name: str) -> object:
    """A colour of the house as reportlab has it."""
    from reportlab.lib.colors import HexColor

    return HexColor(name)
