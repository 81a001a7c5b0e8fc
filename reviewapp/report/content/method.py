"""The last sections of the report: unsettled conflicts, the method of the review, the fingerprint of its entries."""

from __future__ import annotations

from typing import Any

from reviewapp.figures.formatting import SMALL
from reviewapp.report.content.coding_method import alike_by_theme, coding_in_method
from reviewapp.report.content.report_data import ReportData, reviewer_in_words, text
from reviewapp.report.content.scored_figures import scored_rules
from reviewapp.report.runs import Runs
from reviewapp.report.tree import Block, Fact, Facts, Heading, Listing, Paragraph
from reviewapp.visit import labels
from reviewapp.visit.entities import record_in_words

CLOSED_WITHOUT = "closed_without:"
"""Prefix of a passage's key, before a reviewer's code: why the day was closed without that reviewer's laptop."""

RATED = (
    "The share met is the number met divided by the number met and not met; not applicable and not rated are left out.",
    "A share is compared with its threshold unrounded, so a share just below a threshold does not reach it.",
)
SCORED = (
    "The total score is the sum of the points of the items scored, and the mean is that sum divided by their number;"
    " what is not applicable and what is not scored is left out.",
    "A band is named only when it stays the same however the remaining items are scored.",
)
"""How the figures of each kind of scale are computed."""

SHOWN_IN_FULL = (
    "agreed",
    "agreed_audit",
    "context",
    "survey",
    "self_review",
    "passage",
    "local_context",
    "decision",
    "agreed_criterion",
)
"""Entities whose conflicting values the host may read; others (notes, quotes, concerns) are only named."""


def conflicts(material: ReportData) -> list[Block]:
    """The section on conflicts that nobody has settled yet; empty if there are none.

    The copy for circulation prints no values, and no conflict about a concern.
    """
    open_conflicts = [c for c in material.state.conflicts if not (material.circulation and c.entity == "concern")]
    if not open_conflicts:
        return []
    made: list[Block] = [
        Heading(level=1, runs=text("Two versions"), id="conflicts"),
        Paragraph(
            runs=text(
                "These were changed on two laptops before the work was combined. Nothing is lost; the review team must"
                " choose. Until then a rating named here counts as not rated."
            )
        ),
    ]
    rows = []
    for conflict in open_conflicts:
        where = record_in_words(conflict.entity, conflict.key)
        what = "text" if any(isinstance(v.value, str) for v in conflict.values) else "values"
        sentence = f"Two laptops hold different {what} for {where}."
        if conflict.entity in SHOWN_IN_FULL and not material.circulation:
            shown = " or ".join(
                f"“{_value_text(material, v.value)}” ({reviewer_in_words(material.state, v.person)})"
                for v in conflict.values
            )
            sentence += f" It is either {shown}."
        rows.append(text(sentence))
    return [*made, Listing(items=tuple(rows))]


def _value_text(material: ReportData, value: Any) -> str:
    if isinstance(value, str | int) and not isinstance(value, bool):
        choice = material.instrument.scale.find(value)
        if choice is not None:
            return choice.label
    return "nothing" if value is None else str(value)


def method(material: ReportData) -> list[Block]:
    """The section on method: reviewers, sources, computation of the figures, care for people, and the fingerprint."""
    made: list[Block] = [Heading(level=1, runs=text("How this review was done"), id="method")]
    made += material.written("method")
    made.append(Listing(items=tuple(_sources(material))))
    made += alike_by_theme(material)
    made.append(Heading(level=2, runs=text("How the figures are computed"), id="method-figures", listed=False))
    made.append(Listing(items=tuple(_rules(material))))
    made.append(Heading(level=2, runs=text("People and their words"), id="method-people", listed=False))
    made.append(Listing(items=tuple(text(point) for point in _privacy_rules(material))))
    made.append(Heading(level=2, runs=text("What this report is built from"), id="method-digest", listed=False))
    made.append(Facts(rows=tuple(_fingerprint(material))))
    return made


def _sources(material: ReportData) -> list[Runs]:
    instrument = material.instrument
    return [
        _reviewers(material),
        (
            *text(f"{material.nouns.titles}: "),
            material.number("material.standards"),
            *text(f" ({instrument.title}, {instrument.edition})."),
            *(text(f" Source: {instrument.source}.") if instrument.source else ()),
        ),
        _evidence(material),
        *coding_in_method(material),
        *(text(missing) for missing in _missing_reviewers(material)),
    ]


