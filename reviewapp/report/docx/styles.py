"""The styles of the Word document: built-in ones adapted to the house style, and a few custom ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reviewapp.report import house_style
from reviewapp.report.docx.ooxml import ground, left_rule

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

FACE = "Arial"
"""The font of Word documents, which embed none; it, or one of the same widths, is installed nearly everywhere."""


def define_styles(word: WordDocument) -> None:
    """Set every style that the blocks use. Sizes in points."""
    _paragraph(word, "Normal", size=10.5, after=6, line=1.15)
    _paragraph(word, "Title", size=32, colour="#FFFFFF", before=0, after=0)
    _paragraph(word, "Subtitle", size=15, colour="#FFFFFF", before=0, after=0)
    _paragraph(word, "Heading 1", size=24, colour=house_style.ACCENT, before=26, after=10)
    _paragraph(word, "Heading 2", size=15, colour=house_style.ACCENT, bold=True, before=16, after=5)
    _paragraph(word, "Heading 3", size=12, colour=house_style.INK, bold=True, before=14, after=2)
    _paragraph(word, "Caption", size=10.5, colour=house_style.INK, bold=True, before=8, after=4)
    _paragraph(word, "Quote", size=10.5, colour=house_style.INK, before=4, after=8)
    _paragraph(word, "Header", size=9, colour=house_style.MUTED)
    _paragraph(word, "Footer", size=9, colour=house_style.MUTED)
    _paragraph(word, "List Bullet", size=10.5, after=4)
    _paragraph(word, "List Number", size=10.5, after=4)
    for name, size, colour in _CUSTOM_STYLES:
        _add_style(word, name)
        _paragraph(word, name, size=size, colour=colour, after=4)
    _details(word)


_CUSTOM_STYLES = (
    ("Lead", 13, house_style.INK),
    ("Remark", 10, house_style.MUTED),
    ("Rating line", 10.5, house_style.INK),
    ("Fact", 10.5, house_style.INK),
    ("Dense", 10, house_style.INK),
    ("Card title", 10.5, house_style.INK),
    ("Notice", 10.5, house_style.INK),
    ("Table text", 10, house_style.INK),
    ("Table head", 10, house_style.ACCENT),
    ("Spacer", 4, house_style.INK),
    ("Contents title", 24, house_style.ACCENT),
    ("toc 1", 10.5, house_style.INK),
    ("toc 2", 10.5, house_style.INK),
)


def _add_style(word: WordDocument, name: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE

    # Word writes the contents anew in its own styles of these names.
    own = name.startswith("toc ")
    word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=own).base_style = word.styles["Normal"]


def _paragraph(
    word: WordDocument,
    name: str,
    *,
    size: float,
    colour: str = house_style.INK,
    bold: bool = False,
    before: float = 0,
    after: float = 6,
    line: float | None = None,
) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = word.styles[name]
    style.font.name = FACE
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour.lstrip("#"))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if line is not None:
        style.paragraph_format.line_spacing = line
    style.paragraph_format.widow_control = True


def _details(word: WordDocument) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    styles: Any = word.styles
    for name in ("Title", "Subtitle"):
        properties = styles[name].element.get_or_add_pPr()
        for border in properties.findall(qn("w:pBdr")):
            properties.remove(border)
    ground(styles["Notice"].element.get_or_add_pPr(), house_style.WARM)
    left_rule(styles["Quote"].element.get_or_add_pPr(), house_style.MID)
    for name in ("Heading 1", "Heading 2", "Heading 3", "Caption", "Rating line"):
        styles[name].paragraph_format.keep_with_next = True
    styles["Quote"].paragraph_format.left_indent = Mm(9)
    fact = styles["Fact"].paragraph_format
    fact.left_indent, fact.first_line_indent = Mm(42), Mm(-42)
    fact.tab_stops.add_tab_stop(Mm(42))
    styles["toc 1"].font.bold = True
    styles["toc 2"].paragraph_format.left_indent = Mm(6)
    for name in ("toc 1", "toc 2", "Table text", "Table head"):
        styles[name].paragraph_format.space_before = styles[name].paragraph_format.space_after = Pt(2)
        styles[name].paragraph_format.line_spacing = 1.1
    styles["Spacer"].paragraph_format.space_after = Pt(0)
    styles["Spacer"].paragraph_format.line_spacing = 1.0
    styles["Table head"].font.bold = styles["Card title"].font.bold = True
    styles["Card title"].base_style = styles["Heading 3"]
    for name in ("Dense", "Card title"):
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(2), Pt(2)
        styles[name].paragraph_format.line_spacing = 1.05
    _tab_at_the_edge(styles["Footer"])
    for name in ("toc 1", "toc 2"):
        _tab_at_the_edge(styles[name])


def _tab_at_the_edge(style: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Mm(house_style.TEXT_WIDTH / house_style.MM), WD_TAB_ALIGNMENT.RIGHT)


def enlarge(word: WordDocument) -> None:
    """Set every style in large type."""
    from docx.shared import Pt

    styles: Any = word.styles
    for style in styles:
        size = getattr(style.font, "size", None) if hasattr(style, "font") else None
        if size is not None:
            style.font.size = Pt(round(size.pt * (house_style.LARGE if size.pt < 14 else (1 + house_style.LARGE) / 2)))
