"""Buttons for the size of the pages in a view: smaller, larger, as wide as the view; the size stands between them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from ui.pages.shared.page_view import PageView
from ui.theme import theme
from ui.widgets import IconButton, Text, row


class ZoomBar(QWidget):
    """Follows its view, and changes it; the keys are told in the tool tips."""

    def __init__(self, view: PageView) -> None:
        super().__init__()
        self._view = view
        self.smaller = IconButton("dash", _("Smaller pages (- in the pages, or Ctrl and the wheel)"))
        self.larger = IconButton("plus", _("Larger pages (+ in the pages, or Ctrl and the wheel)"))
        self.fit = IconButton("fit_width", _("Fit the width (W in the pages)"))
        self.words = Text("", "small", wrap=False)
        self.smaller.clicked.connect(self._on_smaller)
        self.larger.clicked.connect(self._on_larger)
        self.fit.clicked.connect(view.fit_width)
        view.zoomed.connect(self.refresh)
        view.moved.connect(self.refresh)
        theme().changed.connect(self._on_themed)
        self.setLayout(row(self.smaller, self.words, self.larger, self.fit, gap=0.5))
        self._on_themed()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the size as it is."""
        percent = self._view.percent
        self.words.setText(_("{percent}%", percent=percent))
        self.words.setAccessibleName(_("Size of the pages: {percent}%", percent=percent))

    @Slot()
    def _on_smaller(self) -> None:
        self._view.zoom(-1)

    @Slot()
    def _on_larger(self) -> None:
        self._view.zoom(1)

    @Slot()
    def _on_themed(self) -> None:
        self.words.setMinimumWidth(self.words.fontMetrics().horizontalAdvance("000%"))
