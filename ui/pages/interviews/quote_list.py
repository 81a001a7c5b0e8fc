"""The quotes of one interview as a list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyleOptionViewItem,
    QWidget,
)

from reviewapp.base.i18n import _
from reviewapp.figures.conversations import quotes_by_interview
from reviewapp.visit.labels import record_number
from reviewapp.visit.state import QuoteRecord, VisitState
from ui.labels import TONE_LOOKS, TONES
from ui.theme import space, theme
from ui.widgets.copied_rows import SeveralRows
from ui.widgets.row_delegate import LOOK, RowDelegate, RowLook, RowStyle

Index = QModelIndex | QPersistentModelIndex
QUOTE = Qt.ItemDataRole.UserRole


def quotes_of(state: VisitState, interview: str) -> list[QuoteRecord]:
    """The quotes of an interview, in order of creation."""
    return quotes_by_interview(state).get(interview, [])


STYLE = RowStyle(wraps=True, rounded=True, between=2, title_line=0, detail_line=17)


def look_of(quote: QuoteRecord) -> RowLook:
    """The words, whole, then tone and standards."""
    role, icon = TONE_LOOKS.get(quote.tone, TONE_LOOKS["neutral"])
    detail = f"{TONES.get(quote.tone, quote.tone)} · {standards_words(quote)}"
    return RowLook(STYLE, f"“{quote.text}”", detail, detail_icon=icon, detail_icon_role=role)


class QuotesModel(QAbstractListModel):
    """List model of quotes; the selection survives an update with the same quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: list[QuoteRecord] = []
        self.looks: list[RowLook] = []
        """How each is shown, in the same order."""

    def show(self, quotes: list[QuoteRecord]) -> bool:
        """Show these quotes; True if they are others than before."""
        same = [q.key for q in quotes] == [q.key for q in self.quotes]
        looks = [look_of(quote) for quote in quotes]
        if same:
            self.quotes, self.looks = quotes, looks
            if quotes:
                self.dataChanged.emit(self.index(0), self.index(len(quotes) - 1))
        else:
            self.beginResetModel()
            self.quotes, self.looks = quotes, looks
            self.endResetModel()
        return not same

    def find(self, key: str) -> QModelIndex:
        """The row of a quote; an invalid index if it is not listed."""
        row = next((i for i, quote in enumerate(self.quotes) if quote.key == key), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.quotes)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        quote = self.quotes[index.row()]
        if role == QUOTE:
            return quote
        if role == LOOK:
            return self.looks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return quote.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(
                "Quote {id}, {tone}, {standards}: {text}",
                id=record_number(quote.key),
                tone=TONES.get(quote.tone, quote.tone),
                standards=standards_words(quote),
                text=quote.text,
            )
        return None


def standards_words(quote: QuoteRecord) -> str:
    """What the quote is tied to: `tied to 4, 47`, or that it is to nothing."""
    if not quote.standards:
        return _("tied to nothing yet")
    return _("tied to {list}", list=", ".join(quote.standards))


class QuoteList(SeveralRows, QListView):
    """List as high as its quotes if there is space, and never lower than its highest quote."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.allow_several()
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fitted, self._bar = 0, 0
        self._measured: tuple[int, int, list[RowLook], list[int]] = (0, 0, [], [])
        theme().changed.connect(self.apply_width)

    def row_width(self) -> int:
        """The width of a row; the scroll bar has its place also while it is not there, or quotes would jump."""
        if not self._bar:
            self._bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - 2 * self.frameWidth() - self._bar

    def heights(self) -> list[int]:
        """The height of each quote at the width of a row, measured once for the same quotes, width and text size."""
        model, delegate = self.model(), self.itemDelegate()
        if not isinstance(model, QuotesModel) or not isinstance(delegate, QuotesDelegate):
            return []
        width, percent = self.row_width(), theme().percent
        if self._measured[:2] != (width, percent) or self._measured[2] is not model.looks:
            self._measured = width, percent, model.looks, [delegate.height_of(look, width) for look in model.looks]
        return self._measured[3]

    @Slot()
    def apply_width(self) -> None:
        """Lay out again after the quotes, the width or the text size changed."""
        self._fitted, self._bar = self.width(), 0
        self.doItemsLayout()  # at once, because a delayed layout would paint twice
        self.setMaximumHeight(max(1, self.sizeHint().height()))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(space(50), sum(self.heights()) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        # The highest quote fits as a whole.
        return QSize(space(30), max(self.heights(), default=0) + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Another width wraps the text differently.
        super().resizeEvent(event)
        if self._fitted != self.width():
            self.apply_width()


class QuotesDelegate(RowDelegate):
    """Breaks the words where the list does, whether its scroll bar is there or not."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As the list has measured it, which is asked for several times."""
        view = self.parent()
        if not isinstance(view, QuoteList):
            return super().sizeHint(option, index)
        return QSize(max(1, view.row_width()), view.heights()[index.row()])

    def width_in(self, option: QStyleOptionViewItem) -> int:
        """As the list counts it."""
        view = self.parent()
        return view.row_width() if isinstance(view, QuoteList) else super().width_in(option)
