"""A list of rows of which some can be ticked: Space or a click on the box ticks the row or takes the tick away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.theme import space, theme
from ui.widgets.row_delegate import LOOK
from ui.widgets.status_list import Index, StatusList, StatusModel, StatusRow, look_of


class ChoiceModel(StatusModel):
    """List model of StatusRow values with the keys that can be ticked, and those that are."""

    def __init__(self) -> None:
        super().__init__()
        self.offered: frozenset[str] = frozenset()
        self.ticked: frozenset[str] = frozenset()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if row.key not in self.offered:
            return super().data(index, role)
        on = row.key in self.ticked
        if role == LOOK:
            return replace(look_of(row), icon="box_on" if on else "box_off", icon_role="accent" if on else "muted")
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{_('Ticked') if on else _('Not ticked')}. {row.words()}"
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self.rows[index.row()].key in self.offered else flags


class ChoiceList(StatusList):
    """List of StatusRow values, some of which can be ticked; emits `toggled` when a tick was set or taken away."""

    toggled = Signal()

    def __init__(self, name: str, *, most: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(name, most=most, parent=parent)
        self.told: ChoiceModel = ChoiceModel()
        self.setModel(self.told)

    def show_choices(self, rows: Sequence[StatusRow], offered: Iterable[str], ticked: Iterable[str]) -> None:
        """Show these rows; those with a key among `offered` can be ticked, and those among `ticked` are."""
        self.told.offered = frozenset(offered)
        self.told.ticked = frozenset(ticked) & self.told.offered
        self.show_rows(rows)
        self._announce()

    def ticked(self) -> frozenset[str]:
        """The keys of the rows that are ticked."""
        return self.told.ticked

    def tick_all(self, *, on: bool) -> None:
        """Tick every row that can be, or none."""
        self._set(self.told.offered if on else frozenset())

    def _toggle(self, key: str) -> None:
        if key in self.told.offered:
            self._set(self.told.ticked ^ {key})

    def _set(self, ticked: frozenset[str]) -> None:
        if ticked != self.told.ticked:
            self.told.ticked = ticked
            self._announce()
            self.toggled.emit()

    def _announce(self) -> None:
        if self.told.rows:
            self.told.dataChanged.emit(self.told.index(0), self.told.index(len(self.told.rows) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Space ticks the current row; the list would only select it.
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._toggle(self.chosen_key())
            event.accept()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        # A click on the box, which stands where other rows have their icon.
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        beside = space(4) + theme().px(24)
        if event.type() == QEvent.Type.MouseButtonRelease and index.isValid() and event.position().x() <= beside:
            self._toggle(self.told.rows[index.row()].key)
