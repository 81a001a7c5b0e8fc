"""Left pane of Interviews: start an interview, choose one, or go to the immediate concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.figures.conversations import wanted_interviews
from reviewapp.instruments.model import GROUPS as ALL_GROUPS
from reviewapp.workspace.withdrawal import may_survive
from ui.labels import A_ONE_OF, GROUPS, ICONS
from ui.pages.interviews.list import (
    ORDERS,
    ROW,
    InterviewRow,
    InterviewsModel,
    build_rows,
    key_of,
    order_key,
    without_reviewers,
)
from ui.pages.shared.concerns import concerns_without_told
from ui.pages.shared.hidden_words import hidden_lines
from ui.pages.shared.withdraw_card import withdrawn_lines
from ui.theme import space, theme
from ui.widgets import Button, FlowLayout, SectionHeading, Text, Toggle, column
from ui.widgets.copied_rows import RowsView
from ui.widgets.one_stop import OneStop
from ui.widgets.plain_text import plain_tip
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.sorting import SortBox
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page


SHOWN = 3
"""Withdrawn interviews and quotes that are listed; the tooltip has all."""


class InterviewsSide(QWidget):
    """The list of interviews and the buttons to start one.

    Emits `chosen(key)` when the current row changes, `opened(key)` when a row is clicked, `entered(key)` for Enter or a
    double click, `begun(group)` for a new interview, and `urgent_wanted` for the concerns.
    """

    chosen = Signal(str)
    opened = Signal(str)
    entered = Signal(str)
    begun = Signal(str)
    urgent_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = page
        self.heading = SectionHeading(_("Interviews"), " ")
        self.new = Button(_("New interview"), "plus", "primary", tip=_("New interview (Ctrl+N)"))
        self.new.clicked.connect(self._on_new)
        self.urgent = Button(_("Immediate concern"), "alert", "danger")
        self.urgent.clicked.connect(self.urgent_wanted)
        self.whom = Text(_("With whom?"), "muted")
        self.groups = QWidget()
        self.group_buttons: dict[str, Button] = {}
        self._build_groups()
        self.model = InterviewsModel()
        self.list = RowsView()
        self._build_list()
        self.only_mine = Toggle(_("Only mine"), name=_("Only my own interviews"))
        self.only_mine.setChecked(self._page.session.settings.flag("interviews_mine", False))
        self.only_mine.toggled.connect(self._on_only_mine)
        self.sort_box = SortBox(self._page.session.settings, "interviews", ORDERS, _("By reviewer"))
        self.sort_box.currentIndexChanged.connect(self._on_sort)
        self.withdrawn = Text("", "small")
        self.withdrawn.hide()
        self.not_reached = Text("", "small")
        self.not_reached.hide()
        self.narrowing = QWidget()
        flow = FlowLayout(self.narrowing, gap=2)
        flow.addWidget(self.only_mine)
        flow.addWidget(self.sort_box)
        layout = column(
            self.heading,
            self.new,
            self.whom,
            self.groups,
            self.narrowing,
            self.list,
            None,
            self.withdrawn,
            self.not_reached,
            self.urgent,
            gap=2,
        )
        layout.setContentsMargins(space(4), space(4), space(2), space(4))
        layout.setStretch(5, 1000)  # the empty space grows only while the list is hidden
        self.setLayout(layout)
        self.show_groups(False)
        theme().changed.connect(self._on_themed)

    def _build_groups(self) -> None:
        flow = FlowLayout(self.groups, gap=1.5)
        for group in ALL_GROUPS:
            if self._page.state.instrument.guide(group) is None:
                continue
            button = Button(GROUPS[group], ICONS[group], name=_("New interview with {one}", one=A_ONE_OF[group]))
            button.setProperty("group", group)
            button.clicked.connect(self._on_group)
            self.group_buttons[group] = button
            flow.addWidget(button)
        OneStop(self.groups)

    def _build_list(self) -> None:
        self.list.setAccessibleName(_("Interviews"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.list.clicked.connect(self._on_opened)
        self.list.activated.connect(self._on_entered)

    def refresh(self) -> bool:
        """Show the current interviews; True if the list holds others than before."""
        me = self._page.visit.me
        rows = build_rows(self._page.state, me)
        others = any(one.rec.person != me for one in rows)
        self.only_mine.setVisible(others)
        shown = [one for one in rows if one.rec.person == me] if others and self.only_mine.isChecked() else rows
        self.sort_box.setVisible(len(shown) > 1)
        if self.sort_box.by:
            shown = without_reviewers(self.sort_box.order(shown, order_key, key_of), self._page.state, me)
        reset = self.model.show(shown)
        self.heading.set_note(self._how_many(rows))
        waiting = len(concerns_without_told(self._page.state))
        told = len(self._page.state.concerns) - waiting
        words = _("Immediate concern ({told} told)", told=told) if told > 0 else _("Immediate concern")
        self.urgent.setText(_("Immediate concern: {waiting} not told", waiting=waiting) if waiting else words)
        self.urgent.setAccessibleName(self.urgent.text())
        usable(self.new, only_read(self._page.writable))
        self._show_withdrawn()
        self._make_room()
        return reset

    @Slot(bool)
    def _on_only_mine(self, on: bool) -> None:
        self._page.session.settings.set("interviews_mine", on)
        self._page.refresh(None)

    @Slot()
    def _on_sort(self) -> None:
        self._page.refresh(None)

    def _how_many(self, rows: list[InterviewRow]) -> str:
        """How many of the wanted ones are done, as the navigation counts them; then how many were begun by whom."""
        mine = sum(1 for row in rows if row.rec.person == self._page.visit.me)
        others = len(rows) - mine
        done, target = wanted_interviews(self._page.state)
        parts = [
            _("{done} of {target} needed are done", done=done, target=target) if target else "",
            _("{n} begun by you", n=mine) if rows else "",
            _("{n} by others", n=others) if others else "",
        ]
        return ", ".join(part for part in parts if part) or _("None yet")

    def _show_withdrawn(self) -> None:
        """List the latest withdrawals and what is hidden in small type, with the number of files not reached."""
        gone = withdrawn_lines(self._page.state)
        files = may_survive(self._page.visit) if gone else ()
        lines = [*gone, *hidden_lines(self._page.state)]
        more = [_("and {n} more", n=len(lines) - SHOWN)] if len(lines) > SHOWN else []
        hold = plural(
            "{n} file saved from here before may still contain what was withdrawn.",
            "{n} files saved from here before may still contain what was withdrawn.",
            len(files),
        )
        self.withdrawn.setText("\n".join([*lines[-SHOWN:], *more]))
        self.withdrawn.setToolTip(plain_tip("\n".join(lines)))
        self.not_reached.setText(hold if files else "")
        self.not_reached.setToolTip(plain_tip("\n".join(files)))

    def select(self, key: str) -> bool:
        """Make an interview current; False if it is not listed."""
        index = self.model.find(key)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)
        return index.isValid()

    def latest(self, group: str) -> str:
        """Key of my latest interview with a group; empty if there is none."""
        me = self._page.visit.me
        mine = [row.rec.key for row in self.model.rows if row.rec.group == group and row.rec.person == me]
        return mine[-1] if mine else ""

    def show_groups(self, on: bool, group: str = "") -> None:
        """Show or hide the buttons of the groups; `group`, or the first one, gets the focus."""
        self.groups.setVisible(on)
        self.whom.setVisible(on)
        self._make_room()
        if on and self.group_buttons:
            (self.group_buttons.get(group) or next(iter(self.group_buttons.values()))).setFocus()

    def _make_room(self) -> None:
        """Show what there is; where all of it does not fit, the list gives its place to the question with whom."""
        layout = self.layout()
        parts: dict[QWidget, bool] = {
            self.narrowing: True,
            self.withdrawn: bool(self.withdrawn.text()),
            self.not_reached: bool(self.not_reached.text()),
            self.list: bool(self.model.rows),
        }
        for part, wanted in parts.items():
            part.setVisible(wanted)
        if self.groups.isHidden() or layout is None:
            return
        for part in parts:
            layout.invalidate()
            if layout.minimumHeightForWidth(self.width()) <= self.height():
                return
            part.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.groups.isHidden():
            self._make_room()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.groups.isHidden():
            self.show_groups(False)
            self.new.setFocus()
            return
        super().keyPressEvent(event)

    @Slot()
    def _on_new(self) -> None:
        self.show_groups(self.groups.isHidden())

    @Slot()
    def _on_group(self) -> None:
        button = self.sender()
        self.show_groups(False)
        if button is not None:
            self.begun.emit(str(button.property("group")))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(current.data(ROW).rec.key)

    @Slot(QModelIndex)
    def _on_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(index.data(ROW).rec.key)

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        if index.isValid():
            self.entered.emit(index.data(ROW).rec.key)

    @Slot()
    def _on_themed(self) -> None:
        self.list.scheduleDelayedItemsLayout()
        self._make_room()
