"""A list model of plain values that notifies its view of changed rows only."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex

RowT = TypeVar("RowT")


class RowsModel(QAbstractListModel, Generic[RowT]):
    """Resets only if rows are added, removed or reordered, so that selection and scroll position are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[RowT] = []

    def key_of(self, row: RowT) -> Hashable:
        """The key that identifies a row; subclasses override it."""
        raise NotImplementedError

    def show(self, rows: Sequence[RowT]) -> None:
        """Show these rows, notifying the view only of what differs."""
        new = list(rows)
        if [self.key_of(row) for row in new] != [self.key_of(row) for row in self.rows]:
            self.beginResetModel()
            self.rows = new
            self.endResetModel()
            return
        changed = [i for i, (old, row) in enumerate(zip(self.rows, new, strict=True)) if old != row]
        self.rows = new
        for i in changed:
            self.dataChanged.emit(self.index(i), self.index(i))

    def replace(self, place: int, row: RowT) -> None:
        """Show a row in the place of the one there, which has the same key; no other row is looked at."""
        self.rows[place] = row
        self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)
