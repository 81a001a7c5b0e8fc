"""The list of criteria: one stop for Tab, the arrow keys go from source to source, and one key says what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.pages.shared.criteria_rows import CriterionRow
from ui.widgets.status_list import Index, StatusList, StatusModel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CriteriaModel(StatusModel):
    """List model in which rows that only stand above others are passed over."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        above = "/" not in self.rows[index.row()].key
        return flags & ~(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled) if above else flags


class CriteriaList(StatusList):
    """List of criteria by source; emits `typed` with a figure, `entered` for Enter and `space` for Space."""

    typed = Signal(str)
    entered = Signal()
    space = Signal()

    def __init__(self, name: str, *, most: int, parent: QWidget | None = None) -> None:
        super().__init__(name, most=most, parent=parent)
        self.told: StatusModel = CriteriaModel()
        self.setModel(self.told)
        self._shown: dict[str, CriterionRow] = {}

    def show_criteria(self, rows: Sequence[CriterionRow]) -> None:
        """Show these rows; the first that something can be said of is current unless another one is."""
        self._shown = {row.key: row for row in rows}
        self.show_rows([row.look for row in rows])
        if not self.chosen_key():
            self.choose(next((row.key for row in rows if "/" in row.key), ""))

    def current(self) -> CriterionRow | None:
        """The current row, or None."""
        return self._shown.get(self.chosen_key())

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        # The criterion that a source stands under is in view with it; the page follows by itself.
        rows = self.told.rows
        above = index.row()
        while above > 0 and rows[above].level:
            above -= 1
        super().scrollTo(self.told.index(above), hint)
        super().scrollTo(index, hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in _ENTER:
            self.entered.emit()
        elif plain and event.key() == Qt.Key.Key_Space:
            self.space.emit()
        elif plain and event.text().isdigit():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()
