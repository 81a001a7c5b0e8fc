"""What every paper document is made with: escaped paragraphs in the report's styles, and the page they stand on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.escape import markup
from reviewapp.report.paper.flowables import SIDE
from reviewapp.report.paper.reading_order import tree_of
from reviewapp.report.pdf.archive import About
from reviewapp.report.pdf.file_date import set_file_date
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tagged_canvas import canvas_maker
from reviewapp.report.pdf.tagging import Artifact, marked

TOP = BOTTOM = 16 * house_style.MM
FOOT_SIZE = 9
PADDING = 6
"""Points that reportlab keeps free beside whatever stands between the margins."""


class PaperTypesetter:
    """Makes paragraphs in the report's styles; all text is escaped."""

    def __init__(self) -> None:
        self._glyphs = fonts.register()
        self._styles = house_style.paragraph_styles()

    def style(self, name: str, **changes: Any) -> Any:
        """A style of the report, or one that differs from it in these attributes."""
        from reportlab.lib.styles import ParagraphStyle

        found = self._styles[name]
        return ParagraphStyle(name, parent=found, **changes) if changes else found

    def text(self, text: str, style: str, **changes: Any) -> Any:
        """A paragraph."""
        return tagged_paragraph()(markup(text, self._glyphs), self.style(style, **changes))

    def bold(self, first: str, rest: str, small: str = "", *, style: str = "body", **changes: Any) -> Any:
        """A paragraph that begins in bold and may end in grey."""
        inner = f"<b>{markup(first, self._glyphs)}</b>  {markup(rest, self._glyphs)}"
        quiet = f'<font color="{house_style.MUTED}">{markup(small, self._glyphs)}</font>' if small else ""
        return tagged_paragraph()(inner + quiet, self.style(style, **changes))

    def gap(self, points: float) -> Any:
        """Empty space."""
        from reportlab.platypus import Spacer

        return Spacer(1, points)

    def kept(self, *parts: Any) -> Any:
        """These on one page."""
        from reportlab.platypus import KeepTogether

        made = KeepTogether(list(parts))
        made.parts = parts
        return made


def paper_width(*, landscape: bool = False) -> float:
    """Points that a paragraph or a table has on a page."""
    return (house_style.PAGE_HEIGHT if landscape else house_style.PAGE_WIDTH) - 2 * (SIDE + PADDING)


def fewest_pages(made: Iterable[bytes]) -> bytes:
    """Of the same document set in several ways, the roomiest first, the first that has as few pages as any of them."""
    from pypdf import PdfReader

    every = list(made)
    pages = [len(PdfReader(BytesIO(one)).pages) for one in every]
    return every[pages.index(min(pages))]


def paper_pdf(story: list[Any], title: str, *, foot: str, today: date, landscape: bool = False) -> bytes:
    """The document as PDF, dated today, with `foot` and the number of the page under each page."""
    from reportlab.platypus import SimpleDocTemplate

    size = (house_style.PAGE_WIDTH, house_style.PAGE_HEIGHT)
    about = About(f"Paper sheet: {title}", "Reviewapp", title, "en-GB", today.isoformat())
    stream = BytesIO()
    template = SimpleDocTemplate(
        stream, pagesize=size[::-1] if landscape else size, leftMargin=SIDE, rightMargin=SIDE,
        topMargin=TOP, bottomMargin=BOTTOM,
        title=about.title, author=about.author, subject=about.subject, creator="Reviewapp", lang=about.language,
        displayDocTitle=True, invariant=1, initialFontName=fonts.REGULAR,
    )  # fmt: skip
    draw = _foot(foot, today)
    template.build(story, onFirstPage=draw, onLaterPages=draw, canvasmaker=canvas_maker(tree_of(story), about))
    return stream.getvalue()


def _foot(words: str, today: date) -> Any:
    glyphs = fonts.register()

    def draw(canvas: Any, template: Any) -> None:
        from reportlab.lib.colors import HexColor

        from reviewapp.report.escape import replace_unprintable

        set_file_date(canvas, today.isoformat())
        right = template.pagesize[0] - SIDE - PADDING
        with marked(canvas, Artifact.FOOTER):
            canvas.saveState()
            canvas.setFont(fonts.REGULAR, FOOT_SIZE)
            canvas.setFillColor(HexColor(house_style.MUTED))
            canvas.drawString(SIDE + PADDING, 9 * house_style.MM, replace_unprintable(words, glyphs))
            canvas.drawRightString(right, 9 * house_style.MM, f"Page {canvas.getPageNumber()}")
            canvas.restoreState()

    return draw
