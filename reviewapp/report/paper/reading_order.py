"""How paper documents are read aloud: a structure tree made of what stands on their pages, in its order.

Boxes to tick and lines to write on are drawn and not read. What a screen reader says of a sheet is what is asked on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, Literal

from reviewapp.report import fonts
from reviewapp.report.pdf.flowables import tagged_paragraph
from reviewapp.report.pdf.tables import Ruled
from reviewapp.report.pdf.tagging import Node, marked

Read = Literal["table", "fields", "choices", "steps"]
"""A table with its headings, labels one after the other, what may be ticked, or pictures with headings and texts."""
HEADINGS = ("h1", "h2", "h3")
"""Styles of headings, the largest first; the levels of a document follow from those that it has."""


class Words(str):
    """Plain words in a cell, read as `node`."""

    node: Node | None = None


@cache
def paper_table() -> Any:
    """The class of tables on paper; `read` says how its cells belong together."""
    from reportlab.platypus import Table

    class PaperTable(Ruled, Table):  # type: ignore[misc]
        """A table whose cells are paragraphs, `Words`, drawings or nothing."""

        read: Read = "table"

        def _drawCell(self, cellval: Any, *where: Any) -> None:
            if not isinstance(cellval, str):
                super()._drawCell(cellval, *where)
            elif cellval:
                with marked(self.canv, getattr(cellval, "node", None)):
                    super()._drawCell(cellval, *where)

    return PaperTable


def read_as(read: Read, rows: Sequence[Sequence[Any]], *, style: Sequence[tuple[Any, ...]], **options: Any) -> Any:
    """A table of these cells in a style, read in this way; plain strings may stand in its cells."""
    cells = [[Words(cell) if isinstance(cell, str) and cell else cell for cell in row] for row in rows]
    embedded = ("FONTNAME", (0, 0), (-1, -1), fonts.REGULAR)
    made = paper_table()(cells, style=[embedded, *style], **options)
    made.read, made.cells = read, cells
    return made


def tree_of(story: Iterable[Any]) -> Node:
    """The structure tree of a document, which its paragraphs and cells are tagged with."""
    root = Node("Document")
    parts = list(_flat(story))
    inside = [one for part in parts if getattr(part, "read", "") == "steps" for one in _in_cells(part.cells)]
    levels = [style for style in HEADINGS if any(_style(part) == style for part in (*parts, *inside))]
    for part in parts:
        if hasattr(part, "cells"):
            _place_steps(part.cells, root, levels) if part.read == "steps" else _PLACES[part.read](part.cells, root)
        elif isinstance(part, tagged_paragraph()):
            part.node = Node(_kind(part, levels), root)
    return root


def _kind(part: Any, levels: list[str]) -> str:
    style = _style(part)
    return f"H{levels.index(style) + 1}" if style in levels else "P"


def _in_cells(rows: list[list[Any]]) -> list[Any]:
    return [one for row in rows for cell in row if isinstance(cell, list) for one in cell]


def _place_steps(rows: list[list[Any]], root: Node, levels: list[str]) -> None:
    """Each cell is a picture, then paragraphs."""
    for one in _in_cells(rows):
        alt = getattr(one, "alt", None)
        one.node = Node("Figure", root, Alt=alt) if alt is not None else Node(_kind(one, levels), root)


def _flat(story: Iterable[Any]) -> Iterator[Any]:
    """What stands on the pages, also within what is kept on one page."""
    for part in story:
        if hasattr(part, "parts"):
            yield from _flat(part.parts)
        else:
            yield part


def _style(part: Any) -> str:
    return str(getattr(getattr(part, "style", None), "name", ""))


def _is_read(cell: Any) -> bool:
    return isinstance(cell, Words | tagged_paragraph())


def _place_table(rows: list[list[Any]], root: Node) -> None:
    """A row of headings, then rows that each begin with what they are about."""
    table = Node("Table", root)
    for number, row in enumerate(rows):
        line = Node("TR", table)
        for place, cell in enumerate(row):
            scope = "/Row" if number and not place else "/Column"
            node = Node("TD", line) if number and place else Node("TH", line, once=not number, Scope=scope)
            if _is_read(cell):
                cell.node = node


def _place_fields(rows: list[list[Any]], root: Node) -> None:
    for cell in filter(_is_read, (cell for row in rows for cell in row)):
        cell.node = Node("P", root)


def _place_choices(rows: list[list[Any]], root: Node) -> None:
    """A paragraph is the question; words are what may be ticked."""
    choices: Node | None = None
    for cell in filter(_is_read, (cell for row in rows for cell in row)):
        if isinstance(cell, Words):
            choices = choices or Node("L", root, ListNumbering="/None")
            cell.node = Node("LBody", Node("LI", choices))
        else:
            cell.node, choices = Node("P", root), None


_PLACES = {"table": _place_table, "fields": _place_fields, "choices": _place_choices}
