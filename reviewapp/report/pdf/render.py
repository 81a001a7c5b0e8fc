"""The report as PDF: A4, fonts embedded, contents with pages, bookmarks, running heads; no browser and no network."""

from __future__ import annotations

from functools import cache, partial
from io import BytesIO
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.pdf import page_decoration
from reviewapp.report.pdf.blocks import block_flowables
from reviewapp.report.pdf.deferred_text import deferred_canvas
from reviewapp.report.pdf.keep_with_next import kept
from reviewapp.report.pdf.tagging import tagged_canvas
from reviewapp.report.pdf.text import Typesetter
from reviewapp.report.tree import Cover, Document


def pdf_bytes(document: Document, *, tagged: bool = True, traced: bool = False) -> bytes:
    """The whole document as PDF. The same tree gives the same bytes.

    `tagged` is turned off where nobody reads the tags: in a preview. There it may be `traced` instead: every computed
    number leads to `figure:` and the place it comes from.
    """
    from reportlab import rl_config

    rl_config.useA85 = 0  # its text form of streams makes files a quarter larger
    setter = Typesetter(document.parts, traced=traced)
    story: list[Any] = []
    for block in document.parts:
        story += block_flowables(block, setter)
    stream = BytesIO()
    maker = partial(_canvas, document, setter) if tagged else deferred_canvas()
    _template_class()(stream, document, setter).build(kept(story), canvasmaker=maker)
    return stream.getvalue()


def _canvas(document: Document, setter: Typesetter, *args: Any, **options: Any) -> Any:
    """A canvas that knows what it is to tag."""
    made = tagged_canvas()(*args, **options)
    made.root = setter.root
    made.about = {
        "title": setter.line(document.title),
        "author": setter.line(document.author),
        "language": document.language,
    }
    return made


@cache
def _template_class() -> Any:
    from reportlab.platypus import BaseDocTemplate, PageTemplate

    class ReportTemplate(BaseDocTemplate):  # type: ignore[misc]
        """Pages, and what each heading announces."""

        def __init__(self, stream: BytesIO, document: Document, setter: Typesetter) -> None:
            super().__init__(stream, **_settings(document, setter))
            self.setter = setter
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
            cover = PageTemplate(
                id="cover", frames=[_frame(0)], onPageEnd=lambda canvas, _: page_decoration.cover_mark(canvas, document)
            )
            page = PageTemplate(
                id="page",
                frames=[_frame(house_style.TOP)],
                onPage=lambda canvas, _: page_decoration.running(canvas, document, page=self.page),
            )
            begins = [cover] if document.parts and isinstance(document.parts[0], Cover) else []
            self.addPageTemplates([*begins, page])

        def afterFlowable(self, flowable: Any) -> None:
            """A heading becomes a bookmark and a line of the contents."""
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
    """`invariant`: no clock and no random id goes into the file."""
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
