"""The first pages of the report: cover, contents, and the one-page summary for a chief executive."""

from __future__ import annotations

from itertools import zip_longest

from reviewapp.figures.presentations import decided_presentations
from reviewapp.figures.rounds import this_round
from reviewapp.report.content.figures import types_chart, types_table
from reviewapp.report.content.ranking import gaps, strengths, verdict_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.profiles import NAMES
from reviewapp.report.tree import Block, Callout, Column, Contents, Cover, Fact, Heading, Paragraph, Runs, Table, Text
from reviewapp.visit import labels
from reviewapp.visit.state import has_committee

NAMED = 3
"""The most achievements, and the most priorities, on the summary page."""

NOTHING = "-"
"""Stands in the table of the summary for a list without standards."""


def cover(material: ReportData, *, draft: bool, made: str) -> list[Block]:
    """The cover with facts and notices (service, date, standards, team, copy, draft), and the contents."""
    info, instrument = material.state.info, material.instrument
    facts = [
        *_days(material),
        Fact(label="Kind of review", runs=text(labels.KINDS.get(info.kind, info.kind))),
        Fact(label="Scale" if material.scored else "Standards", runs=text(f"{instrument.title}, {instrument.edition}")),
        Fact(label="Review team", runs=text("\n".join(team(material)) or "not yet named")),
        *_decided(material),
        Fact(label="This copy", runs=text(f"{_for_whom(material)}, made {labels.day(made)}")),
    ]
    notices = [*_draft_notice(material, draft), *_only_here_notice(material), *subset_notice(material)]
    if material.circulation:
        notices.append(
            Callout(
                title="Copy for wider circulation",
                runs=text(
                    "Small numbers of people are not shown. Only words whose speakers agreed to wider use are quoted."
                ),
            )
        )
    return [
        Cover(
            kind_of_report=material.kind,
            title=info.service,
            subtitle=info.organisation,
            facts=tuple(facts),
            notices=tuple(notices),
        ),
        Contents(title="Contents"),
    ]


def _days(material: ReportData) -> list[Fact]:
    """The day of the visit, and the one it was planned for where that is another."""
    planned = labels.day(this_round(material.state).planned)
    facts = [Fact(label="Date of visit", runs=text(material.day))]
    return facts if planned == material.day else [*facts, Fact(label="Planned for", runs=text(planned))]


def _decided(material: ReportData) -> list[Fact]:
    """The newest decision of the committee as a fact; empty while there is none."""
    decisions = decided_presentations(material.state)
    if not decisions:
        return []
    on = f", {labels.day(decisions[-1].date)}" if decisions[-1].date.strip() else ""
    return [Fact(label="Committee's decision", runs=text(f"{decisions[-1].label.strip().capitalize()}{on}"))]


def team(material: ReportData) -> list[str]:
    """The members of the review team as texts with role and code; names where recorded, never for circulation."""
    lines = []
    for code, person in sorted(material.state.people.items()):
        role = labels.role(person.role).capitalize()
        named = person.name.strip() and not material.circulation
        lines.append(f"{role}: {person.name.strip()} ({code})" if named else f"{role} ({code})")
    return lines


def _for_whom(material: ReportData) -> str:
    """Whose copy it is; a review that is not presented to a committee has its whole copy for the review team."""
    whole = material.profile == "committee"
    return "For the review team" if whole and not has_committee(material.state) else NAMES[material.profile]


def _draft_notice(material: ReportData, draft: bool) -> list[Callout]:
    if not draft:
        return []
    whole = _for_whom(material)
    what = f"{whole[:1].lower()}{whole[1:]}" if material.profile == "committee" else "for checking facts"
    notice = f"This draft is {what}. Ratings and wording may still change; please do not pass it on."
    return [Callout(title="DRAFT", runs=text(notice))]


def _only_here_notice(material: ReportData) -> list[Callout]:
    """The notice that the report rests on the words of a laptop that nobody else counts; else empty."""
    if not material.state.only_here:
        return []
    notice = (
        "The laptop on which this copy was made is not certified by the lead, or was set aside. What was recorded on "
        "it is in this copy, and is counted nowhere else. Please do not pass it on."
    )
    return [Callout(title="Not counted by the team", runs=text(notice))]


