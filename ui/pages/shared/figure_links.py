"""Figures in the preview as links: their positions, and the pages that show their sources."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from PySide6.QtCore import QRectF

LinkTarget = tuple[str, dict[str, str]]


@dataclass(frozen=True)
class Link:
    """A printed figure: page from 0, box (points, from the lower left), text, and path of its source."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    words: str
    path: str

    def within(self, page: QRectF, wide: float) -> QRectF:
        """The figure's box in a view that draws its page as `page`; the page is `wide` points wide."""
        scale = page.width() / wide
        y = page.bottom() - self.top * scale
        return QRectF(
            page.left() + self.left * scale, y, (self.right - self.left) * scale, (self.top - self.bottom) * scale
        )


def links_of(document: Any, number: int) -> list[Link]:
    """The figures of one page, in reading order."""
    import pypdfium2.raw as raw

    from reviewapp.report.pdf.text import FIGURE

    page = document[number]
    words = page.get_textpage()
    found, place, link, box = [], ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, place, link):
        path = _uri(document, raw.FPDFLink_GetAction(link))
        if path.startswith(FIGURE) and raw.FPDFLink_GetAnnotRect(link, box):
            edges = (box.left, box.bottom, box.right, box.top)
            said = " ".join(words.get_text_bounded(*edges).split())
            found.append(Link(number, *edges, said, unquote(path.removeprefix(FIGURE))))
    words.close()
    page.close()
    return found


def _uri(document: Any, action: Any) -> str:
    """The URI of a link; empty for one within the document."""
    import pypdfium2.raw as raw

    size = raw.FPDFAction_GetURIPath(document, action, None, 0)
    held = ctypes.create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document, action, held, size)
    return held.value.decode("ascii", "replace")


def origin_of(path: str) -> LinkTarget | None:
    """The page and place that show a figure's source; None if it was published elsewhere."""
    head, _, rest = path.partition(".")
    if head == "report":
        return _counted_for_the_report(rest)
    if head in ("figures", "self_review"):
        kind, _, of = rest.partition(".")
        name = of.rpartition(".")[0]
        return "standards", {kind.removeprefix("by_"): name} if kind in ("by_type", "by_section") else {}
    if head == "survey":
        parts = rest.split(".", maxsplit=2)
        return (
            ("standards", {"standard": parts[2].rpartition(".")[0]}) if "standards" in parts[1:2] else ("overview", {})
        )
    if head == "audit":
        return "case_notes", {"item": rest.partition(".")[0]}
    if path == "material.case_notes":
        return "case_notes", {}
    if path.startswith(("material.people", "material.concerns", "progress.interviews")):
        return "interviews", {}
    return {"forecast": ("agree", {}), "self_review_compared": ("agree", {}), "material": ("standards", {})}.get(head)


def _counted_for_the_report(rest: str) -> LinkTarget | None:
    head, _, of = rest.partition(".")
    if head == "rated_as":
        return "agree", {"standard": of.rpartition(".")[0]}
    if head == "compared_by_section":
        return "standards", {"section": of.rpartition(".")[0]}
    if head == "self_reviewed":
        return "standards", {"standard": of}
    return {
        "disagreements": ("agree", {}),
        "compared": ("agree", {}),
        "presentations": ("agree", {}),
        "responses": ("agree", {}),
        "context": ("overview", {}),
        "reviewers": ("overview", {}),
        "told": ("themes", {}),
    }.get(head)
