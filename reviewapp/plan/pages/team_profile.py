"""One page that reviewers read before the day: pathways, commissioning, staffing, and what lies outside the team's
control. No score stands on it, so that nobody comes with one in mind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from textwrap import shorten
from typing import Any

from reviewapp.figures.previous import NOT_ABOUT_THE_SERVICE
from reviewapp.figures.rounds import earlier_rounds, this_round
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.service import value
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Column, Document, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import TextRecord, VisitState

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Team and area", ("area", "population", "caseload", "days_under_team", "open_24_7", "opening_hours")),
    ("Pathways", ("pathways", "referrals_per_month")),
    ("Commissioning", ("commissioner", "commissioned_for", "not_commissioned")),
    ("Staffing", ("staff_in_post", "staff", "vacancies", "vacancy_rate")),
)
"""The parts of the page, and the facts about the service that stand in each; all others come after them."""
OTHERS = "Also told"
NOTHING = "nothing recorded yet: ask before the day"
MOST_TOLD = 12
"""The most items whose local context is told in full."""
LONGEST = 400
"""Longest text printed, in characters; what is cut ends in an ellipsis."""


def team_profile(state: VisitState, status: dict[str, Any], today: date, *, contexts: int = MOST_TOLD) -> Document:
    """The document, with the local context of at most so many items; of the others their numbers are named."""
    material = ReportData(state, status, "host")
    parts: list[Block] = [
        Heading(level=1, runs=text("The team on one page"), id="profile"),
        Paragraph(runs=text(f"{state.info.service}, {state.info.organisation}."), style="lead"),
        Paragraph(runs=text(_which_round(state))),
        *_facts(material),
        *_local_context(material, contexts),
    ]
    return Document(
        title=f"The team on one page: {state.info.service}",
        subject="Team profile, to read before the day",
        status="final",
        profile="host",
        running=f"{state.info.service} – {labels.day(today.isoformat())}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _which_round(state: VisitState) -> str:
    own = this_round(state)
    label = f" ({own.label})" if own.label else ""
    before = [f"{one.label or 'a round'} on {labels.day(one.day)}" for one in earlier_rounds(state) if one.day]
    told = f" Reviews before it: {'; '.join(before)}." if before else ""
    return f"To read before the review of {labels.day(own.held)}{label}.{told} There are no scores on this page."


def _facts(material: ReportData) -> list[Block]:
    """The facts about the service by part; of a part of which nothing is told, that is said."""
    held = {
        key: one for key, one in material.state.context.items()
        if one.value is not None and not key.startswith(NOT_ABOUT_THE_SERVICE) and str(one.value).strip()
    }  # fmt: skip
    grouped = {key for _title, keys in GROUPS for key in keys}
    rows: list[tuple[Runs, ...]] = []
    for title, keys in [*GROUPS, (OTHERS, tuple(sorted(held.keys() - grouped)))]:
        told: Runs = ()
        for key in keys:
            if key in held:
                label = Text(text=f"{labels.label(key)}: ", tone="muted")
                told += (*text("\n" if told else ""), label, *value(material, key, held[key]))
        if told or title != OTHERS:
            rows.append((text(title, bold=True), told or text(NOTHING, tone="muted")))
    columns = (Column(title="About", weight=1), Column(title="As described by the team", weight=4))
    heading = Heading(level=2, runs=text("Pathways, commissioning, staffing"), id="profile-facts")
    return [heading, Table(caption="", columns=columns, rows=tuple(rows))]


def _local_context(material: ReportData, contexts: int) -> list[Block]:
    """What lies outside the team's control, item by item in their order."""
    told = [one for one in material.state.local_context.values() if one.text.strip()]
    told.sort(key=lambda one: (natural(one.subject), one.key))
    made: list[Block] = [Heading(level=2, runs=text("What lies outside the team's control"), id="profile-context")]
    if not told:
        return [*made, Paragraph(runs=text(f"{NOTHING[:1].upper()}{NOTHING[1:]}.", tone="muted"))]
    items = tuple(
        (Text(text=f"{_named(material, one)}: ", bold=True), *text(shorten(one.text, LONGEST, placeholder=" …")))
        for one in told[:contexts]
    )
    made += [Listing(items=items)] if items else []
    return [*made, *_left(told[contexts:])]


def _named(material: ReportData, one: TextRecord) -> str:
    standard = material.standards.get(one.subject)
    return f"{one.subject}  {standard.title}" if standard is not None else one.subject


def _left(told: Sequence[TextRecord]) -> list[Block]:
    if not told:
        return []
    numbers = labels.all_of(list(dict.fromkeys(one.subject for one in told)))
    return [Paragraph(runs=text(f"More is known about {numbers}; see each item in the report."), style="small")]
