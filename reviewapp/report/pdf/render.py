"""The report as PDF: A4, fonts embedded, contents with pages, bookmarks, running heads; no browser and no network."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.pdf import page_decoration
from reviewapp.report.pdf.archive import About
from reviewapp.report.pdf.blocks import block_flowables
from reviewapp.report.pdf.deferred_text import deferred_canvas
from reviewapp.report.pdf.file_date import set_file_date
from reviewapp.report.pdf.keep_with_next import kept
from reviewapp.report.pdf.tagged_canvas import canvas_maker
from reviewapp.report.pdf.text import Typesetter
from reviewapp.report.tree import Cover, Document


def pdf_bytes(document: Document, *, tagged: bool = True, traced: bool = False) -> bytes:
    """The whole document as PDF; the same tree gives the same bytes.

    `tagged` is turned off for a preview, where nobody reads the tags. A preview may be `traced` instead: every computed
    number is a link to `figure:` with its path in the status.
    """
    setter = Typesetter(document.parts, traced=traced, large=document.large)
    story: list[Any] = []
    for block in document.parts:
        story += block_flowables(block, setter)
    stream = BytesIO()
    maker = canvas_maker(setter.root, _about(document, setter), setter.places) if tagged else deferred_canvas()
    _template_class()(stream, document, setter).build(kept(story), canvasmaker=maker)
    return stream.getvalue()


def _about(document: Document, setter: Typesetter) -> About:
    return About(
        title=setter.line(document.title),
        author=setter.line(document.author),
        subject=setter.line(document.subject),
        language=document.language,
        made=document.made,
    )


@cache
def _template_class() -> Any:
    from reportlab.platypus import BaseDocTemplate, PageTemplate

    class ReportTemplate(BaseDocTemplate):  # type: ignore[misc]
        """Page templates for cover and pages; makes bookmarks and page numbers of the headings."""

        def __init__(self, stream: BytesIO, document: Document, setter: Typesetter) -> None:
            super().__init__(stream, **_settings(document, setter))
            self.setter, self.made = setter, document.made
            cover = PageTemplate(
                id="cover",
                frames=[_frame(0)],
                onPageEnd=lambda canvas, _: page_decoration.cover_mark(canvas, document),
            )
            page = PageTemplate(
                id="page",
                frames=[_frame(house_style.TOP)],
                onPage=lambda canvas, _: page_decoration.running(canvas, document, page=self.page),
            )
            begins = [cover] if document.parts and isinstance(document.parts[0], Cover) else []
            self.addPageTemplates([*begins, page])

        def beforeDocument(self) -> None:
            """Date the file; called by reportlab for each pass."""
            set_file_date(self.canv, self.made)

        def afterFlowable(self, flowable: Any) -> None:
            """Make a bookmark of a heading and record its page for the contents; called by reportlab."""
            level = getattr(flowable, "level", 0)
            if not level:
                return
            self.canv.bookmarkPage(flowable.anchor)
            self.canv.addOutlineEntry(flowable.words, flowable.anchor, level - 1, closed=level > 1)
            self.setter.pages.setdefault(flowable.anchor, self.page)

    return ReportTemplate


def _frame(top: float) -> Any:
    from reportlab.platypus import Frame

    high = house_style.PAGE_HEIGHT - house_style.BOTTOM - top
    return Frame(house_style.SIDE, house_style.BOTTOM, house_style.TEXT_WIDTH, high, 0, 0, 0, 0, id=f"frame-{top:.0f}")


def _settings(document: Document, setter: Typesetter) -> dict[str, Any]:
    """The settings of the template; `invariant` keeps the clock and random ids out of the file."""
    return {
        "pagesize": (house_style.PAGE_WIDTH, house_style.PAGE_HEIGHT),
        "title": setter.line(document.title),
        "subject": setter.line(document.subject),
        "author": setter.line(document.author),
        "creator": "Reviewapp",
        "keywords": [],
        "lang": document.language,
        "displayDocTitle": True,
        "invariant": 1,
        "initialFontName": fonts.REGULAR,
    }
