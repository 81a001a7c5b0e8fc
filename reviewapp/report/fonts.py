"""The typeface of PDF documents, Source Sans Pro: embedded, so a page looks and reads the same everywhere.

Regular and semibold have Welsh, Greek and Cyrillic letters. The italic lacks Greek and Cyrillic, so typed text is
never set in italics.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

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

    glyphs: set[int] | None = None
    for name in _FILES:
        font = _face_class()(name, str(font_file(name)))
        pdfmetrics.registerFont(font)
        if name != ITALIC:
            has = set(font.face.charToGlyph)
            glyphs = has if glyphs is None else glyphs & has
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD)
    return frozenset(glyphs or ())


class _Widths(dict[str, float]):
    """The width of each letter of a face, in thousandths of its size."""

    def __init__(self, face: Any) -> None:
        super().__init__((chr(letter), width) for letter, width in face.charWidths.items())
        self._default = face.defaultWidth

    def __missing__(self, letter: str) -> float:
        """Of a letter that the face lacks."""
        return float(self._default)


@cache
def _face_class() -> Any:
    from reportlab.pdfbase.ttfonts import TTFont

    class Face(TTFont):  # type: ignore[misc]
        """A face that says what each of its letters means, and of codes that stand for none nothing."""

        def __init__(self, name: str, file: str) -> None:
            super().__init__(name, file)
            self._widths = _Widths(self.face)

        def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
            """The width of a text in points; reportlab, which asks 30,000 times for a report, takes twice as long."""
            return 0.001 * size * sum(map(self._widths.__getitem__, text))

        def addObjects(self, doc: Any) -> None:
            """Write the parts of the face that are used; called by reportlab, whose codes without a letter mean U+0000.

            A letter never means that (ISO 14289-1, 7.21.7).
            """
            names = [self.getSubsetInternalName(n, doc)[1:] for n in range(len(self.state[doc].subsets))]
            subsets = [*self.state[doc].subsets]
            super().addObjects(doc)
            for name, subset in zip(names, subsets, strict=True):
                font = str(doc.idToObject[name].BaseFont)
                doc.idToObject[f"toUnicodeCMap:{font}"].content = _meanings(font, subset)

    return Face


_MAPPED_AT_ONCE = 100
"""The most codes in one part of a map (Adobe's CMap specification)."""


def _meanings(name: str, subset: Sequence[int]) -> str:
    """The map from the codes of a font in the file to the letters that they mean."""
    known = [f"<{code:02X}> <{letter:04X}>" for code, letter in enumerate(subset) if letter]
    parts = [known[start : start + _MAPPED_AT_ONCE] for start in range(0, len(known), _MAPPED_AT_ONCE)]
    mapped = [line for part in parts for line in (f"{len(part)} beginbfchar", *part, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            f"<00> <{len(subset) - 1:02X}>",
            "endcodespacerange",
            *mapped,
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        )
    )
