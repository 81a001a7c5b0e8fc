"""The report as a Word document, from the same tree as the PDF: real styles, headings, captions and header rows."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reviewapp.base.undated_zip import UndatedZip
from reviewapp.report import house_style
from reviewapp.report.docx.blocks import Writer
from reviewapp.report.docx.ooxml import field, set_language
from reviewapp.report.docx.styles import define_styles, enlarge
from reviewapp.report.docx.template import clean_template
from reviewapp.report.escape import for_word, one_line
from reviewapp.report.tree import Document

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LONGEST_PROPERTY = 255
"""The longest title, subject or author that Word reads, in characters."""


def docx_bytes(document: Document) -> bytes:
    """The bytes of the .docx, for Word or LibreOffice; the same tree gives the same bytes."""
    from docx import Document as new_document

    word = new_document()
    clean_template(word)
    define_styles(word)
    if document.large:
        enlarge(word)
    set_language(word, document.language)
    _page(word)
    _properties(word, document)
    _head_and_foot(word, document)
    writer = Writer(word, document)
    for block in document.parts:
        writer.block(block)
    return _package(word)


def _page(word: WordDocument) -> None:
    from docx.shared import Mm

    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(house_style.SIDE / house_style.MM)
    section.top_margin, section.bottom_margin = Mm(28), Mm(24)
    section.header_distance = section.footer_distance = Mm(12)


def _properties(word: WordDocument, document: Document) -> None:
    made = datetime.fromisoformat(document.made)
    properties = word.core_properties
    properties.title = one_line(document.title)[:LONGEST_PROPERTY]
    properties.subject = one_line(document.subject)[:LONGEST_PROPERTY]
    properties.author = one_line(document.author)[:LONGEST_PROPERTY]
    properties.language = document.language
    properties.comments = ""
    properties.created = properties.modified = made
    properties.last_modified_by = properties.author


def _head_and_foot(word: WordDocument, document: Document) -> None:
    """Write the running head (draft mark and title) and the foot (subject and page number)."""
    section = word.sections[0]
    head = section.header.paragraphs[0]
    head.style = word.styles["Header"]
    if document.mark:
        run = head.add_run(document.mark)
        run.bold = True
        head.add_run(" – ")
    head.add_run(one_line(for_word(document.running)))
    foot = section.footer.paragraphs[0]
    foot.style = word.styles["Footer"]
    foot.add_run(one_line(for_word(document.subject)) + "\tPage ")
    field(foot, "PAGE", "1")
    foot.add_run(" of ")
    field(foot, "NUMPAGES", "1")


class _Parts:
    """What python-docx writes the parts of a package to, in place of its own file with this computer's time."""

    def __init__(self, archive: UndatedZip) -> None:
        self._archive = archive

    def write(self, part: Any, content: bytes) -> None:
        """Write one part."""
        self._archive.writestr(part.membername, content)


def _package(word: WordDocument) -> bytes:
    """The document as `word.save` would write it, with one fixed date for all its parts."""
    from docx.opc.pkgwriter import PackageWriter

    writer: Any = PackageWriter

    package: Any = word.part.package
    for part in package.parts:
        part.before_marshal()
    out = BytesIO()
    with UndatedZip(out) as archive:
        parts: Any = _Parts(archive)
        writer._write_content_types_stream(parts, package.parts)
        writer._write_pkg_rels(parts, package.rels)
        writer._write_parts(parts, package.parts)
    return out.getvalue()
