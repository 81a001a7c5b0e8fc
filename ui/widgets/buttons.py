"""Buttons: text first, an icon if it helps, always an accessible name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRectF, QSize, Slot
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPushButton, QToolButton, QWidget

from ui.theme import space, theme
from ui.theme.icons import paint_icon, set_icon
from ui.theme.qt_values import ALIGN_V_CENTRE, SHOW_MNEMONIC, STRONG_FOCUS
from ui.widgets.plain_text import plain_tip, plain_words

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QEnterEvent

_ICON_ROLES = {"primary": "on_accent", "quiet": "accent", "danger": "not_met", "link": "accent"}

TICK = 14
"""Side of the tick of a toggle, in pixels at 100 %."""
BESIDE_ICON = 4
"""Pixels that Qt leaves between an icon and its text."""


def _set_hand_cursor(widget: QWidget) -> None:
    """Show the pointing hand over a widget that can be clicked."""
    from PySide6.QtCore import Qt

    widget.setCursor(Qt.CursorShape.PointingHandCursor)


class _Watcher(QObject):
    """Of every button here: what appears on its page when it is pressed is scrolled into view.

    What that takes is loaded with the first press, for the unlock screen has buttons too.
    """

    @Slot()
    def on_pressed(self) -> None:
        """A button goes down: its page is still as it was."""
        from ui.widgets.appearing import look

        look(self.sender())

    @Slot()
    def on_clicked(self) -> None:
        """It was pressed."""
        from ui.widgets.appearing import follow

        follow(self.sender())


_WATCHER: list[_Watcher] = []


def _watch(button: QAbstractButton) -> None:
    """Called before any page connects, so that it is asked first."""
    if not _WATCHER:
        _WATCHER.append(_Watcher())
    button.pressed.connect(_WATCHER[0].on_pressed)
    button.clicked.connect(_WATCHER[0].on_clicked)


def _draw_rounded_rect(
    painter: QPainter, rect: QRectF, radius: float, filling: QColor | None, edge: QColor, width: float
) -> None:
    """Draw a rounded rectangle without naming `Qt` (see ui.theme.qt_values)."""
    path, pen, colours = QPainterPath(), QPen(), QPalette()
    path.addRoundedRect(rect, radius, radius)
    if filling is not None:
        colours.setColor(QPalette.ColorRole.Base, filling)
        painter.fillPath(path, colours.base())
    pen.setColor(edge)
    pen.setWidthF(width)
    painter.strokePath(path, pen)


def rename(button: QAbstractButton, text: str) -> None:
    """Give the button another name for a screen reader before its words change, unless it has one of its own."""
    if button.accessibleName() == button.text():
        button.setAccessibleName(text)


class Button(QPushButton):
    """A push button. `kind`: plain, primary (one a page at most), quiet, danger, link, row."""

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
        super().__init__(plain_words(text), parent)
        _watch(self)
        self.setProperty("kind", kind)
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        if tip:
            self.setToolTip(plain_tip(tip))
        if icon:
            set_icon(self, icon, _ICON_ROLES.get(kind, "text"), 18)

    def text(self) -> str:
        """The words, as they were given."""
        return super().text().replace("&&", "&")

    def setText(self, text: str) -> None:
        rename(self, text)
        super().setText(plain_words(text))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        _set_hand_cursor(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        # No border contrasts with both the primary filling and the page, so its focus is a line inside.
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme().colour("on_accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 4, -4, -4), 3, 3)


class IconButton(QToolButton):
    """A button with an icon only; its name is its accessible name and tool tip."""

    def __init__(self, icon: str, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _watch(self)
        self.setProperty("kind", "quiet")
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setProperty("focusPolicy", STRONG_FOCUS)
        set_icon(self, icon, "accent", 18)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        _set_hand_cursor(self)


class Toggle(QPushButton):
    """A filter or choice that stays pressed; a tick shows it too, not the colour alone."""

    def __init__(self, text: str, *, name: str = "", on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(plain_words(text), parent)
        _watch(self)
        self.setProperty("kind", "toggle")
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name or text)
        self.setAutoDefault(False)
        set_icon(self, "check" if on else "", "accent", TICK)
        self.toggled.connect(self._on_toggled)

    def text(self) -> str:
        """The words, as they were given."""
        return super().text().replace("&&", "&")

    def setText(self, text: str) -> None:
        rename(self, text)
        super().setText(plain_words(text))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        _set_hand_cursor(self)

    def sizeHint(self) -> QSize:
        # The same whether it is ticked or not, or the next one would move away under the finger: room for the tick,
        # and for the semibold that the text then is, twice: Qt puts it where the plain text would be in the middle.
        size, font, words = super().sizeHint(), self.font(), self.text()
        font.setWeight(QFont.Weight.DemiBold)
        bolder = max(0, QFontMetrics(font).horizontalAdvance(words) - self.fontMetrics().horizontalAdvance(words))
        drawn = 0 if self.icon().isNull() else self.iconSize().width() + BESIDE_ICON
        tick = theme().px(TICK) + theme().px(BESIDE_ICON) + BESIDE_ICON
        size.setWidth(size.width() - drawn + tick + 2 * bolder + space(1))
        return size

    def minimumSizeHint(self) -> QSize:
        # The text is never cut off.
        return self.sizeHint()

    @Slot(bool)
    def _on_toggled(self, on: bool) -> None:
        set_icon(self, "check" if on else "", "accent", TICK)


class Check(QCheckBox):
    """A check box painted by the program: sharp at any text size, its edge at least 3:1 on its background."""

    def __init__(self, text: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(plain_words(text), parent)
        _watch(self)
        self.setChecked(on)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The words, as they were given."""
        return super().text().replace("&&", "&")

    def setText(self, text: str) -> None:
        rename(self, text)
        super().setText(plain_words(text))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        _set_hand_cursor(self)

    def sizeHint(self) -> QSize:
        # Box, gap, text, and room for the focus ring.
        words = self.fontMetrics().size(SHOW_MNEMONIC, super().text())
        return QSize(self._side() + space(2) + words.width() + space(3), max(28, words.height() + space(2)))

    def minimumSizeHint(self) -> QSize:
        # The text is never cut off.
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        # The whole widget can be clicked, not only box and text.
        return self.rect().contains(pos)

    def _side(self) -> int:
        return theme().px(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, side = theme(), self._side()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(space(1) + 0.5, (self.height() - side) / 2 + 0.5, side - 1, side - 1)
        on, usable = self.isChecked(), self.isEnabled()
        edge = "accent" if on and usable else "line_strong"
        _draw_rounded_rect(
            painter, box, 4, look.colour("accent" if on and usable else "surface"), look.colour(edge), 1.5
        )
        if on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", look.hex("on_accent" if usable else "muted"))
        left = round(box.right()) + space(2)
        if not usable:
            painter.setPen(look.colour("muted"))
        painter.drawText(left, 0, self.width() - left, self.height(), ALIGN_V_CENTRE | SHOW_MNEMONIC, super().text())
        if self.hasFocus():
            _draw_rounded_rect(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, None, look.colour("focus"), 2)
