"""What in a text may tell who somebody is. It warns; it never says that a text is anonymous.

Of random numbers with ten digits 7 % pass the check digit of an NHS number, so a bare one is a weaker sign than one
beside a word such as "NHS".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["nhs_number", "nhs_number_bare", "nhs_number_wrong", "phone", "email", "postcode", "born", "old_date"]


class Match(NamedTuple):
    """Something found, and the words as they stand; `start` and `end` count in the text made plain."""

    kind: Kind
    text: str
    start: int
    end: int


_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019", "------'")
_TEN = re.compile(r"(?<![\w+])(?<!\d[ -])\d{3}[ -]?\d{3}[ -]?\d{4}(?![ -]?\d)(?!\w)")
_SAYS_NHS = re.compile(r"\b(?:nhs|chi|h ?& ?c|patient|hospital|health) ?(?:no\b|num|id\b|n[°º]|#|:|$)|\bnhs\b", re.I)
_PHONE_LIKE = re.compile(r"(?<!\d)\+?\(?\d[\d\s().-]{6,24}\d(?!\d)")
_EMAIL = re.compile(r"[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_OUT = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR)"
_POSTCODE = re.compile(rf"(?<!\w){_OUT} ?[0-9][ABD-HJLNP-UW-Z]{{2}}(?!\w)")
_SAYS_POSTCODE = re.compile(r"post ?code\W{0,3}(?:is |was )?$", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    rf"(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./-]{{1,2}}{_MONTH}[ ,./-]{{1,2}})"
    rf"(?P<a>\d{{4}}|\d{{2}})|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<b>\d{{4}})"
    r"|(?P<c>\d{4})-\d{2}-\d{2})(?![\w/-])",
    re.I,
)
_SAYS_BORN = re.compile(r"\b(?:born|d\.? ?o\.? ?b\b\.?|date of birth|birth ?day|birth ?date)[^.!?\n]{0,24}$", re.I)
_BEFORE, _AFTER = 40, 20
OLD = range(1900, 2011)
"""A whole date in these years is more likely a birth than an event of the visit."""


def plain(text: str) -> str:
    """The text with full-width digits, hard spaces and all kinds of dashes made ordinary, to look for things in."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


@lru_cache(maxsize=8192)
def identifiers(text: str) -> tuple[Match, ...]:
    """What may identify somebody, in the order of the text; nothing is told twice."""
    made = plain(text)
    found: list[Match] = []
    for look in (_emails, _nhs_numbers, _dates, _phones, _postcodes):
        for match in look(made):
            if all(match.end <= one.start or one.end <= match.start for one in found):
                found.append(match)
    return tuple(sorted(found, key=lambda match: match.start))


def _emails(text: str) -> Iterator[Match]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Match("email", match[0], match.start(), match.end())


def _nhs_numbers(text: str) -> Iterator[Match]:
    """Ten digits that pass the check digit, stronger beside a word; beside one also those that do not pass."""
    for match in _TEN.finditer(text):
        before, after = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() : match.end() + _AFTER]
        named = bool(_SAYS_NHS.search(before) or re.search(r"\bnhs\b", after, re.I))
        digits = re.sub(r"\D", "", match[0])
        if len(set(digits)) == 1:
            continue
        kind: Kind = "nhs_number_wrong"
        if _passes(digits):
            kind = "nhs_number" if named else "nhs_number_bare"
        if kind != "nhs_number_wrong" or named:
            yield Match(kind, match[0], match.start(), match.end())


def _passes(digits: str) -> bool:
    from nhs_number.validate import is_valid

    return bool(is_valid(digits))


def _dates(text: str) -> Iterator[Match]:
    """Dates said to be of birth, and whole dates of long ago."""
    for match in _DATE.finditer(text):
        year = match["a"] or match["b"] or match["c"]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _SAYS_BORN.search(before):
            yield Match("born", match[0], match.start(), match.end())
        elif int(year) in OLD:
            yield Match("old_date", match[0], match.start(), match.end())


def _phones(text: str) -> Iterator[Match]:
    """Numbers as they are dialled in the United Kingdom or from abroad; three-digit ones identify nobody."""
    for near in _PHONE_LIKE.finditer(text):
        yield from _phones_in(near[0], near.start())


def _phones_in(text: str, start: int) -> Iterator[Match]:
    """Numbers in a piece of text that begins at `start` and looks like one."""
    import phonenumbers

    for found in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string
        digits = [character for character in raw if character.isdigit()]
        dialled = raw.lstrip("(").startswith(("0", "+"))
        real = len(digits) >= 10 or phonenumbers.is_valid_number(found.number)
        if dialled and real and len(set(digits)) > 1 and not _DATE.search(raw):
            yield Match("phone", raw, start + found.start, start + found.end)


def _postcodes(text: str) -> Iterator[Match]:
    """In capitals anywhere; in small letters only after the word."""
    for match in _POSTCODE.finditer(text.upper()) if len(text.upper()) == len(text) else _POSTCODE.finditer(text):
        said = text[match.start() : match.end()]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if said == said.upper() or _SAYS_POSTCODE.search(before):
            yield Match("postcode", said, match.start(), match.end())


# Names -------------------------------------------------------------------------------------------------------

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "the", "and", "van", "von", "de", "del"})


@lru_cache(maxsize=8192)
def names_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Which of these names stand in a text: as they are listed, or a part of them that begins with a capital."""
    made = plain(text)
    folded = made.casefold()
    return tuple(name for name in names if _stands(name, made, folded))


def _stands(name: str, text: str, folded: str) -> bool:
    whole = " ".join(plain(name).split())
    if _word(whole.casefold()).search(folded):
        return True
    parts = [part.strip(".,'’") for part in whole.split()]
    telling = [part for part in parts if len(part) > 1 and part.casefold() not in _TITLES]
    return any(
        _word(part.casefold()).search(folded) and _word(form).search(text)
        for part in telling
        for form in {part[:1].upper() + part[1:], part.upper(), part.capitalize()}
    )


@lru_cache(maxsize=2048)
def _word(text: str) -> re.Pattern[str]:
    """The words standing alone, whatever white space is between them."""
    return re.compile(r"(?<!\w)" + re.escape(text).replace(r"\ ", r"\s+") + r"(?!\w)")
