"""Scores by round in one cell of a table: a dot where it is certain, else a bar; lines between certain scores."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme import space, theme
from ui.widgets.full_height_table import CellTextDelegate, FullHeightTable, Index, picture_cell

SLOPE = Qt.ItemDataRole.UserRole + 7
HIGH, DOT, BAR, EDGE = 66, 4, 6, 16
_MIDDLE, _CENTRED = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignHCenter


class Slope(NamedTuple):
    """One item over the rounds: (lowest, highest) of each, equal where it is certain, None where nothing is known.

    `scale`: the least and the most that there is. Without points it is the heading: `names` of the rounds.
    """

    points: tuple[tuple[int, int] | None, ...] = ()
    scale: tuple[int, int] = (0, 1)
    names: tuple[str, ...] = ()

    @property
    def many(self) -> int:
        """How many rounds there are."""
        return len(self.names or self.points)


class SlopeDelegate(CellTextDelegate):
    """As for text, and paints a `Slope` where the cell has one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        slope = index.data(SLOPE)
        if slope is None:
            return super().sizeHint(option, index)
        line = theme().metrics("small").height()
        return QSize(space(40), space(2) + line * 2 if slope.names else theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        slope = index.data(SLOPE)
        if slope is None:
            super().paint(painter, option, index)
            return
        with picture_cell(painter, option) as rect:
            (_names if slope.names else _points)(painter, rect, slope)


class SlopeTable(FullHeightTable):
    """Table whose cells may hold slopes."""

    DELEGATE = SlopeDelegate


def _places(rect: QRectF, many: int) -> Iterator[float]:
    """The middle of each round, beside the room for the ends of the scale."""
    left = rect.left() + theme().px(EDGE)
    wide = (rect.right() - left) / max(many, 1)
    for number in range(many):
        yield left + wide * (number + 0.5)


def _names(painter: QPainter, rect: QRectF, slope: Slope) -> None:
    look = theme()
    painter.setFont(look.font("small"))
    painter.setPen(look.colour("muted"))
    wide = (rect.width() - look.px(EDGE)) / max(slope.many, 1)
    for x, name in zip(_places(rect, slope.many), slope.names, strict=True):
        room = QRectF(x - wide / 2 + 2, rect.top() + space(1), wide - 4, rect.height() - space(1))
        painter.drawText(room, int(_CENTRED | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap), name)


def _points(painter: QPainter, rect: QRectF, slope: Slope) -> None:
    look = theme()
    line = look.metrics("small").height()
    top, bottom = rect.top() + line + space(1), rect.bottom() - line / 2 - space(0.5)
    least, most = slope.scale

    def height(value: int) -> float:
        return bottom - (bottom - top) * (value - least) / max(most - least, 1)

    places = list(zip(_places(rect, slope.many), slope.points, strict=True))
    painter.setFont(look.font("small"))
    for end in slope.scale:
        wide, middle = look.wide(f"{end}", "small"), height(end)
        painter.setPen(look.colour("muted"))
        painter.drawText(QRectF(rect.left() + space(1), middle - line / 2, wide + 2, line), int(_MIDDLE), f"{end}")
        painter.setPen(QPen(look.colour("line"), 1))
        painter.drawLine(QLineF(rect.left() + wide + space(3), middle, rect.right() - space(1), middle))
    painter.setPen(QPen(look.colour("accent"), look.px(2)))
    for (x1, one), (x2, other) in pairwise(places):
        if one is not None and other is not None and one[0] == one[1] and other[0] == other[1]:
            painter.drawLine(QLineF(x1, height(one[0]), x2, height(other[0])))
    for x, point in places:
        if point is not None:
            _mark(painter, x, height(point[1]), height(point[0]), point)


def _mark(painter: QPainter, x: float, high: float, low: float, point: tuple[int, int]) -> None:
    look = theme()
    least, most = point
    painter.setPen(QPen(look.colour("accent"), 1))
    if least == most:
        painter.setBrush(look.colour("accent"))
        painter.drawEllipse(QPointF(x, high), look.px(DOT), look.px(DOT))
    else:
        painter.setBrush(look.colour("accent_soft"))
        painter.drawRect(QRectF(x - look.px(BAR) / 2, high, look.px(BAR), low - high))
    painter.setFont(look.font("small", strong=True))
    painter.setPen(look.colour("text"))
    line, wide = look.metrics("small", strong=True).height(), look.px(60)
    words = f"{least}" if least == most else f"{least}\N{EN DASH}{most}"
    painter.drawText(QRectF(x - wide / 2, high - line - look.px(DOT), wide, line), int(_CENTRED), words)
