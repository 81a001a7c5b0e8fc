"""Custom reportlab flowables: tagged paragraphs, headings with bookmarks, ruled quotes, the cover panel, figures.

reportlab may be imported only when a document is made, so each class is made on first use.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report import house_style
from reviewapp.report.pdf.drawing import paint
from reviewapp.report.pdf.tagging import Artifact, Node, mark_from_here, marked
from reviewapp.report.pdf.word_breaks import lines_within_words


@cache
def tagged_paragraph() -> Any:
    """The class of paragraphs that are marked content of `node` wherever they, or pieces of them, are drawn."""
    from reportlab.platypus import Paragraph

    class TaggedParagraph(Paragraph):  # type: ignore[misc]
        """A paragraph with a node of the structure tree; without one it is an artifact.

        With a `label` the bullet is content of that node.
        """

        node: Node | Artifact | None = None
        label: Node | None = None
        broken_for = 0.0

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Break lines only if the width is new: frames, tables and `kept` each ask again."""
            if width != self.broken_for or "blPara" not in self.__dict__:
                super().wrap(width, height)
                self.broken_for = width
            return float(self.width), float(self.height)

        def draw(self) -> None:
            """Draw the text as marked content of the node."""
            with marked(self.canv, (self.bulletText and self.label) or self.node):
                super().draw()

        def beginText(self, x: float, y: float) -> Any:
            """Begin the text itself, after the bullet if there is one; called by reportlab."""
            if self.bulletText and self.label and isinstance(self.node, Node):
                mark_from_here(self.canv, self.node)
            text = super().beginText(x, y)
            text.unbroken = lines_within_words(self)
            return text

        def split(self, width: float, height: float) -> list[Any]:
            """Split as usual; the pieces belong to the same node."""
            pieces: list[Any] = super().split(width, height)
            for piece in pieces:
                piece.node, piece.label = self.node, self.label
            return pieces

    return TaggedParagraph


@cache
def heading_line() -> Any:
    """The class of headings that become bookmarks of the PDF."""

    class HeadingLine(tagged_paragraph()):  # type: ignore[misc]
        """A heading; the caller sets `level`, `anchor` and `words` (plain text) after making it."""

        level = 0
        anchor = ""
        words = ""

        def split(self, width: float, height: float) -> list[Any]:
            """Split as usual; the first piece becomes the bookmark of the whole heading."""
            pieces: list[Any] = super().split(width, height)
            if pieces and pieces[0] is not self:
                for name in ("level", "anchor", "words"):
                    setattr(pieces[0], name, getattr(self, name))
            return pieces

    return HeadingLine


@cache
def ruled_paragraph() -> Any:
    """The class of paragraphs with a vertical rule at their left, on every page they run over."""
    from reportlab.lib.colors import HexColor

    class RuledParagraph(tagged_paragraph()):  # type: ignore[misc]
        """A quote with a rule at its left."""

        def draw(self) -> None:
            """Draw the rule as an artifact, then the text."""
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
    """The class of the cover's panel: white paragraphs on a coloured background up to the edges of the page."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable

    class Panel(Flowable):  # type: ignore[misc]
        """A panel as high as its paragraphs need, but at least `least` points."""

        def __init__(self, paragraphs: list[Any], least: float) -> None:
            super().__init__()
            self.paragraphs, self.least = paragraphs, least

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Wrap the paragraphs and return the size of the panel within the frame."""
            self.heights = [p.wrap(width, height)[1] + p.style.spaceAfter for p in self.paragraphs]
            self.width, self.height = width, max(self.least, sum(self.heights) + 28)
            return self.width, self.height

        def draw(self) -> None:
            """Draw the background as an artifact, then the paragraphs at its foot."""
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
    """The class of figures: drawings with a text alternative."""
    from reportlab.platypus import Flowable

    class Figure(Flowable):  # type: ignore[misc]
        """A drawing whose node has the text alternative as `Alt`; it is never split."""

        whole = True

        def __init__(self, drawing: Any, node: Node) -> None:
            super().__init__()
            self.drawing, self.node = drawing, node
            self.spaceAfter = 14

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Return the size of the drawing."""
            self.width, self.height = self.drawing.width, self.drawing.height
            return self.width, self.height

        def draw(self) -> None:
            """Draw the drawing as marked content of the node, which says where on the page it is."""
            left, bottom = self.canv.absolutePosition(0, 0)
            box = (left, bottom, left + self.width, bottom + self.height)
            self.node.attributes["BBox"] = f"[{' '.join(f'{at:.2f}' for at in box)}]"
            with marked(self.canv, self.node):
                paint(self.canv, self.drawing)

    return Figure
