"""The day on paper: the timetable on one page, and the booklet in which one rates without a laptop."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from reviewapp.base.dates import today
from reviewapp.base.i18n import _
from reviewapp.visit import labels
from ui.pages.shared.before_saving import SaveGuard
from ui.pages.shared.saved_words import saved_words
from ui.widgets import Button
from ui.widgets.file_dialogs import choose_save_file

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.workspace.open_visit import OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress


class TimetableJob:
    """Job: write the timetable as a page to print."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Set and save it. Raises ReviewError."""
        from reviewapp.report.paper.timetable import timetable_pdf

        visit.save_document(self._path, timetable_pdf(visit.state, today()))
        return self._path


class BookletJob:
    """Job: write the booklet of whoever works on this laptop."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, visit: OpenVisit, progress: Progress) -> Path:
        """Set and save it. Raises ReviewError."""
        from reviewapp.report.paper.booklet import rating_booklet

        state = visit.state
        person = state.people.get(visit.me)
        whose = f"{visit.me}, {labels.role(person.role)}" if person is not None else ""
        made = rating_booklet(
            state.instrument, today(), service=state.info.service, visit_date=state.info.date, reviewer=whose
        )
        visit.save_document(self._path, made)
        return self._path


class DayPaper(QObject):
    """The two buttons, and what they do."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        self._guard = SaveGuard(page)
        self.timetable = Button(_("Print timetable…"), "printer", "quiet", tip=_("As PDF, on one page"))
        self.timetable.clicked.connect(self._on_timetable)
        self.booklet = Button(
            _("Print rating booklet…"), "printer", "quiet",
            tip=_("As PDF: everything to rate, with boxes to tick, for a day without a laptop"),
        )  # fmt: skip
        self.booklet.clicked.connect(self._on_booklet)

    @Slot()
    def _on_timetable(self) -> None:
        name = f"timetable-{self._page.state.info.date}.pdf"
        path = choose_save_file(self._page, _("Where to save the timetable"), name, _("PDF (*.pdf)"))
        if path is not None:
            self._guard.run(
                _("Writing the timetable"), "timetable", TimetableJob(path), self._on_saved, self._on_failed
            )

    @Slot()
    def _on_booklet(self) -> None:
        name = f"rating-booklet-{self._page.visit.me}.pdf"
        path = choose_save_file(self._page, _("Where to save the rating booklet"), name, _("PDF (*.pdf)"))
        if path is not None:
            self._guard.run(_("Writing the booklet"), "booklet", BookletJob(path), self._on_saved, self._on_failed)

    def _on_saved(self, path: Path) -> None:
        words = _("Saved and checked, ready to print: {path}", path=saved_words(path))
        self._page.session.tell_saved(path, words)

    def _on_failed(self, error: ReviewError) -> None:
        self._page.notify(error, "not_met")
