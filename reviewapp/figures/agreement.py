"""Inter-rater agreement: Krippendorff's alpha for nominal values is computed here, over the reviewers' ratings.

Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011). Any number of reviewers, gaps allowed; a
standard that only one reviewer rated carries no information about agreement and is left out. The figure describes how
consistently the standards can be rated, never how good a reviewer is.

Shown on the page Agree (`ui/pages/agree/forecast.py`); no document prints it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from fractions import Fraction

import msgspec

from reviewapp.figures.ratings import peer_ratings
from reviewapp.visit.state import VisitState


class Agreement(msgspec.Struct, frozen=True):
    """Krippendorff's alpha with its counts; `alpha` is 1 for perfect agreement, about 0 for chance, None if undefined.

    `units` counts the standards that at least two reviewers rated, `ratings` the values given to them, `reviewers`
    those who gave one.
    """

    alpha: float | None
    units: int
    ratings: int
    reviewers: int


def reviewer_agreement(state: VisitState) -> Agreement:
    """Agreement of this visit's reviewers on the standards; Not applicable is a value like the others."""
    rated = peer_ratings(state)
    paired = [ratings for ratings in rated.values() if len(ratings) > 1]
    return Agreement(
        alpha=krippendorff_alpha(list(ratings.values()) for ratings in paired),
        units=len(paired),
        ratings=sum(len(ratings) for ratings in paired),
        reviewers=len({code for ratings in paired for code in ratings}),
    )


def krippendorff_alpha(units: Iterable[Iterable[Hashable]]) -> float | None:
    """Krippendorff's nominal alpha of units, each the values that its raters gave (gaps left out).

    None without at least one unit of two values, and where all values are the same: without variation the expected
    disagreement is 0 and alpha is undefined.
    """
    pairable = [counts for counts in (Counter(unit) for unit in units) if counts.total() > 1]
    totals: Counter[Hashable] = Counter()
    observed = Fraction(0)
    for counts in pairable:
        totals.update(counts)
        size = counts.total()
        differing = size * size - sum(count * count for count in counts.values())
        observed += Fraction(differing, size - 1)
    size = totals.total()
    expected = size * size - sum(count * count for count in totals.values())
    if not expected:
        return None
    return float(1 - observed * (size - 1) / expected)
