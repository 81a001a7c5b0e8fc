"""How shares are put into words, everywhere the same and never misleading."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

SMALL = 10
"""Below this many people or records no percentage is printed."""


def share(part: int, whole: int) -> str:
    """A proportion about people or records: `7 of 9` below ten, else `78 %`; `none` of nobody."""
    if whole == 0:
        return "none"
    return f"{part} of {whole}" if whole < SMALL else percent_text(100 * part / whole)


def percent_text(value: float | None, threshold: int | float | None = None) -> str:
    """A whole number, with as many decimals as it takes not to mislead; `none applicable` for None.

    79.6 against a threshold of 80 is `79.6 %`; less than 100 never prints as 100, more than 0 never as 0.
    """
    if value is None:
        return "none applicable"
    exact = Decimal(repr(value))
    limits = [Decimal(0), Decimal(100), *([] if threshold is None else [Decimal(str(threshold))])]
    places = 0
    while True:
        rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        if all(_side(rounded, limit) == _side(exact, limit) for limit in limits):
            return f"{rounded} %"
        places += 1


def _side(number: Decimal, limit: Decimal) -> int:
    """Where the number stands to a limit: below, exactly on it, above.

    Only the limits 0 and 100 care about `exactly`; a threshold is reached on it and above, so that is one side.
    """
    if limit in (0, 100):
        return (number > limit) - (number < limit)
    return 1 if number >= limit else -1
