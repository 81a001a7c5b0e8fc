"""The list of a drop-down shows every entry that it means to: Qt may make it some pixels too low, and cut the last."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QComboBox

MOST = 10
"""From how many entries on a list scrolls, as Qt has it."""


def show_every_entry(view: QAbstractItemView) -> None:
    """Make the list of a drop-down as high as its entries, if they are few; anything else is left as it is."""
    around, model = view.parentWidget(), view.model()
    if around is None or not isinstance(around.parentWidget(), QComboBox) or not 0 < model.rowCount() <= MOST:
        return
    rows = sum(view.visualRect(model.index(row, 0)).height() for row in range(model.rowCount()))
    # What is missing is more than the pixels that were: the arrow to scroll, which then goes, has taken room as well.
    missing = rows - view.viewport().height()
    if missing > 0:
        around.resize(around.width(), around.height() + missing)
