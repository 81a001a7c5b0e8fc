"""Page 2, on which a decision can rest: where the service stands, strengths, priorities, and what is asked."""

from __future__ import annotations

from itertools import zip_longest

from reviewapp.base.i18n import any_of
from reviewapp.figures.planned import planned
from reviewapp.figures.presentations import decided_presentations, presentations
from reviewapp.report.content.committee import needed_now, outcome_in_words
from reviewapp.report.content.figures import types_table
from reviewapp.report.content.findings import who_and_when
from reviewapp.report.content.front_matter import counted, subset_words
from reviewapp.report.content.ranking import gaps, strengths, verdict_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Callout, Column, Contents, Fact, Facts, Heading, PageBreak, Table
from reviewapp.visit import labels
from reviewapp.visit.state import has_committee

NAMED = 3
"""The most strengths, and the most priorities, on the sheet."""

_EACH = {1: "", 2: "both "}
"""What is said of so many concerns that were passed on; of more, that all were."""

NOTHING = "-"
"""Stands in the table for a list without standards."""


def summary(material: ReportData) -> list[Block]:
    """The decision sheet on a page of its own; what the review team wrote, and the contents, follow on the next."""
    made: list[Block] = [
        Heading(level=1, runs=text("Summary"), id="summary"),
        Callout(title="Where the service stands", runs=_standing(material)),
        *types_table(material),
        *_strengths_and_gaps(material),
        Facts(rows=tuple([*_concerns(material), *_open_matters(material), *_asked(material)])),
        PageBreak(),
    ]
    written = material.written("summary")
    if written:
        made += [Heading(level=2, runs=text("In the review team's words"), id="summary-words"), *written]
    return [*made, Contents(title="Contents")]


def _standing(material: ReportData) -> Runs:
    """The decision or the forecast, then the result in one sentence, and that it is of a subset."""
    runs: list[Run] = []
    decided = decided_presentations(material.state)
    if decided:
        on = f", {labels.day(decided[-1].date)}" if decided[-1].date.strip() else ""
        runs += text(f"The committee's decision: {decided[-1].label.strip()}{on}. ", bold=True)
    elif material.profile == "committee" and has_committee(material.state) and material.reviewed:
        runs += text(f"{outcome_in_words(material)} ", bold=True)
        runs += (*needed_now(material), *text(" ")) if needed_now(material) else ()
    return (*runs, *counted(material), *text(subset_words(material)))


def _strengths_and_gaps(material: ReportData) -> list[Block]:
    """Strengths and priorities side by side, each priority with who does what about it, and by when."""
    best, pressing = strengths(material)[:NAMED], gaps(material)[:NAMED]
    if not best and not pressing:
        return []
    said = verdict_words(material)
    rows = tuple(
        (_named(material, left, said.no_strength_yet, "standard"), _priority(material, right, said.no_gap_yet))
        for left, right in zip_longest(best or [NOTHING], pressing or [NOTHING], fillvalue="")
    )
    columns = (Column(title="What stands out"), Column(title="What to work on first", weight=1.25))
    return [Table(caption="", columns=columns, rows=rows, lists=True)]


def _named(material: ReportData, number: str, none: str, part: str) -> Runs:
    """A standard by its title, which leads to where it is told, and its number and type."""
    standard = material.standards.get(number)
    if standard is None:
        return text(none if number == NOTHING else "", tone="muted")
    return (
        Text(text=standard.title, bold=True, to=f"{part}-{number}"),
        Text(text=f" ({material.named(standard)})", tone="muted"),
    )


def _priority(material: ReportData, number: str, none: str) -> Runs:
    """A priority, and who has taken it on by when, as the plan says; the copy for circulation prints no plan."""
    runs = _named(material, number, none, "improvement")
    actions = [] if material.circulation or number not in material.standards else planned(material.state, number)
    if not actions:
        return runs
    return (*runs, Text(text=f"\n{who_and_when(actions[0])}"))


def _concerns(material: ReportData) -> list[Fact]:
    """How many immediate concerns there were and whether all were passed on; not in the copy for circulation."""
    if material.circulation:
        return []
    raised = material.state.concerns.values()
    if not raised:
        return [Fact(label="Concerns", runs=text("No immediate concern is recorded."))]
    told = all(one.told.strip() for one in raised)
    all_of_them = _EACH.get(len(raised), "all ")
    passed = f"{all_of_them}passed on at once" if told else "for some it is not recorded who was told"
    many = "immediate concern was" if len(raised) == 1 else "immediate concerns were"
    runs = (material.number("material.concerns", bold=True), *text(f" {many} raised during the visit; {passed}."))
    return [Fact(label="Concerns", runs=runs)]


def _open_matters(material: ReportData) -> list[Fact]:
    """What is not agreed and may change what stands above; empty where nothing is open."""
    waiting = material.value("report.responses")["waiting"] if material.answers else 0
    parts: list[Runs] = []
    if waiting:
        parts.append((*text("answers of the team not decided yet: "), material.number("report.responses.waiting")))
    if material.value("report.disagreements.open"):
        parts.append((*text("differences not agreed: "), material.number("report.disagreements.open")))
    runs: list[Run] = []
    for place, part in enumerate(parts):
        runs += [*text("; " if place else ""), *part]
    return [Fact(label="Still open", runs=(*runs, *text(".")))] if runs else []


def _asked(material: ReportData) -> list[Fact]:
    """What is asked of whoever reads this copy; of a final report nothing is."""
    if material.circulation or decided_presentations(material.state):
        return []
    if material.profile == "host":
        asked = "Check the facts of this draft and answer on the response sheet; fill in the action plan."
        return [Fact(label="Asked of the team", runs=text(asked))]
    if not has_committee(material.state):
        return []
    made = len(presentations(material.state)) + 1
    decisions = any_of(material.instrument.rule.labels)
    runs: Runs = (*text(f"Decide on presentation {made} of at most "), material.number("report.presentations_most"))
    runs += text(f": {decisions}." if decisions else ".")
    return [Fact(label="Asked of you", runs=runs)]
