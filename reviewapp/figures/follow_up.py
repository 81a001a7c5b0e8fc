"""The months after the scoping day: meetings and hours, barriers, what was asked of whom, who was told.

Pure functions over one visit or over all visits of a facilitator. They count what was recorded and judge nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from reviewapp.figures.escalations import EscalationView, escalation_views
from reviewapp.figures.goals import (
    GoalView,
    OwnerShare,
    ScopingView,
    chosen_goals,
    days_between,
    goal_views,
    owner_shares,
    scoping_view,
)
from reviewapp.figures.goals import warnings as scoping_warnings
from reviewapp.figures.handovers import HandoverView, handover_views
from reviewapp.figures.meetings import MeetingCounts as MeetingCounts  # where everybody looks for these
from reviewapp.figures.meetings import meeting_counts as meeting_counts
from reviewapp.figures.meetings import was_held as was_held
from reviewapp.figures.presence import Presence, presence
from reviewapp.figures.rounds import this_round
from reviewapp.visit import labels
from reviewapp.visit.sorting import natural
from reviewapp.visit.state import VisitState


class BarrierCount(msgspec.Struct, frozen=True, kw_only=True):
    """How often something stood in the way of a goal, and of which goals."""

    barrier: str
    times: int
    goals: tuple[str, ...]


class HelpAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Help asked for at a meeting on one goal, with what was decided and what comes next, until when."""

    follow_up: str
    day: str
    goal: str
    help: str
    decision: str
    next: str
    due: str


class StaffChangeView(msgspec.Struct, frozen=True, kw_only=True):
    """A change of staff: `briefed` is when they were told of the plan; `waiting` days on `today` until they are."""

    id: str
    date: str
    what: str
    briefed: str
    waiting: int | None


class FollowUpView(msgspec.Struct, frozen=True, kw_only=True):
    """The follow-up of one team's plan as of a day."""

    meetings: MeetingCounts
    barriers: tuple[BarrierCount, ...]
    help: tuple[HelpAsked, ...]
    escalations: tuple[EscalationView, ...]
    told: tuple[StaffChangeView, ...]
    not_told: tuple[StaffChangeView, ...]
    learning_events: int


class ProgrammeView(msgspec.Struct, frozen=True, kw_only=True):
    """All that follows a review of one team, as `visit status --json` prints it under `programme`."""

    scoping: ScopingView | None
    goals: tuple[GoalView, ...]
    owners: tuple[OwnerShare, ...]
    readiness: dict[str, str]
    follow_up: FollowUpView
    presence: Presence
    handovers: tuple[HandoverView, ...]
    warnings: tuple[str, ...]


class TeamRow(msgspec.Struct, frozen=True, kw_only=True):
    """One team in the facilitator's overview over several visits; `reached` of its chosen `goals` are reached."""

    visit: str
    service: str
    organisation: str
    round: str
    date: str
    goals: int
    reached: int
    scoping: ScopingView | None
    follow_up: FollowUpView
    presence: Presence
    handovers: tuple[HandoverView, ...]


class FacilitatorOverview(msgspec.Struct, frozen=True, kw_only=True):
    """The teams of one laptop, those with something to do soonest first, and the sums over all of them."""

    teams: tuple[TeamRow, ...]
    meetings: MeetingCounts
    barriers: tuple[BarrierCount, ...]


