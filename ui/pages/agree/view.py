"""View of the meeting's table: rows selected by keyboard, columns as narrow as their texts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from reviewapp.instruments.nouns import nouns_of
from ui.pages.agree.table import ROW, Column, MatrixDelegate, MatrixModel, cell_content, cell_parts, possible
from ui.pages.agree.visible_rows import VisibleRow
from ui.theme import space, theme
from ui.widgets.copied_rows import SeveralRows
from ui.widgets.panes import Panes

STANDARD_WIDTH = 190
SOURCE_WIDTH = 150
LEAST_ROWS = 2
GOOD_ROWS = 8
"""Rows that the table gets before the detail gets more height than it needs."""
BESIDE = 800
"""Width from which the detail stands beside the table."""
DETAIL = 190
"""Height that the table leaves to the detail below it before it gets more than half."""
FORM, FORM_MOST = 390, 520
"""Width of the detail beside the table: with the least, the three ratings stand in one line."""


class MatrixTable(SeveralRows, QTableView):
    """The meeting's table: one row per standard, selected as a whole."""

    def __init__(self, instrument: Instrument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(instrument)
        self.setModel(self.matrix)
        self.delegate = MatrixDelegate(self.matrix, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("{titles} and what each source says", titles=nouns_of(instrument).titles))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.allow_several()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        theme().changed.connect(self.refit)
        self.refit()

    def show_rows(self, rows: list[VisibleRow], columns: list[Column]) -> None:
        """Show these rows; column widths are computed again only if other rows or columns are shown."""
        other = columns != self.matrix.columns or [r.standard for r in rows] != [r.standard for r in self.matrix.rows]
        self.matrix.show(rows, columns)
        if other:
            self.fit_columns()

    def chosen(self) -> VisibleRow | None:
        """The row of the current cell."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def choose(self, number: str) -> bool:
        """Make a standard current; False if it is not shown."""
        place = self.matrix.row_of(number)
        if place < 0:
            return False
        here = self.currentIndex()
        index = self.matrix.index(place, here.column() if here.isValid() else 0)
        self.setCurrentIndex(index)
        self.scrollTo(self.matrix.index(place, 0))
        return True

    def set_factor(self, factor: float) -> None:
        """Scale the rows relative to the program's text size."""
        self.delegate.factor = factor
        self.refit()

    def fit_columns(self) -> None:
        """Make the columns of sources as narrow as their texts; the standard gets the rest."""
        header, used = self.horizontalHeader(), 0
        for i, column in list(enumerate(self.matrix.columns))[1:]:
            # Hundreds of rows have the same few texts, so each text is measured once.
            told = cell_content(column)
            others = {told(row): row for row in self.matrix.rows}
            scale = self.matrix.scale
            most = round(theme().px(SOURCE_WIDTH) * self.delegate.factor)
            width = header.sectionSizeHint(i)
            for piece in possible(column, scale):
                width = max(width, self.delegate.width_of([piece]))
            for row in others.values():
                if width >= most:
                    break
                width = max(width, self.delegate.width_of(cell_parts(row, column, scale)))
            width = min(width, most)
            self.setColumnWidth(i, width)
            used += width
        self._used = used
        self.setMinimumHeight(self.height_of(LEAST_ROWS))
        self._stretch_first_column()

    def height_of(self, rows: int) -> int:
        """Height of the table with this many rows, headers and scroll bar included."""
        bars = self.horizontalHeader().sizeHint().height() + self.horizontalScrollBar().sizeHint().height()
        return self.delegate.row_height() * rows + bars + space(1)

    def _stretch_first_column(self) -> None:
        if self.matrix.columns:
            least = round(theme().px(STANDARD_WIDTH) * self.delegate.factor)
            self.setColumnWidth(0, max(least, self.viewport().width() - self._used))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stretch_first_column()

    @Slot()
    def refit(self) -> None:
        """Compute row heights and column widths again after the text size changed."""
        self.verticalHeader().setDefaultSectionSize(self.delegate.row_height())
        self._used = 0
        self.fit_columns()


class TableAndDetail(Panes):
    """The table and the standard under discussion: side by side where there is room, else one above the other.

    Beside the table the whole rating form is in view with at least `GOOD_ROWS` rows. Above it the table has half the
    height, but `GOOD_ROWS` rows if they fit, and no more than its rows need. On a projector it is always above.
    """

    def __init__(self, table: MatrixTable, detail: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._table, self._detail, self._large = table, detail, False
        for part in (table, detail):
            self.addWidget(part)
            self.setStretchFactor(self.count() - 1, 1)

    @Slot(bool)
    def set_large(self, large: bool) -> None:
        """Lay out for a projector, or again for the screen."""
        self._large = large
        self.share_room()

    def share_room(self) -> None:
        """Choose the direction, and share the room between table and detail until the user has moved the handle."""
        beside = self.width() >= theme().px(BESIDE) and not self._large
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if wanted != self.orientation():
            self.turn(wanted)
        room = (self.width() if beside else self.height()) - self.handleWidth()
        rows = max(LEAST_ROWS, len(self._table.matrix.rows))
        if beside:
            self.setMinimumHeight(self._table.height_of(GOOD_ROWS))
            form = min(theme().px(FORM_MOST), max(theme().px(FORM), room * 2 // 5))
            self.share(room - form, form)
            return
        self.setMinimumHeight(0)
        good = min(self._table.height_of(GOOD_ROWS), room - theme().px(DETAIL))
        table = min(max(room // 2, good), self._table.height_of(rows))
        self.share(table, room - table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_room()
