"""The pack for a scoping day: agenda, candidates with the team's own first, and a sheet to vote on.

What reviewers suggest is in it only once it has been shown: a team chooses its goals before it knows theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from reviewapp.figures.goals import Candidate, candidates, is_open, scoping_view
from reviewapp.figures.reach import reach
from reviewapp.figures.rounds import this_round
from reviewapp.plan.pages.programme_parts import present_in_words
from reviewapp.report.content.front_matter import counted
from reviewapp.report.content.items import Lens, lift_facts, lifting_criteria
from reviewapp.report.content.ranking import strengths
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.standards import found
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Column, Document, Fact, Facts, Heading, Listing, PageBreak, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.state import VisitState

AGENDA = (
    "What the review found: what is good here, and {stands}.",
    "What the team itself wants to reach, in its own words, before anything is suggested.",
    "What the reviewers suggest.",
    "{raises}, and what lies within the team's own reach.",
    "The vote.",
    "Three or four goals for the next twelve months: why this goal, what the team wants to reach, and "
    "how it will know.",
    "Who owns which action, who covers for whom, and when the first meeting on the plan is.",
)
ABOUT = "the score now, and what would raise it"
NAMED = 5
"""The most strengths named."""
EMPTY_ROWS = 4
"""Rows on the voting sheet for what comes up on the day."""
TEAM = ""
"""To whom the candidates are shown: nobody of the review team."""


def scoping(state: VisitState, status: dict[str, Any], today: date) -> Document:
    """The document; `status` is the document of `visit status --json`."""
    material = ReportData(state, status, "host")
    own, suggested = _candidates(state)
    parts: list[Block] = [
        Heading(level=1, runs=text("The scoping day"), id="scoping"),
        Paragraph(runs=text(_opening(state)), style="lead"),
        *_day(state, today),
        Heading(level=2, runs=text("Agenda"), id="agenda"),
        Listing(items=tuple(text(point) for point in _agenda(scored=material.scored)), ordered=True),
        *_findings(material),
        *_readiness(state),
        Heading(level=2, runs=text("What may become a goal"), id="candidates"),
        *_listed(material, own, "From the team", "The team has named none yet."),
        *(_listed(material, suggested, "Suggested by the reviewers", "") if suggested else []),
        PageBreak(),
        *_voting(own, suggested),
    ]
    return Document(
        title=f"The scoping day: {state.info.service}",
        subject="Scoping day: agenda, candidates and voting sheet",
        status="final",
        profile="host",
        running=f"{state.info.service} – {labels.day(today.isoformat())}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _opening(state: VisitState) -> str:
    day = labels.day(this_round(state).held)
    return (
        f"{state.info.service} chooses what it wants to reach after the review of {day}. The"
        " goals are the team's own; three or four in twelve months are advised."
    )


def _candidates(state: VisitState) -> tuple[list[Candidate], list[Candidate]]:
    """The team's own and the suggested ones that may be shown."""
    every = candidates(state, TEAM)
    return [one for one in every if not one.suggestion], [one for one in every if one.suggestion]


def _day(state: VisitState, today: date) -> list[Block]:
    """When it is or was, and who was there; where patients or carers were counted and none came, that is said."""
    day = scoping_view(state, today.isoformat())
    if day is None:
        return []
    facts = [
        Fact(label=label, runs=text(labels.day(when)))
        for label, when in (("Planned for", day.planned), ("Held on", day.held)) if when
    ]  # fmt: skip
    if day.days_late is not None and day.days_late > 0:
        facts.append(Fact(label="Later than planned", runs=text(_days(day.days_late))))
    elif day.lost is not None and day.lost > 0:
        facts.append(Fact(label="Not held yet", runs=text(f"{_days(day.lost)} lost so far")))
    if not day.uncounted:
        there = present_in_words(day.present)
        facts.append(Fact(label="Who was there", runs=text(there or "nobody is counted")))
        if day.absent:
            none = labels.all_of([labels.PRESENT[role].lower() for role in day.absent])
            facts.append(Fact(label="Not there", runs=text(f"no {none} were counted")))
    note = next(iter(state.scoping.values())).note.strip()
    facts += [Fact(label="Note", runs=text(note))] if note else []
    return [Facts(rows=tuple(facts))] if facts else []


def _readiness(state: VisitState) -> list[Block]:
    """What the team says of its readiness, domain by domain; one that nobody answered is said to be open."""
    if not state.readiness:
        return []
    rows = []
    for domain, label in labels.READINESS.items():
        one = state.readiness.get(domain)
        said = [words.strip() for words in (one.answer, one.note) if words.strip()] if one is not None else []
        rows.append((text(label, bold=True), text("\n".join(said)) if said else text("not answered yet", tone="muted")))
    columns = (Column(title="Domain", weight=1), Column(title="What the team says", weight=3.4))
    heading = Heading(level=2, runs=text("Is the team ready for this?"), id="readiness")
    return [heading, Table(caption="", columns=columns, rows=tuple(rows))]


