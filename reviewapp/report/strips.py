"""Draws which sources spoke on a standard: a box for each, filled where it spoke, outlined where not."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from reviewapp.report import fonts, house_style
from reviewapp.report.chart_blocks import Strip
from reviewapp.report.escape import one_line
from reviewapp.report.pen import SIZE, Pen, words_width

if TYPE_CHECKING:
    from reportlab.graphics.shapes import Drawing

HEIGHT, PAD, GAP = 15.0, 4.5, 4.0
LETTER = 13.0
"""The width of a box with a letter alone, in points."""


@lru_cache(maxsize=512)
def drawing(strip: Strip, *, short: bool = False) -> Drawing:
    """The boxes side by side, with names, or with letters only if `short`; as wide as they are."""
    glyphs = fonts.register()
    names = [one_line(one.letter if short else one.name, glyphs) for one in strip.voices]
    widths = [LETTER if short else words_width(name) + 2 * PAD for name in names]
    gap = 2.0 if short else GAP
    pen = Pen(sum(widths) + gap * max(len(widths) - 1, 0), HEIGHT)
    x = 0.0
    for one, name, wide in zip(strip.voices, names, widths, strict=True):
        fill = house_style.ACCENT if one.spoke else house_style.PAPER
        shade = house_style.ACCENT if one.spoke else house_style.AXIS
        pen.box(x + 0.4, 0.9, wide - 0.8, HEIGHT - 1.8, fill, shade, 0.8)
        ink = house_style.PAPER if one.spoke else house_style.MUTED
        pen.text(x + wide / 2, HEIGHT / 2 - SIZE * 0.34, name, anchor="middle", shade=ink)
        x += wide + gap
    return pen.drawing
