"""Extracts claims about figures and ratings from the sentences of a written passage, by fixed patterns, not guesses.

A sentence that fits no pattern claims nothing; a passage may make the same claim in words that the patterns miss.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reviewapp.report.proofreading.number_words import NUMBER, parse_number
from reviewapp.report.proofreading.verdicts import RatingWord, ends_clause, verdict_after, verdict_beside


class CountClaim(NamedTuple):
    """A claim that `number` standards (of one `type`, or of all) are `verdict`; `whole`: out of how many.

    `verdict` None: only that there are so many standards. `all`: every one of them.
    """

    said: str
    number: int | None
    verdict: RatingWord | None
    type: str = ""
    whole: int | None = None
    all: bool = False
    sentence: str = ""


class ShareClaim(NamedTuple):
    """A claim of a percentage, typed with `places` decimals, of the standards of a type ("": of any)."""

    said: str
    percent: float
    places: int
    type: str
    sentence: str


class RatingClaim(NamedTuple):
    """Standards that a sentence names by number, and the rating it gives them (None: only named)."""

    said: str
    numbers: tuple[str, ...]
    verdict: RatingWord | None


class PeopleClaim(NamedTuple):
    """A claim that `number` people of a group were spoken to; `listed`: with other groups in one sentence."""

    said: str
    number: int
    group: str
    listed: bool


LONGEST_SENTENCE = 1000
"""The longest sentence searched for claims, in characters."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_STANDARDS = r"(?:of )?(?:the |our |these |all )?(?:(?P<kind>type (?P<type>\d\w*)) )?standards?"
_KIND_AFTER = r"(?: of type (?P<after>\d\w*))?"
_FRACTION = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:out )?of (?:the |our |these |all )?(?P<m>{NUMBER})"
    rf"(?: applicable)?(?: type (?P<type>\d\w*))?(?: standards?)?{_KIND_AFTER}\b", re.I,
)  # fmt: skip
_SOME = re.compile(rf"(?<!type )\b(?P<n>{NUMBER}) {_STANDARDS}{_KIND_AFTER}\b", re.I)
_WHOLE_SET = re.compile(
    r"\b(?:against|all|these|total of|set of) (?P<n>\d{1,3}) (?:type (?P<type>\d\w*) )?standards?\b",
    re.I,
)
_EVERY = re.compile(rf"\b(?P<all>all|every|each|none|no)(?: one)? {_STANDARDS}{_KIND_AFTER}\b", re.I)
_BUT = re.compile(r"\b(?:not (?:all|every|each)|nearly|almost|but|except|apart from|other than|bar)\b", re.I)
_ROUGHLY = re.compile(
    r"\b(?:but|except|apart from|other than|nearly|almost|about|around|over|under|(?:more|fewer|less) than|at least"
    r"|up to|other|another|first|last|these|those|next)\W*$", re.I,
)  # fmt: skip
_SHARE = re.compile(r"(?<![\d.])(?P<p>\d{1,3}(?:\.(?P<places>\d+))?) ?(?:%|per ?cent\b)", re.I)
_ABOUT_PEOPLE = re.compile(
    r"\b(?:patients?|carers?|people|staff|answered|respond\w*|surveys?|records?|case notes?|said|national\w*|teams)\b",
    re.I,
)
_ABOUT_STANDARDS = re.compile(r"\b(?:standards?|type \d|compliance|met|overall)\b", re.I)
_TYPE = re.compile(r"\btype (\d\w*)", re.I)
_NAMED = re.compile(
    r"\bstandards? (?P<list>\d+(?:\.\d+)?[a-z]?(?:(?:, ?(?:and )?| and | or | & )\d+(?:\.\d+)?[a-z]?)*)\b", re.I
)
_NUMBER = re.compile(r"\d+(?:\.\d+)?[a-z]?", re.I)
_SPOKE = re.compile(
    r"\b(?:spoke|spoken|talked|listened) (?:to|with) (?P<who>[^.!?;\n]+)|\binterviewed (?P<whom>[^.!?;\n]+)", re.I
)
_GROUP = re.compile(
    rf"\b(?P<n>{NUMBER}) (?:other |more |former )?(?P<who>patients?|carers?|members? of staff|staff|managers?)\b", re.I
)
_GROUPS = {"p": "patient", "c": "carer", "m": "staff", "s": "staff"}


