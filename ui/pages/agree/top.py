"""The line above the meeting's table: progress, filters and actions for all standards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QProgressBar, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.nouns import Nouns
from ui.pages.agree.forecast import ForecastStrip
from ui.pages.agree.visible_rows import VisibleRow
from ui.widgets import Button, FlowLayout, Text, Toggle, column, row, tab_through
from ui.widgets.one_stop import OneStop
from ui.widgets.usable import usable


class AgreeTop(QWidget):
    """Progress, forecast, filters and buttons in as few lines as there is room for; the page connects them."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.progress_words = Text("", "strong", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Agreed so far"))
        heading = QWidget()
        so_far = column(self.progress_words, self.bar, gap=0.5)
        heading.setLayout(row(Text(_("Agree"), "title", wrap=False), so_far, gap=4))
        self.forecast = ForecastStrip(self)
        self.differing = Toggle(_("Only where sources differ"), on=True)
        self.open_only = Toggle(_("Only not agreed yet"))
        self.all_same = Button("", "agree")
        self.large = Toggle(_("Large type"), name=_("Large type for a projector"))
        self.large.setToolTip(_("For a projector (F11)"))
        self._before = (heading,)
        self._after = (self.differing, self.open_only, self.all_same, *buttons, self.large)
        line = QWidget()
        self._flow = FlowLayout(line, gap=2)
        self.setLayout(column(line, self.forecast.words, gap=1.5))
        self.forecast.changed.connect(self._arrange)
        self._arrange()
        OneStop(self, self.differing, self.open_only)

    @Slot()
    def _arrange(self) -> None:
        """Put everything into the line in its order, also for the keyboard."""
        while self._flow.count():
            self._flow.takeAt(0)
        parts = (*self._before, *self.forecast.parts, *self._after)
        for widget in parts:
            self._flow.addWidget(widget)
        tab_through(*parts)

    def show_progress(self, rows: Sequence[VisibleRow], same: int, *, opened: bool, may: bool) -> None:
        """Show the progress; before the meeting is opened nothing that rests on others' ratings."""
        agreed, of = sum(1 for r in rows if r.agreed is not None), len(rows)
        self.progress_words.setText(_("{agreed} of {of} agreed", agreed=agreed, of=of))
        self.bar.setRange(0, max(1, of))
        self.bar.setUpdatesEnabled(False)  # or Qt would paint all pending updates now, and again when the rest is set
        self.bar.setValue(agreed)
        self.bar.setUpdatesEnabled(True)
        self.differing.setText(_("Only where sources differ ({n})", n=sum(1 for r in rows if r.differs)))
        self.open_only.setText(_("Only not agreed yet ({n})", n=of - agreed))
        self.all_same.setText(_("Agree where all say the same ({same})", same=same))
        self.all_same.setAccessibleName(self.all_same.text())
        self.all_same.setVisible(may)
        usable(self.all_same, "" if same else _("Nothing is left that everyone rates the same."))
        for toggle in (self.differing, self.open_only):
            toggle.setVisible(opened and not self.large.isChecked())


def empty_words(rows: Sequence[VisibleRow], nouns: Nouns) -> tuple[str, str]:
    """Title and advice for a table without any row."""
    if not any(row.ratings for row in rows):
        return _("Nobody has rated anything yet"), _("Rate on the Standards page, then combine the laptops.")
    left = sum(1 for row in rows if row.agreed is None)
    if left and not any(row.differs for row in rows):
        return _("No two sources differ"), plural(
            "{standards} is not agreed yet. Show all {nouns} to agree it.",
            "{standards} are not agreed yet. Show all {nouns} to agree them.",
            left,
            standards=nouns.counted(left),
            nouns=nouns.many,
        )
    return _("Nothing left to agree"), _("Where sources differ, everything is agreed; or no sources differ.")
