"""Sections that follow from the ratings: achievements, improvements, reviewers' differences, immediate concerns."""

from __future__ import annotations

from reviewapp.figures.planned import planned
from reviewapp.instruments.model import Standard
from reviewapp.report.content.documents import document_facts
from reviewapp.report.content.items import Lens, criteria_that_differ, highest_facts, lift_facts
from reviewapp.report.content.ranking import NOT_BEGUN, gaps, strengths, verdict_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.sources import strip, strip_key
from reviewapp.report.content.standards import found, heard, rating_line
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Card, Cards, Column, Fact, Facts, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.practice import practice_place
from reviewapp.visit.sorting import natural, sections
from reviewapp.visit.state import ActionRecord, ConcernRecord

REASON = 96
"""The most letters of a reason on a card, about two lines; all of it stands with the evidence."""


def improvements(material: ReportData) -> list[Block]:
    """What is not met or scored low, each told once: what is asked, why, what people said, and what is to be done."""
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
    standard, lens = material.standards[number], Lens(material.state)
    facts = [Fact(label="What is asked", runs=text(standard.statement))]
    agreed = material.state.agreed.get(number)
    if agreed is not None and agreed.reason.strip():
        facts.append(Fact(label=verdict_words(material).why_gap, runs=text(agreed.reason.strip())))
    if agreed is not None and agreed.dissent.strip() and not material.circulation:
        facts.append(Fact(label="Another view", runs=text(agreed.dissent.strip())))
    facts += [
        Fact(label="Local context", runs=text(rec.text.strip())) for rec in material.evidence[number].local_context
    ]
    here = material.places.at_gap.get(number, [])
    counted = heard(material, number, material.elsewhere(number, here), items=True)
    facts += [Fact(label="Heard", runs=counted)] if counted else []
    facts += document_facts(material, number)
    after = [*lift_facts(material, lens, number), *highest_facts(material, lens, standard)]
    recommended = material.passage(f"recommendation:{number}")
    if recommended:
        after.append(Fact(label="Recommendation", runs=text(recommended)))
    after += planned_facts(material, number)
    return [
        Heading(level=2, runs=text(f"{number}  {standard.title}"), id=f"improvement-{number}", entry=True),
        Paragraph(runs=(*rating_line(material, standard), *_how_rated(material, number)), style="rating"),
        strip(material, number),
        Facts(rows=tuple(facts)),
        *material.printed(here, under=number),
        *([Facts(rows=tuple(after))] if after else []),
    ]


def _how_rated(material: ReportData, number: str) -> Runs:
    """How many reviewers gave which rating, where they differed."""
    if not any(one["standard"] == number for one in material.value("disagreements")):
        return ()
    return (Text(text="  ·  reviewers: ", tone="muted"), *rating_counts(material, number))


def planned_facts(material: ReportData, number: str) -> list[Fact]:
    """What the action plan holds for a standard, with owner and date; not in the copy for circulation."""
    if material.circulation:
        return []
    return [
        Fact(
            label="Planned",
            runs=(*text(f"{one.action.strip()} "), Text(text=f"{who_and_when(one)}.", tone="muted")),
        )
        for one in planned(material.state, number)
    ]


def who_and_when(action: ActionRecord) -> str:
    """`Team manager, by 26 February 2027 (in progress)`; what the plan leaves open is said."""
    owner = action.owner.strip() or "Nobody named yet"
    due = f", by {labels.day(action.due)}" if action.due.strip() else ", no date yet"
    status = labels.ACTION_STATUS.get(action.status, action.status)
    return f"{owner}{due}" + (f" ({status})" if action.status != "open" else "")


def achievements(material: ReportData) -> list[Block]:
    """What is met or scored high, by section, on cards of five lines; their evidence stands with the others."""
    made: list[Block] = [Heading(level=1, runs=text("Areas of achievement"), id="achievements")]
    made += material.written("achievements")
    met = set(strengths(material))
    if not met:
        return [*made, Paragraph(runs=text(verdict_words(material).no_strength if material.reviewed else NOT_BEGUN))]
    made.append(strip_key(material))
    for place, section in enumerate(sections(material.instrument)):
        members = [s for s in material.instrument.standards if s.section == section and s.number in met]
        if members:
            made.append(
                Heading(
                    level=2, runs=text(section), id=f"achievements-section-{place}", entry=True, listed=False
                )
            )  # fmt: skip
            ordered = sorted(members, key=lambda one: natural(one.number))
            made.append(Cards(cards=tuple(_card(material, one) for one in ordered)))
    return made


