"""View of the grid of case notes: painted cells, two headers, and one key per answer."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent, QTextLayout
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reviewapp.base.i18n import _
from reviewapp.instruments.model import AuditItem
from ui.pages.case_notes.model import CELL, EMPTY, ITEM, SHARE, CaseNotesModel, Cell, Index
from ui.pages.shared.audit_answers import ANSWERS, WORDS
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets import Text
from ui.widgets.announce import tell_renamed
from ui.widgets.paint_cache import PaintCache

ICONS = {"yes": "check", "no": "cross", "na": "dash", "not_recorded": "eye_off"}
TONES = {"yes": "met", "no": "not_met", "na": "na", "not_recorded": "warn"}
LEAST_FOR_WORDS = 760
"""Below this width (pixels at 100 % text) the items show only their codes; the full text is in the panel below."""

_KEYS = {value.key: value.value for value in ANSWERS.values}
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Paints my answer as icon, text and colour; below it the others' answers, and whether they differ."""

    def __init__(self) -> None:
        super().__init__()
        self._pictures = PaintCache()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme().px(112), theme().px(48))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        cell = model.cell(index) if isinstance(model, CaseNotesModel) else index.data(CELL)
        chosen = index == option.widget.currentIndex() if isinstance(option.widget, QTableView) else False
        if not chosen and cell == EMPTY:
            return
        key = cell.mine, cell.others, cell.differs, cell.agreed, bool(cell.note), chosen
        self._pictures.show(painter, option.rect, key, theme().colour("surface"), self._draw, cell, chosen)

    def _draw(self, painter: QPainter, rect: QRectF, cell: Cell, chosen: bool) -> None:
        look = theme()
        if cell.mine:
            painter.fillRect(rect, look.colour(f"{TONES[cell.mine]}_soft"))
        second = self._second(cell)
        top = rect if second is None else QRectF(rect.left(), rect.top() + space(0.5), rect.width(), rect.height() / 2)
        if cell.mine:
            tone = TONES[cell.mine]
            self._line(painter, top, ICONS[cell.mine], WORDS[cell.mine], tone, strong=True)
        if second is not None:
            below = QRectF(rect.left(), rect.center().y(), rect.width(), rect.height() / 2 - space(0.5))
            icon, words, tone = second
            self._line(painter, below if cell.mine else rect, icon, words, tone, strong=tone == "warn")
        if cell.note:
            side = look.px(13)
            paint_icon(painter, QRectF(rect.right() - side - 3, rect.top() + 3, side, side), "edit", look.hex("muted"))
        if chosen:
            painter.setPen(QPen(look.colour("focus"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1.5, 1.5, -2, -2))

    def _second(self, cell: Cell) -> tuple[str, str, str] | None:
        if cell.differs:
            return (
                ("equal", _("Agreed: {words}", words=WORDS[cell.agreed]), "info")
                if cell.agreed
                else ("differ", _("Differs"), "warn")
            )
        if not cell.others:
            return None
        codes, value = ", ".join(code for code, __ in cell.others), cell.others[0][1]
        if cell.mine:
            return "people", _("{codes} too", codes=codes), "muted"
        return ICONS[value], f"{codes}: {WORDS[value]}", "muted"

    def _line(self, painter: QPainter, rect: QRectF, icon: str, words: str, tone: str, *, strong: bool) -> None:
        look = theme()
        font = look.font("small" if strong else "tiny", strong=strong)
        painter.setFont(font)
        side, gap = look.px(15 if strong else 13), space(1)
        room = rect.width() - side - gap - space(2)
        metrics = QFontMetrics(font)
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room))
        wide = side + gap + metrics.horizontalAdvance(fitted)
        left = rect.center().x() - wide / 2
        paint_icon(painter, QRectF(left, rect.center().y() - side / 2, side, side), icon, look.hex(tone))
        painter.setPen(look.colour(tone))
        painter.drawText(QRectF(left + side + gap, rect.top(), room + space(1), rect.height()), _MIDDLE, fitted)


def _current(header: QHeaderView) -> QModelIndex:
    grid = header.parent()
    return grid.currentIndex() if isinstance(grid, QTableView) else QModelIndex()


class ItemHeader(QHeaderView):
    """Header with the audit items, in full if there is space, each with the share of records that say yes so far."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setAccessibleName(_("Items"))
        self.words = True
        self._pictures = PaintCache()

    def wide(self) -> int:
        """Width of the header in pixels."""
        return theme().px(380 if self.words else 224)

    def height_for(self, item: AuditItem) -> int:
        """Height that a row needs for the text of its item."""
        least = theme().px(48)
        if not self.words:
            return least
        room = self.wide() - theme().px(34) - theme().px(64) - space(6)
        metrics, wrap = QFontMetrics(theme().font("small")), Qt.TextFlag.TextWordWrap
        box = metrics.boundingRect(QRect(0, 0, room, 4000), wrap, item.text)
        return max(least, box.height() + space(3))

    def short(self, item: AuditItem, room: int) -> str:
        """The item's text cut to two lines; tooltip and panel have it in full."""
        font, text = theme().font("small"), item.text
        layout = QTextLayout(text, font)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(room)
        layout.endLayout()
        first, rest = text[: line.textLength()].rstrip(), text[line.textLength() :]
        return f"{first}\n{QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, room)}".rstrip()

    def sizeHint(self) -> QSize:
        return QSize(self.wide(), theme().px(48))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        item = model.headerData(section, Qt.Orientation.Vertical, ITEM)
        if item is None:
            return
        so_far = str(model.headerData(section, Qt.Orientation.Vertical, SHARE) or "")
        ground = theme().colour("accent_soft" if _current(self).row() == section else "surface_alt")
        key = item.item, item.text, so_far, self.words, ground.name()
        self._pictures.show(painter, rect, key, ground, self._draw, item, so_far)

    def _draw(self, painter: QPainter, rect: QRectF, item: AuditItem, so_far: str) -> None:
        look = theme()
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
        inner = rect.adjusted(space(2), 0, -space(2), 0)
        painter.setFont(look.font("small", strong=True))
        painter.setPen(look.colour("text"))
        painter.drawText(inner, _MIDDLE | Qt.AlignmentFlag.AlignLeft, item.item)
        painter.setPen(look.colour("accent"))
        painter.drawText(inner, _MIDDLE | Qt.AlignmentFlag.AlignRight, so_far)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text"))
        middle = inner.adjusted(look.px(34), 0, -look.px(64 if self.words else 52), 0)
        if self.words:
            painter.drawText(middle, _MIDDLE | Qt.TextFlag.TextWordWrap, item.text)
        else:
            painter.drawText(middle, _MIDDLE, self.short(item, int(middle.width())))


