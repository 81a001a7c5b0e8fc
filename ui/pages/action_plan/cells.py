"""Cells of the action plan: the delegate that paints them and creates their editors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QEvent, QObject, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QValidator
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reviewapp.base.i18n import _
from reviewapp.plan.priority import priority_from
from ui.formats import long_date, read_day
from ui.pages.action_plan.labels import STATUSES, TITLES
from ui.pages.action_plan.table import (
    FIELD,
    MARK,
    NO_WORDS,
    NOT_PLANNED,
    PRIORITIES,
    REASONS,
    ROW,
    TONES,
    ActionRow,
    Index,
    PlanModel,
    line_of,
    reason,
)
from ui.theme import space, theme
from ui.theme.icons import paint_icon
from ui.widgets import DraftText
from ui.widgets.status import paint_pill
from ui.widgets.typed_edit import DayEdit, not_a_day

if TYPE_CHECKING:
    from reviewapp.visit.statements import Statement
    from ui.session.bridge import Bridge

MOST_LINES = 7
TAB_GOES = {
    int(Qt.Key.Key_Tab): QStyledItemDelegate.EndEditHint.EditNextItem,
    int(Qt.Key.Key_Backtab): QStyledItemDelegate.EndEditHint.EditPreviousItem,
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
ENTER_STAYS = QStyledItemDelegate.EndEditHint.NoHint
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OPENS_LIST = (Qt.Key.Key_Space, Qt.Key.Key_F4)


def _note_keys(box: QComboBox, event: QEvent) -> None:
    """Remember whether a choice is changed in the closed box by a key, and not picked from its list."""
    if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
        opens = event.key() in OPENS_LIST or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        box.setProperty("by_key", not opens)
    elif event.type() == QEvent.Type.MouseButtonPress:
        box.setProperty("by_key", False)


def cell_line(row: ActionRow, field: str, text: str) -> Statement:
    """The statement that a text box in this cell writes."""
    return line_of(row, field, text)


class DayValidator(QValidator):
    """Accepts a day as people write it, or nothing."""

    def validate(self, text: str, position: int) -> object:
        # Acceptable only once the date exists, so that Enter does not close the editor before.
        whole = not text.strip() or read_day(text) is not None
        return (QValidator.State.Acceptable if whole else QValidator.State.Intermediate, text, position)


def _choice_data(row: ActionRow, field: str) -> tuple[str, ...]:
    """The cell's value as data of the list of choices; the last is the complete one, with impact and effort."""
    value = row.raw(field)
    if field != "priority" or not (row.raw("impact") and row.raw("effort") and value):
        return (value,)
    return (value, f"{value} {row.raw('impact')} {row.raw('effort')}")


