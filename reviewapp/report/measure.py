"""Widths of text and table columns, shared by PDF, Word and charts."""

from __future__ import annotations

from reviewapp.report import fonts, house_style
from reviewapp.report.tree import Table, plain


def elide_to_width(text: str, font: str, size: float, width: float) -> str:
    """`text` cut with an ellipsis to `width` points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    text = text[:400]  # more never fits on a line, and cutting it letter by letter would take long
    if stringWidth(text, font, size) <= width:
        return text
    while text and stringWidth(text + "…", font, size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


PADDING = 5.0

WIDEST_WORD = 150.0
"""A longer word is broken rather than let it push the other columns away."""


def column_widths(table: Table, room: float, *, spread: float = 1.0) -> list[float]:
    """Column widths in points: by weight, but wide enough for the longest word of each column.

    `spread`: how much wider than Source Sans the letters are that it will be set in.
    """
    weights = [c.weight for c in table.columns]
    wanted = [room * w / sum(weights) for w in weights]
    least = [min(spread * _longest_word(table, i) + 2 * PADDING + 1, WIDEST_WORD) for i in range(len(weights))]
    short = sum(max(0.0, low - width) for low, width in zip(least, wanted, strict=True))
    spare = [max(0.0, width - low) for low, width in zip(least, wanted, strict=True)]
    if not short or sum(spare) < short:
        return wanted
    give = short / sum(spare)
    return [max(low, width - extra * give) for low, width, extra in zip(least, wanted, spare, strict=True)]


def _longest_word(table: Table, index: int) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    texts = [table.columns[index].title, *(plain(row[index]) for row in table.rows)]
    words = {word[:80] for text in texts for word in text.split(" ")}
    return max((float(stringWidth(w, fonts.BOLD, house_style.SMALL_SIZE)) for w in words), default=0.0)
