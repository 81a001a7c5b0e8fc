"""Looking up standards and audit items by the forms in which people write their numbers.

`47`, `047`, `47.0`, `Standard 47: text`, `Q153`, `#47`, `47 [1]`, `Rating of standard 47` each mean one number. A text
that may mean several (`47 and 48`, `47-49`, `12. Standard 47`) means none of them: whoever asks says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from reviewapp.instruments.model import Instrument
from reviewapp.spreadsheets.cells import visible

_PREFIX = re.compile(
    r"(?:(?:standards?|std|stand|questions?|quest|qu|items?|criterion|number|num|nr|no)\b|[qs](?=[.:#\s]*\d)|[#№])[.:#\s]*"
)
_JOINED = re.compile(r"\s*(?:[,;/&+]|\band\b|\bor\b)\s*")
_RANGE = re.compile(r"\s*(?:[-–—]|\bto\b)\s*")
_OPENS = frozenset(":;)]}|=([–—")
"""A number ends before one of these, whatever follows."""
_JOINS = frozenset(".,-/&+*_")
"""A number ends before one of these unless a digit follows at once: `47.1`, `47-49` and `47_1` are not 47."""
_MENTION = re.compile(r"\b(?:standard|std)\b[.:#\s]*(?:no\b|number\b|nr\b)?[.:#\s]*")
_DAY = re.compile(
    r"\d{1,2}[-/ .]{1,2}(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[^\W\d]*\.?"
    r"(?:[-/ .]+\d{2,4})?"
)
"""A day without or with its year, into which a program turned a number such as 5.10 or 10/5: it means no standard."""
_REMARKS = re.compile(r"\b(comments?|notes?|reasons?|why|explain|details?|evidence)\b")


def standard_of(text: str, instrument: Instrument) -> str | None:
    """The number of the one standard a text means, such as `47` or `Standard 47: text`; None for none or several."""
    return _only(standards_meant(text, instrument))


def item_of(text: str, instrument: Instrument) -> str | None:
    """The audit item meant by `A1`, or by a heading that begins with it; None for none or several."""
    return _only(items_meant(text, instrument))


def standards_meant(text: str, instrument: Instrument) -> tuple[str, ...]:
    """The numbers of the standards that a text may mean; more than one where it is not certain which."""
    return _meant(text, {s.number.casefold(): s.number for s in instrument.standards})


def items_meant(text: str, instrument: Instrument) -> tuple[str, ...]:
    """The audit items that a text may mean; more than one where it is not certain which."""
    return _meant(text, {a.item.casefold(): a.item for a in instrument.audit})


def zero_twin(number: str, instrument: Instrument) -> str:
    """The standard whose number is this one with a zero at its end: 5.10 for 5.1; empty if there is none.

    A number cell shows both as 5.1, so that it does not say which is meant.
    """
    twin = f"{number}0"
    return twin if "." in number and any(s.number == twin for s in instrument.standards) else ""


def _only(found: tuple[str, ...]) -> str | None:
    return found[0] if len(found) == 1 else None


def _meant(text: str, known: Mapping[str, str]) -> tuple[str, ...]:
    text = re.sub(r"\s*\n\s*", ": ", visible(text).strip()).casefold().lstrip("([")
    if text in known:
        return (known[text],)
    if _DAY.fullmatch(text):
        return ()
    led = _led(text, known)
    if led is None:
        return tuple(dict.fromkeys(_mentioned(text, known)))
    number, rest = led
    found = [number, *_listed(rest, known)]
    if not _MENTION.match(text) and _MENTION.match(rest.lstrip(" .:;)]-–—(")):
        found += _mentioned(rest, known)[:1]  # a counter before the standard: `12. Standard 47`
    return tuple(dict.fromkeys(found))


def _led(text: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The number that a text begins with, with or without a prefix such as `Standard`, and the rest; or None."""
    for __ in range(3):
        found = _leading(text, known)
        if found is not None:
            return found
        prefix = _PREFIX.match(text)
        if prefix is None:
            return None
        text = text[prefix.end() :]
    return None


def _leading(text: str, known: Mapping[str, str]) -> tuple[str, str] | None:
    """The longest known number at the very beginning of a text, and what comes after it."""
    plain = re.sub(r"^0+(?=\d)", "", text)
    point = re.sub(r"^(\d+),(\d+)(?![\d,])", r"\1.\2", plain)
    whole = re.sub(r"^(\d+)\.0+(?![\d.])", r"\1", point)
    for variant in dict.fromkeys((text, plain, point, whole)):
        for number in sorted(known, key=len, reverse=True):
            rest = _after(variant, number)
            if rest is not None:
                return known[number], rest
    return None


def _after(text: str, number: str) -> str | None:
    """What follows a number at the beginning of a text; None if the text begins otherwise or the number goes on."""
    if not text.startswith(number):
        return None
    rest = text[len(number) :]
    if not rest or rest[0].isspace() or rest[0] in _OPENS:
        return rest
    follows = rest[1:2]
    ended = rest[0] in _JOINS and not (follows.isdigit() or (follows.isalpha() and rest[0] not in "-._"))
    return rest if ended else None


def _listed(rest: str, known: Mapping[str, str]) -> list[str]:
    """Further numbers that a text names at once: `47 and 48`, `47, 48`, `47 - 49`; not the 2 of `47 - 2 carers`."""
    found: list[str] = []
    while True:
        joined, span = _JOINED.match(rest), _RANGE.match(rest)
        separator = joined or span
        other = _led(rest[separator.end() :], known) if separator else None
        if other is None or (joined is None and other[1].lstrip()[:1] not in ("", ":", ",", ";", ")", "&")):
            return found
        found.append(other[0])
        rest = other[1]


def _mentioned(text: str, known: Mapping[str, str]) -> list[str]:
    """The numbers that a text names after the word standard; none in the heading of a column of remarks."""
    if _REMARKS.search(text):
        return []
    found = []
    for mention in _MENTION.finditer(text):
        led = _leading(text[mention.end() :], known)
        if led is not None:
            found += [led[0], *_listed(led[1], known)]
    return found