class PlanDelegate(QStyledItemDelegate):
    """Paints the cells and creates their editors; a text box saves by itself while it is typed in.

    Emits `picked(row, field, text)` for a choice or a date, and `refused(message)` for text that is not a date.
    """

    picked = Signal(object, str, str)
    refused = Signal(str)

    def __init__(self, bridge: Bridge, view: QTableView) -> None:
        super().__init__(view)
        self._bridge, self._view = bridge, view

    # Drawing -------------------------------------------------------------------------------------------------

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        # As high as the text, up to MOST_LINES lines.
        look, width = theme(), self._view.columnWidth(index.column())
        metrics = QFontMetrics(look.font("small"))
        room = max(space(10), width - space(4))
        words = metrics.boundingRect(0, 0, room, 10_000, int(_WRAP), str(index.data()) or " ").height()
        high = min(words, metrics.lineSpacing() * MOST_LINES)
        if index.data(FIELD) == "standard" and index.data(ROW).kind:
            high += metrics.lineSpacing()
        return QSize(width, max(high + space(4), look.px(40)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        look, rect = theme(), QRectF(option.rect)
        marked = index.data(MARK) is not None
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if marked or chosen:
            painter.fillRect(rect, look.colour("accent_soft" if chosen else "info_soft"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(look.colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        inner = rect.adjusted(space(2), space(2), -space(2), -space(1))
        if marked:
            side = look.px(12)
            paint_icon(painter, QRectF(rect.right() - side - 2, rect.top() + 2, side, side), "dot", look.hex("info"))
        self._words(painter, inner, index)
        painter.restore()

    def _words(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        look, row, field, text = theme(), index.data(ROW), index.data(FIELD), str(index.data())
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("text"))
        if field in row.torn:
            wide = QFontMetrics(look.font("small", strong=True)).horizontalAdvance(text) + look.px(14) + space(6)
            high = max(24, look.px(24))
            paint_pill(painter, QRectF(rect.left(), rect.top(), min(wide, rect.width()), high), text, "warn", "differ")
            return
        if field == "status" and row.planned:
            tone, icon = TONES.get(row.raw("status"), ("na", ""))
            wide = QFontMetrics(look.font("small", strong=True)).horizontalAdvance(text) + look.px(14) + space(6)
            high = max(24, look.px(24))
            paint_pill(painter, QRectF(rect.left(), rect.top(), min(wide, rect.width()), high), text, tone, icon)
            return
        if field == "due" and row.overdue:
            side = look.px(14)
            paint_icon(painter, QRectF(rect.left(), rect.top() + 2, side, side), "alert", look.hex("not_met"))
            painter.setPen(look.colour("not_met"))
            painter.drawText(rect.adjusted(side + space(1), 0, 0, 0), int(_WRAP), _("{text}\noverdue", text=text))
            return
        if field == "standard":
            painter.setFont(look.font("small", strong=True))
            used = painter.boundingRect(rect, int(_WRAP), text).height()
            painter.drawText(rect, int(_WRAP), text)
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("muted"))
            painter.drawText(rect.adjusted(0, used, 0, 0), int(_WRAP), row.kind)
            return
        if field == "action" and text in (NOT_PLANNED, NO_WORDS):
            side = look.px(14)
            paint_icon(painter, QRectF(rect.left(), rect.top() + 2, side, side), "plus", look.hex("accent"))
            painter.setPen(look.colour("accent"))
            rect = rect.adjusted(side + space(1.5), 0, 0, 0)
        painter.drawText(rect, int(_WRAP), text)

    # Editing -------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        # A text box that saves by itself, a list of choices, or a line for a date.
        row, field = index.data(ROW), index.data(FIELD)
        name = _("{standard}, {column}", standard=row.named, column=TITLES[field])
        if field in ("status", "priority", "goal"):
            return self._choices(parent, field, name)
        if field == "due":
            line = DayEdit(name, parent)
            line.setValidator(DayValidator(line))
            return line
        return DraftText(self._bridge, name, rows=3, most=8, parent=parent)

    def _goals(self) -> tuple[tuple[str, str], ...]:
        model = self._view.model()
        return model.goals if isinstance(model, PlanModel) else ()

    def _choices(self, parent: QWidget, field: str, name: str) -> QComboBox:
        box = QComboBox(parent)
        box.setAccessibleName(name)
        if field == "goal":
            box.addItem(_("Under no goal"), "")
            for key, words in self._goals():
                box.addItem(f"{key}  {words}", key)
        elif field == "priority":
            box.addItem("–", "")
            for value in PRIORITIES:
                box.addItem(value, value)
            for impact, effort in REASONS:
                value = str(priority_from(impact, effort))
                box.addItem(f"{value}: {reason(impact, effort)}", f"{value} {impact} {effort}")
        else:
            for value, words in STATUSES.items():
                box.addItem(words[:1].upper() + words[1:], value)
        box.activated.connect(self._on_activated)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        row, field = index.data(ROW), index.data(FIELD)
        if isinstance(editor, DraftText):
            if not editor.property("bound"):
                editor.setProperty("bound", True)
                editor.bind(partial(cell_line, row, field), row.raw(field))
                editor.selectAll()
            else:
                editor.refresh(row.raw(field))
        elif isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, *(editor.findData(data) for data in _choice_data(row, field))))
        elif isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(long_date(row.raw("due")))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        row, field = index.data(ROW), index.data(FIELD)
        if isinstance(editor, DraftText):
            editor.commit()
        elif isinstance(editor, QComboBox):
            self._emit_picked(row, field, str(editor.currentData()))
        elif isinstance(editor, QLineEdit):
            text = editor.text().strip()
            day = read_day(text) if text else ""
            if day is not None:
                self._emit_picked(row, field, day)

    def _emit_picked(self, row: ActionRow, field: str, text: str) -> None:
        if text not in _choice_data(row, field)[-1:]:
            self.picked.emit(row, field, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        # Over its cell, enlarged as far as writing needs, but never beyond the viewport.
        rect = QRect(option.rect)
        if isinstance(editor, DraftText):
            rect.setWidth(max(rect.width(), theme().px(240)))
            rect.setHeight(max(rect.height(), editor.minimumSizeHint().height()))
        else:
            rect.setWidth(max(rect.width(), editor.sizeHint().width()))
            rect.setHeight(max(editor.sizeHint().height(), theme().px(32)))
        seen = self._view.viewport().rect()
        rect.moveRight(min(rect.right(), seen.right()))
        rect.moveBottom(min(rect.bottom(), seen.bottom()))
        editor.setGeometry(rect)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        # Escape too commits what was typed, so that nothing is lost; Undo takes it back.
        if isinstance(editor, DraftText):
            editor.commit()
        elif isinstance(editor, QLineEdit) and not editor.hasAcceptableInput():
            said = not_a_day(editor.text().strip())
            self.refused.emit(_("{said} Nothing was changed.", said=said))
        super().destroyEditor(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        # As in every sheet: Tab moves to the next cell and Enter ends the present one, from a text box as well, where
        # Qt would insert a tab or a line. Shift and Enter still begin a line.
        if isinstance(editor, DraftText) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            hint = ENTER_STAYS if event.key() in ENTER and not shifted else TAB_GOES.get(event.key())
            if hint is not None:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, hint)
                return True
        if isinstance(editor, QComboBox):
            _note_keys(editor, event)
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in ENTER:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                return True
        return super().eventFilter(editor, event)

    @Slot(int)
    def _on_activated(self, _index: int) -> None:
        # A letter or an arrow key shows another choice, and one may go on to the next; Tab and Enter keep it.
        editor = self.sender()
        if isinstance(editor, QComboBox) and not editor.property("by_key"):
            self.commitData.emit(editor)
            self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
