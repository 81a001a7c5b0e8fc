"""What a rule says of every combination of criteria at once, as one whole number.

A *combination* is a number whose bit i says whether criterion i is met; a *table* is a number whose bit c says whether
something holds for combination c. All 65,536 combinations of 16 criteria are a number of 8 kB, so that `and`, `or` and
"the same with one more" are single operations, and looking at all combinations costs no more than looking at a few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from reviewapp.instruments.model import Criterion
from reviewapp.instruments.score_rules import Count, Joined, Letter, Level, Otherwise, ScoreRule

MOST = 16
"""Most criteria of one standard that a map can judge: all their combinations are looked at."""


class Combinations:
    """The combinations of these criteria (at most MOST), with tables for what is asked of them."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        self.bits: Mapping[str, int] = {one.id: number for number, one in enumerate(criteria)}
        self.all = (1 << (1 << len(criteria))) - 1
        self._steps = {one.level: self.bits[one.id] for one in criteria if one.level}
        self._counted = [self.bits[one.id] for one in criteria if not one.level]
        self._pairs = [(self.bits[one.id], self.bits[other]) for one in criteria for other in one.implies]

    def without(self, bit: int) -> int:
        """Where this criterion is not met."""
        return self.all // ((1 << (1 << bit)) + 1)

    def with_(self, bit: int) -> int:
        """Where this criterion is met."""
        return self.without(bit) << (1 << bit)

    @cached_property
    def possible(self) -> int:
        """Where whatever a met criterion implies is met too."""
        found = self.all
        for one, other in self._pairs:
            found &= self.without(one) | self.with_(other)
        return found

    def where(self, rule: ScoreRule) -> int:
        """Where a rule holds. Raises KeyError for a letter that is not one of the criteria."""
        match rule:
            case Otherwise():
                return self.all
            case Letter(id=letter):
                return self.with_(self.bits[letter])
            case Count(at_least=at_least, many=many):
                return self._any_of([many, *(n for n in range(many + 1, len(self._exactly)) if at_least)])
            case Level(at_least=at_least, step=step):
                return self._level(step, at_least=at_least)
            case Joined(by=by, parts=parts):
                found = self.where(parts[0])
                for part in parts[1:]:
                    found = found & self.where(part) if by == "&" else found | self.where(part)
                return found

    def _any_of(self, numbers: Sequence[int]) -> int:
        found = 0
        for number in numbers:
            found |= self._exactly[number] if number < len(self._exactly) else 0
        return found

    @cached_property
    def _exactly(self) -> list[int]:
        """For each number: where exactly so many of the criteria that are counted are met."""
        found = [self.all]
        for bit in self._counted:
            met, not_met = self.with_(bit), self.without(bit)
            found = [
                (found[n] & not_met if n < len(found) else 0) | (found[n - 1] & met if n else 0)
                for n in range(len(found) + 1)
            ]
        return found

    def _level(self, step: int, *, at_least: bool) -> int:
        """Where the highest step that is met is this one, or `at_least` this one; step 0: none is met."""
        above = 0
        for level, bit in self._steps.items():
            if level > step:
                above |= self.with_(bit)
        here = self.all if step == 0 else self.with_(self._steps[step]) if step in self._steps else 0
        return here | above if at_least else here & ~above


def first(table: int) -> int:
    """The lowest combination of a table that is not empty."""
    return (table & -table).bit_length() - 1
