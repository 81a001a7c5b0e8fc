"""The meeting's table: columns, cell contents, model and delegate."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewapp.base.i18n import _, ngettext_noop, plural
from reviewapp.figures.whose_words import raters
from reviewapp.instruments.model import Instrument, Scale, Score
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.labels import person
from ui.formats import before_colon, share
from ui.labels import GROUPS, MANY, TONE_LOOKS
from ui.pages.agree.visible_rows import VisibleRow
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets.paint_cache import PaintCache
from ui.widgets.plain_text import plain_tip
from ui.widgets.rating import icon_of, tone_of, value_label

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
CELL = Qt.ItemDataRole.UserRole + 1
_SELECTED = QStyle.StateFlag.State_Selected.value


@dataclass(frozen=True)
class Column:
    """A column: `kind` and `of` identify the source; `heading` is its short title, `spoken` the full one."""

    kind: str
    of: str
    heading: str
    spoken: str
    evidence: bool = False


class CellPart(NamedTuple):
    """A part of a cell: text, icon, and the colour role of both; `short` is shown if several share the cell."""

    text: str
    icon: str = ""
    role: str = "text"
    strong: bool = False
    short: str = ""


def columns_of(state: VisitState, rows: Sequence[VisibleRow], me: str) -> list[Column]:
    """One column per source; groups, surveys and case notes without any evidence are left out.

    Before the meeting is opened, one column with the number of ratings replaces those of the others.
    """
    title = nouns_of(state.instrument).title
    found = [Column("standard", "", title, title)]
    if len(state.instrument.types()) > 1:
        found.append(Column("type", "", _("Type"), _("Type")))
    found.append(Column("agreed", "", _("Agreed"), _("Agreed rating")))
    if any(row.self_review is not None for row in rows):
        found.append(Column("team", "", _("Team"), _("The team's self-review")))
    if not state.meeting_opened:
        found.append(Column("rated", "", _("Rated by"), _("Reviewers who have rated it")))
    for code in raters(state) if state.meeting_opened else [c for c in raters(state) if c == me]:
        found.append(Column("person", code, code, person(state.people, code)))
    spoken_to = {group for row in rows for group in row.by_group}
    surveyed = {group for row in rows for group in row.survey}
    for group, name in MANY.items():
        if group in spoken_to:
            found.append(Column("group", group, name, _("{name}, interviewed", name=name), evidence=True))
    for group, name in GROUPS.items():
        if group in surveyed:
            found.append(
                Column("survey", group, _("{name} survey", name=name), _("{name} survey", name=name), evidence=True)
            )
    if any(item.counts.n for row in rows for item in row.audit):
        found.append(Column("audit", "", _("Case notes"), _("Case notes"), evidence=True))
    return found


def cell_content(column: Column) -> Callable[[VisibleRow], Hashable]:
    """A function from a row to what determines the cell in this column; equal results look equal."""
    of = column.of
    tells: dict[str, Callable[[VisibleRow], Hashable]] = {
        "standard": lambda row: (row.standard, row.title, row.differs),
        "type": lambda row: row.type,
        "agreed": lambda row: (row.in_conflict, row.agreed),
        "team": lambda row: row.self_review,
        "rated": lambda row: row.rated,
        "person": lambda row: (row.ratings.get(of), row.late.get(of)),
        "group": lambda row: row.by_group.get(of),
        "survey": lambda row: row.survey.get(of),
        "audit": lambda row: tuple(row.audit),
    }
    return tells[column.kind]


def short_label(scale: Scale, value: Score | None, none: str = "–") -> str:
    """The label of a rating, shortened for a narrow column; the full label is spoken."""
    found = scale.find(value) if value is not None else None
    long = found is not None and found.counts == "na" and len(found.label) > 8
    return "N/A" if long else value_label(scale, value, none)


def cell_parts(row: VisibleRow, column: Column, scale: Scale) -> tuple[CellPart, ...]:
    """The parts that are drawn in a cell."""
    if column.kind == "standard":
        return (CellPart(f"{row.standard}  {row.title}", "differ" if row.differs else "", strong=True),)
    if column.kind == "type":
        return (CellPart(row.type, role="muted"),)
    if column.kind == "agreed":
        if row.in_conflict:
            return (CellPart(_("2 versions"), "differ", "warn", strong=True),)
        return (_rating(scale, row.agreed, _("Not yet"), strong=True),)
    if column.kind == "team":
        return (_rating(scale, row.self_review),)
    if column.kind == "rated":
        return (CellPart(row.rated, role="muted"),)
    if column.kind == "person" and column.of in row.late:
        return (_rating(scale, row.late[column.of]), CellPart(_("late"), "clock", "warn"))
    if column.kind == "person":
        return (_rating(scale, row.ratings.get(column.of)),)
    return _evidence(row, column)


def _rating(scale: Scale, value: Score | None, none: str = "–", *, strong: bool = False) -> CellPart:
    if value is None:
        return CellPart(none, "circle" if none != "–" else "", "muted")
    return CellPart(short_label(scale, value), icon_of(scale, value), tone_of(scale, value), strong)


def possible(column: Column, scale: Scale) -> list[CellPart]:
    """Every rating that may appear in a column, so that its width need not change during the meeting."""
    strong = column.kind == "agreed"
    if not strong and column.kind not in ("team", "person"):
        return []
    return [_rating(scale, choice.value, strong=strong) for choice in scale.values]


def _evidence(row: VisibleRow, column: Column) -> tuple[CellPart, ...]:
    if column.kind == "group":
        return tuple(_tone(words) for words in row.by_group.get(column.of, "").split(", ") if words)
    if column.kind == "survey":
        counts = row.survey.get(column.of)
        return (
            (CellPart(_("{share} yes", share=share(counts.yes, counts.n))),) if counts is not None and counts.n else ()
        )
    return tuple(
        CellPart(f"{item.item}: {share(item.counts.yes, item.counts.n)}") for item in row.audit if item.counts.n
    )


HEARD = {
    "positive": ngettext_noop("{n} positive", "{n} positive"),
    "mixed": ngettext_noop("{n} mixed", "{n} mixed"),
    "neutral": ngettext_noop("{n} neutral", "{n} neutral"),
    "negative": ngettext_noop("{n} negative", "{n} negative"),
    "note": ngettext_noop("{n} note", "{n} notes"),
}
"""The words of the matrix, one and many: a number goes with them, and languages bend what is counted, so that they
cannot be made of the names of the tones (`labels.TONES`)."""


@cache
def _tone(words: str) -> CellPart:
    """`2 positive` with the icon of its tone, which says as much as the word; notes have none.

    Kept, because hundreds of cells have the same few words.
    """
    many, __, kind = words.partition(" ")
    look, said = TONE_LOOKS.get(kind), HEARD[kind.removesuffix("s")]
    counted = plural(*said, int(many))
    return CellPart(counted, look[1], look[0], short=many) if look else CellPart(counted, "", "muted")


def accessible_text(row: VisibleRow, column: Column, instrument: Instrument, *, whole: bool = False) -> str:
    """A cell in words, for screen readers, which read the row; `whole` names the row too, for a tool tip."""
    text = _spoken(row, column, instrument)
    if column.kind == "standard" or (column.kind == "audit" and row.audit):
        return text
    named = nouns_of(instrument).numbered(row.standard)
    return _("{standard}, {cell}", standard=named, cell=text) if whole else text


def _spoken(row: VisibleRow, column: Column, instrument: Instrument) -> str:
    scale = instrument.scale
    if column.kind == "person" and column.of in row.late:
        value = value_label(scale, row.late[column.of])
        return _("{spoken}: {value}, late, not counted yet", spoken=column.spoken, value=value)
    whole = {"agreed": row.agreed, "team": row.self_review, "person": row.ratings.get(column.of)}
    if column.kind in whole and not (column.kind == "agreed" and row.in_conflict):
        none = _("not agreed yet") if column.kind == "agreed" else _("no rating")
        return f"{column.spoken}: {value_label(scale, whole[column.kind], none)}"
    if column.kind == "audit":
        lines = [
            _("{text}: {share} yes", text=before_colon(item.text), share=share(item.counts.yes, item.counts.n))
            for item in row.audit
            if item.counts.n
        ]
        return "\n".join(lines) or _("case notes: nothing")
    if column.kind == "standard":
        found = _("reviewers differ") if row.reviewers_differ else _("differs from the team") if row.differs else ""
        kind = _("type {type}", type=row.type) if len(instrument.types()) > 1 else ""
        return ", ".join(part for part in (f"{row.standard}  {row.title}", kind, found) if part)
    text = ", ".join(piece.text for piece in cell_parts(row, column, scale))
    return f"{column.spoken}: {text or _('nothing')}"


class MatrixModel(QAbstractTableModel):
    """Table model of the rows that pass the filters; announces only the rows that changed."""

    def __init__(self, instrument: Instrument) -> None:
        super().__init__()
        self._instrument, self.scale = instrument, instrument.scale
        self.rows: list[VisibleRow] = []
        self.columns: list[Column] = []
        self._cells: dict[tuple[int, int], tuple[CellPart, ...]] = {}

    def show(self, rows: list[VisibleRow], columns: list[Column]) -> None:
        """Show these rows and columns."""
        same = [r.standard for r in rows] == [r.standard for r in self.rows] and columns == self.columns
        if not same:
            self.beginResetModel()
            self.rows, self.columns = rows, columns
            self._cells.clear()
            self.endResetModel()
            return
        changed = [i for i, (old, new) in enumerate(zip(self.rows, rows, strict=True)) if old != new]
        self.rows = rows
        for i in changed:
            for j in range(len(columns)):
                self._cells.pop((i, j), None)
            self.dataChanged.emit(self.index(i, 0), self.index(i, len(columns) - 1))

    def cell(self, row: int, column: int) -> tuple[CellPart, ...]:
        """The parts that are drawn in a cell, computed once."""
        found = self._cells.get((row, column))
        if found is None:
            found = self._cells[row, column] = cell_parts(self.rows[row], self.columns[column], self.scale)
        return found

    def row_of(self, number: str) -> int:
        """Row of the standard with this number, or -1."""
        return next((i for i, row in enumerate(self.rows) if row.standard == number), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.heading
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return column.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(column.spoken)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role == ROW:
            return row
        if role == CELL:
            return self.cell(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return ", ".join(piece.text for piece in cell_parts(row, column, self.scale))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            tip = role == Qt.ItemDataRole.ToolTipRole
            spoken = accessible_text(row, column, self._instrument, whole=tip)
            return plain_tip(spoken) if tip else spoken
        return None


class MatrixDelegate(QStyledItemDelegate):
    """Paints icon, text and colour on one line; `factor` enlarges it for a projector."""

    factor = 1.0

    def __init__(self, matrix: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix = matrix
        self._fonts: dict[tuple[int, float, bool], tuple[QFont, QFontMetrics]] = {}
        self._widths: dict[tuple[int, float, bool, str], int] = {}
        self._pictures = PaintCache()

    def letters(self, piece: CellPart) -> tuple[QFont, QFontMetrics]:
        """Font and metrics of a part."""
        key = theme().percent, self.factor, piece.strong
        found = self._fonts.get(key)
        if found is None:
            font = theme().font("body" if piece.strong else "small", strong=piece.strong)
            font.setPixelSize(round(font.pixelSize() * self.factor))
            found = self._fonts[key] = font, QFontMetrics(font)
        return found

    def row_height(self) -> int:
        """The height of every row: one line and its padding."""
        line = self.letters(CellPart("", strong=True))[1].height()
        return int(max(24, line + space(3) * self.factor))

    def width_of(self, found: Sequence[CellPart]) -> int:
        """The width that a cell needs to show these parts in full."""
        many = len(found)
        wide = sum(self._width(piece, piece.short if many > 1 and piece.short else piece.text) for piece in found)
        return int(wide + space(2) * max(0, many - 1) + space(5))

    def _width(self, piece: CellPart, text: str) -> float:
        side = theme().px(14) * self.factor + space(1.5) if piece.icon else 0
        return self._wide(piece, text) + side

    def _wide(self, piece: CellPart, text: str) -> int:
        """Width of the text alone; cached, because hundreds of cells have the same few texts."""
        key = theme().percent, self.factor, piece.strong, text
        found = self._widths.get(key)
        if found is None:
            found = self._widths[key] = self.letters(piece)[1].horizontalAdvance(text)
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width_of(index.data(CELL)), self.row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen, at = bool(option.state.value & _SELECTED), index.column()
        found, first = self._matrix.cell(index.row(), at), chosen and at == 0
        key = found, chosen, first, self.factor
        ground = theme().colour("accent_soft" if chosen else "surface")
        self._pictures.show(painter, option.rect, key, ground, self._draw, found, first)

    def _draw(self, painter: QPainter, rect: QRectF, found: Sequence[CellPart], first: bool) -> None:
        look = theme()
        if first:
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        left, inner = rect.left() + space(2.5), rect.adjusted(space(2.5), 0, -space(1), 0)
        for piece, text in _shown(found):
            self._piece(painter, QRectF(left, inner.top(), inner.right() - left, inner.height()), piece, text)
            left += self._width(piece, text) + space(2)

    def _piece(self, painter: QPainter, rect: QRectF, piece: CellPart, whole: str) -> None:
        look, left = theme(), rect.left()
        if piece.icon:
            side = look.px(14) * self.factor
            role = "warn" if piece.icon == "differ" else piece.role
            paint_icon(painter, QRectF(left, rect.center().y() - side / 2, side, side), piece.icon, look.hex(role))
            left += side + space(1.5)
        font, measures = self.letters(piece)
        painter.setFont(font)
        painter.setPen(look.colour(piece.role))
        words = QRectF(left, rect.top(), rect.right() - left, rect.height())
        room, text = int(words.width()) + 1, whole
        if self._wide(piece, whole) > room:
            text = measures.elidedText(whole, Qt.TextElideMode.ElideRight, room)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)


def _shown(found: Sequence[CellPart]) -> list[tuple[CellPart, str]]:
    """The text written for each part; the short one where several share the cell."""
    return [(piece, piece.short if piece.short and len(found) > 1 else piece.text) for piece in found]
