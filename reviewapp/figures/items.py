"""The score of every item: agreed, else given, else what its criteria give; and the range while it is open.

An item's derived score is a range until every criterion that matters is established (`instruments.scoring`). A score
given by hand stands beside the derived one, with its reason. On a scale of met and not met the criteria are counted
("5 of 6 points") and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from reviewapp.figures.criteria import MET, NOT_ESTABLISHED, NOT_MET, verdicts_in_order
from reviewapp.instruments.quantities import CriterionVerdict
from reviewapp.instruments.scoring import ItemScoring, Lift, item_scorings
from reviewapp.visit.figure_cache import FOUND, cached_figure
from reviewapp.visit.state import VisitState


class DerivedScore(msgspec.Struct, frozen=True):
    """What the criteria of an item give, whatever becomes of those that are not established."""

    lowest: int
    highest: int

    @property
    def score(self) -> int | None:
        """The score, once it is certain."""
        return self.lowest if self.lowest == self.highest else None


class PointsMet(msgspec.Struct, frozen=True, kw_only=True):
    """How many criteria of a standard are met, of all it has: "5 of 6 points"."""

    met: int
    not_met: int
    not_established: int
    of: int
    criteria: dict[str, CriterionVerdict]

    @property
    def all_met(self) -> bool | None:
        """Whether all are met; None while that is not established. It decides nothing."""
        return False if self.not_met else None if self.not_established else True


@cached_figure(*FOUND)
def derived_scores(state: VisitState) -> dict[str, DerivedScore]:
    """The derived score of every item that has a map, by number."""
    scorings, found = item_scorings(state.instrument), {}
    verdicts = verdicts_in_order(state) if scorings else {}
    for number, scoring in scorings.items():
        met = highest = 0
        for bit, verdict in enumerate(verdicts[number][1]):
            if verdict == MET:
                met |= 1 << bit
            elif verdict != NOT_MET:
                highest |= 1 << bit
        lowest = scoring.score(met)
        found[number] = DerivedScore(lowest, scoring.score(met | highest) if highest else lowest)
    return found


def open_ranges(state: VisitState) -> dict[str, tuple[int, int]]:
    """The lowest and highest derived score, by item; of items without a map, whose whole scale is open, nothing."""
    return {number: (one.lowest, one.highest) for number, one in derived_scores(state).items()}


def derived_range(scoring: ItemScoring, verdicts: Mapping[str, CriterionVerdict]) -> DerivedScore:
    """The lowest and the highest score over everything that may become of what is not established."""
    met = scoring.combination(letter for letter, verdict in verdicts.items() if verdict == MET)
    may = scoring.combination(letter for letter, verdict in verdicts.items() if verdict != NOT_MET)
    return DerivedScore(scoring.score(met), scoring.score(may))


def lift(state: VisitState, number: str) -> Lift | None:
    """What would raise an item's derived score by one: the smallest sets of criteria, all of the smallest size.

    Counted from the lowest score that is certain: what is not established is among what would raise it. None where the
    item has no map or can rise no further.
    """
    scoring = item_scorings(state.instrument).get(number)
    if scoring is None:
        return None
    letters, verdicts = verdicts_in_order(state)[number]
    return scoring.lifts(
        scoring.combination(letter for letter, verdict in zip(letters, verdicts, strict=True) if verdict == MET)
    )


@cached_figure(*FOUND)
def points_met(state: VisitState) -> dict[str, PointsMet]:
    """The count of the criteria of every standard that has some, by number."""
    return {
        number: PointsMet(
            met=found.count(MET), not_met=found.count(NOT_MET), not_established=found.count(NOT_ESTABLISHED),
            of=len(found), criteria=dict(zip(letters, found, strict=True)),
        )
        for number, (letters, found) in verdicts_in_order(state).items()
    }  # fmt: skip
