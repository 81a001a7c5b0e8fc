"""The records of coding: which codebooks are in force, the visit's own themes, and who saw which themes in what."""

from __future__ import annotations

import msgspec

from reviewapp.codebooks.model import Codebook
from reviewapp.visit.record import Record


class CodebookRecord(Record, frozen=True, kw_only=True):
    """`crisis-team-features`: a codebook that the lead chose for this visit, as it was then."""

    id: str
    content: Codebook | None = None


class ThemeRecord(Record, frozen=True, kw_only=True):
    """`T12`: a theme of this visit's own, or what this visit says of one of a codebook: other words, or `hidden`."""

    id: str
    title: str = ""
    parent: str = ""
    use_when: str = ""
    not_when: str = ""
    hidden: bool = False


class CodingRecord(Record, frozen=True, kw_only=True):
    """`quote/Q1/R2/R3`: what the coder R3 sees in the unit `quote/Q1/R2`.

    No themes: it was looked at and none fits. `themes` is None where two laptops of the coder say different ones.
    """

    unit: str
    themes: tuple[str, ...] | None = None
    memo: str = ""


class AgreedCodingRecord(Record, frozen=True, kw_only=True):
    """`quote/Q1/R2`: the themes on which the coders agreed for this unit, and why."""

    unit: str
    themes: tuple[str, ...] | None = None
    reason: str = ""


class Themes(msgspec.Struct, frozen=True):
    """The themes in force on a visit, each after the one it is part of; `hidden` are those that nobody is offered.

    `ids` are all of them as they came about, those of the codebooks first: an order that later themes do not change.
    """

    books: tuple[Codebook, ...]
    by_id: dict[str, ThemeInForce]
    hidden: dict[str, ThemeInForce] = {}
    ids: tuple[str, ...] = ()


class ThemeInForce(msgspec.Struct, frozen=True, kw_only=True):
    """A theme as it reads on this visit: `path` holds the titles down to it, `book` the id of its codebook if any."""

    id: str
    title: str
    path: tuple[str, ...]
    parent: str = ""
    use_when: str = ""
    not_when: str = ""
    codable: bool = True
    book: str = ""
    standards: tuple[str, ...] = ()
