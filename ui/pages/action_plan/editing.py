"""What is done to the actions of the table: begun, put under a goal, changed in a cell, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Slot

from reviewapp.base.i18n import _
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.statements import Action
from ui.pages.action_plan.table import ActionRow, line_of
from ui.widgets.panes import scroll_into_view

if TYPE_CHECKING:
    from ui.pages.action_plan.view import PlanTable
    from ui.pages.base import Page


class PlanEditing(QObject):
    """Records what is done in the table, each as one change that Undo takes back."""

    def __init__(self, page: Page, table: PlanTable) -> None:
        super().__init__(page)
        self._page, self._table = page, table
        table.begin_wanted.connect(self._on_begin)
        table.delegate.picked.connect(self._on_picked)
        table.delegate.refused.connect(self._on_refused)

    @Slot()
    def on_add(self) -> None:
        """Begin an action for the standard of the chosen row: its first, or one more."""
        chosen = self._table.chosen()
        if chosen is not None and not chosen.planned:
            self._on_begin(chosen)
        elif chosen is not None:
            self._begin(self._next_id(), chosen.plan.number)

    @Slot(str)
    def on_begin_with(self, words: str) -> None:
        """Give the action of the chosen row these words, to be written on; it is begun if there is none yet."""
        chosen = self._table.chosen()
        if chosen is None or not self._page.writable:
            return
        line = Action(id=chosen.id, standard=chosen.plan.number, action=words)
        if not chosen.planned:
            line = msgspec.structs.replace(line, status="open", deleted=False)
        about = nouns_of(self._page.state.instrument).within(chosen.plan.number)
        if self._page.record(line, name=_("adding an action for {standard}", standard=about)) is not None:
            self._table.edit_cell(chosen.id, "action")

    @Slot(str, object)
    def on_act_wanted(self, goal: str, standards: tuple[str, ...]) -> None:
        """Add an action under a goal, for the first standard that it is to lift, and write in it."""
        row_id = self._next_id()
        line = Action(id=row_id, standard=next(iter(standards), ""), goal=goal, status="open")
        if self._page.record(line, name=_("adding an action under goal {goal}", goal=goal)) is not None:
            self._table.edit_cell(row_id, "action")
            scroll_into_view(self._table)

    @Slot()
    def on_remove(self) -> None:
        """Delete the action of the chosen row."""
        chosen = self._table.chosen()
        if chosen is not None and chosen.planned:
            about = nouns_of(self._page.state.instrument).within(chosen.plan.number)
            name = _("deletion of an action for {standard}", standard=about)
            if self._page.record(Action(id=chosen.id, deleted=True), name=name) is not None:
                self._page.notify(_("Action deleted. You can undo this."), "info")

    def _next_id(self) -> str:
        # The author's code is part of the id, so that two laptops cannot give the same id to different actions.
        visit = self._page.visit
        return visit.next_id("action", f"AP-{visit.me}-")

    def _begin(self, row_id: str, number: str) -> None:
        line = Action(id=row_id, standard=number, status="open", deleted=False)
        name = _("adding an action for {standard}", standard=nouns_of(self._page.state.instrument).within(number))
        if self._page.writable and self._page.record(line, name=name) is not None:
            self._table.edit_cell(row_id, "action")

    @Slot(object)
    def _on_begin(self, chosen: ActionRow) -> None:
        self._begin(chosen.id, chosen.plan.number)

    @Slot(object, str, str)
    def _on_picked(self, chosen: ActionRow, field: str, text: str) -> None:
        self._page.record(line_of(chosen, field, text))

    @Slot(str)
    def _on_refused(self, words: str) -> None:
        self._page.notify(words, "not_met")
