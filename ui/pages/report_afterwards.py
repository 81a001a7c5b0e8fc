"""What is done after the draft, in the column one writes in: the team's answers, the committee's decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.pages.report_answers import AnswersPanel
from ui.pages.report_committee import CommitteePanel
from ui.theme import space
from ui.widgets import column

if TYPE_CHECKING:
    from ui.pages.base import Page


class Afterwards(QWidget):
    """Shows what belongs to a part of the report; for the other parts nothing."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.answers, self.committee = AnswersPanel(page), CommitteePanel(page)
        self.setLayout(column(self.answers, self.committee, gap=0))
        self.hide()

    def needed(self) -> int:
        """The width of the column below which something in view would be cut; 0 while nothing is."""
        return self.minimumSizeHint().width() + space(6) if not self.isHidden() else 0

    def show_part(self, anchor: str) -> None:
        """Turn to a part, or show the same one as it is now."""
        for panel, own in ((self.answers, "responses"), (self.committee, "decisions")):
            panel.setVisible(anchor == own)
        self.setVisible(anchor in ("responses", "decisions"))
        if anchor == "responses":
            self.answers.refresh()
        elif anchor == "decisions":
            self.committee.refresh()
