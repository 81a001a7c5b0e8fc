"""The plan returned by the team: a preview in which each change can be taken or left, before anything is recorded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.nouns import Nouns
from reviewapp.plan.message import message_to_team
from reviewapp.spreadsheets.account import SheetsUndecided
from reviewapp.visit.identifying import told as in_words
from ui.pages.action_plan.labels import TITLES
from ui.pages.action_plan.return_rows import choices_of, notes_of, odd_of, sheets_to_choose, told_of
from ui.pages.shared.odd_cell import OddCellForm
from ui.widgets import Button, Card, FlowLayout, Text
from ui.widgets.basics import sentence
from ui.widgets.choice_list import ChoiceList
from ui.widgets.clipboard import copy_text
from ui.widgets.usable import usable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewapp.base.errors import ReviewError
    from reviewapp.plan import PlanReturn
    from reviewapp.spreadsheets.outside import OutsideWords
    from reviewapp.visit.state import ActionRecord


class ReturnCard(Card):
    """Preview of a returned plan.

    Emits `taken` to record what is ticked, `dismissed` to close the card, `settled(sheet, cell, text)` when somebody
    typed what an odd cell means, and `sheets_chosen(names)` when they said which sheets are the plan.
    """

    taken = Signal()
    dismissed = Signal()
    settled = Signal(str, str, str)
    sheets_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(_("The team's plan"))
        self.found: PlanReturn | None = None
        self._nouns: Nouns
        self._left: frozenset[str] = frozenset()
        self.words = Text("", "muted")
        self.list = ChoiceList(_("What would change"), most=230)
        self.list.toggled.connect(self._on_toggled)
        self.list.selectionModel().currentChanged.connect(self._on_current)
        self.odd = OddCellForm()
        self.odd.settled.connect(self._on_settled)
        self.take = Button("", "check", "primary")
        self.take.clicked.connect(self._on_take)
        self.all = Button(_("Tick all"), kind="quiet")
        self.all.clicked.connect(self._on_all)
        self.none = Button(_("Tick none"), kind="quiet")
        self.none.clicked.connect(self._on_none)
        self.copy = Button(_("Copy a message for the team"), "copy", "quiet")
        self.copy.clicked.connect(self._on_copy)
        self.away = Button(_("Cancel"), kind="quiet", name=_("Cancel without importing anything"))
        self.away.clicked.connect(self.dismissed)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.take, self.all, self.none, self.copy, self.away):
            flow.addWidget(button)
        self.add(self.words, self.list, self.odd, buttons)
        self.hide()

    def show_return(self, path: Path, found: PlanReturn, nouns: Nouns, actions: Mapping[str, ActionRecord]) -> None:
        """Show what is in this file; all of it is ticked, but for what was left before when it is shown again."""
        again = self.found is not None and self.found.file == found.file
        self._left = self.list.told.offered - self.list.ticked() if again else frozenset()
        self.found, self._nouns = found, nouns
        told, offered = told_of(found, nouns, actions), {*choices_of(found), *notes_of(found)}
        said = f"{path.name}: {_summary(found)}" if told else _NOTHING.format(name=path.name)
        self.words.setText(" ".join(part for part in (said, in_words(found.identifying)) if part))
        self.list.show_choices(told, offered, offered - self._left)
        self.list.setVisible(bool(told))
        if found.odd and not self.list.chosen_key():
            self.list.choose(next(iter(odd_of(found))))
        self.all.setVisible(len(offered) > 1)
        self.none.setVisible(len(offered) > 1)
        self.copy.setVisible(bool(message_to_team(found)))
        self._show_buttons()
        self.show()

    def show_refusal(self, path: Path, error: ReviewError) -> None:
        """Show why this file was refused as a plan of the visit, and what to do; or ask which of its sheets it is."""
        self.found = None
        undecided = error.accounts if isinstance(error, SheetsUndecided) else ()
        rows = sheets_to_choose(undecided)
        asked = _("{name}: which of these sheets is the plan? Tick it.", name=path.name)
        refused = _("{name} was not imported. {error}", name=path.name, error=error)
        self.words.setText(asked if rows else refused)
        self.words.setAccessibleName(self.words.text())
        read = [f"s{one.name}" for one in undecided if one.treatment == "read"]
        self.list.show_choices(rows, [row.key for row in rows], read)
        self.list.setVisible(bool(rows))
        for widget in (self.odd, self.all, self.none, self.copy):
            widget.hide()
        self._show_buttons()
        self.show()

    def forget(self) -> None:
        """Clear the preview and hide the card."""
        self.found = None
        self.list.show_choices([], (), ())
        self.hide()

    def chosen(self) -> tuple[PlanReturn, list[OutsideWords]]:
        """The return with the changes that are ticked, and the words that are to be kept as notes."""
        assert self.found is not None
        ticked = self.list.ticked()
        changes = [change for key, change in choices_of(self.found).items() if key in ticked]
        return self.found.only(changes), [words for key, words in notes_of(self.found).items() if key in ticked]

    def _show_buttons(self) -> None:
        ticked = self.list.ticked()
        if self.found is None:
            self.take.setText(_("Read the ticked sheets"))
            self.take.setVisible(bool(self.list.told.offered))
        else:
            changes, notes = len(ticked & choices_of(self.found).keys()), len(ticked & notes_of(self.found).keys())
            self.take.setText(_take(changes, notes))
            self.take.setVisible(bool(self.list.told.offered))
        self.take.setAccessibleName(self.take.text())
        usable(self.take, "" if ticked else _("First tick what should be imported."))

    @Slot()
    def _on_toggled(self) -> None:
        self._show_buttons()

    @Slot(QModelIndex, QModelIndex)
    def _on_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        found = odd_of(self.found) if self.found is not None else {}
        cell = found.get(self.list.chosen_key())
        if cell is None:
            self.odd.ask(None)
            return
        question = _(
            "{column} of {standard}: what does “{text}” mean?",
            column=TITLES[cell["field"]],
            standard=self._nouns.within(cell["standard"]),
            text=cell["text"],
        )
        self.odd.ask((cell["sheet"], cell["cell"]), question, f"{sentence(str(cell['do']))}.")

    @Slot(object, str)
    def _on_settled(self, cell: tuple[str, str], text: str) -> None:
        self.settled.emit(*cell, text)

    @Slot()
    def _on_take(self) -> None:
        if self.found is None:
            self.sheets_chosen.emit(tuple(key.removeprefix("s") for key in sorted(self.list.ticked())))
        else:
            self.taken.emit()

    @Slot()
    def _on_all(self) -> None:
        self.list.tick_all(on=True)

    @Slot()
    def _on_none(self) -> None:
        self.list.tick_all(on=False)

    @Slot()
    def _on_copy(self) -> None:
        if self.found is not None:
            copy_text(message_to_team(self.found))


_NOTHING = _("{name}: it is the same as the plan on this laptop.")


def _summary(found: PlanReturn) -> str:
    """How many of each there are, in one sentence."""
    parts = [_("{n} changed", n=len(found.changed)), _("{n} new", n=len(found.new))]
    if found.conflicts:
        parts.append(_("{n} changed here too", n=len(found.conflicts)))
    if found.odd:
        parts.append(_("{n} not understood", n=len(found.odd)))
    if found.words:
        parts.append(plural("{n} note", "{n} notes", len(found.words)))
    if left := len(found.unknown_rows) + len(found.duplicated):
        parts.append(_("{left} not imported", left=left))
    if found.missing:
        parts.append(plural("{n} row deleted", "{n} rows deleted", len(found.missing)))
    return f"{', '.join(parts)}."


def _take(changes: int, notes: int) -> str:
    """What the button does: `Take 3 changes and keep 1 note`."""
    take = plural("Import 1 change", "Import {n} changes", changes)
    if not notes:
        return take
    kept = plural("1 note", "{n} notes", notes)
    return _("{take} and keep {notes}", take=take, notes=kept) if changes else _("Keep {notes}", notes=kept)
