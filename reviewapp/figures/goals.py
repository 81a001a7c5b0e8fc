"""The team's goals: candidates with their votes, those that were chosen, where they began, and how far they are.

Pure functions over a visit: votes, shares and counts are worked out anew each time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import msgspec

from reviewapp.base.i18n import _, join_words, plural
from reviewapp.figures.ratings import effective_ratings, rating_values
from reviewapp.figures.rounds import this_round
from reviewapp.instruments.model import Score
from reviewapp.visit import labels
from reviewapp.visit.blind import is_suggestion, seen_goals
from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.state import ActionRecord, VisitState
from reviewapp.visit.validators import is_day

MOST_ADVISED = 4
"""Three or four goals in twelve months are advised (CORE service improvement programme); more are warned of."""
ENDED = ("reached", "left")
"""The statuses of a goal that the team works at no more."""
UNDER_WAY = ("open", "in_progress")
"""The statuses of an action that is still to be done."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Something that may become a goal: who proposed it (empty: the team), its votes (None: not counted), chosen.

    `status`, `ended` and `reason` as of a goal: a candidate may be left without having been chosen.
    """

    id: str
    text: str
    standards: tuple[str, ...]
    proposed_by: str
    suggestion: bool
    votes: int | None
    chosen_by: str
    status: str = "open"
    ended: str = ""
    reason: str = ""


class RoundValue(msgspec.Struct, frozen=True, kw_only=True):
    """What a standard was rated at one round; `label` is empty for a round without one."""

    label: str
    value: Score | None


class GoalStandard(msgspec.Struct, frozen=True, kw_only=True):
    """A standard that a goal is to lift. `values` has every round that knows of it, the visit itself last.

    `baseline` is its first value and `began` the label of that round; both empty while there is none.
    """

    standard: str
    baseline: Score | None
    began: str
    now: Score | None
    values: tuple[RoundValue, ...]


class GoalView(msgspec.Struct, frozen=True, kw_only=True):
    """A chosen goal with its standards, the number of its actions by status, and how many of them are late.

    `status` is `open`, `reached` or `left`; `ended` is the day on which it ended, and `reason` why.
    """

    id: str
    text: str
    why: str
    target: str
    chosen_by: str
    votes: int | None
    standards: tuple[GoalStandard, ...]
    actions: dict[str, int]
    late: int
    status: str = "open"
    ended: str = ""
    reason: str = ""


class OwnerShare(msgspec.Struct, frozen=True, kw_only=True):
    """How many actions a role sees to, of all; the role is empty for actions without an owner."""

    owner: str
    actions: int
    of: int


class ScopingView(msgspec.Struct, frozen=True, kw_only=True):
    """The scoping day. `days_late` from the planned to the held day, `days_after` from the review to the held day.

    `lost` is how many days the programme has waited on `today` where the day was not held yet. `absent` names those of
    patients and carers of whom nobody is counted; `uncounted` is true while nobody was counted at all.
    """

    planned: str
    held: str
    days_late: int | None
    days_after: int | None
    lost: int | None
    present: dict[str, int]
    people: int
    absent: tuple[str, ...]
    uncounted: bool


def chosen_goals(state: VisitState) -> list[GoalRecord]:
    """The goals of the plan, in the order of their ids, those that were reached or left among them."""
    return [goal for goal in state.goals.values() if goal.chosen_by.strip()]


def open_goals(state: VisitState) -> list[GoalRecord]:
    """The goals that the team works at: chosen, and neither reached nor left."""
    return [goal for goal in chosen_goals(state) if is_open(goal)]


def is_open(goal: GoalRecord | GoalView | Candidate) -> bool:
    """Whether a goal or candidate was neither reached nor left."""
    return goal.status not in ENDED


def candidates(state: VisitState, me: str) -> list[Candidate]:
    """All that may be shown to `me` of what may become a goal: most votes first, then by id; uncounted ones last."""
    found = [
        Candidate(
            id=goal.id, text=goal.text, standards=goal.standards, proposed_by=goal.proposed_by,
            suggestion=is_suggestion(state, goal), votes=_votes(state, goal.id), chosen_by=goal.chosen_by,
            status=goal.status or "open", ended=goal.ended, reason=goal.reason,
        )
        for goal in seen_goals(state, me).values()
    ]  # fmt: skip
    return sorted(found, key=lambda one: -1 if one.votes is None else one.votes, reverse=True)


def goal_views(state: VisitState, today: str) -> list[GoalView]:
    """The chosen goals as of a day, `today` as 2026-11-17; those that were reached or left come last."""
    now = rating_values(effective_ratings(state))
    made = []
    for goal in chosen_goals(state):
        actions = [one for one in state.actions.values() if one.goal == goal.id]
        by_status = Counter(one.status for one in actions)
        made.append(
            GoalView(
                id=goal.id,
                text=goal.text,
                why=goal.why,
                target=goal.target,
                chosen_by=goal.chosen_by,
                votes=_votes(state, goal.id),
                standards=tuple(_standard(state, number, now.get(number)) for number in goal.standards),
                actions={status: by_status[status] for status in ("open", "in_progress", "done", "dropped")},
                late=sum(_is_late(one, today) for one in actions),
                status=goal.status or "open",
                ended=goal.ended,
                reason=goal.reason,
            )
        )
    return sorted(made, key=lambda one: not is_open(one))


def owner_shares(state: VisitState) -> list[OwnerShare]:
    """The share of the actions that each role sees to, most first; those without an owner last, dropped ones not."""
    owners = [
        " ".join(one.owner.split()) for one in state.actions.values() if one.action.strip() and one.status != "dropped"
    ]
    named = {owner.casefold(): owner for owner in reversed(owners)}
    tally = Counter(owner.casefold() for owner in owners)
    ordered = sorted(tally, key=lambda owner: (not owner, -tally[owner], owner))
    return [OwnerShare(owner=named[owner], actions=tally[owner], of=len(owners)) for owner in ordered]


def scoping_view(state: VisitState, today: str) -> ScopingView | None:
    """The scoping day as of a day; None while nothing is known of one."""
    day = next(iter(state.scoping.values()), None)
    if day is None:
        return None
    own = this_round(state)
    absent = tuple(role for role in ("patients", "carers") if not day.present.get(role))
    return ScopingView(
        planned=day.planned, held=day.held,
        days_late=days_between(day.planned, day.held), days_after=days_between(own.held or own.planned, day.held),
        lost=None if day.held else days_between(day.planned or own.held or own.planned, today),
        present=dict(day.present), people=sum(day.present.values()), absent=absent, uncounted=not day.present,
    )  # fmt: skip


def warnings(state: VisitState, today: str) -> list[str]:
    """What whoever leads the scoping day should hear, each as one sentence."""
    chosen, day = open_goals(state), scoping_view(state, today)
    found = []
    if len(chosen) > MOST_ADVISED:
        found.append(
            plural(
                "{n} goal is chosen; we advise 3 or 4 in twelve months",
                "{n} goals are chosen; we advise 3 or 4 in twelve months",
                len(chosen),
            )
        )
    if day is not None and not day.uncounted and day.absent:
        nobody = join_words([_(labels.PRESENT[role]).lower() for role in day.absent], _(" or "))
        found.append(_("there were no {nobody} at the scoping day", nobody=nobody))
    if day is not None and day.days_late is not None and day.days_late > 0:
        found.append(
            plural(
                "the scoping day was {n} day later than planned",
                "the scoping day was {n} days later than planned",
                day.days_late,
            )
        )
    actions = [one for one in state.actions.values() if one.status in UNDER_WAY and one.action.strip()]
    without = [one for one in actions if one.goal in state.goals and not one.owner.strip()]
    if without:
        found.append(
            plural("{n} action under a goal has no owner", "{n} actions under a goal have no owner", len(without))
        )
    return found


def days_between(earlier: str, later: str) -> int | None:
    """The number of days from one day to another, negative when it is before; None unless both are days."""
    if not (is_day(earlier) and is_day(later)):
        return None
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def new_goal_id(state: VisitState, me: str, taken: Sequence[str] = ()) -> str:
    """An id for a new goal: `G3` for the team's own, `R2.3` for a reviewer's, which no other laptop gives too."""
    begin = f"{me}." if me in state.people else "G"
    used = {*state.goals, *taken}
    return next(name for n in range(1, len(used) + 2) if (name := f"{begin}{n}") not in used)


def _standard(state: VisitState, number: str, now: Score | None) -> GoalStandard:
    earlier = sorted((one for one in state.rounds.values() if number in one.scores), key=lambda one: one.held)
    values = [RoundValue(label=one.label, value=one.scores[number]) for one in earlier]
    values.append(RoundValue(label=this_round(state).label, value=now))
    first = next((one for one in values if one.value is not None), None)
    return GoalStandard(
        standard=number, baseline=first.value if first else None, began=first.label if first else "", now=now,
        values=tuple(values),
    )  # fmt: skip


def _votes(state: VisitState, goal: str) -> int | None:
    held = state.votes.get(goal)
    return held.n if held is not None else None


def _is_late(action: ActionRecord, today: str) -> bool:
    return action.status in UNDER_WAY and "" < action.due < today
