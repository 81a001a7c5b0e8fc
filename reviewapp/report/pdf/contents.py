"""The list of parts with their pages: links, and page numbers without a trail of dots to be read aloud."""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.pdf.deferred_text import DeferredText
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tables import tagged_table
from reviewapp.report.pdf.tagging import Node, marked
from reviewapp.report.pdf.text import ContentsEntry

PAGE_ROOM = 40.0


def contents_table(entries: list[ContentsEntry], styles: list[Any], node: Node, pages: dict[str, int]) -> Any:
    """The list. `pages` (anchor to page) is read when the file is written, so it may still be empty now."""
    rows = [_row(entry, styles[entry.level - 1], node, pages) for entry in entries]
    return tagged_table()(
        rows or [["", ""]],
        colWidths=[house_style.TEXT_WIDTH - PAGE_ROOM, PAGE_ROOM],
        style=_style(entries),
        splitInRow=1,
    )


def _row(entry: ContentsEntry, style: Any, node: Node, pages: dict[str, int]) -> list[Any]:
    item = Node("TOCI", node)
    words = tagged_paragraph()(f'<a href="#{entry.anchor}" color="{house_style.INK}">{entry.words}</a>', style)
    words.node = Node("Link", item)
    return [words, _page_number()(entry.anchor, style, pages, Node("P", item))]


@cache
def _page_number() -> Any:
    from reportlab.platypus import Flowable

    class PageNumber(Flowable):  # type: ignore[misc]
        """The page of a heading, at the right."""

        def __init__(self, anchor: str, style: Any, pages: dict[str, int], node: Node) -> None:
            super().__init__()
            self.anchor, self.style, self.pages, self.node = anchor, style, pages, node

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """A line."""
            self.width, self.height = width, self.style.leading
            return self.width, self.height

        def draw(self) -> None:
            """On the baseline of the words beside it."""
            style = self.style
            with marked(self.canv, self.node):
                self.canv.later(
                    DeferredText(
                        self._words,
                        self.width,
                        self.height - style.fontSize,
                        style.fontName,
                        style.fontSize,
                        house_style.INK,
                    )
                )

        def _words(self) -> str:
            return str(self.pages[self.anchor])

    return PageNumber


def _style(entries: list[ContentsEntry]) -> list[tuple[Any, ...]]:
    from reportlab.lib.colors import HexColor

    tops = [n for n, entry in enumerate(entries) if n and entry.level == 1]
    return [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *(("LINEABOVE", (0, n), (-1, n), 0.5, HexColor(house_style.RULE)) for n in tops),
    ]
