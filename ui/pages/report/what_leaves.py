"""What would leave with an extract, all of it in words, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLayout, QWidget

from reviewapp.base.i18n import _
from ui.theme import space
from ui.widgets import Button, Text, column, row
from ui.widgets.status_list import StatusList, StatusRow

if TYPE_CHECKING:
    from reviewapp.national.preview import Section

ABOUT = _("Read it to the end. What is listed here is sent with the file, and nothing else.")


class WhatLeaves(QDialog):
    """Lists the sections of a preview, read with the arrow keys; emits `agreed` when it is to be saved."""

    agreed = Signal()

    def __init__(self, parent: QWidget, sections: Sequence[Section]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("What would be sent"))
        self.listed = StatusList(_("What is sent, and what stays"))
        self.listed.show_rows(rows_of(sections))
        self.save = Button(_("Save the extract…"), "save", "primary")
        self.save.clicked.connect(self._on_save)
        self.away = Button(_("Cancel"))
        self.away.clicked.connect(self.reject)
        layout = column(Text(ABOUT), self.listed, row(None, self.away, self.save), gap=3, margin=6)
        layout.setStretch(1, 1)
        # The dialog is as large as it is asked to be: a window that may not be smaller is not known everywhere.
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        self.resize(min(space(210), parent.window().width()), min(space(160), parent.window().height()))
        if self.listed.told.rows:
            self.listed.choose(self.listed.told.rows[0].key)
        self.listed.setFocus()

    @Slot()
    def _on_save(self) -> None:
        self.accept()
        self.agreed.emit()


def rows_of(sections: Sequence[Section]) -> list[StatusRow]:
    """A row for each heading, and one below it for each line."""
    found = []
    for number, section in enumerate(sections):
        found.append(StatusRow(f"{number}", section.heading, tone="info", icon="info"))
        found += [
            StatusRow(f"{number}.{place}", line, tone="na", icon="", level=1, under=section.heading)
            for place, line in enumerate(section.lines)
        ]
    return found
