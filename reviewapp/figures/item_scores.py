"""Every item of a scored instrument as it stands: the score that counts, and the given beside the derived one."""

from __future__ import annotations

from typing import Any

import msgspec

from reviewapp.figures.criteria import criterion_verdicts
from reviewapp.figures.items import derived_scores, lift
from reviewapp.figures.ratings import agreed_values, effective_ratings, peer_ratings
from reviewapp.figures.scores import item_points
from reviewapp.instruments.model import Score
from reviewapp.instruments.quantities import CriterionVerdict
from reviewapp.visit.figure_cache import FOUND, RATED, cached_figure
from reviewapp.visit.state import VisitState


class ItemScore(msgspec.Struct, frozen=True, kw_only=True):
    """One item. `score` counts; `lowest` and `highest` (points) bound it, and are None where it does not apply.

    `given`: what was agreed, else what all reviewers who scored it gave. `derived` is what the criteria give, once it
    is certain; `derived_lowest` and `derived_highest` bound it (None without a map). `differs`: a score was given that
    the criteria cannot give; `reasons` are the words of those who gave one for that, by code, the agreed one's last
    (`agreed`). `lift`: what would raise the derived score.
    """

    score: Score | None
    lowest: int | None
    highest: int | None
    given: Score | None
    derived: int | None
    criteria: dict[str, CriterionVerdict]
    derived_lowest: int | None = None
    derived_highest: int | None = None
    differs: bool = False
    reasons: dict[str, str] = {}
    lift: dict[str, Any] | None = None


@cached_figure(*RATED, *FOUND, "agreed", "self_review")
def item_scores(state: VisitState) -> dict[str, ItemScore]:
    """Every item of a scored instrument, by number, in its order; empty on a scale of met and not met."""
    if state.instrument.scale.kind != "scored":
        return {}
    effective, derived, verdicts = effective_ratings(state), derived_scores(state), criterion_verdicts(state)
    given, reasons = _given(state), _reasons(state)
    points = item_points(state.instrument.scale)
    ends = min(points, default=0), max(points, default=0)
    found = {}
    for standard in state.instrument.standards:
        number, one = standard.number, derived.get(standard.number)
        score, hand = effective[number].value, given.get(number)
        choice = state.instrument.scale.find(score) if score is not None else None
        low, high = (one.lowest, one.highest) if one else ends
        if choice is not None:
            low = high = choice.points
        applies = choice is None or choice.counts != "na"
        found[number] = ItemScore(
            score=score,
            lowest=low if applies else None,
            highest=high if applies else None,
            given=hand,
            derived=one.score if one else None,
            criteria=verdicts.get(number, {}),
            derived_lowest=one.lowest if one else None,
            derived_highest=one.highest if one else None,
            differs=bool(one and isinstance(hand, int) and not one.lowest <= hand <= one.highest),
            reasons=reasons.get(number, {}),
            lift=_lift(state, number) if one else None,
        )
    return found


def _given(state: VisitState) -> dict[str, Score]:
    """The score given by hand: what was agreed, else what all reviewers who gave one gave."""
    same = {number: set(by.values()) for number, by in peer_ratings(state).items()}
    return {number: values.pop() for number, values in same.items() if len(values) == 1} | agreed_values(state)


def _reasons(state: VisitState) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for rating in state.ratings.values():
        if rating.reason.strip():
            found.setdefault(rating.standard, {})[rating.person] = rating.reason
    for agreed in state.agreed.values():
        if agreed.reason.strip():
            found.setdefault(agreed.standard, {})["agreed"] = agreed.reason
    return found


def _lift(state: VisitState, number: str) -> dict[str, Any] | None:
    """What would raise the score: `any_of` where any `need` of them do, else every one of the `sets`."""
    one = lift(state, number)
    if one is None:
        return None
    any_of = one.any_of
    return {"score": one.score, "need": one.need, "any_of": any_of, "sets": () if any_of else one.sets}
