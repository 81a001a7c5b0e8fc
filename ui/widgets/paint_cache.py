"""Cache of images painted by delegates: each is painted once and then copied.

To lay out a few words and to smooth a rounded edge takes a hundred times as long as to copy what came of it. Weighed on
the large visit (`tests/benchmarks/painting.py`): scrolling takes half the time in the list of 400 standards (of which
the words of the second lines make a third), 40 % in Agree, a third in the case notes, 40 % in the interviews; painting
what is in view a quarter; a switch to Overview with its rings a sixth less. In the navigation it bought 6 % of a switch
of pages, so that is drawn each time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from ui.theme import theme

MOST_BYTES = 6_000_000
"""Size of the whole program's cache; the images not shown for longest are dropped first."""
_IMAGES: OrderedDict[tuple[Hashable, ...], QPixmap] = OrderedDict()
_BYTES = [0]


class PaintCache:
    """The images of one delegate or widget, never shared with another's; a change of theme makes them invalid."""

    def show(
        self,
        painter: QPainter,
        rect: QRect,
        key: Hashable,
        ground: QColor,
        draw: Callable[..., None],
        *what: Any,
    ) -> None:
        """Paint what `draw(painter, QRectF, *what)` paints on `ground`; `key` identifies everything it shows.

        The image has the same pixels as direct painting; with a scaled or rotated painter `draw` is called each time.
        """
        ratio, look = painter.device().devicePixelRatioF(), theme()
        if painter.transform().isScaling():  # true for everything but a translation, rotation included
            painter.save()
            painter.fillRect(rect, ground)
            draw(painter, QRectF(rect), *what)
            painter.restore()
            return
        size, at = (rect.size(), QPointF(rect.topLeft())) if ratio == 1 else _on_whole_pixels(painter, rect)
        name = (self, key, look.turn, ratio, size.width(), size.height())
        found = _IMAGES.get(name)
        if found is None:
            found = _render(size, ratio, ground, draw, what)
            _store(name, found)
        else:
            _IMAGES.move_to_end(name)
        painter.drawPixmap(at, found)


def clear_paint_cache() -> None:
    """Empty the cache, so that no image shows a visit's contents any longer."""
    _IMAGES.clear()
    _BYTES[0] = 0


def _on_whole_pixels(painter: QPainter, rect: QRect) -> tuple[QSize, QPointF]:
    """Size and position on whole device pixels at ratios such as 1.5: no seam between neighbours, nothing blurred."""
    to_device = painter.deviceTransform()
    there = to_device.mapRect(QRectF(rect))
    left, top = round(there.left()), round(there.top())
    back, _ = to_device.inverted()
    return QSize(round(there.right()) - left, round(there.bottom()) - top), back.map(QPointF(left, top))


def _render(size: QSize, ratio: float, ground: QColor, draw: Callable[..., None], what: tuple[Any, ...]) -> QPixmap:
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


def _store(name: tuple[Hashable, ...], picture: QPixmap) -> None:
    _IMAGES[name] = picture
    _BYTES[0] += _bytes(picture)
    while _BYTES[0] > MOST_BYTES and len(_IMAGES) > 1:
        _, oldest = _IMAGES.popitem(last=False)
        _BYTES[0] -= _bytes(oldest)
