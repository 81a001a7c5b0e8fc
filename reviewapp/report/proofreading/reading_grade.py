"""Computes the Flesch-Kincaid reading grade of a text: the years of schooling needed to read it.

Formula: 0.39 × words per sentence + 11.8 × syllables per word - 15.59 (J. P. Kincaid, R. P. Fishburne,
R. L. Rogers, B. S. Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research Branch
Report 8-75, 1975). Syllables are counted by rule and not looked up, which is off by one in some words and right on
average; a library for it brings a dictionary of tens of megabytes for a figure that is rounded anyway.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

HIGHEST = 9.0
"""The highest grade that is not reported; some readers of the report left school at fifteen."""
FEWEST_WORDS = 30
"""The fewest words of a text with a meaningful grade."""

_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n\s*\n|\n(?=\s*[-•*])")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_VOWELS = re.compile(r"[aeiouyáéíóúâêîôûŵŷäëïöü]+")


class Grade(msgspec.Struct, frozen=True):
    """The reading grade in `years` of schooling, with the numbers of words and sentences of the text."""

    years: float
    words: int
    sentences: int


@lru_cache(maxsize=1024)
def grade(text: str) -> Grade | None:
    """The reading grade of a text; None if it has fewer than `FEWEST_WORDS` words."""
    words = _WORD.findall(text)
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(1 for part in _SENTENCE.split(text) if _WORD.search(part))
    syllable_count = sum(syllables(word) for word in words)
    years = 0.39 * len(words) / sentences + 11.8 * syllable_count / len(words) - 15.59
    return Grade(years, len(words), sentences)


def syllables(word: str) -> int:
    """The estimated number of syllables of an English word: its groups of vowels, less silent endings; at least 1."""
    total = 0
    for part in word.lower().replace("'", "").replace("\u2019", "").split("-"):
        groups = len(_VOWELS.findall(part))
        silent = re.search(r"(?:[^aeiouyl]|[aeiouy]l)e$|[^aeiouytd]ed$|(?:[^aeiouylscxzg]|[aeiouy]l)es$", part)
        if silent and groups > 1:
            groups -= 1
        total += groups
    return max(1, total)
