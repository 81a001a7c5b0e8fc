"""Panel of the unlock screen that sets a new passphrase with the printed recovery code."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.errors import ReviewError, WrongPassphrase
from reviewapp.base.i18n import _
from ui.session.session import Session
from ui.unlock.panel import Panel
from ui.widgets import Button, Check, ErrorLine, Field, FlowLayout, Text
from ui.widgets.passphrase_field import NewPassphrase, PassphraseEdit, unlock_error_text
from ui.widgets.usable import WAIT, usable

WRONG = _(
    "That is not this laptop's recovery code. Tick “Show the code as I type it” and check each letter against the "
    "paper."
)


class Forgot(Panel):
    """Asks for the recovery code and a new passphrase and calls `Session.recover`; emits `left` on Back."""

    HELP = _(
        "Type the recovery code from the paper, then a new passphrase twice. Everything on the laptop stays as it is."
    )

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(
            "key",
            _("Forgot the passphrase?"),
            _(
                "When you set the passphrase, you were shown a recovery code to write down. Use it to choose a new "
                "passphrase. The old passphrase stops working, everything you wrote stays as it is, and the code "
                "still works. Without the code nobody can open what is on this laptop, not even us."
            ),
        )
        self._session = session
        self.code = PassphraseEdit(_("Recovery code"))
        self.code_field = Field(
            _("Recovery code"), self.code, hint=_("You can leave out spaces, dashes and capital letters.")
        )
        self.show_code = Check(_("Show the code as I type it"))
        self.new = NewPassphrase(_("New passphrase"))
        self.error, self.progress = ErrorLine(), Text("", "muted")
        self.progress.hide()
        self.button, self.back = Button(_("Set new passphrase"), "lock", "primary"), Button(_("Back"), "arrow_left")
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.button, self.back):
            flow.addWidget(button)
        self.card.add(self.code_field, self.show_code, self.new, self.progress, self.error, buttons)
        session.worker.progressed.connect(self._on_progressed)
        self.show_code.toggled.connect(self.code.show_words)
        self.code.returnPressed.connect(self._on_code)
        self.new.entered.connect(self._on_set)
        self.button.clicked.connect(self._on_set)
        self.back.clicked.connect(self.left)

    def fresh(self) -> None:
        """Clear all fields and errors. The code is hidden first, so that nothing of it reaches a screen reader."""
        self.show_code.setChecked(False)
        self.code.clear()
        self.new.clear()
        self.code_field.set_error()
        self.error.set_text()
        self.progress.hide()
        usable(self.button, "")

    @Slot(float, str)
    def _on_progressed(self, _share: float, words: str) -> None:
        self.progress.setText(words)
        self.progress.setVisible(bool(words) and not self.button.isEnabled())

    @Slot()
    def _on_code(self) -> None:
        """On to the passphrase; where only the code was wrong, the rest is there already."""
        if self.new.first.text() and self.new.second.text():
            self._on_set()
        else:
            self.new.first.setFocus()

    @Slot()
    def _on_set(self) -> None:
        code, passphrase = self.code.text().strip(), self.new.chosen()
        self.code_field.set_error("" if code else _("Type the recovery code."))
        self.error.set_text()
        if not code or not passphrase or not self.button.isEnabled():
            return
        usable(self.button, WAIT)
        self._session.recover(code, passphrase, self._failed)

    def _failed(self, error: ReviewError) -> None:
        usable(self.button, "")
        self.progress.hide()
        if isinstance(error, WrongPassphrase):
            self.code_field.set_error(unlock_error_text(error, WRONG))
            self.code.setFocus()
            self.code.selectAll()
        else:
            self.error.set_text(error)
