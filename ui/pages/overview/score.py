"""The total of a scored instrument: its range, where published totals of other teams lie, and the team's own reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.norms import Norm, norm_for
from reviewapp.figures.ratings import current_figures
from reviewapp.figures.reach import reach
from reviewapp.figures.scores import item_points
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.second import second_state
from reviewapp.visit.state import VisitState
from ui.pages.shared.score_words import total_words
from ui.widgets import Card, SectionHeading, Text, column
from ui.widgets.range_strip import RangeStrip

if TYPE_CHECKING:
    from ui.pages.base import Page


def norm_words(norm: Norm) -> str:
    """Where the published totals of other teams lie; no verdict follows from them."""
    total = norm.total
    return _(
        "{title}: median {median}, half of them between {lower} and {upper}, all between {lowest} and {highest}. "
        "They are shown beside the total for comparison only.",
        title=norm.title, median=total.median, lower=total.lower_quartile, upper=total.upper_quartile,
        lowest=total.lowest, highest=total.highest,
    )  # fmt: skip


def reach_words(state: VisitState) -> str:
    """How many of the items that could be better are within the team's reach; empty where no local context is given."""
    found = reach(state)
    if found is None or not found.with_context:
        return ""
    below = plural("{n} item is scored", "{n} items are scored", found.below_highest)
    return _(
        "{below} below the highest. For {told} of them something is outside the team's control, so {within} are "
        "within its control. This changes no score.",
        below=below, told=found.with_context, within=found.within,
    )  # fmt: skip


class ScorePart(QWidget):
    """Total, strip, norm and reach of a visit as one instrument judges it; hidden where that has no scores."""

    def __init__(self) -> None:
        super().__init__()
        self.total = Text("", "strong")
        self.strip = RangeStrip()
        self.norm, self.reach = Text("", "muted"), Text("", "muted")
        self.setLayout(column(self.total, self.strip, self.norm, self.reach, gap=1))
        self.hide()

    def show_score(self, state: VisitState) -> None:
        """Show the scores of this state, which holds only what may be seen."""
        if state.instrument.scale.kind != "scored":
            self.hide()
            return
        score, points = current_figures(state).score, item_points(state.instrument.scale)
        self.setVisible(score is not None and bool(points))
        if score is None or not points:
            return
        self.total.setText(total_words(score))
        many, norm = len(state.instrument.standards), norm_for(state.instrument)
        half = (norm.total.lower_quartile, norm.total.upper_quartile) if norm is not None else None
        self.strip.show_range(score.lowest, score.highest, (min(points) * many, max(points) * many), half)
        for text, words in ((self.norm, norm_words(norm) if norm else ""), (self.reach, reach_words(state))):
            text.setText(words)
            text.setVisible(bool(words))


class SecondScoreCard(Card):
    """The total by the second set, where that is scored; hidden otherwise."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.head = SectionHeading(" ", " ")
        self.part = ScorePart()
        self.add(self.head, self.part)
        self.hide()

    def refresh(self) -> None:
        """Show the score of the second set; others' ratings are left out before the meeting is opened."""
        seen = as_seen_by(self._page.state, self._page.visit.me)
        second = second_state(seen)
        scored = second is not None and second.instrument.scale.kind == "scored"
        self.setVisible(scored)
        if second is None or not scored:
            return
        self.head.title.setText(_("Score by {title}", title=second.instrument.title))
        self.head.set_note("" if seen is self._page.state else BLIND.strip())
        self.part.show_score(second)


BLIND = _(" Of the reviewers' ratings, only yours are counted until the meeting is opened.")
