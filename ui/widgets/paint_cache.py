"""Pictures of what delegates draw again and again: each is drawn once, and then only shown.

To lay out a few words and to smooth a rounded edge takes a hundred times as long as to copy what came of it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.theme import theme

MOST_BYTES = 6_000_000
"""So much is kept for the whole program; what was not shown for longest goes first."""
_KEPT: OrderedDict[tuple[Hashable, ...], QPixmap] = OrderedDict()
_BYTES = [0]


class PaintCache:
    """Of one delegate: its pictures are never mistaken for another's, and none outlives a change of the theme."""

    def show(
        self,
        painter: QPainter,
        rect: QRect,
        key: Hashable,
        ground: QColor,
        draw: Callable[..., None],
        *what: Any,
    ) -> None:
        """What `draw(painter, QRectF, *what)` draws on `ground`; `key` names everything that it shows.

        The picture has the pixels that drawing would have: turned or enlarged things are drawn each time.
        """
        ratio, look = painter.device().devicePixelRatioF(), theme()
        if painter.transform().isScaling():  # or turned: Qt says so of all that is more than moved
            painter.save()
            painter.fillRect(rect, ground)
            draw(painter, QRectF(rect), *what)
            painter.restore()
            return
        size, at = (rect.size(), QPointF(rect.topLeft())) if ratio == 1 else _on_whole_pixels(painter, rect)
        name = (self, key, look.turn, ratio, size.width(), size.height())
        found = _KEPT.get(name)
        if found is None:
            found = _drawn(size, ratio, ground, draw, what)
            _keep(name, found)
        else:
            _KEPT.move_to_end(name)
        painter.drawPixmap(at, found)


def let_go() -> None:
    """Keep no picture of anything: what a visit says is not shown any longer."""
    _KEPT.clear()
    _BYTES[0] = 0


def _on_whole_pixels(painter: QPainter, rect: QRect) -> tuple[QSize, QPointF]:
    """Where a screen has one and a half pixels for one of ours: no seam between neighbours, and nothing smeared."""
    to_device = painter.deviceTransform()
    there = to_device.mapRect(QRectF(rect))
    left, top = round(there.left()), round(there.top())
    back, _ = to_device.inverted()
    return QSize(round(there.right()) - left, round(there.bottom()) - top), back.map(QPointF(left, top))


def _drawn(size: QSize, ratio: float, ground: QColor, draw: Callable[..., None], what: tuple[Any, ...]) -> QPixmap:
    picture = QPixmap(size)
    picture.setDevicePixelRatio(ratio)
    picture.fill(ground)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    draw(painter, QRectF(0, 0, size.width() / ratio, size.height() / ratio), *what)
    painter.end()
    return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * 4


def _keep(name: tuple[Hashable, ...], picture: QPixmap) -> None:
    _KEPT[name] = picture
    _BYTES[0] += _bytes(picture)
    while _BYTES[0] > MOST_BYTES and len(_KEPT) > 1:
        _, oldest = _KEPT.popitem(last=False)
        _BYTES[0] -= _bytes(oldest)
