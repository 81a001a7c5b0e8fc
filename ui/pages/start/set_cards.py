"""The sets of a network's office in the list of Start: each a card that opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _, plural
from ui.formats import long_date
from ui.widgets import CardButton, Text, clear, column

if TYPE_CHECKING:
    from reviewapp.national.networks import SetSummary
    from reviewapp.workspace.laptop import Laptop


def words_of(one: SetSummary) -> str:
    """How many reviews count in a set, and when something was last joined."""
    if one.problem:
        return one.problem
    if not one.extracts:
        return _("Nothing received yet.")
    counts = plural("{n} review counts", "{n} reviews count", one.visits)
    return _("{counts}, of {n} extracts. Last added on {day}.", counts=counts, n=one.extracts,
             day=long_date(one.last_joined[:10]))  # fmt: skip


class SetCards(QWidget):
    """The list, hidden while there is none; emits `asked("network", set id)`."""

    asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[CardButton] = []
        self._box = column(gap=2)
        self._listed: list[SetSummary] = []
        holder = QWidget()
        holder.setLayout(self._box)
        self.setLayout(column(Text(_("Network sets on this laptop"), "heading"), holder, gap=3))
        self.hide()

    def show_sets(self, laptop: Laptop) -> None:
        """List the sets of this laptop."""
        found = []
        if laptop.home.set_ids():  # so that who has none never loads what they are made of
            from reviewapp.national.networks import Networks

            found = Networks(laptop.home).summaries()
        self.setVisible(bool(found))
        if found == self._listed:
            return
        self._listed = found
        clear(self._box)
        self.cards = []
        for one in found:
            card = CardButton(one.name or one.id, words_of(one), "alert" if one.problem else "building")
            card.setProperty("set", one.id)
            card.clicked.connect(self._on_card)
            self.cards.append(card)
            self._box.addWidget(card)

    @Slot()
    def _on_card(self) -> None:
        self.asked.emit("network", str(self.sender().property("set")))
