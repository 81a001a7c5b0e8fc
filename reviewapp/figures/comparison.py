"""Comparison of the team's self-review with the review's rating, standard by standard, with counts by outcome."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from reviewapp.figures.ratings import effective_ratings, self_review_ratings
from reviewapp.instruments.model import Scale, Score
from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState

Outcome = Literal["same", "higher", "lower", "other", "not_compared"]
OUTCOMES: tuple[Outcome, ...] = ("same", "higher", "lower", "other", "not_compared")


class StandardComparison(msgspec.Struct, frozen=True, kw_only=True):
    """Self-review and review rating of one standard, with the outcome of comparing them.

    `lower`: the review rated it below the self-review; `other`: only one of the two rated it not applicable.
    """

    standard: str
    type: str
    self_review: Score | None
    review: Score | None
    outcome: Outcome


def comparison(state: VisitState) -> list[StandardComparison]:
    """One row for every standard, type 1 first; a standard with no rating but the team's own is `not_compared`."""
    own, now = self_review_ratings(state), effective_ratings(state)
    rows = []
    for standard in sorted(state.instrument.standards, key=sorting.type_first):
        rating = now[standard.number]
        review = None if rating.basis == "self_review" else rating.value
        claimed = own[standard.number]
        outcome = _outcome(state.instrument.scale, claimed, review)
        rows.append(
            StandardComparison(
                standard=standard.number, type=standard.type, self_review=claimed, review=review, outcome=outcome
            )
        )
    return rows


def comparison_counts(rows: list[StandardComparison]) -> dict[Outcome, int]:
    """Number of standards by outcome; all five outcomes are present, also with 0."""
    tally = Counter(row.outcome for row in rows)
    return {outcome: tally[outcome] for outcome in OUTCOMES}


def _outcome(scale: Scale, claimed: Score | None, review: Score | None) -> Outcome:
    if claimed is None or review is None:
        return "not_compared"
    if claimed == review:
        return "same"
    before, after = rank(scale, claimed), rank(scale, review)
    if before is None or after is None:
        return "other"
    return "same" if after == before else "higher" if after > before else "lower"


def rank(scale: Scale, value: Score) -> int | None:
    """The value as a number that orders it on its scale; None if not applicable or not on the scale."""
    choice = scale.find(value)
    if choice is None or choice.counts == "na":
        return None
    return choice.points if choice.counts == "scored" else int(choice.counts == "met")
