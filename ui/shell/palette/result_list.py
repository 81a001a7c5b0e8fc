"""The list of the panel: a model over its rows, how a row looks, and going through them with the keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from reviewapp.base.i18n import _
from ui.shell.palette.rows import HEADINGS, ResultRow
from ui.widgets.row_delegate import LOOK, RowDelegate, RowLook, RowStyle

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


FOUND = RowStyle(cached=False, gap=2.5, top=1, bottom=1, title_line=21, detail_line=21)
NAMED = RowStyle(cached=False, gap=2.5, top=1, bottom=1, title_line=28)
"""Something found, with what it says beneath; a page or command, with its keys."""


def look_of(row: ResultRow) -> RowLook:
    """An icon, the title, and what it says in one line."""
    if row.heading:
        return RowLook(NAMED, heading=row.title.text)
    icon = "chevron_down" if row.more else HEADINGS[row.kind][1]
    title_role = "accent" if row.more else "text"
    if row.found is None:
        return RowLook(NAMED, marked=row.title, icon=icon, icon_role="accent", title_role=title_role, keys=row.keys)
    return RowLook(
        FOUND, marked=row.title, marked_detail=row.snippet, icon=icon, icon_role="accent", title_role=title_role
    )


class ResultModel(QAbstractListModel):
    """Rows of results, replaced after every letter; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ResultRow] = []

    def show(self, rows: list[ResultRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == LOOK:
            return look_of(row)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ResultList(QListView):
    """List view steered by the search line, which keeps the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = ResultModel()
        self.setModel(self.found)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(_("Results"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def show_rows(self, rows: list[ResultRow]) -> None:
        """Replace the rows and choose the first."""
        self.found.show(rows)
        self.step(1, begin=-1)
        self.scrollToTop()

    def chosen(self) -> ResultRow | None:
        """The row that Enter opens, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def step(self, by: int, *, begin: int | None = None) -> None:
        """Move the choice by `by` rows, skipping headings and stopping at the ends; `begin`: row to start from."""
        rows = self.found.rows
        way = 1 if by > 0 else -1
        at = self.currentIndex().row() if begin is None else begin
        goal, left = at, abs(by)
        while left and 0 <= at + way < len(rows):
            at += way
            if not rows[at].heading:
                goal, left = at, left - 1
        if 0 <= goal < len(rows):
            self.setCurrentIndex(self.found.index(goal))
            above = goal - 1 if goal and rows[goal - 1].heading else goal
            self.scrollTo(self.found.index(above))
            self.scrollTo(self.found.index(goal))

    def height_for(self, most: int) -> int:
        """Height in pixels that shows all rows, at most `most`."""
        option, delegate = QStyleOptionViewItem(), self.itemDelegate()
        needed = sum(delegate.sizeHint(option, self.found.index(i)).height() for i in range(len(self.found.rows)))
        return min(most, needed + 2 * self.frameWidth())
