"""Which second set of standards a new visit is reviewed against, if any."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox

from reviewapp.base.errors import ReviewError
from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument
from ui.session.session import Session
from ui.widgets import Field
from ui.widgets.boxes import let_be_narrow

ALSO = _("A second set of standards for the same visit. What people say counts for both; each is rated separately.")
NO_CROSSWALK = _("This laptop has no crosswalk between the two, so this set cannot use what was heard under the other.")


def in_words(instrument: Instrument) -> str:
    """Title and edition of a set of standards, the edition once."""
    title, edition = instrument.title, instrument.edition
    return title if edition in title else f"{title}, {edition}"


class SecondSet(Field):
    """Offers every set but the first; says where no crosswalk leads from one to the other."""

    def __init__(self, session: Session) -> None:
        self.choice = QComboBox()
        let_be_narrow(self.choice)
        super().__init__(_("Also review against"), self.choice, hint=ALSO)
        self._session = session
        self._first: Instrument | None = None
        self._offered: dict[str, Instrument] = {}
        self.choice.currentIndexChanged.connect(self._on_chosen)

    def offer(self, instruments: Iterable[Instrument], first: str) -> None:
        """Offer all of these but the `first`; what was chosen stays chosen."""
        every, chosen = {one.id: one for one in instruments}, self.chosen()
        self._first = every.pop(first, None)
        self._offered = every
        self.choice.clear()
        self.choice.addItem(_("Nothing else"), "")
        for identity, instrument in every.items():
            self.choice.addItem(in_words(instrument), identity)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))

    def chosen(self) -> str:
        """The id of the second set; empty for none."""
        return str(self.choice.currentData() or "")

    def clear(self) -> None:
        """Choose none."""
        self.choice.setCurrentIndex(0)

    @Slot()
    def _on_chosen(self) -> None:
        self.set_hint(self._about(self._offered.get(self.chosen())))

    def _about(self, second: Instrument | None) -> str:
        laptop = self._session.laptop
        if second is None or self._first is None or laptop is None:
            return ALSO
        try:
            return ALSO if laptop.crosswalks.get(self._first, second) is not None else NO_CROSSWALK
        except ReviewError as error:
            return str(error)
