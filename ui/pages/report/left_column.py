"""The left column of the report: its parts and the findings, one above the other or, on a small screen, in turns."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QWidget

from reviewapp.base.i18n import _
from ui.theme import theme
from ui.widgets import FlowLayout, SectionHeading, Toggle, column
from ui.widgets.basics import set_shown

BOTH = 500
"""Height from which both lists have room for some rows."""


class LeftColumn(QWidget):
    """Two lists; where there is no room for both, two buttons above say which is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._turns = False
        self.parts, self.findings = Toggle(_("Parts"), on=True), Toggle(_("Warnings"))
        self._group = QButtonGroup(self)
        self._choice = QWidget()
        flow = FlowLayout(self._choice, gap=1.5)
        for toggle in (self.parts, self.findings):
            self._group.addButton(toggle)
            flow.addWidget(toggle)
        self.parts.toggled.connect(self._on_turned)
        self.heading = SectionHeading(_("Parts"))
        self._layout = column(self._choice, self.heading, gap=1.5)
        self._choice.hide()
        self.setLayout(self._layout)

    def add(self, outline: QWidget, findings: QWidget) -> None:
        """Put in the list of parts, and the pane with the findings."""
        self._outline, self._findings = outline, findings
        self._layout.addWidget(outline, 2)
        self._layout.addWidget(findings, 3)
        theme().changed.connect(self._fit)

    def show_waiting(self, many: int) -> None:
        """Tell on its button how many findings wait."""
        self.findings.setText(_("Warnings ({n})", n=many) if many else _("Warnings"))
        self.findings.setAccessibleName(self.findings.text())

    def show_parts(self) -> None:
        """Show the parts, where they take turns."""
        self.parts.setChecked(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @Slot()
    def _fit(self) -> None:
        turns = self.height() < theme().px(BOTH)
        if turns != self._turns:
            self._turns = turns
            set_shown(self._choice, turns)
            self._on_turned()

    @Slot()
    def _on_turned(self) -> None:
        parts = self.parts.isChecked()
        set_shown(self.heading, not self._turns)
        set_shown(self._outline, parts or not self._turns)
        set_shown(self._findings, not parts or not self._turns)
