"""How a goal ends: it was reached, or it is left with a reason; and it can be taken up again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.figures.goals import is_open
from reviewapp.visit.programme_records import GoalRecord
from reviewapp.visit.statements import Goal, Statement
from ui.pages.shared.record_fields import FieldSpec
from ui.pages.shared.record_form import RecordForm, record_or_say
from ui.widgets import Button, Field, column
from ui.widgets.panes import LaterScroll
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from ui.pages.base import Page

FIELDS = (
    FieldSpec("ended", _("Ended on"), "day"),
    FieldSpec("reason", _("Why, or how you know it was reached")),
)


def _line(key: str, field: str, value: Any) -> Statement:
    return Goal(id=key, **{field: value})


class GoalEnd(QWidget):
    """Of the chosen goal: the presses that end it, and once it has ended the day and why."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._goal: GoalRecord | None = None
        self.form = RecordForm(page, FIELDS, _line)
        self.why = QLineEdit()
        self.why_field = Field(
            _("Reason for leaving it"), self.why, hint=_("Then press Enter, or Leave this goal again")
        )
        self.why_field.hide()
        self.why.returnPressed.connect(self._on_left)
        self._scroll = LaterScroll(self)
        self.reached = Button(_("Mark as reached"), "check")
        self.reached.clicked.connect(self._on_reached)
        self.leave_it = Button(_("Leave this goal"), "dash")
        self.leave_it.clicked.connect(self._on_left)
        self.reopen = Button(_("Take it up again"), "restore")
        self.reopen.clicked.connect(self._on_reopen)
        self.buttons = (self.reached, self.leave_it, self.reopen)
        """For whoever lays out the buttons of the goal; what they ask for stands here."""
        self.setLayout(column(self.form, self.why_field, gap=2))

    def show_goal(self, goal: GoalRecord | None) -> None:
        """Show what is possible with this goal now; what is being typed stays."""
        if goal is not None and (self._goal is None or self._goal.id != goal.id):
            self.why.setText("")
            self.why_field.set_error()
            self.why_field.hide()
        self._goal = goal
        if goal is None:
            return
        working = is_open(goal)
        self.form.setVisible(not working)
        if not working:
            self.form.show_record(goal.id, goal)
        if not working:
            self.why_field.hide()
        self.reached.setVisible(working and bool(goal.chosen_by.strip()))
        self.leave_it.setVisible(working)
        self.reopen.setVisible(not working)
        for part in (self.why, *self.buttons):
            usable(part, only_read(self._page.writable))

    def commit(self) -> None:
        """Record what stands in a short field that was not left yet."""
        if self._goal is not None and not is_open(self._goal):
            self.form.commit()

    @Slot()
    def _on_reached(self) -> None:
        if self._goal is not None:
            self._page.leave()
            line = Goal(id=self._goal.id, status="reached", ended=today().isoformat())
            if record_or_say(self._page, line, name=_("goal {id} as reached", id=line.id)) is None:
                self._page.notify(_("Goal {id} is marked as reached. You can undo this.", id=line.id), "met")
                self.reopen.setFocus()

    @Slot()
    def _on_left(self) -> None:
        if self._goal is None:
            return
        why = self.why.text().strip()
        if not why:
            asked = self.why_field.isVisible()
            self.why_field.show()
            self.why_field.set_error(_("Say in a few words why you are leaving it.") if asked else "")
            self.why.setFocus()
            self._scroll.to(self.why_field)
            return
        self._page.leave()
        line = Goal(id=self._goal.id, status="left", ended=today().isoformat(), reason=why)
        refused = record_or_say(self._page, line, name=_("leaving goal {id}", id=line.id))
        self.why_field.set_error(refused or "")
        if refused is None:
            self.why.setText("")
            self._page.notify(_("Goal {id} is left. You can undo this.", id=line.id), "info")
            self.reopen.setFocus()

    @Slot()
    def _on_reopen(self) -> None:
        if self._goal is not None:
            self._page.leave()
            line = Goal(id=self._goal.id, status="open", ended=None, reason=None)
            if record_or_say(self._page, line, name=_("taking up goal {id} again", id=line.id)) is None:
                (self.reached if self.reached.isVisible() else self.leave_it).setFocus()
