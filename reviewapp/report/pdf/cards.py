"""Cards two by two: title, rating with the strip of its sources at the right, and a few lines."""

from __future__ import annotations

from typing import Any

from reviewapp.report import fonts, house_style, strips
from reviewapp.report.pdf.flowables import figure
from reviewapp.report.pdf.keep_with_next import undivided
from reviewapp.report.pdf.tables import tagged_table
from reviewapp.report.pdf.tagging import Node
from reviewapp.report.pdf.text import Typesetter
from reviewapp.report.tree import Card, Cards

BETWEEN = 20.0
WIDTH = (house_style.TEXT_WIDTH - BETWEEN) / 2
"""The width of a card, in points."""


def card_flowables(block: Cards, setter: Typesetter) -> list[Any]:
    """The cards, two in a row; a row stays on one page."""
    return [_row(block.cards[n : n + 2], setter) for n in range(0, len(block.cards), 2)]


def _row(cards: tuple[Card, ...], setter: Typesetter) -> Any:
    from reportlab.lib.colors import HexColor

    cells: list[Any] = [_card(card, setter) for card in cards]
    cells += [""] * (2 - len(cells))
    rules = [("LINEABOVE", (2 * n, 0), (2 * n, 0), 0.6, HexColor(house_style.RULE)) for n in range(len(cards))]
    made = tagged_table()(
        [[cells[0], "", cells[1]]],
        colWidths=[WIDTH, BETWEEN, WIDTH],
        splitInRow=1,
        style=[*_PLAIN, *rules],
        spaceBefore=0,
        spaceAfter=2,
        hAlign="LEFT",
    )
    return undivided(made)


def _card(card: Card, setter: Typesetter) -> list[Any]:
    node = Node("Sect", setter.root)
    title = setter.runs(card.title, "card_title", Node("H3", node))
    picture = strips.drawing(card.strip, short=True)
    rating = setter.runs(card.rating, "card", Node("P", node))
    strip = figure()(picture, Node("Figure", node, Alt=setter.line(card.strip.alt)))
    strip.spaceAfter = 0
    beside = tagged_table()(
        [[rating, strip]],
        colWidths=[WIDTH - picture.width, picture.width],
        splitInRow=1,
        style=[*_PLAIN, ("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0.5)],
        hAlign="LEFT",
    )
    return [title, beside, *(setter.runs(line, "card", Node("P", node)) for line in card.lines)]


_PLAIN: list[tuple[Any, ...]] = [
    ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 3),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]
