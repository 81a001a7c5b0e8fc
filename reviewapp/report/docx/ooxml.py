"""The Word features without an API in python-docx, as XML: fields, bookmarks, links, shading, borders, header rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


def element(tag: str, /, **attributes: str) -> Any:
    """A new XML element, such as `w:shd`, with these `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_language(word: WordDocument, language: str) -> None:
    """Set the language of the whole document, for spell-checkers and screen readers."""
    from docx.oxml.ns import qn

    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    theme = word.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), language)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """Append a field that Word computes, such as the page number; `shown` is its text until Word does."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Begin a field; everything added until `end_field` is its result."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    words = element("w:instrText")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """End the field that `begin_field` began, also in an earlier paragraph."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Bookmark the paragraph as `name`, a target of links and contents; `number` is unique in the document."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, words: str, name: str) -> None:
    """Append a link with this text to a bookmark of this document."""
    made = element("w:hyperlink", anchor=name, history="1")
    run = paragraph.add_run(words)
    made.append(run._r)
    paragraph._p.append(made)


def shade(properties: Any, colour: str) -> None:
    """Set the background of a paragraph style or a cell; colour as `#E6F0F0`."""
    properties.append(element("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))


def left_rule(properties: Any, colour: str) -> None:
    """Add a vertical rule at the left of a paragraph style."""
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="14", space="10", color=colour.lstrip("#")))
    properties.append(borders)


def ground(properties: Any, colour: str) -> None:
    """Set the background of a paragraph style, with a border of the same colour as a margin around the text."""
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz="24", space="6", color=colour.lstrip("#")))
    properties.append(borders)
    shade(properties, colour)


def repeat_header(row: Any) -> None:
    """Repeat a table row at the head of every page; screen readers read it as the header row."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def rule_below(cell: Any, colour: str, eighths: int) -> None:
    """Add a rule at the foot of a cell, its width in eighths of a point."""
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz=str(eighths), space="0", color=colour.lstrip("#")))
    cell._tc.get_or_add_tcPr().append(borders)
