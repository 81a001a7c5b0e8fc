"""Saving the team's sheet and the pages to print, and the line that says that one was saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.plan.pages.build import PAGES
from ui.pages.action_plan.return_jobs import PATTERN, ExportPlanJob, PrintPageJob
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.saved_words import saved_words
from ui.widgets import Pill, Text, row
from ui.widgets.file_dialogs import choose_save_file
from ui.widgets.saved_file import SavedFileButtons

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
        self.words = Text("", select=True)
        self.line = QWidget()
        self.buttons = SavedFileButtons()
        self.buttons.failed.connect(self._on_not_opened)
        line = row(Pill(_("Saved and checked"), "met", "check"), self.words, self.buttons, gap=3)
        line.setStretch(1, 1)
        self.line.setLayout(line)
        self.line.hide()

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
        self.words.setText(saved_words(path))
        self.words.setAccessibleName(_("Saved and checked: {path}", path=saved_words(path)))
        self.buttons.show_file(path)
        self.line.show()
        self._page.notify(_("Saved and checked: {path}", path=path), "met")
        self.done.emit()

    @Slot(str)
    def _on_not_opened(self, words: str) -> None:
        self._page.notify(words, "warn")

    def _on_failed(self, error: ReviewError) -> None:
        self._page.notify(error, "not_met")
