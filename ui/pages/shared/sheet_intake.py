"""Taking in a sheet of the team: it is read, what is not certain is asked, and what it overwrites is shown before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.intake.column_choices import ColumnsUndecided, GroupUndecided, NoQuestions
from reviewapp.intake.submission_records import PeopleUndecided
from reviewapp.intake.vocabulary import SURVEY_GROUPS, group_of
from reviewapp.spreadsheets.account import SheetsUndecided
from ui.pages.shared.intake_card import Asked, IntakeCard
from ui.pages.shared.intake_job import IntakeLookJob, IntakeRecordJob
from ui.widgets import Button
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.intake import Intake
    from reviewapp.intake.sheet import OpenColumn
    from reviewapp.spreadsheets.problems import OddCell
    from reviewapp.workspace.open_visit import Change
    from ui.pages.base import Page


PEOPLE = {"add": _("Other people: count both"), "replace": _("The same people: replace what was counted")}


class SheetIntake(IntakeCard):
    """Takes in a sheet of one kind; shows itself only while something is to be looked at or decided.

    Emits `refused(error)` when nothing of it was taken in: it cannot be read or recorded, or something is to be settled
    first. An empty text says that this is over; then the keyboard goes back to `button`, from which it came.
    """

    refused = Signal(object)

    def __init__(self, page: Page, kind: str, title: str, button: QWidget) -> None:
        super().__init__(title)
        self._page, self._kind, self._button = page, kind, button
        self._job: IntakeLookJob | None = None
        self.taken.connect(self._on_take_shown)
        self.dismissed.connect(self._on_dismissed)
        self.settled.connect(self._on_cell_settled)
        self.sheets_chosen.connect(self._on_sheets_chosen)
        self.replace_chosen.connect(self._on_replace_chosen)
        self.columns_said.connect(self._on_columns_said)
        self.columns_wanted.connect(self._on_columns_wanted)

    def start(self, path: Path) -> None:
        """Read this file, and take it in at once if there is nothing to ask."""
        self.forget()
        self._look(IntakeLookJob(path, self._kind, home=self._page.session.home))

    def _look(self, job: IntakeLookJob) -> None:
        self.refused.emit("")
        self._job = job
        name = _("Reading {name}", name=job.path.name)
        self._page.run_with_visit(name, job, self._on_read, self._on_refused, writes=True)

    def _on_read(self, read: tuple[Intake, tuple[str, Change] | None]) -> None:
        found, recorded = read
        if recorded is not None:
            self._on_recorded(recorded)
        elif self._job is not None and any(not one.said for one in found.columns):
            self._ask_columns(found.columns)
        elif self._job is not None:
            self.show_intake(self._job.path, found)
            self.refused.emit(_first_of(found.not_taken))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: ReviewError) -> None:
        if self._job is not None and isinstance(error, SheetsUndecided):
            self.show_undecided(self._job.path, error)
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, GroupUndecided) and any(not one.said for one in error.open):
            self._ask_columns(error.open)
        elif self._job is not None and isinstance(error, GroupUndecided):
            question = _("Who answered this survey? The file does not say.")
            self._ask(self._job.path, Asked(), question, _("Each group has its own file."), SURVEY_GROUPS)
        elif self._job is not None and isinstance(error, PeopleUndecided):
            question = _("{told}. Are these other people?", told=sentence(error.told))
            hint = _("A file that has everyone can replace what was counted. You see it before anything changes.")
            self.show_question(self._job.path, Asked(people=True), question, hint, PEOPLE, typed=False)
            self.odd.choices.findChildren(Button)[0].setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._job is not None and isinstance(error, ColumnsUndecided | NoQuestions) and error.open:
            self._ask_columns(error.open)
        elif self._job is not None and self._job.replace:  # nothing to replace with: what was shown stays
            self.replace.setChecked(False)
            self._job = replace(self._job, replace=False)
            self.refused.emit(error)
        else:
            path = self._job.path if self._job is not None else None
            self.forget()
            self.refused.emit(error)
            if path is not None:
                self._page.session.file_refused.emit(path)

    def _ask_columns(self, columns: tuple[OpenColumn, ...]) -> None:
        if self._job is not None:
            self.show_columns(self._job.path, columns, self._page.state.instrument)
            self.columns.list.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_columns_said(self, said: dict[str, str]) -> None:
        if self._job is not None:
            self._look(replace(self._job, columns={**self._job.columns, **said}))

    @Slot()
    def _on_columns_wanted(self) -> None:
        if self._job is not None and self.found is not None:
            self._job = replace(self._job, only_look=True)
            self._ask_columns(self.found.columns)

    def _ask(self, path: Path, asked: Asked, question: str, hint: str, choices: Sequence[str]) -> None:
        self.show_question(path, asked, question, hint, choices)
        self.odd.meant.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_take_shown(self) -> None:
        if self._job is not None and self.found is not None:
            path = self._job.path
            job = IntakeRecordJob(path, self.found, tuple(self.kept()))
            name = _("Importing {name}", name=path.name)
            self._page.run_with_visit(name, job, self._on_recorded, self.refused.emit, writes=True)

    @Slot(object)
    def _on_sheets_chosen(self, names: tuple[str, ...]) -> None:
        if self._job is not None:
            self._look(replace(self._job, sheets=names, only_look=True))

    @Slot(object, str)
    def _on_cell_settled(self, cell: tuple[str, int, int] | Asked, text: str) -> None:
        if self._job is None:
            return
        if isinstance(cell, Asked) and cell.people:
            self._on_people_settled(text)
        elif isinstance(cell, Asked):
            group = group_of(text)
            if group is None:
                self.refused.emit(_("Not understood: enter patient, carer or staff"))
            else:
                self._look(replace(self._job, group=group))
        else:
            self._look(replace(self._job, settled={**self._job.settled, cell: text}, only_look=True))

    def _on_people_settled(self, text: str) -> None:
        if self._job is None:
            return
        if text == "add":
            self._look(replace(self._job, add=True, only_look=True))
        else:
            self.replace.setChecked(True)
            self._look(replace(self._job, replace=True, only_look=True))

    @Slot(bool)
    def _on_replace_chosen(self, on: bool) -> None:
        if self._job is not None:
            self._look(replace(self._job, replace=on, only_look=True))

    @Slot()
    def _on_dismissed(self) -> None:
        self._end()

    def _end(self) -> None:
        """Hide; the keyboard goes back to where it came from, if it was here."""
        focused = QApplication.focusWidget()
        here = focused is not None and self.isAncestorOf(focused)
        self.forget()
        self.refused.emit("")
        if here:
            self._button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_recorded(self, recorded: tuple[str, Change]) -> None:
        summary, change = recorded
        self._end()
        self._page.session.bridge.adopt(change)
        self._page.session.bridge.saved.emit()
        self._page.notify(_("{rstrip}. You can undo this.", rstrip=summary.rstrip(".")), "met")


def _first_of(cells: Sequence[OddCell]) -> str:
    """The first cell that was not understood, for the line beside the button; empty without any."""
    if not cells:
        return ""
    first = _("Not understood in cell {cell}: {what}", cell=cells[0].cell, what=cells[0].what)
    more = plural("; 1 more is listed below", "; {n} more are listed below", len(cells) - 1) if cells[1:] else ""
    return f"{first}{more}"
