"""Shares and percentages as text, the same in every document and on every screen; rounding never crosses a limit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SMALL = 20
"""Of fewer people, records or standards than this no percentage is printed, but `7 of 9`: one more or less would change
it by more than five points."""


def prints_percent(whole: int) -> bool:
    """Whether a share of so many is printed as a percentage; the one place that decides it."""
    return whole >= SMALL


def share(part: int, whole: int) -> str:
    """A share of people or records as text: `7 of 9` of fewer than `SMALL`, else a percentage; `none` of 0."""
    if whole == 0:
        return "none"
    return percent_text(100 * part / whole) if prints_percent(whole) else f"{part} of {whole}"


def percent_text(value: float | None, threshold: int | float | None = None) -> str:
    """A percentage as text, a whole number with only the decimals it needs not to mislead; None: `none applicable`.

    79.6 against a threshold of 80 is `79.6%`; less than 100 never prints as 100, more than 0 never as 0.
    """
    if value is None:
        return "none applicable"
    exact = Decimal(repr(value))
    limits = [Decimal(0), Decimal(100), *([] if threshold is None else [Decimal(str(threshold))])]
    places = 0
    while True:
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if all(_side(rounded, limit) == _side(exact, limit) for limit in limits):
            return f"{rounded}%"
        places += 1


def _side(number: Decimal, limit: Decimal) -> int:
    """-1, 0 or 1 for a number below, exactly on or above a limit; exactly on a threshold counts as above (1).

    Only the limits 0 and 100 need the 0; a threshold is reached when equalled, so that is the upper side.
    """
    if limit in (0, 100):
        return (number > limit) - (number < limit)
    return 1 if number >= limit else -1
