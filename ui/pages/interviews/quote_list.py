"""The quotes of one interview as a list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from reviewapp.base.i18n import _, plural
from reviewapp.figures.conversations import quotes_by_interview
from reviewapp.visit.state import QuoteRecord, VisitState
from ui.labels import TONE_LOOKS, TONES
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.paint_cache import PaintCache

Index = QModelIndex | QPersistentModelIndex
QUOTE = Qt.ItemDataRole.UserRole


def quotes_of(state: VisitState, interview: str) -> list[QuoteRecord]:
    """The quotes of an interview, in order of creation."""
    return quotes_by_interview(state).get(interview, [])


class QuotesModel(QAbstractListModel):
    """List model of quotes; the selection survives an update with the same quotes."""

    def __init__(self) -> None:
        super().__init__()
        self.quotes: list[QuoteRecord] = []

    def show(self, quotes: list[QuoteRecord]) -> bool:
        """Show these quotes; True if they are others than before."""
        same = [q.key for q in quotes] == [q.key for q in self.quotes]
        if same:
            self.quotes = quotes
            if quotes:
                self.dataChanged.emit(self.index(0), self.index(len(quotes) - 1))
        else:
            self.beginResetModel()
            self.quotes = quotes
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
        if role == Qt.ItemDataRole.DisplayRole:
            return quote.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _(
                "Quote {id}, {tone}, {standards}: {text}",
                id=quote.id,
                tone=TONES.get(quote.tone, quote.tone),
                standards=standards_words(quote),
                text=quote.text,
            )
        return None


def standards_words(quote: QuoteRecord) -> str:
    """The quote's standards: `standards 4, 47`, or that there are none."""
    if not quote.standards:
        return _("no standard yet")
    return plural("standard {list}", "standards {list}", len(quote.standards), list=", ".join(quote.standards))


class QuoteList(QListView):
    """List as high as its quotes if there is space, and never lower than its highest quote."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._fitted, self._bar = 0, 0
        theme().changed.connect(self.fit)

    def room(self) -> int:
        """Width for the text; space for the scroll bar is always left, or quotes would reflow when it appears."""
        if not self._bar:
            self._bar = self.verticalScrollBar().sizeHint().width()
        return self.width() - 2 * self.frameWidth() - self._bar - space(7)

    def _rows(self) -> list[int]:
        model, delegate = self.model(), self.itemDelegate()
        if not isinstance(model, QuotesModel) or not isinstance(delegate, QuotesDelegate):
            return []
        room = self.room()
        return [delegate.high(quote, room) for quote in model.quotes]

    @Slot()
    def fit(self) -> None:
        """Lay out again after the quotes, the width or the text size changed."""
        self._fitted, self._bar = self.width(), 0
        self.doItemsLayout()  # at once, because a delayed layout would paint twice
        self.setMaximumHeight(max(1, self.sizeHint().height()))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(space(50), sum(self._rows()) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        # The highest quote fits as a whole.
        return QSize(space(30), max(self._rows(), default=0) + 2 * self.frameWidth())

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Another width wraps the text differently.
        super().resizeEvent(event)
        if self._fitted != self.width():
            self.fit()


class QuotesDelegate(QStyledItemDelegate):
    """Paints a quote in full, then its tone and standards."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heights: dict[tuple[str, int, int], int] = {}
        self._pictures = PaintCache()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        room = view.room() if isinstance(view, QuoteList) else theme().px(240)
        return QSize(theme().px(120), self.high(index.data(QUOTE), room))

    def high(self, quote: QuoteRecord, width: int) -> int:
        """Height of a quote whose text has this width; cached."""
        look = theme()
        key = quote.text, width, look.percent
        found = self._heights.get(key)
        if found is None:
            wrap, words = Qt.TextFlag.TextWordWrap, f"“{quote.text}”"
            box = look.metrics().boundingRect(0, 0, max(60, width), 10_000, wrap, words)
            found = self._heights[key] = box.height() + look.px("small") + space(7)
        return found

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        quote, chosen = index.data(QUOTE), bool(option.state & QStyle.StateFlag.State_Selected)
        key = quote.text, quote.tone, quote.standards, chosen
        self._pictures.show(painter, option.rect, key, theme().colour("surface"), self._draw, quote, chosen)

    def _draw(self, painter: QPainter, rect: QRectF, quote: QuoteRecord, chosen: bool) -> None:
        look = theme()
        box = rect.adjusted(space(1), space(0.5), -space(1), -space(0.5))
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft"))
            painter.drawRoundedRect(box, 6, 6)
        inner = box.adjusted(space(3), space(1.5), -space(2), -space(1.5))
        foot = look.px("small") + space(1)
        painter.setFont(look.font())
        painter.setPen(look.colour("text"))
        words = inner.adjusted(0, 0, 0, -foot - space(1))
        painter.setClipRect(words)
        painter.drawText(words, Qt.TextFlag.TextWordWrap, f"“{quote.text}”")
        painter.setClipping(False)
        role, icon = TONE_LOOKS.get(quote.tone, TONE_LOOKS["neutral"])
        side = look.px(14)
        line = QRectF(inner.left(), inner.bottom() - foot, inner.width(), foot)
        paint_icon(painter, QRectF(line.left(), line.center().y() - side / 2, side, side), icon, look.hex(role))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("muted"))
        text = f"{TONES.get(quote.tone, quote.tone)} · {standards_words(quote)}"
        line = line.adjusted(side + space(1), 0, 0, 0)
        fitted = look.metrics("small").elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, fitted)
