"""The list of parts with their pages: links, and page numbers without a trail of dots to be read aloud."""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report import fonts, look
from reviewapp.report.pdf_flow import tagged_paragraph
from reviewapp.report.pdf_tables import tagged_table
from reviewapp.report.tagging import Node

ENTRY = "TOCEntry"
"""The notice that headings give: level (0 or 1), markup, page, anchor."""
PAGE_ROOM = 40.0


@cache
def contents_list() -> Any:
    """The class of the list; it is set again until every page number is true."""
    from reportlab.lib.enums import TA_RIGHT
    from reportlab.platypus.doctemplate import IndexingFlowable

    class ContentsList(IndexingFlowable):  # type: ignore[misc]
        """Prints what the pass before has heard."""

        def __init__(self, styles: list[Any], node: Node) -> None:
            super().__init__()
            self.styles, self.node = styles, node
            self.heard: list[Any] = []
            self.known: list[Any] = []
            self.table: Any = None

        def beforeBuild(self) -> None:
            """A pass begins."""
            self.known, self.heard = self.heard, []

        def notify(self, kind: str, stuff: Any) -> None:
            """Hears of each heading and its page."""
            if kind == ENTRY:
                self.heard.append(stuff)

        def isSatisfied(self) -> bool:
            """Whether what was printed is so."""
            return bool(self.heard == self.known)

        def wrap(self, width: float, height: float) -> tuple[float, float]:
            """As high as the list needs."""
            self.node.kids.clear()
            rows = [self._row(*entry) for entry in self.known] or [["", ""]]
            self.table = tagged_table()(
                rows, colWidths=[width - PAGE_ROOM, PAGE_ROOM], style=_style(rows), splitInRow=1
            )
            self.width, self.height = self.table.wrap(width, height)
            return self.width, self.height

        def split(self, width: float, height: float) -> list[Any]:
            """Pieces for two pages."""
            pieces: list[Any] = self.table.splitOn(self.canv, width, height)
            return pieces

        def drawOn(self, canvas: Any, x: float, y: float, _sW: float = 0) -> None:
            """The list."""
            self.table.drawOn(canvas, x, y, _sW)

        def _row(self, level: int, words: str, page: int, anchor: str) -> list[Any]:
            style = self.styles[level]
            number = style.clone(f"{style.name}_page", alignment=TA_RIGHT, rightIndent=0)
            link = f'<a href="#{anchor}" color="{look.INK}">{words}</a>'
            item = Node("TOCI", self.node)
            words_, page_ = tagged_paragraph()(link, style), tagged_paragraph()(str(page), number)
            words_.node, page_.node = Node("Link", item), Node("P", item)
            return [words_, page_]

    return ContentsList


def _style(rows: list[list[Any]]) -> list[tuple[Any, ...]]:
    from reportlab.lib.colors import HexColor

    tops = [n for n, row in enumerate(rows) if n and getattr(row[0], "style", None) and row[0].style.leftIndent == 0]
    return [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *(("LINEABOVE", (0, n), (-1, n), 0.5, HexColor(look.RULE)) for n in tops),
    ]
