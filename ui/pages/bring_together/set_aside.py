"""The form in which the lead says why a laptop is set aside."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, Field, column, row
from ui.widgets.panes import scroll_into_view


class SetAsideForm(QWidget):
    """A reason and a button, hidden until `ask`; emits `wanted(reason)` once there is a reason."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.returnPressed.connect(self._on_wanted)
        self.field = Field(_("Why it is set aside"), self.reason, hint=_("Everybody can read it. Undo takes it back."))
        self.button = Button(_("Set it aside"), "dash")
        self.button.clicked.connect(self._on_wanted)
        self.setLayout(column(self.field, row(self.button, None), gap=2))
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later)
        self.hide()

    def ask(self) -> None:
        """Show the form, in view, with the keyboard in it."""
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
            self.field.set_error(_("Write a few words, so that everybody can see later why"))
            self.reason.setFocus()
            return
        self.wanted.emit(reason)