def _reviewers(material: ReportData) -> Runs:
    """How many rate, and how it is gone about: told as done only where it was done."""
    state = material.state
    rating = {code for code, person in state.people.items() if person.rates}
    rated = {record.person for record in state.ratings.values() if record.value is not None}
    opening = "Reviewers who rated: " if rating and rating <= rated else "Reviewers who rate: "
    discussed = state.meeting_opened or any(agreed.value is not None for agreed in state.agreed.values())
    how = (
        "Each rated alone first; differences were then discussed."
        if discussed
        else ("Each rates alone first; differences are then discussed.")
    )
    return (*text(opening), material.number("report.reviewers"), *text(f". {how}"))


def _evidence(material: ReportData) -> Runs:
    """What the review rests on; only what there is."""
    state = material.state
    there = (
        ("the team's own ratings and comments", bool(state.self_review)),
        ("surveys collected by the team", bool(state.survey or state.survey_submissions)),
        ("conversations", bool(material.value("material.people_spoken_to"))),
    )
    sources = [words for words, held in there if held]
    if not material.value("material.case_notes"):
        return text(f"Evidence: {labels.all_of(sources) if sources else 'none is recorded yet'}.")
    opening = f"Evidence: {', '.join(sources)}, and " if sources else "Evidence: "
    count = material.people("material.case_notes")
    return (*text(opening), count, *text(" case notes, read by number and without names."))


def _missing_reviewers(material: ReportData) -> list[str]:
    """Sentences on reviewers without whose work the day was closed and none of whose work came in later.

    The reason is left out of the copy for circulation.
    """
    state = material.state
    came = {rec.person for records in (state.ratings, state.interviews, state.case_notes) for rec in records.values()}
    sentences = []
    for place, passage in sorted(state.passages.items()):
        code, reason = place.removeprefix(CLOSED_WITHOUT), passage.text.strip()
        if place.startswith(CLOSED_WITHOUT) and reason and code not in came:
            why = "" if material.circulation else f" Why: {reason}"
            sentences.append(f"The day was closed without the work of {code}.{why}")
    return sentences


def _rules(material: ReportData) -> list[Runs]:
    points = [
        "The rating that counts is the one agreed at the meeting; where nothing was agreed, the reviewers' if all who"
        f" rated say the same. If they differ and nothing is agreed, the {material.nouns.one} counts as not rated.",
        *(SCORED if material.scored else RATED),
        "In the case-note audit what is not recorded counts as not found.",
        f"Of fewer than {SMALL} people, records or standards no percentage is given, but “7 of 9”.",
    ]
    runs = [*(text(point) for point in points), *scored_rules(material)]
    rule = _thresholds(material)
    if rule:
        runs.insert(2, rule)
    note = material.instrument.subset_note.strip()
    if material.instrument.scope == "subset" and note:
        runs.append(text(f"The figures are {note}."))
    return runs


def _thresholds(material: ReportData) -> Runs:
    runs: Runs = ()
    for place, threshold in enumerate(material.value("forecast.thresholds")):
        runs += (
            *text("; " if runs else "Required for accreditation: "),
            material.number(f"forecast.thresholds.{place}.required"),
            *text(f"% of type {threshold['type']}"),
        )
    source = material.instrument.rule.source.strip()
    return (*runs, *text(f" ({source})." if source else ".")) if runs else ()


def _privacy_rules(material: ReportData) -> list[str]:
    letters = ", ".join(f"{said.letter} for {said.many.lower()}" for said in labels.GROUPS.values())
    points = [
        f"People are named by a letter and a number: {letters}.",
        "Words are quoted only where the person agreed to it. Interview notes are not printed.",
        "Words from this report may be published only where the person agreed to that as well; where nobody asked, the"
        " answer counts as no.",
    ]
    if material.circulation:
        if material.value("report.criteria.of"):
            points.append("What a source of only a few people says of a criterion is left out of this copy.")
        points.append("In this copy small numbers of people are not shown, and immediate concerns are left out.")
    return points


def _fingerprint(material: ReportData) -> list[Fact]:
    digest = material.value("digest") or "none"
    return [
        Fact(label="Fingerprint", runs=text(digest)),
        Fact(
            label="What it is for", runs=text("Two reports with the same fingerprint are built from the same entries.")
        ),
    ]
