"""The part of a second instrument: its own scores, and the evidence of the visit seen through the crosswalk.

Evidence is shared, judgement is not: what is printed here of the first instrument's standards is told with the standard
it was heard under, and no rating of the first one stands here. Quotes as in the rest of this copy; of notes of
conversations only how many there are.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.crosswalk.model import relation_in_words
from reviewapp.figures.lens import LensItem, SeenEvidence, lens
from reviewapp.instruments.model import Instrument, Standard
from reviewapp.report.content.items import (
    Lens,
    criteria_table,
    criterion_notes,
    highest_facts,
    lift_facts,
    open_range,
    score_facts,
)
from reviewapp.report.content.report_data import SIGNS, ReportData, rating_runs, text
from reviewapp.report.content.rounds import second_rounds
from reviewapp.report.content.scored_figures import parts, total
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Column, Fact, Facts, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.second import second_state
from reviewapp.visit.sorting import natural, sections
from reviewapp.visit.state import VisitState

PREFIX = "also."


def second_part(material: ReportData) -> list[Block]:
    """The part of the second instrument; empty for a visit with one."""
    judged = second_state(material.state)
    if judged is None:
        return []
    title = f"{judged.instrument.title}, {judged.instrument.edition}"
    made: list[Block] = [
        Heading(level=1, runs=text(f"Against a second set of standards: {judged.instrument.title}"), id="second"),
        Paragraph(runs=text(_how(material, title))),
        *_figures(material, judged),
        *second_rounds(material, judged.instrument),
    ]
    seen = {one.standard: one for one in lens(material.state, judged.instrument.id)}
    for place, section in enumerate(sections(judged.instrument)):
        members = [s for s in judged.instrument.standards if s.section == section]
        if members:
            made.append(Heading(level=2, runs=text(section), id=f"second-section-{place}", listed=False))
        for standard in sorted(members, key=lambda s: natural(s.number)):
            made += _item(material, Lens(judged, PREFIX), standard, seen[standard.number])
    return [*made, *untested(material, judged.instrument)]


def _how(material: ReportData, title: str) -> str:
    opening = (
        f"This part is by {title}. Its items were rated separately; no rating was carried over from the other set of"
        " standards."
    )
    walk = material.state.crosswalk
    if walk is None:
        return f"{opening} The visit has no crosswalk between the two, so no evidence is shown in both."
    proposed = " It is a proposal that nobody has checked yet." if walk.proposed() else ""
    return f"{opening} What was heard under the other set's standards is shown through the crosswalk.{proposed}"


def _figures(material: ReportData, judged: VisitState) -> list[Block]:
    figures = material.value("also.figures")
    if judged.instrument.scale.kind == "scored":
        if not figures["score"]["of"]:
            return []
        return [
            *total(material, "also.figures.score", judged.instrument),
            *_renamed(parts(material, "also.figures.score")),
        ]
    counts = [f"also.figures.overall.{name}" for name in ("met", "not_met", "na", "unrated")]
    rows = ((text("All", bold=True), *((material.number(path),) for path in counts)),)
    columns = (
        Column(title="Standards"),
        *(Column(title=t, align="right") for t in ("Met", "Not met", "Not applicable", "Not rated")),
    )
    return [Table(caption="What was found by the second set of standards", columns=columns, rows=rows)]


def _renamed(blocks: list[Block]) -> list[Block]:
    """The same blocks with anchors of their own, as the first instrument's have theirs; none in the contents."""
    return [
        msgspec.structs.replace(one, id=f"second-{one.id}", listed=False) if isinstance(one, Heading) else one
        for one in blocks
    ]


def _item(material: ReportData, by: Lens, standard: Standard, seen: LensItem) -> list[Block]:
    number = standard.number
    made: list[Block] = [
        Heading(level=3, runs=text(f"{number}  {standard.title}"), id=f"second-{number}", entry=True),
        Paragraph(runs=_rating(material, by, number), style="rating"),
        *criteria_table(material, by, standard),
    ]
    shown = {quote.key: quote for quote in material.quotes}
    heard = [shown[key] for key in dict.fromkeys(e.key for e in seen.evidence if e.kind == "quote") if key in shown]
    facts = [
        *score_facts(material, by, number), *lift_facts(material, by, number), *highest_facts(material, by, standard),
        *criterion_notes(material, by, standard),
        *_settled(material, by, number), *_told_by_team(by, number), *_evidence(material, seen),
        *material.quote_facts(heard),
    ]  # fmt: skip
    return [*made, *([Facts(rows=tuple(facts), dense=True)] if facts else [])]


