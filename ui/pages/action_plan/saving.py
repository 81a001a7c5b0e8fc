"""Saving the team's sheet and the pages to print, and the line that says that one was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from reviewapp.base.i18n import _
from reviewapp.plan.pages.build import PAGES
from ui.pages.action_plan.return_jobs import PATTERN, ExportPlanJob, PrintPageJob
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.saved_line import SavedLine
from ui.pages.shared.saved_words import said_when_saved
from ui.widgets.file_dialogs import choose_save_file

if TYPE_CHECKING:
    from pathlib import Path

    from reviewapp.base.errors import ReviewError
    from ui.pages.base import Page

PATTERNS = {"pdf": _("PDF (*.pdf)"), "docx": _("Word (*.docx)"), "html": _("Web page (*.html)")}


class PlanSaving(QObject):
    """Asks where to, writes in the worker, and shows `line` when it is done; emits `done` after each."""

    done = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self.guard = SaveGuard(page)
        self.line = SavedLine()
        self.line.told.connect(self._on_told)
        page.session.file_saved.connect(self.line.hide)  # another file was saved, and the banner says so

    @Slot()
    def on_export(self) -> None:
        """Ask where to and write the sheet for the team."""
        name = f"action-plan-{self._page.state.info.date}.xlsx"
        path = choose_save_file(self._page, _("Where to save the plan"), name, PATTERN)
        if path is not None:
            self.guard.run(
                _("Writing the plan"), "sheet", ExportPlanJob(path), self._on_saved, self._on_failed, writes=True
            )

    @Slot(str)
    @Slot(str, str)
    def on_print(self, page: str, suffix: str = "pdf") -> None:
        """Ask where to and write one of the documents, as PDF, Word or a web page."""
        wanted = PAGES[page]
        name = f"{wanted.kind}-{self._page.state.info.date}.{suffix}"
        path = choose_save_file(self._page, wanted.title, name, PATTERNS[suffix])
        if path is not None:
            self.guard.run(
                _("Writing {title}", title=wanted.title), wanted.kind, PrintPageJob(path, wanted.kind, suffix),
                self._on_saved, self._on_failed,
            )  # fmt: skip

    def _on_saved(self, path: Path) -> None:
        self.line.show_file(path)
        self._page.session.saved_on_page.emit()
        self._page.notify(said_when_saved(path), "met")
        self.done.emit()

    @Slot(str, str)
    def _on_told(self, words: str, tone: str) -> None:
        self._page.notify(words, tone)

    def _on_failed(self, error: ReviewError) -> None:
        self._page.notify(error, "not_met")
