"""Question before a change of the team that changes figures: whose work is at stake and what would become of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from reviewapp.base.i18n import _
from ui.widgets import Button, Card, Text, column, row
from ui.widgets.basics import sentence

if TYPE_CHECKING:
    from reviewapp.visit.statements import Person


class TeamQuestion(Card):
    """Hidden until something is asked; emits `agreed(line, name, words)` or `kept(code)`, and hides again."""

    agreed = Signal(object, str, str)
    kept = Signal(str)

    def __init__(self) -> None:
        super().__init__(kind="inset", margin=3)
        self.setAccessibleName(_("Before you change the team"))
        self._line: Person | None = None
        self._name = self._words = ""
        self.text = Text("", "body", select=True)
        self.yes, self.no = Button("", "check"), Button("", kind="primary")
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self._on_no)
        self.add(column(self.text, row(self.no, self.yes, None), gap=2))
        self.hide()

    def ask(self, line: Person, name: str, words: str) -> None:
        """Show what the change would do, and focus the button that leaves everything as it is."""
        self._line, self._name, self._words = line, name, words
        self.text.setText(
            _("{name}: this changes figures. {words}. You can undo this.", name=sentence(name), words=words)
        )
        self.text.setAccessibleName(self.text.text())
        self.yes.setText(_("Change: {name}", name=name))
        self.no.setText(_("Leave the team as it is"))
        self.show()
        self.no.setFocus()

    @Slot()
    def _on_yes(self) -> None:
        line, self._line = self._line, None
        self.hide()
        if line is not None:
            self.agreed.emit(line, self._name, self._words)

    @Slot()
    def _on_no(self) -> None:
        line, self._line = self._line, None
        self.hide()
        if line is not None:
            self.kept.emit(line.code)
