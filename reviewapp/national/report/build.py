"""Builds the national report of a set as one document tree, from all sections in reading order."""

from __future__ import annotations

from reviewapp.national.report.front import cover, foreword, introduction, key_findings
from reviewapp.national.report.material import NationalMaterial, text
from reviewapp.national.report.method import cycles, method, standards
from reviewapp.national.report.numbered import Numbered
from reviewapp.national.report.people import case_notes, context, plans, taking_part
from reviewapp.national.report.scored import items, key_scores
from reviewapp.national.report.sections import other_words, sections
from reviewapp.report.tree import Block, Callout, Document, Heading, PageBreak


def build(material: NationalMaterial, *, number: int, made: str) -> Document:
    """The report as a tree; every printed number is one of the figures, with its path in them.

    `made`: the day of the last extract counted (YYYY-MM-DD), so that the same set gives the same report.
    """
    figures = material.figures
    name = figures.name if figures.cycle in figures.name else f"{figures.name}, {figures.cycle}"
    return Document(
        title=f"National report: {name}",
        subject="National report",
        status="draft" if figures.drafts else "final",
        profile="circulation",
        running=name,
        parts=tuple(_parts(material, number=number, made=made)),
        made=made,
        author="The network's office",
        rests_on={
            "set": {"name": figures.name, "digest": figures.digest, "number": number},
            "figures": material.status,
        },
    )


def _parts(material: NationalMaterial, *, number: int, made: str) -> list[Block]:
    numbered = Numbered()
    if not material.figures.n_teams:
        return [*cover(material, number=number, made=made), *_nothing(), *method(material)]
    return [
        *cover(material, number=number, made=made),
        *foreword(material),
        *introduction(material),
        PageBreak(),
        *(key_scores if material.scored else key_findings)(material, numbered),
        *context(material, numbered),
        *(items if material.scored else sections)(material, numbered),
        *other_words(material),
        *taking_part(material, numbered),
        *case_notes(material, numbered),
        *plans(material, numbered),
        *cycles(material, numbered),
        *method(material),
        *_thanks(material),
        PageBreak(),
        *standards(material, numbered),
    ]


def _nothing() -> list[Block]:
    return [
        Heading(level=1, runs=text("Nothing to report yet"), id="key"),
        Callout(title="No review counts in this set", runs=text("What was sent, and why it does not count, is below.")),
    ]


def _thanks(material: NationalMaterial) -> list[Block]:
    words = material.passage("thanks")
    return [Heading(level=1, runs=text("Thanks"), id="thanks"), *words] if words else []
