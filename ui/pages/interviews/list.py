"""The list of interviews: mine first, then those of other reviewers."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.conversations import noted
from reviewapp.visit import sorting
from reviewapp.visit.state import InterviewRecord, VisitState
from ui.labels import GROUPS, ICONS, name_of
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.paint_cache import PaintCache

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole


class InterviewRow(NamedTuple):
    """An interview as the list shows it; `begins` is the heading above the first one of a reviewer, else empty."""

    rec: InterviewRecord
    name: str
    said: str
    tone: str
    icon: str
    begins: str


def build_rows(state: VisitState, me: str) -> list[InterviewRow]:
    """A row for every interview, mine first, then by reviewer, group and number."""
    written = noted(state)
    places = {group: i for i, group in enumerate(GROUPS)}
    recs = sorted(
        state.interviews.values(),
        key=lambda r: (r.person != me, sorting.natural(r.person), places.get(r.group, 9), sorting.natural(r.id)),
    )
    rows, before = [], None
    for rec in recs:
        said, tone, icon = _state(rec, *written.get(rec.key, (0, 0)))
        begins = (
            "" if rec.person == before else _("Mine") if rec.person == me else _("From {person}", person=rec.person)
        )
        rows.append(InterviewRow(rec, name_of(rec, me), said, tone, icon, begins))
        before = rec.person
    return rows


def _state(rec: InterviewRecord, notes: int, quotes: int) -> tuple[str, str, str]:
    if rec.consent_notes is None:
        return _("Consent to be asked"), "warn", "alert"
    if rec.consent_notes is False:
        return _("Agreed to no notes"), "muted", "eye_off"
    if not notes and not quotes:
        return _("Nothing noted yet"), "muted", "circle"
    words = plural("{n} note", "{n} notes", notes) + (
        ", " + plural("{n} quote", "{n} quotes", quotes) if quotes else ""
    )
    return words, "muted", "check"


class InterviewsModel(QAbstractListModel):
    """List model of the interviews; the selection survives an update with the same interviews."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[InterviewRow] = []

    def show(self, rows: list[InterviewRow]) -> bool:
        """Show these rows; True if they are other interviews than before."""
        same = [row.rec.key for row in rows] == [row.rec.key for row in self.rows]
        if same:
            changed = [place for place, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
            self.rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        return not same

    def find(self, key: str) -> QModelIndex:
        """The row of an interview; an invalid index if it is not listed."""
        row = next((i for i, found in enumerate(self.rows) if found.rec.key == key), -1)
        return self.index(row) if row >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.name
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.name}, {GROUPS.get(row.rec.group, row.rec.group)}: {row.said}"
        return None


class InterviewsDelegate(QStyledItemDelegate):
    """Paints group icon, name and state, and a heading above each reviewer's first interview."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        look = theme()
        high = look.px("body") + look.px("small") + space(7)
        if index.data(ROW).begins:
            high += look.px("small") + space(4)
        return QSize(look.px(150), high)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PaintCache()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, state = index.data(ROW), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        key = row.name, row.rec.group, row.said, row.tone, row.icon, row.begins, chosen, over
        self._pictures.show(painter, option.rect, key, theme().colour("surface"), self._draw, row, chosen, over)

    def _draw(self, painter: QPainter, rect: QRectF, row: InterviewRow, chosen: bool, over: bool) -> None:
        look = theme()
        if row.begins:
            high = look.px("small") + space(4)
            painter.setFont(look.font("small", strong=True))
            painter.setPen(look.colour("muted"))
            top = QRectF(rect.left() + space(3), rect.top(), rect.width() - space(4), high)
            painter.drawText(top, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, row.begins)
            rect.setTop(rect.top() + high)
        box = rect.adjusted(space(1), space(0.5), -space(1), -space(0.5))
        if chosen or over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(box, 6, 6)
        if chosen:
            painter.setBrush(look.colour("accent"))
            painter.drawRoundedRect(QRectF(box.left(), box.top() + space(2), 3, box.height() - space(4)), 1.5, 1.5)
        self._words(painter, box, row, chosen=chosen)

    def _words(self, painter: QPainter, box: QRectF, row: InterviewRow, *, chosen: bool) -> None:
        look, side = theme(), theme().px(22)
        left = box.left() + space(3)
        role = "accent" if chosen else "text"
        icon = ICONS.get(row.rec.group, "person")
        paint_icon(painter, QRectF(left, box.center().y() - side / 2, side, side), icon, look.hex(role))
        left += side + space(3)
        half = QRectF(left, box.top() + space(1.5), box.right() - left - space(2), look.px("body") + space(1))
        painter.setFont(look.font("body", strong=True))
        painter.setPen(look.colour(role))
        group = GROUPS.get(row.rec.group, row.rec.group)
        painter.drawText(half, Qt.AlignmentFlag.AlignVCenter, f"{row.name}  {group}")
        below = QRectF(left, half.bottom(), half.width(), look.px("small") + space(1.5))
        small = look.px(13)
        paint_icon(painter, QRectF(left, below.center().y() - small / 2, small, small), row.icon, look.hex(row.tone))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour(row.tone))
        words = below.adjusted(small + space(1), 0, 0, 0)
        fitted = look.metrics("small").elidedText(row.said, Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, fitted)
