"""Buttons that cannot be used now, and why: in the tool tip, and for screen readers in the description."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from PySide6.QtWidgets import QWidget

from ui.widgets.plain_text import plain_tip

_usual: WeakKeyDictionary[QWidget, tuple[str, str]] = WeakKeyDictionary()
"""What a widget says of itself while it can be used: its tool tip and its description."""


def usable(widget: QWidget, why_not: str) -> None:
    """Enable the widget, or disable it with the reason why; what it said of itself before comes back with the use."""
    tip, told = _usual.setdefault(widget, (widget.toolTip(), widget.accessibleDescription()))
    widget.setEnabled(not why_not)
    widget.setToolTip(plain_tip(why_not) if why_not else tip)
    widget.setAccessibleDescription(why_not or told)
