"""Tagged PDF for screen readers: marked content on every page, in reading order and with roles.

reportlab has no tagging of its own. A `Node` is an element of the structure tree (ISO 32000-1, 14.8); flowables carry
one and draw inside `marked`. Everything drawn without a node is an artifact: rules, backgrounds, running heads, the
repeated headers of tables. The canvas (`tagged_canvas`) records what was drawn (`Drawn`), `structure_tree` writes it,
and `archive` makes the file a PDF/A-2a. That it is PDF/UA-1 as well, checkers say (tests/core/report/pdf); they are no
certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any


class Node:
    """An element of the structure tree. `once`: drawn again (a repeated table header) it is an artifact.

    `attributes`: `Alt` is the text alternative; the others are written as they are, `Scope` and `ListNumbering` as
    names with their slash.
    """

    def __init__(self, role: str, under: Node | None = None, *, once: bool = False, **attributes: str) -> None:
        self.role, self.once, self.attributes = role, once, attributes
        self.kids: list[Node] = []
        if under is not None:
            under.kids.append(self)


class Artifact(Enum):
    """What is drawn and no part of the text, by the operator that begins it (ISO 32000-1, 14.8.2.2)."""

    DECORATION = "/Artifact BMC"
    HEADER = "/Artifact <</Type /Pagination /Subtype /Header /Attached [/Top]>> BDC"
    FOOTER = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
    WATERMARK = "/Artifact <</Type /Pagination /Subtype /Watermark>> BDC"


class Drawn:
    """Record of what was drawn: the marked pieces of every node, and the nodes of every page and link.

    `parents` becomes the parent tree of the PDF: a list of nodes for a page, one node for a link.
    """

    def __init__(self) -> None:
        self.pieces: dict[Node, list[tuple[Any, int | str]]] = {}
        self.parents: list[list[Node] | Node] = []
        self.open: Node | None = None
        self.page: list[Node] | None = None
        self.page_key = 0

    def begin(self, what: Node | Artifact, page: Any) -> str:
        """Open a piece of marked content; returns the operator to write before it into the page with this reference."""
        if isinstance(what, Node) and what.once and what in self.pieces:
            what = Artifact.DECORATION
        if isinstance(what, Artifact):
            self.open = None
            return str(what.value)
        self.open = what
        here = self.this_page()
        self.pieces.setdefault(what, []).append((page, len(here)))
        here.append(what)
        return f"/{what.role} <</MCID {len(here) - 1}>> BDC"

    def this_page(self) -> list[Node]:
        """The nodes of the marked pieces of the current page, in the order of their numbers (MCID)."""
        if self.page is None:
            self.page_key, self.page = len(self.parents), []
            self.parents.append(self.page)
        return self.page

    def end_page(self) -> int:
        """End the current page and return its key in the parent tree."""
        self.this_page()
        self.page = None
        return self.page_key

    def link(self, page: Any, name: str) -> int:
        """Record a link drawn for the open node; returns its key in the parent tree."""
        assert self.open is not None
        self.pieces[self.open].append((page, name))
        self.parents.append(self.open)
        return len(self.parents) - 1


@contextmanager
def marked(canvas: Any, what: Node | Artifact | None) -> Iterator[None]:
    """Mark what is drawn inside as content of a node, or as an artifact (None: decoration).

    No effect on a canvas that does not tag.
    """
    drawn: Drawn | None = getattr(canvas, "drawn", None)
    if drawn is None:
        yield
        return
    canvas._code.append(drawn.begin(what or Artifact.DECORATION, canvas._doc.thisPageRef()))
    yield
    canvas._code.append("EMC")
    drawn.open = None


def mark_from_here(canvas: Any, what: Node) -> None:
    """Inside `marked`: mark what follows as content of another node, such as the text after its bullet."""
    drawn: Drawn | None = getattr(canvas, "drawn", None)
    if drawn is not None:
        canvas._code += ["EMC", drawn.begin(what, canvas._doc.thisPageRef())]
