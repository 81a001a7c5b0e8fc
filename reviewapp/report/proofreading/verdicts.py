"""Finds the verdict (`met`, `not met`, `not applicable`, `not rated`) written directly beside a phrase in a sentence.

Only adjacent words count: `nine standards are not met`, `met nine standards`. In `nine standards about carers are not
met` only some standards are meant, and no verdict is found.
"""

from __future__ import annotations

import re
from typing import Literal

RatingWord = Literal["met", "not_met", "na", "unrated"]
"""What a sentence may say of a standard. `Scale.verdict` says what a rating is: these are the words for it."""

_FILLER = (
    r"(?:\s|,|\([^()]{0,60}\)|\b(?:are|is|were|was|have|has|had|been|be|rated|found|agreed|judged|marked|counted|as|to"
    r"|still|now|all|in total|overall|only|just|each)\b)*"
)
_WORDS: tuple[tuple[RatingWord, str], ...] = (
    ("na", r"\bnot applicable\b"),
    ("unrated", r"\b(?:not (?:yet )?(?:been )?rated|unrated)\b"),
    (
        "not_met",
        r"\b(?:not (?:yet |fully |all )*(?:been )?(?:met|achieved)|unmet|(?:did|does|do) not (?:yet )?meet"
        r"|fail(?:s|ed)?(?: to meet)?)\b",
    ),
    ("met", r"\b(?:met|achieved|meets?)\b"),
)
_AFTER = tuple((verdict, re.compile(rf"{_FILLER}(?:{words})", re.I)) for verdict, words in _WORDS)
_BEFORE = tuple(
    (verdict, re.compile(rf"(?:{words})(?:\s+(?:only|just|all|the|at|a|total|of|in))*\s*$", re.I))
    for verdict, words in _WORDS
)
_END = re.compile(
    r"\s*(?:\([^()]{0,60}\)\s*)?(?:$|[.,;:!?)]|[-\u2013\u2014]|(?:and|but|while|overall|in total|so|with)\b)", re.I
)
NEAR = 80
"""The number of characters searched before and after the phrase."""


def verdict_after(words: str) -> RatingWord | None:
    """The verdict that words begin with, after a verb."""
    return next((verdict for verdict, pattern in _AFTER if pattern.match(words[:NEAR])), None)


def verdict_beside(sentence: str, start: int, end: int) -> RatingWord | None:
    """The verdict on what stands at `start` to `end`: right after it, or right before it where the clause then ends."""
    after = verdict_after(sentence[end : end + NEAR])
    if after is not None or not ends_clause(sentence, end):
        return after
    before = sentence[max(0, start - NEAR) : start]
    return next((verdict for verdict, pattern in _BEFORE if pattern.search(before)), None)


def ends_clause(sentence: str, end: int) -> bool:
    """True if the clause ends at `end`, so that nothing after it narrows the phrase down."""
    return bool(_END.match(sentence[end : end + NEAR]))
