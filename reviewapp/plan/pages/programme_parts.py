"""Parts that several documents of the programme share: who was there, handovers, what was asked, who sees to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import shorten

from reviewapp.figures.escalations import EscalationView, escalation_views
from reviewapp.figures.follow_up import StaffChangeView, follow_up_view
from reviewapp.figures.goals import GoalView, owner_shares
from reviewapp.figures.handovers import HandoverView, handover_views
from reviewapp.figures.presence import HEARD, Occasion, presence
from reviewapp.report.content.report_data import text
from reviewapp.report.runs import Runs, Text
from reviewapp.report.tree import Block, Column, Fact, Facts, Heading, Paragraph, Table
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState

OCCASIONS = {"scoping": "Scoping day", "meeting": "Meeting on the plan", "learning_event": "Learning event"}


# Who was there -----------------------------------------------------------------------------------------------------


def present_in_words(present: Mapping[str, int]) -> str:
    """`Staff: 4; Patients: 1`; a role of whom nobody came is left out."""
    known = list(labels.PRESENT)
    roles = sorted(present, key=lambda role: known.index(role) if role in known else len(known))
    return "; ".join(f"{labels.PRESENT.get(role, role)}: {present[role]}" for role in roles if present[role])


def nobody_of(absent: tuple[str, ...]) -> str:
    """`no patients and no carers`."""
    return labels.all_of([f"no {labels.PRESENT[role].lower()}" for role in absent])


def presence_section(state: VisitState, today: date) -> list[Block]:
    """Patients and carers at each occasion, and at how many neither came; empty while nothing took place."""
    found = presence(state, today.isoformat())
    if not found.occasions:
        return []
    rows = tuple(
        (
            text(_occasion(one)), text(labels.day(one.day) or "no day"),
            *(_heads(one, role) for role in HEARD), _everybody(one),
        )
        for one in found.occasions
    )  # fmt: skip
    columns = (
        Column(title="Occasion", weight=1.8), Column(title="Day", weight=1.4),
        *(Column(title=labels.PRESENT[role], align="right") for role in HEARD),
        Column(title="Everybody", align="right"),
    )  # fmt: skip
    made: list[Block] = [
        Heading(level=2, runs=text("Patients and carers among those present"), id="presence"),
        Table(caption="", columns=columns, rows=rows),
    ]
    if found.with_neither:
        told = f"Neither patients nor carers were there on {found.with_neither} of {found.counted} occasions on which"
        made.append(Paragraph(runs=text(f"{told} people were counted.", bold=True)))
    return made


def _occasion(one: Occasion) -> str:
    return OCCASIONS[one.kind]  # its day stands beside it, and its id is shown nowhere


def _heads(one: Occasion, role: str) -> Runs:
    if one.uncounted:
        return text("not counted", tone="muted")
    n = one.present.get(role, 0)
    return text(f"{n}") if n else text("none", bold=True, tone="not_met")


def _everybody(one: Occasion) -> Runs:
    return text("not counted", tone="muted") if one.uncounted else text(f"{one.people}")


# Handovers ---------------------------------------------------------------------------------------------------------


def handovers_section(state: VisitState) -> list[Block]:
    """Every handover note, newest first, as it was written; empty without one."""
    found = handover_views(state)
    if not found:
        return []
    made: list[Block] = [Heading(level=2, runs=text("Handed over"), id="handovers")]
    for one in found:
        made.append(
            Facts(
                rows=(
                    Fact(label="Post", runs=text(post_of(one), bold=True)),
                    Fact(label="When", runs=text(labels.day(one.date))),
                    Fact(label="From and to", runs=text(from_and_to(one))),
                    Fact(label="What to know", runs=text(one.text.strip())),
                )
            )
        )
    return made


def post_of(one: HandoverView) -> str:
    """The post in words."""
    return labels.POSTS.get(one.post, one.post)


def from_and_to(one: HandoverView) -> str:
    """`Team manager, to deputy manager`; that nobody has the post yet is said."""
    return f"{one.by.strip()}, to {one.to.strip()}" if not one.vacant else f"{one.by.strip()}; nobody has the post yet"


# Staff and learning events ----------------------------------------------------------------------------------------


def staff_section(state: VisitState, today: date) -> list[Block]:
    """Who left or began, and since when they know of the plan; that somebody was not told yet is said."""
    view = follow_up_view(state, today.isoformat())
    changes = sorted((*view.told, *view.not_told), key=lambda one: (one.date, natural(one.id)), reverse=True)
    if not changes:
        return []
    rows = tuple(
        (text(one.what.strip()), text(labels.day(one.date) if one.date else "no day"), _told(one)) for one in changes
    )
    columns = (
        Column(title="What changed", weight=2.6), Column(title="When", weight=1.4),
        Column(title="Told of the plan", weight=1.6),
    )  # fmt: skip
    heading = Heading(level=2, runs=text("Changes of staff"), id="staff")
    return [heading, Table(caption="", columns=columns, rows=rows)]


def _told(one: StaffChangeView) -> Runs:
    if one.briefed:
        return text(labels.day(one.briefed))
    days = f", {one.waiting} days so far" if one.waiting is not None and one.waiting > 0 else ""
    return text(f"not yet{days}", bold=True, tone="not_met")


def learning_section(state: VisitState) -> list[Block]:
    """What teams learnt from each other: what this one offered and what it took home; empty without an event."""
    found = sorted(state.learning_events.values(), key=lambda one: (one.date, natural(one.id)), reverse=True)
    if not found:
        return []
    rows = tuple(
        (text(labels.day(one.date) if one.date else one.id), *(text(words.strip() or "–")
         for words in (one.teams, one.offer, one.take)))
        for one in found
    )  # fmt: skip
    columns = (
        Column(title="When", weight=1.3), Column(title="Who met", weight=1.8),
        Column(title="What we offered", weight=2),
        Column(title="What we took home", weight=2),
    )  # fmt: skip
    heading = Heading(level=2, runs=text("Learning events"), id="learning")
    return [heading, Table(caption="", columns=columns, rows=rows)]


# What was asked of those above the team ----------------------------------------------------------------------------


def asked_table(state: VisitState, today: date) -> list[Block]:
    """What was asked of those above the team, when a reply is wanted, and the answer; empty where nothing was asked."""
    asked = escalation_views(state, today.isoformat())
    if not asked:
        return []
    rows = tuple(
        (text(one.asked.strip()), text(one.to.strip() or "not named"), _wanted(one, "\n"), _answer(one))
        for one in asked
    )
    columns = (
        Column(title="What is asked", weight=2.2), Column(title="Of whom", weight=1.4),
        Column(title="When", weight=1.7), Column(title="Answer", weight=2),
    )  # fmt: skip
    return [Table(caption="", columns=columns, rows=rows)]


def asked_items(state: VisitState, today: date, longest: int) -> tuple[Runs, ...]:
    """The same as items of a list, each in one line or two; longer texts are cut with an ellipsis."""
    return tuple(
        (
            Text(text=shorten(one.asked, longest, placeholder=" …").rstrip("."), bold=True),
            *text(f" ({one.to.strip()})" if one.to.strip() else ""), *text(": "), *_wanted(one, ", "),
            *text("; " if one.open else "; answer: "), *_answer(one, longest), *text("."),
        )
        for one in escalation_views(state, today.isoformat())
    )  # fmt: skip


def _wanted(one: EscalationView, joint: str) -> Runs:
    asked = f"asked {labels.day(one.date)}" if one.date else ""
    wanted = f"reply by {labels.day(one.reply_by)}" if one.reply_by else "no day named for a reply" if one.open else ""
    runs = text(joint.join(filter(None, (asked, wanted))) or "asked")
    return (*runs, Text(text=" (passed)", bold=True, tone="not_met")) if one.late else runs


def _answer(one: EscalationView, longest: int = 10_000) -> Runs:
    if one.open:
        return text("no answer yet", bold=True, tone="not_met")
    on = f" ({labels.day(one.answered)})" if one.answered else ""
    return text(f"{shorten(one.answer.strip().rstrip('.') or 'answered', longest, placeholder=' …')}{on}")


# Goals and owners --------------------------------------------------------------------------------------------------


def goal_end(goal: GoalView) -> str:
    """`Reached on 14 July 2026: item 3 was 2 and is 4`; empty while a goal is open."""
    if goal.status not in ("reached", "left"):
        return ""
    why = f": {goal.reason.strip().rstrip('.')}" if goal.reason.strip() else ""
    return f"{labels.GOAL_STATUS[goal.status]} on {labels.day(goal.ended)}{why}"


def ended_goals(goals: Sequence[GoalView], longest: int) -> list[Block]:
    """The goals that were reached or left, in one small paragraph; empty without any."""
    told = [
        f"{shorten(one.text, longest, placeholder=' …').rstrip('.')} ({labels.GOAL_STATUS[one.status].lower()} on"
        f" {labels.day(one.ended)})"
        for one in goals
    ]
    whole = (Text(text="No longer open: ", bold=True), *text(f"{'; '.join(told)}."))
    return [Paragraph(runs=whole, style="small")] if told else []


def owners_section(state: VisitState) -> list[Block]:
    """How many of the actions each role sees to, so that a plan that rests on one of them is seen."""
    shares = owner_shares(state)
    if not shares:
        return []
    rows = tuple((text(one.owner or "nobody named"), text(f"{one.actions} of {one.of}")) for one in shares)
    columns = (Column(title="Who", weight=2.4), Column(title="Actions", weight=1.0))
    return [
        Heading(level=2, runs=text("Who owns the actions"), id="owners"),
        Table(caption="", columns=columns, rows=rows),
    ]