def _rating(material: ReportData, by: Lens, number: str) -> Runs:
    rating = material.value("also.ratings")[number]
    value = rating["value"]
    choice = None if value is None else by.state.instrument.scale.find(value)
    if choice is None:
        span = open_range(material, by, number)
        return (
            (Text(text="? ", bold=True, tone="unrated"), *span)
            if span
            else text("? Not rated", tone="unrated", bold=True)
        )
    sign, tone = SIGNS[choice.counts]
    return text(f"{sign} {choice.label}".strip(), tone=tone, bold=True)


def _settled(material: ReportData, by: Lens, number: str) -> list[Fact]:
    agreed = by.state.agreed.get(number)
    if agreed is None:
        return []
    said = (("Why", agreed.reason), ("Another view", "" if material.circulation else agreed.dissent))
    return [Fact(label=label, runs=text(words.strip())) for label, words in said if words.strip()]


def _told_by_team(by: Lens, number: str) -> list[Fact]:
    """The team's own rating and comment, and what lies outside its control, which changes no score."""
    facts = []
    own = by.state.self_review.get(number)
    if own is not None and own.value is not None:
        comment = text(f"\n{own.comment.strip()}") if own.comment.strip() else ()
        facts.append(Fact(label="The team says", runs=(*rating_runs(by.state.instrument, own.value), *comment)))
    for one in by.state.local_context.values():
        if one.subject == number and one.text.strip():
            facts.append(Fact(label="Local context", runs=text(one.text.strip())))
    return facts


# Evidence through the crosswalk ------------------------------------------------------------------------------------


def _evidence(material: ReportData, seen: LensItem) -> list[Fact]:
    """By the standard it was heard under: how many quotes of this copy and notes, the case notes and the surveys."""
    by_way: dict[tuple[str, str], list[SeenEvidence]] = {}
    for one in seen.evidence:
        by_way.setdefault((one.via, relation_in_words(one.relation)), []).append(one)
    facts = []
    for (via, relation), pieces in by_way.items():
        told = _pieces(material, pieces)
        if told:
            facts.append(Fact(label="Evidence", runs=(*text(f"also heard under {via} ({relation}): "), *told)))
    return facts


def _pieces(material: ReportData, pieces: list[SeenEvidence]) -> Runs:
    """What was heard, in words: `2 quotes (P1, C2); case notes 4 of 4`; empty where this copy shows nothing of it."""
    found: list[Runs] = []
    shown = {quote.key: material.labels[quote.interview] for quote in material.quotes}
    voices = list(dict.fromkeys(shown[one.key] for one in pieces if one.kind == "quote" and one.key in shown))
    if voices:
        found.append(text(f"quotes of {labels.all_of(voices)}"))
    if not material.circulation and any(one.kind == "answer" for one in pieces):
        found.append(text("interview notes"))
    for one in pieces:
        share: Runs = ()
        if one.kind == "audit":
            share = material.share(f"audit.{one.key}")
            opening = f"{one.text.rpartition(':')[0].partition(': ')[2].strip().rstrip('.')}: "
        elif one.kind == "survey":
            group, __, number = one.key.partition("/")
            share = material.share(f"survey.{group}.standards.{number}")
            opening = f"said yes in survey, {labels.group(group).lower()}: "
        if share and material.shows([share]):
            found.append((*text(opening), *share))
    runs: list[Run] = []
    for place, one_ in enumerate(found):
        runs += [*text("; " if place else ""), *one_]
    return tuple(runs)


# What neither tested ------------------------------------------------------------------------------------------------


def untested(material: ReportData, second: Instrument) -> list[Block]:
    """What too few sources were heard on, under either instrument, each with what was heard and what was not."""
    rows = [
        *_untested_rows(material.instrument, material.value("untested")),
        *_untested_rows(second, material.value("also.untested")),
    ]
    if not rows:
        return []
    columns = (
        Column(title="By", weight=1.5), Column(title="Number", weight=0.8), Column(title="What it is about", weight=2),
        Column(title="Heard from", weight=1.3), Column(title="Not heard from", weight=1.7),
    )  # fmt: skip
    return [
        Heading(level=2, runs=text("Not tested under either set"), id="second-untested", listed=False),
        Paragraph(
            runs=text("Too few sources were heard on these to rest a rating on more than one of them."), keep=True
        ),
        Table(caption="", columns=columns, rows=tuple(rows)),
    ]


def _untested_rows(instrument: Instrument, found: list[dict[str, Any]]) -> list[tuple[Runs, ...]]:
    return [
        (
            text(instrument.title), text(one["standard"], bold=True), text(one["title"]),
            text(_sources(one["heard"]) or "nobody"), text(_sources(one["not_heard"]) or "–"),
        )
        for one in sorted(found, key=lambda one: natural(one["standard"]))
    ]  # fmt: skip


def _sources(names: list[str]) -> str:
    return ", ".join(_SOURCES.get(name, labels.group(name).lower()) for name in names)


_SOURCES = {"survey": "survey", "case_note": "case notes", "document": "documents"}
