"""A total on its scale: a dot where it is certain, a line from lowest to highest where it is not.

Where other totals are known, a pale bar behind it shows where the middle half of them lies.
"""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import space, theme

HIGH = 14
DOT = 5


class RangeStrip(QWidget):
    """The strip alone, as wide as there is room; whoever places it says the same in words beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span: tuple[float, float] | None = None
        self._scale = (0.0, 1.0)
        self._half: tuple[float, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_range(
        self, lowest: float, highest: float, scale: tuple[float, float], half: tuple[float, float] | None = None
    ) -> None:
        """From lowest to highest, on a scale from its least to its most; `half`: where half of the others lie."""
        self._span, self._scale, self._half = (lowest, highest), scale, half
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(space(40), theme().px(HIGH))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._span is None:
            return
        look, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, edge = self.height() / 2, look.px(DOT) + 1
        if self._half is not None:
            left, right = (self._at(value, edge) for value in self._half)
            painter.fillRect(QRectF(left, 0, right - left, self.height()), look.colour("info_soft"))
            painter.setPen(QPen(look.colour("info"), 1))
            for at in (left, right):
                painter.drawLine(QLineF(at, 0, at, self.height()))
        painter.setPen(QPen(look.colour("line_strong"), 1))
        painter.drawLine(QLineF(edge, middle, self.width() - edge, middle))
        first, last = (self._at(value, edge) for value in self._span)
        painter.setPen(QPen(look.colour("accent"), look.px(3), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        if first != last:
            painter.drawLine(QLineF(first, middle, last, middle))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("accent"))
        for at in {first, last}:
            painter.drawEllipse(QPointF(at, middle), look.px(DOT), look.px(DOT))

    def _at(self, value: float, edge: float) -> float:
        least, most = self._scale
        share = (value - least) / (most - least) if most > least else 0.0
        return edge + max(0.0, min(1.0, share)) * (self.width() - 2 * edge)
