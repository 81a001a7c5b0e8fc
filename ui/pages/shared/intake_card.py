"""What a team's file holds, before it is taken in: cells to settle, sheets to choose, notes to keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.intake.found import message_to_team
from reviewapp.spreadsheets.account import SheetsUndecided
from ui.pages.shared.column_questions import ColumnQuestions
from ui.pages.shared.odd_cell import Choices, OddCellForm
from ui.pages.shared.sheet_rows import intake_rows, sheets_to_choose
from ui.widgets import Button, Card, Check, FlowLayout, Text, tab_through
from ui.widgets.basics import sentence
from ui.widgets.choice_list import ChoiceList
from ui.widgets.clipboard import copy_text
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from reviewapp.instruments.model import Instrument
    from reviewapp.intake import Intake
    from reviewapp.intake.sheet import OpenColumn
    from reviewapp.spreadsheets.outside import OutsideWords
    from reviewapp.spreadsheets.problems import OddCell

TICK = _("Tick a row first.")


class Asked(NamedTuple):
    """A question about a survey's file as a whole: who answered, or whether its `people` were counted before."""

    people: bool = False


class IntakeCard(Card):
    """Preview of a file from the team.

    Emits `taken` to record it, `dismissed` to close the card, `settled((sheet, row, column), text)` when somebody typed
    what an odd cell means, or `settled(Asked, text)`, `sheets_chosen(names)` when they said which sheets are meant,
    `replace_chosen(on)`, `columns_said(what by heading)` and `columns_wanted` to say that anew, and `shown` when it
    shows something, for which it may need more width.
    """

    taken = Signal()
    dismissed = Signal()
    settled = Signal(object, str)
    sheets_chosen = Signal(object)
    shown = Signal()
    replace_chosen = Signal(bool)
    columns_said = Signal(object)
    columns_wanted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.found: Intake | None = None
        self._file = ""
        self.words = Text("", "muted", select=True)
        self.list = ChoiceList(title, most=230)
        self.list.toggled.connect(self._on_toggled)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.odd = OddCellForm()
        self.odd.settled.connect(self.settled)
        self.columns = ColumnQuestions()
        self.columns.decided.connect(self.columns_said)
        self.replace = Check(
            _("Replace everything of this kind: anything in earlier sheets that is not in this one is removed")
        )
        self.replace.clicked.connect(self.replace_chosen)
        self.take = Button("", "check", "primary")
        self.take.clicked.connect(self._on_take)
        self.anew = Button(_("Columns…"), "sheet", "quiet", name=_("Say what the columns of the file are"))
        self.anew.clicked.connect(self.columns_wanted)
        self.copy = Button(_("Copy a message for the team"), "copy", "quiet")
        self.copy.clicked.connect(self._on_copy)
        self.away = Button(_("Cancel"), kind="quiet", name=_("Cancel without importing anything"))
        self.away.clicked.connect(self.dismissed)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.take, self.anew, self.copy, self.away):
            flow.addWidget(button)
        self.add(self.words, self.list, self.odd, self.columns, self.replace, buttons)
        self.hide()

    def show_intake(self, path: Path, found: Intake) -> None:
        """Show what is in this file; every note is ticked, but for what was left before when it is shown again."""
        again = self.found is not None and self._file == path.name
        left = self.list.told.offered - self.list.ticked() if again else frozenset()
        self.found, self._file = found, path.name
        notes = self._notes()
        self.words.setText(f"{path.name}: {found.summary}")
        rows = intake_rows(found)
        self.list.show_choices(rows, notes, notes.keys() - left)
        self.list.setVisible(bool(rows))
        self.columns.hide()
        self.anew.setVisible(bool(found.columns))
        if found.not_taken and not self.list.chosen_key():
            self.list.choose(rows[0].key)
        self.copy.setVisible(bool(found.not_taken))
        self.replace.setVisible(bool(found.earlier.left or found.earlier.removed))
        self._show_buttons()
        self._show_whole()

    def show_undecided(self, path: Path, error: SheetsUndecided) -> None:
        """Ask which sheets of the file are meant."""
        self.found, self._file = None, path.name
        self.words.setText(_("{name}: which of these sheets should be read? Tick them.", name=path.name))
        rows = sheets_to_choose(error.accounts)
        read = [f"s{one.name}" for one in error.accounts if one.treatment == "read"]
        self.list.show_choices(rows, [row.key for row in rows], read)
        self.list.show()
        self.odd.ask(None)
        for hidden in (self.copy, self.replace, self.columns, self.anew):
            hidden.hide()
        self._show_buttons()
        self._show_whole()

    def show_question(
        self, path: Path, asked: Asked, question: str, hint: str, choices: Choices, *, typed: bool = True
    ) -> None:
        """Ask something about the file as a whole, before anything of it can be read."""
        self.found, self._file = None, path.name
        self.words.setText(_("{name}: please answer one question first.", name=path.name))
        self.list.show_choices([], (), ())
        self.odd.ask(asked, question, hint, choices, typed=typed)
        for hidden in (self.list, self.copy, self.replace, self.take, self.columns, self.anew):
            hidden.hide()
        self._show_whole()

    def show_columns(self, path: Path, columns: tuple[OpenColumn, ...], instrument: Instrument) -> None:
        """Ask what these columns of the file are."""
        self.found, self._file = None, path.name
        asked = plural(
            "{name}: the headings of {n} column do not match any question of this survey.",
            "{name}: the headings of {n} columns do not match any question of this survey.",
            len(columns),
            name=path.name,
        )
        self.words.setText(asked)
        self.list.show_choices([], (), ())
        self.odd.ask(None)
        for hidden in (self.list, self.copy, self.replace, self.take, self.anew):
            hidden.hide()
        self.columns.ask(columns, instrument)
        self._show_whole()

    def _show_whole(self) -> None:
        """Show the card; Tab goes through it as one reads, also where buttons were made anew."""
        self.show()
        tab_through(self)
        self.shown.emit()

    def forget(self) -> None:
        """Clear the preview and hide the card."""
        self.found, self._file = None, ""
        self.replace.setChecked(False)
        self.list.show_choices([], (), ())
        self.odd.ask(None)
        self.columns.hide()
        self.hide()

    def kept(self) -> list[OutsideWords]:
        """The words that are to be kept as notes."""
        return [words for key, words in self._notes().items() if key in self.list.ticked()]

    def _notes(self) -> dict[str, OutsideWords]:
        return {f"w{number}": one for number, one in enumerate(self.found.words)} if self.found is not None else {}

    def _odd_cells(self) -> dict[str, OddCell]:
        return {f"o{n}": one for n, one in enumerate(self.found.not_taken)} if self.found is not None else {}

    def _show_buttons(self) -> None:
        ticked = len(self.list.ticked())
        if self.found is None:
            self.take.setText(_("Read the ticked sheets"))
            usable(self.take, "" if ticked else TICK)
        else:
            take = _("Import")
            kept = plural("1 note", "{n} notes", ticked)
            both = _("{take} and keep {notes}", take=take, notes=kept) if ticked else take
            self.take.setText(both if self.found.lines else _("Keep {notes}", notes=kept))
            usable(self.take, "" if self.found.lines or ticked else TICK)
        self.take.setAccessibleName(self.take.text())
        self.take.show()

    @Slot()
    def _on_toggled(self) -> None:
        self._show_buttons()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        cell = self._odd_cells().get(self.list.chosen_key())
        if cell is None or cell.stops:
            self.odd.ask(None)
            return
        question = _("Cell {cell}: what does “{text}” mean?", cell=cell.cell, text=cell.text[:200])
        self.odd.ask((cell.sheet, cell.row, cell.column), question, f"{sentence(cell.do)}.", cell.choices)
        tab_through(self)

    @Slot()
    def _on_take(self) -> None:
        if self.found is None:
            self.sheets_chosen.emit(tuple(row.title for row in self.list.told.rows if row.key in self.list.ticked()))
        else:
            self.taken.emit()

    @Slot()
    def _on_copy(self) -> None:
        if self.found is not None:
            copy_text(message_to_team(self._file, self.found.not_taken))
