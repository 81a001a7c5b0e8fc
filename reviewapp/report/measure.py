"""Widths of text and table columns, shared by PDF, Word and charts."""

from __future__ import annotations

from reviewapp.report import fonts, house_style
from reviewapp.report.runs import plain_text
from reviewapp.report.tree import Table


def elide_to_width(text: str, font: str, size: float, width: float) -> str:
    """`text`, cut with an ellipsis if it is wider than `width` points at this font and size."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = text[:400]  # more never fits on a line, and cutting it letter by letter would take long
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


PADDING = 5.0
"""Points between a cell's text and its left and right edge."""

WIDEST_WORD = 150.0
"""The widest word, in points, that widens its column; a longer one is broken, so that the others keep their width."""


def column_widths(table: Table, room: float, *, spread: float = 1.0) -> list[float]:
    """Column widths in points that add up to `room`: by weight, but wide enough for the longest word of each column.

    `spread`: width of the font that will be used, relative to Source Sans. Faces must be registered (`fonts.register`).
    """
    weights = [c.weight for c in table.columns]
    wanted = [room * w / sum(weights) for w in weights]
    least = [min(spread * _longest_word(table, i) + 2 * PADDING + 1, WIDEST_WORD) for i in range(len(weights))]
    missing = sum(max(0.0, low - width) for low, width in zip(least, wanted, strict=True))
    spare = [max(0.0, width - low) for low, width in zip(least, wanted, strict=True)]
    if not missing or sum(spare) < missing:
        return wanted
    reduction = missing / sum(spare)
    return [max(low, width - extra * reduction) for low, width, extra in zip(least, wanted, spare, strict=True)]


def _longest_word(table: Table, index: int) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    texts = [table.columns[index].title, *(plain_text(row[index]) for row in table.rows)]
    words = {word[:80] for text in texts for word in text.split(" ")}
    return max((float(stringWidth(w, fonts.BOLD, house_style.SMALL_SIZE)) for w in words), default=0.0)
