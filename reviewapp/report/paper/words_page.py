"""The words that open a file, on one page of paper: large, numbered, and with where to keep the page.

The page holds the secret itself. It goes where somebody sends it, to a printer or into a file, and nowhere else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.paper.reading_order import read_as
from reviewapp.report.paper.typesetter import PaperTypesetter, paper_pdf, paper_width
from reviewapp.visit import labels

SECRET = (
    "This page is secret. Anyone who has this page and the file can read everything in the file. Keep "
    "the two apart: never "
    "in one bag, one envelope or one message."
)
KEEP = (
    "Keep this page on you, or locked away, and out of sight of others. Do not photograph it, and do not send it by "
    "e-mail.",
    "Pass the words on in person or by telephone, separately from the file. Say the words one by one.",
    "When everyone has opened the file, destroy the page as your network asks.",
)
_COLUMNS = 2


def words_page(phrase: str, *, opens: str, today: date, about: str = "") -> bytes:
    """The PDF of one page with these words. `opens` says what they open, `about` for which visit.

    It is as secret as the words: save it only where somebody asked for it.
    """
    setter = PaperTypesetter()
    words = phrase.split()
    title = f"The {_many(len(words))} words"
    story: list[Any] = [setter.text(title, "h1", spaceBefore=0), setter.text(f"They open {opens}.", "lead")]
    if about:
        story.append(setter.text(about, "body"))
    story += [
        setter.text(SECRET, "callout", spaceAfter=18),
        _grid(setter, words),
        setter.gap(12),
        setter.text("Small letters, one space between two words, in this order.", "body"),
        setter.text("Where to keep this page", "h2"),
        *(setter.text(one, "body") for one in KEEP),
        setter.gap(6),
        setter.text(f"Made on {labels.day(today.isoformat())}.", "small"),
    ]
    return paper_pdf(story, title, foot="Secret: keep apart from the file", today=today)


def _many(count: int) -> str:
    return {6: "six", 8: "eight"}.get(count, str(count))


def _grid(setter: PaperTypesetter, words: list[str]) -> Any:
    """The words in two columns, to be read along the rows, each with its number."""
    from reportlab.lib.colors import HexColor

    large: dict[str, Any] = {"fontName": fonts.REGULAR, "fontSize": 24, "leading": 30}
    cells = [setter.bold(f"{number}", word, style="cell", **large) for number, word in enumerate(words, 1)]
    rows = [cells[place : place + _COLUMNS] for place in range(0, len(cells), _COLUMNS)]
    rows = [[*one, *[""] * (_COLUMNS - len(one))] for one in rows]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.8, HexColor(house_style.RULE)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 12),
        ("TOPPADDING", (0, 0), (-1, -1), 10),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 14),
    ]
    width = paper_width() / _COLUMNS
    return read_as("fields", rows, colWidths=[width] * _COLUMNS, style=style, hAlign="LEFT")
