"""The appendix with every standard: its rating and all the evidence for it that the main part does not tell."""

from __future__ import annotations

from collections.abc import Sequence

from reviewapp.instruments.model import Standard
from reviewapp.report.content.documents import document_facts
from reviewapp.report.content.items import (
    Lens,
    criteria_table,
    criterion_notes,
    highest_facts,
    lift_facts,
    open_range,
    score_facts,
)
from reviewapp.report.content.ranking import gaps
from reviewapp.report.content.report_data import ReportData, reviewer_in_words, text
from reviewapp.report.content.responses import answer_facts
from reviewapp.report.content.scored_figures import norm_of_item
from reviewapp.report.content.sources import strip
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Fact, Facts, Heading, Paragraph, Quote
from reviewapp.visit import labels
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.practice import practice_place
from reviewapp.visit.sorting import natural, sections
from reviewapp.visit.state import QuoteRecord

BASES = {
    "agreed": "agreed by the review team",
    "peer": "the same from every reviewer who rated it",
    "derived": "from its criteria",
    "self_review": "the team's own rating; no reviewer has rated yet",
}


def anchor(number: str) -> str:
    """The id of a standard's heading in the report."""
    return f"standard-{number}"


def standards(material: ReportData) -> list[Block]:
    """The evidence for each standard, section by section: everything that the main part does not tell."""
    made: list[Block] = [Heading(level=1, runs=text(f"Evidence by {material.nouns.one}"), id="standards")]
    if gaps(material):
        said = "What is asked where it is not met, why it is so and what is recommended"
        said = "What is asked where the score is low, why it is so and what is recommended" if material.scored else said
        made.append(Paragraph(runs=text(f"{said} is described under “Areas for improvement” and not repeated here.")))
    missing = set(gaps(material))
    for place, section in enumerate(sections(material.instrument)):
        members = [s for s in material.instrument.standards if s.section == section]
        if not members:
            continue
        made.append(Heading(level=2, runs=text(section), id=f"section-{place}"))
        made += material.written(f"section:{section}")
        for standard in sorted(members, key=lambda s: natural(s.number)):
            made += standard_section(material, standard, told=standard.number in missing)
    return made


def found(material: ReportData, number: str) -> Runs:
    """The review's rating of a standard; a team's own rating is never shown as the review's."""
    rating = material.effective[number]
    if rating.basis == "self_review":
        return material.rating(None)
    span = open_range(material, Lens(material.state), number) if rating.value is None else ()
    if span:
        return (Text(text="? ", bold=True, tone="unrated"), *span)
    return material.rating(rating.value, unrated=_why_unrated(material, number))


def _why_unrated(material: ReportData, number: str) -> str:
    if any(c.entity == "agreed" and c.key == number for c in material.state.conflicts):
        return "Not agreed"
    return "Not yet agreed" if material.evidence[number].ratings else "Not rated"


def standard_section(material: ReportData, standard: Standard, *, told: bool) -> list[Block]:
    """One standard: heading, rating with its basis, statement, evidence, notes and settlement.

    `told`: what is asked, why, and what is recommended stands in the main part already.
    """
    number = standard.number
    made: list[Block] = [
        Heading(level=3, runs=text(f"{number}  {standard.title}"), id=anchor(number), entry=True),
        Paragraph(runs=rating_line(material, standard), style="rating"),
    ]
    if material.scored or standard.criteria:
        return [*made, *_item_section(material, standard, told=told)]
    here = material.places.at_standard.get(number, [])
    facts = [
        *([] if told else _asked(standard)), *_practice(material, number), *_self_review(material, number),
        *_heard(material, number, told=told),
        *([] if told else document_facts(material, number)),
    ]  # fmt: skip
    after = [
        *_notes(material, number), *_settlement(material, number, told=told), *answer_facts(material, number)
    ]  # fmt: skip
    if not here:
        facts, after = [*facts, *after], []
    return [
        *made,
        *_sources(material, number),
        *([Facts(rows=tuple(facts), dense=True)] if facts else []),
        *material.printed(here, under=number),
        *([Facts(rows=tuple(after), dense=True)] if after else []),
    ]


