"""Conflicts between the team's version of a cell and the lead's: both side by side, settled with one choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.instruments.nouns import nouns_of
from reviewapp.visit.rules import HOST
from reviewapp.visit.state import Conflict
from ui.pages.action_plan.labels import TITLES
from ui.pages.action_plan.return_rows import value_in_words
from ui.pages.shared.conflict_choice import ConflictForm
from ui.pages.shared.conflict_words import authors, conflict_key, deleted_in_words, who_may_settle
from ui.widgets import Card, Text, clear, column, tab_through
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


def plan_conflicts(state: VisitState) -> list[Conflict]:
    """The unsettled conflicts in cells of the plan."""
    return [one for one in state.conflicts if one.entity == "action"]


def named(words: str) -> str:
    """The author's name for this page: the code of the host team becomes "the team"."""
    return _("the team") + words.removeprefix(HOST) if words.startswith((f"{HOST},", f"{HOST} ")) else words


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def told_of(visit: OpenVisit, clash: Conflict) -> StatusRow:
    """The row of the list of conflicts for one conflict."""
    action = visit.state.actions.get(clash.key)
    number = action.standard if action is not None else ""
    field = _("kept or removed") if clash.field == "deleted" else TITLES.get(clash.field, clash.field).lower()
    people = sorted({named(words).split(",")[0] for words in authors(visit, clash).values()})
    where = nouns_of(visit.state.instrument).numbered(number) if number else _("Action {key}", key=clash.key)
    detail = _("Changed by {list}", list=join_words(people, _(" and ")))
    return StatusRow(
        conflict_key(clash), f"{where}: {field}", detail, _("{n} versions", n=len(clash.values)), "warn", "differ"
    )


class ConflictsCard(Card):
    """Card with the conflicts of the plan; emits `settled(ConflictChoice)` when a version was chosen with a reason."""

    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("Cells with two versions"))
        self.list = StatusList(_("Cells of the plan with two versions"), most=150)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self.form: ConflictForm | None = None
        self._visit: OpenVisit | None = None
        self._shown: Conflict | None = None
        self._values = QWidget()
        self._values.setLayout(column(gap=2))
        why = _("The team and you changed the same cell separately. Choose one version and say why. You can undo this.")
        self.add(Text(why, "muted"), self.list, self._values)
        self.hide()

    def show_conflicts(self, visit: OpenVisit) -> None:
        """Show the current conflicts; the card is hidden if there are none."""
        self._visit = visit
        found = plan_conflicts(visit.state)
        self.setVisible(bool(found))
        self.list.show_rows([told_of(visit, one) for one in found])
        if found and not self.list.chosen_key():
            self.list.choose(conflict_key(found[0]))
        self._show_chosen()

    def _show_chosen(self) -> None:
        visit, key = self._visit, self.list.chosen_key()
        found = next((one for one in plan_conflicts(visit.state) if conflict_key(one) == key), None) if visit else None
        if found == self._shown and found is not None:
            return
        self._shown, self.form = found, None
        layout = self._values.layout()
        assert layout is not None
        clear(layout)
        if found is None or visit is None:
            return
        refusal = who_may_settle(visit, found)
        words = deleted_in_words if found.field == "deleted" else partial(value_in_words, found.field)
        people = {entry: _sentence(named(said)) for entry, said in authors(visit, found).items()}
        self.form = ConflictForm(found, words, people, may=not refusal, writable=not visit.read_only)
        self.form.settled.connect(self.settled)
        layout.addWidget(self.form)
        tab_through(self.list, self.form)

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()
