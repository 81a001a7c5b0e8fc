"""Tagged PDF for screen readers: marked content on every page, and the structure tree with reading order and roles.

reportlab has no tagging of its own. A `Node` is an element of the structure tree (PDF 32000-1, 14.8); flowables carry
one and draw inside `marked`. Everything drawn without a node is an artifact: rules, backgrounds, running heads, the
repeated headers of tables. The canvas records what was drawn (`Drawn`). This works toward PDF/UA-1; it is not a
certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from reviewapp.report.pdf.deferred_text import deferred_canvas


class Node:
    """An element of the structure tree. `once`: drawn again (a repeated table header) it is an artifact."""

    def __init__(self, role: str, under: Node | None = None, *, once: bool = False, **attributes: str) -> None:
        self.role, self.once, self.attributes = role, once, attributes
        self.kids: list[Node] = []
        if under is not None:
            under.kids.append(self)


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

    def begin(self, node: Node | None, page: Any) -> str:
        """Open a piece of marked content; returns the operator to write before it into the page with this reference."""
        self.open = None if node is None or (node.once and node in self.pieces) else node
        if self.open is None:
            return "/Artifact BMC"
        here = self.this_page()
        self.pieces.setdefault(self.open, []).append((page, len(here)))
        here.append(self.open)
        return f"/{self.open.role} <</MCID {len(here) - 1}>> BDC"

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
def marked(canvas: Any, node: Node | None) -> Iterator[None]:
    """Mark what is drawn inside as content of `node`, or as an artifact; no effect on a canvas that does not tag."""
    drawn: Drawn | None = getattr(canvas, "drawn", None)
    if drawn is None:
        yield
        return
    canvas._code.append(drawn.begin(node, canvas._doc.thisPageRef()))
    yield
    canvas._code.append("EMC")
    drawn.open = None


@cache
def tagged_canvas() -> Any:
    """The class of canvases that tag; the caller sets `root` (the structure tree) and `about` (the metadata)."""
    from reportlab.pdfbase import pdfdoc

    class TaggedCanvas(deferred_canvas()):  # type: ignore[misc]
        """A canvas that records marked content and writes the structure tree when the file is saved."""

        root: Node
        about: dict[str, str]

        def __init__(self, *args: Any, **options: Any) -> None:
            self.drawn = Drawn()
            super().__init__(*args, **options)

        def showPage(self) -> None:
            """End the page with its key in the parent tree and the tab order of the structure."""
            key = self.drawn.end_page()
            super().showPage()
            page = self._doc.Pages.pages[-1]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = key, pdfdoc.PDFName("S")

        def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> Any:
            """Add a link that belongs to the node that is being drawn."""
            name = name or f"LINK{self._annotationCount}"
            annotation.permitted = (*annotation.permitted, "StructParent")
            annotation.otherkw |= {"StructParent": self.drawn.link(self._doc.thisPageRef(), name), "F": 4}
            annotation.Contents = "Go to this part"
            return super()._addAnnotation(annotation, name, addtopage)

        def save(self) -> None:
            """Write the structure tree, then the file."""
            if self._code:
                self.showPage()
            write_tree(self._doc, self.root, self.drawn, self.about)
            super().save()

    return TaggedCanvas


def write_tree(doc: Any, root: Node, drawn: Drawn, about: dict[str, str]) -> None:
    """Write structure tree, parent tree and metadata into the catalogue of the file."""
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
    doc.Catalog.Metadata = _metadata(about)


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
    element.add(*_attributes(node))
    return names[node]


@cache
def _written_object_class() -> Any:
    """The class of elements written as text: with reportlab's dictionaries this takes several times as long."""
    from reportlab.pdfbase.pdfdoc import PDFObject, pdfdocEnc

    class WrittenObject(PDFObject):  # type: ignore[misc]
        """An object of the file in pieces: text, and references whose numbers are known when it is written."""

        def __init__(self, role: str) -> None:
            self.parts: list[Any] = [f"<</S /{role}"]

        def add(self, *parts: Any) -> None:
            """Append text or references."""
            self.parts += parts

        def format(self, document: Any) -> bytes:
            """The bytes of the object; called by reportlab."""
            made = (part if isinstance(part, str) else part.format(document) for part in (*self.parts, ">>"))
            return b"".join(pdfdocEnc(part) if isinstance(part, str) else part for part in made)

    return WrittenObject


def _attributes(node: Node) -> list[Any]:
    from reportlab.pdfbase.pdfdoc import PDFString

    made: list[Any] = []
    if "Scope" in node.attributes:
        made.append(f" /A <</O /Table /Scope /{node.attributes['Scope']}>>")
    if "Alt" in node.attributes:
        made += [" /Alt ", PDFString(node.attributes["Alt"])]
    return made


def _has_content(node: Node, drawn: dict[Node, list[Any]]) -> bool:
    """True if the node or a child was drawn; also for empty table cells, as a row must keep its columns."""
    return node in drawn or node.role in ("TD", "TH") or any(_has_content(kid, drawn) for kid in node.kids)


def _piece(doc: Any, page: Any, piece: int | str) -> tuple[Any, ...]:
    """The reference to a marked piece of a page by its number, or to a link by the name of its annotation."""
    if isinstance(piece, int):
        return " <</Type /MCR /Pg ", page, f" /MCID {piece}>>"
    return " <</Type /OBJR /Pg ", page, " /Obj ", doc.refAnnotation(piece), ">>"


def _metadata(about: dict[str, str]) -> Any:
    """The XMP metadata stream: title, author, language and the PDF/UA part."""
    from reportlab.pdfbase import pdfdoc

    words = {key: escape(value) for key, value in about.items()}
    content = _XMP.format(**words).encode()
    header = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(header), content, filters=[])


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
