"""A quick-start card: one page to hand over, with a picture of each page of the program and what one does there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from reviewapp.report import house_style
from reviewapp.report.paper.flowables import picture
from reviewapp.report.paper.reading_order import read_as
from reviewapp.report.paper.typesetter import PADDING, PaperTypesetter, fewest_pages, paper_pdf, paper_width

COLUMNS = 2
GAP = 6 * house_style.MM
SHARES = (1.0, 0.92, 0.84, 0.76, 0.68)
"""How much of its column a picture may take."""
TEXT = 10.0
"""Points of the text."""


class Step(NamedTuple):
    """One page of the program: its name, what one does there, and its picture with what it shows in words."""

    title: str
    words: str
    picture: Path
    shows: str


def quick_start_card(
    title: str, opening: str, steps: Sequence[Step], closing: Sequence[str], *, foot: str, today: date
) -> bytes:
    """The card as PDF, its pictures as large as one page allows. Its steps are numbered, and read along the rows."""
    return fewest_pages(_card(title, opening, steps, closing, foot, today, share) for share in SHARES)


def _card(
    title: str, opening: str, steps: Sequence[Step], closing: Sequence[str], foot: str, today: date, share: float
) -> bytes:
    setter = PaperTypesetter()
    width = (paper_width() - GAP) / COLUMNS
    cells: list[Any] = [_step(setter, number, step, (width - PADDING) * share) for number, step in enumerate(steps, 1)]
    cells += [""] * (-len(cells) % COLUMNS)
    rows = [cells[place : place + COLUMNS] for place in range(0, len(cells), COLUMNS)]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 0),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
    ]
    small: dict[str, Any] = {"fontSize": TEXT, "leading": TEXT * 1.28, "spaceAfter": 3}
    story: list[Any] = [
        setter.text(title, "h1", spaceBefore=0, spaceAfter=4),
        setter.text(opening, "body", **small | {"spaceAfter": 8}),
        read_as("steps", rows, colWidths=[width + GAP / 2] * COLUMNS, style=style, hAlign="LEFT"),
        *(setter.text(one, "body", **small) for one in closing),
    ]
    return paper_pdf(story, title, foot=foot, today=today)


def _step(setter: PaperTypesetter, number: int, step: Step, width: float) -> list[Any]:
    shown: dict[str, Any] = {"fontSize": TEXT, "leading": TEXT * 1.22, "spaceAfter": 0}
    return [
        picture()(step.picture, width, step.shows),
        setter.text(f"{number}  {step.title}", "h2", fontSize=12, leading=15, spaceBefore=3, spaceAfter=1),
        setter.text(step.words, "body", **shown),
    ]
