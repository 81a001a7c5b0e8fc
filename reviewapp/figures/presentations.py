"""Presentations to the committee: thresholds missed at each, the decision, and changes until the next one.

When a decision is recorded, the ratings and the host's answers of that moment are stored with it. The figures of a
presentation are computed from them, so a rating changed later does not rewrite what the committee had before it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from reviewapp.figures.forecast import ThresholdNow, ToMeet, forecast_of
from reviewapp.figures.ratings import count_ratings, standards_by_type
from reviewapp.figures.responses import digest_of, is_answer, reviewed_values
from reviewapp.instruments.model import Score
from reviewapp.visit import sorting
from reviewapp.visit.state import DecisionRecord, VisitState, has_committee
from reviewapp.visit.statements import Decision, Statement
from reviewapp.visit.validators import MOST_ITEMS


class RatingChange(msgspec.Struct, frozen=True, kw_only=True):
    """A standard whose rating that counts has changed; None is unrated."""

    standard: str
    before: Score | None
    now: Score | None


class ChangesSincePresentation(msgspec.Struct, frozen=True, kw_only=True):
    """Changes after a presentation: ratings that changed, and standards with a new or changed answer of the host."""

    ratings: list[RatingChange] = []
    answers: list[str] = []


class ThresholdThen(ThresholdNow, frozen=True, kw_only=True):
    """A threshold at the time of a decision, with the counts that its per cent is of."""

    met: int
    applicable: int


class Presentation(msgspec.Struct, frozen=True, kw_only=True):
    """One decided presentation with the thresholds of its time; `in_the_way`: what the missed ones still needed.

    `known` is False where the ratings of that time were not stored: then `thresholds` and `in_the_way` are empty.
    """

    presentation: int
    date: str
    label: str
    note: str
    known: bool
    thresholds: list[ThresholdThen] = []
    in_the_way: list[ToMeet] = []
    since: ChangesSincePresentation = ChangesSincePresentation()
    """Changes until the next presentation, or until now."""


def decided_presentations(state: VisitState) -> list[DecisionRecord]:
    """Decisions of the committee with a label, by number of presentation."""
    found = [rec for rec in state.decisions.values() if rec.label.strip()]
    return sorted(found, key=lambda rec: rec.presentation)


def next_presentation(state: VisitState) -> int | None:
    """The number of the next presentation, or None when none is left or the visit goes to no committee."""
    last = max((rec.presentation for rec in decided_presentations(state)), default=0)
    return last + 1 if has_committee(state) and last < state.instrument.rule.presentations else None


def presentations(state: VisitState) -> list[Presentation]:
    """Every decided presentation with its missed thresholds and the changes until the next one."""
    found = decided_presentations(state)
    moments = [(rec.stood, rec.answered) for rec in found] + [(_current_ratings(state), _current_answer_digests(state))]
    return [_presentation(state, rec, *moments[place + 1]) for place, rec in enumerate(found)]


def _presentation(
    state: VisitState, rec: DecisionRecord, stood: Mapping[str, Score] | None, answered: Mapping[str, str] | None
) -> Presentation:
    """One presentation; `stood` and `answered` are the ratings and answer digests at the next one."""
    known = rec.stood is not None
    then = forecast_of(state.instrument, rec.stood) if rec.stood is not None else None
    return Presentation(
        presentation=rec.presentation,
        date=rec.date,
        label=rec.label.strip(),
        note=rec.note.strip(),
        known=known,
        thresholds=_thresholds(state, rec.stood) if rec.stood is not None else [],
        in_the_way=then.to_meet if then else [],
        since=ChangesSincePresentation(
            ratings=_changes(rec.stood, stood) if rec.stood is not None and stood is not None else [],
            answers=_new_answers(rec.answered, answered) if rec.answered is not None and answered is not None else [],
        ),
    )


def _thresholds(state: VisitState, stood: Mapping[str, Score]) -> list[ThresholdThen]:
    """The thresholds on the ratings of that time, with their counts."""
    found = []
    members = standards_by_type(state.instrument)
    for one in forecast_of(state.instrument, stood).thresholds:
        ratings = (stood.get(standard.number) for standard in members.get(one.type, []))
        counts = count_ratings(state.instrument.scale, ratings)
        found.append(ThresholdThen(**msgspec.structs.asdict(one), met=counts.met, applicable=counts.applicable))
    return found


def _changes(before: Mapping[str, Score], now: Mapping[str, Score]) -> list[RatingChange]:
    numbers = sorting.in_order({*before, *now})
    return [
        RatingChange(standard=number, before=before.get(number), now=now.get(number))
        for number in numbers
        if before.get(number) != now.get(number)
    ]


def _new_answers(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorting.in_order(number for number, digest in now.items() if before.get(number) != digest)


def _current_ratings(state: VisitState) -> dict[str, Score]:
    return {number: value for number, value in reviewed_values(state).items() if value is not None}


def _current_answer_digests(state: VisitState) -> dict[str, str]:
    return {number: digest_of(rec) for number, rec in state.responses.items() if is_answer(rec)}


def with_ratings_at_decision(line: Statement, state: VisitState) -> Statement:
    """The decision with the current ratings and answer digests added, when its label is first given.

    Any other statement is returned as it is, also a decision with more than MOST_ITEMS ratings or answers to store.
    """
    if not isinstance(line, Decision) or not isinstance(line.label, str) or not line.label.strip():
        return line
    stored = state.decisions.get(str(line.presentation))
    if line.stood is not UNSET or (stored is not None and stored.label.strip()):
        return line
    stood, answered = _current_ratings(state), _current_answer_digests(state)
    if max(len(stood), len(answered)) > MOST_ITEMS:
        return line
    return msgspec.structs.replace(line, stood=stood, answered=answered)
