"""The visit's list of names that must not appear in any text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QLineEdit

from reviewapp.base.i18n import _, plural
from reviewapp.visit.blind import as_seen_by
from reviewapp.visit.labels import person
from reviewapp.visit.statements import KnownName
from reviewapp.workspace.withdrawal import withdraw
from ui.pages.report.jobs import PerhapsNamesJob
from ui.pages.shared.run_change import run_change
from ui.widgets import Button, Card, Field, IconButton, Text, row
from ui.widgets.choice_list import ChoiceList
from ui.widgets.status_list import StatusList, StatusRow
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.report.proofreading.perhaps_names import PerhapsName
    from ui.pages.base import Page

REASON = _("removed from the list of names")
EXPLAINED = _(
    "Names of people who must not be recognised. The program looks for them in everything that is written. The list "
    "is kept in this encrypted visit, is passed on to the other laptops, and is never printed. A name that you "
    "remove is erased on every laptop that imports your work. You cannot undo that."
)
PERHAPS = _(
    "Pairs of words with capital letters, from what is written. Tick the names; until then the program does not look "
    "for them."
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
        self.perhaps_title = Text(_("Perhaps names"), "strong")
        self.about_perhaps = Text(PERHAPS, "small")
        self.perhaps = ChoiceList(_("Perhaps names"), most=170)
        self.perhaps.toggled.connect(self._on_ticked)
        self.take = Button("", "plus")
        self.take.clicked.connect(self._on_take)
        self.add(
            row(self.title, self.close_button),
            Text(EXPLAINED, "small"),
            self.field,
            row(self.add_button, None),
            self.perhaps_title,
            self.about_perhaps,
            self.perhaps,
            row(self.take, None),
            self.listed,
            self.nobody,
            row(self.remove, None),
        )
        for part in (self.perhaps_title, self.about_perhaps, self.perhaps, self.take):
            part.hide()
        self.hide()

    def refresh(self) -> None:
        """Show the current names; what may be one is looked for again while the card is open."""
        if self.isVisible():
            self.look()
        names, me = self._page.state.known_names, self._page.visit.me
        people = self._page.state.people
        rows = [
            StatusRow(
                key,
                rec.name,
                "" if rec.person == me else _("Written by {person}", person=person(people, rec.person)),
                icon="person",
                tone="na",
            )
            for key, rec in names.items()
        ]
        self.listed.show_rows(rows)
        self.listed.setVisible(bool(rows))
        self.nobody.setVisible(not rows)
        usable(self.add_button, only_read(self._page.writable))
        self.line.setReadOnly(not self._page.writable)
        self._show_remove()

    def look(self) -> None:
        """Look for what may be a name in what is written; it is shown a moment later."""
        page = self._page
        job = PerhapsNamesJob(as_seen_by(page.state, page.visit.me))
        page.session.worker.run("", job, self._on_looked, quiet=True)

    def _on_looked(self, found: list[PerhapsName]) -> None:
        """Show the proposals; what was ticked stays ticked, and nothing is ticked by itself."""
        ticked = self.perhaps.ticked()
        names = [one.name for one in found]
        rows = [StatusRow(one.name, one.name, one.where, icon="person", tone="na") for one in found]
        self.perhaps.show_choices(rows, names if self._page.writable else (), ticked)
        for part in (self.perhaps_title, self.about_perhaps, self.perhaps, self.take):
            part.setVisible(bool(found))
        self._on_ticked()

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
    def _on_ticked(self) -> None:
        many = len(self.perhaps.ticked())
        self.take.setText(plural("Look for {n} name", "Look for {n} names", many) if many else _("Look for them"))
        self.take.setAccessibleName(self.take.text())
        usable(self.take, "" if many else _("First tick the names to look for."))

    @Slot()
    def _on_take(self) -> None:
        visit, names = self._page.visit, sorted(self.perhaps.ticked())
        first = int(visit.next_id("known_name", "N")[1:])
        lines = [KnownName(id=f"N{first + i}", name=name) for i, name in enumerate(names)]
        self._page.record(*lines, name=plural("{n} name to look for", "{n} names to look for", len(lines)))

    @Slot()
    def _on_remove(self) -> None:
        key, page = self.listed.chosen_key(), self._page
        if key in page.state.known_names:
            page.leave()
            run_change(page.session, partial(withdraw, page.visit, "known_name", key, reason=REASON))

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_remove()
