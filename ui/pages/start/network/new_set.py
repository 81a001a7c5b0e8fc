"""New network set: its name, the standards it is about, and whether drafts count."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.errors import Invalid, ReviewError
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from ui.pages.start.form import StartForm
from ui.pages.start.network.jobs import make_set
from ui.pages.start.second_set import in_words
from ui.session.session import Session
from ui.widgets import Button, Card, Check, ErrorLine, Field, FlowLayout, SectionHeading
from ui.widgets.boxes import let_be_narrow
from ui.widgets.usable import WAIT, usable


class NewSet(StartForm):
    """Form for a new set; emits `wanted("network", set id)` when it was made, or `left`."""

    KEEPS = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._instruments: dict[str, Instrument] = {}
        self.name, self.instrument = QLineEdit(), QComboBox()
        let_be_narrow(self.instrument)
        self.name_field = Field(
            _("Name"), self.name, hint=_("Appears on the report: for example the network and the year")
        )
        self.drafts = Check(_("Count drafts too, and say so on the report"))
        self.error = ErrorLine()
        self.make = Button(_("Create set"), "check", "primary")
        back = Button(_("Back"), "arrow_left")
        card, buttons = Card(), QWidget()
        card.add(
            self.name_field,
            Field(
                _("Standards"), self.instrument, hint=_("Only reviews that used exactly these standards are counted")
            ),
            self.drafts,
            self.error,
        )
        flow = FlowLayout(buttons)
        for button in (self.make, back):
            flow.addWidget(button)
        about = _(
            "For the network's office. The set has its own key file, which you give to the lead of every team. What "
            "they send is encrypted with it, and only this laptop can open it."
        )
        self.add(SectionHeading(_("New network set"), about, kind="title"), card, buttons, None)
        self.make.clicked.connect(self._on_make)
        self.name.returnPressed.connect(self._on_make)
        back.clicked.connect(self.left)

    def restore_form(self) -> None:
        """Focus the first field."""
        self.name.setFocus()

    def reset(self) -> None:
        """Empty the form, and list the standards that this laptop has."""
        laptop = self._session.laptop
        if laptop is None:
            return
        self.name.clear()
        self.name_field.set_error()
        self.error.set_text()
        self.drafts.setChecked(False)
        self.instrument.clear()
        self._instruments = {one.id: one for one in laptop.library.all()}
        for one in self._instruments.values():
            self.instrument.addItem(in_words(one), one.id)
        self.name.setFocus()

    @Slot()
    def _on_make(self) -> None:
        laptop, name = self._session.laptop, self.name.text().strip()
        self.name_field.set_error("" if name else _("Enter a name for the set."))
        chosen = self._instruments.get(str(self.instrument.currentData()))
        if laptop is None or not name or chosen is None or not self.make.isEnabled():
            return
        usable(self.make, WAIT)
        job = partial(make_set, laptop, name, chosen, self.drafts.isChecked())
        self._session.worker.run(_("Creating the set"), job, self._on_made, self._on_failed)

    def _on_made(self, set_id: str) -> None:
        usable(self.make, "")
        self.wanted.emit("network", set_id)

    def _on_failed(self, error: ReviewError) -> None:
        usable(self.make, "")
        if isinstance(error, Invalid) and error.field == "name":
            self.name_field.set_error(error)
            self.name.setFocus()
        else:
            self.error.set_text(error)
