"""Buttons that cannot be used now, and why: in the tool tip, and for screen readers in the description."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.widgets.plain_text import plain_tip

_TIP, _TOLD = "usualTip", "usualDescription"


def usable(widget: QWidget, why_not: str) -> None:
    """Enable the widget, or disable it with the reason why; what it said of itself before comes back with the use."""
    if widget.property(_TIP) is None:
        widget.setProperty(_TIP, widget.toolTip())
        widget.setProperty(_TOLD, widget.accessibleDescription())
    widget.setEnabled(not why_not)
    widget.setToolTip(plain_tip(why_not) if why_not else str(widget.property(_TIP)))
    widget.setAccessibleDescription(why_not or str(widget.property(_TOLD)))
