"""Finds identifiers of persons in a text: NHS numbers, telephone numbers, addresses, dates of birth, listed names.

It warns; it never claims that a text is anonymous. Of random numbers with ten digits 7 % pass the check digit of an
NHS number, so a bare one is a weaker sign than one beside a word such as "NHS".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["nhs_number", "nhs_number_bare", "nhs_number_wrong", "phone", "email", "postcode", "born", "old_date"]


class Match(NamedTuple):
    """An identifier found, with its text; `start` and `end` count in the text returned by `plain`."""

    kind: Kind
    text: str
    start: int
    end: int


_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019", "------'")
_TEN = re.compile(r"(?<![\w+])(?<!\d[ -])\d{3}[ -]?\d{3}[ -]?\d{4}(?![ -]?\d)(?!\w)")
_NHS_CUE = re.compile(r"\b(?:nhs|chi|h ?& ?c|patient|hospital|health) ?(?:no\b|num|id\b|n[°º]|#|:|$)|\bnhs\b", re.I)
_PHONE_LIKE = re.compile(r"(?<!\d)\+?\(?\d[\d\s().-]{6,24}\d(?!\d)")
_EMAIL = re.compile(r"[\w.+'’-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_OUTWARD_CODE = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR)"
_POSTCODE = re.compile(rf"(?<!\w){_OUTWARD_CODE} ?[0-9][ABD-HJLNP-UW-Z]{{2}}(?!\w)")
_POSTCODE_CUE = re.compile(r"post ?code\W{0,3}(?:is |was )?$", re.I)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?<![\w/.-])(?:"
    rf"(?:\d{{1,2}} ?[./-] ?\d{{1,2}} ?[./-] ?|\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./-]{{1,2}}{_MONTH}[ ,./-]{{1,2}})"
    rf"(?P<a>\d{{4}}|\d{{2}})|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<b>\d{{4}})"
    r"|(?P<c>\d{4})-\d{2}-\d{2})(?![\w/-])",
    re.I,
)
_BIRTH_CUE = re.compile(r"\b(?:born|d\.? ?o\.? ?b\b\.?|date of birth|birth ?day|birth ?date)[^.!?\n]{0,24}$", re.I)
_BEFORE, _AFTER = 40, 20
OLD = range(1900, 2011)
"""Years in which a complete date is more likely of birth than of an event of the visit."""


def plain(text: str) -> str:
    """The text normalised for searching: full-width digits, hard spaces and all kinds of dashes made ordinary."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


@lru_cache(maxsize=8192)
def identifiers(text: str) -> tuple[Match, ...]:
    """The identifiers in a text, in its order; of overlapping matches only the first kind found is kept."""
    made = plain(text)
    found: list[Match] = []
    for find in (_emails, _nhs_numbers, _dates, _phones, _postcodes):
        for match in find(made):
            if all(match.end <= earlier.start or earlier.end <= match.start for earlier in found):
                found.append(match)
    return tuple(sorted(found, key=lambda match: match.start))


def _emails(text: str) -> Iterator[Match]:
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Match("email", match[0], match.start(), match.end())


def _nhs_numbers(text: str) -> Iterator[Match]:
    """Numbers of ten digits that pass the NHS check digit, and, beside a word such as "NHS", those that do not."""
    for match in _TEN.finditer(text):
        before, after = text[max(0, match.start() - _BEFORE) : match.start()], text[match.end() : match.end() + _AFTER]
        named = bool(_NHS_CUE.search(before) or re.search(r"\bnhs\b", after, re.I))
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
    """Dates after a word such as "born", and complete dates in the years of `OLD`."""
    for match in _DATE.finditer(text):
        year = match["a"] or match["b"] or match["c"]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _BIRTH_CUE.search(before):
            yield Match("born", match[0], match.start(), match.end())
        elif int(year) in OLD:
            yield Match("old_date", match[0], match.start(), match.end())


def _phones(text: str) -> Iterator[Match]:
    """Telephone numbers as dialled in the United Kingdom or from abroad; three-digit ones identify nobody."""
    for near in _PHONE_LIKE.finditer(text):
        yield from _phones_in(near[0], near.start())


def _phones_in(text: str, start: int) -> Iterator[Match]:
    """Telephone numbers in a piece of text that looks like one and begins at `start` of the whole."""
    import phonenumbers

    for found in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string
        digits = [character for character in raw if character.isdigit()]
        dialled = raw.lstrip("(").startswith(("0", "+"))
        real = len(digits) >= 10 or phonenumbers.is_valid_number(found.number)
        if dialled and real and len(set(digits)) > 1 and not _DATE.search(raw):
            yield Match("phone", raw, start + found.start, start + found.end)


def _postcodes(text: str) -> Iterator[Match]:
    """Postcodes in capitals anywhere; in small letters only after the word `postcode`."""
    for match in _POSTCODE.finditer(text.upper()) if len(text.upper()) == len(text) else _POSTCODE.finditer(text):
        postcode = text[match.start() : match.end()]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if postcode == postcode.upper() or _POSTCODE_CUE.search(before):
            yield Match("postcode", postcode, match.start(), match.end())


# Names -------------------------------------------------------------------------------------------------------

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "the", "and", "van", "von", "de", "del"})


@lru_cache(maxsize=8192)
def names_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The `names` that occur in a text, whole in any case, or as a part of the name with a capital."""
    made = plain(text)
    folded = made.casefold()
    return tuple(name for name in names if _occurs(name, made, folded))


def _occurs(name: str, text: str, folded: str) -> bool:
    whole = " ".join(plain(name).split())
    if _word(whole.casefold()).search(folded):
        return True
    parts = [part.strip(".,'’") for part in whole.split()]
    distinctive = [part for part in parts if len(part) > 1 and part.casefold() not in _TITLES]
    return any(
        _word(part.casefold()).search(folded) and _word(form).search(text)
        for part in distinctive
        for form in {part[:1].upper() + part[1:], part.upper(), part.capitalize()}
    )


@lru_cache(maxsize=2048)
def _word(text: str) -> re.Pattern[str]:
    """A pattern for the text as whole words, with any white space between them."""
    return re.compile(r"(?<!\w)" + re.escape(text).replace(r"\ ", r"\s+") + r"(?!\w)")
