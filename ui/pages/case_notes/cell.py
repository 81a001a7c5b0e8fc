"""Panel below the grid: the current cell's item in full, its answer, a note, and the others' answers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.visit.statements import Audit, Statement
from ui.pages.case_notes.model import Cell
from ui.pages.shared.audit_answers import ANSWERS, SPOKEN
from ui.theme.icons import set_icon
from ui.widgets import Card, RatingButtons, Text, column, row
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import AuditItem
    from reviewapp.visit.labels import TeamMember
    from ui.pages.base import Page


def _note_line(record: str, item: str, text: str) -> Statement:
    return Audit(case_note=record, item=item, note=text)


class CellPanel(Card):
    """The current cell in words; emits `answered(value)`, None to clear it, and `left` for Escape in the note."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(margin=3, parent=parent)
        self._page = page
        self.setAccessibleName(_("This cell in words"))
        self.place: tuple[str, str] | None = None
        self.title = Text("", "strong", wrap=False)
        self.words = Text("", "body")
        self.others = Text("", "muted")
        self.buttons = RatingButtons(ANSWERS, _("Answer"))
        self.buttons.chosen.connect(self.answered)
        for button, value in self.buttons._values.items():
            if value.value == "not_recorded":
                set_icon(button, "eye_off", "info", 18)
        self.note = page.draft(
            _("Note for this cell"), placeholder=_("A note about this answer (no names)"), rows=1, most=4
        )
        self.note.installEventFilter(self)
        head = row(self.title, self.words, gap=3)
        head.setStretch(1, 1)
        self._answer = column(self.buttons, self.note)
        self._answer.setStretch(0, 3)  # the buttons need their room on one line; it counts only beside each other
        self._answer.setStretch(1, 2)
        self.add(head, self._answer, self.others)

    def put_beside(self, beside: bool) -> None:
        """Place the note beside the answers, for a low window, or below them."""
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._answer.direction() != way:
            self._answer.setDirection(way)

    def show_cell(self, record: str, item: AuditItem, cell: Cell, *, writable: bool) -> None:
        """Show a cell, or update the one shown; a note being typed is not disturbed."""
        self.title.setText(_("Case note {record} · {item}", record=record, item=item.item))
        many = plural("standard", "standards", len(item.standards))
        bears = _(" Relates to {many} {list}.", many=many, list=", ".join(item.standards)) if item.standards else ""
        self.words.setText(item.text + bears)
        self.buttons.set_value(cell.mine)
        usable(self.buttons, only_read(writable))
        if self.place != (record, item.item):
            self.place = (record, item.item)
            self.note.bind(partial(_note_line, record, item.item), cell.note)
        else:
            self.note.refresh(cell.note)
        self.others.setText(_others(cell, self._page.state.people))
        self.others.setVisible(bool(self.others.text()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Escape leaves the note; its text is kept.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        return super().eventFilter(watched, event)

    def nothing(self) -> None:
        """Hide the panel; no cell is current."""
        self.place = None
        self.note.bind(None)
        self.hide()


def _others(cell: Cell, people: Mapping[str, TeamMember]) -> str:
    if not cell.others:
        return ""
    said = "; ".join(cell.said_by_others(people))
    if not cell.differs:
        return f"{said}."
    if cell.agreed:
        return _("{said}. Agreed: {agreed}.", said=said, agreed=SPOKEN.get(cell.agreed, cell.agreed))
    return _("{said}. The answers differ: agree one on the Agree page.", said=said)
