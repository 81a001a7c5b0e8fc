"""Navigation on the left: the list of pages with the progress of each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from reviewapp.base.i18n import _
from ui.pages import PAGES
from ui.pages.entry import PageEntry
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.basics import column

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import OpenVisit

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
PROGRESS = Qt.ItemDataRole.UserRole + 1
BARE = 600
"""Width of the window, in pixels at 100 %, under which the pages need the room of the names."""
NARROW_ICON = 14
"""Pixels at 100 %."""


def nav_progress(visit: OpenVisit) -> dict[str, str]:
    """Short progress text by page name, such as `12/44`; empty for nothing to show."""
    return {entry.name: entry.progress(visit) for entry in PAGES if entry.progress is not None}


def _spoken(progress: str) -> str:
    """`12/44` in words for a screen reader: `12 of 44`."""
    done, both, of = progress.partition("/")
    return _("{n} of {of}", n=done, of=of) if both else done


class NavModel(QAbstractListModel):
    """One row for each page; pages that need a visit are disabled while none is open."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: dict[str, str] = {}
        self.visit_open = False

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(PAGES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = PAGES[index.row()]
        progress = self._progress.get(entry.name, "")
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.nav
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{nav}, {progress}", nav=entry.nav, progress=_spoken(progress)) if progress else entry.nav
        if role == Qt.ItemDataRole.ToolTipRole:
            number = index.row()
            return _("{nav} (Ctrl+{number})", nav=entry.nav, number=number) if number else entry.nav
        if role == ENTRY:
            return entry
        if role == PROGRESS:
            return progress
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = self.visit_open or not PAGES[index.row()].needs_visit
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable if usable else Qt.ItemFlag.NoItemFlags

    def set_state(self, *, visit_open: bool, progress: dict[str, str]) -> None:
        """Set whether a visit is open and the progress text of each page."""
        self.visit_open, self._progress = visit_open, progress
        self.dataChanged.emit(self.index(0), self.index(len(PAGES) - 1))


class NavDelegate(QStyledItemDelegate):
    """Paints icon, name and progress; the current page has an accent bar at its left.

    `narrow`: a smaller icon and the name in small type, without the progress; `bare`: the icon only.
    """

    narrow = bare = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(space(8), max(36, theme().px(22) + space(2)))

    def width_of(self, names: Iterable[str]) -> int:
        """The width in which all of these names have room."""
        if self.bare:
            return space(15) + theme().px(8)
        if self.narrow:
            return self._words_left() + max(theme().wide(name, "small", strong=True) for name in names) + space(5)
        most = max(theme().wide(name, strong=True) for name in names)
        return most + theme().px(20 + 48) + space(11)

    def _words_left(self) -> int:
        return space(4) + theme().px(NARROW_ICON if self.narrow else 20) + space(2 if self.narrow else 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: PageEntry = index.data(ENTRY)
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        enabled = bool(state & QStyle.StateFlag.State_Enabled)
        over = bool(state & QStyle.StateFlag.State_MouseOver) and enabled
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = entry, str(index.data(PROGRESS)), chosen, enabled, over, self.narrow
        self._draw(painter, QRectF(option.rect), *shown)
        painter.restore()

    def _draw(
        self, painter: QPainter, whole: QRectF, entry: PageEntry, progress: str, chosen: bool, enabled: bool,
        over: bool, narrow: bool,
    ) -> None:  # fmt: skip
        look, rect = theme(), whole.adjusted(space(2), space(0.5), -space(2), -space(0.5))
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(rect.left(), rect.top() + space(2), 3, rect.height() - space(4)), 1.5, 1.5)
        role = "accent" if chosen else "text" if enabled else "line_strong"
        side = look.px(NARROW_ICON if narrow else 20)
        left = rect.center().x() - side / 2 if self.bare else rect.left() + space(2 if narrow else 3)
        paint_icon(painter, QRectF(left, rect.center().y() - side / 2, side, side), entry.icon, look.hex(role))
        if self.bare:
            return
        told = "" if narrow else progress
        self._words(painter, rect, left + side + space(2 if narrow else 3), entry.nav, told, role, chosen)

    def _words(
        self, painter: QPainter, rect: QRectF, left: float, text: str, progress: str, role: str, chosen: bool
    ) -> None:
        look = theme()
        right = rect.right() - space(2)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("muted" if role != "line_strong" else role))
        painter.drawText(
            QRectF(left, rect.top(), right - left, rect.height()),
            Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
            progress,
        )
        painter.setFont(look.font("small" if self.narrow else "body", strong=chosen))
        painter.setPen(look.colour(role))
        painter.drawText(QRectF(left, rect.top(), right - left, rect.height()), Qt.AlignmentFlag.AlignVCenter, text)


class Navigation(QFrame):
    """List of pages; emits `chosen(name)` when the person chooses one, also the one in view.

    Where the window has less room for its text size, the names are in small type and the progress is not shown; where
    it has hardly any there are icons only, with the names as tool tips.
    """

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("nav")
        self.model = NavModel()
        self.delegate = NavDelegate()
        self.list = QListView()
        self.list.setObjectName("navlist")
        self.list.setAccessibleName(_("Pages"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(self.delegate)
        self.list.setMouseTracking(True)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # names of pages are nothing to copy
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(self._on_current_changed)
        self.list.clicked.connect(self._on_pressed)
        self.list.activated.connect(self._on_pressed)
        layout = column(self.list, gap=0)
        layout.setContentsMargins(0, space(2), 0, space(2))
        self.setLayout(layout)
        self._quiet = False
        theme().changed.connect(self._on_themed)

    def select(self, name: str) -> None:
        """Mark the page in view without emitting `chosen`."""
        self._quiet = True
        row = next(i for i, e in enumerate(PAGES) if e.name == name)
        self.list.setCurrentIndex(self.model.index(row))
        self._quiet = False

    def apply_width(self, room: int) -> None:
        """Show names and progress if the window has room for both; `room`: width of the window in pixels."""
        self.delegate.bare = room < theme().px(BARE)
        self.delegate.narrow = room < theme().px(820) and not self.delegate.bare
        self.setFixedWidth(self.delegate.width_of(entry.nav for entry in PAGES))
        self.list.scheduleDelayedItemsLayout()

    @Slot()
    def _on_themed(self) -> None:
        self.apply_width(self.window().width())

    @Slot(QModelIndex)
    def _on_pressed(self, index: QModelIndex) -> None:
        """Emit `chosen` also for the page in view: that resets the page, such as a form open on it."""
        self.chosen.emit(index.data(ENTRY).name)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if not self._quiet and current.isValid():
            self.chosen.emit(current.data(ENTRY).name)
