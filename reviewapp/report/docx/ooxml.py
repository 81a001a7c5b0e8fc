"""The Word features without an API in python-docx, as XML: fields, bookmarks, links, shading, borders, header rows."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.text.paragraph import Paragraph

PART_PREFIX = "part_"
"""How the name of a bookmark at a part of the report begins."""
VISIT_PREFIX = "visit_"
"""How the name of the bookmark begins that says which visit a report is of."""
LONGEST_PART = 35
"""The longest id of a part, in characters, that stands in the name of its bookmark as it is."""


def element(tag: str, /, **attributes: str) -> Any:
    """A new XML element, such as `w:shd`, with these `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


_ORDER = {
    # ECMA-376-1, 17.4.69 (cell), 17.4.59 (table), 17.4.81 (row), 17.3.1.26 (paragraph): the order the schema asks for.
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
}


def put(properties: Any, child: Any) -> None:
    """Put a property where the schema wants it among its siblings, in place of one of its kind.

    Word takes a file with properties in another order for damaged, or passes over them in silence.
    """
    from docx.oxml.ns import qn

    tag = child.tag.rpartition("}")[2]
    order = _ORDER[properties.tag.rpartition("}")[2]].split()
    for old in properties.findall(child.tag):
        properties.remove(old)
    later = {qn(f"w:{name}") for name in order[order.index(tag) + 1 :]}
    place = next((n for n, sibling in enumerate(properties) if sibling.tag in later), len(properties))
    properties.insert(place, child)


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
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="begin"))
    words = element("w:instrText")
    words.text = f" {instruction} "
    paragraph.add_run()._r.append(words)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="separate"))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark_name(part: str) -> str:
    """The name of the bookmark at a part of the document, from the part's id: the same in every draft.

    Word takes letters, digits and underscores, 40 at most, and keeps names apart without regard to case.
    """
    plain = re.sub(r"[^A-Za-z0-9]", "_", part)
    if plain == part.replace("-", "_") and part == part.lower() and len(part) <= LONGEST_PART:
        return f"{PART_PREFIX}{plain}"
    return f"{PART_PREFIX}{plain[:18]}_{hashlib.sha256(part.encode()).hexdigest()[:16]}"


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """Bookmark the paragraph as `name`, a target of links and contents; `number` is unique in the document."""
    start = element("w:bookmarkStart", id=str(number), name=name)
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def link(paragraph: Paragraph, words: str, name: str) -> None:
    """Append a link with this text to a bookmark of this document."""
    lead_to(paragraph.add_run(words), name)


def lead_to(run: Any, name: str) -> None:
    """Make a link to a bookmark of this document of a run, where it stands."""
    made = element("w:hyperlink", anchor=name, history="1")
    run._r.addprevious(made)
    made.append(run._r)


def shade(properties: Any, colour: str) -> None:
    """Set the background of a paragraph style or a cell; colour as `#E6F0F0`."""
    put(properties, element("w:shd", val="clear", color="auto", fill=colour.lstrip("#")))


def left_rule(properties: Any, colour: str) -> None:
    """Add a vertical rule at the left of a paragraph style."""
    borders = element("w:pBdr")
    borders.append(element("w:left", val="single", sz="14", space="10", color=colour.lstrip("#")))
    put(properties, borders)


def ground(properties: Any, colour: str) -> None:
    """Set the background of a paragraph style, with a border of the same colour as a margin around the text."""
    borders = element("w:pBdr")
    for side in ("top", "left", "bottom", "right"):
        borders.append(element(f"w:{side}", val="single", sz="24", space="6", color=colour.lstrip("#")))
    put(properties, borders)
    shade(properties, colour)


def repeat_header(row: Any) -> None:
    """Repeat a table row at the head of every page; screen readers read it as the header row."""
    properties = row._tr.get_or_add_trPr()
    put(properties, element("w:cantSplit"))
    put(properties, element("w:tblHeader"))


def rule_below(cell: Any, colour: str, eighths: int) -> None:
    """Add a rule at the foot of a cell, its width in eighths of a point."""
    borders = element("w:tcBorders")
    borders.append(element("w:bottom", val="single", sz=str(eighths), space="0", color=colour.lstrip("#")))
    put(cell._tc.get_or_add_tcPr(), borders)
