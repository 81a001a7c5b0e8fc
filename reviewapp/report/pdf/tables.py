"""Tagged tables that run over pages with their header repeated, and no column narrower than its longest word."""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report import fonts, house_style
from reviewapp.report.measure import PADDING, column_widths
from reviewapp.report.pdf.tagging import Artifact, Node, marked
from reviewapp.report.pdf.text import Typesetter
from reviewapp.report.runs import Runs, plain_text
from reviewapp.report.tree import Column, Table

NEW_PAGE = 0.9 * house_style.TEXT_HEIGHT
"""Points of room by which a page is known to be new."""


class Ruled:
    """What a table of reportlab draws itself, grounds and rules, is an artifact; screen readers read the cells."""

    canv: Any

    def _drawBkgrnd(self) -> None:
        with marked(self.canv, None):
            super()._drawBkgrnd()  # type: ignore[misc]

    def _drawLines(self) -> None:
        with marked(self.canv, None):
            super()._drawLines()  # type: ignore[misc]


@cache
def tagged_table() -> Any:
    """The class of the report's tables."""
    from reportlab.platypus import LongTable

    class TaggedTable(Ruled, LongTable):  # type: ignore[misc]
        """A long table that never leaves a single row on its last page, if it has three or more before."""

        begins_page = False
        """True for what is left of a table: it goes on at the head of a page, not under its first part."""

        def split(self, availWidth: float, availHeight: float) -> list[Any]:
            if self.begins_page and availHeight < NEW_PAGE:
                return []
            parts = self._parts(availWidth, availHeight)
            for part in parts[1:]:
                part.begins_page = True
            return parts

        def _parts(self, availWidth: float, availHeight: float) -> list[Any]:
            parts: list[Any] = super().split(availWidth, availHeight)
            if len(parts) != 2 or _rows(parts[1]) > 1 or _rows(parts[0]) < 3:
                return parts
            whole_but_last = sum(parts[0]._rowHeights[:-1])
            earlier: list[Any] = super().split(availWidth, whole_but_last + 0.1)
            return earlier if len(earlier) == 2 and _rows(earlier[1]) == 2 else parts

    return TaggedTable


def _rows(table: Any) -> int:
    """Number of rows below the header."""
    return len(table._cellvalues) - int(table.repeatRows)


def table_flowable(table: Table, setter: Typesetter, node: Node) -> Any:
    """The table as a flowable, tagged as `node`, without its caption; the first cell of a row is the row's header."""
    names, *below = _lists(table, setter, node) if table.lists else _cells(table, node)
    heads = [setter.words(c.title, "cell_head", name) for c, name in zip(table.columns, names, strict=True)]
    rows = [
        [_cell(runs, name, setter) for runs, name in zip(row, line, strict=True)]
        for row, line in zip(table.rows, below, strict=True)
    ]
    for cells in (heads, *rows):
        for column, cell in zip(table.columns, cells, strict=True):
            cell.style = _aligned(cell.style, column)
    return tagged_table()(
        [heads, *rows],
        colWidths=column_widths(table, house_style.TEXT_WIDTH),
        repeatRows=1,
        splitInRow=1,
        style=_style(),
        spaceBefore=2,
        spaceAfter=12,
        hAlign="LEFT",
    )


def _cells(table: Table, node: Node) -> list[list[Node | Artifact]]:
    """A node for each cell, row by row, the header first."""
    head = Node("TR", node)
    made: list[list[Node | Artifact]] = [[Node("TH", head, once=True, Scope="/Column") for _ in table.columns]]
    for row in table.rows:
        line = Node("TR", node)
        made.append([Node("TD", line) if n else Node("TH", line, Scope="/Row") for n in range(len(row))])
    return made


def _cell(runs: Runs, name: Node | Artifact, setter: Typesetter) -> Any:
    """A cell; one that is a link leads from all that stands in it."""
    made = setter.runs(runs, "cell", name)
    if isinstance(name, Node) and name.role == "Link":
        made.frags = [one.clone(link=[(0, f"#{_target(runs, setter)}")]) for one in made.frags]
    return made


def _target(runs: Runs, setter: Typesetter) -> str:
    """The heading of this document that a cell leads to; empty for none, and in a preview that traces its numbers."""
    found = (getattr(run, "to", "") for run in runs)
    return "" if setter.traced else next((to for to in found if to in setter.places), "")


def _lists(table: Table, setter: Typesetter, node: Node) -> list[list[Node | Artifact]]:
    """The same where each column is read as a list under its title, one after the other; an empty cell is no item."""
    columns: list[list[Node | Artifact]] = []
    for n in range(len(table.columns)):
        title, whole = Node("P", node, once=True), Node("L", node, ListNumbering="/None")
        said = [bool(plain_text(row[n]).strip()) for row in table.rows]
        items: list[Node | Artifact] = [
            Node("LBody", Node("LI", whole)) if one else Artifact.DECORATION for one in said
        ]
        items = [
            Node("Link", item) if isinstance(item, Node) and _target(row[n], setter) else item
            for item, row in zip(items, table.rows, strict=True)
        ]
        columns.append([title, *items])
    return [list(row) for row in zip(*columns, strict=True)]


def _aligned(style: Any, column: Column) -> Any:
    from reportlab.lib.enums import TA_CENTER, TA_RIGHT

    if column.align == "left":
        return style
    alignment = TA_RIGHT if column.align == "right" else TA_CENTER
    return style.clone(f"{style.name}_{column.align}", alignment=alignment)


def _style() -> list[tuple[Any, ...]]:
    from reportlab.lib.colors import HexColor

    return [
        ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor(house_style.TINT)),
        ("LINEBELOW", (0, 0), (-1, 0), 1.0, HexColor(house_style.ACCENT)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, HexColor(house_style.RULE)),
    ]
