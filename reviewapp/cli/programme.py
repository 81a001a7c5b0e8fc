"""What follows a review, as `visit status` and `visits --follow-up` print it: rounds, goals, meetings on the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click
import msgspec

from reviewapp.base.dates import today
from reviewapp.base.errors import ReviewError
from reviewapp.cli.common import CliContext, print_json
from reviewapp.figures.ask_first import ask_first
from reviewapp.figures.escalations import EscalationView
from reviewapp.figures.follow_up import (
    FacilitatorOverview,
    MeetingCounts,
    ProgrammeView,
    barrier_label,
    facilitator_overview,
    has_programme,
    programme_view,
)
from reviewapp.figures.goals import MOST_ADVISED, candidates, is_open, open_goals
from reviewapp.figures.reach import reach
from reviewapp.figures.rounds import this_round
from reviewapp.visit.labels import POSTS
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements import Goal, Statement
from reviewapp.workspace.laptop import VisitSummary


def programme_part(state: VisitState, me: str) -> dict[str, Any]:
    """`round` and `programme` of `visit status --json`, each where there is something of it."""
    made: dict[str, Any] = {}
    within = reach(state)
    if within is not None:
        made["reach"] = msgspec.to_builtins(within) | {"within": within.within}
    if state.rounds:
        own = this_round(state)
        made["round"] = {"label": own.label, "planned": own.planned, "held": own.held, "ask_first": ask_first(state)}
    if has_programme(state):
        view = msgspec.to_builtins(programme_view(state, today().isoformat()))
        made["programme"] = view | {"candidates": candidates(state, me)}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(made))
    return plain


def programme_lines(state: VisitState) -> Iterator[str]:
    """The same in a few lines of text; nothing where there is nothing of it."""
    within = reach(state)
    if within is not None and within.with_context:
        yield (
            f"  of {within.below_highest} items below the highest score, local context is given for "
            f"{within.with_context}; {within.within} are within the team's reach"
        )
    asked = ask_first(state)
    if asked is not None and (asked.first or asked.carried):
        first = ", ".join(one.standard for one in asked.first) or "nothing"
        yield f"  ask first: {first}; {len(asked.carried)} values are carried from {_from(asked.carried)}"
    if not has_programme(state):
        return
    view = programme_view(state, today().isoformat())
    for part in (_goal_lines, _scoping_lines, _presence_lines, _follow_up_lines):
        yield from part(view)
    for words in view.warnings:
        yield f"  note: {words}"


def _goal_lines(view: ProgrammeView) -> Iterator[str]:
    for goal in view.goals:
        done, of = goal.actions["done"], sum(goal.actions.values())
        how = f"{done} of {of} actions done, {goal.late} late" if is_open(goal) else f"{goal.status} on {goal.ended}"
        yield f"  goal {goal.id}: {goal.text}; {how}"
    if view.owners:
        shares = [f"{one.owner or 'nobody named'} {one.actions} of {one.of}" for one in view.owners]
        yield f"  owners: {'; '.join(shares)}"


def _presence_lines(view: ProgrammeView) -> Iterator[str]:
    there = view.presence
    if there.counted:
        yield (
            f"  of {there.counted} occasions on which people were counted, patients were at {there.with_patients},"
            f" carers at {there.with_carers}, neither at {there.with_neither}"
        )


def _follow_up_lines(view: ProgrammeView) -> Iterator[str]:
    if view.follow_up.meetings.planned:
        yield f"  meetings: {_meetings(view.follow_up.meetings)}"
    if view.follow_up.not_told:
        yield f"  not told of the plan yet: {'; '.join(one.what for one in view.follow_up.not_told)}"
    waiting = [one for one in view.follow_up.escalations if one.open]
    if waiting:
        yield f"  no answer yet: {'; '.join(f'{one.asked} ({_of_whom(one)})' for one in waiting)}"
    for note in view.handovers:
        to = note.to or "nobody yet"
        yield f"  handed over {note.date}: {POSTS.get(note.post, note.post).lower()}, from {note.by} to {to}"


def warn_of_goals(state: VisitState, lines: Sequence[Statement]) -> list[str]:
    """What to say of goals that were just chosen, when there are more than are advised."""
    if not any(isinstance(line, Goal) and line.chosen_by for line in lines):
        return []
    many = len(open_goals(state))
    return [f"{many} goals are chosen; 3 or 4 in twelve months are advised"] if many > MOST_ADVISED else []


def tell_follow_up(context: CliContext, found: Sequence[VisitSummary], *, as_json: bool) -> None:
    """`visits --follow-up`: the teams of this laptop side by side; a visit that cannot be opened is told on stderr."""
    states = []
    for one in found:
        try:
            with context.open_visit(one.id, read_only=True) as visit:
                states.append(visit.state)
        except ReviewError as error:
            click.echo(f"note: {one.id} is left out: {error}", err=True)
    overview = facilitator_overview(states, today().isoformat())
    if as_json:
        print_json(overview)
        return
    for line in _overview_lines(overview):
        click.echo(line)


def _overview_lines(overview: FacilitatorOverview) -> Iterator[str]:
    for row in overview.teams:
        yield f"{row.visit}  {row.service}{f' ({row.round})' if row.round else ''}: {_meetings(row.follow_up.meetings)}"
        for one in row.follow_up.escalations:
            answer = f"answered {one.answered}" if not one.open else "no answer yet"
            yield f"  asked of {_of_whom(one)}: {one.asked}; {answer}"
    if not overview.teams:
        yield "no visit here has goals or follow-up yet"
        return
    yield f"all teams: {_meetings(overview.meetings)}"
    if overview.barriers:
        yield "in the way: " + ", ".join(f"{barrier_label(one.barrier)} {one.times}" for one in overview.barriers)


def _of_whom(one: EscalationView) -> str:
    """Of whom something is asked, and by when a reply is wanted while there is none."""
    wanted = f", reply wanted by {one.reply_by}{', which has passed' if one.late else ''}" if one.open else ""
    return f"{one.to or 'nobody named'}{wanted if one.reply_by else ''}"


def _scoping_lines(view: ProgrammeView) -> Iterator[str]:
    day = view.scoping
    if day is None:
        return
    if day.held:
        late = f", {day.days_late} days after it was planned" if day.days_late else ""
        yield f"  scoping day: {day.held}{late}; {day.people} people"
    else:
        waited = f", {day.lost} days ago" if day.lost and day.lost > 0 else ""
        yield f"  scoping day: planned for {day.planned}{waited}; not held yet"


def _meetings(counts: MeetingCounts) -> str:
    hours = f"; {counts.hours:g} of {counts.hours_planned:g} hours" if counts.hours or counts.hours_planned else ""
    if not counts.planned:
        return "no meetings yet"
    parts = [f"{counts.held} of {counts.planned} held"]
    parts += [f"{counts.cancelled} cancelled"] if counts.cancelled else []
    parts += [f"{counts.unknown} without a word since their day"] if counts.unknown else []
    parts += [f"next {counts.next_planned}"] if counts.next_planned else []
    return ", ".join(parts) + hours


def _from(carried: Sequence[Any]) -> str:
    return " and ".join(dict.fromkeys(one.label for one in carried)) or "no earlier round"
