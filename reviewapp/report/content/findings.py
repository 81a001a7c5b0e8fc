"""Sections that follow from the ratings: achievements, improvements, reviewers' differences, immediate concerns."""

from __future__ import annotations

from reviewapp.report.content.items import criteria_that_differ
from reviewapp.report.content.ranking import NOT_BEGUN, gaps, strengths, verdict_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.standards import found, rating_line
from reviewapp.report.tree import Block, Column, Fact, Facts, Heading, Paragraph, Runs, Table
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural, sections
from reviewapp.visit.state import ConcernRecord

SHOWN = 6
"""So many achievements with a quote; all strengths stand in the table."""


def achievements(material: ReportData) -> list[Block]:
    """The section on standards met: strengths with positive quotes, then a table of all standards met."""
    made: list[Block] = [Heading(level=1, runs=text("Areas of achievement"), id="achievements")]
    written = material.written("achievements")
    made += written
    met = strengths(material)
    if not met:
        return [*made, Paragraph(runs=text(verdict_words(material).no_strength if material.reviewed else NOT_BEGUN))]
    if not written:
        made.append(Paragraph(runs=text(verdict_words(material).strengths_first)))
    for number in met[:SHOWN]:
        standard = material.standards[number]
        made.append(Heading(level=2, runs=text(f"{number}  {standard.title}"), id=f"achievement-{number}", entry=True))
        made.append(Paragraph(runs=rating_line(material, standard), style="rating"))
        praise = material.quotes_beside(number, "positive", most=2)
        made += [*praise] or [Paragraph(runs=text(standard.statement))]
        told = material.told_facts(number, "positive")
        made += [Facts(rows=tuple(told))] if told else []
    return [*made, _met_table(material, set(met))]


def _met_table(material: ReportData, met: set[str]) -> Table:
    """By section; without a count where the figures count none (scores) or the team's own claims too."""
    rated = not material.scored and not material.mixed
    rows: list[tuple[Runs, ...]] = []
    for section in sections(material.instrument):
        numbers = [s.number for s in material.instrument.standards if s.section == section and s.number in met]
        if numbers:
            listed = ", ".join(sorted(numbers, key=natural))
            count: Runs = (material.number(f"figures.by_section.{section}.met", bold=True),) if rated else ()
            rows.append((text(section), *((count,) if rated else ()), text(listed)))
    columns = (
        Column(title="Section", weight=2.2),
        *((Column(title="Met", weight=0.6, align="right"),) if rated else ()),
        Column(title=material.nouns.titles, weight=3),
    )
    return Table(caption=verdict_words(material).all_strengths, columns=columns, rows=tuple(rows))


def improvements(material: ReportData) -> list[Block]:
    """What is not met or scored low, type 1 first, with what is recommended."""
    made: list[Block] = [Heading(level=1, runs=text("Areas for improvement"), id="improvements")]
    written = material.written("improvements")
    made += written
    missing = gaps(material)
    if not missing:
        return [*made, Paragraph(runs=text(verdict_words(material).no_gap if material.reviewed else NOT_BEGUN))]
    if not written:
        made.append(Paragraph(runs=text(verdict_words(material).gaps_first)))
    for number in missing:
        made += _improvement(material, number)
    return made


def _improvement(material: ReportData, number: str) -> list[Block]:
    standard = material.standards[number]
    facts = [Fact(label="What is asked", runs=text(standard.statement))]
    recommended = material.passage(f"recommendation:{number}")
    if recommended:
        facts.append(Fact(label="Recommendation", runs=text(recommended)))
    agreed = material.state.agreed.get(number)
    if agreed is not None and agreed.reason.strip():
        facts.append(Fact(label=verdict_words(material).why_gap, runs=text(agreed.reason.strip())))
    facts += [
        Fact(label="Local context", runs=text(rec.text.strip())) for rec in material.evidence[number].local_context
    ]
    facts += material.told_facts(number, "negative", "mixed")
    return [
        Heading(level=2, runs=text(f"{number}  {standard.title}"), id=f"improvement-{number}", entry=True),
        Paragraph(runs=rating_line(material, standard), style="rating"),
        Facts(rows=tuple(facts)),
        *material.quotes_beside(number, "negative", "mixed", most=2),
    ]


