"""The minutes of the meetings on the plan, the last one first: by goal what was said, decided and asked of whom."""

from __future__ import annotations

from datetime import date

from reviewapp.figures.follow_up import barrier_label, follow_up_view, was_held
from reviewapp.figures.goals import GoalView, goal_views, is_open
from reviewapp.figures.presence import absent_of
from reviewapp.plan.pages.programme_parts import (
    asked_table,
    goal_end,
    handovers_section,
    learning_section,
    nobody_of,
    owners_section,
    presence_section,
    present_in_words,
    staff_section,
)
from reviewapp.report.content.report_data import text
from reviewapp.report.runs import Text
from reviewapp.report.tree import Block, Document, Fact, Facts, Heading, Listing, Paragraph
from reviewapp.visit import labels
from reviewapp.visit.programme_records import FollowUpGoalRecord, FollowUpRecord
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState


def follow_up(state: VisitState, today: date) -> Document:
    """The document: meetings that were held, newest first, what was asked above the team, and what did not happen."""
    held = [one for one in state.follow_ups.values() if was_held(one)]
    held.sort(key=lambda one: (one.held or one.planned, natural(one.id)), reverse=True)
    parts: list[Block] = [
        Heading(level=1, runs=text("Meetings on the plan"), id="follow-up"),
        Paragraph(runs=text(_summary(state, today)), style="lead"),
    ]
    goals = goal_views(state, today.isoformat())
    for meeting in held:
        parts += _meeting(state, meeting, goals)
    if not held and state.follow_ups:
        parts.append(Paragraph(runs=text("No meeting is recorded as held.")))
    parts += [
        *_ended(goals), *presence_section(state, today), *owners_section(state), *_asked(state, today),
        *staff_section(state, today), *handovers_section(state), *learning_section(state), *_not_held(state, today),
    ]  # fmt: skip
    day = labels.day(today.isoformat())
    return Document(
        title=f"Meetings on the plan: {state.info.service}",
        subject="Minutes of the meetings on the plan",
        status="final",
        profile="host",
        running=f"{state.info.service} – {day}",
        parts=tuple(parts),
        made=state.last_counted or today.isoformat(),
        author="The review team",
    )


def _summary(state: VisitState, today: date) -> str:
    """How many meetings there were to be, were held and were cancelled, and when the next one is."""
    counts = follow_up_view(state, today.isoformat()).meetings
    if not state.follow_ups:
        return f"{state.info.service}. No meeting has been recorded."
    said = [f"{counts.held} held"]
    said += [f"{counts.cancelled} cancelled"] if counts.cancelled else []
    said += [f"{counts.unknown} of which nothing is recorded"] if counts.unknown else []
    following = f" The next one is planned for {labels.day(counts.next_planned)}." if counts.next_planned else ""
    many = "meeting" if counts.planned == 1 else "meetings"
    return f"{state.info.service}. {counts.planned} {many}: {', '.join(said)}.{following}"


def _meeting(state: VisitState, meeting: FollowUpRecord, goals: list[GoalView]) -> list[Block]:
    day = meeting.held or meeting.planned
    title = f"Meeting of {labels.day(day)}" if day else f"Meeting {meeting.id}"
    facts = []
    if meeting.planned and meeting.planned != meeting.held:
        facts.append(Fact(label="Planned for", runs=text(labels.day(meeting.planned))))
    facts += [
        Fact(label=label, runs=text(words.strip()))
        for label, words in (("Who was there", meeting.who), ("Counted", _counted(meeting)), ("Note", meeting.note))
        if words.strip()
    ]
    made: list[Block] = [Heading(level=2, runs=text(title), id=f"meeting-{meeting.id}")]
    if facts:
        made.append(Facts(rows=tuple(facts)))
    named = {goal.id: goal.text for goal in goals if is_open(goal) or not day or goal.ended >= day}
    said = {one.goal: one for one in state.follow_up_goals.values() if one.follow_up == meeting.id}
    for goal in [*named, *sorted(said.keys() - named.keys(), key=natural)]:
        made += _goal(meeting, goal, named.get(goal) or _text_of(state, goal), said.get(goal))
    return made


def _counted(meeting: FollowUpRecord) -> str:
    """`Staff: 4; Patients: 1; no carers`; empty while nobody was counted."""
    return "; ".join(filter(None, (present_in_words(meeting.present), nobody_of(absent_of(meeting.present)))))


def _ended(goals: list[GoalView]) -> list[Block]:
    """The goals that were reached or left, each with its day and why."""
    ended = [goal for goal in goals if not is_open(goal)]
    if not ended:
        return []
    items = tuple(
        (Text(text=f"{goal.id}  {goal.text.strip()}. ", bold=True), *text(f"{goal_end(goal)}.")) for goal in ended
    )
    return [Heading(level=2, runs=text("Goals that are reached or left"), id="ended"), Listing(items=items)]


def _asked(state: VisitState, today: date) -> list[Block]:
    """What was asked of those above the team, and the answer; that there is none yet is said."""
    asked = asked_table(state, today)
    return [Heading(level=2, runs=text("Asked of those above the team"), id="asked"), *asked] if asked else []


def _text_of(state: VisitState, goal: str) -> str:
    """What a goal says that is no longer among the chosen ones; its number alone where it was never chosen."""
    known = state.goals.get(goal)
    return known.text if known is not None and known.chosen_by.strip() else ""


def _goal(meeting: FollowUpRecord, goal: str, words: str, said: FollowUpGoalRecord | None) -> list[Block]:
    heading = Heading(
        level=3, runs=text(f"{goal}  {words.strip()}".strip()), id=f"meeting-{meeting.id}-{goal}", entry=True
    )
    if said is None:
        return [heading, Paragraph(runs=text("Nothing is noted.", tone="muted"))]
    barrier = barrier_label(said.barrier) if said.barrier.strip() else ""
    by = f" (by {labels.day(said.due)})" if said.due else ""
    facts = [
        Fact(label=label, runs=text(words_.strip()))
        for label, words_ in (
            ("Progress", said.progress), ("In the way", barrier), ("Help asked", said.help),
            ("Decided", said.decision), ("Next step", f"{said.next.strip()}{by}" if said.next.strip() or by else ""),
        )
        if words_.strip()
    ]  # fmt: skip
    return [heading, Facts(rows=tuple(facts))] if facts else [heading, Paragraph(runs=text("Nothing is noted."))]


def _not_held(state: VisitState, today: date) -> list[Block]:
    """Meetings that were cancelled, with why as far as it is noted, and those whose day has passed without a word."""
    found = []
    for one in sorted(state.follow_ups.values(), key=lambda one: (one.planned, natural(one.id))):
        day = labels.day(one.planned) if one.planned else one.id
        if one.status == "cancelled":
            found.append(text(f"{day}: cancelled{f'. {one.note.strip()}' if one.note.strip() else ''}"))
        elif not was_held(one) and "" < one.planned < today.isoformat():
            found.append(text(f"{day}: planned, and nothing more is recorded"))
    if not found:
        return []
    return [Heading(level=2, runs=text("Not recorded as held"), id="not-held"), Listing(items=tuple(found))]
