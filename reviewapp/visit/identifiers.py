"""Finds identifiers of persons in a text: NHS numbers, telephone numbers, addresses, dates of birth, listed names.

It warns; it never claims that a text is anonymous. Of random numbers with ten digits 7 % pass the check digit of an
NHS number, so a bare one is a weaker sign than one beside a word such as "NHS". A number is looked for however it is
written: glued to letters, in any grouping, with dots, slashes or dashes, with characters that cannot be seen.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal[
    "nhs_number",
    "nhs_number_bare",
    "nhs_number_wrong",
    "ni_number",
    "hospital_number",
    "phone",
    "email",
    "postcode",
    "born",
    "old_date",
]


class Match(NamedTuple):
    """An identifier found, with its text; `start` and `end` count in the text returned by `plain`."""

    kind: Kind
    text: str
    start: int
    end: int


_SIGNS = str.maketrans("\u2010\u2011\u2012\u2013\u2014\u2212\u2019\u2044\u2215\u2024\u00b7\u2022", "------'//...")
_BEFORE, _AFTER = 40, 20


def plain(text: str) -> str:
    """The text normalised for searching: digits, spaces, dashes made ordinary, unseen characters out."""
    made = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    if made.isascii():
        return made
    return "".join(
        str(unicodedata.decimal(character)) if character.isdecimal() else character
        for character in made
        if unicodedata.category(character) != "Cf"
    )


@lru_cache(maxsize=8192)
def identifiers(text: str) -> tuple[Match, ...]:
    """The identifiers in a text, in its order; of overlapping matches only the first kind found is kept."""
    made = plain(text)
    found: list[Match] = []
    for find in (_emails, _nhs_numbers, _ni_numbers, _dates, _phones, _postcodes, _hospital_numbers):
        for match in find(made):
            place = bisect_left(found, match.start, key=lambda earlier: earlier.start)
            behind = place == len(found) or match.end <= found[place].start
            if behind and (place == 0 or found[place - 1].end <= match.start):
                found.insert(place, match)  # found one after the other, so that no two overlap
    return tuple(found)


_AT = r"(?:@|[(\[] ?at ?[)\]])"
_HAS_AT = re.compile(_AT, re.I)
_EMAIL = re.compile(rf"[\w.+'’-]{{1,64}} ?{_AT} ?[\w-]{{1,63}}(?:\.[\w-]{{1,63}})+", re.I)


def _emails(text: str) -> Iterator[Match]:
    if _HAS_AT.search(text):
        for match in _EMAIL.finditer(text):
            yield Match("email", match[0], match.start(), match.end())


# NHS, CHI and H&C numbers: ten digits, the last of them a check digit ----------------------------------------------

_LETTER = r"[^\W\d_]"
_DIGITS = re.compile(r"\d+")
_GAP = re.compile(r"[\s./_|\\,()-]{1,3}")
_NUMBER_WORD = r"(?:no|num|numbers?|nr|id|ident\w*|n[°º]|ref\w*|code|is|was|of|#)"
_WHOSE = r"(?:nhs|chi|h ?& ?c|h/c|hcn?|hsc|patient|hospital|health|mrn)"
_NAMED_NEAR = re.compile(
    r"(?:\b(?:nhs|chi|h ?& ?c|patient|hospital|health) ?(?:no\b|num|id\b|n[°º]|#|:|$)|\bnhs\b)", re.I
)
_NAMED_BEFORE = re.compile(rf"(?<!{_LETTER}){_WHOSE}(?:[\W_]*{_NUMBER_WORD}){{0,3}}[\W_]*$", re.I)
_NAMED_AFTER = re.compile(rf"^[\W_]*(?:nhs|chi)(?!{_LETTER})|\bnhs\b", re.I)
_USUAL = {(10,), (3, 3, 4), (6, 4), (3, 7)}
"""The groups in which the ten digits are usually written; CHI numbers as a date of birth and four digits."""
_MOST_GROUPS = 3
"""Without a word that names it, a number in other groups than the usual is taken for one only in so few."""
_SLIPS = {(9,), (11,), (3, 3, 3), (3, 3, 5)}
"""Groups that an NHS number has with a digit too few or too many."""


class _Digits(NamedTuple):
    """Groups of digits that may be one number; `gaps` stand between them, `left` and `right` at the ends."""

    text: str
    start: int
    end: int
    groups: tuple[int, ...]
    gaps: tuple[str, ...]
    left: str
    right: str

    @property
    def digits(self) -> str:
        return "".join(_DIGITS.findall(self.text))


def _nhs_numbers(text: str) -> Iterator[Match]:
    """Ten digits that pass the check digit, and, beside a word such as "NHS", those with a slip."""
    for run in _runs(text):
        place = 0
        while place < len(run):
            number = _nhs_number_at(text, run, place)
            if number is not None:
                kind, found = number
                yield Match(kind, found.text, found.start, found.end)
                place += len(found.groups)
            else:
                place += 1


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """The groups of digits with nothing but separators between them, run by run."""
    run: list[re.Match[str]] = []
    for group in _DIGITS.finditer(text):
        if run and not _GAP.fullmatch(text, run[-1].end(), group.start()):
            yield run
            run = []
        run.append(group)
    yield run


def _nhs_number_at(text: str, run: list[re.Match[str]], place: int) -> tuple[Kind, _Digits] | None:
    """The number that begins with the group at `place` of a run: its kind, and where it stands."""
    total, end = 0, place
    while end < len(run) and total < 10:
        total += len(run[end][0])
        end += 1
    found = _digits_of(text, run, place, end)
    before, after = text[max(0, found.start - _BEFORE) : found.start], text[found.end : found.end + _AFTER]
    named = bool(_NAMED_BEFORE.search(before))
    near = named or bool(_NAMED_NEAR.search(before) or _NAMED_AFTER.search(after))
    if total == 10 and len(set(found.digits)) > 1 and _stands_alone(text, found, named=named):
        usual = found.groups in _USUAL and not any("," in gap for gap in found.gaps)
        if _passes(found.digits):
            if near and (usual or named or _few_groups(found)):
                return "nhs_number", found
            if usual or _few_groups(found):
                return "nhs_number_bare", found
        elif near and (usual or named) and found.digits[0] != "0":
            return "nhs_number_wrong", found
    return _slip_at(text, run, place) if named else None


def _slip_at(text: str, run: list[re.Match[str]], place: int) -> tuple[Kind, _Digits] | None:
    """An NHS number with a digit too few or too many, whatever other digits come after it."""
    for size in (1, 3):
        found = _digits_of(text, run, place, min(place + size, len(run)))
        if found.groups in _SLIPS and found.digits[0] != "0":
            return "nhs_number_wrong", found
    return None


def _digits_of(text: str, run: list[re.Match[str]], place: int, end: int) -> _Digits:
    """The groups `place` to `end` of a run."""
    start, stop = run[place].start(), run[end - 1].end()
    return _Digits(
        text=text[start:stop],
        start=start,
        end=stop,
        groups=tuple(len(group[0]) for group in run[place:end]),
        gaps=tuple(text[a.end() : b.start()] for a, b in zip(run[place : end - 1], run[place + 1 : end], strict=True)),
        left=text[run[place - 1].end() : start] if place else "",
        right=text[stop : run[end].start()] if end < len(run) else "",
    )


def _few_groups(found: _Digits) -> bool:
    """Whether digits in unusual groups look like one number: few groups, or ten single digits, evenly separated."""
    even = found.gaps[0].strip() in ("", "-", "/") and len(set(found.gaps)) == 1
    single = len(found.groups) == 10 and max(found.digits) > "5"
    return even and found.digits[0] != "0" and (len(found.groups) <= _MOST_GROUPS or single)


def _stands_alone(text: str, found: _Digits, *, named: bool) -> bool:
    """Whether the digits are a number by themselves, not a part of a longer one, of a fingerprint or of a sum."""
    if named:
        return found.right.strip() != "-" or found.right not in ("-", *found.gaps)
    if (found.start and text[found.start - 1] in "+£$€") or (found.start > 1 and text[found.start - 2] == "+"):
        return False
    for gap in (found.left, found.right):
        if gap and (not any(character.isspace() for character in gap) or gap in found.gaps):
            return False
    before = re.search(rf"(\w?){_LETTER}+\Z", text[max(0, found.start - _BEFORE) : found.start])
    after = re.match(rf"{_LETTER}+(\w?)", text[found.end : found.end + _AFTER])
    coded = (before and before[1].isdigit()) or (after and after[1].isdigit())
    return not coded and not (before and after)


def _passes(digits: str) -> bool:
    from nhs_number.validate import is_valid

    return bool(is_valid(digits))


# Other numbers -----------------------------------------------------------------------------------------------------

_SEP = r"[ ./_-]{0,2}"
_NI_PREFIX = r"(?:QQ|(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])"
_NI = re.compile(rf"(?<![A-Z\d]){_NI_PREFIX}{_SEP}\d\d{_SEP}\d\d{_SEP}\d\d{_SEP}[A-D](?![^\W_])", re.I)
_NI_CUE = re.compile(r"(?:\bn\.?i\.?(?:no|number)?|national insurance)[^\n]{0,20}$", re.I)
_HOSPITAL = re.compile(
    rf"(?<!{_LETTER})(?:(?:hospital|patient|unit|rio|pas|systm ?one|district)[ _-]?(?:no\b\.?|num(?:ber)?|id\b|#)|mrn)"
    rf"(?:[\W_]*(?:is|was))?[\W_]{{0,4}}(?P<number>[A-Z]{{0,3}}[ -]?\d[\d/ -]{{3,14}}\d[A-Z]?)(?![^\W_])",
    re.I,
)


def _ni_numbers(text: str) -> Iterator[Match]:
    """National Insurance numbers in capitals; in small letters only after words that say so."""
    for match in _NI.finditer(text):
        if match[0] == match[0].upper() or _NI_CUE.search(text[max(0, match.start() - _BEFORE) : match.start()]):
            yield Match("ni_number", match[0], match.start(), match.end())


def _hospital_numbers(text: str) -> Iterator[Match]:
    """Numbers that a word says to be of a person in a hospital's records."""
    for match in _HOSPITAL.finditer(text):
        yield Match("hospital_number", match["number"], match.start("number"), match.end("number"))


