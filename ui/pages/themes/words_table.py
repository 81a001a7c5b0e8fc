"""A table of words with headings: what stands in a cell is wrapped, and a cell can lead somewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from ui.widgets.full_height_table import WORDS, CellText, FullHeightTable, Index

Row = tuple[str, tuple[CellText, ...]]
"""The key of a row and its cells."""


class WordsModel(QAbstractTableModel):
    """Model of rows of words under headings."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: tuple[str, ...] = ()
        self.rows: tuple[Row, ...] = ()

    def show(self, headings: Sequence[str], rows: Sequence[Row]) -> bool:
        """Show these rows; True if anything is different from before."""
        if (tuple(headings), tuple(rows)) == (self.headings, self.rows):
            return False
        self.beginResetModel()
        self.headings, self.rows = tuple(headings), tuple(rows)
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and section < len(self.headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headings[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        cell = self.rows[index.row()][1][index.column()]
        if role == WORDS:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.title or cell.note
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {cell.spoken()}"
        return None


class WordsTable(FullHeightTable):
    """A table as high as its rows and its headings."""

    def __init__(self, name: str) -> None:
        super().__init__(name, (1,))
        self.words = WordsModel()
        self.setModel(self.words)
        header = self.horizontalHeader()
        header.show()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)

    def show_rows(self, headings: Sequence[str], rows: Sequence[Row], first: float = 2.0) -> None:
        """Show these rows; the first column is so many times as wide as each of the others."""
        here = self.currentIndex()
        place = (here.row(), here.column()) if here.isValid() else (0, 0)
        self._shares = (first, *(1.0 for __ in headings[1:]))
        if self.words.show(headings, rows):
            self.setCurrentIndex(self.words.index(min(place[0], len(rows) - 1), min(place[1], len(headings) - 1)))
            self.adjust_height()

    def key_at(self, row: int) -> str:
        """The key of a row."""
        return self.words.rows[row][0]

    def adjust_height(self) -> None:
        """The height of the rows, and of the headings over them."""
        if not hasattr(self, "words"):
            return
        super().adjust_height()
        self.setFixedHeight(self.height() + self.horizontalHeader().sizeHint().height())
