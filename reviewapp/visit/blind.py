"""Reviewers rate without knowing each other's ratings, so that the meeting hears what each of them saw."""

from __future__ import annotations

import msgspec

from reviewapp.visit.state import Conflict, VisitState


def shows_others(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` may be shown what others rated this standard.

    Nobody, the lead included, before the lead has opened the meeting; then whoever has given a rating of their own,
    or never gives one (observers, host, committee).
    """
    return state.meeting_opened and (not rates(state, me) or has_rated(state, me, standard))


def as_seen_by(state: VisitState, me: str) -> VisitState:
    """What figures, a forecast or a report may be made of for `me`.

    Before the meeting was opened these would tell a reviewer what the others rated, so they rest on that reviewer's
    own ratings; the lead, who prepares the meeting, has all of them.
    """
    if state.meeting_opened or _leads(state, me):
        return state
    mine = {key: rating for key, rating in state.ratings.items() if rating.person == me}
    return msgspec.structs.replace(state, ratings=mine, conflicts=tuple(seen_conflicts(state, me)))


def seen_conflicts(state: VisitState, me: str) -> list[Conflict]:
    """The conflicts that may be shown to `me`: to a reviewer not two versions of a rating that is hidden still."""
    if _leads(state, me):
        return list(state.conflicts)
    return [one for one in state.conflicts if one.entity != "rating" or _may_see(state, me, one.key)]


def _leads(state: VisitState, me: str) -> bool:
    lead = state.lead()
    return lead is not None and lead.key == me


def _may_see(state: VisitState, me: str, rating: str) -> bool:
    standard, _, person = rating.partition("/")
    return person == me or shows_others(state, me, standard)


def rates(state: VisitState, me: str) -> bool:
    """Whether ratings are asked of `me`."""
    person = state.people.get(me)
    return person is not None and person.rates


def has_rated(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` has a rating of this standard, late or not."""
    mine = state.ratings.get(f"{standard}/{me}")
    return mine is not None and mine.value is not None
