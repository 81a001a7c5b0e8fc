"""A space after every line and label, so that whoever reads the text of a page aloud or copies it finds word from word.

A new line is no break between words for a program that reads a PDF (ISO 32000-1, 14.8.2.5): without a space "by" at the
end of one line and "telephone" on the next are "bytelephone". Nothing of it is seen, as the space is drawn where the
line ends already.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any


@cache
def word_breaking_text() -> Any:
    """The class of text objects of the canvas: each line they draw, and each label, ends in a space."""
    from reportlab.pdfgen.textobject import PDFTextObject

    class WordBreakingText(PDFTextObject):  # type: ignore[misc]
        """Text whose lines end in a space, but for the `unbroken` (by number, from 0), which end within a word."""

        unbroken: frozenset[int] = frozenset()
        drawn_lines = 0

        def _textOut(self, text: str, TStar: int = 0) -> None:
            """Draw a piece of a paragraph; `TStar`: the last one of its line. Called by reportlab."""
            if TStar:
                text = text if self.drawn_lines in self.unbroken else f"{text} "
                self.drawn_lines += 1
            super()._textOut(text, TStar)

        def textOut(self, text: str) -> None:
            """Draw a label or bullet; the space after it takes no room, so what follows stands where it would."""
            super().textOut(text)
            self._code.append(self._formatText(" "))

        def textLine(self, text: str = "") -> None:
            """Draw a line that stands by itself."""
            super().textLine(f"{text} " if text else text)

    return WordBreakingText


def lines_within_words(paragraph: Any) -> frozenset[int]:
    """The lines of a paragraph, by number, that end within a word: one too long for any line is cut where it must be.

    reportlab tells this apart only by the classes of its words, which are its own.
    """
    if not getattr(paragraph, "_splitLongWordCount", 0):
        return frozenset()
    lines = paragraph.blPara.lines
    ends = _word_ends if paragraph.blPara.kind == 0 else _fragment_ends
    return frozenset(ends(paragraph, lines))


def _word_ends(_paragraph: Any, lines: list[Any]) -> list[int]:
    """Of a paragraph in one formatting: a line holds its words."""
    from reportlab.platypus.paragraph import _SplitWord, _SplitWordEnd

    ends = [words[-1] for _room, words in lines]
    return [n for n, word in enumerate(ends) if isinstance(word, _SplitWord) and not isinstance(word, _SplitWordEnd)]


def _fragment_ends(paragraph: Any, lines: list[Any]) -> list[int]:
    """Of a paragraph in several: a line knows the number of its first word in `frags`, where breaks were put in too."""
    from reportlab.platypus.paragraph import _HSFrag, _SplitFrag

    made = []
    for number, (line, following) in enumerate(pairwise(lines)):
        *_others, last = [word for word in paragraph.frags[: following.sFW] if word[0]]
        if not line.lineBreak and isinstance(last, _SplitFrag) and not isinstance(last, _HSFrag):
            made.append(number)
    return made
