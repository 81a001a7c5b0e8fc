"""A cell of a sheet that was not understood: somebody types what is meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.widgets import Button, FlowLayout, Text, clear, column, row
from ui.widgets.one_stop import OneStop

Choices = Sequence[str] | Mapping[str, str]
"""What may stand there, by itself or with the words for it."""


class OddCellForm(QWidget):
    """Asks what a cell means; emits `settled(cell, text)`, the cell as it was given. Hidden while none is chosen."""

    settled = Signal(object, str)

    def __init__(self, use: str = "", chosen: str = "") -> None:
        """`use` and `chosen` (with `{choice}`): what the buttons are called where it asks about no cell."""
        super().__init__()
        self._cell: object = None
        self._chosen = chosen or _("Use “{choice}” instead of what the cell says")
        self.meant = QLineEdit()
        self.choices = QWidget()
        self._flow = FlowLayout(self.choices)
        OneStop(self.choices)
        self.meant.returnPressed.connect(self._on_use)
        self.label = Text("", "strong")
        self.label.setBuddy(self.meant)
        self.hint = Text("", "small")
        self.use = Button(_("Use this"), "check", name=use or _("Use this instead of what the cell says"))
        self.use.clicked.connect(self._on_use)
        self._line = line = QWidget()
        beside = row(self.meant, self.use, gap=2)
        beside.setStretch(0, 1)
        line.setLayout(beside)
        self.setLayout(column(self.label, self.choices, line, self.hint, gap=1))
        self.hide()

    def ask(
        self, cell: object, question: str = "", hint: str = "", choices: Choices = (), *, typed: bool = True
    ) -> None:
        """Ask what this cell means; None asks about none. A button for each of the `choices`, which may have words.

        `typed`: something else can be typed too.
        """
        if cell is not None and cell != self._cell:
            self.label.setText(question)
            self.meant.setAccessibleName(question)
            self.hint.setText(hint)
            self.meant.setText("")
            self._offer(choices)
            self._line.setVisible(typed)
        self._cell = cell
        self.setVisible(cell is not None)

    def _offer(self, choices: Choices) -> None:
        clear(self._flow)
        for choice, words in (choices if isinstance(choices, Mapping) else {one: one for one in choices}).items():
            button = Button(words, name=self._chosen.format(choice=words))
            button.setProperty("choice", choice)
            button.clicked.connect(self._on_choice)
            self._flow.addWidget(button)
        self.choices.setVisible(bool(choices))

    @Slot()
    def _on_choice(self) -> None:
        button = self.sender()
        if self._cell is not None and button is not None:
            self.settled.emit(self._cell, str(button.property("choice")))

    @Slot()
    def _on_use(self) -> None:
        text = self.meant.text().strip()
        if self._cell is not None and text:
            self.settled.emit(self._cell, text)