def _asked(standard: Standard) -> list[Fact]:
    return [Fact(label="What is asked", runs=text(standard.statement))]


def _sources(material: ReportData, number: str) -> list[Block]:
    """The strip of sources where the main part has none: of what is neither met nor not met."""
    verdict = material.instrument.scale.verdict(material.effective[number].value)
    claimed = material.effective[number].basis == "self_review"
    return [strip(material, number)] if verdict == "neither" or claimed else []


def _heard(material: ReportData, number: str, *, told: bool) -> list[Fact]:
    """What surveys and case notes give, and the quotes that stand elsewhere; of a gap the main part tells it."""
    here = material.places.at_standard.get(number, [])
    runs = () if told else heard(material, number, material.elsewhere(number, here), items=True)
    return [Fact(label="Heard", runs=runs)] if runs else []


def _item_section(material: ReportData, standard: Standard, *, told: bool) -> list[Block]:
    """Criteria by source, the score they give and what would lift it, what is good, what to consider, other evidence.

    Quotes stand with what they speak for; the local context stands beside the score and changes none. Where the score
    is low, what other teams do well there follows what to consider.
    """
    number, lens = standard.number, Lens(material.state)
    consider = "" if told else material.passage(f"recommendation:{number}")
    here = material.places.at_standard.get(number, [])
    good = [one for one in here if one.tone == "positive"]
    parts: list[list[Fact] | list[Quote]] = [
        [
            *score_facts(material, lens, number),
            *_norm(material, number),
            *([] if told else lift_facts(material, lens, number)),
            *([] if told else highest_facts(material, lens, standard)),
        ],
        _practice(material, number),
        material.printed(good, under=number),
        [Fact(label="To consider", runs=text(consider))] if consider else [],
        material.printed([one for one in here if one not in good], under=number),
        _examples(material, number),
        [*_self_review(material, number), *_heard(material, number, told=told)],
        [] if told else document_facts(material, number),
        [
            *criterion_notes(material, lens, standard),
            *_notes(material, number),
            *_settlement(material, number, told=told),
        ],
        answer_facts(material, number),
    ]
    table = criteria_table(material, lens, standard)
    asked = [] if told else [Facts(rows=tuple(_asked(standard)), dense=True, keep=bool(table))]
    return [*_sources(material, number), *asked, *table, *_joined(parts)]


def _practice(material: ReportData, number: str) -> list[Fact]:
    practice = material.passage(practice_place(number))
    return [Fact(label="Positive practice", runs=text(practice))] if practice else []


def _examples(material: ReportData, number: str) -> list[Fact]:
    """What other teams do well at an item that scored low; not in the copy for wider circulation.

    They let other teams read it, which is not everybody.
    """
    if material.circulation:
        return []
    return [
        Fact(label="Another team", runs=(*text(one.text.strip()), Text(text=f" ({_of(one)})", tone="muted")))
        for one in material.examples.get(number, ())
    ]


def _of(example: ExampleRecord) -> str:
    return example.team.strip() or "another team"


def _joined(parts: list[list[Fact] | list[Quote]]) -> list[Block]:
    """Facts that follow each other as one block of facts, quotes between them."""
    made: list[Block] = []
    facts: list[Fact] = []
    for one in (each for part in parts for each in part):
        if isinstance(one, Fact):
            facts.append(one)
            continue
        if facts:
            made.append(Facts(rows=tuple(facts), dense=True))
            facts = []
        made.append(one)
    return [*made, *([Facts(rows=tuple(facts), dense=True)] if facts else [])]


def rating_line(material: ReportData, standard: Standard) -> Runs:
    """Rating, type and basis of a standard in a line: `✓ Met · Type 1 · agreed by the review team`."""
    basis = material.effective[standard.number].basis
    kind = () if material.scored else (Text(text=f"   Type {standard.type}", tone="muted"),)
    runs = (*found(material, standard.number), *kind)
    if basis is not None:
        runs = (*runs, Text(text=f"  ·  {BASES[basis]}", tone="muted"))
    runs += _points(material, standard.number)
    if material.evidence[standard.number].local_context:
        runs = (*runs, Text(text="  ·  see the local context", tone="muted"))
    return runs