# Dates of birth ----------------------------------------------------------------------------------------------------

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    rf"(?:\d{{1,2}} ?[./_-] ?\d{{1,2}} ?[./_-] ?|(?:0?[1-9]|[12]\d|3[01]) (?:0?[1-9]|1[0-2]) |"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ ./_-]{{0,2}}{_MONTH}[ ,./_-]{{0,2}}'?)"
    rf"(?P<a>\d{{4}}|\d{{2}})|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?P<b>\d{{4}})"
    r"|(?P<c>\d{4})[./_-]\d{1,2}[./_-]\d{1,2})(?!\d|[/-]\d)",
    re.I,
)
_BIRTH = r"(?:born|d\.? ?o\.? ?b(?!_?[^\W_\d])\.?|date of birth|birth ?day|birth ?date)"
_BIRTH_CUE = re.compile(rf"(?<!{_LETTER}){_BIRTH}[^.!?\n]{{0,24}}\n?\s*$", re.I)
_BIRTH_DIGITS = re.compile(rf"(?<!{_LETTER}){_BIRTH}[\W_]{{0,4}}(?P<date>\d{{8}}|\d{{6}})(?!\d)", re.I)
OLD = range(1900, 2011)
"""Years in which a complete date is more likely of birth than of an event of the visit."""


