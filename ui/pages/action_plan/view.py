"""View of the action plan: keyboard editing, and column widths that share the space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewapp.base.i18n import _
from ui.pages.action_plan.cells import PlanDelegate
from ui.pages.action_plan.table import COLUMNS, ROW, ActionRow, Index, PlanModel
from ui.theme import theme
from ui.widgets import DraftText
from ui.widgets.announce import tell_renamed
from ui.widgets.copied_rows import SeveralRows

if TYPE_CHECKING:
    from ui.session.bridge import Bridge

WIDTHS = {"standard": 132, "owner": 96, "deputy": 96, "due": 96, "priority": 76, "status": 112, "goal": 100}
SHARES = {"action": 5, "measure": 3, "progress": 3}
LEAST_SHARE = 35


class PlanTable(SeveralRows, QTableView):
    """The table of actions; emits `begin_wanted(row)` to create an action where there is none yet."""

    begin_wanted = Signal(object)

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = PlanModel()
        self.setModel(self.plan)
        self.delegate = PlanDelegate(bridge, self)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(_("Action plan"))
        # Of a cell chosen alone a reader would say "not selected" after each other cell of its row.
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.allow_several()
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._heights = QTimer(self)
        self._heights.setSingleShot(True)
        self._heights.setInterval(0)
        self._heights.timeout.connect(self.resizeRowsToContents)
        self.plan.dataChanged.connect(self._on_changed)
        self.plan.dataChanged.connect(self._on_renamed)
        self.plan.modelReset.connect(self._on_changed)
        self.activated.connect(self._on_activated)
        self.doubleClicked.connect(self._on_activated)
        theme().changed.connect(self._on_changed)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def chosen(self) -> ActionRow | None:
        """The row of the current cell."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def choose(self, row_id: str, field: str) -> bool:
        """Make a cell current; False if the action is not in the table."""
        place = self.plan.row_of(row_id)
        if place >= 0:
            self.setCurrentIndex(self.plan.index(place, COLUMNS.index(field)))
        return place >= 0

    def edit_cell(self, row_id: str, field: str) -> None:
        """Open the editor of a cell."""
        if self.choose(row_id, field):
            self.resizeRowsToContents()
            self._write(self.currentIndex())

    def column_name(self, place: int) -> str:
        """The field in a column; empty if there is none."""
        return COLUMNS[place] if 0 <= place < self.plan.columnCount() else ""

    def edit_current(self) -> None:
        """Open the editor of the current cell, if it can be edited."""
        self._write(self.currentIndex())

    def _write(self, index: Index) -> None:
        editable = bool(index.flags() & Qt.ItemFlag.ItemIsEditable)
        if editable and self.state() != QAbstractItemView.State.EditingState:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Typing into a row without an action creates the action, with the typed text as its beginning.
        row, text = self.chosen(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        types = bool(text.strip()) and text.isprintable() and plain
        if row is None or row.planned or not self.plan.writable or not (types or event.key() == Qt.Key.Key_F2):
            super().keyPressEvent(event)
            return
        self.begin_wanted.emit(row)
        editor = self.findChild(DraftText)
        if types and editor is not None:
            editor.insertPlainText(text)

    @Slot()
    def _on_changed(self) -> None:
        self._heights.start()

    @Slot(QModelIndex, QModelIndex)
    def _on_renamed(self, first: QModelIndex, last: QModelIndex) -> None:
        for row in range(first.row(), last.row() + 1):
            for column in range(first.column(), last.column() + 1):
                tell_renamed(self, self.plan.index(row, column))

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None and not row.planned and self.plan.writable:
            self.begin_wanted.emit(row)
        else:
            self._write(index)

    @Slot()
    def _on_themed(self) -> None:
        # Two lines of a heading, where its column is narrow.
        self.horizontalHeader().setFixedHeight(2 * QFontMetrics(theme().font("small", strong=True)).lineSpacing() + 14)

    def show_goals(self) -> None:
        """Where the plan has goals, their column stands beside the standards."""
        head, goal = self.horizontalHeader(), COLUMNS.index("goal")
        if self.plan.columnCount() > goal and head.visualIndex(goal) != 1:
            head.moveSection(head.visualIndex(goal), 1)
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # The columns of text share the space that the others leave.
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        look, used = theme(), 0
        for field, width in WIDTHS.items():
            if COLUMNS.index(field) >= self.plan.columnCount():
                continue
            self.setColumnWidth(COLUMNS.index(field), look.px(width))
            used += look.px(width)
        each = max(look.px(LEAST_SHARE), (self.viewport().width() - used) // sum(SHARES.values()))
        for field, share in SHARES.items():
            self.setColumnWidth(COLUMNS.index(field), each * share)
        self._heights.start()
