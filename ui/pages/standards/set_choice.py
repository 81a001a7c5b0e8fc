"""The switch between the two sets of standards of a visit."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from reviewapp.base.i18n import _
from reviewapp.instruments.model import Instrument


class SetChoice(QComboBox):
    """Chooses which set is shown, in a visit with two."""

    def __init__(self, first: Instrument, second: Instrument) -> None:
        super().__init__()
        self.setAccessibleName(_("Set of standards"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.addItem(first.title, "")
        self.addItem(second.title, second.id)

    def second(self) -> str:
        """The id of the second set where it is the one chosen; empty for the first."""
        return str(self.currentData() or "")

    def choose(self, identity: str) -> None:
        """Choose the set with this id; the first for one that the visit does not have."""
        self.setCurrentIndex(max(0, self.findData(identity)))
