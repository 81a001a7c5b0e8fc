"""Escapes typed text for documents; all typed text in a PDF or Word file passes through here.

reportlab's paragraphs parse markup: unescaped, `<redacted>` would vanish and `<img src=...>` would open a file of
this computer. Word refuses control characters. So nothing is drawn that has not been escaped: printable characters
are printed as typed, all others become a visible `[U+XXXX]`. Nothing is dropped and nothing is executed. The report
bypasses the parser altogether (`report.pdf.text`); documents that still use it are escaped.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from html import escape

_JOINERS = "\u200c\u200d"
_JOINER = re.compile(f"([{_JOINERS}])")
_LINE_ENDS = re.compile(r"\r\n?")
_SPACES = re.compile(r"^ | (?= )")


def code_point_text(character: str) -> str:
    """The visible replacement of a character that cannot be printed: `[U+1F600]`."""
    return f"[U+{ord(character):04X}]"


def invisible(character: str) -> bool:
    """True for control, format and surrogate characters, separators and unassigned code points: no trace on paper."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def replace_unprintable(text: str, glyphs: frozenset[int] | None = None) -> str:
    """`text` with all line ends as `\\n` and every unprintable character replaced by its `sign`.

    With `glyphs` (the code points a font has) a character the font lacks counts as unprintable too.
    """
    return _LINE_ENDS.sub("\n", text).translate(_printed_forms(glyphs))


class _PrintedForms(dict[int, str]):
    """Cache from code point to the printed text: a report looks up some hundred of them very often."""

    def __init__(self, glyphs: frozenset[int] | None) -> None:
        super().__init__()
        self.glyphs = glyphs

    def __missing__(self, code: int) -> str:
        character = chr(code)
        shown = self[code] = character if _printable(character, self.glyphs) else code_point_text(character)
        return shown


@cache
def _printed_forms(glyphs: frozenset[int] | None) -> _PrintedForms:
    return _PrintedForms(glyphs)


def _printable(character: str, glyphs: frozenset[int] | None) -> bool:
    if character in "\n\t":
        return True
    if invisible(character):
        return False
    return glyphs is None or ord(character) in glyphs


def lines(text: str, glyphs: frozenset[int]) -> list[str]:
    """`text` as escaped lines for a reportlab Paragraph; runs of spaces are kept, tabs become four spaces."""
    shown = replace_unprintable(text, glyphs).replace("\t", "    ")
    return [_SPACES.sub("\u00a0", line) for line in shown.split("\n")]


def markup(text: str, glyphs: frozenset[int]) -> str:
    """`text` escaped for a reportlab Paragraph that parses markup; line breaks and runs of spaces are kept."""
    return "<br/>".join(escape(line) for line in lines(text, glyphs))


def for_word(text: str) -> str:
    """`text` for a Word run: emoji keep their joiners, every other invisible character becomes its `sign`."""
    parts = _JOINER.split(_LINE_ENDS.sub("\n", text))
    return "".join(part if part in _JOINERS else replace_unprintable(part) for part in parts)


def for_html(text: str) -> str:
    """`text` for a page of HTML, in running text and in attributes; the style sheet shows line breaks."""
    return escape(for_word(text))


def one_line(text: str, glyphs: frozenset[int] | None = None) -> str:
    """`text` escaped as a single line (running head, bookmark): every run of white space becomes one space."""
    return " ".join(replace_unprintable(text, glyphs).split())
