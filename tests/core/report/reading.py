"""Reading documents back, as a person or a screen reader would."""

from __future__ import annotations

from io import BytesIO

from docx import Document as open_word
from pypdf import PdfReader

from reviewapp.report.escape import for_word, replace_unprintable
from reviewapp.report.fonts import register


def pages(pdf: bytes) -> list[str]:
    """The text of each page; the space that keeps the words of two lines apart is taken off."""
    texts = (page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return ["\n".join(line.rstrip(" ") for line in text.split("\n")) for text in texts]


def squeezed(text: str) -> str:
    """Without white space: where a line was broken says nothing about what was printed."""
    return "".join(text.split())


def pdf_text(pdf: bytes) -> str:
    """All words of the PDF, running heads left out, squeezed: a text may run over a page."""
    bodies = ["\n".join(line for line in page.splitlines() if not _running(line)) for page in pages(pdf)]
    return squeezed("".join(bodies))


def _running(line: str) -> bool:
    return line.startswith(("DRAFT – ", "Page ")) or line in ("DRAFT", "Peer review report")


def word_lines(docx: bytes) -> list[str]:
    """The text of every paragraph of the Word document, tables included, in order."""
    body = open_word(BytesIO(docx)).element.body
    found = []
    for paragraph in body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
        pieces = []
        for node in paragraph.iter():
            name = node.tag.rsplit("}", 1)[-1]
            pieces.append({"t": node.text or "", "br": "\n", "tab": "\t"}.get(name, ""))
        found.append("".join(pieces))
    return found


def as_pdf_shows(text: str) -> str:
    """What the PDF must hold for a typed text."""
    return squeezed(replace_unprintable(text, register()))


def as_word_shows(text: str) -> str:
    """What the Word document must hold for a typed text."""
    return for_word(text)