class RecordHeader(QHeaderView):
    """Header with the record numbers, and below each the codes of its readers."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setAccessibleName(_("Case notes"))
        self._pictures = PaintCache()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(112), theme().px(50))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, CaseNotesModel) or section >= len(model.records):
            return
        record = model.records[section]
        readers = model.readers_in_words(record)
        ground = theme().colour("accent_soft" if _current(self).column() == section else "surface_alt")
        self._pictures.show(painter, rect, (record, readers, ground.name()), ground, self._draw, record, readers)

    def _draw(self, painter: QPainter, rect: QRectF, record: str, readers: str) -> None:
        look = theme()
        painter.fillRect(QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), look.colour("line"))
        painter.fillRect(QRectF(rect.right() - 1, rect.top(), 1, rect.height()), look.colour("line"))
        half = QRectF(rect.left(), rect.top() + space(1), rect.width(), rect.height() / 2)
        painter.setFont(look.font("body", strong=True))
        painter.setPen(look.colour("text"))
        painter.drawText(half, Qt.AlignmentFlag.AlignCenter, record)
        font = look.font("tiny")
        painter.setFont(font)
        painter.setPen(look.colour("muted"))
        words = QFontMetrics(font).elidedText(readers, Qt.TextElideMode.ElideRight, int(rect.width()) - 8)
        painter.drawText(half.translated(0, half.height() - space(1)), Qt.AlignmentFlag.AlignCenter, words)


class CaseNotesGrid(QTableView):
    """Table of audit items by records, answered with single keys.

    Emits `answered(value)` for Y, N, A and R, and None for Delete; `explained(value)` for the same keys with Shift, to
    write a note after the answer; `wants_record` for +, `wants_note` for Enter, and `moved` for another current cell.
    """

    answered = Signal(object)
    explained = Signal(object)
    wants_record = Signal()
    wants_note = Signal()
    moved = Signal()

    def __init__(self, model: CaseNotesModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Case notes: one column for each case note, one row for each item"))
        self.one_key = True
        self.items, self.tops = ItemHeader(), RecordHeader()
        self.setVerticalHeader(self.items)
        self.setHorizontalHeader(self.tops)
        self.setModel(model)
        self._model = model
        self._delegate = CellDelegate()
        self.setItemDelegate(self._delegate)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        # Of a cell chosen alone a reader would say "not selected" after each other cell of its row.
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._so_far = Text(_("Yes so far"), "small", wrap=False, parent=self)
        self._so_far.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        theme().changed.connect(self._on_themed)

    def apply_sizes(self) -> None:
        """Set the sizes of rows, columns and headers for the current width and text size."""
        self.items.words = self.width() >= theme().px(LEAST_FOR_WORDS)
        self.tops.setDefaultSectionSize(theme().px(112))
        self.items.setFixedWidth(self.items.wide())
        for row, item in enumerate(self._model.items):
            self.setRowHeight(row, self.items.height_for(item))
        self.tops.setFixedHeight(self.tops.sizeHint().height())
        self._so_far.setFixedSize(self.items.wide() - space(2), self.tops.height())
        self._so_far.move(0, 1)
        self._so_far.setVisible(self.items.words)
        self.setMinimumHeight(self.tops.height() + 2 * theme().px(48) + space(5))
        self.updateGeometries()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Keys that are not ours move the current cell as in any table.
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier & ~Qt.KeyboardModifier.KeypadModifier
        value = _KEYS.get(event.text().upper()) if self.one_key and plain and event.text() else None
        if value is not None:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.explained if shift else self.answered).emit(value)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.answered.emit(None)
        elif event.key() == Qt.Key.Key_Insert or event.text() == "+":
            self.wants_record.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.wants_note.emit()
        elif event.text().strip() and plain:
            event.accept()  # other letters must not start Qt's keyboard search
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Items show only their codes in a narrow grid.
        words = self.width() >= theme().px(LEAST_FOR_WORDS)
        super().resizeEvent(event)
        if words != self.items.words:
            self.apply_sizes()

    @Slot()
    def _on_themed(self) -> None:
        self.apply_sizes()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        self._model.stand_at(current)
        tell_renamed(self, before)  # less is said of it now, and not any more what was recorded before it
        for index in (current, before):
            if index.isValid():
                self.update(index)
        self.items.viewport().update()
        self.tops.viewport().update()
        self.moved.emit()
