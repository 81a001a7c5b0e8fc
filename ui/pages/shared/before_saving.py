"""Before a document is saved: what is marked Stop is shown, with the way to it and a knowing "save anyway"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLayout, QSizePolicy, QWidget

from reviewapp.base.i18n import _
from reviewapp.visit.blind import as_seen_by
from ui.pages.shared.finding_words import cause_of, finding_row
from ui.pages.shared.run_change import run_change
from ui.theme import space
from ui.widgets import Button, Text, column, row
from ui.widgets.dialog_size import fit_on_screen
from ui.widgets.status_list import StatusList

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.report.proofreading import Finding
    from reviewapp.report.proofreading.before_saving import DocumentKind
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress

RECORDED = _(
    "These warnings are marked Stop. Go to each and correct it, or accept it with a reason on the Report page. If "
    "you save anyway, the visit keeps a record of that under your name."
)


@dataclass(frozen=True)
class Stopped:
    """What a job gives back that has written nothing: the findings to stop for."""

    found: list[Finding]


@dataclass(frozen=True)
class GuardedJob:
    """Job: write a document, unless findings to stop for are open; `anyway` writes it all the same."""

    document: DocumentKind
    write: Callable[[OpenVisit, Progress], Path]
    anyway: bool = False

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path | Stopped:
        """Proof-read what the document would print, then write it. Raises ReviewError."""
        found = [] if self.anyway else self._stops(visit)
        return Stopped(found) if found else self.write(visit, progress)

    def _stops(self, visit: OpenVisit) -> list[Finding]:
        from reviewapp.plan.before_saving import plan_stops
        from reviewapp.report.proofreading.before_saving import stops

        if self.document in ("report", "response-sheet"):
            return stops(as_seen_by(visit.state, visit.me), self.document)
        return plan_stops(visit, self.document)


class StopDialog(QDialog):
    """Lists what stands in the way; emits `asked(finding)` to go there and `anyway` to save all the same."""

    asked = Signal(object)
    anyway = Signal()

    def __init__(self, parent: QWidget, found: list[Finding]) -> None:
        from reviewapp.report.proofreading.before_saving import headline

        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Before you save"))
        self._found = {one.id: one for one in found}
        self.heading = Text(headline(found), "heading")
        self.listed = StatusList(_("Warnings to deal with first"), most=320)
        # Where the screen is too low for all, the list gives way and not the buttons.
        self.listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.listed.show_rows([finding_row(one, {}) for one in found])
        self.listed.choose(found[0].id)
        self.listed.activated.connect(self._on_activated)
        self.go = Button(_("Go there"), "arrow_right")
        self.go.clicked.connect(self._on_go)
        self.save = Button(_("Save anyway"), "alert")
        self.save.clicked.connect(self._on_save)
        self.away = Button(_("Cancel"), kind="primary")
        self.away.clicked.connect(self.reject)
        self.away.setDefault(True)
        buttons = row(self.go, None, self.save, self.away)
        layout = column(self.heading, self.listed, Text(RECORDED, "small"), buttons, gap=3, margin=6)
        # The dialog is as large as it is asked to be: a window that may not be smaller is not known everywhere.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        fit_on_screen(self, space(150))
        self.listed.setFocus()

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_go()

    @Slot()
    def _on_go(self) -> None:
        found = self._found.get(self.listed.chosen_key())
        self.reject()
        if found is not None:
            self.asked.emit(found)

    @Slot()
    def _on_save(self) -> None:
        self.accept()
        self.anyway.emit()


@dataclass(frozen=True)
class _Saving:
    """What is being saved: the title of the job, the job, and whom to tell."""

    title: str
    job: GuardedJob
    done: Callable[[Path], None]
    failed: Callable[[ReviewError], None]
    writes: bool


class SaveGuard(QObject):
    """Saves documents for a page; asks first where something is marked Stop, and records what was saved anyway."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._saving: _Saving | None = None
        self._open: list[Finding] = []
        self.dialog: StopDialog | None = None

    def run(
        self,
        title: str,
        document: DocumentKind,
        write: Callable[[OpenVisit, Progress], Path],
        done: Callable[[Path], None],
        failed: Callable[[ReviewError], None],
        *,
        writes: bool = False,
    ) -> None:
        """Write a document as `Page.run_with_visit` does, once nothing stands in the way, or the person says so."""
        self._start(_Saving(title, GuardedJob(document, write), done, failed, writes))

    def _start(self, saving: _Saving) -> None:
        self._saving = saving
        self._page.run_with_visit(saving.title, saving.job, self._on_done, saving.failed, writes=saving.writes)

    def _on_done(self, result: Path | Stopped) -> None:
        saving = self._saving
        if saving is None:
            return
        if isinstance(result, Stopped):
            self._open = result.found
            self.dialog = StopDialog(self._page, result.found)
            self.dialog.asked.connect(self._on_asked)
            self.dialog.anyway.connect(self._on_anyway)
            self.dialog.open()
            return
        if saving.job.anyway:
            self._record(result)
        self._saving = None  # the job may hold a password
        saving.done(result)

    def _record(self, path: Path) -> None:
        """Keep in the visit that the document was saved with these findings open."""
        from reviewapp.workspace.findings import record_saved_anyway

        page = self._page
        if page.writable:
            run_change(page.session, partial(record_saved_anyway, page.visit, path.name, self._open))

    @Slot()
    def _on_anyway(self) -> None:
        if self._saving is not None:
            self._start(replace(self._saving, job=replace(self._saving.job, anyway=True)))

    @Slot(object)
    def _on_asked(self, found: Finding) -> None:
        self._page.session.show_page(*cause_of(found))
