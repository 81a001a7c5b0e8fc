"""Words that may be names of people, proposed for the list of names; nobody is put on it by this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from reviewapp.base.i18n import _, plural
from reviewapp.report.proofreading.texts import WrittenText
from reviewapp.visit.identifiers import names_in
from reviewapp.visit.state import VisitState

MOST = 20
"""Proposals listed at most: a longer list is read by nobody."""
_WORD = r"[^\W\d_]+(?:['’\-][^\W\d_]+)*"
_PAIR = re.compile(rf"(?<![^\W_])({_WORD})[ \u00a0](?=({_WORD}))")
_TITLED = re.compile(rf"(?<![^\W_])(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Nurse|Sister)\.?[ \u00a0]({_WORD})")
_NO_NAME = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "english",
        "welsh",
        "nhs",
        "nice",
        "cqc",
        "trust",
        "council",
        "hospital",
        "ward",
        "team",
        "service",
        "street",
        "road",
        "house",
        "centre",
        "act",
    ]
)
"""Words that no name of a person ends with or begins with, as far as this field writes them with a capital."""
_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "nurse", "sister"])


class PerhapsName(msgspec.Struct, frozen=True):
    """A pair of words with capitals, or a word after a title; `where` says in which texts it stands."""

    name: str
    where: str


def perhaps_names(state: VisitState, texts: Sequence[WrittenText]) -> list[PerhapsName]:
    """The proposals from these texts, most often written first, then by name.

    Two words with capitals side by side that are written without one nowhere in the visit, nor stand in its standards,
    its service or its organisation; and what follows a title such as Dr. What is on the list already is left out.
    """
    usual = _usual_words(state, texts)
    listed = tuple(rec.name for rec in state.known_names.values())
    found: dict[str, list[str]] = {}
    for text in texts:
        for name in dict.fromkeys(_in_text(text.text, usual)):
            if not names_in(name, listed):
                found.setdefault(name, []).append(text.where)
    ordered = sorted(found.items(), key=lambda one: (-len(one[1]), one[0].casefold()))
    return [PerhapsName(name, _where(places)) for name, places in ordered[:MOST]]


def _in_text(text: str, usual: frozenset[str]) -> Iterable[str]:
    """The pairs and the words after a title in one text."""
    yield from (found[1] for found in _TITLED.finditer(text) if _capitalised(found[1]))
    for pair in _PAIR.finditer(text):
        if all(_capitalised(word) and word.casefold() not in usual for word in pair.groups()):
            yield f"{pair[1]} {pair[2]}"


def _capitalised(word: str) -> bool:
    """Whether it begins with a capital and is none of initials alone."""
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def _usual_words(state: VisitState, texts: Sequence[WrittenText]) -> frozenset[str]:
    """Words that are no names: written small somewhere, or part of the standards or of what the visit is called."""
    said = [one.text for one in texts]
    for standard in state.instrument.standards:
        said += [standard.title, standard.statement, standard.guidance]
    small = {word for text in said for word in re.findall(_WORD, text) if word[0].islower()}
    headings = [words for one in state.instrument.standards for words in (one.title, one.section)]
    called = re.findall(_WORD, " ".join([state.info.service, state.info.organisation, *headings]))
    return frozenset({word.casefold() for word in (*small, *called)} | _NO_NAME | _TITLES)


def _where(places: Sequence[str]) -> str:
    """In which texts a name stands: the first, and how many more."""
    others = len(places) - 1
    first = places[0][:1].upper() + places[0][1:]
    if not others:
        return first
    return _("{first}, {more}", first=first, more=plural("and {n} other text", "and {n} other texts", others))
