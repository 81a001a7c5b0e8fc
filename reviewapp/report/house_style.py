"""Appearance shared by all documents: colours, page size and margins, font sizes, and the PDF's paragraph styles."""

from __future__ import annotations

from typing import Any

from reviewapp.report.fonts import BOLD, LIGHT, REGULAR
from reviewapp.report.runs import Tone

INK = "#1B2529"
MUTED = "#52606A"
RULE = "#C3CDD1"
ACCENT = "#0F5257"
TINT = "#E6F0F0"
MID = "#629699"
WARM = "#F6EFE3"
PAPER = "#FFFFFF"
AXIS = "#75838B"
"""The colour of what must be seen of a chart without being read: axes and outlines, at least 3:1 on paper."""
ALERT = "#962D22"

TONES: dict[Tone, str] = {
    "": INK,
    "met": ACCENT,
    "not_met": ALERT,
    "na": MUTED,
    "unrated": MUTED,
    "muted": MUTED,
    "accent": ACCENT,
}

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
SIDE, TOP, BOTTOM = 24 * MM, 28 * MM, 24 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT = PAGE_HEIGHT - TOP - BOTTOM

BODY_SIZE, BODY_LEADING = 10.5, 15.0
SMALL_SIZE, SMALL_LEADING = 10.0, 13.5
"""Sizes in points. No text is smaller than 10 points except running heads and chart axes."""


LARGE = 1.6
"""How much larger everything is in large type: running text of 16.8 points."""


def paragraph_styles(*, large: bool = False) -> dict[str, Any]:
    """The paragraph styles of the PDF by name. Sizes and spaces in points."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    body = ParagraphStyle(
        "body",
        fontName=REGULAR,
        fontSize=BODY_SIZE,
        leading=BODY_LEADING,
        textColor=HexColor(INK),
        spaceAfter=7,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=1,
        spaceShrinkage=0,  # else a line set left may stand out over the margin by as much
    )
    made = {"body": body}

    def style(name: str, **changes: Any) -> None:
        # Colours are made here: reportlab would work out the same few strings thousands of times.
        made[name] = ParagraphStyle(
            name, parent=body, **{k: HexColor(v) if k.endswith("Color") else v for k, v in changes.items()}
        )

    small = {"fontSize": SMALL_SIZE, "leading": SMALL_LEADING}
    style("lead", fontSize=12.5, leading=18, spaceAfter=10)
    style("small", **small, textColor=MUTED, spaceAfter=6)
    style("rating", leading=14, spaceAfter=2)
    style("h1", fontName=LIGHT, fontSize=25, leading=30, textColor=ACCENT, spaceBefore=28, spaceAfter=12)
    style("h2", fontName=BOLD, fontSize=15, leading=19, textColor=ACCENT, spaceBefore=16, spaceAfter=7)
    style("h3", fontName=BOLD, fontSize=12, leading=15, spaceBefore=11, spaceAfter=2)
    style("caption", **small, fontName=BOLD, spaceBefore=8, spaceAfter=5)
    style("cell", **small, spaceAfter=0)
    style("cell_head", **small, fontName=BOLD, textColor=ACCENT, spaceAfter=0)
    style(
        "fact", leftIndent=104, bulletIndent=0, bulletFontName=BOLD, bulletFontSize=10, bulletColor=MUTED, spaceAfter=4
    )
    style("dense", fontSize=SMALL_SIZE, leading=12.6, spaceAfter=2.5)
    style("card_title", **small, fontName=BOLD, spaceAfter=0)
    style("card", fontSize=SMALL_SIZE, leading=12.6, spaceAfter=0)
    style("point", leftIndent=15, bulletIndent=2, bulletFontName=BOLD, bulletColor=ACCENT, spaceAfter=3)
    style("quote", **small, leftIndent=26, rightIndent=6, spaceBefore=2, spaceAfter=6)
    style(
        "callout",
        leftIndent=10,
        rightIndent=10,
        borderPadding=(8, 10, 9, 10),
        backColor=WARM,
        spaceBefore=14,
        spaceAfter=28,
    )
    style("cover_kind", fontName=REGULAR, fontSize=14, leading=18, textColor="#FFFFFF", spaceAfter=10)
    style("cover_sub", fontName=REGULAR, fontSize=15, leading=20, textColor="#FFFFFF", spaceAfter=0)
    style("cover_mark", fontName=BOLD, fontSize=12, leading=15, textColor="#FFFFFF", spaceAfter=0)
    style("contents_title", fontName=LIGHT, fontSize=25, leading=30, textColor=ACCENT, spaceAfter=8)
    style("contents_1", fontName=BOLD, fontSize=11, leading=15, spaceAfter=0, rightIndent=24)
    style("contents_2", fontSize=10.5, leading=14, leftIndent=14, spaceAfter=0, rightIndent=24)
    return {name: _enlarged(style) for name, style in made.items()} if large else made


def _enlarged(style: Any) -> Any:
    """A paragraph style in large type; headings, which are large as they are, grow less."""
    grown = LARGE if style.fontSize < 14 else 1 + (LARGE - 1) / 2
    lengths = ("fontSize", "leading", "spaceBefore", "spaceAfter", "leftIndent", "bulletIndent", "bulletFontSize")
    return style.clone(style.name, **{name: getattr(style, name) * grown for name in lengths})
