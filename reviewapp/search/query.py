"""Parsing the text of a search box into terms, and highlighting those terms in a text."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

MOST_WORDS = 16
MOST_LETTERS = 200
BEFORE, AFTER = 50, 130
"""Number of letters shown of a long text before and after the first match."""

_WORD = re.compile(r"[^\W_]+")
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\0": " "})
Span = tuple[int, int]


class HighlightedText(msgspec.Struct, frozen=True):
    """A text of one line with the spans that match, as (begin, end), in order, never overlapping."""

    text: str
    marks: tuple[Span, ...] = ()


class QueryTerm(msgspec.Struct, frozen=True):
    """A word or phrase of the query: as typed, its words folded, and whether the last may be only a beginning."""

    typed: str
    words: tuple[str, ...]
    beginning: bool


@lru_cache(maxsize=64)
def parse_query(typed: str) -> tuple[QueryTerm, ...]:
    """The terms of a typed query: words match beginnings of words; text in quotation marks is a phrase.

    Reads at most MOST_LETTERS letters and MOST_WORDS terms.
    """
    text = typed.encode("utf-8", "replace").decode().translate(_QUOTES)[:MOST_LETTERS]
    pieces = text.split('"')
    found: list[QueryTerm] = []
    for number, piece in enumerate(pieces):
        if number % 2:
            found += _terms(piece, beginning=number == len(pieces) - 1)
        else:
            for word in piece.split():
                found += _terms(word, beginning=True)
    return tuple(found[:MOST_WORDS])


def highlight(text: str, looked_for: Iterable[QueryTerm], *, whole: bool = False) -> HighlightedText:
    """The text in one line with the matches of the terms marked; a long text is cut to the part about the first match.

    With `whole` it is never cut.
    """
    line = _line(text)
    folded = _fold_line(line)
    spans = _merged([span for part in looked_for for span in _spans(folded, part)])
    if whole or len(line) <= BEFORE + AFTER:
        return HighlightedText(line, tuple(spans))
    return _cut(line, spans)


def matches(text: str, part: QueryTerm) -> bool:
    """True if the text contains the term."""
    return next(_each(_fold_line(_line(text)), part), None) is not None


def _line(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isascii() else unicodedata.normalize("NFC", line)


def _terms(piece: str, *, beginning: bool) -> list[QueryTerm]:
    words = tuple(_WORD.findall(_fold_line(unicodedata.normalize("NFC", piece))))
    return [QueryTerm(piece, words, beginning)] if words else []


class _Folded(dict[int, str]):
    """Maps each letter to its form in the index: small, without accents; always one letter, so that positions stay."""

    def __missing__(self, code: int) -> str:
        self[code] = result = unicodedata.normalize("NFD", chr(code))[0].lower()[0]
        return result


_FOLDED = _Folded()


def _fold_line(line: str) -> str:
    return line.lower() if line.isascii() else line.translate(_FOLDED)


@lru_cache(maxsize=256)
def _pattern(part: QueryTerm) -> re.Pattern[str]:
    words = r"[\W_]+".join(map(re.escape, part.words))
    return re.compile(r"(?<![^\W_])" + words + ("" if part.beginning else r"(?![^\W_])"))


def _spans(folded: str, part: QueryTerm) -> list[Span]:
    return list(_each(folded, part))


def _each(folded: str, part: QueryTerm) -> Iterator[Span]:
    """The spans of a text that match the term; a single word, the usual search, is found without a pattern."""
    if len(part.words) > 1:
        yield from (found.span() for found in _pattern(part).finditer(folded))
        return
    word = part.words[0]
    begin = folded.find(word)
    while begin >= 0:
        end = begin + len(word)
        inside = begin > 0 and folded[begin - 1].isalnum()
        if inside or not (part.beginning or not folded[end : end + 1].isalnum()):
            end = begin + 1
        else:
            yield begin, end
        begin = folded.find(word, end)


def _merged(spans: list[Span]) -> list[Span]:
    if len(spans) < 2:
        return spans
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((begin, end))
    return found


def _cut(line: str, spans: list[Span]) -> HighlightedText:
    first = spans[0][0] if spans else 0
    begin = line.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    begin = begin if begin <= first else first
    end = len(line)
    if end > begin + BEFORE + AFTER:
        end = line.rfind(" ", begin, begin + BEFORE + AFTER)
        end = end if end > first else begin + BEFORE + AFTER
    shift = begin - 2 if begin else 0
    text = ("… " if begin else "") + line[begin:end] + (" …" if end < len(line) else "")
    shown = spans[: bisect_right(spans, (end, -1))]
    return HighlightedText(text, tuple((b - shift, min(e, end) - shift) for b, e in shown if b >= begin))
