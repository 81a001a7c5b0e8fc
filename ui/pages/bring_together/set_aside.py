"""The form in which the lead says why a laptop is set aside."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, Field, column, row
from ui.widgets.panes import scroll_into_view


class SetAsideForm(QWidget):
    """What of a laptop, a reason and a button, hidden until `ask`; emits `wanted(reason, from)` once there is a reason.

    `from`: the entry from which on it is set aside; None for everything.
    """

    wanted = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._on_wanted)
        self.field = Field(
            _("Reason for setting it aside"), self.reason, hint=_("Everyone can read it. You can undo this.")
        )
        self.button = Button(_("Set it aside"), "dash")
        self.button.clicked.connect(self._on_wanted)
        self.part = QComboBox()
        self.part_field = Field(
            _("What is set aside"),
            self.part,
            hint=_("By the clock of that laptop. What it recorded before that still counts."),
        )
        self.setLayout(column(self.part_field, self.field, row(self.button, None), gap=2))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later)
        self.hide()

    def ask(self, moments: Sequence[tuple[int, str]]) -> None:
        """Show the form, in view, with the keyboard in it; `moments`: entries, with how each is said."""
        if self.isHidden():
            self.part.clear()
            self.part.addItem(_("Everything on it"), None)
            for number, words in moments:
                self.part.addItem(words, number)
        self.part_field.setVisible(bool(moments))
        self.show()
        self.reason.setFocus()
        self._later.start(0)  # once it has a place

    def put_away(self) -> None:
        """Hide it, without what was typed: it was of another laptop."""
        self.reason.clear()
        self.field.set_error("")
        self.hide()

    @Slot()
    def _on_later(self) -> None:
        scroll_into_view(self)

    @Slot()
    def _on_wanted(self) -> None:
        reason = self.reason.text().strip()
        if not reason:
            self.field.set_error(_("Say why in a few words. Everyone can read it later"))
            self.reason.setFocus()
            return
        self.wanted.emit(reason, self.part.currentData())
