"""The table of contents: links and page numbers, without leader dots that a screen reader would read aloud."""

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
    """The table of contents; `pages` (anchor to page) is read only when the file is written, so it may be empty now.

    `styles` has a paragraph style for each level, `node` is the table's element of the structure tree.
    """
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
    words.node = Node("Link", Node("Reference", item))
    return [words, _page_number()(entry.anchor, style, pages, Node("P", item))]


@cache
def _page_number() -> Any:
    from reportlab.platypus import Flowable

    class PageNumber(Flowable):  # type: ignore[misc]
        """The page number of a heading, aligned right."""

        def __init__(self, anchor: str, style: Any, pages: dict[str, int], node: Node) -> None:
            super().__init__()
            self.anchor, self.style, self.pages, self.node = anchor, style, pages, node

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """Use all of the width and the height of one line."""
            self.width, self.height = width, self.style.leading
            return self.width, self.height

        def draw(self) -> None:
            """Defer the number, on the baseline of the text beside it."""
            style = self.style
            with marked(self.canv, self.node):
                self.canv.later(
                    DeferredText(
                        self._page_text,
                        self.width,
                        self.height - style.fontSize,
                        style.fontName,
                        style.fontSize,
                        house_style.INK,
                    )
                )

        def _page_text(self) -> str:
            return str(self.pages[self.anchor])

    return PageNumber


def _style(entries: list[ContentsEntry]) -> list[tuple[Any, ...]]:
    from reportlab.lib.colors import HexColor

    tops = [n for n, entry in enumerate(entries) if n and entry.level == 1]
    return [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *(("LINEABOVE", (0, n), (-1, n), 0.5, HexColor(house_style.RULE)) for n in tops),
    ]