def sentences(text: str) -> list[str]:
    """The sentences of a text; those longer than `LONGEST_SENTENCE` are left out."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip() and len(part) <= LONGEST_SENTENCE]


@lru_cache(maxsize=2048)
def counts(text: str) -> tuple[CountClaim, ...]:
    """The claims of a passage about numbers of standards that are met, not met, or in the set."""
    found: list[CountClaim] = []
    for sentence in sentences(text):
        found += _claims_on_all(sentence)
        fractions = _fractions(sentence)
        found += fractions or _plain_counts(sentence)
        for match in () if fractions else _WHOLE_SET.finditer(sentence):
            if _rating_word_beside(sentence, match) is None and ends_clause(sentence, match.end()):
                found.append(CountClaim(match[0], int(match["n"]), None, match["type"] or "", sentence=sentence))
    return tuple(found)


def _claims_on_all(sentence: str) -> list[CountClaim]:
    """Claims about all or none: `All type 1 standards are met`, `no standard is unmet`; none with a `but`."""
    if _BUT.search(sentence):
        return []
    found = []
    for match in _EVERY.finditer(sentence):
        verdict = _rating_word_beside(sentence, match)
        if verdict in ("met", "not_met") and not re.match(r"\s*\d", sentence[match.end() :]):
            none = match["all"].casefold() in ("no", "none")
            number = 0 if none else None
            kind = match["type"] or match["after"] or ""
            found.append(CountClaim(match[0], number, verdict, kind, all=not none, sentence=sentence))
    return found


def _fractions(sentence: str) -> list[CountClaim]:
    found = []
    for match in _FRACTION.finditer(sentence):
        kind = match["type"] or match["after"] or ""
        if "standard" not in sentence.casefold() and not kind:
            continue
        verdict = _rating_word_beside(sentence, match)
        if verdict is not None:
            found.append(
                CountClaim(
                    match[0], parse_number(match["n"]), verdict, kind, parse_number(match["m"]), sentence=sentence
                )
            )
    return found if not _ABOUT_PEOPLE.search(sentence) else []


def _plain_counts(sentence: str) -> list[CountClaim]:
    found = []
    for match in _SOME.finditer(sentence):
        verdict = _rating_word_beside(sentence, match)
        roughly = _ROUGHLY.search(sentence[: match.start()])
        if verdict is not None and not roughly and match["n"].casefold() not in ("no", "none"):
            kind = match["type"] or match["after"] or ""
            found.append(CountClaim(match[0], parse_number(match["n"]), verdict, kind, sentence=sentence))
    return found


def _rating_word_beside(sentence: str, match: re.Match[str]) -> RatingWord | None:
    return verdict_beside(sentence, match.start(), match.end())


@lru_cache(maxsize=2048)
def shares(text: str) -> tuple[ShareClaim, ...]:
    """The claims of a passage about percentages of standards; sentences about people or records are left out."""
    found = []
    for sentence in sentences(text):
        if _ABOUT_PEOPLE.search(sentence) or not _ABOUT_STANDARDS.search(sentence):
            continue
        for match in _SHARE.finditer(sentence):
            kind = _TYPE.search(sentence, match.end()) or _TYPE.search(sentence)
            places = len(match["places"] or "")
            found.append(ShareClaim(match[0], float(match["p"]), places, kind[1] if kind else "", sentence))
    return tuple(found)


@lru_cache(maxsize=8192)
def ratings(text: str) -> tuple[RatingClaim, ...]:
    """The standards that a text names by number, with the rating it gives them right after."""
    found = []
    for sentence in sentences(text):
        for match in _NAMED.finditer(sentence):
            after = re.split(r"[,:]|\bstandards?\b|\b(?:but|while|and)\b", sentence[match.end() :], maxsplit=1)[0]
            numbers = tuple(_NUMBER.findall(match["list"]))
            verb = re.match(r"\s*(?:\([^)]*\)\s*)?(?:is|are|was|were|has|have|remains?|stays?)\b(.*)", after, re.S)
            found.append(RatingClaim(match[0], numbers, verdict_after(verb[1]) if verb else None))
    return tuple(found)


@lru_cache(maxsize=2048)
def people_claims(text: str) -> tuple[PeopleClaim, ...]:
    """The claims of a passage about numbers of people spoken to, by group."""
    found: list[PeopleClaim] = []
    for match in (match for sentence in sentences(text) for match in _SPOKE.finditer(sentence)):
        groups = list(_GROUP.finditer(match["who"] or match["whom"]))
        for found_group in groups:
            who = found_group["who"].casefold()
            group = "manager" if who.startswith("manager") else _GROUPS[who[0]]
            found.append(PeopleClaim(found_group[0], parse_number(found_group["n"]), group, len(groups) > 1))
    return tuple(found)
