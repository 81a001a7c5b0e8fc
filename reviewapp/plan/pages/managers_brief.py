"""One page for senior managers: what the team wants to reach, what is asked of them and by when, and the score.

A score stands with its range and the caution that belongs to it, and what lies outside the team's control beside it.
"""

from __future__ import annotations

from datetime import date
from textwrap import shorten
from typing import Any

from reviewapp.figures.follow_up import barrier_label, follow_up_view
from reviewapp.figures.goals import GoalStandard, GoalView, goal_views, is_open, scoping_view
from reviewapp.figures.presence import presence
from reviewapp.plan.pages.programme_parts import asked_items, ended_goals
from reviewapp.report.content.front_matter import counted, subset_notice
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.content.rounds import UNKNOWN_NOISE
from reviewapp.report.content.scored_figures import CARE, reach_told, total
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Column, Document, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState

LONGEST = 120
"""Longest text of a cell, in characters; what is cut ends in an ellipsis, and plan and report have it in full."""
MOST_ROWS = 6
"""The most goals, and the most things asked."""
MOST_CONTEXTS = 4
"""The most items whose local context is told, those scored lowest first."""
MOST_STANDARDS = 3
"""The most standards named with a goal."""


def managers_brief(
    state: VisitState, status: dict[str, Any], today: date, *, rows: int = MOST_ROWS, contexts: int = MOST_CONTEXTS
) -> Document:
    """The document with at most `rows` goals and as many things asked, and the local context of at most so many items.

    `status` is that of `visit status --json`.
    """
    material, day = ReportData(state, status, "host"), labels.day(today.isoformat())
    parts: list[Block] = [
        Heading(level=1, runs=text("For senior managers, on one page"), id="managers"),
        Paragraph(runs=text(_opening(material))),
        *_asked(state, today, rows),
        *_goals(material, today, rows),
        *_score(material),
        *_outside(material, contexts),
        *_months(state, today),
    ]
    return Document(
        title=f"For senior managers: {state.info.service}",
        subject="Brief for senior managers",
        status="final",
        profile="host",
        running=f"{state.info.service} – {day}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _opening(material: ReportData) -> str:
    info = material.state.info
    what = "fidelity review" if material.scored else "peer review"
    return f"{info.service}, {info.organisation}. The {what} was held on {material.day}."


def _asked(state: VisitState, today: date, rows: int) -> list[Block]:
    """What only the organisation can give, and when the team needs to know; that nothing is asked is said."""
    every = asked_items(state, today, LONGEST)
    made: list[Block] = [Heading(level=2, runs=text("What is asked of you"), id="asked")]
    if not every:
        return [*made, Paragraph(runs=text("Nothing has been asked so far."))]
    left = len(every) - len(every[:rows])
    made += [Listing(items=every[:rows])] if rows else []
    return [*made, *_left(left, "in the minutes of the meetings on the plan")]


def _left(many: int, where: str) -> list[Block]:
    """How many are left out, and where they stand; empty where none are."""
    return [Paragraph(runs=text(f"And {many} more {where}."), style="small")] if many else []


# Goals -------------------------------------------------------------------------------------------------------------


def _goals(material: ReportData, today: date, rows: int) -> list[Block]:
    goals = goal_views(material.state, today.isoformat())
    made: list[Block] = [Heading(level=2, runs=text("The team's goals"), id="goals")]
    if not goals:
        return [*made, Paragraph(runs=text("The team has not chosen its goals yet."))]
    shown = [one for one in goals if is_open(one)]
    cells = tuple(
        (text(shorten(one.text, LONGEST, placeholder=" …"), bold=True), _from_to(material, one), _done(one))
        for one in shown[:rows]
    )
    columns = (
        Column(title="Goal", weight=2), Column(title="At the start, now, and the target", weight=3),
        Column(title="Actions", weight=1.2),
    )  # fmt: skip
    made += [Table(caption="", columns=columns, rows=cells)] if cells else []
    ended = [one for one in goals if not is_open(one)]
    return [*made, *_left(len(shown) - len(cells), "in the action plan"), *ended_goals(ended, LONGEST)]


def _from_to(material: ReportData, goal: GoalView) -> Runs:
    said = [_moved(material, one) for one in goal.standards[:MOST_STANDARDS]]
    left = len(goal.standards) - len(said)
    said += [f"and {left} more"] if left else []
    aim = f". To reach: {shorten(goal.target, LONGEST, placeholder=' …')}" if goal.target.strip() else ""
    return text(f"{'; '.join(said)}{aim}")


def _moved(material: ReportData, one: GoalStandard) -> str:
    kind = "Item" if material.scored else "Standard"
    now = material.word(one.now)
    if one.baseline is None or one.began == one.values[-1].label:
        return f"{kind} {one.standard}: {now}"
    return f"{kind} {one.standard}: {material.word(one.baseline)} at {one.began}, now {now}"


def _done(goal: GoalView) -> Runs:
    of = sum(goal.actions.values()) - goal.actions["dropped"]
    runs = text(f"{goal.actions['done']} of {of} done" if of else "none yet")
    return (*runs, Text(text=f", {goal.late} late", bold=True, tone="not_met")) if goal.late else runs


# The score ---------------------------------------------------------------------------------------------------------


def _score(material: ReportData) -> list[Block]:
    made: list[Block] = [Heading(level=2, runs=text("What the review found"), id="found")]
    if not material.scored or material.claimed or not material.value("figures.score")["of"]:
        return [*made, Paragraph(runs=counted(material)), *subset_notice(material)]
    care = Paragraph(runs=text(_care(material)), style="small")
    return [*made, Paragraph(runs=_total(material)), care, *reach_told(material)]


def _total(material: ReportData) -> Runs:
    """The total or its range, the band where there is one, the bands of the scale, and the totals by round."""
    (line, *rest) = total(material, "figures.score")
    runs: Runs = line.runs if isinstance(line, Paragraph) else ()
    for one in rest:
        runs += (*text(" "), *(one.runs if isinstance(one, Paragraph) else ()))
    return (*runs, *_rounds(material))


def _rounds(material: ReportData) -> Runs:
    """The totals of the rounds; no arrow, for two of them may differ by chance. Empty while there is one."""
    series = material.value("report")["series"]
    shown = [] if series is None else [n for n, one in enumerate(series["rounds"]) if one["lowest"] is not None]
    if len(shown) < 2:
        return ()
    runs: Runs = text(" Totals by round: ")
    for place, n in enumerate(shown):
        one, path = series["rounds"][n], f"report.series.rounds.{n}"
        runs += text(f"{'; ' if place else ''}{one['label'] or labels.day(one['held'])} ")
        if one["total"] is not None:
            runs += (material.number(f"{path}.total"),)
        else:
            runs += (material.number(f"{path}.lowest"), Text(text=" to "), material.number(f"{path}.highest"))
    return (*runs, Text(text="."))


def _care(material: ReportData) -> str:
    """What to bear in mind beside a score, or beside two of them."""
    series = material.value("report")["series"]
    if series is None:
        return CARE.replace("this report says so", "the report says so")
    caution: str = series["caution"]
    return caution or UNKNOWN_NOISE


# What the team cannot change alone ---------------------------------------------------------------------------------


def _outside(material: ReportData, contexts: int) -> list[Block]:
    """What lies outside the team's control, the items scored lowest first; empty where nothing of it is told."""
    told = [one for one in material.state.local_context.values() if one.text.strip()]
    if not told or contexts < 1:
        return []
    told.sort(key=lambda one: (_points(material, one.subject), natural(one.subject)))
    items = tuple(
        (
            Text(text=f"{one.subject}  {material.standards[one.subject].title}: ", bold=True),
            *text(shorten(one.text, LONGEST, placeholder=" …")),
        )
        for one in told[:contexts]
        if one.subject in material.standards
    )
    return [
        Heading(level=2, runs=text("What lies outside the team's control"), id="outside"),
        Listing(items=items),
    ]


def _points(material: ReportData, number: str) -> int:
    value = material.effective[number].value if number in material.effective else None
    choice = None if value is None else material.instrument.scale.find(value)
    return choice.points if choice is not None else 0


def _months(state: VisitState, today: date) -> list[Block]:
    """Meetings, days lost, what stood in the way and who was heard, in a few sentences; empty before the programme."""
    now, day = follow_up_view(state, today.isoformat()), scoping_view(state, today.isoformat())
    said = []
    if day is not None and day.days_late is not None and day.days_late > 0:
        said.append(f"The scoping day was {day.days_late} days later than planned.")
    elif day is not None and day.lost is not None and day.lost > 0:
        said.append(f"The scoping day has not been held; {day.lost} days are lost so far.")
    counts = now.meetings
    if counts.planned:
        cancelled = f", {counts.cancelled} cancelled" if counts.cancelled else ""
        following = f"; the next one is planned for {labels.day(counts.next_planned)}" if counts.next_planned else ""
        said.append(f"Meetings on the plan: {counts.held} held{cancelled}{following}.")
    if now.barriers:
        barriers = ", ".join(f"{barrier_label(one.barrier).lower()} ({one.times})" for one in now.barriers)
        said.append(f"In the way of goals: {barriers}.")
    there = presence(state, today.isoformat())
    if there.counted:
        said.append(
            f"Of {there.counted} occasions on which people were counted, patients were at {there.with_patients} and"
            f" carers at {there.with_carers}."
        )
    if not said:
        return []
    heading = Heading(level=2, runs=text("The months since"), id="months")
    return [heading, Paragraph(runs=text(" ".join(said)), style="small")]
