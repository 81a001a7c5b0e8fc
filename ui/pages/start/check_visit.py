"""Integrity check of a visit: every finding, and what to do about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from reviewapp.base.i18n import _
from reviewapp.workspace.laptop import Laptop
from ui.pages.start.form import StartForm
from ui.session.session import Session
from ui.session.worker import Progress
from ui.widgets import Button, Card, ErrorLine, FlowLayout, SectionHeading, Text
from ui.widgets.basics import sentence
from ui.widgets.document import ReadingText
from ui.widgets.usable import busy_reason, usable

if TYPE_CHECKING:
    from reviewapp.base.errors import ReviewError
    from reviewapp.store.integrity import Check

WELL = {
    "pages": (_("The file on this laptop"), _("Every page is as it was written.")),
    "entries": (_("What everyone wrote"), _("Nothing was altered.")),
    "laptops": (_("What came from each laptop"), _("Nothing is missing, and every signature is valid.")),
    "tables": (_("What the pages show"), _("They show what was written.")),
    "words": (_("What Ctrl+K finds"), _("Every word that was written can be found.")),
    "log": (_("What was written last"), _("Nothing was lost when the program last stopped.")),
    "backups": (_("The backups on this laptop"), ""),
}
"""Check → its title, and what it means when it passes."""

SPECIAL = {
    _("{n} backups open", n=0): (
        _("None yet"), _("A backup is made before work is combined and after each hour of work.")
    ),
}  # fmt: skip
"""Results that are neither good nor bad → the state shown and its explanation."""

TO_DO = {
    "pages": _("Restore the newest backup that is in order."),
    "entries": _("Restore the newest backup that is in order."),
    "laptops": _("Ask these people for a new work file, and import it."),
    "tables": _("Close the visit and check again. When you open it, the pages are rebuilt from what was written."),
    "words": _("Close the visit and check again. What is wrong is then rebuilt from what was written."),
    "log": _(
        "Check that the last things you wrote are there, and write again what is missing. This is shown until the "
        "file named above is deleted from the folder of this visit."
    ),
    "backups": _("Save a new backup. Your current work is not affected."),
}


def check_visit(laptop: Laptop, visit: str, _progress: Progress) -> list[Check]:
    """Run all integrity checks on a visit; for the worker."""
    return laptop.check_integrity(visit)


class CheckVisit(StartForm):
    """Form that starts the integrity check by itself and shows each result; emits `wanted` to restore a backup."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.told, self.error = ReadingText(_("Results")), ErrorLine()
        self.going = Text(_("Checking. This takes a moment."), "muted")
        self.again, self.restore = (
            Button(_("Check again"), "undo"),
            Button(_("Restore a backup…"), "restore", "primary"),
        )
        back = Button(_("Back"), "arrow_left")
        card, buttons = Card(), QWidget()
        card.add(self.going, self.error, self.told)
        flow = FlowLayout(buttons)
        for button in (self.restore, self.again, back):
            flow.addWidget(button)
        note = _("This checks every page, entry and signature and opens every backup. It changes nothing.")
        self.add(SectionHeading(_("Check for damage"), note, kind="title"), card, buttons, None)
        self.again.clicked.connect(self.reset)
        self.restore.clicked.connect(self._on_restore)
        back.clicked.connect(self.left)

    @Slot()
    def reset(self) -> None:
        """Run the check."""
        laptop = self._session.laptop
        if laptop is None:
            return
        self._session.bridge.commit_drafts()
        self._show(going=True)
        job = partial(check_visit, laptop, self.visit)
        self._session.worker.run(_("Checking the visit for damage"), job, self._on_checked, self._on_failed)

    def _show(self, *, going: bool, broken: bool = False) -> None:
        self.going.setVisible(going)
        self.told.setVisible(not going)
        usable(self.again, busy_reason(going))
        self.restore.setVisible(broken)
        self.error.set_text()

    def _on_checked(self, checks: list[Check]) -> None:
        self._show(going=False, broken=any(not one.ok and one.name not in ("backups", "log") for one in checks))
        self.told.write(partial(write_checks, checks))
        self.again.setFocus()

    def _on_failed(self, error: ReviewError) -> None:
        self._show(going=False, broken=True)
        self.told.hide()
        self.error.set_text(error)

    @Slot()
    def _on_restore(self) -> None:
        self.wanted.emit("restore", self.visit)


def write_checks(checks: list[Check], page: ReadingText) -> None:
    """Write the overall result, then each check."""
    bad = sum(1 for one in checks if not one.ok)
    page.paragraph(_("Something is wrong.") if bad else _("Everything is in order."), size="heading")
    for one in checks:
        title, well = WELL.get(one.name, (one.name, ""))
        page.heading(title)
        if one.ok and one.what in SPECIAL:
            state, words = SPECIAL[one.what]
            page.state(state, "info", "info", after=words)
        elif one.ok:
            page.state(_("In order"), "met", "check", after=well or f"{sentence(one.what)}.")
        else:
            page.state(_("Damaged"), "not_met", "alert")
            page.paragraph(f"{sentence(one.what)}. {TO_DO.get(one.name, one.do)}")
