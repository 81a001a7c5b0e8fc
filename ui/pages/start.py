"""Start: the visits on this laptop, and the ways to get another one here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot

from ui.header import long_date
from ui.pages.base import Page
from ui.theme import space
from ui.widgets import Button, Scroll, SectionHeading, clear, column

if TYPE_CHECKING:
    from reviewapp.desk import Change


class StartPage(Page):
    """Shown first, and whenever no visit is open."""

    TITLE = "Start"
    HELP = "Here are the visits on this laptop."

    def build(self) -> None:
        """Visits on top, the ways to begin beneath."""
        self.body = Scroll(width=space(220))
        self.visits_box = column(gap=2)
        self.body.add(SectionHeading("Visits on this laptop", kind="title"), self.visits_box, None)
        self.setLayout(column(self.body, gap=0))

    def refresh(self, change: Change | None) -> None:
        """List again."""
        clear(self.visits_box)
        laptop = self.session.laptop
        for visit in laptop.visits() if laptop else []:
            button = Button(
                f"{visit.service}\n{visit.organisation} · {long_date(visit.date)} · you are {visit.me}", kind="row"
            )
            button.setProperty("visit", visit.id)
            button.clicked.connect(self._on_open)
            self.visits_box.addWidget(button)

    @Slot()
    def _on_open(self) -> None:
        self.session.open_visit(str(self.sender().property("visit")))
