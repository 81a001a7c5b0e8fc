"""The committee's sections of the report: the forecast under its rule, and the decision at each presentation."""

from __future__ import annotations

from typing import Any

from reviewapp.base.i18n import any_of, gettext_noop
from reviewapp.figures.formatting import percent_text
from reviewapp.figures.presentations import Presentation, RatingChange, presentations
from reviewapp.instruments.model import Score
from reviewapp.report.content.front_matter import subset_notice, subset_words
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Computed, Runs
from reviewapp.report.tree import Block, Column, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.state import has_committee

ORDINALS = {1: gettext_noop("First"), 2: gettext_noop("Second"), 3: gettext_noop("Third")}
OUTCOMES = {
    "meets": "every threshold is reached",
    "does_not_meet": "at least one threshold is not reached",
    "undecided": "it cannot be said",
}
RESTS_ON = {
    "agreed": (" rating agreed by the review team", " ratings agreed by the review team"),
    "peer": (" on which all who rated agree", " on which all who rated agree"),
    "derived": (" on what its criteria give", " on what the criteria give"),
    "self_review": (" from the team itself only", " from the team itself only"),
}
"""How ratings came about, for one and for many."""
UNNAMED = "the total is below every band"
NOT_KEPT = (
    "The ratings of that time were not kept with this decision, so the standards in the way then cannot be listed here."
)


def _label(presentation: Presentation) -> str:
    return presentation.label[:1].upper() + presentation.label[1:]


def _date_suffix(presentation: Presentation) -> str:
    return f", {labels.day(presentation.date)}" if presentation.date.strip() else ""


def ordinal(number: int) -> str:
    """A number from 1 as an ordinal: `First`, `Second`, `Third`, `4th`."""
    return ORDINALS.get(number, f"{number}th")


# Decisions so far --------------------------------------------------------------------------------------------------


def decisions(material: ReportData) -> list[Block]:
    """The section on the committee's decisions: each presentation, its missed thresholds, and changes since.

    Empty while nothing has been decided.
    """
    decided = presentations(material.state)
    if not decided:
        return []
    made: list[Block] = [Heading(level=1, runs=text("The committee's decision"), id="decisions"), _overview(material)]
    if any(one.thresholds for one in decided):
        made += subset_notice(material)
    for presentation in decided:
        made += _presentation(material, presentation, last=presentation is decided[-1])
    return made


def _overview(material: ReportData) -> Table:
    has_notes = not material.circulation and any(one.note for one in presentations(material.state))
    rows = tuple(
        (
            text(str(one.presentation)),
            text(labels.day(one.date)),
            text(_label(one), bold=True),
            *((text(one.note),) if has_notes else ()),
        )
        for one in presentations(material.state)
    )
    columns = [Column(title="Presentation", weight=1.1), Column(title="Date", weight=1.3)]
    columns.append(Column(title="Decision", weight=1.5))
    if has_notes:
        columns.append(Column(title="Note", weight=3))
    return Table(caption="", columns=tuple(columns), rows=rows)


def _presentation(material: ReportData, presentation: Presentation, *, last: bool) -> list[Block]:
    number = presentation.presentation
    title = f"{ordinal(number)} presentation{_date_suffix(presentation)}: {presentation.label}"
    made: list[Block] = [Heading(level=2, runs=text(title), id=f"presentation-{number}", listed=False)]
    if not presentation.known:
        return [*made, Paragraph(runs=text(NOT_KEPT))]
    made += _thresholds_then(material, presentation)
    return [*made, *_changes_since(material, presentation, last=last)]


