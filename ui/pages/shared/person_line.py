"""Layout of a team member's fields: one line, or two where it is too narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewapp.base.i18n import _
from ui.theme import space, theme
from ui.widgets import FlowLayout, row

NAME = _("Name (optional)")
LEAD_STAYS = _("The lead of the visit keeps this role and stays on the team.")
YOUR_NAME = _("Your name (optional)")


def lay_out_person(owner: QWidget, *before: QWidget, name: QLineEdit, remove: QWidget) -> None:
    """Lay out `before`, then the name beside its remove button, wrapping as a flow in `owner`."""
    named = QWidget()
    line = row(name, remove)
    line.setAlignment(name, Qt.AlignmentFlag.AlignTop)
    named.setLayout(line)
    # As wide as its longest placeholder, with space for the button beside it.
    named.setMinimumWidth(theme().metrics().horizontalAdvance(YOUR_NAME) + space(22))
    flow = FlowLayout(owner, gap=2)
    for part in (*before, named):
        flow.addWidget(part)
