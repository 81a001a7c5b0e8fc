"""The section with every standard: an overview table, then each with its rating and all evidence for it."""

from __future__ import annotations

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
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.responses import answer_facts
from reviewapp.report.content.scored_figures import norm_of_item
from reviewapp.report.tree import Block, Column, Fact, Facts, Heading, Paragraph, Quote, Runs, Table, Text
from reviewapp.visit import labels
from reviewapp.visit.example_records import ExampleRecord
from reviewapp.visit.practice import practice_place
from reviewapp.visit.sorting import natural, sections

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
    """The section on the standards one by one: an overview, then every standard by section."""
    made: list[Block] = [
        Heading(level=1, runs=text(f"The {material.nouns.many} one by one"), id="standards"),
        Heading(level=2, runs=text("At a glance"), id="standards-glance"),
        _overview(material),
    ]
    for place, section in enumerate(sections(material.instrument)):
        members = [s for s in material.instrument.standards if s.section == section]
        if not members:
            continue
        made.append(Heading(level=2, runs=text(section), id=f"section-{place}"))
        made += material.written(f"section:{section}")
        for standard in sorted(members, key=lambda s: natural(s.number)):
            made += standard_section(material, standard)
    return made


def _overview(material: ReportData) -> Table:
    """All at a glance; the items of a scored scale have no types that decide anything."""
    own, claimed = material.state.self_review, material.has_self_review
    rows = tuple(
        (
            text(s.number, bold=True),
            *(() if material.scored else (text(s.type),)),
            text(s.title),
            *(
                (material.rating(own[s.number].value if s.number in own else None, unrated="No rating"),)
                if claimed
                else ()
            ),
            found(material, s.number),
        )
        for s in sorted(material.instrument.standards, key=lambda s: natural(s.number))
    )
    columns = (
        Column(title="Item" if material.scored else "Standard", weight=0.9),
        *(() if material.scored else (Column(title="Type", weight=0.6),)),
        Column(title="What it is about", weight=3),
        *((Column(title="The team", weight=1.5),) if claimed else ()),
        Column(title="The review", weight=1.5),
    )
    every, one = ("items", "score") if material.scored else ("standards", "rating")
    whose = f"the team's own {one} and the review's" if claimed else f"the review's {one}"
    return Table(caption=f"All {every}: {whose}", columns=columns, rows=rows)


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
        return "Not settled"
    return "Not yet agreed" if material.evidence[number].ratings else "Not rated"


def standard_section(material: ReportData, standard: Standard) -> list[Block]:
    """One standard: heading, rating with its basis, statement, evidence, notes and settlement."""
    number = standard.number
    made: list[Block] = [
        Heading(level=3, runs=text(f"{number}  {standard.title}"), id=anchor(number), entry=True),
        Paragraph(runs=rating_line(material, standard), style="rating"),
        Paragraph(runs=text(standard.statement), keep=True),
    ]
    if material.scored or standard.criteria:
        return [*made, *_item_section(material, standard)]
    facts = [*_practice(material, number), *_counted(material, number), *material.told_facts(number)]
    if facts:
        made.append(Facts(rows=tuple(facts)))
    made += material.quotes_beside(number)
    after = [*_notes(material, number), *_settlement(material, number), *answer_facts(material, number)]
    if after:
        made.append(Facts(rows=tuple(after)))
    return made


def _item_section(material: ReportData, standard: Standard) -> list[Block]:
    """Criteria by source, the score they give and what would lift it, what is good, what to consider, other evidence.

    Quotes stand with what they speak for; the local context stands beside the score and changes none. Where the score
    is low, what other teams do well there follows what to consider.
    """
    number, lens = standard.number, Lens(material.state)
    consider = material.passage(f"recommendation:{number}")
    parts: list[list[Fact] | list[Quote]] = [
        [
            *score_facts(material, lens, number),
            *_norm(material, number),
            *lift_facts(material, lens, number),
            *highest_facts(material, lens, standard),
        ],
        _practice(material, number),
        material.quotes_beside(number, "positive"),
        [Fact(label="To consider", runs=text(consider))] if consider else [],
        material.quotes_beside(number, "negative", "mixed", "neutral", ""),
        _examples(material, number),
        material.told_facts(number),
        _counted(material, number),
        [*criterion_notes(material, lens, standard), *_notes(material, number), *_settlement(material, number)],
        answer_facts(material, number),
    ]
    return [*criteria_table(material, lens, standard), *_joined(parts)]


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
            made.append(Facts(rows=tuple(facts)))
            facts = []
        made.append(one)
    return [*made, *([Facts(rows=tuple(facts))] if facts else [])]


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


def _counted(material: ReportData, number: str) -> list[Fact]:
    """What the team says, surveys and case notes show, and documents that were seen."""
    return [
        *_self_review(material, number), *_surveys(material, number), *_audit(material, number),
        *document_facts(material, number),
    ]  # fmt: skip


def _self_review(material: ReportData, number: str) -> list[Fact]:
    rating = material.state.self_review.get(number)
    if rating is None:
        return []
    comment = rating.comment.strip()
    runs = (*text(f"{material.word(rating.value)}. "), *(text(comment) if comment else ()))
    return [Fact(label="The team says", runs=runs)]


def _surveys(material: ReportData, number: str) -> list[Fact]:
    runs: Runs = ()
    for name, counts in material.evidence[number].survey.items():
        share = material.share(f"survey.{name}.standards.{number}") if counts.n else ()
        if counts.n and material.shows([share]):
            runs += (*text(("; " if runs else "") + f"{labels.group(name).lower()} "), *share)
    return [Fact(label="Said yes in survey", runs=runs)] if runs else []


def _audit(material: ReportData, number: str) -> list[Fact]:
    runs: Runs = ()
    for item in material.evidence[number].audit:
        share = material.share(f"audit.{item.item}") if item.counts.n else ()
        if item.counts.n and material.shows([share]):
            runs += (*text(("\n" if runs else "") + f"{item.text.strip().rstrip('.')}: found in "), *share)
    return [Fact(label="In the case notes", runs=runs)] if runs else []


def _notes(material: ReportData, number: str) -> list[Fact]:
    """Reviewers' notes on the standard; empty in the copy for circulation."""
    if material.circulation:
        return []
    return [
        Fact(label=f"Reviewer {code}", runs=(*_role_prefix(material, code), *text(rec.note.strip())))
        for code, rec in material.evidence[number].ratings.items()
        if rec.note.strip()
    ]


def _role_prefix(material: ReportData, code: str) -> Runs:
    person = material.state.people.get(code)
    return (Text(text=f"{labels.role(person.role).capitalize()}: ", tone="muted"),) if person else ()


def _settlement(material: ReportData, number: str) -> list[Fact]:
    """The reason of the agreed rating, the dissent (not for circulation), and the local context."""
    facts = []
    agreed = material.state.agreed.get(number)
    if agreed is not None and agreed.reason.strip():
        facts.append(Fact(label="Why", runs=text(agreed.reason.strip())))
    if agreed is not None and agreed.dissent.strip() and not material.circulation:
        facts.append(Fact(label="Another view", runs=text(agreed.dissent.strip())))
    for rec in material.evidence[number].local_context:
        facts.append(Fact(label="Local context", runs=text(rec.text.strip())))
    return facts
