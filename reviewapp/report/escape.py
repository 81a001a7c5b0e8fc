"""The one door through which typed text reaches a document.

reportlab's paragraphs parse markup: unescaped, `<redacted>` would vanish and `<img src=...>` would open a file of
this computer. Word refuses control characters. So nothing is drawn that has not passed here: what can be printed is
printed as typed, what cannot becomes a visible `[U+XXXX]`. Nothing is dropped and nothing is code. The report goes
round the parser altogether (`pdf_text`); what still uses it is escaped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from xml.sax.saxutils import escape as xml_escape

_JOINERS = "\u200c\u200d"
_JOINER = re.compile(f"([{_JOINERS}])")
_LINE_ENDS = re.compile(r"\r\n?")
_SPACES = re.compile(r"^ | (?= )")


def sign(character: str) -> str:
    """What stands for a character that cannot be printed: `[U+1F600]`."""
    return f"[U+{ord(character):04X}]"


def invisible(character: str) -> bool:
    """Control, format and surrogate characters, and code points that mean nothing: they leave no trace on paper."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def visible(text: str, glyphs: frozenset[int] | None = None) -> str:
    """`text` with line ends made one kind and everything unprintable replaced by its sign.

    With `glyphs` (the code points a font has) a character the font lacks counts as unprintable too.
    """
    return _LINE_ENDS.sub("\n", text).translate(_signs(glyphs))


class _Signs(dict[int, str]):
    """What each code point is printed as, worked out once: a report asks for some hundred of them very often."""

    def __init__(self, glyphs: frozenset[int] | None) -> None:
        super().__init__()
        self.glyphs = glyphs

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shown = self[code] = character if _printable(character, self.glyphs) else sign(character)
        return shown


@cache
def _signs(glyphs: frozenset[int] | None) -> _Signs:
    return _Signs(glyphs)


def _printable(character: str, glyphs: frozenset[int] | None) -> bool:
    if character in "\n\t":
        return True
    if invisible(character):
        return False
    return glyphs is None or ord(character) in glyphs


def lines(text: str, glyphs: frozenset[int]) -> list[str]:
    """`text` line by line as a reportlab Paragraph sets it: runs of spaces survive."""
    shown = visible(text, glyphs).replace("\t", "    ")
    return [_SPACES.sub("\u00a0", line) for line in shown.split("\n")]


def markup(text: str, glyphs: frozenset[int]) -> str:
    """`text` where a reportlab Paragraph parses markup: none of its own survives, line breaks and runs of spaces do."""
    return "<br/>".join(xml_escape(line, {'"': "&quot;", "'": "&#39;"}) for line in lines(text, glyphs))


def for_word(text: str) -> str:
    """`text` for a Word run: emoji keep the joiners they are made with, everything else without a trace is signed."""
    parts = _JOINER.split(_LINE_ENDS.sub("\n", text))
    return "".join(part if part in _JOINERS else visible(part) for part in parts)


def one_line(text: str, glyphs: frozenset[int] | None = None) -> str:
    """`text` for a place that holds a single line (running head, bookmark): line ends become spaces."""
    return " ".join(visible(text, glyphs).split())
