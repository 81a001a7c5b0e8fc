"""The words of a text that are looked up in a dictionary, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_NOT_PROSE = re.compile(r"[\d_@/\\]|\w\.\w")
"""A code, a number, an address or a path: none of its letters is looked up."""
_AROUND = "….,;:!?()[]“”\u2018’\"'"
LONGEST = 60
"""Letters; something longer is no word of any dictionary, and trying it takes time."""


class Word(NamedTuple):
    """A word and where it begins and ends, counted in letters."""

    begin: int
    end: int
    text: str


def words_of(text: str) -> Iterator[Word]:
    """The words of a text, in order. Single letters, words in capitals with a digit, addresses and paths are no words.

    A typographic apostrophe counts as a plain one, as dictionaries know only that.
    """
    for token in _TOKEN.finditer(text):
        if _NOT_PROSE.search(token[0].strip(_AROUND)):
            continue
        for word in _WORD.finditer(token[0]):
            if 1 < len(word[0]) <= LONGEST:
                begin = token.start() + word.start()
                yield Word(begin, begin + len(word[0]), word[0].replace("’", "'"))


def in_qt(text: str, word: Word) -> tuple[int, int]:
    """Where a word begins and how long it is as Qt counts: an emoji, for one, counts two."""
    if text.isascii():
        return word.begin, word.end - word.begin
    begin = _units(text[: word.begin])
    return begin, _units(text[word.begin : word.end])


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def from_qt(text: str, position: int) -> int:
    """A position that Qt counted, counted in letters."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "ignore"))


def word_at(text: str, position: int) -> Word | None:
    """The word that a position in the text touches."""
    return next((word for word in words_of(text) if word.begin <= position <= word.end), None)
