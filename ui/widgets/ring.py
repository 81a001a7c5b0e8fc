"""A progress ring, painted so that it is sharp at any scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from reviewapp.base.i18n import _
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.paint_cache import PaintCache
from ui.widgets.plain_text import plain_tip

_WRAP = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_CACHE = PaintCache()


class ProgressRing(QWidget):
    """A ring with number, target and label, on a card; a tick, not only the colour, shows a reached target."""

    def __init__(
        self, label: str, done: int = 0, target: int = 0, *, size: int = 92, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.label, self._size = label, size
        self.done, self.target = done, target
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set(done, target)

    def set(self, done: int, target: int) -> None:
        """Set the number done and the target; with a target of 0 the number alone is shown."""
        self.done, self.target = done, target
        words = (
            _("{label}: {done} of {target}", label=self.label, done=done, target=target)
            if target
            else f"{self.label}: {done}"
        )
        self.setAccessibleName(words)
        self.setToolTip(plain_tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._size)
        wide, metrics = max(side + space(8), theme().px(116)), theme().metrics("small", strong=True)
        words = max(map(metrics.horizontalAdvance, self.label.split()), default=0)
        lines = 2 if metrics.horizontalAdvance(self.label) > wide - space(1) else 1
        return QSize(max(wide, words + space(1)), side + theme().px("body") + space(4) + (lines - 1) * metrics.height())

    def minimumSizeHint(self) -> QSize:
        # Never smaller: the numbers must be readable.
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, key = QPainter(self), (self.label, self.done, self.target, self._size)
        _CACHE.show(painter, self.rect(), key, theme().colour("surface"), self._draw)

    def _draw(self, painter: QPainter, room: QRectF) -> None:
        """Paint track, arc, number and label."""
        look = theme()
        side, thick = look.px(self._size), look.px(8)
        ring = QRectF((self.width() - side) / 2 + thick / 2, thick / 2, side - thick, side - thick)
        full = bool(self.target) and self.done >= self.target
        painter.setPen(QPen(look.colour("line"), thick))
        painter.drawEllipse(ring)
        share = min(1.0, self.done / self.target) if self.target else 0.0
        if share > 0:
            pen = QPen(look.colour("met" if full else "accent"), thick)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("heading", strong=True))
        painter.drawText(ring.translated(0, -look.px(8)), Qt.AlignmentFlag.AlignCenter, str(self.done))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("muted"))
        if full:
            tick = look.px(18)
            box = QRectF(ring.center().x() - tick / 2, ring.center().y() + look.px(5), tick, tick)
            paint_icon(painter, box, "check", look.hex("met"))
        elif self.target:
            painter.drawText(
                ring.translated(0, look.px(13)), Qt.AlignmentFlag.AlignCenter, _("of {target}", target=self.target)
            )
        painter.setFont(look.font("small", strong=True))
        painter.setPen(look.colour("text"))
        below = QRectF(0, side + space(1), self.width(), self.height() - side - space(1))
        painter.drawText(below, int(_WRAP), self.label)
