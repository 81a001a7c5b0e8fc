"""What a number says of a criterion that is measured: whether it is what it has to be, compared exactly."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Literal

from reviewapp.instruments.model import Criterion

CriterionVerdict = Literal["met", "not_met", "not_established"]
"""What is known of a criterion. *Not established* is not *not met*: nobody could say yet."""
VERDICTS: tuple[CriterionVerdict, ...] = ("met", "not_met", "not_established")

Number = int | float

_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


def measured(criterion: Criterion, n: Number | None, of: Number | None) -> CriterionVerdict | None:
    """What `n` (of `of`) says of a criterion; None where it says nothing: a plain yes or no, or a number is missing.

    A share is 100 * n / of per cent; of fewer than `fewest` it establishes nothing. A list is met by `n` of its parts,
    a number by itself. 79.6 % is below 80 %: numbers are taken as the decimals they are written as.
    """
    if n is None or criterion.measure == "yes-no" or criterion.threshold is None or not criterion.op:
        return None
    value = _exact(n)
    if criterion.measure == "share":
        if not of or of < 0:
            return None
        if of < criterion.fewest:
            return "not_established"
        value = 100 * value / _exact(of)
    return "met" if _COMPARE[criterion.op](value, _exact(criterion.threshold)) else "not_met"


def stated(
    criterion: Criterion, value: CriterionVerdict | None, n: Number | None, of: Number | None
) -> CriterionVerdict | None:
    """What one record says: its verdict, or what its number says. Where the two contradict nothing is established."""
    by_number = measured(criterion, n, of)
    if by_number is None or value is None or value == by_number:
        return value if by_number is None else by_number
    return "not_established"


def share_quantity(one: Criterion, other: Criterion) -> bool:
    """Whether one number answers both: the same thing measured against two thresholds, as 50 and 90 per cent."""
    return one.measure != "yes-no" and (
        (one.measure, one.unit, one.audit, one.parts) == (other.measure, other.unit, other.audit, other.parts)
    )


def _exact(number: Number) -> Fraction:
    return Fraction(str(number)) if isinstance(number, float) else Fraction(number)
