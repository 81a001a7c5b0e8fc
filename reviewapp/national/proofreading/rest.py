"""Rules on figures that passages point to, on quotes, on what is private, and on what the report is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reviewapp.base.i18n import _
from reviewapp.national.proofreading.content_words import content_words
from reviewapp.national.proofreading.found import Found
from reviewapp.national.report.material import NationalMaterial
from reviewapp.report.chart_blocks import Chart, Dots, Slopes
from reviewapp.report.tree import Document
from reviewapp.visit.identifying import signs_in

_FIGURE = re.compile(r"\b(?P<kind>figure|table) (?P<n>\d{1,3})\b", re.I)
_DRAFT = re.compile(r"\bdraft (?:local )?reports?\b", re.I)


def figures_named(material: NationalMaterial, document: Document) -> Iterator[Found]:
    """A passage that points to a figure or table which the report does not have."""
    captions = [part.caption for part in document.parts if isinstance(part, Chart | Dots | Slopes)]
    captions += [getattr(part, "caption", "") for part in document.parts]
    known = {match[0].casefold() for caption in captions if (match := _FIGURE.match(caption))}
    for place, words in material.passages.items():
        for match in _FIGURE.finditer(words):
            if match[0].casefold() not in known:
                yield Found(
                    severity="stop", place=place, concerning=match[0],
                    why=_("it points to {said}, which the report does not have", said=match[0]),
                    action=_("point to the right one"),
                )  # fmt: skip


def quotes_tagged(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """A quote whose words share nothing with its standards and much with another one."""
    matter = {number: content_words(f"{one.title} {one.statement}") for number, one in material.standards.items()}
    for quote in material.words.quotes:
        known = [number for number in quote.standards if number in matter]
        if not known:
            continue
        words = content_words(quote.text)
        here = max(len(words & matter[number]) for number in known)
        best = max((n for n in matter if n not in known), key=lambda n: len(words & matter[n]), default="")
        if best and here == 0 and len(words & matter[best]) >= 2:
            yield Found(
                severity="note", place=f"quote {quote.record}", concerning=quote.text,
                why=_("it is listed under standard {n} but is about standard {other}", n=known[0], other=best),
                action=_("ask the team's lead whether the tag is right"),
            )  # fmt: skip


def private(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """Something in a passage that may tell who somebody is, which is not repeated here."""
    for place, words in material.passages.items():
        for sign in signs_in(words):
            yield Found(
                severity="warn", place=place, concerning=sign.in_words(),
                why=_("it may identify someone: {sign}", sign=sign.in_words()),
                action=_("remove it, unless it belongs to a service"),
            )  # fmt: skip


def drafts(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """Drafts among the figures, and what passages say of them."""
    figures = material.figures
    if figures.drafts:
        yield Found(
            severity="warn", place="figures", concerning=str(figures.drafts),
            why=_("{n} of {all} reviews are drafts, on which no committee has decided", n=figures.drafts,
                  all=figures.n_visits),
            action=_("wait for their decisions, or leave drafts out"),
        )  # fmt: skip
    for place, words in material.passages.items():
        if _DRAFT.search(words) and not figures.drafts:
            yield Found(
                severity="stop", place=place, concerning="draft",
                why=_("it speaks of draft reports; every review in these figures has been decided on"),
                action=_("remove the word"),
            )  # fmt: skip


def edition(material: NationalMaterial, _document: Document) -> Iterator[Found]:
    """An edition that another one has replaced."""
    newer = material.instrument.superseded_by
    if newer:
        yield Found(
            severity="note", place="figures", concerning=newer,
            why=_("these standards have been replaced by {edition}", edition=newer),
            action=_("say so where the report is given out"),
        )  # fmt: skip
