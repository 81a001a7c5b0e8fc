"""Buttons: words first, an icon if it helps, always an accessible name."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QPushButton, QToolButton, QWidget

from ui.theme import space, theme
from ui.theme.icons import paint_icon, put_icon

_ICON_ROLES = {"primary": "on_accent", "quiet": "accent", "danger": "not_met", "link": "accent"}


class Button(QPushButton):
    """`kind`: plain, primary (one a page at most), quiet, danger, link, row."""

    def __init__(
        self,
        text: str,
        icon: str = "",
        kind: str = "plain",
        *,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text.replace("&", ""))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if tip:
            self.setToolTip(tip)
        if icon:
            put_icon(self, icon, _ICON_ROLES.get(kind, "text"), 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """On the filled kind no border stands out from both the filling and the page, so its focus is a line inside."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("on_accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 3, 3)


class IconButton(QToolButton):
    """A button without words; its name is spoken and shown as its tip."""

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "quiet")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        put_icon(self, icon, "accent", 18)


class Toggle(QPushButton):
    """A filter or choice that stays pressed; pressed is also said by a tick, not by colour alone."""

    def __init__(self, text: str, *, name: str = "", on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "toggle")
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        put_icon(self, "check" if on else "", "accent", 14)
        self.toggled.connect(self._on_toggled)

    def sizeHint(self) -> QSize:
        """Pressed, its words are strong, which Qt does not reckon with by itself."""
        size, font = super().sizeHint(), self.font()
        if self.isChecked():
            plain = self.fontMetrics().horizontalAdvance(self.text())
            font.setWeight(QFont.Weight.DemiBold)
            size.setWidth(size.width() + max(0, QFontMetrics(font).horizontalAdvance(self.text()) - plain) + space(1))
        return size

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        put_icon(self, "check" if on else "", "accent", 14)
        self.updateGeometry()


class Check(QCheckBox):
    """A tick box drawn by us: crisp at any text size, its edge at least 3:1 on its ground."""

    def __init__(self, text: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(on)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Box, gap, words, and room for the focus ring."""
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(self._side() + space(2) + words.width() + space(3), max(28, words.height() + space(2)))

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(pos)

    def _side(self) -> int:
        return theme().px(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Box, tick, words, focus."""
        look, side = theme(), self._side()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(space(1) + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        on, usable = self.isChecked(), self.isEnabled()
        edge = "accent" if on and usable else "line_strong"
        painter.setPen(QPen(look.colour(edge), 1.5))
        painter.setBrush(look.colour("accent" if on and usable else "surface"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", look.hex("on_accent" if usable else "muted"))
        words = QRectF(box.right() + space(2), 0, self.width() - box.right() - space(2), self.height())
        painter.setPen(look.colour("text" if usable else "muted"))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic, self.text())
        if self.hasFocus():
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
