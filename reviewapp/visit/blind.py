"""Reviewers rate without knowing each other's ratings, so that the meeting hears what each of them saw."""

from __future__ import annotations

from reviewapp.visit.state import VisitState


def shows_others(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` may be shown what others rated this standard.

    Nobody, the lead included, before the lead has opened the meeting; then whoever has given a rating of their own,
    or never gives one (observers, host, committee).
    """
    return state.meeting_opened and (not rates(state, me) or has_rated(state, me, standard))


def rates(state: VisitState, me: str) -> bool:
    """Whether ratings are asked of `me`."""
    person = state.people.get(me)
    return person is not None and person.rates


def has_rated(state: VisitState, me: str, standard: str) -> bool:
    """Whether `me` has a rating of this standard, late or not."""
    mine = state.ratings.get(f"{standard}/{me}")
    return mine is not None and mine.value is not None
