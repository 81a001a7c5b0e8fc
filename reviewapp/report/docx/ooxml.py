"""The few things of Word for which python-docx has no words: fields, bookmarks, links, shading, header rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph


def element(tag: str, /, **attributes: str) -> Any:
    """An element such as `w:shd` with its `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_language(word: WordDocument, language: str) -> None:
    """The language of the whole document, for spelling and for reading aloud."""
    from docx.oxml.ns import qn

    for found in word.styles.element.iter(qn("w:lang")):
        found.set(qn("w:val"), language)
    theme = word.settings.element.find(qn("w:themeFontLang"))
    if theme is not None:
        theme.set(qn("w:val"), language)


def field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word works out, such as the page number, with what is shown until it does."""
    begin_field(paragraph, instruction)
    paragraph.add_run(shown)
    end_field(paragraph)


def begin_field(paragraph: Paragraph, instruction: str) -> None:
    """Everything added until `end_field` is the field's result."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    words = element("w:instrText")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))


def end_field(paragraph: Paragraph) -> None:
    """The end of what `begin_field` began."""
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Give the paragraph a name that links and the contents can go to."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, words: str, name: str) -> None:
    """Words that lead to a bookmark of this document."""
    made = element("w:hyperlink", anchor=name, history="1")
    run = paragraph.add_run(words)
    made.append(run._r)
    paragraph._p.append(made)


def shade(properties: Any, colour: str) -> None:
    """The ground of a paragraph style or a cell, colour as `#E6F0F0`."""
    properties.append(element("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))


def left_rule(properties: Any, colour: str) -> None:
    """An upright rule at the left of a paragraph style."""
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="14", space="10", color=colour.lstrip("#")))
    properties.append(borders)


def ground(properties: Any, colour: str) -> None:
    """A ground of one colour with a margin of the same around the words."""
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz="24", space="6", color=colour.lstrip("#")))
    properties.append(borders)
    shade(properties, colour)


def repeat_header(row: Any) -> None:
    """Repeat a table row at the head of every page; screen readers take it for the header."""
    properties = row._tr.get_or_add_trPr()
    properties.append(element("w:cantSplit"))
    properties.append(element("w:tblHeader"))


def rule_below(cell: Any, colour: str, eighths: int) -> None:
    """A rule at the foot of a cell, its width in eighths of a point."""
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz=str(eighths), space="0", color=colour.lstrip("#")))
    cell._tc.get_or_add_tcPr().append(borders)
