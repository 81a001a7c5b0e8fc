"""Result list of the find panel: its model, and the painting of rows with matches bold and underlined."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewapp.base.i18n import _
from reviewapp.search import HighlightedText
from ui.shell.palette.rows import HEADINGS, ResultRow
from ui.theme import space, theme
from ui.theme.icons import pixmap

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class ResultModel(QAbstractListModel):
    """Rows of results, replaced after every letter; headings cannot be chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ResultRow] = []

    def show(self, rows: list[ResultRow]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.words()
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class ResultDelegate(QStyledItemDelegate):
    """Paints icon, title, and a snippet on one line. The height follows from the kind of row alone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # The text is not measured: of many rows few are ever in view.
        row: ResultRow = index.data(ROW)
        look = theme()
        if row.heading:
            return QSize(1, look.px(30))
        return QSize(1, max(24, look.px(36)) if row.found is None else look.px(50))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, row = theme(), index.data(ROW)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.heading:
            painter.setFont(look.font("small", strong=True))
            painter.setPen(look.colour("muted"))
            words = rect.adjusted(space(3), 0, -space(3), -space(1))
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom, row.title.text)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, look.colour("accent_soft"))
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
            self._draw(painter, rect, row)
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRectF, row: ResultRow) -> None:
        look, side = theme(), theme().px(18)
        inner = rect.adjusted(space(3), space(1), -space(3), -space(1))
        single = row.found is None
        high = inner.height() if single else inner.height() / 2
        icon = "chevron_down" if row.more else HEADINGS[row.kind][1]
        picture = QRectF(inner.left(), inner.top() + (high - side) / 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(picture.toRect(), pixmap(icon, look.hex("accent"), side, ratio))
        left = picture.right() + space(2.5)
        keys = row.keys
        right = inner.right()
        if keys:
            small = look.font("small")
            wide = QFontMetricsF(small).horizontalAdvance(keys)
            painter.setFont(small)
            painter.setPen(look.colour("muted"))
            painter.drawText(QRectF(right - wide, inner.top(), wide, high), Qt.AlignmentFlag.AlignVCenter, keys)
            right -= wide + space(2)
        line = QRectF(left, inner.top(), right - left, high)
        draw_marked(painter, line, row.title, "body", "accent" if row.more else "text")
        if not single:
            beneath = QRectF(left, inner.top() + high, inner.right() - left, high)
            draw_marked(painter, beneath, row.snippet, "small", "muted")


def draw_marked(painter: QPainter, rect: QRectF, marked: HighlightedText, kind: str, role: str) -> None:
    """Draw one line of text, elided if too long; matches are bold, underlined and in the text colour."""
    look = theme()
    plain, strong, narrow, wide = _fonts(look.percent, kind)
    colours = look.colour(role), look.colour("text") if marked.marks else None
    x = rect.left()
    for text, match in runs(_cut_before_match(marked, wide, rect.width())):
        painter.setFont(strong if match else plain)
        painter.setPen(colours[match] or colours[0])
        metrics, room = wide if match else narrow, rect.right() - x
        length = metrics.horizontalAdvance(text)
        if length > room:
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, room))
            painter.drawText(QRectF(x, rect.top(), room + 1, rect.height()), int(_LINE), cut)
            return
        painter.drawText(QRectF(x, rect.top(), length + 1, rect.height()), int(_LINE), text)
        x += length


@lru_cache(maxsize=16)
def _fonts(_percent: int, kind: str) -> tuple[QFont, QFont, QFontMetricsF, QFontMetricsF]:
    """Plain font, font of a match, and the metrics of both; cached because every painted row needs them."""
    plain, strong = theme().font(kind), theme().font(kind, strong=True)
    strong.setUnderline(True)
    return plain, strong, QFontMetricsF(plain), QFontMetricsF(strong)


def _cut_before_match(marked: HighlightedText, metrics: QFontMetricsF, room: float) -> HighlightedText:
    """Cut the beginning off if the first match would lie beyond the right edge."""
    if not marked.marks:
        return marked
    begin, end = marked.marks[0]
    if metrics.horizontalAdvance(marked.text[: end + 1]) <= room:
        return marked
    at = begin
    while at and metrics.horizontalAdvance(marked.text[at - 1 : end]) < room / 2:
        at -= 1
    at = max(marked.text.find(" ", at, begin) + 1, at)
    return HighlightedText(f"… {marked.text[at:]}", tuple((b - at + 2, e - at + 2) for b, e in marked.marks))


_LINE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


def runs(marked: HighlightedText) -> list[tuple[str, bool]]:
    """Split the text into pieces, each with whether it is a match."""
    pieces, at = [], 0
    for begin, end in marked.marks:
        pieces += [(marked.text[at:begin], False), (marked.text[begin:end], True)]
        at = end
    pieces.append((marked.text[at:], False))
    return [piece for piece in pieces if piece[0]]


class ResultList(QListView):
    """List view steered by the search line, which keeps the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = ResultModel()
        self.setModel(self.found)
        self.setItemDelegate(ResultDelegate(self))
        self.setAccessibleName(_("What was found"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        # An opaque background of its own, so that the page below is not repainted for every letter typed.
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme().colour("surface"))
        painter.end()
        super().paintEvent(event)

    def show_rows(self, rows: list[ResultRow]) -> None:
        """Replace the rows and choose the first."""
        self.found.show(rows)
        self.step(1, begin=-1)
        self.scrollToTop()

    def chosen(self) -> ResultRow | None:
        """The row that Enter opens, or None."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def step(self, by: int, *, begin: int | None = None) -> None:
        """Move the choice by `by` rows, skipping headings and stopping at the ends; `begin`: row to start from."""
        rows = self.found.rows
        way = 1 if by > 0 else -1
        at = self.currentIndex().row() if begin is None else begin
        goal, left = at, abs(by)
        while left and 0 <= at + way < len(rows):
            at += way
            if not rows[at].heading:
                goal, left = at, left - 1
        if 0 <= goal < len(rows):
            self.setCurrentIndex(self.found.index(goal))
            above = goal - 1 if goal and rows[goal - 1].heading else goal
            self.scrollTo(self.found.index(above))
            self.scrollTo(self.found.index(goal))

    def height_for(self, most: int) -> int:
        """Height in pixels that shows all rows, at most `most`."""
        option, delegate = QStyleOptionViewItem(), self.itemDelegate()
        needed = sum(delegate.sizeHint(option, self.found.index(i)).height() for i in range(len(self.found.rows)))
        return min(most, needed + 2 * self.frameWidth())
