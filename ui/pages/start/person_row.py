"""One member of the review team as editable fields."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import NewPerson
from ui.labels import ROLES
from ui.pages.shared.person_line import LEAD_STAYS, NAME, YOUR_NAME, lay_out_person
from ui.theme import space
from ui.widgets import IconButton
from ui.widgets.basics import hide_in_place, sentence
from ui.widgets.usable import usable


class PersonRow(QWidget):
    """One member of the review team as editable fields: code, role, optional name; emits `removed`."""

    removed = Signal()

    def __init__(self, code: str, role: str) -> None:
        super().__init__()
        self.code, self.role, self.name = QLineEdit(code), QComboBox(), QLineEdit()
        self.code.setMaximumWidth(space(24))
        for value, words in ROLES.items():
            if (value == "lead") == (role == "lead"):
                self.role.addItem(sentence(words), value)
        self.role.setMinimumContentsLength(max(len(words) for words in ROLES.values()))
        self.role.setCurrentIndex(self.role.findData(role))
        self.name.setPlaceholderText(NAME)
        self.remove = IconButton("cross", _("Remove {code}", code=code))
        self.remove.clicked.connect(self.removed)
        self.code.textChanged.connect(self._on_code)
        self._on_code()
        lay_out_person(self, self.code, self.role, name=self.name, remove=self.remove)

    def mark_as_lead(self) -> None:
        """Mark this member as the lead on this laptop, whose role is fixed and who cannot be removed."""
        usable(self.role, LEAD_STAYS)
        usable(self.remove, LEAD_STAYS)
        hide_in_place(self.remove)
        self.name.setPlaceholderText(YOUR_NAME)

    @Slot()
    def _on_code(self) -> None:
        code = self.code.text().strip() or _("new person")
        self.code.setAccessibleName(_("Code of {code}", code=code))
        self.role.setAccessibleName(_("Role of {code}", code=code))
        self.name.setAccessibleName(_("Name of {code}", code=code))
        self.remove.setAccessibleName(_("Remove {code}", code=code))

    def person(self) -> NewPerson:
        """The member as entered."""
        return NewPerson(self.code.text().strip(), str(self.role.currentData()), self.name.text().strip())
