"""What `visit status --json` says of criteria and items, within `figures`."""

from __future__ import annotations

from typing import Any

from reviewapp.figures.criteria import criterion_disagreements
from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.items import points_met
from reviewapp.figures.norms import norm_for
from reviewapp.visit.state import VisitState


def criteria_status(state: VisitState) -> dict[str, Any]:
    """On a scored scale the items one by one, with the norm; else the criteria of standards that have some, counted."""
    if state.instrument.scale.kind == "scored":
        norm = norm_for(state.instrument)
        items = {"items": item_scores(state), "criterion_disagreements": criterion_disagreements(state)}
        return items | {"norm": norm} if norm else items
    points = points_met(state)
    return {"points": points, "criterion_disagreements": criterion_disagreements(state)} if points else {}
