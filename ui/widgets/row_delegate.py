"""The one delegate of lists whose rows are a title and what is to be known of it: a row is data, `RowLook`."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewapp.search.query import HighlightedText
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.marked_text import draw_marked
from ui.widgets.paint_cache import PaintCache
from ui.widgets.status import paint_pill

Index = QModelIndex | QPersistentModelIndex
LOOK = Qt.ItemDataRole.UserRole + 1
"""The role under which a model gives the `RowLook` of a row."""
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft
_CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
ENDLESS = 10_000


@dataclass(frozen=True)
class RowStyle:
    """What all rows of a list have in common. Lengths in steps of `space`, `icon` and lines in pixels at 100 %.

    `wraps`: title and detail are shown whole, on as many lines as they need; otherwise each is one line of the given
    height, cut with …, and the height of a row follows without measuring a word. `rounded`: the current row is marked
    within the row and follows the pointer; otherwise over the whole width. `ruled`: a line between rows. `cached`: a
    row is drawn once and shown as a picture (`PaintCache`); not for a list that is another one after every letter.
    """

    wraps: bool = False
    rounded: bool = False
    ruled: bool = False
    cached: bool = True
    icon: int = 18
    icon_in_the_middle: bool = False
    gap: float = 3
    top: float = 2
    between: float = 0
    bottom: float = 2
    title_line: int = 24
    detail_line: int = 19


@dataclass(frozen=True)
class RowLook:
    """One row. `heading` stands above it, or alone where there is no title; what is empty is left out.

    `marked` and `marked_detail` take the place of `title` and `detail` where parts are to be highlighted. `detail_icon`
    begins a detail of one line. `pill` or `keys` stand at the right. `level` 1 is indented, and never strong.
    """

    style: RowStyle
    title: str = ""
    detail: str = ""
    heading: str = ""
    icon: str = ""
    icon_role: str = "text"
    title_role: str = "text"
    strong: bool = False
    marked: HighlightedText | None = None
    marked_detail: HighlightedText | None = None
    detail_icon: str = ""
    detail_icon_role: str = "muted"
    detail_role: str = "muted"
    pill: str = ""
    pill_tone: str = "na"
    pill_icon: str = ""
    keys: str = ""
    level: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether it only stands over others."""
        return not self.title and self.marked is None


class RowDelegate(QStyledItemDelegate):
    """Draws what a model gives under `LOOK`. The heights it has measured are kept as long as the list is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PaintCache()
        self._heights: dict[tuple[RowLook, int, int], tuple[int, int]] = {}

    # Heights ---------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as the words need at the width of the list."""
        width = self.width_in(option)
        return QSize(max(1, width), self.height_of(index.data(LOOK), width))

    def width_in(self, option: QStyleOptionViewItem) -> int:
        """How wide a row is in its list."""
        view = option.widget
        return view.viewport().width() if isinstance(view, QListView) else option.rect.width()

    def height_of(self, look: RowLook, width: int) -> int:
        """The height of a row in a list of this width."""
        heading = heading_height(look)
        if look.is_heading:
            return heading
        title, detail = self._lines(look, width)
        style = look.style
        between = space(style.between) if detail else 0
        return heading + space(style.top) + title + between + detail + space(style.bottom)

    def _lines(self, look: RowLook, width: int) -> tuple[int, int]:
        """The heights of title and detail; those that wrap are measured once for a width and a text size."""
        if not look.style.wraps:
            px = theme().px
            return px(look.style.title_line), px(look.style.detail_line) if _has_detail(look) else 0
        key = look, width, theme().percent
        found = self._heights.get(key)
        if found is None:
            found = self._heights[key] = self._measured(look, width)
        return found

    def _measured(self, look: RowLook, width: int) -> tuple[int, int]:
        theme_, room = theme(), _title_width(look, width)
        title = theme_.metrics(strong=look.strong).boundingRect(0, 0, room, ENDLESS, int(_WRAP), look.title).height()
        title = max(title, theme_.px(look.style.title_line))
        if _pill_below(look, width):
            title += _pill_height() + space(1)
        if not look.detail:
            return title, 0
        if look.detail_icon:
            return title, theme_.px(look.style.detail_line)
        inner = max(space(20), width - _left(look) - space(3))
        return title, theme_.metrics("small").boundingRect(0, 0, inner, ENDLESS, int(_WRAP), look.detail).height()

    # Drawing ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """With the theme of now."""
        look: RowLook = index.data(LOOK)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        over = look.style.rounded and bool(option.state & QStyle.StateFlag.State_MouseOver)
        ruled = look.style.ruled and index.row() + 1 < index.model().rowCount()
        if look.style.cached:
            key, ground = (look, chosen, over, ruled), theme().colour("surface")
            self._pictures.show(painter, option.rect, key, ground, self._draw, look, chosen, over, ruled)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, QRectF(option.rect), look, chosen, over, ruled)
        painter.restore()

    def _draw(self, painter: QPainter, rect: QRectF, look: RowLook, chosen: bool, over: bool, ruled: bool) -> None:
        if look.heading:
            high = heading_height(look)
            painter.setFont(theme().font("small", strong=True))
            painter.setPen(theme().colour("muted"))
            beneath = space(1) if look.is_heading else 0
            words = QRectF(rect.left() + space(3), rect.top(), rect.width() - space(6), high - beneath)
            painter.drawText(words, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, look.heading)
            rect.setTop(rect.top() + high)
        if look.is_heading:
            return
        _mark(painter, rect, look.style, chosen=chosen, over=over)
        if ruled:
            painter.setPen(QPen(theme().colour("line"), 1))
            painter.drawLine(rect.bottomLeft() + QPointF(space(3), -0.5), rect.bottomRight() - QPointF(space(3), 0.5))
        self._words(painter, rect, look, "accent" if chosen and look.style.rounded and look.icon else look.title_role)

    def _words(self, painter: QPainter, rect: QRectF, look: RowLook, role: str) -> None:
        style, width = look.style, int(rect.width())
        title, detail = self._lines(look, width)
        top, left = rect.top() + space(style.top), rect.left() + _left(look)
        below = _pill_below(look, width)
        first = QRectF(left, top, _title_width(look, width), title - (_pill_height() + space(1) if below else 0))
        if look.icon:
            side = theme().px(style.icon)
            middle = rect.center().y() if style.icon_in_the_middle else top + theme().px(style.title_line) / 2
            x = rect.left() + space(3) + (space(1) if style.rounded else 0) + look.level * space(4)
            icon_role = role if style.icon_in_the_middle else look.icon_role
            paint_icon(painter, QRectF(x, middle - side / 2, side, side), look.icon, theme().hex(icon_role))
        self._title(painter, first, look, role)
        self._right(painter, QRectF(left, first.bottom() + space(1) if below else top, 0, 0), rect, look, below=below)
        if detail:
            y = top + title + space(style.between)
            _detail(painter, QRectF(left, y, rect.right() - left - space(3), detail), look)

    def _title(self, painter: QPainter, line: QRectF, look: RowLook, role: str) -> None:
        if look.marked is not None:
            draw_marked(painter, line, look.marked, "body", role)
            return
        painter.setFont(theme().font(strong=look.strong))
        painter.setPen(theme().colour(role))
        if look.style.wraps:
            painter.drawText(line, int(_CENTRE | Qt.TextFlag.TextWordWrap), look.title)
            return
        words = (
            theme().metrics(strong=look.strong).elidedText(look.title, Qt.TextElideMode.ElideRight, int(line.width()))
        )
        painter.drawText(line, int(_CENTRE), words)

    def _right(self, painter: QPainter, at: QRectF, rect: QRectF, look: RowLook, *, below: bool) -> None:
        """The state, beside the title or where it has room beneath; or the keys of a command."""
        if look.pill:
            wide = _pill_width(look)
            x = at.left() if below else rect.right() - space(3) - wide
            paint_pill(painter, QRectF(x, at.top(), wide, _pill_height()), look.pill, look.pill_tone, look.pill_icon)
        if look.keys:
            painter.setFont(theme().font("small"))
            painter.setPen(theme().colour("muted"))
            wide = _keys_width(look)
            line = QRectF(rect.right() - space(3) - wide, at.top(), wide + 1, theme().px(look.style.title_line))
            painter.drawText(line, int(_CENTRE), look.keys)


