"""The typeface of PDF documents, Source Sans Pro: embedded, so a page looks and reads the same everywhere.

Regular and semibold have Welsh, Greek and Cyrillic letters. The italic lacks Greek and Cyrillic, so typed text is
never set in italics.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

REGULAR = "SourceSans"
BOLD = "SourceSans-Semibold"
LIGHT = "SourceSans-Light"
ITALIC = "SourceSans-Italic"

_FILES = {REGULAR: "Regular", BOLD: "Semibold", LIGHT: "Light", ITALIC: "It"}


def font_file(name: str) -> Path:
    """The path of the TrueType file of a face: REGULAR, BOLD, LIGHT or ITALIC."""
    import font_source_sans_pro

    folder = Path(str(font_source_sans_pro.font_directory))
    return folder / f"SourceSansPro-{_FILES[name]}.ttf"


@cache
def register() -> frozenset[int]:
    """Register the faces with reportlab, once; returns the code points that every upright face has."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    glyphs: set[int] | None = None
    for name in _FILES:
        font = TTFont(name, str(font_file(name)))
        pdfmetrics.registerFont(font)
        if name != ITALIC:
            has = set(font.face.charToGlyph)
            glyphs = has if glyphs is None else glyphs & has
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return frozenset(glyphs or ())
