"""A list of rows with status, title and details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.list_model import RowsModel
from ui.widgets.paint_cache import PaintCache
from ui.widgets.status import TONE_ICONS, paint_pill

Index = QModelIndex | QPersistentModelIndex
TOLD = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True)
class StatusRow:
    """One row. `key` identifies it; `pill` is its status in words, shown with `tone` and `icon`.

    `state`: a status for a screen reader only, where the icon shows it; `level` 1 is indented below a row of level 0.
    """

    key: str
    title: str
    detail: str = ""
    pill: str = ""
    tone: str = "na"
    icon: str = ""
    note: str = ""
    state: str = ""
    level: int = 0

    def words(self) -> str:
        """The whole row as text for a screen reader."""
        return ". ".join(part for part in (self.pill or self.state, self.title, self.note, self.detail) if part)


class StatusModel(RowsModel[StatusRow]):
    """List model of StatusRow values."""

    def key_of(self, row: StatusRow) -> str:
        """The `key` of the row."""
        return row.key

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == TOLD:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return row.words()
        return None


class StatusDelegate(QStyledItemDelegate):
    """Paints icon and title, the status at the right, and note and detail below, wrapped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PaintCache()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The height that the text needs at the width of the list.
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        row: StatusRow = index.data(TOLD)
        title, detail = self._heights(row, width)
        return QSize(width, title + detail + space(5))

    def _left(self, row: StatusRow) -> int:
        return int(space(3) + theme().px(18) + space(3) + row.level * space(4))

    def _title_font(self, row: StatusRow) -> QFont:
        return theme().font("body", strong=not row.level)

    def _pill_width(self, row: StatusRow) -> int:
        if not row.pill:
            return 0
        words = theme().metrics("small", strong=True).horizontalAdvance(row.pill)
        return words + theme().px(14) + space(6)

    def _pill_below(self, row: StatusRow, width: int) -> bool:
        """Whether the pill goes below the title, because there is no room beside it."""
        return bool(row.pill) and self._pill_width(row) > (width - self._left(row)) * 0.45

    def _title_width(self, row: StatusRow, width: int) -> int:
        beside = 0 if self._pill_below(row, width) else self._pill_width(row) + space(2)
        return max(space(20), width - self._left(row) - space(3) - beside)

    def _heights(self, row: StatusRow, width: int) -> tuple[int, int]:
        look = theme()
        room = self._title_width(row, width)
        metrics = look.metrics("body", strong=not row.level)
        title = metrics.boundingRect(0, 0, room, 10_000, int(_WRAP), row.title).height()
        title = max(title, look.px(24))
        if self._pill_below(row, width):
            title += max(24, look.px(24)) + space(1)
        if not row.detail and not row.note:
            return title, 0
        words = "\n".join(part for part in (row.note, row.detail) if part)
        inner = max(space(20), width - self._left(row) - space(3))
        small = look.metrics("small")
        return title, small.boundingRect(0, 0, inner, 10_000, int(_WRAP), words).height() + space(1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(TOLD)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        last = index.row() + 1 >= index.model().rowCount()
        ground = theme().colour("accent_soft" if chosen else "surface")
        self._pictures.show(painter, option.rect, (row, chosen, last), ground, self._picture, row, chosen, last)

    def _picture(self, painter: QPainter, rect: QRectF, row: StatusRow, chosen: bool, last: bool) -> None:
        look = theme()
        if chosen:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        painter.setPen(QPen(look.colour("line"), 1))
        if not last:
            painter.drawLine(rect.bottomLeft() + QPointF(space(3), -0.5), rect.bottomRight() - QPointF(space(3), 0.5))
        self._draw(painter, rect, row)

    def _draw(self, painter: QPainter, rect: QRectF, row: StatusRow) -> None:
        look, width = theme(), int(rect.width())
        side, top = look.px(18), rect.top() + space(2)
        high = max(24, look.px(24))
        picture = QRectF(rect.left() + space(3) + row.level * space(4), top + (look.px(24) - side) / 2, side, side)
        paint_icon(painter, picture, row.icon or TONE_ICONS[row.tone], look.hex(row.tone))
        left, room = rect.left() + self._left(row), self._title_width(row, width)
        title, detail = self._heights(row, width)
        below = self._pill_below(row, width)
        painter.setFont(self._title_font(row))
        painter.setPen(look.colour("text"))
        height = title - (high + space(1) if below else 0)
        where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(left, top, room, height), int(where), row.title)
        if row.pill:
            wide = self._pill_width(row)
            x = left if below else rect.right() - space(3) - wide
            y = top + height + space(1) if below else top
            paint_pill(painter, QRectF(x, y, wide, high), row.pill, row.tone, row.icon)
        if detail:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("muted"))
            words = "\n".join(part for part in (row.note, row.detail) if part)
            painter.drawText(
                QRectF(left, top + title + space(1), rect.right() - left - space(3), detail), int(_WRAP), words
            )


class StatusList(QListView):
    """List view of StatusRow values, as high as its rows up to `most` pixels (0: fills the space it is given)."""

    def __init__(self, name: str, *, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self.told = StatusModel()
        self.setModel(self.told)
        self.setItemDelegate(StatusDelegate(self))
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        if most:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._on_themed)

    def show_rows(self, rows: Sequence[StatusRow]) -> None:
        """Show these rows; the current row stays current if it is among them."""
        key = self.chosen_key()
        self.told.show(rows)
        if key and self.chosen_key() != key:
            self.choose(key)
        self.updateGeometry()

    def chosen(self) -> StatusRow | None:
        """The current row, or None."""
        index = self.currentIndex()
        return index.data(TOLD) if index.isValid() else None

    def chosen_key(self) -> str:
        """Key of the current row, or empty."""
        row = self.chosen()
        return row.key if row is not None else ""

    def choose(self, key: str) -> bool:
        """Make the row with this key current; False if there is none."""
        for i, row in enumerate(self.told.rows):
            if row.key == key:
                self.setCurrentIndex(self.told.index(i))
                return True
        return False

    def sizeHint(self) -> QSize:
        if not self._most:
            return super().sizeHint()
        option = QStyleOptionViewItem()
        option.widget = self
        rows = range(self.told.rowCount())
        needed = sum(self.itemDelegate().sizeHint(option, self.told.index(i)).height() for i in rows)
        return QSize(space(60), min(needed, theme().px(self._most)) + 2 * self.frameWidth() + space(1))

    def minimumSizeHint(self) -> QSize:
        # At least two lines are always visible.
        return QSize(space(40), self.sizeHint().height() if self._most else theme().px(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    @Slot()
    def _on_themed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
