"""The timetable of the day: the current and the next appointment are marked; the lead edits it in place."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.labels import person
from reviewapp.visit.state import SlotRecord, VisitState
from reviewapp.visit.statements import Slot as SlotLine
from reviewapp.visit.usual_day import START, in_order, usual_day
from ui.pages.overview.day_paper import DayPaper
from ui.pages.overview.slot import SlotEditor
from ui.pages.shared.clock import now
from ui.widgets import Button, Card, FlowLayout, SectionHeading, Text, column, row, tab_through
from ui.widgets.full_height_table import WORDS, CellText, FullHeightTable, Index
from ui.widgets.panes import scroll_into_view
from ui.widgets.taborder import put_in_place
from ui.widgets.typed_edit import TimeEdit

if TYPE_CHECKING:
    from ui.pages.base import Page

LOOK_AGAIN_MS = 20_000
FEW = 8


def now_and_next(slots: list[SlotRecord], moment: datetime, date: str) -> tuple[set[str], set[str]]:
    """Keys of the current and of the next appointments; empty on any day but the visit's."""
    if moment.date().isoformat() != date:
        return set(), set()
    clock = f"{moment:%H:%M}"
    on = {s.key for s in slots if s.start <= clock < (s.end or "24:00")}
    later = [s.start for s in slots if s.start > clock]
    return on, {s.key for s in slots if later and s.start == min(later)}


def _excerpt(slots: list[SlotRecord], wanted: set[str]) -> list[SlotRecord]:
    """At most `FEW` appointments: from just before the wanted ones, or from the beginning of the day."""
    if len(slots) <= FEW + 2:
        return slots
    first = next((i for i, slot in enumerate(slots) if slot.key in wanted), 1)
    start = max(0, min(first - 1, len(slots) - FEW))
    return slots[start : start + FEW]


