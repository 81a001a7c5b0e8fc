"""Writes the structure tree of a tagged PDF into its file: an object for every node drawn, and what leads to it."""

from __future__ import annotations

from functools import cache
from typing import Any

from reviewapp.report.pdf.tagging import Drawn, Node


def write_tree(doc: Any, root: Node, drawn: Drawn) -> None:
    """Write structure tree and parent tree into the catalogue of the file."""
    from reportlab.pdfbase import pdfdoc

    tree = pdfdoc.PDFDictionary({"Type": pdfdoc.PDFName("StructTreeRoot")})
    at_root = doc.Reference(tree, "StructTreeRoot")
    names: dict[Node, Any] = {}
    tree["K"] = _element(doc, root, at_root, drawn.pieces, names)
    numbers: list[Any] = []
    for key, nodes in enumerate(drawn.parents):
        value = pdfdoc.PDFArray([names[n] for n in nodes]) if isinstance(nodes, list) else names[nodes]
        numbers += [key, doc.Reference(value) if isinstance(nodes, list) else value]
    tree["ParentTree"] = doc.Reference(pdfdoc.PDFDictionary({"Nums": pdfdoc.PDFArray(numbers)}))
    tree["ParentTreeNextKey"] = len(drawn.parents)
    doc.Catalog.StructTreeRoot = tree
    doc.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": "true"})


def _element(doc: Any, node: Node, parent: Any, drawn: dict[Node, list[Any]], names: dict[Node, Any]) -> Any:
    """Write the node as an object of the file, its drawn pieces first and its children after; returns its reference."""
    element = _written_object_class()(node.role)
    names[node] = doc.Reference(element, f"Struct{len(names)}")
    pieces = drawn.get(node, ())
    kids = [_element(doc, kid, names[node], drawn, names) for kid in node.kids if _has_content(kid, drawn)]
    element.add(" /P ", parent)
    if len(pieces) == 1 and not kids and isinstance(pieces[0][1], int):
        element.add(" /Pg ", pieces[0][0], f" /K {pieces[0][1]}")  # the short form: there are thousands of these
    elif pieces or kids:
        element.add(" /K [")
        for page, piece in pieces:
            element.add(*_piece(doc, page, piece))
        for kid in kids:
            element.add(" ", kid)
        element.add("]")
    if node.attributes:
        element.add(*_attributes(doc, node))
    return names[node]


@cache
def _written_object_class() -> Any:
    """The class of elements written as text: with reportlab's dictionaries this takes several times as long."""
    from reportlab.pdfbase.pdfdoc import PDFObject

    class WrittenObject(PDFObject):  # type: ignore[misc]
        """An object of the file in pieces: text, and references whose numbers are known when it is written."""

        def __init__(self, role: str) -> None:
            self.parts: list[Any] = [f"<</S /{role}"]

        def add(self, *parts: Any) -> None:
            """Append text or references."""
            self.parts += parts

        def format(self, document: Any) -> bytes:
            """The bytes of the object; called by reportlab."""
            numbers = document.idToObjectNumberAndVersion
            made = [part if type(part) is str else f"{numbers[part.name][0]} 0 R" for part in self.parts]
            return "".join((*made, ">>")).encode("latin-1")

    return WrittenObject


_OWNERS = {"Scope": "Table", "ListNumbering": "List", "BBox": "Layout"}
"""Whose an attribute is (ISO 32000-1, 14.8.5): of a table's cell, of a list, of the layout."""


def _attributes(doc: Any, node: Node) -> list[str]:
    from reportlab.pdfbase.pdfdoc import PDFString

    made = [
        f" /A <</O /{owner} /{name} {node.attributes[name]}>>"
        for name, owner in _OWNERS.items()
        if name in node.attributes
    ]
    if "Alt" in node.attributes:
        made.append(f" /Alt {PDFString(node.attributes['Alt']).format(doc).decode('latin-1')}")
    return made


def _has_content(node: Node, drawn: dict[Node, list[Any]]) -> bool:
    """True if the node or a child was drawn; also for empty table cells, as a row must keep its columns."""
    return node in drawn or node.role in ("TD", "TH") or any(_has_content(kid, drawn) for kid in node.kids)


def _piece(doc: Any, page: Any, piece: int | str) -> tuple[Any, ...]:
    """The reference to a marked piece of a page by its number, or to a link by the name of its annotation."""
    if isinstance(piece, int):
        return " <</Type /MCR /Pg ", page, f" /MCID {piece}>>"
    return " <</Type /OBJR /Pg ", page, " /Obj ", doc.refAnnotation(piece), ">>"
