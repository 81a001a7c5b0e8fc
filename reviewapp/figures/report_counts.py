"""Counts that only the report needs, added to the status document so that the report's numbers can be traced to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from reviewapp.figures.benchmark import Benchmark, benchmark_for
from reviewapp.figures.comparison import StandardComparison, comparison
from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.figures.presentations import presentations
from reviewapp.figures.previous import previous_figures
from reviewapp.figures.ratings import disagreements, peer_ratings
from reviewapp.figures.reach import reach
from reviewapp.figures.responses import response_counts
from reviewapp.figures.series import Editions, series_of
from reviewapp.figures.told import told_counts
from reviewapp.instruments.quantities import VERDICTS
from reviewapp.visit.second import second_state
from reviewapp.visit.sorting import sections
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.rounds import THIS

PART = "report"
"""The key of the status document that holds these counts."""


def report_counts(
    state: VisitState,
    editions: Mapping[str, Editions] = MappingProxyType({}),
    own_benchmarks: Iterable[Benchmark] = (),
) -> dict[str, Any]:
    """The report's counts beyond the contract of the status, as plain numbers and dictionaries.

    `rated_as`: number of reviewers by value, by standard. `disagreements`: number in total, settled and open.
    `compared_by_section`: of what both rated as applicable (`of`) how many the team and the review found met.
    `self_reviewed`: what the team itself rated, by standard. `context`: the facts about the service as they were given.
    `benchmark`: a network's published figures for these standards, or None. `responses`: number of the host's answers
    by outcome. `presentations`: thresholds and missed ones at each, by its number. `previous`: the figures of the
    previous visit, or None. `criteria`: criteria by verdict. `series`: the rounds side by side, or None of one round;
    `also_series`: the same by the second instrument.
    `told`: what people said as it was coded to themes, or None. `reach`: the items within the team's reach, or None.
    """
    found = disagreements(state)
    settled = sum(1 for d in found if d.agreed is not None)
    return {
        "reviewers": sum(1 for p in state.people.values() if p.rates),
        "rated_as": {
            number: {str(value): n for value, n in Counter(by.values()).items()}
            for number, by in peer_ratings(state).items()
            if by
        },
        "disagreements": {"total": len(found), "settled": settled, "open": len(found) - settled},
        "context": {key: one.value for key, one in state.context.items()},
        "compared": sum(1 for row in comparison(state) if row.outcome != "not_compared"),
        "compared_by_section": _compared_by_section(state),
        "self_reviewed": {key: one.value for key, one in state.self_review.items() if one.value is not None},
        "benchmark": msgspec.to_builtins(benchmark_for(state.instrument, own_benchmarks)),
        "previous": _with_applicable(previous_figures(state)),
        "responses": msgspec.to_builtins(response_counts(state)),
        "presentations": {str(one.presentation): msgspec.to_builtins(one) for one in presentations(state)},
        "presentations_most": state.instrument.rule.presentations,
        "criteria": _criteria(state),
        "series": _series(state, editions),
        "also_series": None if (second := second_state(state)) is None else _series(second, editions),
        "told": told_counts(state),
        "reach": _reach(state),
        "suppress_below": state.instrument.suppress_below,
    }


def _compared_by_section(state: VisitState) -> dict[str, dict[str, int]]:
    """How many standards the team and the review found met, by section, of those both rated met or not met."""
    section = {one.number: one.section for one in state.instrument.standards}
    counts = {name: {"of": 0, "team": 0, "review": 0} for name in sections(state.instrument)}
    scale = state.instrument.scale
    for row in comparison(state):
        found = [None if one is None else scale.find(one) for one in (row.self_review, row.review)]
        own, review = (None if one is None or one.counts not in ("met", "not_met") else one.counts for one in found)
        if own is not None and review is not None:
            by = counts[section[row.standard]]
            by["of"] += 1
            by["team"] += own == "met"
            by["review"] += review == "met"
    return counts


def _with_applicable(previous: dict[str, Any] | None) -> dict[str, Any] | None:
    """The figures of the visit before, each count with how many were applicable, as those of this visit have it."""
    if previous is None:
        return None
    groups = [previous["by_type"], previous["by_section"], {"": previous["overall"]}]
    for counts in (one for group in groups for one in group.values()):
        counts["applicable"] = counts["met"] + counts["not_met"]
    return previous


def _reach(state: VisitState) -> dict[str, int] | None:
    """The items below the highest score, those with local context, and those within the team's reach."""
    found = reach(state)
    return None if found is None else {**msgspec.to_builtins(found), "within": found.within}


def _criteria(state: VisitState) -> dict[str, int]:
    """How many criteria are met, not met and not established, of all standards together."""
    found = Counter(verdict for by in criterion_verdicts(state).values() for verdict in by.values())
    return {**{verdict: found[verdict] for verdict in VERDICTS}, "of": found.total()}


def _series(state: VisitState, editions: Mapping[str, Editions]) -> dict[str, Any] | None:
    """The rounds side by side as `visit series` prints them, with the places of the items that moved; None of one."""
    if len(state.rounds.keys() - {THIS}) == 0:
        return None
    found = series_of(state, editions=editions)
    places = [place for place, item in enumerate(found.items) if item.moved]
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))  # tuples become lists, as in the status
    comparable = sum(item.comparable for item in found.items)
    return {**plain, "moved": places, "moved_count": len(places), "comparable": comparable}


def with_report_counts(
    state: VisitState,
    status: dict[str, Any],
    editions: Mapping[str, Editions] = MappingProxyType({}),
    own_benchmarks: Iterable[Benchmark] = (),
) -> dict[str, Any]:
    """The status document with the report's counts under `PART`; unchanged if it has them.

    `editions`: what crosswalks say of the editions of earlier rounds (`figures.series`). `own_benchmarks`: those that
    were imported on this laptop.
    """
    return status if PART in status else {**status, PART: report_counts(state, editions, own_benchmarks)}


def differing(state: VisitState) -> list[StandardComparison]:
    """Standards whose review rating differs from the self-review, type 1 first."""
    return [row for row in comparison(state) if row.outcome in ("higher", "lower", "other")]
