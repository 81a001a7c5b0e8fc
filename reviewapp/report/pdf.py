"""The report as PDF: A4, fonts embedded, contents with pages, bookmarks, running heads; no browser and no network."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

from reviewapp.report import fonts, look
from reviewapp.report.pdf_blocks import block_flowables
from reviewapp.report.pdf_flow import flowables
from reviewapp.report.pdf_text import Setter, fit
from reviewapp.report.tree import Document


def pdf_bytes(document: Document) -> bytes:
    """The whole document as PDF. The same tree gives the same bytes."""
    setter = Setter()
    count = flowables().PageCount()
    story: list[Any] = [count]
    for block in document.parts:
        story += block_flowables(block, setter)
    stream = BytesIO()
    _template_class()(stream, document, setter, count).multiBuild(story)
    return stream.getvalue()


@cache
def _template_class() -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    class ReportTemplate(BaseDocTemplate):  # type: ignore[misc]
        """Pages, running heads and feet, and what each heading announces."""

        def __init__(self, stream: BytesIO, document: Document, setter: Setter, count: Any) -> None:
            super().__init__(
                stream,
                pagesize=(look.PAGE_WIDTH, look.PAGE_HEIGHT),
                title=setter.line(document.title),
                subject=setter.line(document.subject),
                author=setter.line(document.author),
                creator="Reviewapp",
                keywords=[],
                lang=document.language,
                displayDocTitle=True,
                invariant=1,
                initialFontName=fonts.REGULAR,
            )
            self.document, self.setter, self.count = document, setter, count
            page = Frame(look.SIDE, look.BOTTOM, look.TEXT_WIDTH, look.TEXT_HEIGHT, 0, 0, 0, 0, id="page")
            cover = Frame(look.SIDE, look.BOTTOM, look.TEXT_WIDTH, look.PAGE_HEIGHT - look.BOTTOM, 0, 0, 0, 0, id="cover")
            self.addPageTemplates(
                [
                    PageTemplate(id="cover", frames=[cover], onPageEnd=self.cover_end),
                    PageTemplate(id="page", frames=[page], onPage=self.running),
                ]
            )

        def handle_pageBegin(self) -> None:  # noqa: N802 (reportlab's name)
            """Tell the count that another page has begun."""
            super().handle_pageBegin()
            self.count.notify("PageNumber", self.page)

        def afterFlowable(self, flowable: Any) -> None:  # noqa: N802
            """A heading becomes a bookmark and a line of the contents."""
            level = getattr(flowable, "level", 0)
            if not level:
                return
            self.canv.bookmarkPage(flowable.anchor)
            self.canv.addOutlineEntry(flowable.words or "-", flowable.anchor, level - 1, closed=level > 1)
            if level < 3:
                self.notify("TOCEntry", (level - 1, flowable.text, self.page, flowable.anchor))

        def cover_end(self, canvas: Any, _: Any) -> None:
            """The mark of a draft on the cover, in the corner that holds nothing else."""
            if self.document.mark:
                canvas.saveState()
                canvas.setFillColor(HexColor("#FFFFFF"))
                canvas.setStrokeColor(HexColor("#FFFFFF"))
                self._mark(canvas, look.PAGE_WIDTH - look.SIDE, look.PAGE_HEIGHT - 56, 15)
                canvas.restoreState()

        def _mark(self, canvas: Any, right: float, y: float, size: float) -> None:
            """DRAFT in a thin frame whose right edge is `right`."""
            from reportlab.pdfbase.pdfmetrics import stringWidth

            wide = stringWidth(self.document.mark, fonts.BOLD, size) + size
            canvas.setLineWidth(0.9)
            canvas.roundRect(right - wide, y - size * 0.42, wide, size * 1.55, 2.5, stroke=1, fill=0)
            canvas.setFont(fonts.BOLD, size)
            canvas.drawString(right - wide + size / 2, y, self.document.mark)

        def running(self, canvas: Any, _: Any) -> None:
            """Head: what this is, and that it is a draft. Foot: where in it."""
            canvas.saveState()
            canvas.setFillColor(HexColor(look.MUTED))
            canvas.setStrokeColor(HexColor(look.ALERT))
            head, right = look.PAGE_HEIGHT - 16 * look.MM, look.PAGE_WIDTH - look.SIDE
            canvas.setFont(fonts.REGULAR, 9)
            words = self.setter.line(self.document.running)
            if self.document.mark:
                words = f"{self.document.mark} – {words}"
            canvas.drawString(look.SIDE, head, fit(words, fonts.REGULAR, 9, look.TEXT_WIDTH - 60))
            self._foot(canvas, right)
            if self.document.mark:
                canvas.setFillColor(HexColor(look.ALERT))
                self._mark(canvas, right, head - 1, 9)
            canvas.setStrokeColor(HexColor(look.RULE))
            canvas.setLineWidth(0.5)
            canvas.line(look.SIDE, head - 9, right, head - 9)
            canvas.restoreState()

        def _foot(self, canvas: Any, right: float) -> None:
            foot = 13 * look.MM
            canvas.drawString(look.SIDE, foot, self.setter.line(self.document.subject))
            canvas.drawRightString(right, foot, f"Page {self.page} of {max(self.count.before, self.page)}")

    return ReportTemplate
