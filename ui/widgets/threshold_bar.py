"""A threshold of the committee's rule as a bar: what is met now, and a mark where the rule wants it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.figures.forecast import ThresholdNow
from ui.formats import percent_text
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.plain_text import plain_tip

THICK = 8
"""How high the bar is; the mark is higher by `BEYOND` above and below. Both grow with the text."""
BEYOND = 3


class ThresholdBar(QWidget):
    """The bar alone, as wide as there is room; whoever places it says the same in words beside it."""

    NOT_REACHED = "accent"
    """The colour of a bar that is below its mark: among words that say so it need not alarm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.now: ThresholdNow | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_threshold(self, now: ThresholdNow) -> None:
        """As it is now."""
        self.now = now
        self.update()

    def sizeHint(self) -> QSize:
        """The bar with its mark."""
        return QSize(space(20), theme().px(THICK + 2 * BEYOND + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """In the middle of its place."""
        if self.now is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = theme().px(THICK)
        self.paint_bar(painter, QRectF(2, (self.height() - high) / 2, self.width() - 4, high), self.now)

    def paint_bar(self, painter: QPainter, track: QRectF, now: ThresholdNow) -> None:
        """Track, what is met, mark."""
        look, round_ = theme(), track.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("line"))
        painter.drawRoundedRect(track, round_, round_)
        if now.percent:
            painter.setBrush(look.colour("met" if now.holds else self.NOT_REACHED))
            full = max(track.height(), track.width() * now.percent / 100)
            painter.drawRoundedRect(QRectF(track.left(), track.top(), full, track.height()), round_, round_)
        beyond = look.px(BEYOND)
        mark = min(track.left() + track.width() * min(1.0, float(now.required) / 100), track.right() - 1)
        painter.setBrush(look.colour("text"))
        painter.drawRect(QRectF(mark - 1, track.top() - beyond, 2, track.height() + 2 * beyond))


class LabelledThresholdBar(ThresholdBar):
    """Words above the bar: the share, what is wanted, and a sign whether it is reached. Never narrower than these."""

    NOT_REACHED = "not_met"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.type_size = "small"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_threshold(self, now: ThresholdNow, need: str = "") -> None:
        """As it is now, and what it would take."""
        super().show_threshold(now)
        reached = "" if now.percent is None else _(", met") if now.holds else _(", not met")
        self.setAccessibleName(f"{self._words()}{reached}. {need}".rstrip(". "))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.updateGeometry()

    def _words(self) -> str:
        now = self.now
        if now is None:
            return ""
        if now.percent is None:
            return _("Type {type}: not rated yet, {required}% needed", type=now.type, required=now.required)
        return _(
            "Type {type}: {percent}, {required}% needed",
            type=now.type,
            percent=percent_text(now.percent, now.required),
            required=now.required,
        )

    def sizeHint(self) -> QSize:
        """Words above a bar."""
        metrics = QFontMetrics(theme().font(self.type_size, strong=True))
        width = metrics.horizontalAdvance(self._words()) + theme().px(14) + space(3)
        return QSize(max(width, theme().px(150)), metrics.height() + theme().px(8) + space(2))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sign, words, bar."""
        now = self.now
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
        self.paint_bar(painter, QRectF(0, line + space(1), self.width() - 1, look.px(THICK)), now)
