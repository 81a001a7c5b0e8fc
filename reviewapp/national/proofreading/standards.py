"""Rules on standards: which are named, of which type, in which words, on which list, with which value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from reviewapp.base.i18n import _
from reviewapp.national.proofreading.content_words import content_words
from reviewapp.national.proofreading.found import Found
from reviewapp.national.proofreading.named import NAMED, TAGGED, numbers_in
from reviewapp.national.report.material import NationalMaterial
from reviewapp.report.proofreading.passage_claims import sentences
from reviewapp.report.tree import Document


def unknown(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that names a standard the instrument does not have."""
    for place, words in material.passages.items():
        for sentence in sentences(words):
            for number in numbers_in(sentence):
                if number not in material.standards:
                    yield Found(
                        severity="stop", place=place, concerning=number,
                        why=_("it names {n}, which is none of the standards listed", n=number),
                        action=_("correct the number, or remove it"),
                    )  # fmt: skip


def types_tagged(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that tags a standard with another type than the instrument gives it."""
    for place, words in material.passages.items():
        for match in TAGGED.finditer(words):
            known = material.standards.get(match["n"])
            if known is not None and known.type != match["type"]:
                yield Found(
                    severity="stop", place=place, concerning=match[0],
                    why=_("it tags {said}; the standard is of type {type}", said=match[0], type=known.type),
                    action=_("correct the tag"),
                )  # fmt: skip


_QUOTED = re.compile(r"[“\"]([^”\"]{25,400})[”\"]")
_ALIKE, _SAME = 0.55, 0.995


def wording(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that gives the wording of a standard in other words than the instrument's."""
    for place, words in material.passages.items():
        for sentence in sentences(words):
            for number in numbers_in(sentence):
                one = material.standards.get(number)
                if one is not None and _differs(one.statement or one.title, one.title, sentence):
                    yield Found(
                        severity="warn", place=place, concerning=sentence,
                        why=_("its words for standard {n} are not those of the list of standards", n=number),
                        action=_("take the wording from the list, or say plainly that it is yours"),
                    )  # fmt: skip


def _differs(statement: str, title: str, sentence: str) -> bool:
    """Whether a sentence quotes a standard nearly but not quite, or names it with none of its matter."""
    for quoted in _QUOTED.findall(sentence):
        likeness = max(_likeness(part, quoted) for part in (statement, title, *sentences(statement)))
        if _ALIKE <= likeness < _SAME:
            return True
    described = content_words(TAGGED.sub("", NAMED.sub("", sentence)))
    asked = content_words(f"{statement} {title}")
    return bool(TAGGED.search(sentence)) and len(described) >= 3 and len(described & asked) * 4 < len(described)


def _likeness(one: str, other: str) -> float:
    first, second = (" ".join(re.findall(r"\w+", text.casefold())) for text in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def both_lists(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that calls an achievement what the figures list for improvement, or another passage does."""
    listed = {
        kind: {one["number"] for found in material.value(name).values() for one in found}
        for kind, name in (("achievements", "most_met"), ("improvements", "least_met"))
    }
    named = {
        kind: {n: place for place, words in material.passages.items() if place.startswith(f"{kind} ")
               for sentence in sentences(words) for n in numbers_in(sentence)}
        for kind in listed
    }  # fmt: skip
    for kind, other in (("achievements", "improvements"), ("improvements", "achievements")):
        for number, place in named[kind].items():
            if number in listed[other] or (number in named[other] and kind == "achievements"):
                yield Found(
                    severity="stop", place=place, concerning=number,
                    why=_("standard {n} is under both achievements and areas for improvement", n=number),
                    action=_("leave it on one of the two"),
                )  # fmt: skip


def no_value(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that names a standard of which the report has no value, as it applied to nobody or was not rated."""
    for place, words in material.passages.items():
        for sentence in sentences(words):
            for number in numbers_in(sentence):
                if number in material.standards and not _has_value(material, number):
                    yield Found(
                        severity="warn", place=place, concerning=number,
                        why=_("it names standard {n}, of which the report has no value", n=number),
                        action=_("say that it was not rated, or remove it"),
                    )  # fmt: skip


def _has_value(material: NationalMaterial, number: str) -> bool:
    if material.scored:
        return bool(material.value("items").get(number, {}).get("counts"))
    return bool(material.value(f"by_standard.{number}.applicable"))
