"""How many of the items that could be better are within the team's reach: a count, never a second total."""

from __future__ import annotations

import msgspec

from reviewapp.figures.item_scores import item_scores
from reviewapp.figures.scores import item_points
from reviewapp.visit.state import VisitState


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """Of the items scored below the highest: how many have local context, which lies outside the team's control."""

    below_highest: int
    with_context: int

    @property
    def within(self) -> int:
        """How many of them nothing outside the team's control was said of."""
        return self.below_highest - self.with_context


def reach(state: VisitState) -> Reach | None:
    """The count over a scored instrument, whose scores stay as they are; None where nothing scored could be better."""
    points = item_points(state.instrument.scale)
    top = max(points, default=0)
    below = [
        number
        for number, one in item_scores(state).items()
        if one.score is not None and one.highest is not None and one.highest < top
    ]
    told = {one.subject for one in state.local_context.values() if one.text.strip()}
    return Reach(below_highest=len(below), with_context=len(told & {*below})) if below else None
