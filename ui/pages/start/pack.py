"""Visit packs: the lead writes one with six words, everybody else opens it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from reviewapp.base.errors import ReviewError, WrongPhrase
from reviewapp.base.i18n import _, plural
from reviewapp.base.passphrases import weakness
from reviewapp.exchange.phrase import plain_phrase
from reviewapp.exchange.visit_pack import PackContents
from reviewapp.workspace.laptop import Laptop
from ui.formats import long_date
from ui.labels import ROLES
from ui.pages.shared.visit_pack_part import ABOUT, ABOUT_AGAIN, PACKS, PackPart
from ui.pages.shared.words_line import VISIT, WordsLine
from ui.pages.start.form import StartForm
from ui.session.session import Session
from ui.session.worker import Progress
from ui.theme import space
from ui.widgets import (
    Button,
    Card,
    ErrorLine,
    FileDrop,
    FlowLayout,
    SectionHeading,
    Text,
    Toggle,
    clear,
    row,
    tab_through,
)
from ui.widgets.one_stop import OneStop
from ui.widgets.passphrase_field import PhraseField
from ui.widgets.usable import WAIT, usable

SIX = 6
FINGERPRINT = _(
    "The lead's screen should show the same four check words. If it shows other words, the standards were changed "
    "on the way: do not start, and ask the lead for the pack again."
)

CHOOSE = _("Choose who you are first.")


def preview_pack(laptop: Laptop, path: Path, phrase: str, _progress: Progress) -> PackContents:
    """Read a pack's contents without taking it; for the worker. Raises WrongPhrase or another ReviewError."""
    return laptop.peek_pack(path, phrase)


def take_pack(laptop: Laptop, path: Path, me: str, phrase: str, _progress: Progress) -> tuple[str, str]:
    """Take a pack as the person `me`; returns the visit's id, and why its phrase is weak, or nothing.

    For the worker; raises ReviewError.
    """
    return laptop.import_pack(path, me=me, phrase=phrase), weakness(plain_phrase(phrase))


