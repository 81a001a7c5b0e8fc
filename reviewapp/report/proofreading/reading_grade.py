"""How hard a text is to read, as the years of schooling it asks for.

Flesch-Kincaid grade: 0.39 × words per sentence + 11.8 × syllables per word - 15.59 (J. P. Kincaid, R. P. Fishburne,
R. L. Rogers, B. S. Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch
Report 8-75, 1975). Syllables are counted by rule and not looked up, which is off by one in some words and right on
average; a library for it brings a dictionary of tens of megabytes for a figure that is rounded anyway.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

HIGHEST = 9.0
"""Above this a passage is told; people of whom some left school at fifteen are to read it."""
FEWEST_WORDS = 30
"""A shorter text gives no grade that means anything."""

_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n\s*\n|\n(?=\s*[-•*])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúâêîôûŵŷäëïöü]+")


class Grade(msgspec.Struct, frozen=True):
    """`years` of schooling; `words` and `sentences` it was counted from."""

    years: float
    words: int
    sentences: int


@lru_cache(maxsize=1024)
def grade(text: str) -> Grade | None:
    """The grade of a text, or None where it is too short to tell."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE.split(text) if _WORD.search(part))
    spoken = sum(syllables(word) for word in words)
    years = 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59
    return Grade(years, len(words), sentences)


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels, less endings that are not spoken."""
    total = 0
    for part in word.lower().replace("'", "").replace("\u2019", "").split("-"):
        groups = len(_VOWELS.findall(part))
        silent = re.search(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|(?:[^aeiouylscxzg]|[aeiouy]l)es$", part)
        if silent and groups > 1:
            groups -= 1
        total += groups
    return max(1, total)
