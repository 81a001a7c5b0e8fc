"""Icons: the program's own SVG line drawings, tinted with a palette role when painted, sharp at any scale."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from reviewapp.base.paths import resource
from ui.theme.qt_values import KEEP_ASPECT_RATIO
from ui.theme.theme import theme


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
    renderer.setProperty("aspectRatioMode", KEEP_ASPECT_RATIO)
    return renderer


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: str) -> None:
    """Paint an icon into `rect`, for delegates and painted widgets; `colour` is a palette value.

    Usually it paints a cached pixmap on whole pixels; with a scaled or rotated painter it renders the SVG.
    """
    side = round(rect.width())
    if painter.transform().isScaling() or round(rect.height()) != side:  # scaling, or turned
        _renderer(name, colour).render(painter, rect)
        return
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(round(rect.left()), round(rect.top()), pixmap(name, colour, side, ratio))


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """An icon as a pixmap of `size` device-independent pixels for a screen with `ratio` pixels in each."""
    picture = QPixmap(QSize(size, size) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    _renderer(name, colour).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def _padded(picture: QPixmap, size: int, gap: int, ratio: float) -> QPixmap:
    """The pixmap with a gap at its right, since Qt has no setting for the space between icon and text."""
    if not gap:
        return picture
    result = QPixmap(QSize(size + gap, size) * ratio)
    result.setDevicePixelRatio(ratio)
    result.fill(QColor(0, 0, 0, 0))
    painter = QPainter(result)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    return result


def set_icon(widget: QAbstractButton | QLabel, name: str, role: str = "text", size: int = 18) -> None:
    """Set an icon on a button or label that follows theme and text size; an empty name removes it."""
    if (widget.property("tintName"), widget.property("tintRole"), widget.property("tintSize")) == (name, role, size):
        return
    widget.setProperty("tintName", name)
    widget.setProperty("tintRole", role)
    widget.setProperty("tintSize", size)
    draw_icon(widget)


def draw_icon(widget: QWidget) -> None:
    """Redraw the icon set by `set_icon` in the present colours and text size."""
    name = widget.property("tintName")
    if not name:
        if isinstance(widget, QAbstractButton):
            widget.setIcon(QIcon())
        return
    look = theme()
    size = round(int(widget.property("tintSize")) * look.scale)
    ratio = widget.devicePixelRatioF()
    picture = pixmap(name, look.hex(str(widget.property("tintRole"))), size, ratio)
    if isinstance(widget, QAbstractButton):
        gap = look.px(4) if widget.text() else 0
        icon = QIcon(_padded(picture, size, gap, ratio))
        icon.addPixmap(_padded(pixmap(name, look.hex("muted"), size, ratio), size, gap, ratio), QIcon.Mode.Disabled)
        widget.setIconSize(QSize(size + gap, size))
        widget.setIcon(icon)
    elif isinstance(widget, QLabel):
        widget.setPixmap(picture)
        widget.setFixedSize(size, size)


def redraw_icons() -> None:
    """Redraw every icon in the program, after the theme or the text size has changed."""
    for widget in QApplication.allWidgets():
        if widget.property("tintName"):
            draw_icon(widget)


# Connected on import, before any widget connects: an icon is redrawn before its widget measures itself again.
theme().changed.connect(redraw_icons)


def application_icon() -> QIcon:
    """The icon of the program and its windows."""
    return QIcon(str(resource("icons", "reviewapp.svg")))
