"""The page "Our peer review in one page" for new staff: findings, actions with their owners, and what is due next."""

from __future__ import annotations

from datetime import date
from textwrap import shorten
from typing import Any, Literal

from reviewapp.figures.goals import GoalView, chosen_goals, goal_views, is_open
from reviewapp.figures.handovers import HandoverView, handover_views
from reviewapp.plan.pages.programme_parts import ended_goals, from_and_to, post_of
from reviewapp.plan.progress import PlanProgress, plan_progress
from reviewapp.plan.rows import STATUSES, overdue
from reviewapp.report.content.front_matter import counted
from reviewapp.report.content.ranking import gaps, strengths
from reviewapp.report.content.report_data import ReportData, text
from reviewapp.report.runs import Run, Runs, Text
from reviewapp.report.tree import Block, Callout, Column, Document, Heading, Listing, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.state import ActionRecord, VisitState, has_committee

MOST_ROWS = 8
"""The most actions in the table."""
NAMED = 3
"""The most strengths, gaps and reminders listed."""
LONGEST_ACTION, LONGEST_OWNER, LONGEST_REMINDER, LONGEST_HANDOVER = 110, 50, 68, 120
"""Longest texts printed, in characters; a cut text ends in an ellipsis, and the plan has it in full."""


def brief(state: VisitState, status: dict[str, Any], today: date, *, rows: int = MOST_ROWS) -> Document:
    """The document, with at most `rows` actions in its table; `status` is the document of `visit status --json`."""
    material, now = ReportData(state, status, "host"), plan_progress(state, today.isoformat())
    final = not has_committee(state) or any(d.label.strip() for d in state.decisions.values())
    kind: Literal["draft", "final"] = "final" if final else "draft"
    parts: list[Block] = [
        Heading(level=1, runs=text(f"{_review(material)} on one page"), id="brief"),
        *_findings(material),
        *_goals(state, today),
        *_actions(material, now, today, rows),
        *([] if chosen_goals(state) else _due_next(now, today)),
        *_handed_over(state),
        *_further_reading(material),
    ]
    return Document(
        title=f"{_review(material)} on one page: {state.info.service}",
        subject="Brief for new members of staff",
        status=kind,
        profile="host",
        running=f"{state.info.service} – {labels.day(today.isoformat())}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _review(material: ReportData) -> str:
    return "Our fidelity review" if material.scored else "Our peer review"


def _handed_over(state: VisitState) -> list[Block]:
    """The newest handover note of each post, shortened; the minutes of the meetings have them in full."""
    newest: dict[str, HandoverView] = {}
    for one in handover_views(state):
        newest.setdefault(one.post, one)
    if not newest:
        return []
    items = tuple(
        (
            Text(text=f"{post_of(one)}, {labels.day(one.date)}: ", bold=True),
            *text(f"{from_and_to(one)}. {shorten(one.text, LONGEST_HANDOVER, placeholder=' …')}"),
        )
        for one in newest.values()
    )
    return [Heading(level=2, runs=text("What was handed over"), id="handed-over"), Listing(items=items)]


def _findings(material: ReportData) -> list[Block]:
    best, pressing = strengths(material)[:NAMED], gaps(material)[:NAMED]
    made: list[Block] = [
        Heading(level=2, runs=text("What the visit found"), id="found"),
        Paragraph(runs=counted(material)),
    ]
    for label, numbers in (("What is good here: ", best), ("What to work on first: ", pressing)):
        if numbers:
            titles = "; ".join(shorten(material.standards[n].title, 80, placeholder=" …") for n in numbers)
            made.append(Paragraph(runs=(Text(text=label, bold=True), *text(f"{titles}."))))
    if material.instrument.scope == "subset":
        note = material.instrument.subset_note.strip() or "on a subset of the standards; not an accreditation outcome"
        made.append(Paragraph(runs=text(f"All figures here are {note}."), style="small"))
    return made


def _goals(state: VisitState, today: date) -> list[Block]:
    """The goals that the team has chosen, each with what is to be reached and how many of its actions are done."""
    goals = goal_views(state, today.isoformat())
    if not goals:
        return []
    shown = [one for one in goals if is_open(one)]
    return [
        Heading(level=2, runs=text("The team's goals"), id="goals"),
        *([Listing(items=tuple(map(_goal, shown)))] if shown else []),
        *ended_goals([one for one in goals if not is_open(one)], LONGEST_REMINDER),
    ]


def _goal(goal: GoalView) -> Runs:
    runs: list[Run] = [Text(text=shorten(goal.text, LONGEST_ACTION, placeholder=" …"), bold=True)]
    if goal.target.strip():
        runs += text(f": {shorten(goal.target, LONGEST_REMINDER, placeholder=' …')}")
    of = sum(goal.actions.values()) - goal.actions["dropped"]
    if of:
        runs.append(
            Text(text=f" ({goal.actions['done']} of {of} {'action' if of == 1 else 'actions'} done)", tone="muted")
        )
    return tuple(runs)


def _actions(material: ReportData, now: PlanProgress, today: date, rows: int) -> list[Block]:
    made: list[Block] = [Heading(level=2, runs=text("What the team has decided to do"), id="decided")]
    if not (now.under_way or now.done):
        return [*made, Paragraph(runs=text("Nothing has been decided yet."))]
    listed = [*now.under_way, *now.done][:rows]
    columns = (
        Column(title="What", weight=3.2),
        Column(title="Owner", weight=1.4),
        Column(title="Due", weight=1.35),
        Column(title="Status", weight=1.0),
    )
    table = Table(caption="", columns=columns, rows=tuple(_row(material, a, today) for a in listed))
    left = len(now.under_way) + len(now.done) - len(listed)
    if listed:
        made.append(table)
    if left:
        also = f"and {left} more in the action plan" if listed else f"{left} actions, all in the action plan"
        made.append(Paragraph(runs=text(f"{also[:1].upper()}{also[1:]}."), style="small"))
    return made


def _row(material: ReportData, action: ActionRecord, today: date) -> tuple[Runs, ...]:
    what: list[Run] = [*text(shorten(action.action, LONGEST_ACTION, placeholder=" …"))]
    if action.standard in material.standards:
        kind = "item" if material.scored else "standard"
        what.append(Text(text=f" ({kind} {action.standard})", tone="muted"))
    owner = shorten(action.owner, LONGEST_OWNER, placeholder=" …")
    return (
        tuple(what),
        text(owner) if owner else text("not named yet", tone="muted"),
        due_runs(action, today),
        text(STATUSES.get(action.status, action.status).capitalize(), tone="met" if action.status == "done" else ""),
    )


def due_runs(action: ActionRecord, today: date) -> Runs:
    """The due date as text, with the word `overdue` if it has passed; `no day set` without one."""
    if not action.due:
        return text("no day set", tone="muted")
    if overdue(action, today.isoformat()):
        return (*text(f"{labels.day(action.due)} "), Text(text="overdue", bold=True, tone="not_met"))
    return text(labels.day(action.due))


def _due_next(now: PlanProgress, today: date) -> list[Block]:
    """What is due next, where no goals order the plan: under goals the table itself begins with it."""
    coming = [*now.late, *now.next][:NAMED]
    if not coming:
        return []
    items = tuple(
        (*due_runs(a, today), *text(f": {shorten(a.action, LONGEST_REMINDER, placeholder=' …')}")) for a in coming
    )
    return [Heading(level=2, runs=text("What is due next"), id="next"), Listing(items=items)]


def _further_reading(material: ReportData) -> list[Block]:
    instrument, one = material.instrument, material.nouns.one
    body = (
        f"The report of the visit on {material.day} says what was found on every {one}, and why. The "
        "action plan has every action with its measure of success and what has happened so far. "
        f"The {material.nouns.many} are those of {instrument.title}, {instrument.edition}."
    )
    return [Callout(title="Where to read more", runs=text(body))]
