"""How large a dialog opens: as its words need in the present text size, and never larger than the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from ui.theme import space, theme

FRAME = QSize(space(10), space(15))
"""What the window's own frame and title take of a screen."""


def fit_on_screen(dialog: QDialog, wide: int, *, high: int = 0) -> None:
    """Make a dialog so wide, in pixels at 100 %, and as high as what is in it, or so `high` where that scrolls."""
    room, layout = dialog.screen().availableGeometry().size() - FRAME, dialog.layout()
    width = min(theme().px(wide), room.width())
    needed = high or (layout.totalHeightForWidth(width) if layout is not None else 0)
    dialog.resize(width, min(needed, room.height()))
