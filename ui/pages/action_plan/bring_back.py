"""Bringing a filled-in plan back: it is read in the background, shown and settled, and what is ticked is recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.nouns import nouns_of
from reviewapp.plan import record_return
from ui.pages.action_plan.return_card import ReturnCard
from ui.pages.action_plan.return_jobs import PATTERN, ReadReturnJob
from ui.pages.shared.run_change import run_change
from ui.widgets.file_dialogs import choose_open_file

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QBoxLayout

    from reviewapp.base.errors import ReviewError
    from reviewapp.plan import PlanReturn
    from ui.pages.base import Page


class BringBack(QObject):
    """Emits `shown` when the card has something to show; around the record `taking(PlanReturn)` and `taken(conflicts)`.

    Where recording is refused it emits `taking(None)`; `dismissed` when the card is closed.
    """

    shown = Signal()
    taking = Signal(object)
    taken = Signal(bool)
    dismissed = Signal()

    def __init__(self, page: Page, place: QBoxLayout) -> None:
        """`place`: where the card goes on the page."""
        super().__init__(page)
        self._page, self._place = page, place
        self._job: ReadReturnJob | None = None

    @cached_property
    def card(self) -> ReturnCard:
        """What came back, made when the first plan is read."""
        made = ReturnCard()
        made.taken.connect(self._on_take)
        made.settled.connect(self._on_cell_settled)
        made.sheets_chosen.connect(self._on_sheets_chosen)
        made.dismissed.connect(self.dismissed)
        self._place.addWidget(made)
        return made

    @property
    def found(self) -> PlanReturn | None:
        """What is shown and waits to be recorded."""
        return self.card.found if "card" in vars(self) else None

    @Slot()
    def on_bring(self) -> None:
        """Ask for the file and read it."""
        path = choose_open_file(self._page, _("The team's plan"), PATTERN)
        if path is not None:
            self.start(path)

    def start(self, path: Path) -> None:
        """Read this file, and show what it would change."""
        if "card" in vars(self):
            self.card.forget()
        self._read(ReadReturnJob(path))

    def _read(self, job: ReadReturnJob) -> None:
        self._job = job
        self._page.run_with_visit(_("The team's plan"), job, self._on_read, self._on_refused)

    def _on_read(self, found: PlanReturn) -> None:
        if self._job is not None:
            card = self.card
            self._page.session.forget_error()
            state = self._page.state
            card.show_return(self._job.path, found, nouns_of(state.instrument), state.actions)
            self.shown.emit()
            button = card.take if card.take.isVisibleTo(card) else card.away
            (card.list if found.odd else button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: ReviewError) -> None:
        # Shown on the page and not in the status bar: it may be long, and the advice stands at its end.
        if self._job is not None:
            card, name = self.card, self._job.path.name
            card.show_refusal(self._job.path, error)
            self.shown.emit()
            self._page.notify(_("{name} was not imported. The page says why", name=name), "not_met")
            (card.list if card.list.isVisibleTo(card) else card.away).setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.session.file_refused.emit(self._job.path)

    @Slot(object)
    def _on_sheets_chosen(self, names: tuple[str, ...]) -> None:
        if self._job is not None:
            self._read(replace(self._job, sheets=names))

    @Slot(str, str, str)
    def _on_cell_settled(self, sheet: str, cell: str, text: str) -> None:
        if self._job is not None:
            self._read(replace(self._job, corrections={**self._job.corrections, (sheet, cell): text}))

    @Slot()
    def _on_take(self) -> None:
        if self.card.found is None:
            return
        found, notes = self.card.chosen()
        self._page.leave()
        self.taking.emit(found)
        change = run_change(self._page.session, partial(record_return, self._page.visit, found, keep=notes))
        if change is None:
            self.taking.emit(None)
            return
        self.card.forget()
        self._page.notify(_told(found, len(notes)), "warn" if found.conflicts else "met")
        self.taken.emit(bool(found.conflicts))


def _told(found: PlanReturn, notes: int) -> str:
    """What was taken, in sentences."""
    changed, added = len(found.changed), len(found.new)
    told = []
    if found.lines:
        told.append(
            _("Imported: {changed} changed, {added} new. They are marked in the table.", changed=changed, added=added)
        )
    if notes:
        told.append(plural("1 note kept.", "{n} notes kept.", notes))
    if found.conflicts:
        told.append(_("{n} with two versions: choose one.", n=len(found.conflicts)))
    return " ".join(told)
