"""A dot on an axis in one cell of a table, with the middle half of all dots shaded behind it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from ui.theme import space, theme
from ui.widgets.full_height_table import CellTextDelegate, FullHeightTable, Index, picture_cell

STRIP = Qt.ItemDataRole.UserRole + 8
HIGH, DOT, EDGE = 34, 5, 12
_CENTRED = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter


class DotStrip(NamedTuple):
    """Where a dot stands (None: nowhere, and `none` says why), and between what the middle half of all dots lies.

    `scale`: the ends of the axis. As a heading it has neither a dot nor a word, and shows the ends.
    """

    value: float | None = None
    middle: tuple[float, float, float] | None = None
    scale: tuple[float, float] = (0.0, 100.0)
    none: str = ""
    heading: bool = False
    unit: str = "%"


class DotDelegate(CellTextDelegate):
    """As for text, and paints a `DotStrip` where the cell has one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(STRIP) is None:
            return super().sizeHint(option, index)
        return QSize(space(40), theme().px(HIGH))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        strip = index.data(STRIP)
        if strip is None:
            super().paint(painter, option, index)
            return
        with picture_cell(painter, option) as rect:
            (_ends if strip.heading else _dot)(painter, rect, strip)


class DotTable(FullHeightTable):
    """Table whose cells may hold dots."""

    DELEGATE = DotDelegate


def _at(rect: QRectF, strip: DotStrip, value: float) -> float:
    edge = theme().px(EDGE)
    low, high = strip.scale
    share = (min(max(value, low), high) - low) / (high - low) if high > low else 0.0
    return rect.left() + edge + (rect.width() - 2 * edge) * share


def _ends(painter: QPainter, rect: QRectF, strip: DotStrip) -> None:
    look = theme()
    painter.setFont(look.font("small"))
    painter.setPen(look.colour("muted"))
    for value in (strip.scale[0], sum(strip.scale) / 2, strip.scale[1]):
        words = f"{value:g}{strip.unit}"
        wide = look.wide(words, "small") + 4
        left = min(max(_at(rect, strip, value) - wide / 2, rect.left()), rect.right() - wide)
        painter.drawText(QRectF(left, rect.top(), wide, rect.height()), int(_CENTRED), words)


def _dot(painter: QPainter, rect: QRectF, strip: DotStrip) -> None:
    look, middle = theme(), rect.center().y()
    if strip.middle is not None:
        q1, median, q3 = (_at(rect, strip, value) for value in strip.middle)
        painter.fillRect(QRectF(q1, rect.top(), max(q3 - q1, 1.0), rect.height()), look.colour("info_soft"))
        painter.setPen(QPen(look.colour("line_strong"), look.px(2)))
        painter.drawLine(QLineF(median, rect.top(), median, rect.bottom()))
    painter.setPen(QPen(look.colour("line"), 1))
    painter.drawLine(QLineF(_at(rect, strip, strip.scale[0]), middle, _at(rect, strip, strip.scale[1]), middle))
    if strip.value is None:
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("muted"))
        painter.drawText(rect, int(_CENTRED), strip.none)
        return
    painter.setPen(QPen(look.colour("accent"), look.px(2)))
    painter.setBrush(look.colour("accent"))
    painter.drawEllipse(QPointF(_at(rect, strip, strip.value), middle), look.px(DOT), look.px(DOT))
