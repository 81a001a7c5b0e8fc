"""The page "Progress of the action plan" as of a day, for the interim review and the team's own meetings."""

from __future__ import annotations

from datetime import date

from reviewapp.figures.rounds import this_round
from reviewapp.plan.pages.brief import due_runs
from reviewapp.plan.pages.programme_parts import owners_section
from reviewapp.plan.progress import LogEntry, log_of, plan_progress
from reviewapp.plan.rows import STATUSES, PlanRow, plan_rows
from reviewapp.plan.sent_versions import History
from reviewapp.report.content.report_data import reviewer_in_words, text
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Document, Fact, Facts, Heading, Listing, Paragraph
from reviewapp.visit import labels
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.validators import HOST


def progress(state: VisitState, history: History, today: date) -> Document:
    """The document: every action with its status, due date and log of reports, then standards without an action."""
    day = labels.day(today.isoformat())
    parts: list[Block] = [
        Heading(level=1, runs=text("Progress of the action plan"), id="progress"),
        Paragraph(runs=text(_summary(state, today)), style="lead"),
        Paragraph(
            runs=text(f"{state.info.service}. Review of {labels.day(this_round(state).held)}; this page made on {day}.")
        ),
    ]
    parts += owners_section(state)
    rows = [row for row in plan_rows(state) if not row.spare]
    planned = [(row, a) for row in rows if (a := state.actions.get(row.id)) is not None and a.action.strip()]
    above: str | None = None
    for row, action in planned:
        parts += [] if above == row.number else [Heading(level=2, runs=text(_title(row)), id=f"row-{row.id}")]
        parts += _row(state, row, action, history, today)
        above = row.number
    parts += _not_planned([row for row in rows if row.id not in {one.id for one, _ in planned}])
    return Document(
        title=f"Progress of the action plan: {state.info.service}",
        subject="Progress of the action plan",
        status="final",
        profile="host",
        running=f"{state.info.service} – {day}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _summary(state: VisitState, today: date) -> str:
    """The number of actions by status, and of overdue ones, in a sentence."""
    now = plan_progress(state, today.isoformat())
    counts = [(len(getattr(now, name)), label) for name, label in STATUSES.items()]
    planned = sum(count for count, _ in counts)
    if not planned:
        return "Nothing is planned yet."
    by_status = ", ".join(f"{count} {label}" for count, label in counts if count)
    late = f"; {len(now.late)} overdue" if now.late else ""
    return f"{planned} {'action' if planned == 1 else 'actions'}: {by_status}{late}."


def _not_planned(rows: list[PlanRow]) -> list[Block]:
    """The list of standards without an action; empty if there are none."""
    if not rows:
        return []
    heading = Heading(level=2, runs=text("Not planned yet"), id="waiting")
    return [heading, Listing(items=tuple(text(_title(row)) for row in rows))]


def _title(row: PlanRow) -> str:
    return f"{row.number}  {row.standard.title}" if row.standard else row.number or "Not tied to a standard"


def _row(state: VisitState, row: PlanRow, action: ActionRecord, history: History, today: date) -> list[Block]:
    label = STATUSES.get(action.status, action.status).capitalize()
    facts = [
        Fact(label="Status", runs=(Text(text=label, bold=True, tone="met" if action.status == "done" else "accent"),)),
        Fact(label="Due", runs=due_runs(action, today)),
        Fact(label="Owner", runs=_text_or_placeholder(action.owner)),
        Fact(label="Measure", runs=_text_or_placeholder(action.measure)),
    ]
    said = Paragraph(runs=text(action.action.strip(), bold=True), keep=True)
    return [said, Facts(rows=tuple(facts)), *_log(state, log_of(history(row.id)))]


def _text_or_placeholder(value: str) -> Runs:
    return text(value.strip()) if value.strip() else text("not said yet", tone="muted")


def _log(state: VisitState, log: tuple[LogEntry, ...]) -> list[Block]:
    if not log:
        return []
    items = tuple(
        (Text(text=f"{labels.day(entry.day)}, {_who(state, entry.person)}: ", bold=True), *text(entry.text))
        for entry in log
    )
    return [Paragraph(runs=text("What was reported", bold=True, tone="muted"), keep=True), Listing(items=items)]


def _who(state: VisitState, person: str) -> str:
    return "the team" if person == HOST else reviewer_in_words(state, person)
