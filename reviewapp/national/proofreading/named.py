"""How passages name standards and types."""

from __future__ import annotations

import re

TAGGED = re.compile(r"\b(?P<n>\d{1,3}[a-z]?) ?\[(?P<type>\w{1,3})\]")
"""A standard with its type, as reports tag them: `36 [1]`."""
NAMED = re.compile(r"\b(?:standards?|items?)\s+(?P<list>\d{1,3}[a-z]?(?:(?:\s*,\s*|\s+and\s+)\d{1,3}[a-z]?)*)", re.I)
"""Standards by their numbers: `standards 4, 14 and 20`."""
TYPE = re.compile(r"\btype (?P<type>\d\w*)", re.I)
_NUMBER = re.compile(r"\d{1,3}[a-z]?")


def numbers_in(sentence: str) -> list[str]:
    """The standards that a sentence names, each once, in its order; tagged ones last."""
    named = [number for match in NAMED.finditer(sentence) for number in _NUMBER.findall(match["list"])]
    return list(dict.fromkeys([*named, *(match["n"] for match in TAGGED.finditer(sentence))]))
