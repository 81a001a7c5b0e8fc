"""Forecast of the committee's outcome in plain language, with a bar for each threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from reviewapp.base.i18n import _
from reviewapp.figures.forecast import DOES_NOT_MEET, MEETS, UNDECIDED, Forecast, ThresholdNow, ToMeet, forecast
from reviewapp.figures.ratings import basis_counts, effective_ratings, is_reviewed
from reviewapp.instruments.nouns import Nouns, nouns_of
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.state import VisitState
from ui.formats import percent_text
from ui.pages.overview.score import BLIND, ScorePart
from ui.theme import space
from ui.widgets import Card, Pill, SectionHeading, Text, clear, column, row
from ui.widgets.threshold_bar import ThresholdBar

if TYPE_CHECKING:
    from ui.pages.base import Page

LOOKS = {
    MEETS: (_("Would meet the thresholds"), "met", "check"),
    DOES_NOT_MEET: (_("Would not meet the thresholds"), "not_met", "cross"),
    UNDECIDED: (_("Undecided"), "warn", "more"),
}
SHORT = {
    MEETS: _("meets the thresholds"),
    DOES_NOT_MEET: _("does not meet the thresholds"),
    UNDECIDED: _("below every band"),
}
BASES = {
    "agreed": _("agreed"),
    "peer": _("from the reviewers' ratings"),
    "derived": _("from what the criteria give"),
    "self_review": _("from the team's self-review"),
}
NONE_YET = _("No forecast yet")
SHOWN = 6


def resting_on(state: VisitState) -> str:
    """The basis of the forecast: how many standards are agreed, rated by reviewers, or open; why there is none yet."""
    ratings = effective_ratings(state)
    counts, nouns = basis_counts(ratings), nouns_of(state.instrument)
    unrated = len(ratings) - sum(counts.values())
    if not counts:
        return _("Nothing is rated yet.")
    if not is_reviewed(ratings):
        return _(
            "The team has rated itself on {n} of {of} {nouns}. The forecast does not count that: it starts with the "
            "first rating by a reviewer.",
            n=counts["self_review"],
            of=len(ratings),
            nouns=nouns.many,
        )
    parts = [f"{number} {BASES[basis]}" for basis, number in counts.items()]
    open_ = _(" {unrated} are still open.", unrated=unrated) if unrated else ""
    return _("Of {standards}: {list}.{open}", standards=nouns.counted(len(ratings)), list=", ".join(parts), open=open_)


def cases(found: Forecast, nouns: Nouns, *, open_: bool = True) -> str:
    """Best and worst case in one sentence, for a rule of thresholds or of bands; `open_`: some are not rated yet."""
    if found.outcome != UNDECIDED and not open_:
        return _("Every {noun} has a rating that counts, so this is the outcome.", noun=nouns.one)
    if found.outcome != UNDECIDED:
        return _("Whatever happens to the open {nouns}, the outcome stays the same.", nouns=nouns.many)
    if not found.thresholds and found.best_case == UNDECIDED:
        return _("These {nouns} have no thresholds, so there is no outcome.", nouns=nouns.many)
    best, worst = (SHORT.get(case, f"“{case}”") for case in (found.best_case, found.worst_case))
    if not found.thresholds:
        return _("Best possible: {best}. Worst possible: {worst}.", best=best, worst=worst)
    return _("If every open standard is met, the team {best}. If none is met, it {worst}.", best=best, worst=worst)


def to_meet_words(one: ToMeet) -> str:
    """The fewest standards of a type that have to be met: `Type 1: 119, 136 and 151 would have to become met.`"""
    first = one.from_[: one.need]
    if not one.need:
        return _("Type {type}: one of the open standards must be met.", type=one.type)
    numbers = ", ".join(first[:SHOWN]) + (_(" and {n} more", n=len(first) - SHOWN) if len(first) > SHOWN else "")
    if one.need == len(one.from_):
        return _("Type {type}: {numbers} must become met.", type=one.type, numbers=numbers)
    return _(
        "Type {type}: {need} of {n} must become met, for example {numbers}.",
        type=one.type,
        need=one.need,
        n=len(one.from_),
        numbers=numbers,
    )


class ForecastCard(Card):
    """Card with the forecast outcome, both cases, the thresholds, and the fewest standards that would change it."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.head = SectionHeading(_("Forecast"), " ")
        self.pill = Pill()
        self.cases = Text("", "body")
        self.basis = Text("", "muted")
        self.rows = QVBoxLayout()
        self.rows.setSpacing(space(2))
        self.change = Text("", "body")
        self.body.setSpacing(space(3))
        self.score = ScorePart()
        self.add(
            self.head, row(self.pill, None), self.score, column(self.cases, self.basis, gap=1), self.rows, self.change
        )  # fmt: skip
        self._shown: object = None

    def refresh(self) -> None:
        """Show the forecast for the current state, with others' ratings left out before the meeting is opened."""
        state = as_seen_by(self._page.state, self._page.visit.me)
        ratings = effective_ratings(state)
        found = forecast(state)
        reviewed = is_reviewed(ratings) or not basis_counts(ratings)  # with nothing rated it is open: that is true
        self._show_outcome(found, reviewed=reviewed, open_=any(one.value is None for one in ratings.values()))
        self.basis.setText(resting_on(state) + (BLIND if state is not self._page.state else ""))
        note = state.instrument.subset_note if found.scope == "subset" else ""
        scored = state.instrument.scale.kind == "scored"
        self.head.title.setText(_("Score") if scored else _("Forecast"))
        self.score.show_score(state)
        no_committee = state.info.kind == "developmental" and not scored
        kind = _("A developmental visit has no committee. ") if no_committee else ""
        self.head.set_note((kind + note[:1].upper() + note[1:]).strip() + ("." if note else ""))
        self.change.setText(
            "\n".join([_("What would change it:"), *(f"• {to_meet_words(one)}" for one in found.to_meet)])
        )
        # It names standards that reviewers rated not met, which stay hidden until the meeting is opened.
        self.change.setVisible(bool(found.to_meet) and state.meeting_opened and reviewed)
        self._show_thresholds(found.thresholds if reviewed else [])

    def _show_outcome(self, found: Forecast, *, reviewed: bool, open_: bool) -> None:
        """The outcome and both cases; of the team's own claims nothing is foretold."""
        text, tone, icon = LOOKS.get(found.outcome, (found.outcome, "info", "info"))
        if reviewed:
            self.pill.set_state(text, tone, icon, name=f"{self.head.title.text()}: {text}")
        else:
            self.pill.set_state(NONE_YET, "na", "clock", name=NONE_YET)
        self.cases.setText(cases(found, nouns_of(self._page.state.instrument), open_=open_) if reviewed else "")
        self.cases.setVisible(reviewed)

    def _show_thresholds(self, thresholds: list[ThresholdNow]) -> None:
        if thresholds != self._shown:
            self._shown = thresholds
            clear(self.rows)
            for now in thresholds:
                self.rows.addLayout(_threshold(now))


def _threshold(now: ThresholdNow) -> QVBoxLayout:
    wanted = _("{percent} needed", percent=percent_text(float(now.required)))
    if now.percent is None:
        words = _("nothing rated yet, {wanted}", wanted=wanted)
    else:
        met = percent_text(now.percent, now.required)
        words = _(
            "{met} met, {wanted}: {words}",
            met=met,
            wanted=wanted,
            words=_("met") if now.holds else _("not met"),
        )
    said = Text(words, "small")
    line = row(Text(_("Type {type}", type=now.type), "strong", wrap=False), said)
    line.setStretch(1, 1)
    bar = ThresholdBar()
    bar.show_threshold(now)
    return column(line, bar, gap=0.5)