def _points(material: ReportData, number: str) -> Runs:
    """How many criteria of a standard of met and not met are met, which decides nothing: `5 of 6 points`."""
    points = material.value("figures").get("points", {})
    if number not in points:
        return ()
    path = f"figures.points.{number}"
    return (
        Text(text="  ·  ", tone="muted"), material.number(f"{path}.met", tone="muted"), Text(text=" of ", tone="muted"),
        material.number(f"{path}.of", tone="muted"), Text(text=" points", tone="muted"),
    )  # fmt: skip


def _norm(material: ReportData, number: str) -> list[Fact]:
    note = norm_of_item(material, number)
    return [Fact(label="Published", runs=text(note))] if note else []


def _self_review(material: ReportData, number: str) -> list[Fact]:
    rating = material.state.self_review.get(number)
    if rating is None:
        return []
    comment = rating.comment.strip()
    runs = (*text(f"{material.word(rating.value)}. "), *(text(comment) if comment else ()))
    return [Fact(label="The team says", runs=runs)]


def heard(material: ReportData, number: str, quotes: Sequence[QuoteRecord], *, items: bool = False) -> Runs:
    """What was counted, and quotes by number, on one line: `Survey: patients 13 of 16. Case notes: 9 of 10.`

    `items`: with the item of the audit after each share.
    """
    parts: list[Runs] = [part for part in (_surveys(material, number), _audit(material, number, items=items)) if part]
    if quotes:
        parts.append(material.quote_numbers(quotes))
    runs: list[Run] = []
    for part in parts:
        runs += [*text(" " if runs else ""), *part, *text(".")]
    return tuple(runs)


def _surveys(material: ReportData, number: str) -> Runs:
    """Who said yes in the surveys, group by group; empty where nobody was asked."""
    runs: Runs = ()
    for name, counts in material.evidence[number].survey.items():
        share = material.share(f"survey.{name}.standards.{number}") if counts.n else ()
        if counts.n and material.shows([share]):
            runs += (*text((", " if runs else "Survey: ") + f"{labels.group(name).lower()} "), *share)
    return runs


def _audit(material: ReportData, number: str, *, items: bool) -> Runs:
    """In how many case notes each audit item on a standard was found, item by item as the audit names them."""
    runs: Runs = ()
    for item in material.evidence[number].audit:
        share = material.share(f"audit.{item.item}") if item.counts.n else ()
        if item.counts.n and material.shows([share]):
            runs += (*text(", " if runs else "Case notes: "), *share, *text(f" (item {item.item})" if items else ""))
    return runs


def _notes(material: ReportData, number: str) -> list[Fact]:
    """Reviewers' notes on the standard; empty in the copy for circulation."""
    if material.circulation:
        return []
    runs: list[Run] = []
    for code, rec in material.evidence[number].ratings.items():
        if rec.note.strip():
            runs += [
                Text(text=f"{' · ' if runs else ''}{reviewer_in_words(material.state, code)}: ", tone="muted"),
                *text(rec.note.strip()),
            ]
    return [Fact(label="Reviewers", runs=tuple(runs))] if runs else []


def _settlement(material: ReportData, number: str, *, told: bool) -> list[Fact]:
    """The reason of the agreed rating, the dissent (not for circulation), and the local context; none if `told`."""
    if told:
        return []
    facts = []
    agreed = material.state.agreed.get(number)
    if agreed is not None and agreed.reason.strip():
        facts.append(Fact(label="Why", runs=text(agreed.reason.strip())))
    if agreed is not None and agreed.dissent.strip() and not material.circulation:
        facts.append(Fact(label="Another view", runs=text(agreed.dissent.strip())))
    for rec in material.evidence[number].local_context:
        facts.append(Fact(label="Local context", runs=text(rec.text.strip())))
    return facts
