"""Rules on numbers: how many standards there are, and the shares that passages print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewapp.base.i18n import _
from reviewapp.figures.formatting import percent_text
from reviewapp.national.proofreading.found import Found
from reviewapp.national.proofreading.named import TYPE, numbers_in
from reviewapp.national.report.material import NationalMaterial, rounded
from reviewapp.national.standard_figures import FEWEST_STANDARDS
from reviewapp.report.proofreading.number_words import NUMBER, parse_number
from reviewapp.report.proofreading.passage_claims import sentences
from reviewapp.report.tree import Document

_SET = re.compile(rf"\b(?P<n>{NUMBER}) (?:\w+ ){{0,2}}(?:standards|items)\b(?! of type)", re.I)
_WHOLE_SET = re.compile(r"\b(?:against|these|the|all|total of|set of|reviewed by|by)\s+$", re.I)
_SHARE = re.compile(r"(?<![\d.])(?P<p>\d{1,3}(?:\.(?P<places>\d+))?) ?(?:%|per ?cent\b)", re.I)
_ALL = re.compile(r"\b(?:overall|all (?:the )?(?:standards|items)|of all|in all|altogether)\b", re.I)
_MET = re.compile(r"\bof (?:the )?(?:standards|items) (?:were|are|was) met\b", re.I)
"""Said of a report as a whole, where neither the sentence nor its place names a part of it."""


ALL = "*"
"""What a share is about that is of all standards."""


def standards_counted(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that says how many standards there are, and the instrument has another number."""
    many = len(material.instrument.standards)
    for place, words in material.passages.items():
        for sentence in sentences(words):
            for match in _SET.finditer(sentence):
                said = parse_number(match["n"])
                if _WHOLE_SET.search(sentence[: match.start()]) and said != many and said > many / 2:
                    yield Found(
                        severity="stop", place=place, concerning=match[0],
                        why=_("it says {said}; the report lists {many}", said=match[0], many=many),
                        action=_("correct the number"),
                    )  # fmt: skip


def shares_printed(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that prints a share which no figure of its subject rounds to."""
    for place, words in material.passages.items():
        for sentence in sentences(words):
            for match in _SHARE.finditer(sentence):
                subject, truth = _subject(material, place, sentence)
                if not subject or truth is None or _rounds_to(match, truth):
                    continue
                yield Found(
                    severity="stop", place=place, concerning=match[0] + subject,
                    why=_why_not(material, subject, match[0], truth), action=_("correct the share, or its subject"),
                )  # fmt: skip


def _subject(material: NationalMaterial, place: str, sentence: str) -> tuple[str, float | None]:
    """What a share in a sentence is about, and its true value; empty where the sentence does not say."""
    numbers = numbers_in(sentence)
    if len(numbers) == 1 and numbers[0] in material.standards:
        return _("standard {n}", n=numbers[0]), material.value(f"by_standard.{numbers[0]}.percent")
    if numbers:
        return "", None
    kind = TYPE.search(sentence)
    if kind and kind["type"] in material.types:
        return _("type {n}", n=kind["type"]), material.value(f"by_type.{kind['type']}.percent")
    named = [name for name in material.sections if name.casefold() in sentence.casefold()]
    if len(named) == 1:
        return named[0], material.value(f"by_section.{named[0]}.percent")
    if _ALL.search(sentence):
        return ALL, material.value("overall.percent")
    section = place.partition(" ")[2]
    if place.startswith("section ") and section in material.sections:
        return section, material.value(f"by_section.{section}.percent")
    return (ALL, material.value("overall.percent")) if _MET.search(sentence) else ("", None)


def _why_not(material: NationalMaterial, subject: str, said: str, truth: float) -> str:
    if subject != ALL:
        return _("it prints {said} for {subject}; the figures say {truth}", said=said, subject=subject,
                 truth=percent_text(truth))  # fmt: skip
    parts = "; ".join(
        f"{name} {percent_text(material.value(f'by_section.{name}.percent'))}" for name in material.sections
    )
    return _("it prints {said} for all standards; the sections give {truth} ({parts})", said=said,
             truth=percent_text(truth), parts=parts)  # fmt: skip


def _rounds_to(match: re.Match[str], truth: float) -> bool:
    return rounded(truth, len(match["places"] or "")) == match["p"] or match["p"] == percent_text(truth).removesuffix(
        "%"
    )


def few_standards(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A passage that prints the share of a type or section that rests on one or two standards."""
    for place, words in material.passages.items():
        for sentence in sentences(words):
            kind = TYPE.search(sentence)
            many = sum(1 for one in material.instrument.standards if kind and one.type == kind["type"])
            if kind and _SHARE.search(sentence) and 0 < many < FEWEST_STANDARDS:
                yield Found(
                    severity="warn", place=place, concerning=sentence,
                    why=_("the share of type {type} rests on {n} standard(s) alone", type=kind["type"], n=many),
                    action=_("name the standard, and how many teams met it"),
                )  # fmt: skip