def subset_notice(material: ReportData) -> list[Callout]:
    """The notice that the figures are of a subset, for wherever they are printed alone; empty for a full set."""
    instrument = material.instrument
    if instrument.scope != "subset":
        return []
    note = instrument.subset_note.strip() or "on a subset of the standards only; not an accreditation outcome"
    runs: Runs = text(f"All figures in this report are {note}.")
    if instrument.superseded_by:
        runs += text(f" These standards have been superseded by the {instrument.superseded_by}.")
    return [Callout(title="A subset of the standards", runs=runs)]


def summary(material: ReportData) -> list[Block]:
    """The summary on one page: result, figures by type against the thresholds, strengths and priorities.

    A written summary replaces the chart, which is among the figures in any case.
    """
    made: list[Block] = [Heading(level=1, runs=text("Summary"), id="summary")]
    written = material.written("summary")
    if written:
        made += [*written, Paragraph(runs=counted(material))]
    else:
        made += [Paragraph(runs=counted(material), style="lead"), *types_chart(material)]
    made += [*types_table(material), *subset_notice(material)]
    return [*made, *_strengths_and_gaps(material)]


def counted(material: ReportData) -> Runs:
    """The result of the visit in one sentence, with traced figures; the team's own claims are said to be that."""
    if material.scored:
        return _counted_scores(material)
    if not material.reviewed and not material.claimed:
        return (*text("Nothing has been rated yet, of "), material.number("material.standards"), *text(" standards."))
    if material.claimed:
        opening, overall = "No reviewer has rated anything yet. In the team's own view, against ", "self_review.overall"
    else:
        opening, overall = f"Reviewed on {material.day} against ", "figures.overall"
    return (
        *text(opening),
        material.number("material.standards", bold=True),
        *text(" standards: "),
        material.number(f"{overall}.met", bold=True),
        *text(" met, "),
        material.number(f"{overall}.not_met", bold=True),
        *text(" not met, "),
        material.number(f"{overall}.na"),
        *text(" not applicable, "),
        material.number(f"{overall}.unrated"),
        *text(" not rated."),
        *_only_claimed(material),
    )


def _only_claimed(material: ReportData) -> Runs:
    """That some of what was counted is the team's own rating only; empty where none is."""
    if not material.mixed:
        return ()
    return (*text(" Rated by the team itself only: "), material.number("figures.basis_counts.self_review"), *text("."))


def _counted_scores(material: ReportData) -> Runs:
    score = "self_review.score" if material.claimed else "figures.score"
    if not material.value(f"{score}.rated"):
        return text("No item has been scored yet." if material.value(f"{score}.of") else "No item applies.")
    opening = (
        "No reviewer has scored anything yet. In the team's own view: total score "
        if material.claimed
        else (f"Reviewed on {material.day}: total score ")
    )
    runs = (
        *text(opening),
        material.number(f"{score}.total", bold=True),
        *text(" with "),
        material.number(f"{score}.rated"),
        *text(" of "),
        material.number(f"{score}.of"),
        *text(" items scored."),
        *_only_claimed(material),
    )
    lowest, highest = material.value(f"{score}.lowest"), material.value(f"{score}.highest")
    if lowest != highest:
        runs += (
            *text(" Whatever becomes of the others, the total of all lies between "),
            material.number(f"{score}.lowest"), *text(" and "), material.number(f"{score}.highest"), *text("."),
        )  # fmt: skip
    band = material.value(f"{score}.band")
    return (*runs, *text(f" That is: {band}.", bold=True)) if band else runs


def _strengths_and_gaps(material: ReportData) -> list[Block]:
    """A table of strengths and priorities side by side, so that the summary stays on one page."""
    best, pressing = strengths(material)[:NAMED], gaps(material)[:NAMED]
    if not best and not pressing:
        return []
    said = verdict_words(material)
    rows = tuple(
        (_short_title(material, left, said.no_strength_yet), _short_title(material, right, said.no_gap_yet))
        for left, right in zip_longest(best or [NOTHING], pressing or [NOTHING], fillvalue="")
    )
    columns = (Column(title="What stands out"), Column(title="What to work on first"))
    return [Table(caption="", columns=columns, rows=rows)]


def _short_title(material: ReportData, number: str, none: str) -> Runs:
    standard = material.standards.get(number)
    if standard is None:
        return text(none if number == NOTHING else "", tone="muted")
    return (
        Text(text=standard.title, bold=True),
        Text(text=f" ({material.named(standard)})", tone="muted"),
    )
