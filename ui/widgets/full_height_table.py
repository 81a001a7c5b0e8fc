"""A table as high as its rows, so that the page scrolls and not the table; its cells are wrapped text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme import space, theme
from ui.widgets.copied_rows import SeveralRows
from ui.widgets.status import paint_pill

Index = QModelIndex | QPersistentModelIndex
WORDS = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap


class CellText(NamedTuple):
    """Contents of a cell. `pill`: text, tone, icon. `link`: can be pressed. `dim`: muted, such as for the past."""

    title: str = ""
    note: str = ""
    pill: tuple[str, str, str] | None = None
    link: bool = False
    dim: bool = False

    def spoken(self) -> str:
        """The cell as text for a screen reader."""
        return ", ".join(part for part in (self.pill[0] if self.pill else "", self.title, self.note) if part)


class CellTextDelegate(QStyledItemDelegate):
    """Paints pill, title and note below each other; the height is what they need."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # For the present width of the column.
        table = self.parent()
        width = table.columnWidth(index.column()) if isinstance(table, QTableView) else theme().px(200)
        return QSize(width, self._height(index.data(WORDS), width - space(5)))

    def _height(self, words: CellText, width: int) -> int:
        look = theme()
        high = space(4)
        if words.pill:
            high += look.px(24) + space(1)
        for text, font in ((words.title, look.font(strong=words.link)), (words.note, look.font("small"))):
            if text:
                high += QFontMetrics(font).boundingRect(0, 0, max(width, 40), 10_000, _WRAP, text).height() + space(0.5)
        return max(high, theme().px(40))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, words = theme(), index.data(WORDS)
        rect = QRectF(option.rect)
        state = option.state
        over = bool(state & QStyle.StateFlag.State_MouseOver) and words.link
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("accent_soft"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(space(3), space(2), -space(2), -space(1))
        if words.pill:
            text, tone, icon = words.pill
            wide = QFontMetrics(look.font("small", strong=True)).horizontalAdvance(text) + look.px(14) + space(6)
            paint_pill(
                painter, QRectF(inner.left(), inner.top(), min(wide, inner.width()), look.px(24)), text, tone, icon
            )
            inner.setTop(inner.top() + look.px(24) + space(1))
        font = look.font(strong=words.link)
        font.setUnderline(over)
        role = "accent" if words.link else "muted" if words.dim else "text"
        inner = self._text(painter, inner, words.title, font, role)
        self._text(painter, inner, words.note, look.font("small"), "muted")
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(look.colour("focus"), 2))
            painter.drawRect(rect.adjusted(1.5, 1.5, -2, -2))
        painter.restore()

    def _text(self, painter: QPainter, room: QRectF, text: str, font: QFont, role: str) -> QRectF:
        if not text:
            return room
        painter.setFont(font)
        painter.setPen(theme().colour(role))
        used = painter.boundingRect(room, _WRAP, text)
        painter.drawText(room, _WRAP, text)
        return room.adjusted(0, used.height() + space(0.5), 0, 0)


@contextmanager
def picture_cell(painter: QPainter, option: QStyleOptionViewItem) -> Iterator[QRectF]:
    """The room of a cell in which a picture is painted inside: on the ground of a chosen one, in the frame of focus."""
    look, rect = theme(), QRectF(option.rect)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, look.colour("accent_soft"))
    painter.setPen(look.colour("line"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    yield rect
    if option.state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QPen(look.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(1.5, 1.5, -2, -2))
    painter.restore()


class FullHeightTable(SeveralRows, QTableView):
    """Table without scroll bars; `shares` are the widths of the columns, as parts of the whole.

    A column gets more than its share where a word would not fit on a line of its own.
    Emits `activated` for Enter and Space.
    """

    DELEGATE = CellTextDelegate

    def __init__(self, name: str, shares: tuple[float, ...]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._shares = shares
        self._delegate = self.DELEGATE(self)
        self.setItemDelegate(self._delegate)
        self.verticalHeader().hide()
        self.horizontalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(24)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.allow_several()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme().changed.connect(self._on_themed)

    def adjust_height(self) -> None:
        """Set the columns to the width, each row to its text, and the table to the height of its rows."""
        model = self.model()
        for column, wide in enumerate(self._widths(max(self.width() - 4, 100))):
            self.setColumnWidth(column, wide)
        high = 0
        for row in range(model.rowCount()):
            tall = max(
                self._delegate.sizeHint(QStyleOptionViewItem(), model.index(row, c)).height()
                for c in range(len(self._shares))
            )
            self.setRowHeight(row, tall)
            high += tall
        self.setFixedHeight(high + 4)

    def _widths(self, room: int) -> list[int]:
        """Widths of the columns: what lacks room for its longest word takes it from those that have room to spare."""
        whole = sum(self._shares)
        widths = [int(room * share / whole) for share in self._shares]
        spare = [wide - self._longest_word(column) for column, wide in enumerate(widths)]
        lacking, giving = -sum(min(0, each) for each in spare), sum(max(0, each) for each in spare)
        if not lacking or giving < lacking:
            return widths
        return [
            wide - each if each < 0 else wide - each * lacking // giving - 1
            for wide, each in zip(widths, spare, strict=True)
        ]

    def _longest_word(self, column: int) -> int:
        """Width of a column that breaks no word of its cells."""
        look, model, widest = theme(), self.model(), 0
        for row in range(model.rowCount()):
            words = model.index(row, column).data(WORDS)
            if not isinstance(words, CellText):
                continue
            for text, size in ((words.title, "body"), (words.note, "small")):
                strong = words.link and size == "body"
                widest = max(widest, *(look.wide(word, size, strong=strong) for word in text.split()), 0)
        return widest + space(5) + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.adjust_height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls, not the table.
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_themed(self) -> None:
        self.adjust_height()
