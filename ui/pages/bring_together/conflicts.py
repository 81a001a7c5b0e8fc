"""Conflicts between two laptops: both versions side by side, settled with one choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, join_words
from reviewapp.visit.blind import seen_conflicts
from reviewapp.visit.state import Conflict
from ui.pages.shared.conflict_choice import ConflictForm
from ui.pages.shared.conflict_words import (
    FIELDS,
    UNSEEN,
    authors,
    conflict_key,
    deleted_in_words,
    how_in_words,
    value_in_words,
    where_in_words,
    who_may_settle,
)
from ui.widgets import Card, Text, clear, column, tab_through
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.visit.state import VisitState
    from reviewapp.workspace.open_visit import OpenVisit


class ConflictsCard(Card):
    """Card with the conflicts; emits `settled(ConflictChoice)` when a version was chosen with a reason."""

    settled = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("There are two versions"))
        self.list = StatusList(_("Where there are two versions"), most=190)
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        self._visit: OpenVisit | None = None
        self._shown: tuple[Conflict | None, str] = (None, "")
        self.form: ConflictForm | None = None
        self._values = QWidget()
        self._values.setLayout(column(gap=2))
        self.how = Text(UNSEEN, "muted")
        self.add(self.list, self.how, self._values)
        self.hide()

    def show_conflicts(self, visit: OpenVisit) -> None:
        """Show the current conflicts; the card is hidden if there are none."""
        self._visit = visit
        found = seen_conflicts(visit.state, visit.me)
        self.setVisible(bool(found))
        self.list.show_rows([self._row(visit.state, conflict) for conflict in found])
        if found and not self.list.chosen_key():
            self.list.choose(conflict_key(found[0]))
        self._show_chosen()

    def choose(self, key: str) -> bool:
        """Select a conflict by its key or the beginning of it; False if there is none."""
        conflicts = self._visit.state.conflicts if self._visit else ()
        found = next((c for c in conflicts if conflict_key(c).startswith(key)), None)
        return found is not None and self.list.choose(conflict_key(found))

    def _row(self, state: VisitState, conflict: Conflict) -> StatusRow:
        where = where_in_words(conflict, state.people)
        field = FIELDS.get(conflict.field, conflict.field.replace("_", " ").capitalize())
        assert self._visit is not None
        people = sorted({words.split(",")[0] for words in authors(self._visit, conflict).values()})
        who = join_words(people, _(" and "))
        return StatusRow(
            key=conflict_key(conflict),
            title=where[:1].upper() + where[1:],
            detail=_("{field}: changed by {who}", field=field, who=who) if field else _("Changed by {who}", who=who),
            pill=_("{n} versions", n=len(conflict.values)),
            tone="warn",
            icon="differ",
        )

    def _show_chosen(self) -> None:
        visit, key = self._visit, self.list.chosen_key()
        found = next((c for c in visit.state.conflicts if conflict_key(c) == key), None) if visit else None
        refusal = who_may_settle(visit, found) if visit is not None and found is not None else ""
        if (found, refusal) == self._shown and found is not None:
            return
        self._shown = (found, refusal)
        layout = self._values.layout()
        assert layout is not None
        clear(layout)
        self.form = None
        if found is None or visit is None:
            return
        self.how.setText(how_in_words(visit, found, may=not refusal))
        words = deleted_in_words if found.field == "deleted" else partial(value_in_words, visit.state)
        self.form = ConflictForm(found, words, authors(visit, found), may=not refusal, writable=not visit.read_only)
        self.form.settled.connect(self.settled)
        layout.addWidget(self.form)
        tab_through(self.list, self.form)
        if refusal:
            layout.addWidget(Text(refusal, "strong"))

    @Slot(QModelIndex, QModelIndex)
    def _on_chosen(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_chosen()
