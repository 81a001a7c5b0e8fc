"""The few flowables of our own: headings that know their place, quotes with a rule, the panel of the cover.

reportlab may be imported only when a document is made, so each class is made on first use.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report import house_style
from reviewapp.report.pdf.drawing import paint
from reviewapp.report.pdf.tagging import Node, marked


@cache
def tagged_paragraph() -> Any:
    """The class of paragraphs that are marked as `node` wherever they, or pieces of them, are drawn."""
    from reportlab.platypus import Paragraph

    class TaggedParagraph(Paragraph):  # type: ignore[misc]
        """Without a node it is an artifact."""

        node: Node | None = None
        broken_for = 0.0

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Lines are broken once for a width; frames, tables and `kept` each ask again."""
            if width != self.broken_for or "blPara" not in self.__dict__:
                super().wrap(width, height)
                self.broken_for = width
            return float(self.width), float(self.height)

        def draw(self) -> None:
            """The words, marked."""
            with marked(self.canv, self.node):
                super().draw()

        def split(self, width: float, height: float) -> list[Any]:
            """The pieces belong to the same node."""
            pieces: list[Any] = super().split(width, height)
            for piece in pieces:
                piece.node = self.node
            return pieces

    return TaggedParagraph


@cache
def heading_line() -> Any:
    """The class of headings that appear in bookmarks."""

    class HeadingLine(tagged_paragraph()):  # type: ignore[misc]
        """Set `level`, `anchor` and `words` (plain text) after making one."""

        level = 0
        anchor = ""
        words = ""

        def split(self, width: float, height: float) -> list[Any]:
            """The first piece is announced as the whole heading."""
            pieces: list[Any] = super().split(width, height)
            if pieces and pieces[0] is not self:
                for name in ("level", "anchor", "words"):
                    setattr(pieces[0], name, getattr(self, name))
            return pieces

    return HeadingLine


@cache
def ruled_paragraph() -> Any:
    """The class of paragraphs with an upright rule at their left, on every page they run over."""
    from reportlab.lib.colors import HexColor

    class RuledParagraph(tagged_paragraph()):  # type: ignore[misc]
        """A quote."""

        def draw(self) -> None:
            """The rule, then the words."""
            with marked(self.canv, None):
                self.canv.saveState()
                self.canv.setStrokeColor(HexColor(house_style.MID))
                self.canv.setLineWidth(2)
                x = self.style.leftIndent - 12
                self.canv.line(x, 0, x, self.height - 2)
                self.canv.restoreState()
            super().draw()

    return RuledParagraph


@cache
def panel() -> Any:
    """The class of the cover's ground: paragraphs in white, from the top edge of the page, as wide as the page."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable

    class Panel(Flowable):  # type: ignore[misc]
        """As high as the words need, but at least `least` points."""

        def __init__(self, paragraphs: list[Any], least: float) -> None:
            super().__init__()
            self.paragraphs, self.least = paragraphs, least

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """The room it takes in the frame."""
            self.heights = [p.wrap(width, height)[1] + p.style.spaceAfter for p in self.paragraphs]
            self.width, self.height = width, max(self.least, sum(self.heights) + 28)
            return self.width, self.height

        def draw(self) -> None:
            """The ground, then the words, set toward its foot."""
            canvas = self.canv
            with marked(canvas, None):
                canvas.saveState()
                canvas.setFillColor(HexColor(house_style.ACCENT))
                canvas.rect(-house_style.SIDE, 0, house_style.PAGE_WIDTH, house_style.PAGE_HEIGHT, stroke=0, fill=1)
                canvas.restoreState()
            y = 28 + sum(self.heights)
            for paragraph, height in zip(self.paragraphs, self.heights, strict=True):
                paragraph.drawOn(canvas, 0, y - height + paragraph.style.spaceAfter)
                y -= height

    return Panel


@cache
def figure() -> Any:
    """The class of drawings with words for those who cannot see them."""
    from reportlab.platypus import Flowable

    class Figure(Flowable):  # type: ignore[misc]
        """The `Alt` of its node says what the drawing shows. It is never split."""

        whole = True

        def __init__(self, drawing: Any, node: Node) -> None:
            super().__init__()
            self.drawing, self.node = drawing, node
            self.spaceAfter = 14

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """The size of the drawing."""
            self.width, self.height = self.drawing.width, self.drawing.height
            return self.width, self.height

        def draw(self) -> None:
            """The drawing."""
            with marked(self.canv, self.node):
                paint(self.canv, self.drawing)

    return Figure
