"""Intake before the day: the sheets from the team, and the figures of the visit before."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.files import save_file
from reviewapp.base.i18n import _, plural
from reviewapp.figures.previous import previous_of
from reviewapp.instruments.model import Instrument
from reviewapp.intake import SHEETS, template
from reviewapp.intake.vocabulary import SURVEY_GROUPS
from reviewapp.spreadsheets.reader import read_bytes
from reviewapp.visit.state import VisitState
from reviewapp.visit.statements.rounds import THIS
from ui.formats import long_date as day
from ui.pages.overview.survey_form import SurveyForm, SurveyFormButton
from ui.pages.shared.intake_job import SHEET_FILES
from ui.pages.shared.sheet_intake import SheetIntake
from ui.widgets import Button, Card, ErrorLine, Rule, SectionHeading, Text, column, row, tab_through
from ui.widgets.file_dialogs import choose_open_file, choose_save_file
from ui.widgets.panes import scroll_into_view
from ui.widgets.usable import only_read, usable

if TYPE_CHECKING:
    from reviewapp.workspace.open_visit import Change, OpenVisit
    from ui.pages.base import Page
    from ui.session.worker import Progress

KINDS = tuple((sheet.kind, sheet.title, sheet.file_name) for sheet in SHEETS.values() if sheet.prepares)
SURVEY = "survey"
BEFORE = "previous"
"""Row for the visit before, which has no empty sheet."""
ROWS = (*KINDS, (BEFORE, _("Last visit's results"), ""))
ABOUT = _(
    "Send the team blank forms and import what they send back. For a corrected form, you see what would be "
    "overwritten, and can choose to replace everything of that kind."
)
FIGURES = _("Figures of a report (*.json);;All files (*)")


class ImportPreviousJob:
    """Job: read the figures of an earlier visit and record them, as the lead."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self, visit: OpenVisit, progress: Progress) -> tuple[str, Change]:
        """Read and record the figures; returns a summary and the change. Raises ReviewError."""
        line = visit.earlier_figures(read_bytes(self._path))
        progress.check()
        change = visit.record(line, name=_("last visit's results"))
        return summary_of(visit.state, BEFORE), change


class EmptySheet:
    """Job: write an empty sheet for the team."""

    def __init__(self, path: Path, kind: str, instrument: Instrument) -> None:
        self._path, self._kind, self._instrument = path, kind, instrument

    def __call__(self, progress: Progress) -> str:
        """Write the sheet; returns the file's name. Raises ReviewError."""
        save_file(self._path, template(self._kind, self._instrument, self._path.suffix))
        return self._path.name


def summary_of(state: VisitState, kind: str) -> str:
    """Summary of the material of one kind that the visit holds."""
    if kind == BEFORE:
        found = previous_of(state)
        if found:
            return _("Compared with the visit of {day}", day=day(found.date))
        if any(key != THIS for key in state.rounds):
            return _("Not needed: the earlier rounds are known from the carry-over")
        return _("None imported (a first visit has none)")
    return SHEETS[kind].taken(state)


