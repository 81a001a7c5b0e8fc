"""Who may not see what yet: others' ratings and themes before the meeting, suggestions before the team's own goals.

Reviewers rate without knowing each other's ratings, so that the meeting hears what each of them saw. A team chooses its
goals without knowing what reviewers would choose, so that the goals are its own.
"""

from __future__ import annotations

import re

import msgspec

from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.second import ALSO_KINDS, plain_key, second_state
from reviewapp.visit.state import Conflict, VisitState
from reviewapp.visit.theme_records import CodingRecord

_REVIEWERS = re.compile(r"\b(reviewers?|review team)\b", re.IGNORECASE)
JUDGED = ("rating", "also_rating", "criterion", "also_criterion")
"""Kinds of record in which reviewers judge on their own: their keys begin with the standard and end in the author."""


def shows_others(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` may be shown what others rated this standard, and what they found of its criteria.

    Nobody, the lead included, before the lead has opened the meeting; then whoever has given a rating of their own (or,
    where the standard has a score map, found something of its criteria), or never gives one (observers, host,
    committee).
    """
    return state.meeting_opened and (not rates(state, me) or has_rated(state, me, standard))


def as_seen_by(state: VisitState, me: str) -> VisitState:
    """What figures, a forecast or a report may be made of for `me`.

    Before the meeting was opened these would tell a reviewer what the others rated, so they rest on that reviewer's
    own ratings; the lead, who prepares the meeting, has all of them. Suggestions are hidden from everybody else.
    """
    seen = seen_goals(state, me)
    if len(seen) < len(state.goals):
        state = msgspec.structs.replace(state, goals=seen, conflicts=tuple(seen_conflicts(state, me)))
    if state.meeting_opened or _leads(state, me):
        return state
    mine = {key: rating for key, rating in state.ratings.items() if rating.person == me}
    also = {key: rating for key, rating in state.also_ratings.items() if rating.person == me}
    found = {key: one for key, one in state.criteria.items() if one.person == me}
    also_found = {key: one for key, one in state.also_criteria.items() if one.person == me}
    return msgspec.structs.replace(
        state,
        ratings=mine,
        also_ratings=also,
        criteria=found,
        also_criteria=also_found,
        codings=seen_codings(state, me),
        conflicts=tuple(seen_conflicts(state, me)),
    )


def seen_findings(state: VisitState, me: str) -> VisitState:
    """The visit with those findings on criteria that `me` may be shown: for a screen of one reviewer.

    Before the meeting was opened these are one's own, also for the lead; then the others' of each standard that one
    has rated oneself.
    """
    own = msgspec.structs.replace(state, criteria={k: one for k, one in state.criteria.items() if one.person == me})
    if not state.meeting_opened:
        return own
    about = {one.standard for one in state.criteria.values()}
    shown = {number for number in about if shows_others(own, me, number)}
    found = {key: one for key, one in state.criteria.items() if one.person == me or one.standard in shown}
    return msgspec.structs.replace(state, criteria=found)


def seen_conflicts(state: VisitState, me: str) -> list[Conflict]:
    """The conflicts that may be shown to `me`: to a reviewer not two versions of a rating that is hidden still."""
    hidden = state.goals.keys() - seen_goals(state, me).keys()
    shown = [one for one in state.conflicts if one.entity != "goal" or one.key not in hidden]
    if _leads(state, me):
        return shown
    codings = seen_codings(state, me)
    return [
        one
        for one in shown
        if (one.entity not in JUDGED or _may_see(state, me, one)) and (one.entity != "coding" or one.key in codings)
    ]


def seen_codings(state: VisitState, me: str) -> dict[str, CodingRecord]:
    """The codings that may be shown to `me`: before the meeting was opened one's own, and to the lead all.

    Coders who see each other's themes first are no longer two coders.
    """
    if state.meeting_opened or _leads(state, me):
        return state.codings
    return {key: coding for key, coding in state.codings.items() if coding.person == me}


def is_suggestion(state: VisitState, goal: GoalRecord) -> bool:
    """Whether somebody of the review team proposed this goal: named by code or by name, or the reviewers as such."""
    by = goal.proposed_by.strip()
    codes = set(re.findall(r"\w+", by)) & state.people.keys()
    names = {one.name.casefold() for one in state.people.values() if one.name}
    return bool(codes) or by.casefold() in names or bool(_REVIEWERS.search(by))


def suggestions_shown(state: VisitState) -> bool:
    """Whether the one who leads the scoping day has shown what reviewers suggest."""
    return any(one.shown for one in state.suggestions.values())


def hides_goal(state: VisitState, me: str, goal: GoalRecord) -> bool:
    """Whether `me` may not be shown this goal: a suggestion of others that is neither shown nor chosen yet."""
    if goal.chosen_by or suggestions_shown(state) or not is_suggestion(state, goal):
        return False
    return me not in re.findall(r"\w+", goal.proposed_by)


def hides_history(state: VisitState, me: str, entity: str, key: str) -> bool:
    """Whether `me` may not be told what this record ever said: that of a suggestion that is hidden still."""
    goal = state.goals.get(key) if entity == "goal" else None
    return goal is not None and hides_goal(state, me, goal)


def seen_goals(state: VisitState, me: str) -> dict[str, GoalRecord]:
    """The goals and candidates that may be shown to `me`, the lead included, by id."""
    return {key: goal for key, goal in state.goals.items() if not hides_goal(state, me, goal)}


def _leads(state: VisitState, me: str) -> bool:
    lead = state.lead()
    return lead is not None and lead.key == me


def _may_see(state: VisitState, me: str, conflict: Conflict) -> bool:
    seen = state
    key = conflict.key
    if conflict.entity in ALSO_KINDS:
        seen, key = second_state(state) or state, plain_key(key)
    standard, person = key.partition("/")[0], key.rpartition("/")[2]
    return person == me or shows_others(seen, me, standard)


def rates(state: VisitState, me: str) -> bool:
    """Whether ratings are asked of `me`."""
    person = state.people.get(me)
    return person is not None and person.rates


def has_rated(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` has a rating of this standard, late or not."""
    mine = state.ratings.get(f"{standard}/{me}")
    if mine is not None and mine.value is not None:
        return True
    # Where the criteria give the score nobody needs to give one by hand.
    return any(
        one.person == me and one.standard == standard and (one.value is not None or one.n is not None)
        for one in state.criteria.values()
    ) and bool(state.instrument.standard(standard).map)