def disagreements(material: ReportData) -> list[Block]:
    """The section on standards that reviewers rated differently: numbers by rating, not by name, and the settlement."""
    made: list[Block] = [Heading(level=1, runs=text("Where reviewers differed"), id="differences")]
    listed = material.value("disagreements")
    on_criteria = criteria_that_differ(material)
    if not listed:
        one = "an item" if material.scored else "a standard"
        said = f"All reviewers who rated {one} rated it the same."
        said = said if material.reviewed else "No reviewer has rated anything yet."
        return [*made, *(on_criteria or [Paragraph(runs=text(said))])]
    path = "report.disagreements"
    made.append(
        Paragraph(
            runs=(
                *text(f"{'Items' if material.scored else 'Standards'} that reviewers rated differently: "),
                material.number(f"{path}.total", bold=True),
                *text(". Settled at the meeting: "),
                material.number(f"{path}.settled", bold=True),
                *text(". Still open: "),
                material.number(f"{path}.open", bold=True),
                *text(
                    ". Different views are evidence, not error: each reviewer met other people and read other papers."
                    " The table says how many gave which rating, not who."
                ),
            )
        )
    )
    made.append(_differences_table(material, [d["standard"] for d in listed]))
    for entry in listed:
        reasons = _reasons(material, entry["standard"])
        if reasons:
            title = f"{entry['standard']}  {material.standards[entry['standard']].title}"
            made.append(Heading(level=2, runs=text(title), id=f"difference-{entry['standard']}", entry=True))
            made.append(Facts(rows=tuple(reasons)))
    return [*made, *on_criteria]


def _differences_table(material: ReportData, numbers: list[str]) -> Table:
    rows = tuple(
        (
            text(number, bold=True),
            *(() if material.scored else (text(material.standards[number].type),)),
            *((_self_review_rating(material, number),) if material.has_self_review else ()),
            _rating_counts(material, number),
            found(material, number),
        )
        for number in numbers
    )
    columns = (
        Column(title="Item" if material.scored else "Standard", weight=0.9),
        *(() if material.scored else (Column(title="Type", weight=0.6),)),
        *((Column(title="The team", weight=1.3),) if material.has_self_review else ()),
        Column(title="The reviewers", weight=2.2),
        Column(title="Settled as", weight=1.5),
    )
    many = "Items that reviewers scored" if material.scored else "Standards that reviewers rated"
    return Table(caption=f"{many} differently", columns=columns, rows=rows)


def _self_review_rating(material: ReportData, number: str) -> Runs:
    self_review = material.state.self_review.get(number)
    return material.rating(self_review.value if self_review else None, unrated="No rating")


def _rating_counts(material: ReportData, number: str) -> Runs:
    """Number of reviewers by value, in the order of the scale: `2 Met, 1 Not met`; `2 gave “3 - now and then”`."""
    counts = material.value(f"report.rated_as.{number}")
    runs: Runs = ()
    for choice in material.instrument.scale.values:
        key = str(choice.value)
        if key in counts:
            runs += (*text(", " if runs else ""), material.number(f"report.rated_as.{number}.{key}"))
            runs += text(f" gave “{choice.label}”" if material.scored else f" {choice.label}")
    return runs


def _reasons(material: ReportData, number: str) -> list[Fact]:
    agreed = material.state.agreed.get(number)
    if agreed is None:
        return []
    parts = (("Reason", agreed.reason), ("Another view", "" if material.circulation else agreed.dissent))
    return [Fact(label=label, runs=text(reason.strip())) for label, reason in parts if reason.strip()]


def concerns(material: ReportData) -> list[Block]:
    """The section on immediate concerns; empty in the copy for circulation, as they may point to a single person."""
    if material.circulation:
        return []
    made: list[Block] = [Heading(level=1, runs=text("Immediate concerns"), id="concerns")]
    raised = sorted(material.state.concerns.values(), key=lambda c: (c.at, c.key))
    if not raised:
        return [*made, Paragraph(runs=text("No immediate concern is recorded."))]
    told = all(concern.told.strip() for concern in raised)
    passed_on = ", and passed on at once" if told else "; not everywhere is it recorded who was told"
    made.append(Paragraph(runs=text(f"Raised during the visit because somebody might be at risk{passed_on}.")))
    for place, concern in enumerate(raised, 1):
        informed = concern.told.strip() or "not recorded"
        at = labels.moment(concern.at.strip()) if concern.at.strip() else "not recorded"
        facts = (
            Fact(label="What was said", runs=text(concern.text.strip() or "not recorded")),
            Fact(label="Who was told", runs=text(informed)),
            Fact(label="When", runs=text(at)),
            *_action_taken(concern),
        )
        made.append(Heading(level=2, runs=text(f"Concern {place}"), id=f"concern-{place}", entry=True))
        made.append(Facts(rows=facts))
    return made


def _action_taken(concern: ConcernRecord) -> tuple[Fact, ...]:
    """What was done, where it is recorded: who said it, and in which interview, is never printed."""
    action = concern.action.strip()
    return (Fact(label="Action taken", runs=text(action)),) if action else ()
