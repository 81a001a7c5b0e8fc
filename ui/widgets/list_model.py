"""A list model of plain values that tells its view only what is different."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex

Row = TypeVar("Row")


class RowsModel(QAbstractListModel, Generic[Row]):
    """Resets only when other rows are to be shown, so that a choice and the scroll stay where they are."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def key_of(self, row: Row) -> Hashable:
        """What tells rows apart."""
        raise NotImplementedError

    def show(self, rows: Sequence[Row]) -> None:
        """The rows as they are now."""
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

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many."""
        return 0 if parent.isValid() else len(self.rows)
