"""Parses whole numbers as people type them: `9`, `nine`, `forty-four`, `no`."""

from __future__ import annotations

import re

_ONES = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {"no": 0, "none": 0, "zero": 0, **{word: n for n, word in enumerate(_ONES, 1)}}
_VALUES |= {word: 10 * n for n, word in enumerate(_TENS, 2)}
_VALUES |= {f"{ten}-{one}": 10 * t + o for t, ten in enumerate(_TENS, 2) for o, one in enumerate(_ONES[:9], 1)}

NUMBER = r"(?:\d{1,3}(?![\d.,]\d)|" + "|".join(sorted(_VALUES, key=len, reverse=True)) + r")"
"""A regular expression for one whole number; use it ignoring case and between word boundaries."""


def parse_number(text: str) -> int:
    """The whole number of a text that `NUMBER` matches; KeyError for any other word."""
    word = re.sub(r"[\s\u2010\u2011-]+", "-", text.strip().casefold())
    return int(word) if word.isdecimal() else _VALUES[word]
