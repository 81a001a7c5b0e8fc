"""The unlock screen: set the passphrase, show the recovery code once, unlock."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from ui.session.session import Session
from ui.unlock.panel import Panel
from ui.unlock.ways import OtherFolder, RepairKeyFile
from ui.widgets import Banner, Button, Card, Check, ErrorLine, Field, Text, row
from ui.widgets.passphrase_field import NewPassphrase, PassphraseEdit, unlock_error_text
from ui.widgets.usable import WAIT, usable

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ui.unlock.forgot import Forgot

SAVED = _("Your work is saved and encrypted. Type this laptop's passphrase to continue.")
FORGOTTEN_AFTER_MS = 60_000
"""How long a passphrase that was typed and not entered, or a wrong one, stands in the field of a locked program."""
WRONG = _("That is not this laptop's passphrase. Check capital letters and try again.")


WELCOME = _("Welcome to Reviewapp")
FIRST = _(
    "First, choose a passphrase for this laptop. It encrypts everything you write: interview notes, quotes, "
    "ratings. If the laptop is lost, nobody can read them. Four unrelated words that you will remember work well."
)

WRITE_FIRST = _("First write the code down and tick the box.")


class FirstRun(Panel):
    """Sets the passphrase of a new home; emits `made(recovery code)`."""

    HELP = _(
        "The passphrase is for this laptop. Nobody can look it up, so you are given a recovery code next, to write "
        "on paper. Then you can create a visit, join a visit with a pack someone sent you, or try the sample."
    )

    made = Signal(str)
    back = Signal()
    """To the folder from which the person came."""

    def __init__(self, session: Session) -> None:
        super().__init__("shield", WELCOME, FIRST)
        self._session = session
        self.new = NewPassphrase(hint=_("You need it each time you open the program."))
        self.error = ErrorLine()
        self.button = Button(_("Set passphrase"), "lock", "primary")
        self.return_ = Button(_("Back to the previous folder"), "arrow_left")
        self.card.add(self.new, self.error, row(self.button, self.return_, None))
        self.button.clicked.connect(self._on_set)
        self.new.entered.connect(self._on_set)
        self.return_.clicked.connect(self.back)
        self.fresh()

    def fresh(self) -> None:
        """Say what this is: the first folder on this laptop, or another one beside one that does not open."""
        before = self._session.came_from
        self.return_.setVisible(before is not None)
        self.title.setText(WELCOME if before is None else _("A new folder on this laptop"))
        self.words.setText(
            FIRST
            if before is None
            else _(
                "This is {folder}. What is in the previous folder stays there, encrypted. You can still open it "
                "with its passphrase or recovery code. Choose a passphrase for this folder, join the visit again "
                "with the visit pack, and continue. Work you had passed on comes back with the others' files. The "
                "lead may be asked whose laptop this is.",
                folder=self._session.home,
            )
        )

    @Slot()
    def _on_set(self) -> None:
        passphrase = self.new.chosen()
        if not passphrase or not self.button.isEnabled():
            return
        usable(self.button, WAIT)
        self.error.set_text()
        self._session.create(passphrase, self._done, self._failed)

    def _done(self, code: str) -> None:
        self.new.clear()
        usable(self.button, "")
        self.made.emit(code)

    def _failed(self, error: ReviewError) -> None:
        usable(self.button, "")
        self.error.set_text(error)


def two_lines(code: str) -> str:
    """Break a long code into two lines at the hyphen in the middle, so that it fits at any text size."""
    groups = code.split("-")
    half = len(groups) // 2
    return "-".join(groups[:half]) + "-\n" + "-".join(groups[half:]) if half > 1 else code


class RecoveryCode(Panel):
    """Shows the recovery code once; Continue works after the box is ticked, and lets the person in."""

    HELP = _(
        "Write the code on paper, tick the box and continue. With the code you can set a new passphrase if you "
        "forget this one. Without either, nobody can open what is on this laptop."
    )

    def __init__(self, session: Session) -> None:
        super().__init__(
            "key",
            _("Your recovery code"),
            _(
                "If you forget the passphrase, this code is the only other way to get back in. Write it on paper "
                "and keep it away from the laptop. It is shown only now, and replaces any earlier code."
            ),
        )
        self._session = session
        self._code = ""
        self.code = Text("", "code", select=True)
        inset = Card(kind="inset")
        inset.add(self.code)
        self.copy = Button(_("Copy"), "copy")
        self.printer = Button(_("Print…"), "printer")
        self.note = Text("", "small")
        self.written = Check(_("I have written it down"))
        self.button = Button(_("Continue"), "arrow_right", "primary")
        usable(self.button, WRITE_FIRST)
        self.card.add(inset, row(self.copy, self.printer, None), self.note, self.written, row(self.button, None))
        self.copy.clicked.connect(self._on_copy)
        self.printer.clicked.connect(self._on_print)
        self.written.toggled.connect(self._on_written)
        self.button.clicked.connect(self._on_continue)

    def set_code(self, code: str) -> None:
        """Show this code, with the box not ticked; empty clears the panel."""
        self._code = code
        self.code.setText(two_lines(code))
        self.code.setAccessibleName(_("Recovery code {code}", code=code))
        self.note.setText("")
        self.written.setChecked(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter continues once the box is ticked: the keyboard focus is on the box, not on the button.
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.button.isEnabled():
            self._on_continue()
        else:
            super().keyPressEvent(event)

    @Slot(bool)
    def _on_written(self, written: bool) -> None:
        usable(self.button, "" if written else WRITE_FIRST)

    @Slot()
    def _on_copy(self) -> None:
        from ui.widgets.clipboard import copy_text

        copy_text(self._code)
        self.note.setText(_("Copied. Paste it somewhere safe that is not on this laptop, then copy something else."))

    @Slot()
    def _on_print(self) -> None:
        from ui.widgets.printing import print_text

        words = _("Reviewapp recovery code\n\n{code}\n\nKeep this away from the laptop.", code=self._code)
        sent = print_text(self, words)
        if sent is None:
            self.note.setText(_("No printer was found. Write the code down by hand."))
        elif sent:
            self.note.setText(sent)

    @Slot()
    def _on_continue(self) -> None:
        self.set_code("")
        self._session.enter_after_recovery_code()


class Unlock(Panel):
    """Asks for the passphrase and shows nothing of the contents; emits `forgot` when the person has lost it."""

    HELP = _(
        "Type this laptop's passphrase and press Enter. What you were writing when it locked was saved and comes "
        "back. If you have forgotten the passphrase, select “Forgot the passphrase?” and use your recovery code.\n\n"
        "If you have lost the code too, select “Use another folder”. Set a new passphrase there, join the visit "
        "again with the visit pack, and continue. The lead can make the pack again, and so can any colleague whose "
        "laptop the lead has confirmed (Start, Make visit pack). What is in the old folder stays as it is."
    )

    forgot = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            "lock",
            _("Reviewapp is locked"),
            SAVED,
        )
        self._session = session
        self.passphrase = PassphraseEdit(_("Passphrase"))
        self.field = Field(_("Passphrase"), self.passphrase)
        self.show_words = Check(_("Show what I type"))
        self.button = Button(_("Unlock"), "arrow_right", "primary")
        self.lost = Button(_("Forgot the passphrase?"), kind="link")
        self.repair, self.other = RepairKeyFile(session), OtherFolder(session)
        self.card.add(
            self.field, self.show_words, row(self.button, None), self.repair, row(self.lost, None), self.other
        )
        self.repair.button.clicked.connect(self._on_repair)
        self.show_words.toggled.connect(self.passphrase.show_words)
        self.button.clicked.connect(self._on_unlock)
        self.lost.clicked.connect(self.forgot)
        self.passphrase.returnPressed.connect(self._on_unlock)
        self.left_alone = QTimer(self)
        self.left_alone.setSingleShot(True)
        self.left_alone.setInterval(FORGOTTEN_AFTER_MS)
        self.left_alone.timeout.connect(self._on_left_alone)
        self.passphrase.textChanged.connect(self._on_typed)

    @Slot()
    def _on_typed(self) -> None:
        if self.passphrase.text():
            self.left_alone.start()
        else:
            self.left_alone.stop()

    @Slot()
    def _on_left_alone(self) -> None:
        if self.button.isEnabled():  # else it is being tried
            self.fresh()

    @Slot()
    def _on_unlock(self) -> None:
        if not self.button.isEnabled():
            return
        if not self.passphrase.text():
            self.field.set_error(_("Enter the passphrase."))
            return
        self.field.set_error()
        usable(self.button, WAIT)
        self._session.unlock(self.passphrase.text(), self._failed)

    @Slot()
    def _on_repair(self) -> None:
        if not self.passphrase.text():
            self.field.set_error(_("Type the passphrase you used when the backup was saved."))
            self.passphrase.setFocus()
            return
        path = self.repair.choose() if self.button.isEnabled() else None
        if path is not None:
            self.field.set_error()
            usable(self.button, WAIT)
            self._session.repair(path, self.passphrase.text(), self._failed)

    def _failed(self, error: ReviewError) -> None:
        usable(self.button, "")
        self.field.set_error(unlock_error_text(error, WRONG))
        self.repair.show_for(error)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def fresh(self) -> None:
        """Clear the passphrase and its error; hidden first, so that nothing of it reaches a screen reader."""
        self.show_words.setChecked(False)
        self.passphrase.clear()
        usable(self.button, "")
        self.field.set_error()
        self.words.setText(SAVED)
        self._show_way_in(True)
        self.repair.hide()
        self.other.fresh()

    def wait_for(self, what: str) -> None:
        """Offer no way in until something that is still going on has ended."""
        self.words.setText(_("One moment. Finishing: {what}.", what=what))
        self._show_way_in(False)

    def _show_way_in(self, on: bool) -> None:
        inputs: tuple[QWidget, ...] = (self.field, self.show_words, self.button, self.lost, self.other)
        for widget in inputs:
            widget.setVisible(on)


class UnlockScreen(QWidget):
    """Shows the panel that applies: first run, recovery code, passphrase or forgotten passphrase."""

    moved_to_new = Signal()
    """The session is in a folder now that was never used."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("backdrop")
        self._session = session
        self.banner = Banner()
        self.stack = QStackedLayout()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addLayout(self.stack, 1)

    @cached_property
    def first_run(self) -> FirstRun:
        """Panel that sets the passphrase. Each panel is made on first use, as most days need only one."""
        made = FirstRun(self._session)
        made.made.connect(self._on_made)
        made.back.connect(self._on_back)
        self.stack.addWidget(made)
        return made

    @cached_property
    def recovery(self) -> RecoveryCode:
        """Panel that shows the recovery code once."""
        made = RecoveryCode(self._session)
        self.stack.addWidget(made)
        return made

    @cached_property
    def unlock(self) -> Unlock:
        """Panel that asks for the passphrase."""
        made = Unlock(self._session)
        made.forgot.connect(self._on_forgot)
        made.other.moved.connect(self._on_moved)
        self.stack.addWidget(made)
        return made

    @cached_property
    def forgot(self) -> Forgot:
        """Panel for a forgotten passphrase."""
        from ui.unlock.forgot import Forgot

        made = Forgot(self._session)
        made.left.connect(self.show_first_panel)
        self.stack.addWidget(made)
        return made

    @Slot()
    def show_first_panel(self) -> None:
        """Show the first run or the passphrase panel, cleared, with the keyboard in its first field."""
        self.banner.set_text("")
        if "forgot" in vars(self):
            self.forgot.fresh()
        if "recovery" in vars(self):
            self.recovery.set_code("")
        if self._session.first_run():
            self.first_run.fresh()
            self.stack.setCurrentWidget(self.first_run)
            self.first_run.new.first.setFocus()
        else:
            self.unlock.fresh()
            self.stack.setCurrentWidget(self.unlock)
            self.unlock.passphrase.setFocus()

    def forget_secrets(self) -> None:
        """Clear every passphrase and recovery code that was typed here: it has done what it was typed for."""
        if "unlock" in vars(self):
            self.unlock.fresh()
        if "forgot" in vars(self):
            self.forgot.fresh()
        if "first_run" in vars(self):
            self.first_run.new.clear()

    def help(self) -> None:
        """Show the help text of the current panel (F1), or hide it if it is shown."""
        panel = self.stack.currentWidget()
        said = panel.HELP if isinstance(panel, Panel) else ""
        self.banner.set_text("" if self.banner.isVisibleTo(self) else said)

    @Slot()
    def _on_moved(self) -> None:
        self.show_first_panel()
        if self._session.first_run():
            self.moved_to_new.emit()

    @Slot()
    def _on_back(self) -> None:
        if self._session.came_from is not None:
            self._session.move_to(self._session.came_from)
            self.show_first_panel()

    @Slot(str)
    def _on_made(self, code: str) -> None:
        self.show_code(code)

    def show_code(self, code: str) -> None:
        """Show a recovery code until it is written down or the program locks."""
        self.banner.set_text("")
        self.recovery.set_code(code)
        self.stack.setCurrentWidget(self.recovery)
        self.recovery.written.setFocus()

    @Slot()
    def _on_forgot(self) -> None:
        self.banner.set_text("")
        self.forgot.fresh()
        self.stack.setCurrentWidget(self.forgot)
        self.forgot.code.setFocus()