def _agenda(*, scored: bool) -> list[str]:
    """The points of the day; one speaks of scores only where there are any."""
    stands = "where the scores stand" if scored else "which standards are not met"
    raises = "What would raise each item's score" if scored else "What each standard that is not met still needs"
    return [point.format(stands=stands, raises=raises) for point in AGENDA]


def _days(n: int) -> str:
    return f"{n} {'day' if n == 1 else 'days'}"


def _findings(material: ReportData) -> list[Block]:
    made: list[Block] = [
        Heading(level=2, runs=text("What the review found"), id="found"),
        Paragraph(runs=counted(material)),
    ]
    best = strengths(material)[:NAMED]
    if best:
        titles = "; ".join(material.standards[number].title for number in best)
        made.append(Paragraph(runs=(Text(text="What is good here: ", bold=True), *text(f"{titles}."))))
    within = reach(material.state)
    if within is not None and within.with_context:
        told = (
            f"Of {within.below_highest} items below the highest score, what lies outside the team's control is "
            f"described for {within.with_context}; {within.within} are within its reach. No score is changed by this."
        )
        made.append(Paragraph(runs=text(told)))
    return made


def _listed(material: ReportData, shown: Sequence[Candidate], title: str, none: str) -> list[Block]:
    """The candidates of one side with what they would lift; `none` is said where there are none."""
    made: list[Block] = [Heading(level=3, runs=text(title), id=f"candidates-{title.split()[0].lower()}")]
    if not shown:
        return [*made, Paragraph(runs=text(none))]
    counted_ = any(one.votes is not None for one in shown)
    rows = tuple(
        (
            text(one.id, bold=True),
            (*text(one.text.strip()), *_standing(one)),
            _standards(material, one),
            *((text("" if one.votes is None else str(one.votes)),) if counted_ else ()),
        )
        for one in shown
    )
    columns = [
        Column(title="No.", weight=0.6), Column(title="Goal", weight=2.4),
        Column(title=f"What it is about, {ABOUT if material.scored else 'and its rating now'}", weight=3),
    ]  # fmt: skip
    columns += [Column(title="Votes", weight=0.7, align="right")] if counted_ else []
    return [*made, Table(caption="", columns=tuple(columns), rows=rows)]


def _standing(one: Candidate) -> Runs:
    """That a candidate was chosen, reached or left, on which day and why; nothing while it is only a candidate."""
    if not is_open(one):
        on = f"\n{labels.GOAL_STATUS[one.status].lower()} on {labels.day(one.ended)}"
        return (*text(on, bold=True), *text(f": {one.reason.strip()}" if one.reason.strip() else ""))
    return text("\nchosen", bold=True, tone="met") if one.chosen_by.strip() else ()


def _standards(material: ReportData, candidate: Candidate) -> Runs:
    runs: list[Run] = []
    for number in candidate.standards:
        standard = material.standards.get(number)
        if standard is None:
            continue
        runs += [*text("\n" if runs else ""), *text(f"{number} {standard.title}: "), *found(material, number)]
        for fact in lift_facts(material, Lens(material.state), number):
            runs += [Text(text=". ", tone="muted"), *fact.runs]
        for one in lifting_criteria(material, Lens(material.state), standard):
            runs.append(Text(text=f"\n{one.id}: {one.text.strip()}", tone="muted"))
    return tuple(runs) or text("not tied to a standard", tone="muted")


def _voting(own: Sequence[Candidate], suggested: Sequence[Candidate]) -> list[Block]:
    """A page to print once for everybody: tick what the next twelve months should be about."""
    empty = text("\u00a0\n\u00a0")
    still = [one for one in (*own, *suggested) if is_open(one)]
    rows = [(text(one.id, bold=True), text(one.text.strip()), empty) for one in still]
    rows += [(empty, empty, empty)] * EMPTY_ROWS
    columns = (Column(title="No.", weight=0.6), Column(title="Goal", weight=4.4), Column(title="My vote", weight=1))
    return [
        Heading(level=1, runs=text("Voting sheet"), id="voting"),
        Paragraph(
            runs=text(
                "Tick up to four. No name is asked. The empty rows are for goals that come up on the day: write them in"
                " before the vote."
            )
        ),
        Table(caption="", columns=columns, rows=tuple(rows)),
    ]
