"""What python-docx's own template brings and a report has no use for, taken out before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.report.docx.ooxml import element

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

UNUSED_PARTS = ("/stylesWithEffects", "/customXml", "/thumbnail", "/webSettings")
"""Endings of the types of relationships to parts of Word 2010's, or to a picture of an empty page."""
UNUSED_SETTINGS = ("proofState", "savePreviewPicture", "rsids", "hdrShapeDefaults", "attachedTemplate")
KEPT_STYLES = (
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle", "Heading 1", "Heading 2",
    "Heading 3", "Caption", "Quote", "Header", "Footer", "List Bullet", "List Number",
)  # fmt: skip
WORD_2013 = "15"
"""The mode of compatibility of Word 2013 and every later one; a lower one is announced in the title of the window."""


def clean_template(word: WordDocument) -> None:
    """Leave of a new document the styles that are used, and nothing that was somebody else's.

    Word is asked to fill in the fields when the file is opened, as only Word knows on which page a heading comes out.
    """
    for owner in (word.part.package, word.part):
        relationships: Any = owner.rels
        for key, relationship in list(relationships.items()):
            if relationship.reltype.endswith(UNUSED_PARTS):
                del relationships[key]
    _styles(word)
    _settings(word)


def _styles(word: WordDocument) -> None:
    styles: Any = word.styles
    kept = {str(styles[name].style_id) for name in KEPT_STYLES if name in styles}
    for style in list(styles.element.style_lst):
        if style.styleId not in kept:
            styles.element.remove(style)
        else:
            for named in ("link", "next"):
                for reference in style.findall(_tag(named)):
                    if reference.get(_tag("val")) not in kept:
                        style.remove(reference)


def _settings(word: WordDocument) -> None:
    settings: Any = word.settings.element
    for name in UNUSED_SETTINGS:
        for found in settings.findall(_tag(name)):
            settings.remove(found)
    for setting in settings.iter(_tag("compatSetting")):
        if setting.get(_tag("name")) == "compatibilityMode":
            setting.set(_tag("val"), WORD_2013)
    for zoom in settings.findall(_tag("zoom")):
        zoom.set(_tag("percent"), "100")
    settings.find(_tag("compat")).addprevious(element("w:updateFields", val="true"))


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))
