"""What the second instrument of a visit says, for `visit status --json`: apart from the first, in the same shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from reviewapp.crosswalk.model import completeness
from reviewapp.figures.criteria_status import criteria_status
from reviewapp.figures.forecast import forecast
from reviewapp.figures.lens import untested_by_second
from reviewapp.figures.ratings import (
    basis_counts,
    compliance,
    current_figures,
    disagreements,
    effective_ratings,
    peer_ratings,
    self_review_ratings,
)
from reviewapp.figures.whose_words import raters
from reviewapp.instruments.editions import digest
from reviewapp.visit import sorting
from reviewapp.visit.second import second_key, second_state
from reviewapp.visit.state import VisitState


def second_status(state: VisitState) -> dict[str, Any] | None:
    """The figures of the second instrument; None for a visit with one.

    `instrument`, `title`, `edition`, `digest`, `crosswalk` (how much was looked at, from both sides; None without one),
    and `progress`, `figures`, `self_review`, `forecast`, `disagreements`, `late`, `late_criteria`, `ratings` as for the
    first; `untested`: its items with too few sources, heard through the crosswalk. The keys in `late` are those of the
    journal (`core-fidelity-2/12/R2`); its conflicts stand with the others of the visit.
    """
    second = second_state(state)
    if second is None:
        return None
    ratings = effective_ratings(second)
    by_basis = basis_counts(ratings)
    return {
        "instrument": second.instrument.id,
        "title": second.instrument.title,
        "edition": second.instrument.edition,
        "digest": digest(second.instrument),
        "crosswalk": _crosswalk(state, second),
        "progress": {"people": _rated(second)},
        "figures": {
            "basis": next(iter(by_basis), None),
            "basis_counts": by_basis,
            **msgspec.to_builtins(current_figures(second)),
            **criteria_status(second),
        },
        "forecast": forecast(second),
        "disagreements": disagreements(second),
        "late": _keys(second, second.late),
        "late_criteria": _keys(second, second.late_criteria),
        "self_review": compliance(second, self_review_ratings(second)),
        "ratings": ratings,
        "untested": untested_by_second(state),
    }


def _keys(second: VisitState, keys: Iterable[str]) -> list[str]:
    return sorted((second_key(second.instrument.id, key) for key in keys), key=sorting.natural)


def _crosswalk(state: VisitState, second: VisitState) -> dict[str, Any] | None:
    walk = state.crosswalk
    if walk is None:
        return None
    return {
        "pairs": len(walk.pairs),
        "proposed": walk.proposed(),
        "first": completeness(walk, state.instrument),
        "second": completeness(walk.flipped(), second.instrument),
    }


def _rated(second: VisitState) -> dict[str, dict[str, int]]:
    peer = peer_ratings(second)
    rated = Counter(code for by in peer.values() for code in by)
    return {code: {"rated": rated[code], "of": len(peer)} for code in raters(second)}