class IntakePart(Card):
    """Card with one line per kind of sheet: take one in, or save an empty one."""

    def __init__(self, page: Page) -> None:
        super().__init__(kind="inset")
        self._page = page
        self._have: dict[str, Text] = {}
        self._buttons: list[Button] = []
        self._take: dict[str, Button] = {}
        self.errors: dict[str, ErrorLine] = {}
        self.sheets: dict[str, SheetIntake] = {}
        self._kind = ""
        self.form = SurveyFormButton()
        self.form.wanted.connect(self._on_form)
        self._buttons.append(self.form)
        self.add(SectionHeading(_("From the team"), ABOUT))
        for kind, title, empty in ROWS:
            if kind == "audit" and not page.state.instrument.audit:
                continue
            self._have[kind] = Text("", "muted")
            take = Button(_("Import…"), "open", name=_("Import: {title}", title=title))
            save = Button(
                _("Blank form…"), "sheet", "quiet", name=_("Save a blank form for the team: {title}", title=title)
            )
            self._take[kind] = take
            take.clicked.connect(self._on_take)
            save.clicked.connect(self._on_save)
            if not empty:
                save.hide()
            for button in (take, save):
                button.setProperty("sheet", kind)
                self._buttons.append(button)
            extra = [self.form] if kind == SURVEY else []
            line = row(column(Text(title, "strong"), self._have[kind], gap=0.5), *extra, save, take, gap=2)
            line.setStretch(0, 1)
            self.errors[kind] = ErrorLine()
            self.add(Rule(), line, self.errors[kind])

    def refresh(self) -> None:
        """Show what has been taken in of each kind."""
        for kind, text in self._have.items():
            text.setText(summary_of(self._page.state, kind))
        for button in self._buttons:
            usable(button, only_read(self._page.writable))

    def first(self) -> QWidget:
        """The first widget for the keyboard: saving an empty self-review sheet."""
        return next(one for one in self._buttons if one.property("sheet") and one not in self._take.values())

    def _pressed_sheet(self) -> tuple[str | None, str]:
        """The kind of sheet whose button was pressed (None for the visit before), and the name of its empty file."""
        button = self.sender()
        self._kind = str(button.property("sheet")) if button is not None else ""
        return next(((kind, name) for kind, __, name in KINDS if kind == self._kind), (None, ""))

    @Slot()
    def _on_take(self) -> None:
        kind, __ = self._pressed_sheet()
        asked = (_("Import a form from the team"), SHEET_FILES) if kind else (_("Choose last visit's results"), FIGURES)
        path = choose_open_file(self, *asked)
        if path is not None:
            self.take_file(self._kind, path)

    def take_file(self, kind: str, path: Path) -> None:
        """Look at a file of this kind as if it had been chosen with the button of its row."""
        self._kind = kind
        self._show_error()
        if kind != BEFORE:
            self._sheet_of(kind).start(path)
        else:
            title, job = _("Reading {name}", name=path.name), ImportPreviousJob(path)
            self._page.run_with_visit(title, job, self._on_taken, self._on_failed, writes=True)

    def _sheet_of(self, kind: str) -> SheetIntake:
        """Where a sheet of this kind is looked at, below its row; made with the first one."""
        if kind not in self.sheets:
            title = next(title for one, title, __ in KINDS if one == kind)
            words = _("{title}: what the file contains", title=title)
            self.sheets[kind] = SheetIntake(self._page, kind, words, self._take[kind])
            self.sheets[kind].refused.connect(self._on_failed)
            # Later, when what is asked has its place and its height.
            self.sheets[kind].shown.connect(self._on_sheet_shown, Qt.ConnectionType.QueuedConnection)
            self.body.insertWidget(self.body.indexOf(self.errors[kind]) + 1, self.sheets[kind])
        return self.sheets[kind]

    @Slot()
    def _on_sheet_shown(self) -> None:
        """Bring what is asked of a sheet into view, with its buttons."""
        if self._kind in self.sheets:
            tab_through(self._take[self._kind], self.sheets[self._kind])
            scroll_into_view(self.sheets[self._kind])

    def _on_taken(self, taken: tuple[str, Change]) -> None:
        summary, change = taken
        self._page.session.bridge.adopt(change)
        self._page.session.bridge.saved.emit()
        self._page.notify(_("{rstrip}. You can undo this.", rstrip=summary.rstrip(".")), "met")

    @Slot(object)
    def _on_failed(self, error: ReviewError | str) -> None:
        self._show_error(error)

    def _show_error(self, error: object = "") -> None:
        """Show an error under the row that was pressed, and clear the others."""
        for kind, line in self.errors.items():
            line.set_text(error if kind == self._kind else "")

    @Slot()
    def _on_save(self) -> None:
        kind, name = self._pressed_sheet()
        if kind is None:
            return
        path = choose_save_file(self, _("Save a blank form"), f"{name}.xlsx", _("Spreadsheet (*.xlsx);;CSV (*.csv)"))
        if path is not None:
            self._show_error()
            self._page.run(
                _("Making the form"),
                EmptySheet(path, kind, self._page.state.instrument),
                partial(self._on_saved, path),
                self._on_failed,
            )

    @Slot(str, str)
    def _on_form(self, wanted_group: str, language: str) -> None:
        self._kind = SURVEY
        group = next(one for one in SURVEY_GROUPS if one == wanted_group)
        wanted = f"survey-form-{group}{f'-{language}' if language else ''}.xlsx"
        path = choose_save_file(self, _("Save a survey form"), wanted, _("Spreadsheet (*.xlsx)"))
        if path is not None:
            self._show_error()
            job = SurveyForm(path, group, self._page.state.instrument, language)
            self._page.run(_("Making the form"), job, partial(self._on_form_saved, path), self._on_failed)

    def _on_form_saved(self, path: Path, saved: tuple[str, int]) -> None:
        name, untranslated = saved
        told = _("The form is saved as {name}. Upload it to KoboToolbox or ODK, and import its export here.", name=name)
        if untranslated:
            told = plural(
                "The form is saved as {name}. {n} text in its second language is still in English: have it "
                "translated in the file before you upload it.",
                "The form is saved as {name}. {n} texts in its second language are still in English: have them "
                "translated in the file before you upload it.",
                untranslated,
                name=name,
            )
        self._page.session.tell_saved(path, told, "warn" if untranslated else "met")

    def _on_saved(self, path: Path, name: str) -> None:
        words = _("The blank form is saved as {name}. Send it to the team.", name=name)
        self._page.session.tell_saved(path, words)
