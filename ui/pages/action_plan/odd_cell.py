"""A cell of a returned plan that was not understood: somebody types what is meant."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.pages.action_plan.labels import TITLES
from ui.widgets import Button, Text, column, row
from ui.widgets.basics import sentence


class OddCellForm(QWidget):
    """Asks what a cell means; emits `settled(sheet, cell, text)`. Hidden while no such cell is chosen."""

    settled = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._cell: dict[str, Any] | None = None
        self.meant = QLineEdit()
        self.meant.returnPressed.connect(self._on_use)
        self.label = Text("", "strong")
        self.label.setBuddy(self.meant)
        self.hint = Text("", "small")
        self.use = Button(_("Use this"), "check", name=_("Use this instead of what the cell says"))
        self.use.clicked.connect(self._on_use)
        line = QWidget()
        beside = row(self.meant, self.use, gap=2)
        beside.setStretch(0, 1)
        line.setLayout(beside)
        self.setLayout(column(self.label, line, self.hint, gap=1))
        self.hide()

    def show_cell(self, cell: dict[str, Any] | None) -> None:
        """Ask about this cell, or about none."""
        if cell is not None and cell != self._cell:
            self.label.setText(
                _("{column} of standard {standard}: what is meant by “{text}”?", column=TITLES[cell["field"]],
                  standard=cell["standard"], text=cell["text"])
            )  # fmt: skip
            self.meant.setAccessibleName(self.label.text())
            self.hint.setText(f"{sentence(str(cell['do']))}.")
            self.meant.setText("")
        self._cell = cell
        self.setVisible(cell is not None)

    @Slot()
    def _on_use(self) -> None:
        text = self.meant.text().strip()
        if self._cell is not None and text:
            self.settled.emit(self._cell["sheet"], self._cell["cell"], text)
