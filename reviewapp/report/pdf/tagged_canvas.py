"""The canvas of tagged documents: it records what is drawn, and writes tree and metadata when the file is saved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from reviewapp.report.pdf.archive import VERSION, About, make_archival
from reviewapp.report.pdf.deferred_text import deferred_canvas
from reviewapp.report.pdf.structure_tree import write_tree
from reviewapp.report.pdf.tagging import Drawn, Node


@cache
def _tagged_canvas() -> Any:
    """The class of canvases that tag."""
    from reportlab.pdfbase import pdfdoc

    class TaggedCanvas(deferred_canvas()):  # type: ignore[misc]
        """A canvas that records marked content and writes the structure tree when the file is saved."""

        root: Node
        about: About
        places: Mapping[str, str]

        def __init__(self, *args: Any, **options: Any) -> None:
            self.drawn = Drawn()
            super().__init__(*args, **options, pdfVersion=VERSION)

        def showPage(self) -> None:
            """End the page with its key in the parent tree and the tab order of the structure."""
            key = self.drawn.end_page()
            super().showPage()
            page = self._doc.Pages.pages[-1]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = key, pdfdoc.PDFName("S")

        def linkRect(self, contents: str, destinationname: str, *args: Any, **options: Any) -> Any:
            """Add a link that says where it leads; called by reportlab."""
            return super().linkRect(contents or self.places[destinationname], destinationname, *args, **options)

        def _addAnnotation(self, annotation: Any, name: str | None = None, addtopage: int = 1) -> Any:
            """Add a link that belongs to the node that is being drawn."""
            name = name or f"LINK{self._annotationCount}"
            annotation.permitted = (*annotation.permitted, "StructParent")
            annotation.otherkw |= {"StructParent": self.drawn.link(self._doc.thisPageRef(), name), "F": 4}
            return super()._addAnnotation(annotation, name, addtopage)

        def save(self) -> None:
            """Write the structure tree and the metadata, then the file."""
            if self._code:
                self.showPage()
            write_tree(self._doc, self.root, self.drawn)
            make_archival(self._doc, self.about)
            super().save()

    return TaggedCanvas


def canvas_maker(root: Node, about: About, places: Mapping[str, str] | None = None) -> Any:
    """What reportlab makes the canvas of a document by: one that tags, with this tree and these words about the file.

    `places`: what stands where its links lead, by anchor.
    """

    def make(*args: Any, **options: Any) -> Any:
        canvas = _tagged_canvas()(*args, **options)
        canvas.root, canvas.about, canvas.places = root, about, places or {}
        return canvas

    return make
