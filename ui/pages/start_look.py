"""Looking a visit over: is everything as it was written, and if not, what now?"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.laptop import Laptop
from ui.pages.start_form import StartForm
from ui.session import Session
from ui.widgets import Button, Card, ErrorLine, FlowLayout, SectionHeading, Text
from ui.widgets.basics import sentence
from ui.widgets.document import Reading
from ui.worker import Progress

if TYPE_CHECKING:
    from reviewapp.errors import ReviewError
    from reviewapp.store.checkup import Check

WELL = {
    "pages": ("The file on this laptop", "Every page of it is as it was written."),
    "entries": ("What everybody wrote", "Nothing was altered."),
    "laptops": ("What came from each laptop", "Nothing is missing, and every signature holds."),
    "tables": ("What the pages show", "It is what was written."),
    "words": ("What Ctrl+K finds", "Every word that was written is found."),
    "backups": ("The backups on this laptop", ""),
}
"""By the name of a check: what was looked at, and what it means when all is well."""

SPECIAL = {
    "not compared: the visit is open for reading only": "Not compared while the visit is open.",
    "0 backups open": "There are none yet. One is made before laptops are brought together and after an hour of work.",
}
"""What is true but would not be understood."""

TO_DO = {
    "pages": "Restore the newest backup that is in order.",
    "entries": "Restore the newest backup that is in order.",
    "laptops": "Ask these people for a new return, and bring it in.",
    "tables": "Open the visit once; the pages are then made anew from what was written.",
    "words": "Open the visit once; what is found is then made anew from what was written.",
    "backups": "Save a new backup. What you work on is not touched by this.",
}


def look(laptop: Laptop, visit: str, _progress: Progress) -> list[Check]:
    """In the worker."""
    return laptop.verify(visit)


class LookOver(StartForm):
    """Begins by itself; says of each thing what was found."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.told, self.error = Reading("What was found"), ErrorLine()
        self.going = Text("Looking. This takes a moment.", "muted")
        self.again, self.restore = Button("Look again", "undo"), Button("Restore from a backup…", "restore", "primary")
        back = Button("Back", "arrow_left")
        card, buttons = Card(), QWidget()
        card.add(self.going, self.error, self.told)
        flow = FlowLayout(buttons)
        for button in (self.restore, self.again, back):
            flow.addWidget(button)
        note = "Every page, entry and signature is checked, and every backup is opened. Nothing is changed."
        self.add(SectionHeading("Look over this visit", note, kind="title"), card, buttons, None)
        self.again.clicked.connect(self.fresh)
        self.restore.clicked.connect(self._on_restore)
        back.clicked.connect(self.left)

    @Slot()
    def fresh(self) -> None:
        """Look, now."""
        laptop = self._session.laptop
        if laptop is None:
            return
        self._session.bridge.commit_drafts()
        self._show(going=True)
        job = partial(look, laptop, self.visit)
        self._session.worker.run("Looking over the visit", job, self._looked, self._failed)

    def _show(self, *, going: bool, broken: bool = False) -> None:
        self.going.setVisible(going)
        self.told.setVisible(not going)
        self.again.setEnabled(not going)
        self.restore.setVisible(broken)
        self.error.say()

    def _looked(self, checks: list[Check]) -> None:
        self._show(going=False, broken=any(not one.ok and one.name != "backups" for one in checks))
        self.told.write(partial(write_checks, checks))
        self.again.setFocus()

    def _failed(self, error: ReviewError) -> None:
        self._show(going=False, broken=True)
        self.told.hide()
        self.error.say(error)

    @Slot()
    def _on_restore(self) -> None:
        self.wanted.emit("restore", self.visit)


def write_checks(checks: list[Check], page: Reading) -> None:
    """The sum of it first, then each thing."""
    bad = sum(1 for one in checks if not one.ok)
    page.paragraph("Everything is in order." if not bad else "Something is not in order.", size="heading")
    for one in checks:
        title, well = WELL.get(one.name, (one.name, ""))
        page.heading(title)
        if one.ok:
            page.state("In order", "met", "check", after=SPECIAL.get(one.what) or well or f"{sentence(one.what)}.")
        else:
            page.state("Not in order", "not_met", "alert")
            page.paragraph(f"{sentence(one.what)}. {TO_DO.get(one.name, one.do)}")