def heading_height(look: RowLook) -> int:
    """Of the words above a row; of a row that is nothing else it is more, so that it stands apart."""
    if not look.heading:
        return 0
    return theme().px(30) if look.is_heading else theme().px("small") + space(4)


def _mark(painter: QPainter, rect: QRectF, style: RowStyle, *, chosen: bool, over: bool) -> None:
    """That a row is the current one, by a bar as well as by its colour; or that the pointer is on it."""
    look = theme()
    if style.rounded:
        box = rect.adjusted(space(1), space(0.5), -space(1), -space(0.5))
        painter.setPen(Qt.PenStyle.NoPen)
        if chosen or over:
            painter.setBrush(look.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + space(2), 3, box.height() - space(4)), 1.5, 1.5)
    elif chosen:
        painter.fillRect(rect, look.colour("accent_soft"))
        painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))


def _detail(painter: QPainter, box: QRectF, look: RowLook) -> None:
    if look.marked_detail is not None:
        draw_marked(painter, box, look.marked_detail, "small", look.detail_role)
        return
    painter.setFont(theme().font("small"))
    painter.setPen(theme().colour(look.detail_role))
    if look.style.wraps and not look.detail_icon:
        painter.drawText(box, int(_WRAP | Qt.AlignmentFlag.AlignTop), look.detail)
        return
    line = box
    if look.detail_icon:
        side = theme().px(14)
        sign = QRectF(box.left(), box.center().y() - side / 2, side, side)
        paint_icon(painter, sign, look.detail_icon, theme().hex(look.detail_icon_role))
        line = box.adjusted(side + space(1), 0, 0, 0)
    words = theme().metrics("small").elidedText(look.detail, Qt.TextElideMode.ElideRight, int(line.width()))
    painter.drawText(line, int(_CENTRE), words)


# Widths ----------------------------------------------------------------------------------------------------------


def _has_detail(look: RowLook) -> bool:
    return bool(look.detail) or look.marked_detail is not None


def _left(look: RowLook) -> int:
    """Where the words begin."""
    icon = theme().px(look.style.icon) + space(look.style.gap) if look.icon else 0
    return int(space(3) + (space(1) if look.style.rounded else 0) + icon + look.level * space(4))


def _pill_height() -> int:
    return max(24, theme().px(24))


def _pill_width(look: RowLook) -> int:
    if not look.pill:
        return 0
    words = theme().metrics("small", strong=True).horizontalAdvance(look.pill)
    return words + theme().px(14) + space(6)


def _pill_below(look: RowLook, width: int) -> bool:
    """Whether the state has to go under the title for want of room."""
    return bool(look.pill) and _pill_width(look) > (width - _left(look)) * 0.45


def _keys_width(look: RowLook) -> int:
    return theme().metrics("small").horizontalAdvance(look.keys)


def _title_width(look: RowLook, width: int) -> int:
    at_the_right = _keys_width(look) if look.keys else 0 if _pill_below(look, width) else _pill_width(look)
    beside = at_the_right + space(2) if at_the_right else 0
    return max(space(20), width - _left(look) - space(3) - beside)
