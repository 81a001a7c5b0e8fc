"""Table of the review team: what has come in from each, and who is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reviewapp.base.i18n import _
from ui.pages.bring_together.join_summary import entries_in_words
from ui.pages.shared.clock import clock
from ui.pages.shared.laptop_words import LaptopNames, limits_of_receipt
from ui.pages.shared.participants import ParticipantRow
from ui.theme import space, theme
from ui.widgets.copied_rows import SeveralRows
from ui.widgets.plain_text import plain_tip
from ui.widgets.status import paint_pill
from ui.widgets.status_list import StatusRow

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

Index = QModelIndex | QPersistentModelIndex
PERSON = Qt.ItemDataRole.UserRole
COLUMNS = (_("Person"), _("Work"), _("Rated"), _("Interviews"), _("Case notes"), _("Quotes"))


def joined_rows(visit: OpenVisit, named: LaptopNames) -> list[StatusRow]:
    """Rows of the joins on this laptop so far, newest first."""
    told = []
    hidden = bool(visit.state.hidden)
    for number, one in enumerate(visit.here.joined_files()):
        counts = one.receipt["counts"]
        limits, kinds = limits_of_receipt(one.receipt, named), one.receipt.get("kinds", {})
        told.append(
            StatusRow(
                key=str(number),
                title=_("From {laptop}", laptop=named(one.person, one.device)),
                detail="\n".join(
                    [entries_in_words(counts["new"], counts["already_here"], kinds, hidden=hidden), *limits]
                ),
                pill=clock(one.at),
                tone="warn" if limits else "met",
                icon="alert" if limits else "check",
            )
        )
    return told[::-1]


class PeopleModel(QAbstractTableModel):
    """Table model of the review team, one row per person."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ParticipantRow] = []

    def show(self, rows: list[ParticipantRow]) -> None:
        """Show these people."""
        if [r.code for r in rows] != [r.code for r in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        changed, self.rows = rows != self.rows, rows
        if changed:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return COLUMNS[section] if across and role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == PERSON:
            return row
        text = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{COLUMNS[index.column()]}: {text}" if index.column() else text
        if role == Qt.ItemDataRole.ToolTipRole and row.closed and index.column() == 1:
            return plain_tip(row.closed)
        return None


class StateDelegate(QStyledItemDelegate):
    """Paints the second column as a pill."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        words = QFontMetrics(theme().font("small", strong=True)).horizontalAdvance(index.data())
        return QSize(words + theme().px(14) + space(10), max(24, theme().px(24)) + space(4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        words, tone, icon = index.data(PERSON).state()
        size = self.sizeHint(option, index)
        high = size.height() - space(4)
        rect = QRectF(option.rect)
        wide = min(size.width() - space(4), rect.width() - space(3))
        paint_pill(painter, QRectF(rect.left() + space(2), rect.center().y() - high / 2, wide, high), words, tone, icon)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        # The pill has the text.
        super().initStyleOption(option, index)
        option.text = ""


class PeopleTable(SeveralRows, QTableView):
    """The team's table, as high as all its rows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = PeopleModel()
        self.setModel(self.people)
        self.setItemDelegateForColumn(1, StateDelegate(self))
        self.setAccessibleName(_("Work received"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.allow_several()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self._on_themed)
        self._on_themed()

    def show_people(self, rows: list[ParticipantRow]) -> None:
        """Show these people."""
        self.people.show(rows)
        self.updateGeometry()

    def chosen(self) -> ParticipantRow | None:
        """The person of the current row."""
        index = self.currentIndex()
        return index.data(PERSON) if index.isValid() else None

    def sizeHint(self) -> QSize:
        rows = self.verticalHeader().defaultSectionSize() * self.people.rowCount()
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(space(100), self.horizontalHeader().sizeHint().height() + rows + bar + space(1))

    def minimumSizeHint(self) -> QSize:
        # As high as the hint; a narrower table scrolls sideways.
        return QSize(space(40), self.sizeHint().height())

    @Slot()
    def _on_themed(self) -> None:
        self.verticalHeader().setDefaultSectionSize(max(24, theme().px(24)) + space(4))
        self.updateGeometry()
