"""Shares and spreads on exact numbers: nothing is rounded, and a decimal number is made only at the very end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from reviewapp.national.figures import Counts, Spread


def counts(met: int, not_met: int, na: int = 0, unrated: int = 0) -> Counts:
    """Ratings by how they count, with their share; nothing applicable has no share, which is not 0 per cent."""
    applicable = met + not_met
    return Counts(
        met=met,
        not_met=not_met,
        na=na,
        unrated=unrated,
        applicable=applicable,
        percent=100 * met / applicable if applicable else None,
    )


def added(found: Iterable[Counts]) -> Counts:
    """All of these together: pooled, not a mean of their shares."""
    every = list(found)
    return counts(
        sum(one.met for one in every),
        sum(one.not_met for one in every),
        sum(one.na for one in every),
        sum(one.unrated for one in every),
    )


def share(one: Counts) -> Fraction | None:
    """The per cent met, exactly; None where nothing is applicable."""
    return Fraction(100 * one.met, one.applicable) if one.applicable else None


def spread(values: Iterable[Fraction | int | None]) -> Spread:
    """The spread of those that are there: one that is missing counts as no value, never as the lowest."""
    found = sorted(Fraction(one) for one in values if one is not None)
    if not found:
        return Spread()
    return Spread(
        n=len(found),
        min=float(found[0]),
        q1=float(quantile(found, Fraction(1, 4))),
        median=float(quantile(found, Fraction(1, 2))),
        q3=float(quantile(found, Fraction(3, 4))),
        max=float(found[-1]),
        mean=float(sum(found, Fraction()) / len(found)),
    )


def quantile(ordered: Sequence[Fraction], at: Fraction) -> Fraction:
    """The value below which this part of them lies, interpolated on a line between its two neighbours."""
    place = at * (len(ordered) - 1)
    below = place.numerator // place.denominator
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
