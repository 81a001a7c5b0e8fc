"""A list of rows with status, title and details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyleOptionViewItem, QWidget

from ui.theme import space, theme
from ui.widgets.copied_rows import SeveralRows
from ui.widgets.list_model import RowsModel
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_delegate import LOOK, RowDelegate, RowLook, RowStyle
from ui.widgets.status import TONE_ICONS

Index = QModelIndex | QPersistentModelIndex
TOLD = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class StatusRow:
    """One row. `key` identifies it; `pill` is its status in words, shown with `tone` and `icon`.

    `state`: a status for a screen reader only, where the icon shows it; `level` 1 is indented below a row of level 0,
    and `under` is what that one says, for a screen reader too.
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
    under: str = ""

    def words(self) -> str:
        """The whole row as text for a screen reader."""
        parts = self.pill or self.state, self.title, self.note, self.detail, self.under
        return ". ".join(part for part in parts if part)


STYLE = RowStyle(wraps=True, ruled=True, between=1, bottom=3)


def look_of(row: StatusRow) -> RowLook:
    """Icon, title, state at the right; what is to be known beneath."""
    return RowLook(
        STYLE,
        row.title,
        detail="\n".join(part for part in (row.note, row.detail) if part),
        icon=row.icon or TONE_ICONS[row.tone],
        icon_role=row.tone,
        strong=not row.level,
        pill=row.pill,
        pill_tone=row.tone,
        pill_icon=row.icon,
        level=row.level,
    )


class StatusModel(RowsModel[StatusRow]):
    """List model of StatusRow values."""

    def key_of(self, row: StatusRow) -> str:
        """The `key` of the row."""
        return row.key

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == TOLD:
            return row
        if role == LOOK:
            return look_of(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return plain_tip(row.words()) if role == Qt.ItemDataRole.ToolTipRole else row.words()
        return None


class StatusList(SeveralRows, QListView):
    """List view of StatusRow values, as high as its rows up to `most` pixels (0: fills the space it is given)."""

    def __init__(self, name: str, *, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = most
        self._measured: tuple[object, int, int] = (None, 0, 0)
        self._needed = -1
        self.told = StatusModel()
        self.setModel(self.told)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(name)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.allow_several()
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
        before = self._needed
        if not self._most or self._rows_height() != before:
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
        return QSize(space(60), min(self._rows_height(), theme().px(self._most)) + 2 * self.frameWidth() + space(1))

    def _rows_height(self) -> int:
        """The height of all rows, measured once for these rows, this width and this text size."""
        now = self.told.rows, self.viewport().width(), theme().percent
        if now[0] is not self._measured[0] or now[1:] != self._measured[1:]:
            self._measured = now
            option = QStyleOptionViewItem()
            option.widget = self
            rows = range(self.told.rowCount())
            self._needed = sum(self.itemDelegate().sizeHint(option, self.told.index(i)).height() for i in rows)
        return self._needed

    def minimumSizeHint(self) -> QSize:
        # At least two lines are always visible.
        return QSize(space(40), self.sizeHint().height() if self._most else theme().px(64))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            if not self.uniformItemSizes():  # Qt lays rows out anew only for another height: words wrap at a width
                self.scheduleDelayedItemsLayout()
            self.updateGeometry()

    @Slot()
    def _on_themed(self) -> None:
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
