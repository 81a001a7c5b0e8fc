"""Rows of the matrix as one reviewer may see them: blind before the meeting, late ratings marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from reviewapp.base.i18n import _
from reviewapp.figures.criteria import criterion_disagreements
from reviewapp.figures.matrix import MatrixRow, matrix
from reviewapp.figures.ratings import peer_ratings
from reviewapp.figures.whose_words import raters
from reviewapp.instruments.model import Score

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState


class VisibleRow(MatrixRow, frozen=True, kw_only=True):
    """A standard as it may be shown; `late` has the ratings not accepted yet, by code; `rated` is `3 of 4`."""

    late: dict[str, Score] = msgspec.field(default_factory=dict)
    rated: str = ""

    @property
    def alike(self) -> bool:
        """All who rated, at least two, agree with one another and with the team, and nothing is agreed yet."""
        return self.agreed is None and not self.in_conflict and not self.differs and len(self.ratings) > 1


class VisibleRows:
    """Cache of one reviewer's rows; an unchanged row stays the same object, so that comparing it is cheap."""

    def __init__(self, me: str) -> None:
        self._me = me
        self._known: dict[str, tuple[MatrixRow, tuple[object, ...], VisibleRow]] = {}

    def rows_for(self, state: VisitState) -> list[VisibleRow]:
        """A row for every standard, type 1 first.

        Before the meeting is opened it has only the reviewer's own rating, and how many have rated.
        """
        late, many, opened = late_ratings(state), len(raters(state)), state.meeting_opened
        torn = _criteria_differ(state) if opened else frozenset()
        return [
            self._visible_row(
                row, late.get(row.standard, {}) if opened else {}, many, opened, torn=row.standard in torn
            )
            for row in matrix(state)
        ]

    def _visible_row(
        self, row: MatrixRow, late: dict[str, Score], many: int, opened: bool, *, torn: bool
    ) -> VisibleRow:
        known = self._known.get(row.standard)
        if known is not None and known[0] is row and known[1] == (late, many, opened, torn):
            return known[2]
        shown = row if opened else _blind(row, self._me)
        rated = _("{n} of {of}", n=len(row.ratings), of=many)
        fields = msgspec.structs.asdict(shown) | {"differs": shown.differs or torn}
        seen = VisibleRow(**fields, late=late, rated=rated)
        self._known[row.standard] = row, (late, many, opened, torn), seen
        return seen


def _criteria_differ(state: VisitState) -> frozenset[str]:
    """The standards with a criterion that reviewers found differently and that is not agreed yet."""
    if not state.criteria:
        return frozenset()
    return frozenset(one.standard for one in criterion_disagreements(state) if one.agreed is None)


def late_ratings(state: VisitState) -> dict[str, dict[str, Score]]:
    """Standard → code → rating that came in too late to count without the lead's acceptance."""
    found: dict[str, dict[str, Score]] = {}
    for key in sorted(state.late):
        rec = state.ratings.get(key)
        if rec is not None and rec.value is not None:
            found.setdefault(rec.standard, {})[rec.person] = rec.value
    return found


def raters_of(state: VisitState, number: str) -> int:
    """Number of reviewers who have rated a standard."""
    return len(peer_ratings(state)[number])


def _blind(row: MatrixRow, me: str) -> MatrixRow:
    mine = {code: value for code, value in row.ratings.items() if code == me}
    differs = bool(mine) and row.self_review is not None and set(mine.values()) != {row.self_review}
    return msgspec.structs.replace(row, ratings=mine, reviewers_differ=False, differs=differs)
