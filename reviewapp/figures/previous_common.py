"""What may be compared with an earlier visit that was made on another wording: the standards that ask the same at both.

Percentages of two wordings stand side by side on the common set only, with its number; everything else is told as not
comparable, with its count and why. On one wording none of this is needed (`previous`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from reviewapp.base.i18n import _
from reviewapp.crosswalk.comparable import Comparable, Side
from reviewapp.figures.comparison import rank
from reviewapp.figures.ratings import RatingCounts, count_ratings, effective_ratings
from reviewapp.instruments.model import Score
from reviewapp.visit import sorting
from reviewapp.visit.state import VisitState

Moved = Literal["better", "same", "worse", "not_rated"]
MOVED: tuple[Moved, ...] = ("better", "same", "worse", "not_rated")


class PreviousPair(msgspec.Struct, frozen=True):
    """A standard that both visits asked: its number then and now, what it was given then, if its type is the same."""

    before: str
    now: str
    value: Score | None = None
    same_type: bool = True


class PreviousCommon(msgspec.Struct, frozen=True):
    """What an earlier visit on another wording has in common with this one.

    `left_out`: numbers that cannot be compared, by the visit they are of and by the reason.
    """

    pairs: tuple[PreviousPair, ...] = ()
    left_out: dict[Side, dict[str, list[str]]] = {}


class PairedCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The same standards then and now: those that are rated at both visits and applicable at both are counted.

    On a scored scale `total_before` and `total_now` are the points of those scored at both, else None.
    """

    n: int
    before: RatingCounts
    now: RatingCounts
    total_before: int | None = None
    total_now: int | None = None


class CommonFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Two visits on different wordings, compared on what both asked.

    `compared`: how many standards both asked; `overall` and `by_type` count those rated at both (by type only where the
    type is the same); `moved`: how many are better, the same, worse, or not rated at both; `better` and `worse` list
    them by their number of today. `not_comparable`: how many of each visit's are not, and `left_out` which and why.
    """

    compared: int
    overall: PairedCounts
    by_type: dict[str, PairedCounts]
    moved: dict[Moved, int]
    better: list[str]
    worse: list[str]
    not_comparable: dict[Side, int]
    left_out: dict[Side, dict[str, list[str]]]


def in_common(comparable: Comparable, given: Mapping[str, Score | None]) -> PreviousCommon:
    """What is kept of an earlier visit, whose standards were `given` these values.

    A standard that the file gives and nobody says anything of is left out with its reason too.
    """
    pairs = tuple(PreviousPair(p.before, p.now, given.get(p.before), p.same_type) for p in comparable.pairs)
    left_out: dict[Side, dict[str, list[str]]] = {"before": {}, "now": {}}
    for one in comparable.not_comparable:
        left_out[one.side].setdefault(one.why, []).append(one.standard)
    told = {p.before for p in pairs} | {o.standard for o in comparable.not_comparable if o.side == "before"}
    unknown = [number for number in given if number not in told]
    if unknown:
        left_out["before"].setdefault(_("its standards are not on this laptop"), []).extend(unknown)
    return PreviousCommon(pairs, left_out)


def common_figures(state: VisitState, common: PreviousCommon) -> CommonFigures:
    """The earlier visit beside this one as it is rated now, on the standards that both asked."""
    scale, now = state.instrument.scale, effective_ratings(state)
    types = {standard.number: standard.type for standard in state.instrument.standards}
    rated = [(p, p.value, now[p.now].value) for p in common.pairs if p.now in now]
    moved: dict[Moved, list[str]] = {name: [] for name in MOVED}
    for pair, was, is_ in rated:
        before, after = (None if value is None else rank(scale, value) for value in (was, is_))
        if before is None or after is None:
            moved["not_rated"].append(pair.now)
        else:
            moved["better" if after > before else "worse" if after < before else "same"].append(pair.now)
    judged = {*moved["better"], *moved["same"], *moved["worse"]}
    both = [(pair, was, is_) for pair, was, is_ in rated if pair.now in judged]
    of_type = {name: [one for one in both if one[0].same_type and types[one[0].now] == name] for name in types.values()}
    return CommonFigures(
        compared=len(rated),
        overall=_counted(state, both),
        by_type={name: _counted(state, of_type[name]) for name in sorting.types(state.instrument)},
        moved={name: len(numbers) for name, numbers in moved.items()},
        better=moved["better"],
        worse=moved["worse"],
        not_comparable={side: sum(map(len, by.values())) for side, by in common.left_out.items()},
        left_out=common.left_out,
    )


def _counted(state: VisitState, pairs: Iterable[tuple[PreviousPair, Score | None, Score | None]]) -> PairedCounts:
    every, scale = list(pairs), state.instrument.scale
    before, now = [was for _pair, was, _is in every], [is_ for _pair, _was, is_ in every]
    totals: list[int | None] = [None, None]
    if scale.kind == "scored":
        totals = [
            sum(choice.points for value in values if value is not None and (choice := scale.find(value)) is not None)
            for values in (before, now)
        ]
    return PairedCounts(
        n=len(every), before=count_ratings(scale, before), now=count_ratings(scale, now), total_before=totals[0],
        total_now=totals[1],
    )  # fmt: skip