def _card(material: ReportData, standard: Standard) -> Card:
    """Title, rating with its sources, what was heard, and why in about two lines."""
    number = standard.number
    kind: Runs = () if material.scored else (Text(text=f"   Type {standard.type}", tone="muted"),)
    lines = (heard(material, number, material.quotes_on(number)), _reason(material, number))
    return Card(
        id=f"achievement-{number}",
        title=text(f"{number}  {standard.title}"),
        rating=(*(text("Score ") if material.scored else ()), *found(material, number), *kind),
        strip=strip(material, number),
        lines=tuple(line for line in lines if line),
    )


def _reason(material: ReportData, number: str) -> Runs:
    """The positive practice of a standard, or why it is met, as far as there is room."""
    practice = material.passage(practice_place(number))
    if practice:
        return (Text(text="Positive practice: ", bold=True), *text(shortened(practice, REASON)))
    agreed = material.state.agreed.get(number)
    return text(shortened(agreed.reason, REASON)) if agreed is not None and agreed.reason.strip() else ()


def shortened(words: str, most: int) -> str:
    """A text on one line of at most `most` letters, cut at a word, with an ellipsis where something is left out."""
    whole = " ".join(words.split())
    if len(whole) <= most:
        return whole
    kept = whole[:most].rpartition(" ")[0] or whole[:most]
    return f"{kept.rstrip(' ,;:.')} …"


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
                *text(". Agreed at the meeting: "),
                material.number(f"{path}.settled", bold=True),
                *text(". Still open: "),
                material.number(f"{path}.open", bold=True),
                *text(
                    ". Different views are evidence, not error: each reviewer met different people and read different "
                    "papers."
                    " The table says how many gave which rating, not who; the reason for what was agreed is given with "
                    "each."
                ),
            ),
            keep=True,
        )
    )
    return [*made, _differences_table(material, [d["standard"] for d in listed]), *on_criteria]


def _differences_table(material: ReportData, numbers: list[str]) -> Table:
    rows = tuple(
        (
            (*text(number, bold=True), *text(f"  {material.standards[number].title}")),
            *(() if material.scored else (text(material.standards[number].type),)),
            *((_self_review_rating(material, number),) if material.has_self_review else ()),
            rating_counts(material, number),
            found(material, number),
        )
        for number in numbers
    )
    columns = (
        Column(title="Item" if material.scored else "Standard", weight=4.4),
        *(() if material.scored else (Column(title="Type", weight=0.6),)),
        *((Column(title="The team", weight=1.6),) if material.has_self_review else ()),
        Column(title="The reviewers", weight=2.2),
        Column(title="Agreed as", weight=1.3),
    )
    many = "Items that reviewers scored" if material.scored else "Standards that reviewers rated"
    return Table(caption=f"{many} differently", columns=columns, rows=rows)


def _self_review_rating(material: ReportData, number: str) -> Runs:
    self_review = material.state.self_review.get(number)
    return material.rating(self_review.value if self_review else None, unrated="No rating")


def rating_counts(material: ReportData, number: str) -> Runs:
    """Number of reviewers by value, in the order of the scale: `2 Met, 1 Not met`; `2 gave “3 - now and then”`."""
    counts = material.value(f"report.rated_as.{number}")
    runs: Runs = ()
    for choice in material.instrument.scale.values:
        key = str(choice.value)
        if key in counts:
            runs += (*text(", " if runs else ""), material.number(f"report.rated_as.{number}.{key}"))
            runs += text(f" gave “{choice.label}”" if material.scored else f" {choice.label}")
    return runs


def concerns(material: ReportData) -> list[Block]:
    """The section on immediate concerns; empty in the copy for circulation, as they may point to a single person."""
    if material.circulation:
        return []
    made: list[Block] = [Heading(level=1, runs=text("Immediate concerns"), id="concerns")]
    raised = sorted(material.state.concerns.values(), key=lambda c: (c.at, c.key))
    if not raised:
        return [*made, Paragraph(runs=text("No immediate concern is recorded."))]
    told = all(concern.told.strip() for concern in raised)
    passed_on = ", and passed on at once" if told else "; for some it is not recorded who was told"
    made.append(Paragraph(runs=text(f"Raised during the visit because someone might be at risk{passed_on}.")))
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
