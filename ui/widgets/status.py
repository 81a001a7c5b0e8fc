"""A status as icon, word and colour, never one of them alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.plain_text import plain_tip

TONE_ICONS = {"met": "check", "not_met": "cross", "na": "dash", "warn": "alert", "info": "info", "accent": "dot"}


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: str, icon: str = "", size: str = "small") -> None:
    """Paint a pill with a painter, for delegates; the widget is painted with it too."""
    look = theme()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colour(f"{tone}_soft"))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    side = look.px(14)
    left = rect.left() + space(2)
    paint_icon(
        painter, QRectF(left, rect.center().y() - side / 2, side, side), icon or TONE_ICONS[tone], look.hex(tone)
    )
    painter.setFont(look.font(size, strong=True))
    painter.setPen(look.colour(tone))
    words = QRectF(left + side + space(1), rect.top(), rect.right() - left - side - space(2), rect.height())
    fitted = look.metrics(size, strong=True).elidedText(text, Qt.TextElideMode.ElideRight, int(words.width()) + 1)
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitted)
    painter.restore()


class Pill(QWidget):
    """A rounded label with an icon. `tone`: met, not_met, na, warn, info, accent."""

    def __init__(
        self, text: str = "", tone: str = "na", icon: str = "", *, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_state(text, tone, icon, name=name)

    def set_state(self, text: str, tone: str = "na", icon: str = "", *, name: str = "") -> None:
        """Set text, tone and icon; `name` is the accessible name if the text alone is too short."""
        if (text, tone, icon, name or text) == (self._text, self._tone, self._icon, self.accessibleName()):
            return  # otherwise everything around it would be laid out again
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(name or text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The text shown."""
        return self._text

    def sizeHint(self) -> QSize:
        look = theme()
        words = look.metrics("small", strong=True).horizontalAdvance(self._text)
        return QSize(words + look.px(14) + space(6), max(24, look.px(24)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QRectF(self.rect()), self._text, self._tone, self._icon)


class EvidenceChip(Pill):
    """A source's finding about a standard: `EvidenceChip("Patient survey", "7 of 9 yes", "met", "survey")`."""

    def __init__(
        self,
        source: str,
        finding: str,
        tone: str = "na",
        icon: str = "",
        *,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(f"{source}: {finding}" if finding else source, tone, icon, parent=parent)
        self.setToolTip(plain_tip(tip))
