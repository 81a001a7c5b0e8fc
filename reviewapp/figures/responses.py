"""The host's factual check: what was answered to the draft, what was made of it, and which ratings changed since."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

import msgspec
from msgspec import UNSET

from reviewapp.figures.ratings import effective
from reviewapp.instruments.model import Score
from reviewapp.visit import sorting
from reviewapp.visit.state import ResponseRecord, VisitState
from reviewapp.visit.statements import Response, ResponseDecision, Statement

Outcome = Literal["waiting", "accepted", "declined"]

NO_RATING = ""
"""Stands for the draft's rating where it had none."""


class HostAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. `drafted` is the rating it was given to (None: not kept, "" none), `now` the one that counts.

    `answered_again`: the answer was changed after it was decided, so that it waits for the lead once more.
    """

    standard: str
    type: str
    text: str
    evidence: str
    drafted: Score | None
    now: Score | None
    outcome: Outcome
    reason: str = ""
    answered_again: bool = False

    @property
    def changed(self) -> bool:
        """Whether another rating counts now than the one that was answered."""
        return self.drafted is not None and self.drafted != (NO_RATING if self.now is None else self.now)


class ResponseCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many answers there are, and how many led to another rating."""

    received: int = 0
    accepted: int = 0
    declined: int = 0
    waiting: int = 0
    changed: int = 0


def is_answer(rec: ResponseRecord) -> bool:
    """Whether anything is said in it."""
    return bool(rec.text.strip() or rec.evidence.strip())


def digest_of(rec: ResponseRecord) -> str:
    """A short print of what an answer says, to know later whether it still says the same."""
    said = json.dumps([rec.text.strip(), rec.evidence.strip()])
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def reviewed_values(state: VisitState) -> dict[str, Score | None]:
    """The rating of the review that counts, for every standard; what the team itself claims is not one."""
    found = effective(state)
    return {number: None if one.basis == "self_review" else one.value for number, one in found.items()}


def answers(state: VisitState) -> list[HostAnswer]:
    """Every answer of the host, type 1 first."""
    now = reviewed_values(state)
    types = {s.number: s for s in state.instrument.standards}
    found = [
        _answered(state, rec, types[number].type, now[number])
        for number, rec in state.responses.items()
        if number in types and is_answer(rec)
    ]
    return sorted(found, key=lambda one: sorting.type_first(types[one.standard]))


def _answered(state: VisitState, rec: ResponseRecord, type_: str, now: Score | None) -> HostAnswer:
    decision = state.response_decisions.get(rec.standard)
    outcome: Outcome = "waiting"
    again = False
    if decision is not None and decision.accepted is not None:
        again = decision.about not in ("", digest_of(rec))
        if not again:
            outcome = "accepted" if decision.accepted else "declined"
    return HostAnswer(
        standard=rec.standard,
        type=type_,
        text=rec.text.strip(),
        evidence=rec.evidence.strip(),
        drafted=rec.rating,
        now=now,
        outcome=outcome,
        reason=decision.reason.strip() if decision else "",
        answered_again=again,
    )


def response_counts(state: VisitState) -> ResponseCounts:
    """How many answers there are, decided and waiting, and how many ratings changed because of an accepted one."""
    found = answers(state)
    by = [one.outcome for one in found]
    return ResponseCounts(
        received=len(found),
        accepted=by.count("accepted"),
        declined=by.count("declined"),
        waiting=by.count("waiting"),
        changed=sum(1 for one in found if one.changed and one.outcome == "accepted"),
    )


def with_what_it_answers(line: Statement, state: VisitState) -> Statement:
    """An answer with the rating it is given to, a decision with the answer it is made on, where they do not say it."""
    if isinstance(line, Response) and line.rating is UNSET:
        held = state.responses.get(line.standard)
        if held is None or held.rating is None or not is_answer(held):
            value = reviewed_values(state).get(line.standard)
            return msgspec.structs.replace(line, rating=NO_RATING if value is None else value)
    if isinstance(line, ResponseDecision) and line.about is UNSET and isinstance(line.accepted, bool):
        answer = state.responses.get(line.standard)
        return msgspec.structs.replace(line, about=digest_of(answer) if answer else "")
    return line
