"""Forecast of the committee's outcome, at best and at worst; it changes with every agreed rating."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.agreement import Agreement
from reviewapp.figures.forecast import DOES_NOT_MEET, MEETS, UNDECIDED, Forecast, ThresholdNow
from ui.formats import percent_text
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets import Card, FlowLayout, Pill, Text

OUTCOMES = {
    MEETS: (_("Thresholds met"), "met"),
    DOES_NOT_MEET: (_("Thresholds not met"), "not_met"),
    UNDECIDED: (_("Undecided"), "warn"),
}


def outcome_in_words(outcome: str) -> tuple[str, str]:
    """Label and tone of an outcome; on a scored scale the outcome is the name of a band."""
    return OUTCOMES.get(outcome, (outcome[:1].upper() + outcome[1:], "info"))


def agreement_in_words(found: Agreement) -> str:
    """Krippendorff's alpha in a sentence, with the numbers it rests on and its limits."""
    if found.alpha is None:
        return _("How far reviewers agree beyond chance cannot be told yet.")
    on = plural(
        "{n} standard, {reviewers} reviewers",
        "{n} standards, {reviewers} reviewers",
        found.units,
        reviewers=found.reviewers,
    )
    return _(
        "Agreement between reviewers beyond chance: {alpha} (Krippendorff's alpha; {on}). It tells how "
        "clearly the standards can be rated, never how good a reviewer is.",
        alpha=f"{found.alpha:.2f}",
        on=on,
    )


class ThresholdBar(QWidget):
    """Bar of one threshold: share met, required share, and whether it is reached, in words and graphically."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now: ThresholdNow | None = None
        self.type_size = "small"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_threshold(self, now: ThresholdNow, need: str) -> None:
        """Show a threshold; `need` says which standards would be needed to reach it."""
        self._now = now
        reached = "" if now.percent is None else _(", reached") if now.holds else _(", not reached")
        self.setAccessibleName(f"{self._words()}{reached}. {need}".rstrip(". "))
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    def _words(self) -> str:
        now = self._now
        if now is None:
            return ""
        if now.percent is None:
            return _("Type {type}: not rated yet, needs {required} %", type=now.type, required=now.required)
        return _(
            "Type {type}: {percent}, needs {required} %",
            type=now.type,
            percent=percent_text(now.percent, now.required),
            required=now.required,
        )

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme().font(self.type_size, strong=True))
        width = metrics.horizontalAdvance(self._words()) + theme().px(14) + space(3)
        return QSize(max(width, theme().px(150)), metrics.height() + theme().px(8) + space(2))

    def minimumSizeHint(self) -> QSize:
        # The text is never cut.
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = self._now
        if now is None:
            return
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone, icon = ("met", "check") if now.holds else ("not_met", "cross")
        if now.percent is None:
            tone, icon = "na", "circle"
        font = look.font(self.type_size, strong=True)
        line, side = QFontMetrics(font).height(), look.px(14)
        paint_icon(painter, QRectF(0, (line - side) / 2, side, side), icon, look.hex(tone))
        painter.setFont(font)
        painter.setPen(look.colour("text"))
        words = QRectF(side + space(1.5), 0, self.width(), line)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words())
        bar = QRectF(0, line + space(1), self.width() - 1, look.px(7))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(bar, bar.height() / 2, bar.height() / 2)
        if now.percent:
            painter.setBrush(look.colour(tone))
            full = QRectF(bar.left(), bar.top(), max(bar.height(), bar.width() * now.percent / 100), bar.height())
            painter.drawRoundedRect(full, bar.height() / 2, bar.height() / 2)
        mark = bar.left() + bar.width() * min(1.0, now.required / 100)
        painter.setBrush(look.colour("text"))
        painter.drawRect(QRectF(min(mark, bar.right() - 2) - 1, bar.top() - 2, 2.5, bar.height() + 4))


class ForecastStrip(Card):
    """Card with the forecast in one line above the table; it wraps where it is too narrow."""

    def __init__(self) -> None:
        super().__init__(margin=3)
        self.setAccessibleName(_("Forecast"))
        self.now = Pill()
        self._line = QWidget()
        self._flow = FlowLayout(self._line, gap=4)
        self.cases = Text("", "small")
        self._bars: list[ThresholdBar] = []
        self._buttons: tuple[QWidget, ...] = ()
        self._flow.addWidget(self.now)
        self.agreement = Text("", "small")
        self.add(self._line, self.cases, self.agreement)
        self.body.setSpacing(space(1))

    def add_buttons(self, *buttons: QWidget) -> None:
        """Append buttons after the thresholds."""
        self._buttons = buttons
        for button in buttons:
            self._flow.addWidget(button)

    def show_agreement(self, found: Agreement) -> None:
        """Show the reviewers' agreement before the discussion, worded as a property of the standards."""
        self.agreement.setText(agreement_in_words(found))

    def show_forecast(self, found: Forecast, note: str) -> None:
        """Show the forecast; `note` says that these standards are only a part of the whole set."""
        words, tone = outcome_in_words(found.outcome)
        self.now.set_state(words, tone, name=_("Forecast now: {words}", words=words))
        if len(self._bars) != len(found.thresholds):
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
            _("At best and at worst: {best}.", best=best)
            if best == worst
            else _("At best: {best}. At worst: {worst}.", best=best, worst=worst)
        )
        self.cases.setText(f"{cases} {note[:1].upper()}{note[1:]}." if note else cases)
        self._line.updateGeometry()

    def set_large(self, large: bool) -> None:
        """Large type for a projector."""
        for bar in self._bars:
            bar.type_size = "heading" if large else "small"
            bar.updateGeometry()
        self.cases.set_kind("lead" if large else "small")
        self.agreement.setVisible(not large)

    def _make_bars(self, many: int) -> None:
        while self._flow.count() > 1:
            item = self._flow.takeAt(1)
            widget = item.widget() if item else None
            if isinstance(widget, ThresholdBar):
                widget.deleteLater()
        self._bars = [ThresholdBar(self._line) for __ in range(many)]
        for widget in (*self._bars, *self._buttons):
            self._flow.addWidget(widget)
