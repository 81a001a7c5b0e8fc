"""The host's factual check: its answers to the draft, the lead's decisions on them, and ratings changed since."""

from __future__ import annotations

import hashlib
import json
from typing import Literal

import msgspec
from msgspec import UNSET

from reviewapp.figures.ratings import effective_ratings
from reviewapp.instruments.model import Score
from reviewapp.visit import sorting
from reviewapp.visit.state import ResponseRecord, VisitState
from reviewapp.visit.statements import Response, ResponseDecision, Statement

Outcome = Literal["waiting", "accepted", "declined"]

NO_RATING = ""
"""Stored as the draft's rating of a standard that the draft left unrated."""


class HostAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The host's answer on one standard; `drafted` is the draft's rating it answers, `now` the one that counts.

    `drafted` is None where it was not stored, "" where the draft had no rating. `answered_again`: the answer was
    changed after it was decided, so it waits for the lead once more.
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
        """True if the rating that counts now differs from the draft's rating; False where that was not stored."""
        return self.drafted is not None and self.drafted != (NO_RATING if self.now is None else self.now)


class ResponseCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Number of answers by outcome; `changed`: accepted ones whose rating differs from the draft's."""

    received: int = 0
    accepted: int = 0
    declined: int = 0
    waiting: int = 0
    changed: int = 0


def is_answer(rec: ResponseRecord) -> bool:
    """True if the answer has text or evidence that is not blank."""
    return bool(rec.text.strip() or rec.evidence.strip())


def digest_of(rec: ResponseRecord) -> str:
    """Digest of an answer's text and evidence (16 hex digits), to tell later whether the answer has changed."""
    content = json.dumps([rec.text.strip(), rec.evidence.strip()])
    return hashlib.sha256(content.encode("ascii")).hexdigest()[:16]


def reviewed_values(state: VisitState) -> dict[str, Score | None]:
    """The review's rating that counts, for every standard; None where unrated or rated by the self-review only."""
    found = effective_ratings(state)
    return {number: None if one.basis == "self_review" else one.value for number, one in found.items()}


def host_answers(state: VisitState) -> list[HostAnswer]:
    """Every answer of the host that is not blank, type 1 first; without standards the instrument does not have."""
    if not state.responses:
        return []
    now = reviewed_values(state)
    types = {s.number: s for s in state.instrument.standards}
    found = [
        _host_answer(state, rec, types[number].type, now[number])
        for number, rec in state.responses.items()
        if number in types and is_answer(rec)
    ]
    return sorted(found, key=lambda one: sorting.type_first(types[one.standard]))


def _host_answer(state: VisitState, rec: ResponseRecord, type_: str, now: Score | None) -> HostAnswer:
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
    """Number of answers, decided and waiting, and of accepted ones whose rating has changed."""
    found = host_answers(state)
    by = [one.outcome for one in found]
    return ResponseCounts(
        received=len(found),
        accepted=by.count("accepted"),
        declined=by.count("declined"),
        waiting=by.count("waiting"),
        changed=sum(1 for one in found if one.changed and one.outcome == "accepted"),
    )


def with_answered_rating(line: Statement, state: VisitState) -> Statement:
    """A response with the draft's rating added, a decision with the answer's digest added, where they are unset.

    Any other statement is returned as it is, also a response to a standard with a stored answer and rating.
    """
    if isinstance(line, Response) and line.rating is UNSET:
        stored = state.responses.get(line.standard)
        if stored is None or stored.rating is None or not is_answer(stored):
            value = reviewed_values(state).get(line.standard)
            return msgspec.structs.replace(line, rating=NO_RATING if value is None else value)
    if isinstance(line, ResponseDecision) and line.about is UNSET and isinstance(line.accepted, bool):
        answer = state.responses.get(line.standard)
        return msgspec.structs.replace(line, about=digest_of(answer) if answer else "")
    return line
