"""The line above the meeting's table: progress, filters and actions for all standards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QProgressBar, QWidget

from reviewapp.base.i18n import _, plural
from reviewapp.instruments.nouns import Nouns
from ui.pages.agree.visible_rows import VisibleRow
from ui.widgets import Button, FlowLayout, Text, Toggle, column, row
from ui.widgets.one_stop import OneStop


class AgreeTop(QWidget):
    """Progress, filter toggles and buttons; the page connects them."""

    def __init__(self) -> None:
        super().__init__()
        self.progress_words = Text("", "strong", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Agreed so far"))
        heading = QWidget()
        so_far = column(self.progress_words, self.bar, gap=0.5)
        heading.setLayout(row(Text(_("Agree"), "title", wrap=False), so_far, gap=4))
        self.differing = Toggle(_("Only where sources differ"), on=True)
        self.open_only = Toggle(_("Only not agreed yet"))
        self.all_same = Button("", "agree")
        self.large = Toggle(_("Large type"), name=_("Large type for a projector"))
        self.large.setToolTip(_("For a projector (F11)"))
        flow = FlowLayout(self, gap=3)
        for widget in (heading, self.differing, self.open_only, self.all_same, self.large):
            flow.addWidget(widget)
        OneStop(self, self.differing, self.open_only)

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
        self.all_same.setEnabled(same > 0)
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
