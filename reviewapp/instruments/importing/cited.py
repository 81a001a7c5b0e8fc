"""Comparing the text of a report with its own table of standards: the counts and standards that it mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from reviewapp.instruments.importing.appendix import Anomaly

# A number with a type in brackets is a citation only where a report puts one: in parentheses, after the word
# "standard", after a dash, or after another citation. Elsewhere "45 [1]" may be a figure and a footnote.
_CITED = re.compile(
    r"(?:\(|\bstandards?\s+|(?<!\S)[-\u2013\u2014]\s*|(?<=\])\s*(?:and|,|&|;)\s*)(\d{1,3}[a-z]?)\s*\[([^\]\s]{1,9})\]",
    re.IGNORECASE,
)
_CITED_IN_WORDS = re.compile(r"\bstandard\s+(\d{1,3}[a-z]?)\s*\(\s*type\s+([^)\s]{1,9})\s*\)", re.IGNORECASE)
_STATED = re.compile(
    r"(?<!type )(?<!standard )(?<![\w.%])(\d{1,4})((?:\s+[a-z/-]{2,20}){0,3})\s+standards\b", re.IGNORECASE
)


def compare(elsewhere: Iterable[tuple[int, str]], types: Mapping[str, str]) -> list[Anomaly]:
    """Anomalies in the text: counts that differ from the table, standards cited with another type or absent from it.

    `elsewhere` are the numbered lines outside the table, `types` the type of every standard in it. Each anomaly is
    listed once, on the first line that shows it.
    """
    found: dict[tuple[str, str, str], Anomaly] = {}
    for line, text in elsewhere:
        plain = re.sub(r"<[^<>]{0,200}>|\*", "", text)
        for key, message in (*_counts(plain, len(types)), *_citations(plain, types)):
            found.setdefault(key, Anomaly(line=line, kind=key[0], text=message))
    return list(found.values())


def _counts(text: str, count: int) -> Iterator[tuple[tuple[str, str, str], str]]:
    for match in _STATED.finditer(text):
        stated = match[1]
        if int(stated) != count:
            phrase = " ".join(match[0].split())
            yield ("stated_count", stated, ""), f'the text speaks of "{phrase}", the table has {count}'


def _citations(text: str, types: Mapping[str, str]) -> Iterator[tuple[tuple[str, str, str], str]]:
    for match in (*_CITED.finditer(text), *_CITED_IN_WORDS.finditer(text)):
        number, type_ = match[1], match[2]
        if number not in types:
            yield ("cited_but_absent", number, ""), f"standard {number} (type {type_}) is cited but not in the table"
        elif types[number] != type_:
            message = (
                f"standard {number} is cited as type {type_}; the table says type {types[number]}, which was taken"
            )
            yield ("type_differs", number, type_), message
