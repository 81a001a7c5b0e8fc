"""The visit's list of names that must not appear in any text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from reviewapp.base.i18n import _
from reviewapp.visit.statements import KnownName
from reviewapp.workspace.withdrawal import withdraw
from ui.pages.shared.run_change import run_change
from ui.widgets import Button, Card, Field, IconButton, Text, row
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from ui.pages.base import Page

REASON = _("removed from the list of names")
EXPLAINED = _(
    "Names of people who must not be recognised. The program looks for them in everything that is written. The list "
    "is kept in this encrypted visit, is passed on to the other laptops, and is never printed. A name that you "
    "remove is erased on every laptop that imports your work. You cannot undo that."
)


class NamesCard(Card):
    """The list of names; emits `closed`."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset", margin=3)
        self._page = page
        self.title = Text(_("Names to look for"), "heading")
        self.close_button = IconButton("cross", _("Close the list of names"))
        self.close_button.clicked.connect(self.closed)
        self.line = QLineEdit()
        self.line.returnPressed.connect(self.add_typed)
        self.field = Field(_("A name"), self.line, hint=_("A first name, a surname, or both"))
        self.add_button = Button(_("Add to the list"), "plus")
        self.add_button.clicked.connect(self.add_typed)
        self.listed = StatusList(_("Names to look for"), most=220)
        self.listed.selectionModel().currentChanged.connect(self._on_current)
        self.remove = Button(_("Remove from the list for good"), "bin", "quiet")
        self.remove.clicked.connect(self._on_remove)
        self.nobody = Text(_("There are no names on the list yet."), "muted")
        self.add(
            row(self.title, self.close_button),
            Text(EXPLAINED, "small"),
            self.field,
            row(self.add_button, None),
            self.listed,
            self.nobody,
            row(self.remove, None),
        )
        self.hide()

    def refresh(self) -> None:
        """Show the current names."""
        names, me = self._page.state.known_names, self._page.visit.me
        rows = [
            StatusRow(
                key,
                rec.name,
                "" if rec.person == me else _("Written by {person}", person=rec.person),
                icon="person",
                tone="na",
            )
            for key, rec in names.items()
        ]
        self.listed.show_rows(rows)
        self.listed.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        self.add_button.setEnabled(self._page.writable)
        self.line.setReadOnly(not self._page.writable)
        self._show_remove()

    def _show_remove(self) -> None:
        chosen = self._page.state.known_names.get(self.listed.chosen_key())
        visit = self._page.visit
        may = chosen is not None and (visit.is_lead or chosen.person == visit.me)
        self.remove.setVisible(may and self._page.writable)

    @Slot()
    def add_typed(self) -> None:
        """Add the typed name to the list; also called on leaving the page, so that it is not lost."""
        name = " ".join(self.line.text().split())
        if name and self._page.record(KnownName(id=self._page.visit.next_id("known_name", "N"), name=name)):
            self.line.clear()

    @Slot()
    def _on_remove(self) -> None:
        key, page = self.listed.chosen_key(), self._page
        if key in page.state.known_names:
            page.leave()
            run_change(page.session, partial(withdraw, page.visit, "known_name", key, reason=REASON))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_remove()
