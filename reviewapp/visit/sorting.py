"""The order in which a reader expects numbers: 4 before 14, 36a after 36, type 1 before type 2."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from reviewapp.instruments.model import GROUPS, Instrument, Standard

_DIGITS = re.compile(r"(\d+)")


@lru_cache(maxsize=16384)
def natural(text: str) -> tuple[tuple[str | int, ...], str]:
    """A sort key that reads digits as numbers; two different texts never compare equal.

    Words and numbers alternate, beginning with a (maybe empty) word. Remembered, because the same few hundred
    numbers and codes are sorted again and again.
    """
    pieces: list[str | int] = list(_DIGITS.split(text))
    pieces[1::2] = map(int, pieces[1::2])
    return tuple(pieces), text


@lru_cache(maxsize=16384)
def sort_text(text: str) -> str:
    """The same order for a database: these compare, character by character, as `natural` does.

    A number is preceded by how many digits it has; a word ends in something lower than any printable character.
    Remembered, because every write and every reading of a record asks for it.
    """
    pieces = _DIGITS.split(text)
    pieces[1::2] = [_padded(int(piece)) for piece in pieces[1::2]]
    return "".join(pieces) + f"\x01{text}"


def _padded(number: int) -> str:
    digits = str(number)
    return f"\x02{len(digits):03d}{digits}"


def in_order(texts: Iterable[str]) -> list[str]:
    """The texts sorted as numbers are read."""
    return sorted(texts, key=natural)


def type_first(standard: Standard) -> tuple[object, object]:
    """A sort key for standards: type 1 first, then by number."""
    return natural(standard.type), natural(standard.number)


def types(instrument: Instrument) -> list[str]:
    """The types that occur, 1 first."""
    return in_order({s.type for s in instrument.standards})


def sections(instrument: Instrument) -> list[str]:
    """The sections in the order of the instrument; one that only a standard names comes last, never lost."""
    return list(dict.fromkeys([*instrument.sections, *(s.section for s in instrument.standards)]))


def groups(found: Iterable[str]) -> list[str]:
    """Groups of people in their usual order; one this version does not know comes last."""
    known = list(GROUPS)
    return sorted(set(found), key=lambda g: (known.index(g) if g in known else len(known), g))