def _thresholds_then(material: ReportData, presentation: Presentation) -> list[Block]:
    """The table of thresholds on the ratings of the time when the decision was recorded."""
    if not presentation.thresholds:
        return []
    path = f"report.presentations.{presentation.presentation}"
    ways = {way.type: way.from_ for way in presentation.in_the_way}
    rows = tuple(
        (
            text(f"Type {threshold.type}", bold=True),
            (_required(material, f"{path}.thresholds.{place}.required"),),
            material.share_met(f"{path}.thresholds.{place}", float(threshold.required), bold=True),
            _threshold_result(threshold.holds),
            text(", ".join(ways.get(threshold.type, ())) or "none"),
        )
        for place, threshold in enumerate(presentation.thresholds)
    )
    columns = (
        Column(title="Type", weight=0.8),
        Column(title="Required", weight=0.8, align="right"),
        Column(title="Met then", weight=0.8, align="right"),
        Column(title="Threshold", weight=1.2),
        Column(title="Standards in the way", weight=2.6),
    )
    caption = "As the ratings stood when this decision was recorded"
    needed = _needed_then(material, presentation)
    return [Table(caption=caption, columns=columns, rows=rows), *([Paragraph(runs=needed)] if needed else [])]


def _needed_then(material: ReportData, presentation: Presentation) -> Runs:
    """The number of standards that still had to become met then: not all, for a threshold below 100 %."""
    path = f"report.presentations.{presentation.presentation}.in_the_way"
    return _needed(
        material, path, [(way.type, len(way.from_)) for way in presentation.in_the_way], "To reach what is required, "
    )


def _needed(material: ReportData, path: str, ways: list[tuple[str, int]], opening: str) -> Runs:
    if not ways:
        return ()
    runs: Runs = text(opening)
    for place, (type_, count) in enumerate(ways):
        need = f"{path}.{place}.need"
        of = f" of those {count}" if count > material.value(need) else ""
        runs += (*text(", and " if place else ""), material.number(need, bold=True), *text(f"{of} of type {type_}"))
    return (*runs, *text(" must become met."))


def _required(material: ReportData, path: str) -> Computed:
    value = material.value(path)
    return Computed(text=percent_text(float(value)), value=value, from_=path)


def _threshold_result(holds: bool) -> Runs:
    return text("✓ Reached", bold=True, tone="met") if holds else text("× Not reached", bold=True, tone="not_met")


def _changes_since(material: ReportData, presentation: Presentation, *, last: bool) -> list[Block]:
    """Ratings that changed and answers of the host, until the next presentation or until now."""
    until = "Since then" if last else "Before the next presentation"
    if not presentation.since.ratings and not presentation.since.answers:
        return [Paragraph(runs=text(f"{until}: no rating changed, and no further answer or evidence came."))]
    points: list[Runs] = [_rating_change(material, change) for change in presentation.since.ratings]
    if presentation.since.answers:
        many = "standards" if len(presentation.since.answers) > 1 else "standard"
        points.append(
            text(f"The team sent an answer or further evidence on {many} {labels.all_of(presentation.since.answers)}.")
        )
    return [Paragraph(runs=text(f"{until}:"), keep=True), Listing(items=tuple(points))]


def _rating_change(material: ReportData, change: RatingChange) -> Runs:
    standard = material.standards.get(change.standard)
    title = f" ({standard.title})" if standard else ""
    return (
        *text(f"Standard {change.standard}{title}: "),
        *moved(material, change.before, change.now),
        *text("."),
    )


def moved(material: ReportData, before: Score | None, now: Score | None) -> Runs:
    """A change of rating as runs: `× Not met, now ✓ Met`."""
    return (*material.rating(before), *text(", now "), *material.rating(now))


# The forecast, for the committee only --------------------------------------------------------------------------------


def forecast(material: ReportData) -> list[Block]:
    """The section on the forecast: what it is, what it rests on, what is in the way, and the presentations left.

    Its thresholds stand in the summary. Empty except in the committee's copy of a review that goes to the committee.
    """
    if material.profile != "committee" or not has_committee(material.state):
        return []
    heading = Heading(level=1, runs=text("For the committee: where the service stands"), id="forecast")
    if not material.reviewed:
        return [heading, Paragraph(runs=text(_nothing_yet(material)), style="lead"), *_presentations_left(material)]
    said = (*text(outcome_in_words(material)), *text(subset_words(material)))
    made: list[Block] = [heading, Paragraph(runs=said, style="lead"), Paragraph(runs=_rests_on(material))]
    if material.value("forecast.thresholds"):
        needed = needed_now(material)
        made += [Paragraph(runs=needed)] if needed else []
        made += _in_the_way(material)
    return [*made, *_presentations_left(material)]


