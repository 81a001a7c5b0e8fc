"""reportlab flowables for paper forms only: lines to write on, boxes to tick, an empty grid."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.escape import one_line
from reviewapp.report.paper.reading_order import read_as
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tagging import marked

SIDE = 18 * house_style.MM
PITCH = 19.0
"""Points between two lines to write on, for comfortable handwriting."""


def lines(count: int) -> Any:
    """A flowable of `count` empty lines to write on, as wide as the frame."""
    return _lines_class()(count)


@cache
def _lines_class() -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable

    class Lines(Flowable):  # type: ignore[misc]
        """Empty lines, `PITCH` points apart."""

        def __init__(self, count: int) -> None:
            super().__init__()
            self.count, self.room = count, 0.0

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Use all of the width; the height follows from the number of lines."""
            self.room = width
            return width, self.count * PITCH + 2

        def draw(self) -> None:
            """Draw thin grey lines, so that handwriting stands out."""
            with marked(self.canv, None):
                self.canv.setStrokeColor(HexColor(house_style.RULE))
                self.canv.setLineWidth(0.7)
                for number in range(self.count):
                    self.canv.line(0, 2 + number * PITCH, self.room, 2 + number * PITCH)

    return Lines


def heading_line(labels: Sequence[str]) -> Any:
    """A row of labels, each followed by a line to write on, over the whole width of the page."""
    from reportlab.lib.colors import HexColor
    from reportlab.pdfbase.pdfmetrics import stringWidth

    cells = [label for name in labels for label in (name, "")]
    names = [stringWidth(name, fonts.REGULAR, house_style.SMALL_SIZE) + 10 for name in labels]
    room = (house_style.PAGE_WIDTH - 2 * SIDE - sum(names)) / len(labels)
    widths = [wide for name in names for wide in (name, room)]
    style = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, house_style.SMALL_SIZE),
        ("TEXTCOLOR", (0, 0), (-1, -1), HexColor(house_style.MUTED)),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    style += [
        ("LINEBELOW", (2 * place + 1, 0), (2 * place + 1, 0), 0.7, HexColor(house_style.MUTED))
        for place in range(len(labels))
    ]
    return read_as("fields", [cells], colWidths=widths, rowHeights=[22], style=style, hAlign="LEFT")


def tick_row(choices: Sequence[str]) -> Any:
    """A row of boxes to tick, each with its words beside it."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    cells: list[Any] = []
    widths: list[float] = []
    for choice in choices:
        cells += [_box_class()(), choice]
        widths += [18, stringWidth(choice, fonts.REGULAR, house_style.SMALL_SIZE) + 18]
    rules = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, house_style.SMALL_SIZE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
    ]
    return read_as("choices", [cells], colWidths=widths, style=rules, hAlign="LEFT")


def ruled_table(rows: Sequence[Sequence[Any]], widths: Sequence[float], *, padding: float) -> Any:
    """A table with thin rules and a tinted first row, which is repeated on each page."""
    from reportlab.lib.colors import HexColor

    style = [
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor(house_style.RULE)),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(house_style.TINT)),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding + 1),
    ]
    return read_as("table", rows, colWidths=list(widths), style=style, repeatRows=1)


def boxes(question: str, choices: Sequence[str], style: Any) -> Any:
    """A question, followed by a box to tick for each choice."""

    from reviewapp.report.escape import markup

    words = tagged_paragraph()(markup(question, fonts.register()), style)
    ticks: list[Any] = []
    for choice in choices:
        ticks += [_box_class()(), choice]
    widths: list[float | None] = [None if len(question) > 20 else 80]
    for choice in choices:
        widths += [18, 56 if len(choice) > 3 else 30]
    rules = [
        ("FONT", (0, 0), (-1, -1), fonts.REGULAR, house_style.SMALL_SIZE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    return read_as("choices", [[words, *ticks]], colWidths=widths, style=rules, hAlign="LEFT")


@cache
def _box_class() -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Flowable

    class Box(Flowable):  # type: ignore[misc]
        """A square to tick, 11 points a side."""

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Return the fixed size, 11 by 11 points."""
            return 11, 11

        def draw(self) -> None:
            """Draw the outline of the square."""
            with marked(self.canv, None):
                self.canv.setStrokeColor(HexColor(house_style.INK))
                self.canv.setLineWidth(0.9)
                self.canv.rect(0, 0, 11, 11)

    return Box


def grid(items: Sequence[Any], records: int, width: float, *, padding: float = 5) -> Any:
    """A table with a row per item and `records` empty columns, `width` points wide; its header repeats on each page.

    `padding`: points above what stands in a row, and below it, where it is one more.
    """
    from reportlab.lib.colors import HexColor

    cell = 34.0
    rows: list[list[Any]] = [["Record number", *[""] * records], *([item, *[""] * records] for item in items)]
    style = [
        ("FONT", (0, 0), (-1, 0), fonts.BOLD, house_style.SMALL_SIZE),
        ("GRID", (0, 0), (-1, -1), 0.6, HexColor(house_style.RULE)),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(house_style.TINT)),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), 5),
        ("TOPPADDING", (0, 0), (-1, -1), padding),
        ("BOTTOMPADDING", (0, 0), (-1, -1), padding + 1),
    ]
    return read_as("table", rows, colWidths=[width - records * cell, *[cell] * records], style=style, repeatRows=1)


@cache
def picture() -> Any:
    """The class of a picture from a file, tagged as a figure with `alt` as its text alternative."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.utils import ImageReader
    from reportlab.platypus import Flowable

    class Picture(Flowable):  # type: ignore[misc]
        """A picture as wide as asked, with a thin frame; its node is set with the document's structure."""

        def __init__(self, file: Path, width: float, alt: str) -> None:
            super().__init__()
            self.image, self.alt = ImageReader(str(file)), one_line(alt)
            self.node: Any = None
            across, down = self.image.getSize()
            self.width, self.height = width, width * down / across

        def wrap(self, _width: float, _height: float) -> tuple[float, float]:
            """Return the size of the picture."""
            return self.width, self.height

        def draw(self) -> None:
            """Draw the picture as marked content of its node, which says where on the page it is."""
            if self.node is not None:
                left, bottom = self.canv.absolutePosition(0, 0)
                box = (left, bottom, left + self.width, bottom + self.height)
                self.node.attributes["BBox"] = f"[{' '.join(f'{at:.2f}' for at in box)}]"
            with marked(self.canv, self.node):
                self.canv.drawImage(self.image, 0, 0, self.width, self.height)
            with marked(self.canv, None):
                self.canv.setStrokeColor(HexColor(house_style.AXIS))
                self.canv.setLineWidth(0.6)
                self.canv.rect(0, 0, self.width, self.height, stroke=1, fill=0)

    return Picture