class StarterBrief(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody new in the team needs to know of the plan: goals, who sees to what, changes since, handovers."""

    goals: tuple[GoalView, ...]
    owners: tuple[OwnerShare, ...]
    next_meeting: str
    decisions: tuple[HelpAsked, ...]
    changes: tuple[StaffChangeView, ...]
    handovers: tuple[HandoverView, ...] = ()


def has_programme(state: VisitState) -> bool:
    """Whether anything of a programme was recorded on this visit."""
    return any(
        (state.goals, state.scoping, state.readiness, state.follow_ups, state.learning_events, state.staff_changes,
         state.escalations, state.handovers)
    )  # fmt: skip


def programme_view(state: VisitState, today: str) -> ProgrammeView:
    """All that follows the review, as of a day, `today` as 2026-11-17."""
    return ProgrammeView(
        scoping=scoping_view(state, today),
        goals=tuple(goal_views(state, today)),
        owners=tuple(owner_shares(state)),
        readiness={
            domain: state.readiness[domain].answer if domain in state.readiness else "" for domain in labels.READINESS
        },
        follow_up=follow_up_view(state, today),
        presence=presence(state, today),
        handovers=handover_views(state),
        warnings=tuple(scoping_warnings(state, today)),
    )


def follow_up_view(state: VisitState, today: str) -> FollowUpView:
    """The follow-up of one team's plan as of a day."""
    changes = _staff_changes(state, today)
    return FollowUpView(
        meetings=meeting_counts(state.follow_ups.values(), today),
        barriers=_barriers([state]),
        help=_said_of_goals(state, only_help=True),
        escalations=escalation_views(state, today),
        told=tuple(one for one in changes if one.briefed),
        not_told=tuple(one for one in changes if not one.briefed),
        learning_events=len(state.learning_events),
    )


def facilitator_overview(visits: Iterable[VisitState], today: str) -> FacilitatorOverview:
    """The teams of one laptop side by side; visits without goals or follow-up are left out."""
    states = [state for state in visits if has_programme(state)]
    rows = [
        TeamRow(
            visit=state.info.id, service=state.info.service, organisation=state.info.organisation,
            round=this_round(state).label, date=state.info.date,
            goals=len(chosen_goals(state)), reached=sum(goal.status == "reached" for goal in chosen_goals(state)),
            scoping=scoping_view(state, today), follow_up=follow_up_view(state, today),
            presence=presence(state, today), handovers=handover_views(state),
        )
        for state in states
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.follow_up.meetings.next_planned or "9999", row.service, row.date))
    meetings = [one for state in states for one in state.follow_ups.values()]
    return FacilitatorOverview(teams=tuple(rows), meetings=meeting_counts(meetings, today), barriers=_barriers(states))


def starter_brief(state: VisitState, today: str) -> StarterBrief:
    """What somebody new needs to know of the plan, as of a day; of changes of staff those since the scoping day."""
    day = next(iter(state.scoping.values()), None)
    since = (day.held or day.planned) if day else ""
    changes = [one for one in _staff_changes(state, today) if one.date >= since]
    return StarterBrief(
        goals=tuple(goal_views(state, today)),
        owners=tuple(owner_shares(state)),
        next_meeting=meeting_counts(state.follow_ups.values(), today).next_planned,
        decisions=tuple(one for one in _said_of_goals(state) if one.decision or one.next),
        changes=tuple(reversed(changes)),
        handovers=handover_views(state),
    )


def barrier_label(barrier: str) -> str:
    """What a barrier is called, in English; one in its own words is called as it was typed."""
    return labels.BARRIERS.get(_plain(barrier), barrier.strip())


def _plain(barrier: str) -> str:
    return " ".join(barrier.replace("_", " ").split()).casefold()


def _barriers(states: Iterable[VisitState]) -> tuple[BarrierCount, ...]:
    """Most often first; one that was typed in two ways, but for capital letters and blanks, is one."""
    times: Counter[str] = Counter()
    goals: dict[str, dict[str, None]] = {}
    for state in states:
        for one in state.follow_up_goals.values():
            barrier = _plain(one.barrier)
            if barrier:
                times[barrier] += 1
                goals.setdefault(barrier, {})[one.goal] = None
    return tuple(
        BarrierCount(barrier=barrier, times=n, goals=tuple(goals[barrier])) for barrier, n in times.most_common()
    )


def _said_of_goals(state: VisitState, *, only_help: bool = False) -> tuple[HelpAsked, ...]:
    """What was said of goals at meetings, newest first."""
    found = []
    for one in state.follow_up_goals.values():
        meeting = state.follow_ups.get(one.follow_up)
        day = (meeting.held or meeting.planned) if meeting else ""
        if one.help.strip() or not only_help:
            found.append(
                HelpAsked(
                    follow_up=one.follow_up, day=day, goal=one.goal, help=one.help, decision=one.decision,
                    next=one.next, due=one.due,
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.day, natural(one.follow_up)), reverse=True))


def _staff_changes(state: VisitState, today: str) -> list[StaffChangeView]:
    """Oldest first; those without a day come first."""
    return [
        StaffChangeView(
            id=one.id, date=one.date, what=one.what, briefed=one.briefed,
            waiting=None if one.briefed else days_between(one.date, today),
        )
        for one in sorted(state.staff_changes.values(), key=lambda one: (one.date, natural(one.id)))
    ]  # fmt: skip