def _dates(text: str) -> Iterator[Match]:
    """Dates after a word such as "born", and complete dates in the years of `OLD`."""
    for match in _DATE.finditer(text):
        year = match["a"] or match["b"] or match["c"]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        if _BIRTH_CUE.search(before):
            yield Match("born", match[0], match.start(), match.end())
        elif int(year) in OLD and not before[-1:].isalpha() and not text[match.end() : match.end() + 1].isalpha():
            yield Match("old_date", match[0], match.start(), match.end())
    for match in _BIRTH_DIGITS.finditer(text):
        yield Match("born", match["date"], match.start("date"), match.end("date"))


# Telephone numbers -------------------------------------------------------------------------------------------------

_PHONE_LIKE = re.compile(r"(?<!\d)\+?\(?\d[\d\s()./_-]{6,24}\d(?!\d)")
_PHONE_SIGNS = str.maketrans("/_", "  ")


def _phones(text: str) -> Iterator[Match]:
    """Telephone numbers as dialled in the United Kingdom or from abroad; three-digit ones identify nobody."""
    for near in _PHONE_LIKE.finditer(text):
        yield from _phones_in(near[0], near.start())


def _phones_in(text: str, start: int) -> Iterator[Match]:
    """Telephone numbers in a piece of text that looks like one and begins at `start` of the whole."""
    import phonenumbers

    spaced = text.translate(_PHONE_SIGNS)
    for found in phonenumbers.PhoneNumberMatcher(spaced, "GB", leniency=phonenumbers.Leniency.POSSIBLE):
        raw = found.raw_string
        digits = [character for character in raw if character.isdigit()]
        dialled = raw.lstrip("(").startswith(("0", "+"))
        real = len(digits) >= 10 or phonenumbers.is_valid_number(found.number)
        written = text[found.start : found.end]
        if dialled and real and len(set(digits)) > 1 and not _DATE.search(written):
            yield Match("phone", written, start + found.start, start + found.end)