class TakePack(StartForm):
    """Form for file, six words and person; emits `arrived(visit id)` when the pack was taken, or `left`."""

    KEEPS = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._path: Path | None = None
        self.drop = FileDrop(_("Drop the visit pack here, or choose it."), _("Choose the visit pack…"), PACKS)
        self.file = Text("", "strong")
        self.file_error, self.error = ErrorLine(), ErrorLine()
        self.phrase_field = PhraseField(
            _("The six words"), _("From the person who made the pack. Capital letters do not matter.")
        )
        self.phrase = self.phrase_field.words
        self.look = Button(_("Open pack"), "eye")
        self.start = Button(_("Start work"), "arrow_right", "primary")
        self.who = Card(_("Who are you?"))
        self.who_words = Text("", "muted")
        self.fingerprint = WordsLine(VISIT, FINGERPRINT)
        self._who_box = QWidget()
        self._flow = FlowLayout(self._who_box)
        OneStop(self._who_box)
        self.group = QButtonGroup(self)
        self.second = Text(
            _(
                "Only if you lead the visit and this is your second laptop. What you record here counts once you "
                "confirm it on your first laptop, on Combine."
            ),
            "muted",
        )
        self.second.hide()
        self.who.add(self.who_words, self.fingerprint, self._who_box, self.second, self.error, row(self.start, None))
        self.back = back = Button(_("Back"), "arrow_left")
        card = Card()
        card.body.setSpacing(space(3))
        card.add(self.drop, self.file, self.file_error, self.phrase_field, row(self.look, None))
        note = _("The lead, or a colleague, has given you a file and, separately, six words that open it.")
        self.add(SectionHeading(_("Join a visit"), note, kind="title"), card, self.who, row(back, None), None)
        self.drop.dropped.connect(self._on_file)
        self.look.clicked.connect(self._on_look)
        self.phrase.returnPressed.connect(self._on_look)
        self.start.clicked.connect(self._on_start)
        self.group.buttonToggled.connect(self._on_who)
        back.clicked.connect(self.left)
        self.reset()

    def restore_form(self) -> None:
        """Focus the six words, or the file while none is chosen."""
        (self.phrase if self._path else self.drop.button).setFocus()

    def reset(self) -> None:
        """Reset the form; no file is chosen."""
        self._path = None
        self.file.hide()
        self.phrase_field.forget()
        self._forget_who()
        self._show_errors()
        self.drop.button.setFocus()

    def _forget_who(self) -> None:
        for button in self.group.buttons():
            self.group.removeButton(button)
        clear(self._flow)
        self.who.hide()
        usable(self.start, CHOOSE)

    def _show_errors(self, *, file: object = "", phrase: object = "", other: object = "") -> None:
        self.file_error.set_text(file)
        self.phrase_field.set_error(phrase)
        self.error.set_text(other)

    def take_file(self, path: Path) -> None:
        """Choose the file that was opened with the program."""
        self._on_file([path])

    @Slot(list)
    def _on_file(self, paths: list[Path]) -> None:
        self._path = paths[0]
        self.file.setText(_("Chosen: {name}", name=self._path.name))
        self.file.show()
        self._show_errors()
        self._forget_who()
        self.phrase.setFocus()

    @Slot()
    def _on_look(self) -> None:
        laptop, words = self._session.laptop, self.phrase.text().strip()
        self._show_errors(
            file="" if self._path else _("Choose the file first."), phrase="" if words else _("Enter the six words.")
        )
        if self._path is None:
            self.drop.button.setFocus()
        elif not words:
            self.phrase.setFocus()
        if self._path is None or not words or laptop is None or not self.look.isEnabled():
            return
        usable(self.look, WAIT)
        self._session.worker.run(
            _("Opening the visit pack"),
            partial(preview_pack, laptop, self._path, words),
            self._on_contents,
            self._on_failed,
        )

    def _on_contents(self, contents: PackContents) -> None:
        usable(self.look, "")
        self._forget_who()
        self.who_words.setText(f"{contents.service}, {contents.organisation}, {long_date(contents.date)}")
        self.fingerprint.set_words(contents.words)
        for code, role in contents.people.items():
            name, words = contents.names.get(code, ""), ROLES.get(role, role)
            button = Toggle(f"{code} ({name}), {words}" if name else f"{code}, {words}")
            button.setProperty("code", code)
            button.setProperty("lead", role == "lead")
            self.group.addButton(button)
            self._flow.addWidget(button)
        self.who.show()
        tab_through(self.look, self._who_box, self.start, self.back)
        self.bring_into_view(self.who)
        self._choose_whom(contents.visit)

    def _choose_whom(self, visit: str) -> None:
        """Preselect the person who has worked on this visit on this laptop before."""
        laptop, choices = self._session.laptop, self.group.buttons()
        me = next((one.me for one in laptop.visits() if one.id == visit), "") if laptop is not None else ""
        known = next((button for button in choices if me and button.property("code") == me), None)
        if known is not None:
            known.setChecked(True)
            self.start.setFocus()
        elif choices:
            choices[0].setFocus()

    @Slot(QPushButton, bool)
    def _on_who(self, _button: QPushButton, _on: bool) -> None:
        chosen = self.group.checkedButton()
        usable(self.start, "" if chosen is not None else CHOOSE)
        self.second.setVisible(chosen is not None and bool(chosen.property("lead")))

    @Slot()
    def _on_start(self) -> None:
        laptop, button = self._session.laptop, self.group.checkedButton()
        if laptop is None or button is None or self._path is None:
            return
        usable(self.start, WAIT)
        job = partial(take_pack, laptop, self._path, str(button.property("code")), self.phrase.text().strip())
        self._session.worker.run(_("Joining the visit"), job, self._on_taken, self._on_failed)

    def _on_taken(self, taken: tuple[str, str]) -> None:
        visit, why = taken
        self.reset()
        self.arrived.emit(visit)
        if why:
            self._session.notify(
                _("The words of this pack are weak: {why}. Ask the lead for a pack with six words", why=why), "warn"
            )

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.look, "")
        usable(self.start, "" if self.group.checkedButton() is not None else CHOOSE)
        if isinstance(error, WrongPhrase):
            self._show_errors(phrase=_phrase_error(self.phrase.text()))
            self.phrase.setFocus()  # the caret stays where it is: usually one of the six words is wrong
        elif self.who.isVisible():
            self._show_errors(other=error)
        else:
            self._show_errors(file=error)


def _phrase_error(typed: str) -> str:
    """Why the six words failed, as far as it can be known: their number, or that they do not match."""
    count = len(typed.split())
    if count != SIX:
        return plural("That is {n} word. Enter all six.", "That is {n} words. Enter all six.", count)
    return _("These six words do not open this file. Check each word with the lead. Is it the newest file?")


class WritePack(StartForm):
    """Form to write the visit pack of a new visit; Overview has the same part."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.part = PackPart(session, heading=False)
        back = Button(_("Back"), "arrow_left")
        self.heading = SectionHeading(_("Make visit pack"), ABOUT, kind="title")
        self.add(self.heading, self.part, row(back, None), None)
        back.clicked.connect(self.left)

    def reset(self) -> None:
        """Reset; each pack gets new words, and one written earlier keeps its own."""
        visit = self._session.visit
        self.heading.set_note(ABOUT if visit is None or visit.is_lead else ABOUT_AGAIN)
        self.part.fresh()
        self.part.write.setFocus()
