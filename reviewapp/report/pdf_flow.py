"""The few flowables of our own: headings that know their place, quotes with a rule, the panel of the cover.

reportlab may be imported only when a document is made, so `flowables()` makes the classes on first use.
"""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from reviewapp.report import look


@cache
def flowables() -> SimpleNamespace:
    """The classes `HeadingLine`, `RuledParagraph`, `Panel`, `PageCount`, `Bookmarked`."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable, Paragraph
    from reportlab.platypus.doctemplate import IndexingFlowable

    class HeadingLine(Paragraph):  # type: ignore[misc]
        """A heading that appears in bookmarks and, levels 1 and 2, in the contents."""

        level = 0
        anchor = ""
        words = ""

    class RuledParagraph(Paragraph):  # type: ignore[misc]
        """A paragraph with an upright rule at its left, on every page it runs over."""

        rule = look.MID

        def draw(self) -> None:
            """The rule, then the words."""
            self.canv.saveState()
            self.canv.setStrokeColor(HexColor(self.rule))
            self.canv.setLineWidth(2)
            self.canv.line(5, -1, 5, self.height - 1)
            self.canv.restoreState()
            super().draw()

    class Panel(Flowable):  # type: ignore[misc]
        """Paragraphs in white on the accent colour, from the top edge of the page, as wide as the page."""

        def __init__(self, paragraphs: list[Any], least: float) -> None:
            super().__init__()
            self.paragraphs, self.least = paragraphs, least

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """As high as the words need, but at least `least`."""
            self.heights = [p.wrap(width, height)[1] + p.style.spaceAfter for p in self.paragraphs]
            self.width, self.height = width, max(self.least, sum(self.heights) + 28)
            return self.width, self.height

        def draw(self) -> None:
            """The ground, then the words, set toward its foot."""
            canvas = self.canv
            canvas.saveState()
            canvas.setFillColor(HexColor(look.ACCENT))
            canvas.rect(-look.SIDE, 0, look.PAGE_WIDTH, look.PAGE_HEIGHT, stroke=0, fill=1)
            canvas.restoreState()
            y = 28 + sum(self.heights)
            for paragraph, height in zip(self.paragraphs, self.heights, strict=True):
                paragraph.drawOn(canvas, 0, y - height + paragraph.style.spaceAfter)
                y -= height

    class PageCount(IndexingFlowable):  # type: ignore[misc]
        """Knows how many pages the last pass had; the document is set again until that is true."""

        def __init__(self) -> None:
            super().__init__()
            self.total, self.before = 0, -1

        def isSatisfied(self) -> bool:  # noqa: N802 (reportlab's name)
            """Whether the count printed is the count there is."""
            return self.total == self.before

        def beforeBuild(self) -> None:  # noqa: N802
            """What is printed in this pass is what the last one counted."""
            self.before = self.total

        def notify(self, kind: str, stuff: Any) -> None:
            """Hears of each page as it is begun."""
            if kind == "PageNumber":
                self.total = int(stuff)

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Takes no room."""
            return 0.0, 0.0

        def draw(self) -> None:
            """Draws nothing."""

    return SimpleNamespace(
        HeadingLine=HeadingLine, RuledParagraph=RuledParagraph, Panel=Panel, PageCount=PageCount
    )
