"""Start from an earlier visit: one on this laptop, or the carry-over file of one, with its six words."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from reviewapp.base.errors import ReviewError, WrongPhrase
from reviewapp.base.i18n import _, plural
from ui.formats import long_date
from ui.widgets import Button, Card, ErrorLine, Field, Text, column, row
from ui.widgets.boxes import let_be_narrow
from ui.widgets.file_dialogs import choose_open_file
from ui.widgets.passphrase_field import PhraseField
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from reviewapp.exchange.carry_over import CarryOver
    from reviewapp.workspace.laptop import Laptop
    from ui.session.session import Session
    from ui.session.worker import Progress

FILES = _("Carry-over files (*.carry *.rvcarry);;All files (*)")
NOTHING, FILE = "", "file"


def carried_on_laptop(laptop: Laptop, visit: str, _progress: Progress) -> CarryOver:
    """What a visit on this laptop hands on; for the worker. Raises ReviewError."""
    from reviewapp.plan.next_round import carried_from

    with closing(laptop.open_visit(visit, read_only=True)) as earlier:
        return carried_from(earlier)


def carried_in_file(path: Path, phrase: str, _progress: Progress) -> CarryOver:
    """What a carry-over file holds; for the worker. Raises WrongPhrase or another ReviewError."""
    from reviewapp.plan.next_round import open_carry_over

    return open_carry_over(path, phrase)


class EarlierPart(QWidget):
    """The choice, and the six words of a file; emits `taken` with the CarryOver, or None when there is none."""

    taken = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._path: Path | None = None
        self._wanted = 0
        self.choice = QComboBox()
        let_be_narrow(self.choice)
        self.choice.activated.connect(self._on_choice)
        self.field = Field(_("Start from an earlier visit"), self.choice)
        self.file = Text("", "strong")
        self.phrase_field = PhraseField(
            _("The six words"), _("From the person who saved the file. Capital letters do not matter.")
        )
        self.phrase = self.phrase_field.words
        self.phrase.returnPressed.connect(self._on_open)
        self.open = Button(_("Open carry-over"), "open")
        self.open.clicked.connect(self._on_open)
        self.words = Card(kind="inset", margin=3)
        self.words.setAccessibleName(_("The carry-over file"))
        self.words.add(self.file, self.phrase_field, row(self.open, None))
        self.words.hide()
        self.error = ErrorLine()
        self.told = Text("", "muted")
        self.told.hide()
        self.setLayout(column(self.field, self.words, self.error, self.told, gap=2))

    def reset(self) -> None:
        """List the visits of this laptop, the latest first; nothing is chosen."""
        self.choice.clear()
        self.choice.addItem(_("No, start empty"), NOTHING)
        laptop = self._session.laptop
        visits = [one for one in laptop.visits() if not one.problem] if laptop is not None else []
        for one in sorted(visits, key=lambda visit: visit.date, reverse=True):
            self.choice.addItem(f"{one.service}, {long_date(one.date)}", one.id)
        self.choice.addItem(_("A carry-over file…"), FILE)
        self._forget()

    def _forget(self) -> None:
        self._wanted += 1
        self._path = None
        self.phrase_field.forget()
        self.error.set_text()
        self.words.hide()
        self.told.hide()

    @Slot()
    def _on_choice(self) -> None:
        self._forget()
        self.taken.emit(None)
        chosen, laptop = str(self.choice.currentData()), self._session.laptop
        if chosen == FILE:
            path = choose_open_file(self, _("The carry-over file"), FILES)
            if path is None:
                self.choice.setCurrentIndex(0)
                return
            self._ask(path)
        elif chosen != NOTHING and laptop is not None:
            self._session.bridge.commit_drafts()
            self._run(partial(carried_on_laptop, laptop, chosen))

    def choose(self, visit: str) -> None:
        """Start from a visit of this laptop; does nothing if it cannot be opened."""
        place = self.choice.findData(visit)
        if place >= 0:
            self.choice.setCurrentIndex(place)
            self._on_choice()

    def take_file(self, path: Path) -> None:
        """Ask for the six words of a carry-over file that was opened with the program."""
        self._forget()
        self.choice.setCurrentIndex(self.choice.findData(FILE))
        self._ask(path)

    def _ask(self, path: Path) -> None:
        self._path = path
        self.file.setText(_("Chosen: {name}", name=path.name))
        self.words.show()
        self.phrase.setFocus()

    @Slot()
    def _on_open(self) -> None:
        if self._path is not None:
            self.phrase_field.set_error()
            usable(self.open, WAIT)
            self._run(partial(carried_in_file, self._path, self.phrase.text()))

    def _run(self, job: partial[CarryOver]) -> None:
        wanted = self._wanted
        self._session.worker.run(
            _("Reading the earlier visit"), job, partial(self._on_read, wanted), partial(self._on_failed, wanted)
        )

    def _on_read(self, wanted: int, carried: CarryOver) -> None:
        usable(self.open, "")
        if wanted != self._wanted:
            return
        before = carried.visit
        kinds = [type(one).kind() for one in carried.lines]
        many = {kind: kinds.count(kind) for kind in ("round", "goal", "action")}
        parts = [
            plural("{n} person", "{n} people", len(before.people)),
            plural("{n} round", "{n} rounds", many["round"]),
            plural("{n} goal", "{n} goals", many["goal"]),
            plural("{n} action", "{n} actions", many["action"]),
        ]
        self.told.setText(
            _("Copied from the visit of {day}: service, organisation, standards, {list}. Change below what is "
                "different now.", day=long_date(before.date), list=", ".join(parts))
        )  # fmt: skip
        self.told.show()
        self.words.hide()
        self.phrase_field.forget()
        self.error.set_text()
        self.taken.emit(carried)

    def _on_failed(self, wanted: int, error: ReviewError) -> None:
        usable(self.open, "")
        if wanted != self._wanted:
            return
        if isinstance(error, WrongPhrase):
            self.phrase_field.set_error(error)
            self.phrase.setFocus()
            self.phrase.selectAll()
            return
        self.error.set_text(error)
        self.choice.setFocus()
