"""The team's own rating beside the review's, standard by standard, and how often they are the same."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from reviewapp.figures.ratings import claims, effective
from reviewapp.instruments.model import Scale, Score
from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState

Outcome = Literal["same", "higher", "lower", "other", "not_compared"]
OUTCOMES: tuple[Outcome, ...] = ("same", "higher", "lower", "other", "not_compared")


class Compared(msgspec.Struct, frozen=True, kw_only=True):
    """One standard. `lower`: the review found less than the team claimed; `other`: applicable or not differs."""

    standard: str
    type: str
    self_review: Score | None
    review: Score | None
    outcome: Outcome


def comparison(state: VisitState) -> list[Compared]:
    """Every standard, type 1 first. Nothing is compared while the team's own word is all there is."""
    own, now = claims(state), effective(state)
    rows = []
    for standard in sorted(state.instrument.standards, key=sorting.type_first):
        rating = now[standard.number]
        review = None if rating.basis == "self_review" else rating.value
        claimed = own[standard.number]
        outcome = _outcome(state.instrument.scale, claimed, review)
        rows.append(
            Compared(standard=standard.number, type=standard.type, self_review=claimed, review=review, outcome=outcome)
        )
    return rows


def comparison_counts(rows: list[Compared]) -> dict[Outcome, int]:
    """How many standards came out which way; all five, also those of none."""
    tally = Counter(row.outcome for row in rows)
    return {outcome: tally[outcome] for outcome in OUTCOMES}


def _outcome(scale: Scale, claimed: Score | None, review: Score | None) -> Outcome:
    if claimed is None or review is None:
        return "not_compared"
    if claimed == review:
        return "same"
    before, after = _height(scale, claimed), _height(scale, review)
    if before is None or after is None:
        return "other"
    return "same" if after == before else "higher" if after > before else "lower"


def _height(scale: Scale, value: Score) -> int | None:
    """How much a value is worth beside another of its scale; None when it says not applicable."""
    choice = scale.find(value)
    if choice is None or choice.counts == "na":
        return None
    return choice.points if choice.counts == "scored" else int(choice.counts == "met")