def needed_now(material: ReportData) -> Runs:
    """How many standards of each type must become met to reach every threshold; empty where all are reached."""
    ways = [(way["type"], len(way["from"])) for way in material.value("forecast.to_meet")]
    return _needed(material, "forecast.to_meet", ways, "To reach every threshold, ")


def _nothing_yet(material: ReportData) -> str:
    """That nothing can be foretold: before a reviewer has rated there are the team's own claims, or nothing."""
    claims = " What the team says of itself is no forecast." if material.claimed else ""
    return f"No reviewer has rated anything yet, so nothing can be said of the outcome.{claims}"


def _rests_on(material: ReportData) -> Runs:
    """How many ratings the forecast rests on, by how they came about."""
    counts = material.value("figures.basis_counts")
    runs: Runs = text("It rests on ")
    for place, (name, words) in enumerate((n, w) for n, w in RESTS_ON.items() if n in counts):
        path = f"figures.basis_counts.{name}"
        runs += (*text(" and " if place else ""), material.number(path), *text(words[material.value(path) != 1]))
    return (*runs, *text("."))


def outcome_in_words(material: ReportData) -> str:
    """What the ratings come to by the committee's rule, in one sentence."""
    forecast_: dict[str, Any] = material.value("forecast")
    best, worst, outcome = (forecast_[name] for name in ("best_case", "worst_case", "outcome"))
    if material.instrument.scale.kind == "scored":
        if outcome != "undecided":
            whatever = "However the remaining items are scored, the" if _open_items(material) else "The"
            return f"{whatever} band is: {outcome}."
        if not material.value("figures.score.of"):
            return "No item applies, so there is no score and no band."
        if not material.instrument.scale.bands:
            return "These items have no bands, so there is no forecast from the score."
        if best == worst == "undecided":
            return "The total is below every band."
        said = [UNNAMED if band == "undecided" else f"the band is {band}" for band in (best, worst)]
        return f"With every item not yet scored at its highest {said[0]}, at its lowest {said[1]}."
    if outcome == "undecided":
        return (
            "It is open. If every standard not yet rated were met, "
            f"{OUTCOMES.get(best, best)}; if none of them were, {OUTCOMES.get(worst, worst)}."
        )
    whatever = ", however the remaining standards are rated" if material.value("figures.overall.unrated") else ""
    return f"As the ratings stand, {OUTCOMES.get(outcome, outcome)}{whatever}."


def _open_items(material: ReportData) -> bool:
    return bool(material.value("figures.score.of") > material.value("figures.score.rated"))


def _in_the_way(material: ReportData) -> list[Block]:
    """The standards in the way by type, by number: what is not met is told once, further on."""
    ways = [way for way in material.value("forecast.to_meet") if way["from"]]
    if not ways:
        return [Paragraph(runs=text("No standard is in the way of a threshold."))]
    points = tuple(text(f"Type {way['type']}: {labels.all_of(way['from'])}") for way in ways)
    numbers = [number for way in ways for number in way["from"]]
    local = [number for number in numbers if material.evidence[number].local_context]
    made: list[Block] = [
        Paragraph(
            runs=text("The standards in the way; those not met are described under “Areas for improvement”:"), keep=True
        ),
        Listing(items=points),
    ]
    if local:
        many = "standards" if len(local) > 1 else "standard"
        noted = f"Local context, which changes no rating, is noted with {many} {labels.all_of(local)}."
        made.append(Paragraph(runs=text(noted)))
    return made


def _presentations_left(material: ReportData) -> list[Block]:
    made = len(presentations(material.state))
    decision_labels = material.instrument.rule.labels
    opening = "The service has not been presented to the committee yet" if not made else f"Presentations so far: {made}"
    runs: Runs = (*text(f"{opening}. It can be presented up to "), material.number("report.presentations_most"))
    runs += text(" time." if material.value("report.presentations_most") == 1 else " times.")
    if decision_labels:
        runs += text(f" The decisions that can be made: {any_of(decision_labels)}.")
    return [Paragraph(runs=runs)]
