"""How a member of the review team stands on one line, or on two where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.theme import space, theme
from ui.widgets import FlowLayout, row

NAME = _("Name (optional)")
YOUR_NAME = _("Your name (optional)")


def lay_out(owner: QWidget, *before: QWidget, name: QLineEdit, remove: QWidget) -> None:
    """What comes before the name, then the name with the button that takes the person away."""
    named = QWidget()
    line = row(name, remove)
    line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
    named.setLayout(line)
    # As wide as its longest hint, with room for the button beside it.
    named.setMinimumWidth(theme().metrics().horizontalAdvance(YOUR_NAME) + space(22))
    flow = FlowLayout(owner, gap=2)
    for part in (*before, named):
        flow.addWidget(part)
