"""Editor of one appointment of the timetable, in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.errors import Invalid
from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.state import SlotRecord
from reviewapp.visit.statements import Slot as SlotLine
from ui.widgets import Button, Card, Field, FlowLayout, Toggle, clear, column, row, tab_through
from ui.widgets.one_stop import OneStop
from ui.widgets.typed_edit import TimeEdit

if TYPE_CHECKING:
    from ui.pages.base import Page


class SlotEditor(Card):
    """Editor of an appointment; each field is recorded when it is left. Emits `closed` when the lead is done."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset", margin=3)
        self.setAccessibleName(_("The appointment"))
        self._page = page
        self.key = ""
        self.start, self.end, self.title, self.room = TimeEdit(), TimeEdit(), QLineEdit(), QLineEdit()
        self._names: dict[QLineEdit, str] = {
            self.start: "start",
            self.end: "end",
            self.title: "title",
            self.room: "room",
        }
        self._fields = {
            self.start: Field(_("From"), self.start),
            self.end: Field(_("To"), self.end),
            self.title: Field(_("What"), self.title),
            self.room: Field(_("Room"), self.room),
        }
        for edit in self._names:
            edit.editingFinished.connect(self._on_edited)
        for time in (self.start, self.end):
            time.setPlaceholderText("09:30")
        who = QWidget()
        self._who = FlowLayout(who, gap=1.5)
        OneStop(who)
        self._toggles: dict[str, Toggle] = {}
        self.delete = Button(_("Delete"), "bin", "quiet", name=_("Delete this appointment"))
        self.delete.clicked.connect(self._on_delete)
        self.done = Button(_("Done"), name=_("Done with this appointment"))
        self.done.clicked.connect(self.close_slot)
        times = row(self._fields[self.start], self._fields[self.end], gap=2)
        first = row(times, self._fields[self.title], gap=2)
        first.setStretch(1, 1)
        for line, field in ((times, self._fields[self.start]), (times, self._fields[self.end])):
            line.setAlignment(field, Qt.AlignmentFlag.AlignTop)
        first.setAlignment(self._fields[self.title], Qt.AlignmentFlag.AlignTop)
        self.add(column(first, self._fields[self.room], who, row(self.done, None, self.delete), gap=2))

    def open_slot(self, slot: SlotRecord) -> None:
        """Open an appointment for editing; edits in the one open before are committed first."""
        self.commit()
        self.key = slot.key
        clear(self._who)
        self._toggles = {}
        for code in self._page.state.people:
            who = person(self._page.state.people, code)
            toggle = Toggle(who, name=_("{person} takes part", person=who))
            toggle.setProperty("code", code)
            toggle.clicked.connect(self._on_who)
            self._toggles[code] = toggle
            self._who.addWidget(toggle)
            toggle.show()
        for edit, field in self._fields.items():
            field.set_error()
            edit.setModified(False)
            edit.setText(getattr(slot, self._names[edit]))
        self.show()
        self.show_slot(slot)
        tab_through(*self._fields, *self._toggles.values(), self.done, self.delete)
        self.title.setFocus()

    def show_slot(self, slot: SlotRecord) -> None:
        """Show the appointment as recorded; a field being edited keeps its text."""
        for edit, name in self._names.items():
            if not edit.isModified():
                edit.setText(getattr(slot, name))
        for code, toggle in self._toggles.items():
            toggle.setChecked(code in slot.who)

    def commit(self) -> None:
        """Record the edits that have not been committed yet."""
        for edit in self._names:
            self._record_edit(edit)

    def _record_edit(self, edit: QLineEdit) -> None:
        if not self.key or not edit.isModified():
            return
        name, text = self._names[edit], edit.text().strip()
        if isinstance(edit, TimeEdit):
            text = edit.value() or text
        values: dict[str, Any] = {name: text}
        line = SlotLine(id=self.key, **values)
        try:
            self._page.visit.check(line)
        except Invalid as error:
            self._fields[edit].set_error(f"{error.what}; {error.do}")
            return
        self._fields[edit].set_error()
        edit.setModified(False)
        self._page.record(line)
        self._show_order_error()

    def _show_order_error(self) -> None:
        """Show an error if the end lies before the beginning; the times are recorded all the same."""
        start, end = self.start.text(), self.end.text()
        wrong = bool(end) and end < start and not (self.start.isModified() or self.end.isModified())
        if not self.end.isModified():
            self._fields[self.end].set_error(_("This is before it starts.") if wrong else "")

    @Slot()
    def _on_edited(self) -> None:
        edit = self.sender()
        if isinstance(edit, QLineEdit):
            self._record_edit(edit)

    @Slot()
    def _on_who(self) -> None:
        chosen = [code for code, toggle in self._toggles.items() if toggle.isChecked()]
        self._page.record(SlotLine(id=self.key, who=chosen))

    @Slot()
    def _on_delete(self) -> None:
        key = self.key
        for edit in self._names:
            edit.setModified(False)
        self.close_slot()
        if self._page.record(SlotLine(id=key, deleted=True)) is not None:
            self._page.notify(_("Appointment deleted. You can undo this."), "info")

    @Slot()
    def close_slot(self) -> None:
        """Commit the edits and close; stays open, with the focus in the field, if one is invalid."""
        self.commit()
        wrong = [edit for edit in self._names if self.key and edit.isModified()]
        if wrong:
            wrong[0].setFocus()
            return
        self.forget()
        self.closed.emit()

    def forget(self) -> None:
        """Hide the editor without committing anything."""
        self.key = ""
        self.hide()
