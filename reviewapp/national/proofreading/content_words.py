"""The words of a text that say what it is about, so that two texts can be asked whether they speak of the same."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z]{4,}")
_EMPTY = """
    that this with their they them have been from were what when where which about into than then also some there
    team teams people person patients patient carers carer staff standard standards given being more most only
    told said would could should very just after before because
"""
_STEM = 6


def content_words(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, without those that say nothing of its matter."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold())) - _NOTHING


_NOTHING = frozenset(word[:_STEM] for word in _EMPTY.split())