# Postcodes ---------------------------------------------------------------------------------------------------------

_OUTWARD_CODE = r"(?:[A-PR-UWYZ][0-9][0-9A-HJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?|GIR)"
_POSTCODE = re.compile(rf"(?<![^\W_]){_OUTWARD_CODE}[ ._-]{{0,2}}[0-9][ABD-HJLNP-UW-Z]{{2}}(?![^\W_])", re.I)
_POSTCODE_CUE = re.compile(r"post ?code\W{0,3}(?:is |was )?$", re.I)
_NOT_INWARD = re.compile(r"\d(?:st|nd|rd|th|am|pm|hr|ml|mg)$", re.I)
_AREAS = frozenset(
    first + second
    for first, seconds in (
        ("a", "bl"),
        ("b", "abdhlnrst"),
        ("c", "abfhmortvw"),
        ("d", "adeghlnty"),
        ("e", "chnx"),
        ("f", "ky"),
        ("g", "luy"),
        ("h", "adgprsux"),
        ("i", "gmpv"),
        ("k", "atwy"),
        ("l", "adelnsu"),
        ("m", "ekl"),
        ("n", "egnprw"),
        ("o", "lx"),
        ("p", "aehlor"),
        ("r", "ghm"),
        ("s", "aegklmnoprstwy"),
        ("t", "adfnqrsw"),
        ("u", "b"),
        ("w", "acdfnrsv"),
        ("y", "o"),
        ("z", "e"),
    )
    for second in seconds
)
"""The areas with two letters: what begins with one of them is read in small letters too."""


def _postcodes(text: str) -> Iterator[Match]:
    """Postcodes in capitals; in small letters those of an area with two letters, others after the word `postcode`."""
    for match in _POSTCODE.finditer(text):
        postcode = match[0]
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        known = postcode[:2].casefold() in _AREAS and not _NOT_INWARD.search(postcode)
        if postcode == postcode.upper() or known or _POSTCODE_CUE.search(before):
            yield Match("postcode", postcode, match.start(), match.end())


# Names -------------------------------------------------------------------------------------------------------------

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "the", "and", "van", "von", "de", "del"})


@lru_cache(maxsize=8192)
def names_in(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """The `names` that occur in a text, whole in any case, or as a part of the name with a capital."""
    made = _unaccented(plain(text))
    folded = made.casefold()
    return tuple(name for name in names if _occurs(name, made, folded))


def _unaccented(text: str) -> str:
    """The text without accents: a name is found however its accents were typed."""
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _occurs(name: str, text: str, folded: str) -> bool:
    whole = " ".join(_unaccented(plain(name)).split())
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
    return re.compile(r"(?<![^\W_])" + re.escape(text).replace(r"\ ", r"[\s_]+") + r"(?![^\W_])")
