"""Forecast of the committee's outcome, at best and at worst; it changes with every agreed rating."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.agreement import Agreement
from reviewapp.figures.forecast import DOES_NOT_MEET, MEETS, UNDECIDED, Forecast
from reviewapp.figures.scores import ScoreFigures
from reviewapp.instruments.nouns import Nouns
from ui.pages.shared.score_words import total_words
from ui.widgets import IconButton, Pill, Text, column
from ui.widgets.threshold_bar import LabelledThresholdBar

OUTCOMES = {
    MEETS: (_("Thresholds met"), "met"),
    DOES_NOT_MEET: (_("Thresholds not met"), "not_met"),
    UNDECIDED: (_("Undecided"), "warn"),
}


NONE_YET = _("No forecast yet")
BEGINS = _(
    "The forecast starts with the first rating that is agreed, or that all reviewers gave. The team's self-review "
    "does not count."
)


def outcome_in_words(outcome: str) -> tuple[str, str]:
    """Label and tone of an outcome; on a scored scale the outcome is the name of a band."""
    return OUTCOMES.get(outcome, (outcome[:1].upper() + outcome[1:], "info"))


def agreement_in_words(found: Agreement, nouns: Nouns) -> str:
    """Krippendorff's alpha in a sentence, with the numbers it rests on and its limits."""
    if found.alpha is None:
        return _("There are too few ratings to say how far reviewers agree.")
    on = _("{standards}, {reviewers} reviewers", standards=nouns.counted(found.units), reviewers=found.reviewers)
    return _(
        "Agreement between reviewers beyond chance: {alpha} (1 is complete, 0 is chance; Krippendorff's alpha; "
        "{on}). It shows how clear the {nouns} are to rate, not how good a reviewer is.",
        nouns=nouns.many,
        alpha=f"{found.alpha:.2f}",
        on=on,
    )


class ForecastStrip(QObject):
    """The forecast in the line above the table: outcome, thresholds, and the words behind them, shown on request.

    `parts` are for that line, in order; `words` stand below it. Emits `changed` when there are other parts.
    """

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.now = Pill(parent=parent)
        self.about = IconButton("info", _("What the forecast rests on"), parent=parent)
        self.about.clicked.connect(self._on_about)
        self.cases, self.agreement = Text("", "small"), Text("", "small")
        self.words = QWidget(parent)
        self.words.setLayout(column(self.cases, self.agreement, gap=1))
        self._parent = parent
        self._bars: list[LabelledThresholdBar] = []
        self._opened = self._large = self._told = False
        self._show_words()

    @property
    def parts(self) -> list[QWidget]:
        """What stands in the line."""
        return [self.now, self.about, *self._bars]

    def show_opened(self, opened: bool) -> None:
        """Show it, or nothing of it: what rests on others' ratings is for the time after the meeting was opened."""
        self._opened = opened
        for part in self.parts:
            part.setVisible(opened)
        self._show_words()

    def show_agreement(self, found: Agreement, nouns: Nouns) -> None:
        """Show the reviewers' agreement before the discussion, worded as a property of the standards."""
        self.agreement.setText(agreement_in_words(found, nouns))

    def show_forecast(self, found: Forecast, note: str, *, reviewed: bool, score: ScoreFigures | None = None) -> None:
        """Show the forecast; `note` says that these standards are only a part of the whole set.

        Not `reviewed`: no rating counts yet, and of the team's own claims nothing is foretold. `score`: on a scored
        scale, the total as it is now.
        """
        if not reviewed:
            none = NONE_YET if score is None else _("No score yet")
            self.now.set_state(none, "na", name=none)
            self._make_bars(0)
            self.cases.setText(BEGINS)
            return
        words, tone = outcome_in_words(found.outcome)
        name = _("Forecast now: {words}", words=words) if score is None else _("Score now: {words}", words=words)
        self.now.set_state(words, tone, name=name)
        self._make_bars(len(found.thresholds))
        needs = {
            n.type: _("{need} more of these must be met: {list}", need=n.need, list=", ".join(n.from_))
            for n in found.to_meet
            if n.need
        }
        for bar, threshold in zip(self._bars, found.thresholds, strict=True):
            bar.show_threshold(threshold, needs.get(threshold.type, ""))
        best, worst = outcome_in_words(found.best_case)[0].lower(), outcome_in_words(found.worst_case)[0].lower()
        cases = (
            _("Best and worst possible: {best}.", best=best)
            if best == worst
            else _("Best possible: {best}. Worst possible: {worst}.", best=best, worst=worst)
        )
        if score is not None:
            cases = f"{total_words(score)}. {cases}"
        self.cases.setText(f"{cases} {note[:1].upper()}{note[1:]}." if note else cases)

    def set_large(self, large: bool) -> None:
        """Large type for a projector; the words are shown then."""
        self._large = large
        for bar in self._bars:
            bar.type_size = "heading" if large else "small"
            bar.updateGeometry()
        self.cases.set_kind("lead" if large else "small")
        self.agreement.setVisible(not large)
        self._show_words()

    def _show_words(self) -> None:
        self.about.setVisible(self._opened and not self._large)
        self.words.setVisible(self._opened and (self._told or self._large))

    @Slot()
    def _on_about(self) -> None:
        self._told = not self._told
        self._show_words()

    def _make_bars(self, many: int) -> None:
        if len(self._bars) == many:
            return
        for bar in self._bars:
            bar.hide()
            bar.deleteLater()
        self._bars = [LabelledThresholdBar(self._parent) for __ in range(many)]
        self.changed.emit()