class DayModel(QAbstractTableModel):
    """Model of the timetable, in three columns: time, title, people."""

    def __init__(self) -> None:
        super().__init__()
        self.slots: list[SlotRecord] = []
        self.whole = False
        self.left_out = 0
        self._rows: list[tuple[CellText, CellText, CellText]] = []

    def show(self, state: VisitState, moment: datetime, me: str) -> bool:
        """Show the timetable as of `moment`; True if other appointments are listed than before."""
        everything = list(in_order(state))
        on, following = now_and_next(everything, moment, state.info.date)
        slots = everything if self.whole else _excerpt(everything, on | following)
        self.left_out = len(everything) - len(slots)
        rows = [_words(slot, (on, following), state, moment, me) for slot in slots]
        same = [s.key for s in slots] == [s.key for s in self.slots]
        if not same:
            self.beginResetModel()
        self.slots, self._rows = slots, rows
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 2))
        return not same

    def row_of(self, key: str) -> int:
        """Row of the appointment with this key; -1 if it is not listed."""
        return next((i for i, slot in enumerate(self.slots) if slot.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.slots)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        words = self._rows[index.row()][index.column()]
        if role == WORDS:
            return words
        if role == Qt.ItemDataRole.DisplayRole:
            return words.title or words.note
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return words.spoken()
        return None


def _words(
    slot: SlotRecord, marked: tuple[set[str], set[str]], state: VisitState, moment: datetime, me: str
) -> tuple[CellText, CellText, CellText]:
    on, following = marked
    pill = (
        (_("Now"), "accent", "clock")
        if slot.key in on
        else (_("Next"), "info", "arrow_right")
        if slot.key in following
        else None
    )
    today = moment.date().isoformat() == state.info.date
    past = today and bool(slot.end) and slot.end <= f"{moment:%H:%M}"
    times = f"{slot.start}–{slot.end}" if slot.end else slot.start
    everybody = len(slot.who) > 1 and set(slot.who) == set(state.people)
    names = [_("you") if code == me else person(state.people, code) for code in slot.who]
    who = _("Everyone") if everybody else ", ".join(names)
    return (
        CellText(times, pill=pill, dim=past),
        CellText(slot.title or _("(no title)"), slot.room, dim=past),
        CellText("", who, dim=past),
    )


class DayCard(Card):
    """The timetable; the lead can add, change and delete appointments."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.head = SectionHeading(_("Timetable"))
        self.add_button = Button(_("Add"), "plus", "quiet", name=_("Add an appointment"))
        self.add_button.clicked.connect(self._on_add)
        self.head.add(self.add_button)
        self.none = Text("", "muted")
        self.model = DayModel()
        self._listed = column(gap=0)
        self._editor: SlotEditor | None = None
        self.more = Button(_("Show the whole day"), "chevron_down", "quiet")
        self.more.clicked.connect(self._on_more)
        self.start = TimeEdit(_("When the day begins"))
        self.start.set_value(START)
        self.usual = Button(
            _("Start from a usual day"), "clock", tip=_("Proposes appointments; change them as you like")
        )
        self.usual.clicked.connect(self._on_usual)
        self.proposal = QWidget()
        begins = row(self.usual, Text(_("from"), "muted", wrap=False), self.start, None, gap=2)
        self.proposal.setLayout(column(begins, self.start.error, gap=1))
        self.paper = DayPaper(page)
        self._below = QWidget()
        flow = FlowLayout(self._below, gap=1)
        for button in (self.more, self.paper.timetable, self.paper.booklet):
            flow.addWidget(button)
        self.add(self.head, self.none, self.proposal, self._listed, self._below)
        self._clock_timer = QTimer(self)
        self._clock_timer.setInterval(LOOK_AGAIN_MS)
        self._clock_timer.timeout.connect(self._on_time)

    @cached_property
    def table(self) -> FullHeightTable:
        """The appointments, made with the first."""
        made = FullHeightTable(_("Timetable"), (1.05, 2.6, 1))
        made.setSelectionBehavior(FullHeightTable.SelectionBehavior.SelectRows)
        made.setModel(self.model)
        made.clicked.connect(self._on_chosen)
        made.activated.connect(self._on_chosen)
        put_in_place(made, self._listed, self.add_button, self.proposal, before=self._below)
        return made

    @property
    def editor(self) -> SlotEditor:
        """The editor above the table; created when first used, because on most days it is not."""
        if self._editor is None:
            self._editor = SlotEditor(self._page)
            self._editor.closed.connect(self._on_closed)
            self._page.tie_to_list(self._editor, self.table)
            self._editor.hide()
            self.body.insertWidget(self.body.indexOf(self._listed), self._editor)
            self._editor.stackUnder(self.table)
            tab_through(self.add_button, self._editor, self.table, self.more)
        return self._editor

    def commit(self) -> None:
        """Record the edits in the open appointment that have not been committed yet."""
        if self._editor is not None:
            self._editor.commit()

    def refresh(self) -> None:
        """Show the current timetable; an appointment being edited stays open."""
        state, lead = self._page.state, self._page.visit.is_lead and self._page.writable
        self.model.show(state, now(), self._page.visit.me)
        if self.model.slots or "table" in vars(self):
            if not self.model.slots and self.window().focusWidget() is self.table:
                self.add_button.setFocus()  # the last appointment is gone; the next one starts from this button
            self.table.setVisible(bool(self.model.slots))
            self.table.adjust_height()
        self.none.setVisible(not self.model.slots)
        self.none.setText(
            _("Nothing yet. Add who meets whom when and where, or start from a usual day. Every laptop gets it with "
              "the visit pack.") if lead
            else _("The lead reviewer writes the timetable; it comes with the visit pack.")
        )  # fmt: skip
        self.add_button.setVisible(lead)
        self.proposal.setVisible(lead and not state.slots)
        self.paper.timetable.setVisible(bool(state.slots))
        self.more.setVisible(self.model.whole or self.model.left_out > 0)
        self.more.setText(
            _("Show fewer")
            if self.model.whole
            else _("Show the whole day ({left_out} more)", left_out=self.model.left_out)
        )
        self.more.setAccessibleName(_("{text}: timetable", text=self.more.text()))
        self.head.set_note(_("Select an appointment to change it.") if lead and self.model.slots else "")
        if self._editor is None or not self._editor.key:
            return
        if self._editor.key in state.slots:
            self._editor.show_slot(state.slots[self._editor.key])
        else:
            self._editor.forget()

    @Slot()
    def _on_more(self) -> None:
        self.model.whole = not self.model.whole
        self.refresh()

    @Slot()
    def _on_time(self) -> None:
        self.model.show(self._page.state, now(), self._page.visit.me)
        if "table" in vars(self):
            self.table.adjust_height()

    @Slot(QModelIndex)
    def _on_chosen(self, index: QModelIndex) -> None:
        if self._page.visit.is_lead and self._page.writable and index.isValid():
            self.editor.open_slot(self.model.slots[index.row()])
            scroll_into_view(self.editor)

    @Slot()
    def _on_closed(self) -> None:
        self.table.setFocus()

    @Slot()
    def _on_usual(self) -> None:
        start = self.start.value()
        if not start:
            self.start.misread.emit(self.start.advice())
            self.start.setFocus()
            return
        lines = usual_day(self._page.state, start)
        if self._page.record(*lines, name=_("usual day")) is not None:
            self._page.notify(_("{n} appointments were added. You can undo this.", n=len(lines)), "met")
            self.table.setFocus()

    @Slot()
    def _on_add(self) -> None:
        last = in_order(self._page.state)[-1] if self._page.state.slots else None
        start = (last.end or last.start) if last else "09:00"
        key = self._page.visit.next_id("slot", "T")
        line = SlotLine(id=key, start=start, end=_later(start), title=_("New appointment"), who=[])
        if self._page.record(line, name=_("new appointment")) is not None:
            self.editor.open_slot(self._page.state.slots[key])
            self.editor.title.selectAll()
            scroll_into_view(self.editor)

    def showEvent(self, event: QShowEvent) -> None:
        # The marks for now and next follow the clock only while the card is visible.
        super().showEvent(event)
        self._clock_timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock_timer.stop()


def _later(start: str) -> str:
    """A start 45 minutes later, but not past 23:59."""
    moment = datetime.strptime(start, "%H:%M") + timedelta(minutes=45)
    return f"{moment:%H:%M}" if f"{moment:%H:%M}" > start else "23:59"
