"""The committee: what stood in the way at each presentation, what was decided, and what came since.

When a decision is recorded, the ratings and the host's answers of that moment are kept with it. What is said about a
presentation is computed from them, so a rating changed later does not rewrite what the committee had before it.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from reviewapp.figures.forecast import ThresholdNow, ToMeet, forecast_of
from reviewapp.figures.responses import digest_of, is_answer, reviewed_values
from reviewapp.instruments.model import Score
from reviewapp.visit import sorting
from reviewapp.visit.state import DecisionRecord, VisitState, has_committee
from reviewapp.visit.statements import Decision, Statement
from reviewapp.visit.validators import MOST_ITEMS


class RatingChange(msgspec.Struct, frozen=True, kw_only=True):
    """A standard that counts otherwise than before; None is not rated."""

    standard: str
    before: Score | None
    now: Score | None


class ChangesSincePresentation(msgspec.Struct, frozen=True, kw_only=True):
    """What came after a presentation: ratings that changed, and standards on which the host said something new."""

    ratings: list[RatingChange] = []
    answers: list[str] = []


class Presentation(msgspec.Struct, frozen=True, kw_only=True):
    """One decision. `known` is False where the ratings of that time were not kept: then nothing is said of them."""

    presentation: int
    date: str
    label: str
    note: str
    known: bool
    thresholds: list[ThresholdNow] = []
    in_the_way: list[ToMeet] = []
    since: ChangesSincePresentation = ChangesSincePresentation()
    """Until the next presentation, or until now."""


def decided(state: VisitState) -> list[DecisionRecord]:
    """The presentations that were decided, in their order."""
    found = [rec for rec in state.decisions.values() if rec.label.strip()]
    return sorted(found, key=lambda rec: rec.presentation)


def next_presentation(state: VisitState) -> int | None:
    """The number of the next presentation, or None when there is none left."""
    last = max((rec.presentation for rec in decided(state)), default=0)
    return last + 1 if has_committee(state) and last < state.instrument.rule.presentations else None


def presentations(state: VisitState) -> list[Presentation]:
    """Every decided presentation with what stood in the way then, and what came until the next one."""
    found = decided(state)
    moments = [(rec.stood, rec.answered) for rec in found] + [(_stands(state), _answered(state))]
    return [_one(state, rec, *moments[place + 1]) for place, rec in enumerate(found)]


def _one(
    state: VisitState, rec: DecisionRecord, stood: Mapping[str, Score] | None, answered: Mapping[str, str] | None
) -> Presentation:
    """A presentation; `stood` and `answered` are what there was at the next one."""
    known = rec.stood is not None
    then = forecast_of(state.instrument, rec.stood) if rec.stood is not None else None
    return Presentation(
        presentation=rec.presentation,
        date=rec.date,
        label=rec.label.strip(),
        note=rec.note.strip(),
        known=known,
        thresholds=then.thresholds if then else [],
        in_the_way=then.to_meet if then else [],
        since=ChangesSincePresentation(
            ratings=_changes(rec.stood, stood) if rec.stood is not None and stood is not None else [],
            answers=_new_answers(rec.answered, answered) if rec.answered is not None and answered is not None else [],
        ),
    )


def _changes(before: Mapping[str, Score], now: Mapping[str, Score]) -> list[RatingChange]:
    numbers = sorting.in_order({*before, *now})
    return [
        RatingChange(standard=number, before=before.get(number), now=now.get(number))
        for number in numbers
        if before.get(number) != now.get(number)
    ]


def _new_answers(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorting.in_order(number for number, print_ in now.items() if before.get(number) != print_)


def _stands(state: VisitState) -> dict[str, Score]:
    return {number: value for number, value in reviewed_values(state).items() if value is not None}


def _answered(state: VisitState) -> dict[str, str]:
    return {number: digest_of(rec) for number, rec in state.responses.items() if is_answer(rec)}


def with_what_stood(line: Statement, state: VisitState) -> Statement:
    """A decision, when its label is first given, with the ratings and answers that stand at that moment."""
    if not isinstance(line, Decision) or not isinstance(line.label, str) or not line.label.strip():
        return line
    held = state.decisions.get(str(line.presentation))
    if line.stood is not UNSET or (held is not None and held.label.strip()):
        return line
    stood, answered = _stands(state), _answered(state)
    if max(len(stood), len(answered)) > MOST_ITEMS:
        return line
    return msgspec.structs.replace(line, stood=stood, answered=answered)
