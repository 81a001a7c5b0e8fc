"""A standard's score from the criteria that are met: exact, and as a range while not everything is established.

`item_scorings(instrument)` gives an `ItemScoring` for every standard that has a usable map. What it is asked about is
a *combination* (`truth_tables`): `combination(letters)` makes one. Because a map is refused in which one more criterion
met lowers the score, the lowest possible score is that of what is surely met, and the highest that of whatever is not
surely unmet: two look-ups stand for all completions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from math import comb

import msgspec

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument, MapRow, Standard
from reviewapp.instruments.score_rules import OTHERWISE, Otherwise, letters, levels, parse
from reviewapp.instruments.truth_tables import MOST, Combinations, first


class Lift(msgspec.Struct, frozen=True, kw_only=True):
    """What would raise a score: it becomes `score` or more when all criteria of any one of `sets` are met as well.

    The sets are the smallest there are, `need` criteria each, and all of that size; letters in the standard's order.
    """

    score: int
    need: int
    sets: tuple[tuple[str, ...], ...]

    @property
    def any_of(self) -> tuple[str, ...]:
        """The letters, where any `need` of them will do; empty where it has to be particular ones."""
        named = tuple(dict.fromkeys(letter for one in self.sets for letter in one))
        return named if len(self.sets) == comb(len(named), self.need) else ()


class ItemScoring:
    """The map of one standard, ready to be asked. Raises Invalid, naming what is wrong, for a map that cannot be used.

    A sound map has a row for each score once, the lowest `otherwise`; names known letters; gives every score for some
    combination; and never a lower score for one criterion more. `scores` are those it can give, the highest first.
    """

    def __init__(self, standard: Standard, scale: Iterable[int]) -> None:
        """`scale`: the scores of the scale that the standard is rated on."""
        if len(standard.criteria) > MOST:
            raise Invalid(
                _("it has {n} criteria; a map judges at most {most}", n=len(standard.criteria), most=MOST),
                do=_("put some of them into one criterion with a list"),
            )
        self.letters = tuple(one.id for one in standard.criteria)
        self.rows = sorted(standard.map, key=_score, reverse=True)
        self.scores = tuple(row.score for row in self.rows)
        self._check_rows(standard, sorted(standard.scores or scale, reverse=True))
        self.lowest = self.scores[-1]
        self._all = Combinations(standard.criteria)
        self._reached: list[tuple[int, int]] = []
        """Each score with the table of the combinations that earn it or a higher one; without the lowest."""
        self._check_rules(standard)
        self._check_order()

    def combination(self, met: Iterable[str]) -> int:
        """The combination in which these criteria are met and the others are not; letters it does not have are none."""
        found = 0
        for letter in met:
            if letter in self._all.bits:
                found |= 1 << self._all.bits[letter]
        return found

    def score(self, combination: int) -> int:
        """The score of a combination."""
        for score, table in self._reached:
            if table >> combination & 1:
                return score
        return self.lowest

    def lifts(self, combination: int) -> Lift | None:
        """The smallest sets of criteria that would raise the score; None where nothing could."""
        now = self.score(combination)
        target = next(((score, table) for score, table in reversed(self._reached) if score > now), None)
        if target is None:
            return None
        score, table = target
        able, missing = table & self._all.possible, [n for n in range(len(self.letters)) if not combination >> n & 1]
        for need in range(1, len(missing) + 1):
            sets = tuple(
                tuple(self.letters[bit] for bit in chosen)
                for chosen in combinations(missing, need)
                if able >> (combination | sum(1 << bit for bit in chosen)) & 1
            )
            if sets:
                return Lift(score=score, need=need, sets=sets)
        return None

    def unused(self) -> tuple[str, ...]:
        """The letters that never make a difference to the score, whatever else is met."""
        return tuple(
            letter
            for letter, bit in self._all.bits.items()
            if not any(
                (((table & self._all.without(bit)) << (1 << bit)) ^ table) & self._more(bit)
                for _score, table in self._reached
            )
        )

    def _more(self, bit: int) -> int:
        """The possible combinations with this criterion that are possible without it too."""
        possible = self._all.possible
        return (possible & self._all.without(bit)) << (1 << bit) & possible

    def _check_rows(self, standard: Standard, wanted: list[int]) -> None:
        for above, score in pairwise(self.scores):
            if above == score:
                raise Invalid(_("score {score} has two rows", score=score), do=_("join them with |"))
        odd = [score for score in self.scores if score not in wanted]
        if odd:
            raise Invalid(_("score {score} is not one that it can get", score=odd[0]))
        missing = [score for score in wanted if score not in self.scores]
        if missing:
            raise Invalid(
                _("there is no row for score {scores}", scores=", ".join(map(str, missing))),
                do=_("add it, or name the scores that the item can get"),
            )
        check_implied(standard)

    def _check_rules(self, standard: Standard) -> None:
        """Work out where each score is earned, from the highest down."""
        earned = 0
        steps = {one.level for one in standard.criteria}
        for row in self.rows:
            rule, last = parse(row.rule), row is self.rows[-1]
            for letter in letters(rule):
                if letter not in self._all.bits:
                    raise Invalid(_("score {score} names {letter}, which is no criterion of it", score=row.score,
                                    letter=f"{letter!r}"))  # fmt: skip
            for level in levels(rule):
                if level.step and level.step not in steps:
                    raise Invalid(_("score {score} names level {level}, which is no step of it", score=row.score,
                                    level=level.step))  # fmt: skip
            if isinstance(rule, Otherwise) != last:
                raise Invalid(
                    _("score {score} is the lowest and needs `{word}`", score=row.score, word=OTHERWISE)
                    if last
                    else _("only the lowest score can have `{word}`, not {score}", score=row.score, word=OTHERWISE)
                )
            before, earned = earned, earned | self._all.where(rule)
            if not (earned & ~before) & self._all.possible:
                raise Invalid(_("score {score} is never given: no combination of criteria earns it", score=row.score))
            if not last:
                self._reached.append((row.score, earned))

    def _check_order(self) -> None:
        """Raise Invalid where one more criterion met lowers the score."""
        for score, table in self._reached:
            for bit, letter in enumerate(self.letters):
                worse = ((table & self._all.possible & self._all.without(bit)) << (1 << bit)) & self._all.possible
                worse &= ~table
                if worse:
                    after = first(worse)
                    before = after & ~(1 << bit)
                    met = ", ".join(one for n, one in enumerate(self.letters) if before >> n & 1) or _("nothing")
                    raise Invalid(
                        _("meeting {letter} as well lowers the score from {high} to {low} (met before: {met})",
                          letter=letter, high=self.score(before), low=self.score(after), met=met),
                        do=_("use n>= in place of n=, or correct the rule of score {score}", score=score),
                    )  # fmt: skip


def item_scorings(instrument: Instrument) -> dict[str, ItemScoring]:
    """The usable map of every standard that has one, by number; those asked for last are kept.

    A map that cannot be used, as a changed file for another laptop may bring, is left out: its scores are given by
    hand.
    """
    for known, found in _KEPT:
        if known is instrument:
            return found
    made = dict(_usable(instrument))
    _KEPT[:] = [(instrument, made), *_KEPT[:3]]
    return made


_KEPT: list[tuple[Instrument, dict[str, ItemScoring]]] = []


def _usable(instrument: Instrument) -> Iterator[tuple[str, ItemScoring]]:
    scale = scale_scores(instrument)
    for standard in instrument.standards:
        if standard.map:
            try:
                yield standard.number, ItemScoring(standard, scale)
            except (Invalid, KeyError):
                continue


def scale_scores(instrument: Instrument) -> list[int]:
    """The scores of a scale, which are whole numbers; what is not one cannot be in a map."""
    values = (one.value for one in instrument.scale.values if one.counts == "scored")
    return [value for value in values if isinstance(value, int)]


def _score(row: MapRow) -> int:
    return row.score


def check_implied(standard: Standard) -> None:
    """Raise Invalid for a criterion that implies itself, or one that is not there."""
    implied = {one.id: one.implies for one in standard.criteria}
    for letter in implied:
        seen, todo = set[str](), [*implied[letter]]
        while todo:
            other = todo.pop()
            if other not in implied:
                raise Invalid(_("{letter} implies {other}, which is no criterion of it", letter=letter, other=other))
            if other == letter:
                raise Invalid(_("criterion {letter} implies itself in a circle", letter=letter))
            if other not in seen:
                seen.add(other)
                todo += implied[other]
