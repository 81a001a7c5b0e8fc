"""Draws the parts of a page outside its text: running head and foot, and the mark of a draft, all as artifacts."""

from __future__ import annotations

from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.escape import one_line
from reviewapp.report.measure import elide_to_width
from reviewapp.report.pdf.deferred_text import DeferredText
from reviewapp.report.pdf.tagging import Artifact, marked
from reviewapp.report.tree import Document

SMALL = 9.0
HEAD = house_style.PAGE_HEIGHT - 16 * house_style.MM
FOOT = 13 * house_style.MM
RIGHT = house_style.PAGE_WIDTH - house_style.SIDE


def cover_mark(canvas: Any, document: Document) -> None:
    """Draw DRAFT on the cover, in the corner that holds nothing else; nothing for a final document."""
    if document.mark:
        with marked(canvas, Artifact.WATERMARK):
            _draw_mark(canvas, document.mark, "#FFFFFF", y=house_style.PAGE_HEIGHT - 56, size=15)


def running(canvas: Any, document: Document, *, page: int) -> None:
    """Draw the running head (title and draft mark) and the foot (subject and page number)."""
    with marked(canvas, Artifact.HEADER):
        _draw_head(canvas, document)
    with marked(canvas, Artifact.FOOTER):
        _draw_foot(canvas, document, page)


def _draw_head(canvas: Any, document: Document) -> None:
    from reportlab.lib.colors import HexColor

    words = f"{document.mark} – {document.running}" if document.mark else document.running
    _draw_line(canvas, HEAD, words, house_style.TEXT_WIDTH - 70)
    canvas.saveState()
    canvas.setStrokeColor(HexColor(house_style.RULE))
    canvas.setLineWidth(0.5)
    canvas.line(house_style.SIDE, HEAD - 9, RIGHT, HEAD - 9)
    canvas.restoreState()
    if document.mark:
        _draw_mark(canvas, document.mark, house_style.ALERT, y=HEAD - 1, size=SMALL)


def _draw_foot(canvas: Any, document: Document, page: int) -> None:
    _draw_line(canvas, FOOT, document.subject, house_style.TEXT_WIDTH / 2)
    if document.numbered:
        number = DeferredText(
            lambda: f"Page {page} of {canvas.page_count}", RIGHT, FOOT, fonts.REGULAR, SMALL, house_style.MUTED
        )
        canvas.later(number)


def _draw_line(canvas: Any, y: float, words: str, room: float) -> None:
    """Draw words in the small quiet letters of head and foot, cut to the room there is."""
    from reportlab.lib.colors import HexColor

    canvas.saveState()
    canvas.setFillColor(HexColor(house_style.MUTED))
    canvas.setFont(fonts.REGULAR, SMALL)
    canvas.drawString(house_style.SIDE, y, _fitted_line(words, room))
    canvas.restoreState()


def _fitted_line(words: str, room: float) -> str:
    return elide_to_width(one_line(words, fonts.register()), fonts.REGULAR, SMALL, room)


def _draw_mark(canvas: Any, words: str, colour: str, *, y: float, size: float) -> None:
    """Draw the words in a thin frame at the right margin; `y` is their baseline."""
    from reportlab.lib.colors import HexColor
    from reportlab.pdfbase.pdfmetrics import stringWidth

    wide = stringWidth(words, fonts.BOLD, size) + size
    canvas.saveState()
    canvas.setFillColor(HexColor(colour))
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(0.9)
    canvas.roundRect(RIGHT - wide, y - size * 0.42, wide, size * 1.55, 2.5, stroke=1, fill=0)
    canvas.setFont(fonts.BOLD, size)
    canvas.drawString(RIGHT - wide + size / 2, y, words)
    canvas.restoreState()
