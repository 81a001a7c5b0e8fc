"""The report as a Word document, from the same tree as the PDF: real styles, headings, captions and header rows."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reviewapp.report import house_style
from reviewapp.report.docx.blocks import Writer
from reviewapp.report.docx.ooxml import field, set_language
from reviewapp.report.docx.styles import define_styles
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
    define_styles(word)
    set_language(word, document.language)
    _page(word)
    _properties(word, document)
    _head_and_foot(word, document)
    writer = Writer(word, document)
    for block in document.parts:
        writer.block(block)
    stream = BytesIO()
    word.save(stream)
    return _with_fixed_dates(stream)


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


def _with_fixed_dates(stream: BytesIO) -> bytes:
    """The package with one fixed date for all its parts, so that it reveals nothing of this computer's clock."""
    out = BytesIO()
    with ZipFile(stream) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            info = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            copy.writestr(info, package.read(name))
    return out.getvalue()
